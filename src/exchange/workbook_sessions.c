/* workbook_sessions.c - sheets of attendance: a row for each person at each session, or a row for each person and a column for each
 * session. Sessions are written after the last row, when it is known how long they were. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/workbook_inside.h"
#include "sql.h"

enum { MARKS_MOST = 300000, SESSIONS_MOST = 5000 };

const struct err *
sessions_known_load(struct making *m)
{
	struct sessions_of_action_row row;
	struct db_rows rows;
	size_t cap = 0;
	const struct err *err = sessions_of_action(m->db, &rows, m->keeper, m->action_id);

	if (err != NULL)
		return err;
	while (sessions_of_action_next(&rows, &row)) {
		if (m->sessions_n == cap) {
			cap = cap == 0 ? 64 : cap * 2;
			m->sessions = realloc(m->sessions, cap * sizeof *m->sessions);
			if (m->sessions == NULL)
				bug_oom(cap * sizeof *m->sessions);
		}
		m->sessions[m->sessions_n++] = (struct known_session){ .ref = str_dup(m->arena, row.ref),
			.group = fold(m->arena, row.group_name),
			.on = row.held_on,
			.minutes = row.minutes };
	}
	return db_done(&rows);
}

/* ---- which session ---- */

static const struct known_session *
stored_session(const struct making *m, str ref)
{
	for (size_t i = 0; i < m->sessions_n; i++) {
		if (str_eq(m->sessions[i].ref, ref))
			return &m->sessions[i];
	}
	return NULL;
}

/* The only stored one of that day and group, when the sheet has only one too. */
static const struct known_session *
only_stored(const struct making *m, day on, str group)
{
	const struct known_session *found = NULL;

	for (size_t i = 0; i < m->sessions_n; i++) {
		if (m->sessions[i].on != on || !str_eq(m->sessions[i].group, group))
			continue;
		if (found != NULL)
			return NULL;
		found = &m->sessions[i];
	}
	return found;
}

/* Whether this sheet has several of that day: two columns with the same date. */
static bool
alone_on_its_day(const struct making *m, day on)
{
	int n = 0;

	for (size_t i = 0; i < m->columns->n; i++)
		n += m->columns->v[i].want == WANT_SESSION && m->columns->v[i].on == on;
	return n <= 1;
}

static struct making_session *
add_session(struct making *m)
{
	if (m->made_n == m->made_cap) {
		m->made_cap = m->made_cap == 0 ? 64 : m->made_cap * 2;
		m->made = realloc(m->made, m->made_cap * sizeof *m->made);
		if (m->made == NULL)
			bug_oom(m->made_cap * sizeof *m->made);
	}
	return &m->made[m->made_n++];
}

/* Its number in made; SIZE_MAX: too many, a fault says so. */
static size_t
session_of(struct making *m, day on, str group, int ordinal, int column)
{
	const struct known_session *stored;
	struct making_session *s;
	char date[DAY_TEXT];
	str folded = fold(&m->row_arena, group), parts[4];

	for (size_t i = m->made_n; i-- > 0;) {
		if (m->made[i].on == on && m->made[i].ordinal == ordinal && str_eq(fold(&m->row_arena, m->made[i].group), folded))
			return i;
	}
	if (m->made_n == SESSIONS_MOST) {
		making_fault(m, PROBLEM_FAULT, WANT_date, tr("at most 5000 sessions at once: part the file"));
		return SIZE_MAX;
	}
	s = add_session(m);
	*s = (struct making_session){ .group = str_dup(&m->round_arena, group),
		.on = on,
		.ordinal = ordinal,
		.minutes = -1,
		.from = { (int32_t)m->row->number, (int16_t)column } };
	parts[0] = m->o->action;
	parts[1] = day_text(on, date);
	parts[2] = folded;
	parts[3] = str_format(&m->row_arena, "%d", ordinal);
	s->ref = derived_ref(m, "s", parts, 4);
	stored = stored_session(m, s->ref);
	if (stored == NULL && alone_on_its_day(m, on))
		stored = only_stored(m, on, folded);
	if (stored != NULL) {
		s->ref = stored->ref;
		s->stored = true;
		s->minutes = stored->minutes;
	}
	return m->made_n - 1;
}

