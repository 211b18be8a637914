/* attendance_differing.c - two people's answers of the same person, until somebody has looked */
#include "daily/attendance_parts.h"
#include "sql.h"

static const struct entity *const kind = &entities[ENTITY_attendance_conflicts];

static const struct err *
holder_of(const struct sight *s, int64_t account, str *name)
{
	struct account a;
	bool found = false;
	const struct err *err = NULL;

	if (account != NUMBER_NONE)
		err = entity_by_id(s->db, s->territory, &entities[ENTITY_accounts], account, s->arena, &a, &found);
	*name = found ? a.name : (str){ 0 };
	return err;
}

static const struct err *
read_one(const struct sight *s, const struct attendance_sheet *sheet, int64_t id, struct differing *d)
{
	bool found;
	const struct err *err = entity_by_id(s->db, s->territory, kind, id, s->arena, &d->record, &found);

	for (size_t i = 0; i < sheet->n; i++) {
		if (sheet->lines[i].person == d->record.person)
			d->called = sheet->lines[i].called;
	}
	if (err == NULL)
		err = holder_of(s, d->record.kept_by, &d->kept_by);
	return err != NULL ? err : holder_of(s, d->record.lost_by, &d->lost_by);
}

static const struct err *
open_ones(const struct sight *s, int64_t session, int64_t **ids, size_t *n)
{
	enum { MOST = 500 };
	struct attendance_open_conflicts_row row;
	struct db_rows rows;
	const struct err *err = attendance_open_conflicts(s->db, &rows, s->territory, session);

	*ids = ARENA_ARRAY(s->arena, MOST, int64_t);
	*n = 0;
	if (err != NULL)
		return err;
	while (attendance_open_conflicts_next(&rows, &row)) {
		if (*n < MOST)
			(*ids)[(*n)++] = row.id;
	}
	return db_done(&rows);
}

const struct err *
attendance_differing(const struct sight *s, const struct attendance_sheet *sheet, struct differing **to, size_t *n)
{
	int64_t *ids;
	const struct err *err = open_ones(s, sheet->session.record.id, &ids, n);

	*to = ARENA_ARRAY(s->arena, *n, struct differing);
	for (size_t i = 0; i < *n && err == NULL; i++)
		err = read_one(s, sheet, ids[i], &(*to)[i]);
	return err;
}

static const struct err *
exchange_line(struct save *save, const struct sight *s, const struct attendance_conflict *c)
{
	const struct presence lost = { c->lost_minutes, c->lost_excused == 1 };
	struct roll old, roll;
	const struct err *err = roll_read(s->db, s->territory, &entities[ENTITY_attendances], c->session, s->arena, &old);

	if (err != NULL)
		return err;
	roll = roll_copy(s->arena, &old, 1);
	roll_set(&roll, c->person, lost);
	return roll_save(save, &entities[ENTITY_attendances], &roll, &old);
}

const struct err *
attendance_settle(struct save *save, const struct sight *s, int64_t session, int64_t conflict, bool exchange, bool *found)
{
	struct attendance_sheet sheet;
	struct attendance_conflict c, settled;
	const struct err *err = session_within(s, session, &sheet, found);

	if (err == NULL && *found)
		err = entity_by_id(s->db, s->territory, kind, conflict, s->arena, &c, found);
	if (err != NULL || !*found)
		return err;
	*found = c.session == session && c.settled.len == 0 && (!exchange || sheet.session.closed_at.len == 0);
	if (!*found)
		return NULL;
	settled = c;
	settled.settled = exchange ? S("exchanged") : S("kept");
	if (exchange && (err = exchange_line(save, s, &c)) != NULL)
		return err;
	return entity_save(save, kind, &settled, &c);
}
