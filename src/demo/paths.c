/* paths.c - who takes part in what, from when to when, and how it ended */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo/calendar.h"
#include "demo/making.h"

/* --- who --- */

static bool
suits(const struct making *m, const struct doing *d, const struct made_person *p)
{
	day of_age = day_birthday(p->born, 18), grown = day_birthday(p->born, 25);

	if (d->women && !p->woman)
		return false;
	if (d->young && (of_age > d->run.to || grown < d->run.from + 90))
		return false;
	if (d->bpi && !p->bpi)
		return false;
	if (d->schooled && p->level < 4)
		return false;
	if (d->theme == THEME_LANGUAGE && p->level > 5)
		return false; /* they need no lessons */
	return p->arrived < d->run.to - 60 && p->arrived < m->year.to - 60;
}

/* A random order of the block's people. */
static void
shuffle(int *order, int n, struct chance *c)
{
	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n - 1; i > 0; i--) {
		int k = chance_below(c, i + 1), swap = order[i];

		order[i] = order[k];
		order[k] = swap;
	}
}

/* How many of the wanted people fall to this block, so that all blocks together make the whole. */
static int
share(const struct making *m, int wanted)
{
	int64_t before = m->people[0].number - 1, after = before + m->people_count;

	return (int)(wanted * after / DEMO_PEOPLE - wanted * before / DEMO_PEOPLE);
}

static void
choose(struct making *m, int doing, const char *state, int wanted, struct chance *c)
{
	int order[BLOCK];
	const struct doing *d = &m->doings[doing];

	shuffle(order, m->people_count, c);
	/* First those who would take more; an action for few people may ask anybody. */
	for (int pass = 0; pass < 2 && wanted > 0; pass++) {
		for (int i = 0; i < m->people_count && wanted > 0; i++) {
			struct made_person *p = &m->people[order[i]];
			struct made_enrolment *e;

			if (!suits(m, d, p) ||
			    p->taken >= (pass == 0        ? p->appetite
					    : p->eligible ? 5
							  : 1) ||
			    m->joined[order[i] * m->doing_count + doing])
				continue;
			e = enrolment_add(m, order[i], doing);
			e->state = state;
			e->active = strcmp(state, "active") == 0;
			m->joined[order[i] * m->doing_count + doing] = true;
			p->taken++;
			wanted--;
		}
	}
}

/* --- when --- */

/* People who are there come first: by the day from which they can begin, then as they were drawn. */
struct beginner {
	int enrolment;
	day from;
};

static int
by_beginning(const void *a, const void *b)
{
	const struct beginner *x = a, *y = b;

	return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->enrolment > y->enrolment) - (x->enrolment < y->enrolment);
}

static int
beginners(const struct making *m, int doing, struct beginner *to)
{
	const struct doing *d = &m->doings[doing];
	int n = 0;

	for (int i = 0; i < m->enrolled_count; i++) {
		const struct made_enrolment *e = &m->enrolled[i];
		day arrived = m->people[e->person].arrived + 10;

		if (e->doing == doing && e->active)
			to[n++] = (struct beginner){ i, arrived > d->run.from ? arrived : d->run.from };
	}
	qsort(to, (size_t)n, sizeof *to, by_beginning);
	return n;
}

static const char *
exit_of(const struct doing *d, struct chance *c)
{
	static const char *const words[] = { "employment", "training", "other", "moved", "unknown" };
	static const int usual[] = { 8, 8, 66, 5, 13 }, language[] = { 14, 26, 46, 6, 8 }, employment[] = { 40, 26, 20, 5, 9 };
	const int *weights = d->theme == THEME_EMPLOYMENT                          ? employment
			     : (d->needs & (NEED_EMPLOYMENT | NEED_LANGUAGE)) != 0 ? language
										   : usual;

	return words[chance_weighted(c, weights, 5)];
}

/* Membership of a group: before its first meeting, or in its first weeks; to its end, or not so long. */
static void
follow_group(struct making *m, struct made_enrolment *e, int group, const day *days, int n, struct chance *c)
{
	const struct doing *d = &m->doings[e->doing];
	const struct made_person *p = &m->people[e->person];
	bool late = chance_percent(c, 18) && n > 6;
	int first = late ? chance_between(c, 1, n / 3) : 0, last = n - 1, notice = chance_between(c, 0, 12);
	bool drops = chance_percent(c, p->presence < 70 ? 30 : 7) && n > 4;

	e->group = group;
	e->entered = days[first] - notice;
	if (e->entered < p->arrived + 2)
		e->entered = p->arrived + 2;
	while (first < n - 1 && days[first] < e->entered)
		first++;
	if (drops) {
		last = chance_between(c, first + 1 < n ? first + 1 : first, n - 1);
		e->left = days[last] + chance_between(c, 0, 10);
		e->dropped = true;
		e->exit = "dropped_out";
	} else if (days[n - 1] + 45 < d->run.to || chance_percent(c, 70)) {
		e->left = days[n - 1] + chance_between(c, 0, 6);
		e->exit = exit_of(d, c);
	}
	if (e->left != DAY_NONE && e->left < e->entered)
		e->left = e->entered;
	if (strcmp(d->kind, "training") == 0)
		e->planned = (int64_t)(n - first) * d->minutes;
}

