/* book_records.c - the records of a book's actions, and what hangs on them */
#include "base/decimal.h"
#include "figures/reader.h"
#include "sql.h"

/* Where the records of each action begin. */
static void
actions_end(struct reader *r, enum book_table t, void *v, size_t size)
{
	int *first = owned_end(r, v, size, r->book->actions.n);

	for (int i = 0; i <= r->book->actions.n; i++)
		r->book->actions.v[i].first[t] = first[i];
}
#define ACTIONS_END(r, table) actions_end((r), TABLE_##table, (r)->book->table.v, sizeof *(r)->book->table.v)

static bool
lasts(str months)
{
	return str_is(months, "permanent") || decimal_above(months, 6);
}

const struct err *
read_enrolments(struct reader *r)
{
	struct book *b = r->book;
	struct book_enrolments_row row;
	struct db_rows rows;

	owned_begin(r);
	(void)book_enrolments(r->db, &rows, r->territory, r->contract);
	while (book_enrolments_next(&rows, &row)) {
		if (!owned_by(r, &r->actions, row.action_id))
			continue;
		*VEC_ADD(r->arena, &b->enrolments) = (struct book_enrolment){ .id = row.id,
			.ref = reader_ref(r, row.ref),
			.person = reader_person(r, row.person_id),
			.state = reader_word(r, row.state),
			.exit = reader_word(r, row.exit_kind),
			.durable = lasts(row.contract_months),
			.entered = row.entered_on,
			.left = open_end(row.left_on),
			.planned = known(row.planned_minutes, 0),
			.six_months = WORD_ABSENT,
			.six_months_on = DAY_NONE };
	}
	ACTIONS_END(r, enrolments);
	for (int i = 0; i < b->enrolments.n; i++)
		(void)keys_number(&r->enrolments, b->enrolments.v[i].id);
	return db_done(&rows);
}

static int
rank(str level)
{
	static const char *const levels[] = { "A1", "A2", "B1", "B2", "C1", "C2" };

	for (int i = 0; i < 6; i++) {
		if (str_is(level, levels[i]))
			return i + 1;
	}
	return 0; /* alpha, A0, A1.1 */
}

const struct err *
read_assessments(struct reader *r)
{
	struct book *b = r->book;
	struct book_assessments_row row;
	struct db_rows rows;
	int *first;

	owned_begin(r);
	(void)book_assessments(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_assessments_next(&rows, &row)) {
		if (!owned_by(r, &r->enrolments, row.enrolment_id))
			continue;
		*VEC_ADD(r->arena, &b->assessments) =
		    (struct book_assessment){ row.on_date, reader_word(r, row.moment), rank(row.level) };
	}
	first = owned_end(r, b->assessments.v, sizeof *b->assessments.v, b->enrolments.n);
	for (int i = 0; i < b->enrolments.n; i++) {
		b->enrolments.v[i].first_assessment = first[i];
		b->enrolments.v[i].end_assessment = first[i + 1];
	}
	return db_done(&rows);
}

const struct err *
read_followups(struct reader *r)
{
	struct book_followups_row row;
	struct db_rows rows;

	(void)book_followups(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_followups_next(&rows, &row)) {
		int i = keys_known(&r->enrolments, row.enrolment_id);

		if (i < 0 || row.months != 6)
			continue;
		r->book->enrolments.v[i].six_months = reader_word(r, row.situation);
		r->book->enrolments.v[i].six_months_on = row.on_date;
	}
	return db_done(&rows);
}

static unsigned
themes(str list)
{
	unsigned set = 0;

	while (list.len > 0) {
		str theme = str_cut(list, ';', &list);

		for (int i = 0; civic_theme_names[i] != NULL; i++) {
			if (str_is(theme, civic_theme_names[i]))
				set |= 1u << i;
		}
	}
	return set;
}

static void
session_key(void *to, const int64_t *v)
{
	(void)keys_number(to, v[0]);
}

const struct err *
read_session_keys(struct reader *r)
{
	return book_session_keys_gather(r->db, session_key, &r->session_keys, r->territory, r->contract);
}

struct book_session
session_of_row(struct reader *r, const struct book_sessions_row *row)
{
	return (struct book_session){ .id = row->id,
		.ref = reader_ref(r, row->ref),
		.on = row->held_on,
		.kind = reader_word(r, row->kind),
		.theme = reader_word(r, row->theme),
		.audience = reader_word(r, row->audience),
		.state = reader_word(r, row->state),
		.civic_themes = themes(row->civic_themes),
		.minutes = row->minutes,
		.public_count = known(row->public_count, 0) };
}

const struct err *
read_sessions(struct reader *r)
{
	struct book *b = r->book;
	struct book_sessions_row row;
	struct db_rows rows;

	owned_begin(r);
	(void)book_sessions(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_sessions_next(&rows, &row)) {
		if (!owned_by(r, &r->actions, row.action_id))
			continue;
		*VEC_ADD(r->arena, &b->sessions) = session_of_row(r, &row);
	}
	ACTIONS_END(r, sessions);
	for (int i = 0; i < b->sessions.n; i++)
		(void)keys_number(&r->sessions, b->sessions.v[i].id);
	return db_done(&rows);
}

