/* daily.c - what stands beside acts and paths: answers, interpreters, skills, obstacles, goals, notes, kinds of the contract's own */
#include <stdio.h>
#include <string.h>

#include "demo/calendar.h"
#include "demo/making.h"

static bool
is_kind(const struct act *a, const char *kind)
{
	return str_is(a->kind, kind);
}

static void
answer(struct making *m, const struct act *a, const char *field, const char *value)
{
	struct act_value r;

	entity_clear(&entities[ENTITY_act_values], &r);
	r.field = str_of(field);
	r.value = str_of(value);
	sheaf_add(&m->sheaf, ENTITY_act_values, &r, &a->ref);
}

static void
interpreter(struct making *m, const struct made_enrolment *e, const struct act *a, struct chance *c)
{
	char ref[REF_SIZE];
	const str refs[] = { a->ref, { 0 }, partner_pick(m, m->doings[e->doing].sheet, "partner", c) };
	struct interpreter r;

	entity_clear(&entities[ENTITY_interpreters], &r);
	r.ref = made_ref(m, 'i', ++m->interpreters, ref);
	r.languages = S("fa");
	r.minutes = 60;
	sheaf_add(&m->sheaf, ENTITY_interpreters, &r, refs);
}

void
make_answers(struct making *m, const struct made_enrolment *e, const struct act *a)
{
	static const char *const subjects[] = { "mobility", "language", "employment", "rights" };
	struct chance c = chance_for(m, CHANCE_ANSWER, m->acts, 0);

	if (is_kind(a, "device_loan"))
		answer(m, a, "device", chance_percent(&c, 60) ? "Tablette" : "Ordinateur portable");
	else if (is_kind(a, "diagnostic"))
		answer(m, a, "subject", subjects[chance_below(&c, 4)]);
	else if (is_kind(a, "accompaniment") && chance_percent(&c, 15))
		interpreter(m, e, a, &c);
}

void
make_skills(struct making *m, const struct made_enrolment *e, const struct assessment *a, int level)
{
	static const char *const skills[] = { "listening", "reading", "speaking", "writing" };
	struct chance c = chance_for(m, CHANCE_SKILL, e->number, 0);
	char ref[REF_SIZE];
	const str refs[] = { made_ref(m, 'e', e->number, ref) };

	if (!chance_percent(&c, 50))
		return;
	for (int i = 0; i < 4; i++) {
		struct assessment_skill r;
		int here = level + chance_between(&c, -1, 1);

		entity_clear(&entities[ENTITY_assessment_skills], &r);
		r.on = a->on;
		r.moment = a->moment;
		r.skill = str_of(skills[i]);
		r.level = str_of(level_words[here < 0 ? 0 : here < LEVELS ? here : LEVELS - 1]);
		sheaf_add(&m->sheaf, ENTITY_assessment_skills, &r, refs);
	}
}

void
make_missed(struct making *m, const struct made_enrolment *e)
{
	static const char *const reasons[] = { "no_details", "left_area", "refused", "no_time" };
	struct chance c = chance_for(m, CHANCE_MISSED, e->number, 0);
	char ref[REF_SIZE];
	const str refs[] = { made_ref(m, 'e', e->number, ref) };
	struct followup_missed r;

	if (!chance_percent(&c, 40))
		return;
	entity_clear(&entities[ENTITY_followups_missed], &r);
	r.months = 6;
	r.on = working_day(day_add_months(e->left, 6) + 20);
	r.reason = str_of(reasons[chance_below(&c, 4)]);
	sheaf_add(&m->sheaf, ENTITY_followups_missed, &r, refs);
}

/* A kind of act of the contract's own, and the places of its childcare. */
void
make_kinds(struct making *m)
{
	char code[REF_SIZE];
	struct act_kind kind;
	struct act_field field;
	const str sheet = { 0 };

	entity_clear(&entities[ENTITY_act_kinds], &kind);
	snprintf(code, sizeof code, "%.*svisite", STR_ARG(m->options.prefix));
	kind.ref = str_of(code);
	kind.label = S("Visite d’entreprise");
	kind.unit = S("visites");
	kind.health = 0;
	sheaf_add(&m->sheaf, ENTITY_act_kinds, &kind, &sheet);
	entity_clear(&entities[ENTITY_act_fields], &field);
	field.field = S("entreprise");
	field.label = S("Entreprise visitée");
	field.type = S("text");
	field.position = 1;
	sheaf_add(&m->sheaf, ENTITY_act_fields, &field, &kind.ref);
	for (int i = 0; i < m->doing_count; i++) {
		const struct doing *d = &m->doings[i];
		struct childcare_place r;

		if (d->theme != THEME_CHILDCARE && i != m->doing_count - 1)
			continue;
		entity_clear(&entities[ENTITY_childcare_places], &r);
		r.since = d->run.from;
		r.places = 10;
		r.age_from = 0;
		r.age_to = 3;
		sheaf_add(&m->sheaf, ENTITY_childcare_places, &r, &d->action->ref);
		return;
	}
}