/* Without a group: from some day of the run on, for some months. */
static void
follow_alone(struct making *m, struct made_enrolment *e, struct chance *c)
{
	const struct doing *d = &m->doings[e->doing];
	const struct made_person *p = &m->people[e->person];
	int length = d->run.to - d->run.from, stay = chance_between(c, 30, 300);

	e->entered = working_day(d->run.from + chance_between(c, 0, length * 3 / 4));
	if (e->entered < p->arrived + 5)
		e->entered = p->arrived + 5;
	if (chance_percent(c, 55) && e->entered + stay <= m->life.to) {
		e->left = e->entered + stay;
		e->exit = chance_percent(c, 8) ? "dropped_out" : exit_of(d, c);
		e->dropped = strcmp(e->exit, "dropped_out") == 0;
	}
}

static void
arrange(struct making *m, int doing, struct chance *c)
{
	struct doing *d = &m->doings[doing];
	struct beginner order[BLOCK] = { { 0 } };
	int n = beginners(m, doing, order), groups = groups_of(n, d->size), at = 0;

	if (d->way != WAY_GROUPS && d->way != WAY_PAIRS) {
		for (int i = 0; i < n; i++)
			follow_alone(m, &m->enrolled[order[i].enrolment], c);
		return;
	}
	for (int g = 0; g < groups; g++) {
		day days[DATES_MAX];
		int last = (int)((int64_t)n * (g + 1) / groups), met = group_days(d, g, groups, days);

		for (; at < last; at++) {
			struct made_enrolment *e = &m->enrolled[order[at].enrolment];

			if (met > 0 && days[met - 1] > m->people[e->person].arrived + 10)
				follow_group(m, e, g, days, met, c);
			else
				follow_alone(m, e, c);
		}
	}
}

/* Those who asked and wait, were refused, or did not come in the end. */
static void
arrange_others(struct making *m, int doing, struct chance *c)
{
	const struct doing *d = &m->doings[doing];

	for (int i = 0; i < m->enrolled_count; i++) {
		struct made_enrolment *e = &m->enrolled[i];
		day arrived = m->people[e->person].arrived + 5;

		if (e->doing != doing || e->active)
			continue;
		e->entered = working_day(d->run.from + chance_between(c, 0, d->run.to - d->run.from));
		if (e->entered < arrived)
			e->entered = arrived;
	}
}

/* --- order and numbers --- */

static int
by_person(const void *a, const void *b)
{
	const struct made_enrolment *x = a, *y = b;

	return x->person != y->person ? x->person - y->person : x->doing - y->doing;
}

/* Actions for few come first: they must find the people who suit them. */
static int
narrowness(const struct doing *d)
{
	return d->schooled * 4 + d->young * 2 + d->bpi * 2 + d->women + (d->way == WAY_PAIRS);
}

static void
fill(struct making *m, int doing)
{
	const struct doing *d = &m->doings[doing];
	struct chance c = chance_for(m, CHANCE_CHOICE, d->index, m->people[0].number);
	int wanted = share(m, d->wanted);

	if (d->way == WAY_EVENTS || d->way == WAY_ACTORS || d->way == WAY_INTERVIEWS)
		return;
	choose(m, doing, "active", wanted, &c);
	choose(m, doing, "requested", (wanted * 5 + 50) / 100, &c);
	choose(m, doing, "refused", (wanted * 2 + 50) / 100, &c);
	choose(m, doing, "cancelled", (wanted * 4 + 50) / 100, &c);
	arrange(m, doing, &c);
	arrange_others(m, doing, &c);
}

/* --- writing --- */

static void
assess(struct making *m, const struct made_enrolment *e, struct chance *c)
{
	const struct doing *d = &m->doings[e->doing];
	const struct made_person *p = &m->people[e->person];
	day end = e->left != DAY_NONE ? e->left : d->run.to, middle = e->entered + (end - e->entered) / 2;
	int chances = p->presence > 87 ? 68 : p->presence > 67 ? 42 : 14, leap = chance_percent(c, 6);
	int rise = chance_percent(c, chances) ? 1 + leap : 0, early = chance_percent(c, 50) && rise > 0;
	bool at_entry = chance_percent(c, 92), between = chance_percent(c, 45), at_exit = chance_percent(c, 86);
	day first = e->entered + chance_between(c, 0, 7);
	char ref[REF_SIZE];
	const str refs[] = { made_ref(m, 'e', e->number, ref) };
	const struct {
		bool done;
		day on;
		const char *moment;
		int level;
	} moments[] = {
		{ at_entry, first < middle ? first : e->entered, "entry", p->level },
		{ between && end - e->entered > 60, middle, "interim", p->level + early },
		{ at_exit && e->left != DAY_NONE && !e->dropped && end - e->entered > 20, end, "exit", p->level + rise },
	};

	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		struct assessment r;

		if (!moments[i].done)
			continue;
		entity_clear(&entities[ENTITY_assessments], &r);
		r.on = moments[i].on;
		r.moment = str_of(moments[i].moment);
		r.level = str_of(level_words[moments[i].level < LEVELS ? moments[i].level : LEVELS - 1]);
		sheaf_add(&m->sheaf, ENTITY_assessments, &r, refs);
		make_skills(m, e, &r, moments[i].level);
	}
}

