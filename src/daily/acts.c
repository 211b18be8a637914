#include "daily/acts.h"

#include <string.h>

#include "base/text.h"
#include "model/plan.h"
#include "sql.h"

enum { LATEST = 2000 }; /* acts that say what is used most */

static const struct entity *const acts = &entities[ENTITY_acts], *const values = &entities[ENTITY_act_values],
				  *const interpreters = &entities[ENTITY_interpreters];

const struct err *
daily_missing(const struct sight *s)
{
	return err_new(s->arena, ERR_NOTFOUND, tr("There is no such record among those you may change."), NULL,
	    tr("Go back to the person's file and begin again from there."));
}

const struct err *
action_seen(const struct sight *s, int64_t action, bool *seen)
{
	struct action_own_row row;
	struct db_rows rows;

	*seen = s->organisation == 0;
	if (*seen)
		return NULL;
	(void)action_own(s->db, &rows, s->territory, s->organisation, action);
	while (action_own_next(&rows, &row))
		*seen = true;
	return db_done(&rows);
}

/* --- reading --- */

struct lines {
	PLAN_LIST(struct act_line) v;
};

static struct act_line *
line_of(struct lines *lines, int64_t act)
{
	for (size_t i = 0; i < lines->v.n; i++) {
		if (lines->v.v[i].act.record.id == act)
			return &lines->v.v[i];
	}
	return NULL;
}

static const struct err *
read_answers(const struct sight *s, int64_t person, struct lines *lines)
{
	struct act_values_of_person_row row;
	struct db_rows rows;

	(void)act_values_of_person(s->db, &rows, s->territory, person);
	while (act_values_of_person_next(&rows, &row)) {
		struct act_line *l = line_of(lines, row.act_id);
		struct act_answer *v;

		if (l == NULL || row.value.len == 0)
			continue;
		v = ARENA_ARRAY(s->arena, l->n + 1, struct act_answer);
		if (l->n > 0)
			memcpy(v, l->answers, l->n * sizeof *v);
		v[l->n++] = (struct act_answer){ str_dup(s->arena, row.field), str_dup(s->arena, row.value) };
		l->answers = v;
	}
	return db_done(&rows);
}

static const struct err *
read_interpreters(const struct sight *s, int64_t person, struct lines *lines)
{
	struct interpreters_of_person_row row;
	struct db_rows rows;

	(void)interpreters_of_person(s->db, &rows, s->territory, person);
	while (interpreters_of_person_next(&rows, &row)) {
		struct act_line *l = line_of(lines, row.act_id);

		if (l == NULL || row.languages.len == 0)
			continue;
		l->interpreter = (struct interpreter){ .record = { row.id, row.version },
			.act = row.act_id,
			.session = NUMBER_NONE,
			.languages = str_dup(s->arena, row.languages),
			.minutes = row.minutes,
			.organisation = row.organisation_id };
		l->interpreter_organisation = str_dup(s->arena, row.name);
	}
	return db_done(&rows);
}

/* What is about health: that there was an appointment, and where; not what it was. */
static void
close_line(struct act_line *l)
{
	l->closed = true;
	l->act.kind = (str){ 0 };
	l->act.quantity = NUMBER_NONE;
	l->answers = NULL;
	l->n = 0;
	l->interpreter = (struct interpreter){ 0 };
}

static const struct err *
read_lines(const struct sight *s, const struct act_kinds *kinds, int64_t person, struct lines *lines)
{
	struct acts_of_person_row row;
	struct db_rows rows;

	(void)acts_of_person(s->db, &rows, s->territory, person, s->organisation);
	while (acts_of_person_next(&rows, &row)) {
		struct act_line *l = PLAN_ADD(s->arena, &lines->v);

		*l = (struct act_line){ .act = { .record = { row.id, row.version },
					    .ref = str_dup(s->arena, row.ref),
					    .action = row.action_id,
					    .person = person,
					    .on = row.on_date,
					    .kind = str_dup(s->arena, row.kind),
					    .quantity = row.quantity },
			.action_title = str_dup(s->arena, row.title),
			.sheet_number = str_dup(s->arena, row.number),
			.operator_name = str_dup(s->arena, row.operator),
			.health = row.health == 1 || act_kind_health(kinds, row.kind) };
	}
	return db_done(&rows);
}

const struct err *
acts_of(const struct sight *s, const struct act_kinds *kinds, int64_t person, bool own, struct act_line **to, size_t *n)
{
	struct lines lines = { 0 };
	const struct err *e;

	if ((e = read_lines(s, kinds, person, &lines)) == NULL && (e = read_answers(s, person, &lines)) == NULL)
		e = read_interpreters(s, person, &lines);
	for (size_t i = 0; i < lines.v.n; i++) {
		if (lines.v.v[i].health && !own && s->organisation == 0)
			close_line(&lines.v.v[i]);
	}
	*to = lines.v.v;
	*n = lines.v.n;
	return e;
}