static str
operator_of(const struct making *m, const struct doing *d, struct chance *c)
{
	const struct organisation *o = plan_organisation(m->plan, d->action->operator);

	return o != NULL ? o->ref : partner_pick(m, d->sheet, "operator", c);
}

/* What stood in the way at the beginning, and what is left of it later. */
static void
obstacles(struct making *m, const struct made_enrolment *e, const str refs[2], struct chance *c)
{
	static const char *const domains[] = { "mobility", "language", "childcare", "housing", "rights", "digital" };
	static const char *const ratings[] = { "0", "1", "2", "3", "4" };
	int first = chance_below(c, 6);

	for (int i = 0; i < 3; i++) {
		int rating = chance_between(c, 1, 4), times = chance_between(c, 1, 3);
		day on = e->entered + 3;

		for (int k = 0; k < times; k++) {
			char ref[REF_SIZE];
			struct obstacle r;

			entity_clear(&entities[ENTITY_obstacles], &r);
			r.ref = made_ref(m, 'f', ++m->obstacles, ref);
			r.domain = str_of(domains[(first + i * 2) % 6]);
			r.on = working_day(on);
			r.rating = str_of(ratings[rating]);
			sheaf_add(&m->sheaf, ENTITY_obstacles, &r, refs);
			rating -= chance_below(c, 2);
			rating = rating < 0 ? 0 : rating;
			on += 80 + chance_below(c, 20);
		}
	}
}

static void
step(struct making *m, str goal, const char *what, const char *who, day due, bool done)
{
	char ref[REF_SIZE];
	const str refs[] = { goal, { 0 } };
	struct goal_step r;

	entity_clear(&entities[ENTITY_goal_steps], &r);
	r.ref = made_ref(m, 'g', ++m->steps, ref);
	r.what = str_of(what);
	r.who = str_of(who);
	r.due_on = working_day(due);
	r.state = str_of(done ? "done" : "to_do");
	r.done_on = done ? r.due_on : DAY_NONE;
	sheaf_add(&m->sheaf, ENTITY_goal_steps, &r, refs);
}

static void
goal(struct making *m, const struct made_enrolment *e, const str refs[2], struct chance *c)
{
	char ref[REF_SIZE];
	struct goal r;
	bool reached = chance_percent(c, 55);

	entity_clear(&entities[ENTITY_goals], &r);
	r.ref = made_ref(m, 'o', ++m->goals, ref);
	r.title = chance_percent(c, 50) ? S("Trouver un emploi dans son métier") : S("Suivre les cours sans empêchement");
	r.set_on = working_day(e->entered + 7);
	r.due_on = working_day(e->entered + 150);
	r.state = str_of(reached ? "reached" : "open");
	sheaf_add(&m->sheaf, ENTITY_goals, &r, refs);
	step(m, r.ref, "Réunir les papiers demandés", "person_herself", e->entered + 30, true);
	step(m, r.ref, "Prendre rendez-vous et l’accompagner", "organisation", e->entered + 60, reached);
}

/* That a note was written; its text is sealed, and no bundle holds it. */
static void
note(struct making *m, const struct made_enrolment *e, const str refs[2])
{
	char ref[REF_SIZE];
	struct note_record r;

	entity_clear(&entities[ENTITY_notes], &r);
	r.ref = made_ref(m, 'n', ++m->notes, ref);
	r.on = working_day(e->entered + 10);
	r.audience = S("team");
	sheaf_add(&m->sheaf, ENTITY_notes, &r, refs);
}

void
make_daily(struct making *m)
{
	for (int i = 0; i < m->enrolled_count; i++) {
		const struct made_enrolment *e = &m->enrolled[i];
		const struct doing *d = &m->doings[e->doing];
		struct chance c = chance_for(m, CHANCE_DAILY, e->number, 0);
		char person[REF_SIZE];
		str refs[2];

		if (!e->active || !chance_percent(&c, 25))
			continue;
		refs[0] = person_ref(m, m->people[e->person].number, person);
		refs[1] = operator_of(m, d, &c);
		obstacles(m, e, refs, &c);
		if (chance_percent(&c, 50))
			goal(m, e, refs, &c);
		if (m->notes < 20 && chance_percent(&c, 20))
			note(m, e, refs);
	}
}