/* ---- marks ---- */

static void
add_mark(struct making *m, struct making_mark mark)
{
	if (m->marks_n == MARKS_MOST) {
		making_fault(m, PROBLEM_FAULT, WANT_NOTHING, tr("at most 300000 marks of attendance at once: part the file"));
		return;
	}
	if (m->marks_n == m->marks_cap) {
		m->marks_cap = m->marks_cap == 0 ? 1024 : m->marks_cap * 2;
		m->marks = realloc(m->marks, m->marks_cap * sizeof *m->marks);
		if (m->marks == NULL)
			bug_oom(m->marks_cap * sizeof *m->marks);
	}
	m->marks[m->marks_n++] = mark;
}

/* present, absent, excused or minutes, as an attendance to be. */
static struct making_mark
mark_of(str understood)
{
	if (str_is(understood, "present"))
		return (struct making_mark){ .minutes = -1 };
	if (str_is(understood, "absent") || str_is(understood, "excused"))
		return (struct making_mark){ .minutes = 0, .excused = str_is(understood, "excused") };
	return (struct making_mark){ .minutes = (int32_t)str_number(understood).value };
}

/* The same person twice at one session: the sheet has two rows of them. */
static bool
marked_again(struct making *m, size_t session, str person, int column)
{
	uint64_t h = str_hash(person, session * 2 + 1);

	if (set_add(&m->seen, h))
		return false;
	making_fault_at(m, PROBLEM_FAULT, m->row->number, column,
	    tr("one mark for each person at a session: there is one on a row above too"));
	return true;
}

static void
mark(struct making *m, size_t session, const struct who *who, str understood, int column)
{
	struct making_mark k = mark_of(understood);

	if (session == SIZE_MAX || marked_again(m, session, who->ref, column))
		return;
	k.session = session;
	k.person = who->known != NULL ? who->known->ref : str_dup(&m->round_arena, who->ref);
	k.from = (struct origin){ (int32_t)m->row->number, (int16_t)column };
	add_mark(m, k);
}

/* Of columns with the same date, which one. */
static int
ordinal_of(const struct making *m, size_t column)
{
	int n = 0;

	for (size_t i = 0; i < column; i++)
		n += m->columns->v[i].want == WANT_SESSION && m->columns->v[i].on == m->columns->v[column].on;
	return n;
}

static void
wide_row(struct making *m, const struct who *who)
{
	const size_t marks_before = m->marks_n;

	for (size_t i = 0; i < m->columns->n; i++) {
		const struct column *c = &m->columns->v[i];
		str understood = c->want == WANT_SESSION ? row_mark(m, c) : S("");

		if (understood.len > 0 && !m->row_wrong)
			mark(m, session_of(m, c->on, m->value[WANT_group], ordinal_of(m, i), c->at), who, understood, c->at);
	}
	if (m->row_wrong)
		m->marks_n = marks_before;
}

/* What the row says of its session, beside who was there. */
static void
describe_session(struct making *m, struct making_session *s)
{
	number minutes = str_number(m->value[WANT_duration]);

	if (minutes.ok && minutes.value > s->minutes)
		s->minutes = minutes.value;
	if (s->kind.len == 0)
		s->kind = str_dup(&m->round_arena, m->value[WANT_session_kind]);
	if (s->theme.len == 0)
		s->theme = str_dup(&m->round_arena, m->value[WANT_theme]);
}

