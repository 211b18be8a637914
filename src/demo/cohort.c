/* cohort.c - the restricted cohort: volunteers with at least two actions, who are met several times a year */
#include "demo/calendar.h"
#include "demo/making.h"

enum { USUAL = 30 };

/* How many actions somebody really takes part in. */
static int
active(const struct making *m, int person)
{
	int n = 0;

	for (int i = 0; i < m->enrolled_count; i++)
		n += m->enrolled[i].person == person && m->enrolled[i].active;
	return n;
}

static int64_t
target(const struct making *m)
{
	for (int i = 0; i < m->doing_count; i++) {
		const struct doing *d = &m->doings[i];
		int64_t objective = d->action->objective != NUMBER_NONE ? d->action->objective : d->sheet->objective;

		if (d->way == WAY_INTERVIEWS && objective != NUMBER_NONE && objective < BLOCK)
			return objective;
	}
	return USUAL;
}

/* They are enrolled in the actions of the evaluation, where the contract has some. */
static void
enrol(struct making *m, int person, day joined, day left)
{
	for (int i = 0; i < m->doing_count; i++) {
		struct made_enrolment *e;

		if (m->doings[i].way != WAY_INTERVIEWS)
			continue;
		e = enrolment_add(m, person, i);
		e->state = "active";
		e->active = true;
		e->entered = joined;
		e->left = left;
		e->exit = left == DAY_NONE ? NULL : "moved";
	}
}

static void
join_cohort(struct making *m, int person, struct chance *c)
{
	char ref[REF_SIZE];
	const str refs[] = { person_ref(m, m->people[person].number, ref), m->plan->contract.ref };
	struct cohort_member r;
	int stay;

	entity_clear(&entities[ENTITY_cohort_members], &r);
	r.consented_on = working_day(m->year.from + chance_between(c, 15, 110));
	r.joined_on = working_day(r.consented_on + chance_between(c, 0, 20));
	stay = chance_between(c, 90, 240);
	if (chance_percent(c, 9))
		r.left_on = r.joined_on + stay;
	sheaf_add(&m->sheaf, ENTITY_cohort_members, &r, refs);
	enrol(m, person, r.joined_on, r.left_on);
}

void
make_cohort(struct making *m)
{
	struct chance c = chance_for(m, CHANCE_COHORT, 0, 0);
	int fit[BLOCK], n = 0;
	int64_t want = target(m);

	for (int i = 0; i < m->people_count; i++) {
		const struct made_person *p = &m->people[i];

		if (p->eligible && p->arrived < m->year.from && day_birthday(p->born, 18) < m->year.from && active(m, i) >= 2)
			fit[n++] = i;
	}
	for (int i = 0; i < n && want > 0; i++) { /* each with the same chance, in the order of people */
		if (chance_below(&c, n - i) >= want)
			continue;
		join_cohort(m, fit[i], &c);
		want--;
	}
}
