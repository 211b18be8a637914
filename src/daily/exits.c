#include "daily/exits.h"

#include "base/text.h"
#include "daily/acts.h"

static const struct entity *const enrolments = &entities[ENTITY_enrolments], *const done = &entities[ENTITY_followups],
				  *const missed = &entities[ENTITY_followups_missed];

day
followup_due(const struct enrolment *e)
{
	return e->left_on == DAY_NONE ? DAY_NONE : day_add_months(e->left_on, FOLLOWUP_MONTHS);
}

/* The stored enrolment, when it is one of this viewer's. */
static const struct err *
read_own(const struct sight *s, int64_t id, struct enrolment *to)
{
	bool found = false, seen = false;
	const struct err *e = entity_by_id(s->db, s->territory, enrolments, id, s->arena, to, &found);

	if (e == NULL && found)
		e = action_seen(s, to->action, &seen);
	return e != NULL || seen ? e : daily_missing(s);
}

/* What follows from the outcome. */
static void
settle(struct enrolment *e)
{
	if (!str_is(e->exit, "employment")) {
		e->contract_kind = (str){ 0 };
		e->contract_months = (str){ 0 };
	} else if (str_is(e->contract_kind, "open_ended")) {
		e->contract_months = S("permanent");
	} else if (e->contract_kind.len > 0 && str_is(e->contract_months, "permanent")) {
		e->contract_months = (str){ 0 };
	}
}

static void
required(struct problem_sink *sink, const char *column, const char *expected)
{
	problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT, .column = str_of(column), .expected = str_of(expected) });
}

static bool
refused(const struct entity *e, const char *name, uint64_t wrong)
{
	return (wrong >> (entity_field(e, name) - e->fields) & 1) != 0;
}

const struct err *
exit_save(struct save *save, const struct sight *s, struct enrolment *e, uint64_t wrong, struct problem_sink *sink,
    struct enrolment *stored)
{
	const struct err *err = read_own(s, e->record.id, stored);

	if (err != NULL)
		return err;
	if (e->left_on == DAY_NONE && !refused(enrolments, "left_on", wrong))
		required(sink, "left_on", tr("the last day in the action"));
	if (e->exit.len == 0 && !refused(enrolments, "exit", wrong))
		required(sink, "exit", tr("how it ended: choose Not known if you do not know"));
	settle(e);
	entity_check(enrolments, e, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, enrolments, e, stored);
}

const struct err *
exit_take_back(struct save *save, const struct sight *s, int64_t enrolment, int64_t version)
{
	struct enrolment old, e;
	const struct err *err = read_own(s, enrolment, &old);

	if (err != NULL)
		return err;
	e = old;
	e.record.version = version;
	e.left_on = DAY_NONE;
	e.exit = e.contract_kind = e.contract_months = (str){ 0 };
	return entity_save(save, enrolments, &e, &old);
}

const struct err *
followups_read(const struct sight *s, int64_t enrolment, struct followups *to)
{
	bool found;
	const struct err *e;

	*to = (struct followups){ .done = { .enrolment = enrolment, .months = FOLLOWUP_MONTHS },
		.missed = { .enrolment = enrolment, .months = FOLLOWUP_MONTHS } };
	if ((e = entity_by_key(s->db, s->territory, done, s->arena, &to->done, &found)) != NULL)
		return e;
	if (!found)
		to->done.record = (struct record){ 0 };
	e = entity_by_key(s->db, s->territory, missed, s->arena, &to->missed, &found);
	if (e == NULL && !found)
		to->missed.record = (struct record){ 0 };
	return e;
}

/* A follow-up is of somebody who has left. */
static const struct err *
check_left(const struct sight *s, int64_t enrolment, day on, struct problem_sink *sink)
{
	struct enrolment e;
	const struct err *err = read_own(s, enrolment, &e);

	if (err != NULL)
		return err;
	if (e.left_on == DAY_NONE || on == DAY_NONE)
		return e.left_on == DAY_NONE ? daily_missing(s) : NULL;
	if (on < e.left_on)
		required(sink, "on", tr("a date after the exit"));
	return NULL;
}

const struct err *
followup_save(struct save *save, const struct sight *s, struct followup *f, uint64_t wrong, struct problem_sink *sink)
{
	struct followup old = { .enrolment = f->enrolment, .months = FOLLOWUP_MONTHS };
	bool found;
	const struct err *err = check_left(s, f->enrolment, f->on, sink);

	if (err == NULL)
		err = entity_by_key(s->db, s->territory, done, s->arena, &old, &found);
	if (err != NULL)
		return err;
	f->months = FOLLOWUP_MONTHS;
	entity_check(done, f, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, done, f, found ? &old : NULL);
}

const struct err *
followup_miss(struct save *save, const struct sight *s, struct followup_missed *f, uint64_t wrong, struct problem_sink *sink)
{
	struct followup_missed old = { .enrolment = f->enrolment, .months = FOLLOWUP_MONTHS };
	bool found;
	const struct err *err = check_left(s, f->enrolment, DAY_NONE, sink);

	if (err == NULL)
		err = entity_by_key(s->db, s->territory, missed, s->arena, &old, &found);
	if (err != NULL)
		return err;
	f->months = FOLLOWUP_MONTHS;
	f->on = s->today;
	entity_check(missed, f, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, missed, f, found ? &old : NULL);
}