static void
attendance(void *to, const int64_t *v)
{
	struct reader *r = to;

	if (owned_by(r, &r->sessions, v[0]))
		*VEC_ADD(r->arena, &r->book->attendances) = (struct book_attendance){ reader_person(r, v[1]), (int)v[2] };
}

const struct err *
read_attendances(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;
	int *first;

	owned_begin(r);
	if ((e = book_attendances_gather(r->db, attendance, r, r->territory, buf_str(&r->stretches))) != NULL)
		return e;
	first = owned_end(r, b->attendances.v, sizeof *b->attendances.v, b->sessions.n);
	for (int i = 0; i < b->sessions.n; i++) {
		b->sessions.v[i].first_attendance = first[i];
		b->sessions.v[i].end_attendance = first[i + 1];
	}
	return NULL;
}

const struct err *
read_trainee_attendances(struct reader *r)
{
	struct book *b = r->book;
	struct book_trainee_attendances_row row;
	struct db_rows rows;
	int *first;

	owned_begin(r);
	(void)book_trainee_attendances(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_trainee_attendances_next(&rows, &row)) {
		if (!owned_by(r, &r->sessions, row.session_id))
			continue;
		*VEC_ADD(r->arena, &b->trainee_attendances) =
		    (struct book_attendance){ keys_number(&b->trainee_keys, row.trainee_id), (int)row.minutes };
	}
	first = owned_end(r, b->trainee_attendances.v, sizeof *b->trainee_attendances.v, b->sessions.n);
	for (int i = 0; i < b->sessions.n; i++) {
		b->sessions.v[i].first_trainee = first[i];
		b->sessions.v[i].end_trainee = first[i + 1];
	}
	return db_done(&rows);
}

const struct err *
read_acts(struct reader *r)
{
	struct book *b = r->book;
	struct book_acts_row row;
	struct db_rows rows;

	owned_begin(r);
	(void)book_acts(r->db, &rows, r->territory, r->contract);
	while (book_acts_next(&rows, &row)) {
		if (!owned_by(r, &r->actions, row.action_id))
			continue;
		*VEC_ADD(r->arena, &b->acts) = (struct book_act){ row.id, reader_ref(r, row.ref), reader_person(r, row.person_id),
			reader_word(r, row.kind), row.on_date, known(row.quantity, 1) };
	}
	ACTIONS_END(r, acts);
	return db_done(&rows);
}

const struct err *
read_pairs(struct reader *r)
{
	struct book *b = r->book;
	struct book_pairs_row row;
	struct db_rows rows;

	owned_begin(r);
	(void)book_pairs(r->db, &rows, r->territory, r->contract);
	while (book_pairs_next(&rows, &row)) {
		if (!owned_by(r, &r->actions, row.action_id))
			continue;
		*VEC_ADD(r->arena, &b->pairs) = (struct book_pair){ row.id, reader_ref(r, row.ref),
			reader_person(r, row.person_id), row.started_on, open_end(row.ended_on) };
	}
	ACTIONS_END(r, pairs);
	return db_done(&rows);
}

const struct err *
read_tools(struct reader *r)
{
	struct book *b = r->book;
	struct book_tools_row row;
	struct db_rows rows;

	owned_begin(r);
	(void)book_tools(r->db, &rows, r->territory, r->contract);
	while (book_tools_next(&rows, &row)) {
		if (!owned_by(r, &r->actions, row.action_id))
			continue;
		*VEC_ADD(r->arena, &b->tools) =
		    (struct book_tool){ row.on_date, reader_word(r, row.audience), reader_text(r, row.label) };
	}
	ACTIONS_END(r, tools);
	return db_done(&rows);
}

const struct err *
read_expenses(struct reader *r)
{
	struct book *b = r->book;
	struct book_expenses_row row;
	struct db_rows rows;

	owned_begin(r);
	(void)book_expenses(r->db, &rows, r->territory, r->contract);
	while (book_expenses_next(&rows, &row)) {
		if (!owned_by(r, &r->actions, row.action_id))
			continue;
		*VEC_ADD(r->arena, &b->expenses) =
		    (struct book_expense){ row.id, reader_ref(r, row.ref), row.on_date, row.cents, known(row.p104_cents, 0) };
	}
	ACTIONS_END(r, expenses);
	return db_done(&rows);
}

const struct err *
read_members(struct reader *r)
{
	struct book_cohort_members_row row;
	struct db_rows rows;

	(void)book_cohort_members(r->db, &rows, r->territory, r->contract);
	while (book_cohort_members_next(&rows, &row))
		*VEC_ADD(r->arena, &r->book->members) =
		    (struct book_member){ reader_person(r, row.person_id), row.joined_on, open_end(row.left_on) };
	return db_done(&rows);
}