const struct err *
act_places(const struct sight *s, int64_t person, struct act_place **to, size_t *n)
{
	struct actions_to_record_row row;
	struct {
		PLAN_LIST(struct act_place) v;
	} all = { 0 };
	struct db_rows rows;

	(void)actions_to_record(s->db, &rows, s->territory, s->organisation, person);
	while (actions_to_record_next(&rows, &row)) {
		if (row.health == 1 && s->organisation == 0)
			continue; /* nothing there is the city's team's to record */
		*PLAN_ADD(s->arena, &all.v) = (struct act_place){ .action = row.id,
			.sheet = row.sheet_id,
			.ref = str_dup(s->arena, row.ref),
			.title = str_dup(s->arena, row.title),
			.number = str_dup(s->arena, row.number),
			.health = row.health == 1,
			.enrolled = row.enrolled > 0 };
	}
	*to = all.v.v;
	*n = all.v.n;
	return db_done(&rows);
}

const struct err *
acts_used(const struct sight *s, struct act_use **to, size_t *n)
{
	struct acts_latest_row row;
	struct {
		PLAN_LIST(struct act_use) v;
	} all = { 0 };
	struct db_rows rows;

	(void)acts_latest(s->db, &rows, s->territory, LATEST);
	while (acts_latest_next(&rows, &row))
		*PLAN_ADD(s->arena, &all.v) =
		    (struct act_use){ .action = row.action_id, .n = row.n, .kind = str_dup(s->arena, row.kind) };
	*to = all.v.v;
	*n = all.v.n;
	return db_done(&rows);
}

bool
act_allowed(const struct sight *s, const struct act_sort *kind, const struct act_place *place)
{
	if (kind->ended || (kind->sheet != 0 && kind->sheet != place->sheet))
		return false;
	/* What is about health is for whoever cares for health: neither for the city's team nor for another operator. */
	return kind->health || place->health ? s->organisation != 0 && place->health : true;
}

/* --- childcare --- */

const struct err *
childcare_on(const struct sight *s, int64_t action, day on, str half, int64_t but, struct childcare *to)
{
	struct childcare_offered_row offered;
	struct childcare_taken_row taken;
	struct db_rows rows;
	const struct err *e;

	*to = (struct childcare){ .offered = -1, .age_from = NUMBER_NONE, .age_to = NUMBER_NONE };
	(void)childcare_offered(s->db, &rows, s->territory, action, on);
	while (childcare_offered_next(&rows, &offered)) {
		to->offered = offered.places;
		to->age_from = offered.age_from;
		to->age_to = offered.age_to;
	}
	if ((e = db_done(&rows)) != NULL)
		return e;
	(void)childcare_taken(s->db, &rows, s->territory, action, on, half, but);
	while (childcare_taken_next(&rows, &taken))
		to->taken = taken.n;
	return db_done(&rows);
}

static str
answer(const struct act_writing *w, const char *field)
{
	for (size_t i = 0; i < w->n; i++) {
		if (str_is(w->answers[i].field, field))
			return w->answers[i].value;
	}
	return (str){ 0 };
}

static void
fault(const struct sight *s, struct problem_sink *sink, const char *column, const char *format, int64_t n)
{
	problem_add(
	    sink, &(struct problem){
		      .level = PROBLEM_FAULT, .column = str_of(column), .expected = str_format(s->arena, format, (long long)n) });
}

/* A half-day has so many places, for children of that age. */
static const struct err *
check_childcare(const struct sight *s, const struct act_writing *w, struct problem_sink *sink)
{
	struct childcare c;
	str half = answer(w, "half_day");
	number age = str_number(answer(w, "child_age"));
	int64_t more = w->act.quantity == NUMBER_NONE ? 1 : w->act.quantity;
	const struct err *e;

	if (!str_is(w->act.kind, "childcare") || w->act.on == DAY_NONE)
		return NULL;
	if (half.len == 0) {
		fault(s, sink, "x_half_day", tr("the half-day: places are counted by it"), 0);
		return NULL;
	}
	if ((e = childcare_on(s, w->act.action, w->act.on, half, w->act.record.id, &c)) != NULL || c.offered < 0)
		return e;
	if (c.taken + more > c.offered)
		fault(s, sink, "x_half_day", tr("another half-day: of its places, %lld are left"),
		    c.offered > c.taken ? c.offered - c.taken : 0);
	if (age.ok && c.age_from != NUMBER_NONE && age.value < c.age_from)
		fault(s, sink, "x_child_age", tr("an age of %lld years or more"), c.age_from);
	if (age.ok && c.age_to != NUMBER_NONE && age.value > c.age_to)
		fault(s, sink, "x_child_age", tr("an age of %lld years or less"), c.age_to);
	return NULL;
}

/* --- writing --- */

static const struct err *
write_answers(struct save *save, const struct sight *s, const struct act_writing *w)
{
	const struct err *e = NULL;

	for (size_t i = 0; e == NULL && i < w->n; i++) {
		struct act_value v = { .act = w->act.record.id, .field = w->answers[i].field }, old = v;
		bool found;

		if ((e = entity_by_key(s->db, s->territory, values, s->arena, &old, &found)) != NULL)
			return e;
		v.value = w->answers[i].value;
		if (found || v.value.len > 0)
			e = entity_save(save, values, &v, found ? &old : NULL);
	}
	return e;
}