static void
follow_up(struct making *m, const struct made_enrolment *e, struct chance *c)
{
	static const char *const words[] = { "employment", "training", "none", "unreachable" };
	static const int job[] = { 66, 8, 12, 14 }, course[] = { 24, 46, 14, 16 };
	char ref[REF_SIZE];
	const str refs[] = { made_ref(m, 'e', e->number, ref) };
	int shift = chance_between(c, -8, 25);
	struct followup r;

	if (!chance_percent(c, 70)) {
		make_missed(m, e);
		return;
	}
	entity_clear(&entities[ENTITY_followups], &r);
	r.months = 6;
	r.on = working_day(day_add_months(e->left, 6) + shift);
	r.situation = str_of(words[chance_weighted(c, strcmp(e->exit, "employment") == 0 ? job : course, 4)]);
	sheaf_add(&m->sheaf, ENTITY_followups, &r, refs);
}

/* Who waits since when, why some were refused, who looks after whom: draws of their own. */
static void
arrange_place(
    const struct making *m, const struct made_enrolment *e, struct enrolment *r, char group[STAFF_TEXT], char name[STAFF_TEXT])
{
	static const char *const refusals[] = { "Niveau de français trop avancé pour ce groupe",
		"Habite hors du territoire du contrat", "N’entre pas dans le public de l’action" };
	static const char *const cancellations[] = { "A trouvé un emploi", "A déménagé", "Ne souhaite plus venir" };
	const struct doing *d = &m->doings[e->doing];
	struct chance c = chance_for(m, CHANCE_WAIT, m->people[e->person].number, d->index);
	int before = chance_between(&c, 3, 40), why = chance_below(&c, 3);

	if (e->group >= 0)
		r->group =
		    (str){ group, (size_t)snprintf(group, STAFF_TEXT, "Groupe %lld", (long long)(d->groups + e->group + 1)) };
	if (e->active)
		r->referent = staff_of(m, d, e->number, name);
	r->requested_on = e->active ? e->entered - before : e->entered;
	if (strcmp(e->state, "requested") == 0 && chance_percent(&c, 40))
		r->waiting_since = working_day(e->entered + 4);
	if (strcmp(e->state, "refused") == 0)
		r->reason = str_of(refusals[why]);
	if (strcmp(e->state, "cancelled") == 0)
		r->reason = str_of(cancellations[why]);
}

static void
write_enrolment(struct making *m, struct made_enrolment *e)
{
	static const char *const lengths[] = { "3", "4.5", "6", "6.5", "9", "12", "24", "permanent" };
	const struct doing *d = &m->doings[e->doing];
	struct chance c = chance_for(m, CHANCE_PATH, m->people[e->person].number, d->index);
	char ref[REF_SIZE], person[REF_SIZE], group[STAFF_TEXT], referent[STAFF_TEXT];
	str refs[3] = { d->action->ref, person_ref(m, m->people[e->person].number, person), { NULL, 0 } };
	bool job = e->exit != NULL && strcmp(e->exit, "employment") == 0,
	     course = e->exit != NULL && strcmp(e->exit, "training") == 0;
	struct enrolment r;

	entity_clear(&entities[ENTITY_enrolments], &r);
	e->number = ++m->enrolments;
	r.ref = made_ref(m, 'e', e->number, ref);
	r.state = str_of(e->state);
	r.entered_on = e->entered;
	r.left_on = e->left;
	r.planned_minutes = e->planned;
	r.exit = str_of(e->exit);
	arrange_place(m, e, &r, group, referent);
	if (job && chance_percent(&c, 92))
		r.contract_months = str_of(lengths[chance_below(&c, 8)]);
	if (chance_percent(&c, 60))
		refs[2] = partner_pick(m, d->sheet, NULL, &c);
	sheaf_add(&m->sheaf, ENTITY_enrolments, &r, refs);
	if (e->active && (d->needs & NEED_LANGUAGE) != 0)
		assess(m, e, &c);
	if (job || course)
		follow_up(m, e, &c);
}

void
make_paths(struct making *m)
{
	m->enrolled_count = 0;
	memset(m->joined, 0, (size_t)(BLOCK * m->doing_count) * sizeof *m->joined);
	for (int narrow = 10; narrow >= 0; narrow--) {
		for (int i = 0; i < m->doing_count; i++) {
			if (narrowness(&m->doings[i]) == narrow)
				fill(m, i);
		}
	}
	if (m->first_block)
		make_cohort(m);
	qsort(m->enrolled, (size_t)m->enrolled_count, sizeof *m->enrolled, by_person);
	for (int i = 0; i < m->enrolled_count; i++)
		write_enrolment(m, &m->enrolled[i]);
}
