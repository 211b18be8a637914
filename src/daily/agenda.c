#include "daily/agenda.h"

#include <stdlib.h>

#include "sql.h"

static const struct entity *const sessions = &entities[ENTITY_sessions];

static struct agenda_line
line_of(const struct sight *s, const struct agenda_ask *ask, const struct agenda_between_row *row)
{
	struct arena *a = s->arena;
	struct agenda_line x = { .action_ref = str_dup(a, row->action_ref),
		.title = str_dup(a, row->title),
		.operator_name = str_dup(a, row->operator_name),
		.own = row->trainer_account_id == ask->account && ask->account > 0 };

	entity_clear(sessions, &x.session);
	x.session.record = (struct record){ row->id, row->version };
	x.session.action = row->action_id;
	x.session.held_on = row->held_on;
	x.session.starts_at = str_dup(a, row->starts_at);
	x.session.minutes = row->minutes;
	x.session.kind = str_dup(a, row->kind);
	x.session.state = str_dup(a, row->state);
	x.session.group = str_dup(a, row->group_name);
	x.session.room = str_dup(a, row->room);
	x.session.trainer = str_dup(a, row->trainer);
	x.session.trainer_account = row->trainer_account_id;
	x.session.series = str_dup(a, row->series);
	x.session.cancel_reason = str_dup(a, row->cancel_reason);
	return x;
}

static int
by_time(const void *a, const void *b)
{
	const struct agenda_line *x = a, *y = b;
	int hours;

	if (x->session.held_on != y->session.held_on)
		return x->session.held_on < y->session.held_on ? -1 : 1;
	if (x->own != y->own)
		return x->own ? -1 : 1;
	if ((hours = str_cmp(x->session.starts_at, y->session.starts_at)) != 0)
		return hours;
	return x->session.record.id < y->session.record.id ? -1 : x->session.record.id > y->session.record.id;
}

const struct err *
agenda_read(const struct sight *s, const struct agenda_ask *ask, struct agenda_line **to, size_t *n)
{
	PLAN_LIST(struct agenda_line) list = { 0 };
	struct agenda_between_row row;
	struct db_rows rows;
	const struct err *e =
	    agenda_between(s->db, &rows, s->territory, s->organisation, ask->from, ask->until, ask->action, ask->only);

	if (e != NULL)
		return e;
	while (agenda_between_next(&rows, &row)) {
		if (ask->group.len == 0 || str_eq(ask->group, row.group_name))
			*PLAN_ADD(s->arena, &list) = line_of(s, ask, &row);
	}
	if (list.n > 1)
		qsort(list.v, list.n, sizeof *list.v, by_time);
	*to = list.v;
	*n = list.n;
	return db_done(&rows);
}

const struct err *
agenda_beside(const struct sight *s, day on, day *before, day *after)
{
	struct agenda_before_row earlier;
	struct agenda_after_row later;
	struct db_rows rows;
	const struct err *e = agenda_before(s->db, &rows, s->territory, on);

	*before = *after = DAY_NONE;
	while (e == NULL && agenda_before_next(&rows, &earlier))
		*before = earlier.near;
	if (e != NULL || (e = db_done(&rows)) != NULL || (e = agenda_after(s->db, &rows, s->territory, on)) != NULL)
		return e;
	while (agenda_after_next(&rows, &later))
		*after = later.near;
	return db_done(&rows);
}

const struct err *
agenda_zone(const struct sight *s, enum school_zone *zone)
{
	struct agenda_department_row row;
	struct db_rows rows;
	const struct err *e = agenda_department(s->db, &rows, s->territory);

	*zone = ZONE_NONE;
	while (e == NULL && agenda_department_next(&rows, &row))
		*zone = zone_of(row.code);
	return e != NULL ? e : db_done(&rows);
}

str
ends_at(struct arena *a, str starts_at, int64_t minutes)
{
	int at;

	if (starts_at.len != 5 || minutes < 0 || minutes > 24 * 60)
		return (str){ 0 };
	at = ((starts_at.s[0] - '0') * 10 + starts_at.s[1] - '0') * 60 + (starts_at.s[3] - '0') * 10 + starts_at.s[4] - '0' +
	     (int)minutes;
	return str_format(a, "%02d:%02d", at / 60 % 24, at % 60);
}

const struct err *
session_open(const struct sight *s, int64_t session, struct session *to, struct action_place *place, bool *found)
{
	struct agenda_action_row row;
	struct db_rows rows;
	str ref = { 0 };
	const struct err *e = agenda_action(s->db, &rows, s->territory, s->organisation, session);

	*found = false;
	while (e == NULL && agenda_action_next(&rows, &row))
		ref = str_dup(s->arena, row.ref);
	if (e != NULL || (e = db_done(&rows)) != NULL || ref.len == 0)
		return e;
	if ((e = action_place(s, ref, place, found)) != NULL || !*found)
		return e;
	return entity_by_id(s->db, s->territory, sessions, session, s->arena, to, found);
}

/* --- planning --- */

const struct err *
sessions_plan(struct save *save, const struct sight *s, struct session *model, const day *days, size_t n)
{
	const struct err *e = NULL;

	for (size_t i = 0; e == NULL && i < n; i++) {
		struct session x = *model;

		x.record = (struct record){ 0 };
		if ((e = save_reserve(save, sessions, &x.record.id)) != NULL)
			return e;
		x.ref = record_ref(s->arena, "s-", x.record.id);
		if (n > 1 && model->series.len == 0)
			model->series = record_ref(s->arena, "serie-", x.record.id);
		x.series = model->series;
		x.held_on = days[i];
		e = entity_save(save, sessions, &x, NULL);
		if (i == 0)
			model->record = x.record;
	}
	return e;
}

static const struct err *
cancel_one(struct save *save, const struct sight *s, int64_t id, int64_t version, str reason, size_t *n)
{
	struct session stored, x;
	bool found;
	const struct err *e = entity_by_id(s->db, s->territory, sessions, id, s->arena, &stored, &found);

	if (e != NULL || !found || !str_is(stored.state, "planned"))
		return e;
	x = stored;
	x.state = S("cancelled");
	x.cancel_reason = reason;
	x.record.version = version == 0 ? stored.record.version : version;
	(*n)++;
	return entity_save(save, sessions, &x, &stored);
}

const struct err *
sessions_cancel(struct save *save, const struct sight *s, const struct session *session, str reason, bool after, size_t *n)
{
	PLAN_LIST(int64_t) ids = { 0 };
	struct agenda_series_row row;
	struct db_rows rows;
	const struct err *e;

	*n = 0;
	if ((e = cancel_one(save, s, session->record.id, session->record.version, reason, n)) != NULL || !after ||
	    session->series.len == 0)
		return e;
	e = agenda_series(s->db, &rows, s->territory, session->action, session->series, session->held_on);
	if (e != NULL)
		return e;
	while (agenda_series_next(&rows, &row))
		*PLAN_ADD(s->arena, &ids) = row.id;
	e = db_done(&rows);
	for (size_t i = 0; e == NULL && i < ids.n; i++)
		e = cancel_one(save, s, ids.v[i], 0, reason, n);
	return e;
}
