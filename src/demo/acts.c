/* acts.c - what was done for one person at a time, and pairs */
#include <stdio.h>
#include <string.h>

#include "demo/calendar.h"
#include "demo/making.h"

static void
act(struct making *m, const struct made_enrolment *e, day on, str kind, int64_t quantity)
{
	char ref[REF_SIZE], person[REF_SIZE];
	const str refs[] = { m->doings[e->doing].action->ref, person_ref(m, m->people[e->person].number, person) };
	struct act r;

	entity_clear(&entities[ENTITY_acts], &r);
	r.ref = made_ref(m, 'a', ++m->acts, ref);
	r.on = working_day(on);
	r.kind = kind;
	r.quantity = quantity;
	sheaf_add(&m->sheaf, ENTITY_acts, &r, refs);
	make_answers(m, e, &r);
}

/* The last day on which something can have been done for them. */
static day
end_of(const struct making *m, const struct made_enrolment *e)
{
	day end = m->doings[e->doing].run.to;

	if (e->left != DAY_NONE && e->left < end)
		end = e->left;
	return end < e->entered ? e->entered : end;
}

/* One act a month or so, in order, as long as they stay. */
static void
acts_over_time(struct making *m, const struct made_enrolment *e, str kind, int most, int days_between, struct chance *c)
{
	day on = e->entered + chance_between(c, 1, 25), end = end_of(m, e);

	for (int i = 0; i < most && on <= end; i++) {
		act(m, e, on, kind, NUMBER_NONE);
		on += days_between + chance_between(c, -9, 9);
	}
}

static void
once(struct making *m, const struct made_enrolment *e, str kind, int percent, struct chance *c)
{
	int stay = end_of(m, e) - e->entered, after = chance_between(c, 0, stay);

	if (chance_percent(c, percent))
		act(m, e, e->entered + after, kind, NUMBER_NONE);
}

static void
consultations(struct making *m, const struct made_enrolment *e, struct chance *c)
{
	day on = e->entered + chance_between(c, 0, 12), end = end_of(m, e);
	int times = chance_between(c, 1, 4);

	for (int i = 0; i < times && on <= end; i++) {
		int quantity = chance_between(c, 1, 3);

		act(m, e, on, S("medical_consultation"), quantity == 1 ? NUMBER_NONE : quantity);
		on += chance_between(c, 14, 70);
	}
}

/* A home is found by a household: one of its people has the act, now and then two. */
static void
home(struct making *m, const struct made_enrolment *e, struct chance *c)
{
	const struct made_person *p = &m->people[e->person];
	struct chance of_household = chance_for(m, CHANCE_ACT, p->household, 1);

	if (!chance_percent(&of_household, 44) || (p->household != p->number && !chance_percent(c, 15)))
		return;
	once(m, e, S("housing_access"), 100, c);
}

static void
help(struct making *m, const struct made_enrolment *e)
{
	const struct doing *d = &m->doings[e->doing];
	struct chance c = chance_for(m, CHANCE_ACT, m->people[e->person].number, 100 + d->index);
	const str regular =
	    d->way == WAY_INTERVIEWS ? (d->act_count > 0 ? d->acts[0] : S("followup_interview")) : S("accompaniment");
	int most = chance_between(&c, 1, 4);

	switch (d->theme) {
	case THEME_MOBILITY:
		once(m, e, S("diagnostic"), 88, &c);
		break;
	case THEME_EMPLOYMENT:
		once(m, e, S("diagnostic"), 72, &c);
		most += 4;
		break;
	default:
		break;
	}
	if (d->way == WAY_INTERVIEWS)
		acts_over_time(m, e, regular, 5, 70, &c);
	else if (d->young || d->theme == THEME_EMPLOYMENT || chance_percent(&c, 40))
		acts_over_time(m, e, regular, most, 34, &c);
	if ((d->needs & NEED_HEALTH) != 0)
		consultations(m, e, &c);
	if ((d->needs & NEED_HOUSING) != 0)
		home(m, e, &c);
	if ((d->needs & NEED_DIGITAL) != 0)
		once(m, e, S("device_loan"), 55, &c);
	for (int i = d->way == WAY_INTERVIEWS; i < d->act_count; i++)
		once(m, e, d->acts[i], 55 - 12 * i > 15 ? 55 - 12 * i : 15, &c);
}

static void
pair(struct making *m, const struct made_enrolment *e)
{
	const struct doing *d = &m->doings[e->doing];
	struct chance c = chance_for(m, CHANCE_PAIR, m->people[e->person].number, d->index);
	char ref[REF_SIZE], person[REF_SIZE], family[NAME_TEXT], name[2 * NAME_TEXT];
	const str refs[] = { d->action->ref, person_ref(m, m->people[e->person].number, person) };
	str given = name_host_given(&c), surname = name_host_family(&c, family);
	struct pair r;

	entity_clear(&entities[ENTITY_pairs], &r);
	r.ref = made_ref(m, 'b', ++m->pairs, ref);
	snprintf(name, sizeof name, "%.*s %.*s", STR_ARG(given), STR_ARG(surname));
	r.partner_name = str_of(name);
	r.started_on = working_day(e->entered + chance_between(&c, 0, 10));
	if (e->left != DAY_NONE)
		r.ended_on = e->left > r.started_on ? e->left : r.started_on;
	else if (day_add_months(r.started_on, d->months) <= m->life.to)
		r.ended_on = day_add_months(r.started_on, d->months) - 1;
	sheaf_add(&m->sheaf, ENTITY_pairs, &r, refs);
}

void
make_acts(struct making *m)
{
	for (int i = 0; i < m->enrolled_count; i++) {
		const struct made_enrolment *e = &m->enrolled[i];

		if (!e->active)
			continue;
		help(m, e);
		if (m->doings[e->doing].way == WAY_PAIRS)
			pair(m, e);
	}
}
