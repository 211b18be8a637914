/* book_records.c - the records of a book's actions, and what hangs on them */
#include "base/decimal.h"
#include "figures/reader.h"
#include "model/roll.h"
#include "sql.h"

/* Where the records of each action begin. */
static void
actions_end(struct reader *r, enum book_table t)
{
	for (int i = 0; i <= r->book->actions.n; i++)
		r->book->actions.v[i].first[t] = r->first[i];
}
#define ACTIONS_BEGIN(r, table) owned_begin((r), sizeof *(r)->book->table.v)
#define ACTIONS_END(r, table) (OWNED_END((r), &(r)->book->table, (r)->book->actions.n), actions_end((r), TABLE_##table))

static bool
lasts(str months)
{
	return str_is(months, "permanent") || decimal_above(months, 6);
}

static void
enrolment(void *to, const struct book_enrolments_row *row)
{
	struct reader *r = to;
	struct book_enrolment *x = owned_by(r, &r->actions, row->action_id);

	if (x == NULL)
		return;
	*x = (struct book_enrolment){ .id = row->id,
		.ref = reader_ref(r, row->ref),
		.person = reader_person(r, row->person_id),
		.state = reader_word(r, row->state),
		.exit = reader_word(r, row->exit_kind),
		.durable = lasts(row->contract_months),
		.entered = row->entered_on,
		.left = open_end(row->left_on),
		.planned = known(row->planned_minutes, 0),
		.six_months = WORD_ABSENT,
		.six_months_on = DAY_NONE };
}