static void
long_row(struct making *m, const struct who *who)
{
	const struct column *c = m->of[WANT_present];
	str understood = c == NULL ? S("present") : m->value[WANT_present]; /* without such a column, who is listed was there */
	size_t session;

	if (m->value[WANT_date].len == 0 && !m->row_wrong)
		making_fault(m, PROBLEM_FAULT, WANT_date, tr("a whole date such as 31/08/2025"));
	if (m->row_wrong || understood.len == 0)
		return;
	session = session_of(m, day_parse(m->value[WANT_date]), m->value[WANT_group], 0, -1);
	if (session == SIZE_MAX)
		return;
	describe_session(m, &m->made[session]);
	mark(m, session, who, understood, c == NULL ? m->of[WANT_date]->at : c->at);
}

void
make_attendance(struct making *m)
{
	struct who who;

	if (!row_person(m, &who) || !known_or_new(m, &who))
		return;
	if (columns_of(m->columns, WANT_SESSION) != NULL && m->of[WANT_date] == NULL)
		wide_row(m, &who);
	else
		long_row(m, &who);
	if (!m->row_wrong)
		new_person_line(m, &who);
}

/* ---- after the last row ---- */

/* The longest presence says how long the session was at least, when nothing else does. */
static void
lengthen(struct making *m)
{
	for (size_t i = 0; i < m->marks_n; i++) {
		struct making_session *s = &m->made[m->marks[i].session];

		s->used = true;
		if (!s->stored && m->o->minutes == NUMBER_NONE && m->marks[i].minutes > s->minutes &&
		    m->of[WANT_duration] == NULL)
			s->minutes = m->marks[i].minutes;
	}
}

static const struct err *
length_missing(struct making *m)
{
	return err_new(m->arena, ERR_INPUT, tr("The sheet does not say how long the sessions were."), NULL,
	    tr("Say it once for all of them, in minutes (on the command line: --minutes 180)."));
}

static const struct err *
kind_missing(struct making *m)
{
	return err_new(m->arena, ERR_INPUT, tr("The sheet does not say what the sessions were: training, workshop, group..."),
	    NULL, tr("Say it once for all of them (on the command line: --kind training): figures depend on it."));
}

static const struct err *
session_line(struct making *m, const struct making_session *s)
{
	char date[DAY_TEXT];
	str kind = s->kind.len > 0 ? s->kind : m->o->session_kind;

	if (s->minutes < 0)
		return length_missing(m);
	if (kind.len == 0)
		return kind_missing(m);
	making_line(m, ENTITY_sessions, s->from,
	    (const str[]){ s->ref, m->o->action, day_text(s->on, date), str_format(&m->row_arena, "%lld", (long long)s->minutes),
		kind, s->theme, S("newcomers"), s->on <= m->o->today ? S("held") : S("planned"), s->group },
	    9);
	return NULL;
}

static void
mark_line(struct making *m, const struct making_mark *k)
{
	const struct making_session *s = &m->made[k->session];
	int64_t minutes = k->minutes < 0 ? s->minutes : k->minutes;

	making_line(m, ENTITY_attendances, k->from,
	    (const str[]){
		s->ref, k->person, str_format(&m->row_arena, "%lld", (long long)minutes), k->excused ? S("yes") : S("") },
	    4);
}

/* A stored session stays as it is: only its marks are added. */
const struct err *
write_sessions(struct making *m)
{
	const struct err *err;

	lengthen(m);
	making_begin(m, ENTITY_sessions, "ref,action_ref,held_on,minutes,kind,theme,audience,state,group");
	making_begin(m, ENTITY_attendances, "session_ref,person_ref,minutes,excused");
	for (size_t i = 0; i < m->made_n; i++) {
		if (!m->made[i].stored && m->made[i].minutes < 0)
			m->made[i].minutes = m->o->minutes == NUMBER_NONE ? -1 : m->o->minutes;
		if (!m->made[i].stored && m->made[i].used && (err = session_line(m, &m->made[i])) != NULL)
			return err;
		arena_clear(&m->row_arena);
	}
	for (size_t i = 0; i < m->marks_n; i++) {
		mark_line(m, &m->marks[i]);
		arena_clear(&m->row_arena);
	}
	return NULL;
}
