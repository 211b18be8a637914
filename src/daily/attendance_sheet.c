/* attendance_sheet.c - the sheet as it stands: who is expected or on the register, in the order in which they are called */
#include <stdlib.h>

#include "daily/attendance_parts.h"
#include "daily/expected.h"
#include "sql.h"

static const struct entity *const kind = &entities[ENTITY_sessions];

int
sheet_assiduity(const struct sheet_line *l)
{
	return l->planned == NUMBER_NONE || l->planned <= 0 ? -1 : (int)(l->attended * 100 / l->planned);
}

struct presence
presence_of(const struct attendance *line)
{
	return (struct presence){ line->minutes, line->minutes == 0 && line->excused == 1 };
}

const struct err *
session_within(const struct sight *s, int64_t session, struct attendance_sheet *to, bool *found)
{
	struct attendance_place_row row;
	struct db_rows rows;
	const struct err *err = attendance_place(s->db, &rows, s->territory, session, s->organisation);

	*found = false;
	if (err != NULL)
		return err;
	while (attendance_place_next(&rows, &row)) {
		to->action_title = str_dup(s->arena, row.title);
		to->action_ref = str_dup(s->arena, row.ref);
		to->sheet_ref = str_dup(s->arena, row.sheet_ref);
		to->operator_name = str_dup(s->arena, row.operator_name);
		*found = true;
	}
	if ((err = db_done(&rows)) != NULL || !*found)
		return err;
	return entity_by_id(s->db, s->territory, kind, session, s->arena, &to->session, found);
}

/* --- who --- */

static const struct err *
name_of(const struct sight *s, struct sheet_line *l)
{
	struct attendance_person_row row;
	struct db_rows rows;
	const struct err *err = attendance_person(s->db, &rows, s->territory, l->person);

	if (err != NULL)
		return err;
	while (attendance_person_next(&rows, &row)) {
		l->given_name = str_dup(s->arena, row.given_name);
		l->family_name = str_dup(s->arena, row.family_name);
	}
	return db_done(&rows);
}

static struct sheet_line *
line_of(const struct attendance_sheet *sheet, size_t expected, int64_t person)
{
	for (size_t i = 0; i < expected; i++) {
		if (sheet->lines[i].person == person)
			return &sheet->lines[i];
	}
	return NULL;
}

/* Those expected, then those on the register whom nobody expected. */
static const struct err *
gather(const struct sight *s, const struct roll *roll, const struct expected *e, size_t n, struct attendance_sheet *to)
{
	const struct attendance *lines = roll->v;
	const struct err *err = NULL;

	to->lines = ARENA_ARRAY(s->arena, n + roll->n, struct sheet_line);
	for (size_t i = 0; i < n; i++)
		to->lines[i] = (struct sheet_line){ .person = e[i].person,
			.given_name = e[i].given_name,
			.family_name = e[i].family_name,
			.mark = { .minutes = NUMBER_NONE },
			.expected = true,
			.planned = e[i].planned_minutes };
	to->n = n;
	for (size_t i = 0; i < roll->n && err == NULL; i++) {
		struct sheet_line *l = line_of(to, n, lines[i].person);

		if (l == NULL) {
			l = &to->lines[to->n++];
			*l = (struct sheet_line){ .person = lines[i].person, .planned = NUMBER_NONE };
			err = name_of(s, l);
		}
		l->mark = presence_of(&lines[i]);
		to->answered += presence_answered(l->mark);
	}
	return err;
}

/* --- what they have attended so far --- */

static void
count_register(struct attendance_sheet *to, const struct expected *e, size_t n, const struct attendance_held_row *row)
{
	struct roll_walk w = roll_walk(row->lines);
	int64_t values[ROLL_VALUES];
	size_t i = 0; /* both are in the order of the people */

	while (roll_walk_next(&w, values)) {
		while (i < n && e[i].person < w.who)
			i++;
		if (i < n && e[i].person == w.who && row->held_on >= e[i].entered_on && values[0] != NUMBER_NONE)
			to->lines[i].attended += values[0];
	}
}

static const struct err *
count_attended(const struct sight *s, const struct expected *e, size_t n, struct attendance_sheet *to)
{
	struct attendance_held_row row;
	struct db_rows rows;
	const struct err *err = attendance_held(s->db, &rows, s->territory, to->session.action, s->today);

	if (err != NULL)
		return err;
	while (attendance_held_next(&rows, &row))
		count_register(to, e, n, &row);
	return db_done(&rows);
}

/* --- what they are called, and in which order --- */

static str
short_name(struct arena *a, const struct sheet_line *l, size_t letters)
{
	size_t n = 0;

	if (l->given_name.len == 0 || l->family_name.len == 0)
		return l->given_name.len > 0 ? l->given_name : l->family_name;
	while (letters-- > 0 && n < l->family_name.len) {
		uint32_t point;
		size_t one = str_point((str){ l->family_name.s + n, l->family_name.len - n }, &point);

		n += one == 0 ? l->family_name.len - n : one;
	}
	if (n >= l->family_name.len)
		return str_format(a, "%.*s %.*s", STR_ARG(l->given_name), STR_ARG(l->family_name));
	return str_format(a, "%.*s %.*s.", STR_ARG(l->given_name), (int)n, l->family_name.s);
}

static int
by_called(const void *va, const void *vb)
{
	const struct sheet_line *a = va, *b = vb;
	int order = str_cmp(a->called, b->called);

	return order != 0 ? order : (a->person > b->person) - (a->person < b->person);
}

/* Two who would be called the same are called by their whole names. */
static void
call(struct arena *a, struct attendance_sheet *to)
{
	for (size_t i = 0; i < to->n; i++)
		to->lines[i].called = short_name(a, &to->lines[i], 1);
	qsort(to->lines, to->n, sizeof *to->lines, by_called);
	for (size_t i = 0, k; i < to->n; i = k) {
		const str called = to->lines[i].called;

		for (k = i + 1; k < to->n && str_eq(to->lines[k].called, called); k++)
			to->lines[k].called = short_name(a, &to->lines[k], SIZE_MAX);
		if (k > i + 1)
			to->lines[i].called = short_name(a, &to->lines[i], SIZE_MAX);
	}
}

const struct err *
attendance_sheet(const struct sight *s, int64_t account, int64_t session, struct attendance_sheet *to, bool *found)
{
	struct expected *expected;
	struct roll roll;
	size_t n;
	const struct err *err;

	*to = (struct attendance_sheet){ 0 };
	if ((err = session_within(s, session, to, found)) != NULL || !*found)
		return err;
	to->trainer = session_trainer(&to->session, account);
	if ((err = expected_at(s, &to->session, &expected, &n)) == NULL)
		err = roll_read(s->db, s->territory, &entities[ENTITY_attendances], session, s->arena, &roll);
	if (err == NULL)
		err = gather(s, &roll, expected, n, to);
	if (err == NULL)
		err = count_attended(s, expected, n, to);
	if (err == NULL)
		call(s->arena, to);
	return err;
}