const struct err *
read_enrolments(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;

	ACTIONS_BEGIN(r, enrolments);
	e = READ_ROWS(r, enrolments, enrolment, stretches);
	ACTIONS_END(r, enrolments);
	keys_reserve(&r->enrolments, b->enrolments.n);
	for (int i = 0; i < b->enrolments.n; i++)
		(void)keys_add(&r->enrolments, b->enrolments.v[i].id);
	return e;
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

static void
assessment(void *to, const struct book_assessments_row *row)
{
	struct reader *r = to;
	struct book_assessment *x = owned_by(r, &r->enrolments, row->enrolment_id);

	if (x != NULL)
		*x = (struct book_assessment){ row->on_date, reader_word(r, row->moment), rank(row->level) };
}

const struct err *
read_assessments(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;

	owned_begin(r, sizeof *b->assessments.v);
	e = READ_ROWS(r, assessments, assessment, hanging);
	OWNED_END(r, &b->assessments, b->enrolments.n);
	for (int i = 0; i < b->enrolments.n; i++) {
		b->enrolments.v[i].first_assessment = r->first[i];
		b->enrolments.v[i].end_assessment = r->first[i + 1];
	}
	return e;
}

static void
followup(void *to, const struct book_followups_row *row)
{
	struct reader *r = to;
	int i = keys_known(&r->enrolments, row->enrolment_id);

	if (i < 0 || row->months != 6)
		return;
	r->book->enrolments.v[i].six_months = reader_word(r, row->situation);
	r->book->enrolments.v[i].six_months_on = row->on_date;
}

const struct err *
read_followups(struct reader *r)
{
	return READ_ROWS(r, followups, followup, hanging);
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

static void
session(void *to, const struct book_sessions_row *row)
{
	struct reader *r = to;
	struct book_session *x = owned_by(r, &r->actions, row->action_id);

	if (x != NULL)
		*x = session_of_row(r, row);
}

const struct err *
read_sessions(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;

	ACTIONS_BEGIN(r, sessions);
	e = READ_ROWS(r, sessions, session, stretches);
	ACTIONS_END(r, sessions);
	keys_reserve(&r->sessions, b->sessions.n);
	for (int i = 0; i < b->sessions.n; i++)
		(void)keys_add(&r->sessions, b->sessions.v[i].id);
	return e;
}

/* A register brings all the lines of its session at once: where they begin and end are the session's. */
static void
add_register(struct reader *r, str lines, struct keys *who, int *first, int *end)
{
	struct book_attendance *at = coming_room(&r->coming, lines.len), *x = at; /* a line has two bytes at least */
	struct roll_walk w = roll_walk(lines);
	int64_t values[ROLL_VALUES];

	while (roll_walk_next(&w, values))
		*x++ = (struct book_attendance){ keys_number(who, w.who), (int)values[0] };
	*first = (int)r->coming.n;
	r->coming.n += (size_t)(x - at);
	*end = (int)r->coming.n;
	r->damaged |= w.damaged;
}

/* All lines are read: they become the book's, unless some cannot be made out. */
static const struct err *
registers_end(struct reader *r, enum entity_number of, attendance_list *all)
{
	all->n = all->cap = (int)r->coming.n;
	all->v = arena_copy(r->arena, r->coming.v, r->coming.n * sizeof *all->v);
	return r->damaged ? roll_damaged(r->db, &entities[of]) : NULL;
}

static void
attendances(void *to, const struct book_attendances_row *row)
{
	struct reader *r = to;
	int i = keys_known(&r->sessions, row->session_id);
	struct book_session *s = r->book->sessions.v + i;

	if (i >= 0)
		add_register(r, row->lines, &r->book->person_keys, &s->first_attendance, &s->end_attendance);
}

const struct err *
read_attendances(struct reader *r)
{
	const struct err *e;

	coming_begin(&r->coming, sizeof(struct book_attendance));
	e = READ_ROWS(r, attendances, attendances, stretches);
	return e != NULL ? e : registers_end(r, ENTITY_attendances, &r->book->attendances);
}

static void
trainee_attendances(void *to, const struct book_trainee_attendances_row *row)
{
	struct reader *r = to;
	int i = keys_known(&r->sessions, row->session_id);
	struct book_session *s = r->book->sessions.v + i;

	if (i >= 0)
		add_register(r, row->lines, &r->book->trainee_keys, &s->first_trainee, &s->end_trainee);
}

const struct err *
read_trainee_attendances(struct reader *r)
{
	const struct err *e;

	coming_begin(&r->coming, sizeof(struct book_attendance));
	e = READ_ROWS(r, trainee_attendances, trainee_attendances, stretches);
	return e != NULL ? e : registers_end(r, ENTITY_trainee_attendances, &r->book->trainee_attendances);
}

static void
act(void *to, const struct book_acts_row *row)
{
	struct reader *r = to;
	struct book_act *x = owned_by(r, &r->actions, row->action_id);

	if (x != NULL)
		*x = (struct book_act){ row->id, reader_ref(r, row->ref), reader_person(r, row->person_id),
			reader_word(r, row->kind), row->on_date, known(row->quantity, 1) };
}

const struct err *
read_acts(struct reader *r)
{
	const struct err *e;

	ACTIONS_BEGIN(r, acts);
	e = READ_ROWS(r, acts, act, stretches);
	ACTIONS_END(r, acts);
	return e;
}

static void
pair(void *to, const struct book_pairs_row *row)
{
	struct reader *r = to;
	struct book_pair *x = owned_by(r, &r->actions, row->action_id);

	if (x != NULL)
		*x = (struct book_pair){ row->id, reader_ref(r, row->ref), reader_person(r, row->person_id), row->started_on,
			open_end(row->ended_on) };
}

const struct err *
read_pairs(struct reader *r)
{
	const struct err *e;

	ACTIONS_BEGIN(r, pairs);
	e = READ_FEW(r, pairs, pair);
	ACTIONS_END(r, pairs);
	return e;
}

static void
tool(void *to, const struct book_tools_row *row)
{
	struct reader *r = to;
	struct book_tool *x = owned_by(r, &r->actions, row->action_id);

	if (x != NULL)
		*x = (struct book_tool){ row->on_date, reader_word(r, row->audience), reader_text(r, row->label) };
}

const struct err *
read_tools(struct reader *r)
{
	const struct err *e;

	ACTIONS_BEGIN(r, tools);
	e = READ_FEW(r, tools, tool);
	ACTIONS_END(r, tools);
	return e;
}

static void
expense(void *to, const struct book_expenses_row *row)
{
	struct reader *r = to;
	struct book_expense *x = owned_by(r, &r->actions, row->action_id);

	if (x != NULL)
		*x = (struct book_expense){ row->id, reader_ref(r, row->ref), row->on_date, row->cents,
			known(row->p104_cents, 0) };
}

const struct err *
read_expenses(struct reader *r)
{
	const struct err *e;

	ACTIONS_BEGIN(r, expenses);
	e = READ_FEW(r, expenses, expense);
	ACTIONS_END(r, expenses);
	return e;
}

static void
member(void *to, const struct book_cohort_members_row *row)
{
	struct reader *r = to;

	*VEC_ADD(r->arena, &r->book->members) =
	    (struct book_member){ reader_person(r, row->person_id), row->joined_on, open_end(row->left_on) };
}

const struct err *
read_members(struct reader *r)
{
	return READ_FEW(r, cohort_members, member);
}