static const struct err *
write_interpreter(struct save *save, const struct sight *s, struct act_writing *w)
{
	struct interpreter_of_act_row row;
	struct interpreter old, *i = &w->interpreter;
	struct db_rows rows;
	int64_t id = 0;
	bool found = false;
	const struct err *e;

	(void)interpreter_of_act(s->db, &rows, s->territory, w->act.record.id);
	while (interpreter_of_act_next(&rows, &row))
		id = row.id;
	if ((e = db_done(&rows)) != NULL || (id == 0 && i->languages.len == 0))
		return e;
	if (id != 0 && (e = entity_by_id(s->db, s->territory, interpreters, id, s->arena, &old, &found)) != NULL)
		return e;
	i->record = (struct record){ 0 };
	if (!found && (e = save_reserve(save, interpreters, &i->record.id)) != NULL)
		return e;
	i->ref = found ? old.ref : record_ref(s->arena, "i-", i->record.id);
	i->act = w->act.record.id;
	i->session = NUMBER_NONE;
	return entity_save(save, interpreters, i, found ? &old : NULL);
}

static const struct err *
reachable(const struct sight *s, const struct act *a)
{
	bool seen = false;
	const struct err *e = person_seen(s, a->person, &seen);

	if (e == NULL && seen)
		e = action_seen(s, a->action, &seen);
	return e != NULL || seen ? e : daily_missing(s);
}

const struct err *
act_write(struct save *save, const struct sight *s, struct act_writing *w, struct problem_sink *sink)
{
	struct act old;
	bool found = w->act.record.id != 0, changes = found;
	const struct err *e = reachable(s, &w->act);

	if (e != NULL)
		return e;
	if (changes && (e = entity_by_id(s->db, s->territory, acts, w->act.record.id, s->arena, &old, &found)) != NULL)
		return e;
	if (changes && (!found || old.person != w->act.person || (e = reachable(s, &old)) != NULL))
		return e != NULL ? e : daily_missing(s);
	if ((e = check_childcare(s, w, sink)) != NULL)
		return e;
	if (!changes && (e = save_reserve(save, acts, &w->act.record.id)) != NULL)
		return e;
	if (!changes)
		w->act.ref = record_ref(s->arena, "a-", w->act.record.id);
	entity_check(acts, &w->act, w->wrong, 0, sink, (str){ 0 }, 0);
	if (sink->faults > 0) {
		if (!changes)
			w->act.record.id = 0;
		return NULL;
	}
	if ((e = entity_save(save, acts, &w->act, changes ? &old : NULL)) == NULL && (e = write_answers(save, s, w)) == NULL)
		e = write_interpreter(save, s, w);
	return e;
}

/* --- taking out --- */

static const struct err *
remove_one(struct save *save, const struct sight *s, const struct entity *kind, int64_t id)
{
	void *old = arena_alloc(s->arena, kind->size);
	bool found;
	const struct err *e = entity_by_id(s->db, s->territory, kind, id, s->arena, old, &found);

	return e != NULL || !found ? e : entity_remove(save, kind, old, 0);
}

/* What points at the act goes first. */
static const struct err *
remove_parts(struct save *save, const struct sight *s, int64_t act)
{
	struct act_values_of_act_row value;
	struct interpreter_of_act_row interpreter;
	struct {
		PLAN_LIST(int64_t) v;
	} ids = { 0 }, others = { 0 };
	struct db_rows rows;
	const struct err *e;

	(void)act_values_of_act(s->db, &rows, s->territory, act);
	while (act_values_of_act_next(&rows, &value))
		*PLAN_ADD(s->arena, &ids.v) = value.id;
	if ((e = db_done(&rows)) != NULL)
		return e;
	(void)interpreter_of_act(s->db, &rows, s->territory, act);
	while (interpreter_of_act_next(&rows, &interpreter))
		*PLAN_ADD(s->arena, &others.v) = interpreter.id;
	e = db_done(&rows);
	for (size_t i = 0; e == NULL && i < ids.v.n; i++)
		e = remove_one(save, s, values, ids.v.v[i]);
	for (size_t i = 0; e == NULL && i < others.v.n; i++)
		e = remove_one(save, s, interpreters, others.v.v[i]);
	return e;
}

const struct err *
act_remove(struct save *save, const struct sight *s, int64_t act, int64_t version)
{
	struct act old;
	bool found;
	const struct err *e = entity_by_id(s->db, s->territory, acts, act, s->arena, &old, &found);

	if (e != NULL || !found)
		return e != NULL ? e : daily_missing(s);
	if ((e = reachable(s, &old)) != NULL || (e = remove_parts(save, s, act)) != NULL)
		return e;
	return entity_remove(save, acts, &old, version);
}
