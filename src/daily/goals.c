#include "daily/goals.h"

#include <string.h>

#include "base/text.h"
#include "daily/acts.h"
#include "model/plan.h"
#include "sql.h"

static const struct entity *const goals = &entities[ENTITY_goals], *const steps = &entities[ENTITY_goal_steps];

struct lines {
	PLAN_LIST(struct goal_line) v;
};

static bool
own_goal(const struct sight *s, int64_t organisation)
{
	return s->organisation == 0 ? organisation == NUMBER_NONE : organisation == s->organisation;
}

static const struct err *
read_steps(const struct sight *s, int64_t person, struct lines *to)
{
	struct steps_of_person_row row;
	struct db_rows rows;

	(void)steps_of_person(s->db, &rows, s->territory, person);
	while (steps_of_person_next(&rows, &row)) {
		for (size_t i = 0; i < to->v.n; i++) {
			struct goal_line *g = &to->v.v[i];
			struct step_line *v;

			if (g->goal.record.id != row.goal_id)
				continue;
			v = ARENA_ARRAY(s->arena, g->n + 1, struct step_line);
			if (g->n > 0)
				memcpy(v, g->steps, g->n * sizeof *v);
			v[g->n++] = (struct step_line){ .step = { .record = { row.id, row.version },
							    .ref = str_dup(s->arena, row.ref),
							    .goal = row.goal_id,
							    .what = str_dup(s->arena, row.what),
							    .who = str_dup(s->arena, row.who),
							    .partner = row.partner_id,
							    .due_on = row.due_on,
							    .state = str_dup(s->arena, row.state),
							    .done_on = row.done_on },
				.partner_name = str_dup(s->arena, row.name) };
			g->steps = v;
		}
	}
	return db_done(&rows);
}

const struct err *
goals_of(const struct sight *s, int64_t person, struct goal_line **to, size_t *n)
{
	struct lines all = { 0 };
	struct goals_of_person_row row;
	struct db_rows rows;
	const struct err *e;

	(void)goals_of_person(s->db, &rows, s->territory, person, s->organisation);
	while (goals_of_person_next(&rows, &row))
		*PLAN_ADD(s->arena, &all.v) = (struct goal_line){ .goal = { .record = { row.id, row.version },
								      .ref = str_dup(s->arena, row.ref),
								      .person = person,
								      .organisation = row.organisation_id,
								      .title = str_dup(s->arena, row.title),
								      .set_on = row.set_on,
								      .due_on = row.due_on,
								      .state = str_dup(s->arena, row.state) },
			.organisation_name = str_dup(s->arena, row.name),
			.own = own_goal(s, row.organisation_id) };
	if ((e = db_done(&rows)) == NULL)
		e = read_steps(s, person, &all);
	*to = all.v.v;
	*n = all.v.n;
	return e;
}

const struct err *
steps_due_by(const struct sight *s, day until, struct step_due **to, size_t *n)
{
	struct {
		PLAN_LIST(struct step_due) v;
	} all = { 0 };
	struct steps_due_row row;
	struct db_rows rows;

	(void)steps_due(s->db, &rows, s->territory, s->organisation, until);
	while (steps_due_next(&rows, &row))
		*PLAN_ADD(s->arena, &all.v) = (struct step_due){ .person = row.person_id,
			.what = str_dup(s->arena, row.what),
			.goal = str_dup(s->arena, row.title),
			.name = str_dup(s->arena, row.family_name),
			.given = str_dup(s->arena, row.given_name),
			.due = row.due_on };
	*to = all.v.v;
	*n = all.v.n;
	return db_done(&rows);
}

/* The stored goal of this person, when it is the viewer's to change. */
static const struct err *
read_goal(const struct sight *s, int64_t person, int64_t id, struct goal *to)
{
	bool found = false, seen = false;
	const struct err *e = person_seen(s, person, &seen);

	if (e == NULL && seen)
		e = entity_by_id(s->db, s->territory, goals, id, s->arena, to, &found);
	if (e != NULL)
		return e;
	return found && to->person == person && own_goal(s, to->organisation) ? NULL : daily_missing(s);
}

const struct err *
goal_save(struct save *save, const struct sight *s, struct goal *g, uint64_t wrong, struct problem_sink *sink)
{
	struct goal old;
	bool fresh = g->record.id == 0, seen = true;
	const struct err *e = fresh ? person_seen(s, g->person, &seen) : read_goal(s, g->person, g->record.id, &old);

	if (e != NULL || !seen)
		return e != NULL ? e : daily_missing(s);
	if (fresh) {
		g->organisation = s->organisation == 0 ? NUMBER_NONE : s->organisation;
		if ((e = save_reserve(save, goals, &g->record.id)) != NULL)
			return e;
		g->ref = record_ref(s->arena, "o-", g->record.id);
	}
	entity_check(goals, g, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, goals, g, fresh ? NULL : &old);
}

static void
check_partner(const struct goal_step *x, struct problem_sink *sink)
{
	if (str_is(x->who, "partner") && x->partner == NUMBER_NONE)
		problem_add(sink,
		    &(struct problem){
			.level = PROBLEM_FAULT, .column = S("partner_ref"), .expected = str_of(tr("the partner who does it")) });
}

const struct err *
step_save(
    struct save *save, const struct sight *s, int64_t person, struct goal_step *x, uint64_t wrong, struct problem_sink *sink)
{
	struct goal goal;
	struct goal_step old = { 0 };
	bool fresh = x->record.id == 0, found = true;
	const struct err *e = read_goal(s, person, x->goal, &goal);

	if (e == NULL && !fresh)
		e = entity_by_id(s->db, s->territory, steps, x->record.id, s->arena, &old, &found);
	if (e != NULL || !found || (!fresh && old.goal != x->goal))
		return e != NULL ? e : daily_missing(s);
	if (fresh) {
		if ((e = save_reserve(save, steps, &x->record.id)) != NULL)
			return e;
		x->ref = record_ref(s->arena, "g-", x->record.id);
	}
	if (!str_is(x->who, "partner"))
		x->partner = NUMBER_NONE;
	check_partner(x, sink);
	entity_check(steps, x, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, steps, x, fresh ? NULL : &old);
}
