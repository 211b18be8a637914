/* book_read.c - fills a book from the database: one query for each kind of record (sql/book.sql), whose rows may come in
 * any order but mostly come owner by owner (an action's sessions, a session's attendances) */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "db/db.h"
#include "figures/book.h"
#include "figures/directory.h"
#include "sql.h"

struct reader {
	struct db *db;
	struct book *book;
	struct arena *arena;
	int64_t territory, contract;
	struct keys sheets, actions, enrolments, sessions; /* their numbers by key */
	struct buf stretches; /* of the keys of what the coming records belong to */
	VEC(int) owners; /* of the records being read: the number of each one's action, session... */
	int64_t last_key; /* of the last owner, and its number: most rows have the owner of the row before */
	int last;
};

/* --- records that belong to something --- */

static void
owned_begin(struct reader *r)
{
	r->owners.n = 0;
	r->last_key = NOT_KNOWN;
}

/* Whether the coming record belongs to one of these; then it is expected at the end of its kind. */
static inline bool
owned_by(struct reader *r, const struct keys *of, int64_t key)
{
	if (key != r->last_key) {
		r->last = keys_known(of, key);
		r->last_key = key;
	}
	if (r->last < 0)
		return false;
	*VEC_ADD(r->arena, &r->owners) = r->last;
	return true;
}

static bool
in_order(const int *owners, int n)
{
	for (int i = 1; i < n; i++) {
		if (owners[i] < owners[i - 1])
			return false;
	}
	return true;
}

/* Brings the records of an owner together, in the order in which they came; gives where those of owner k begin, [owners] included. */
static int *
owned_end(struct reader *r, void *v, size_t size, int owners)
{
	int *first = ARENA_ARRAY(r->arena, owners + 2, int), *owner = r->owners.v, n = r->owners.n;
	char *from;

	for (int i = 0; i < n; i++)
		first[owner[i] + 2]++;
	for (int k = 0; k < owners; k++)
		first[k + 2] += first[k + 1];
	/* first[k + 1] is where owner k begins; it moves on to where they end. */
	if (in_order(owner, n)) {
		memmove(first, first + 1, (size_t)(owners + 1) * sizeof *first);
		return first;
	}
	from = arena_copy(r->arena, v, (size_t)n * size);
	for (int i = 0; i < n; i++)
		memcpy((char *)v + (size_t)first[owner[i] + 1]++ * size, from + (size_t)i * size, size);
	return first;
}

/* --- stretches of keys --- */

#define COUNT_BETWEEN(table)                                                                                         \
	static const struct err *count_##table(const struct reader *r, int64_t low, int64_t high, int64_t most, int64_t *n) \
	{                                                                                                             \
		struct book_##table##_between_row row = { 0 };                                                        \
		struct db_rows rows;                                                                                  \
                                                                                                                     \
		(void)book_##table##_between(r->db, &rows, r->territory, low, high, most);                            \
		while (book_##table##_between_next(&rows, &row))                                                      \
			*n = row.n;                                                                                   \
		return db_done(&rows);                                                                                \
	}
COUNT_BETWEEN(sessions)
COUNT_BETWEEN(enrolments)
COUNT_BETWEEN(people)
COUNT_BETWEEN(trainees)

static int
by_key(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
add_stretch(struct buf *list, int64_t low, int64_t high)
{
	buf_char(list, list->len == 1 ? ' ' : ',');
	buf_char(list, '[');
	buf_int(list, low);
	buf_char(list, ',');
	buf_int(list, high);
	buf_char(list, ']');
}

/* One stretch when no more others than our own lie among the keys, else a stretch for each, in order. */
static const struct err *
stretch(struct reader *r, const struct keys *k,
    const struct err *(*count)(const struct reader *r, int64_t low, int64_t high, int64_t most, int64_t *n))
{
	int64_t *sorted = arena_copy(r->arena, k->v, (size_t)k->n * sizeof *k->v), most = (int64_t)k->n * 2 + 1, n = most;
	const struct err *e = NULL;

	buf_clear(&r->stretches);
	buf_char(&r->stretches, '[');
	if (k->n > 0) {
		qsort(sorted, (size_t)k->n, sizeof *sorted, by_key);
		e = count(r, sorted[0], sorted[k->n - 1], most, &n);
	}
	if (n < most)
		add_stretch(&r->stretches, sorted[0], sorted[k->n - 1]);
	for (int i = 0; n == most && i < k->n; i++)
		add_stretch(&r->stretches, sorted[i], sorted[i]);
	buf_char(&r->stretches, ']');
	return e;
}

const struct err *
book_contracts_read(struct db *db, struct arena *a, struct book_contract **v, size_t *n)
{
	VEC(struct book_contract) all = { 0 };
	struct book_contracts_row row;
	struct db_rows rows;

	(void)book_contracts(db, &rows);
	while (book_contracts_next(&rows, &row)) {
		*VEC_ADD(a, &all) = (struct book_contract){ row.territory_id, row.id, str_dup(a, row.ref),
			str_dup(a, row.title), row.signed_on,
			row.duration_months == NOT_KNOWN ? 0 : (int)row.duration_months, str_dup(a, row.eligible_statuses) };
	}
	*v = all.v;
	*n = (size_t)all.n;
	return db_done(&rows);
}

static int
word(struct reader *r, str s)
{
	return s.len == 0 ? WORD_ABSENT : texts_number(&r->book->words, s);
}

static str
text(struct reader *r, str s)
{
	return str_dup(r->arena, s);
}

static str
ref(struct reader *r, str s)
{
	return r->book->refs ? str_dup(r->arena, s) : (str){ 0 };
}

static day
open_end(day d)
{
	return d == DAY_NONE ? DAY_FOREVER : d;
}

static int64_t
known(int64_t v, int64_t otherwise)
{
	return v == NOT_KNOWN ? otherwise : v;
}

/* --- the contract --- */

static const struct err *
read_sheets(struct reader *r)
{
	struct book_sheets_row row;
	struct db_rows rows;

	(void)book_sheets(r->db, &rows, r->territory, r->contract);
	while (book_sheets_next(&rows, &row)) {
		*VEC_ADD(r->arena, &r->book->sheets) = (struct book_sheet){ .id = row.id, .ref = text(r, row.ref),
			.number = text(r, row.number), .title = text(r, row.title), .kind = word(r, row.kind),
			.audience = word(r, row.audience), .aggregate = str_is(row.recording, "aggregate"),
			.objective = row.objective, .objective_actors = row.objective_actors };
		(void)keys_number(&r->sheets, row.id);
	}
	return db_done(&rows);
}

static const struct err *
read_actions(struct reader *r)
{
	struct book *b = r->book;
	struct book_actions_row row;
	struct db_rows rows;
	int *first;

	owned_begin(r);
	(void)book_actions(r->db, &rows, r->territory, r->contract);
	while (book_actions_next(&rows, &row)) {
		if (!owned_by(r, &r->sheets, row.sheet_id))
			continue;
		*VEC_ADD(r->arena, &b->actions) = (struct book_action){ .id = row.id, .ref = text(r, row.ref),
			.title = text(r, row.title), .sheet = r->last, .objective = row.objective,
			.objective_actors = row.objective_actors };
	}
	first = owned_end(r, b->actions.v, sizeof *b->actions.v, b->sheets.n);
	for (int i = 0; i < b->sheets.n; i++) {
		b->sheets.v[i].first_action = first[i];
		b->sheets.v[i].end_action = first[i + 1];
	}
	for (int i = 0; i < b->actions.n; i++)
		(void)keys_number(&r->actions, b->actions.v[i].id);
	*VEC_ADD(r->arena, &b->actions) = (struct book_action){ 0 }; /* ends the records of the last */
	b->actions.n--;
	return db_done(&rows);
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(((const struct book_indicator *)a)->name, ((const struct book_indicator *)b)->name);
}

static const struct err *
read_local_indicators(struct reader *r)
{
	struct book *b = r->book;
	struct book_local_indicators_row row;
	struct db_rows rows;

	(void)book_local_indicators(r->db, &rows, r->territory, r->contract);
	while (book_local_indicators_next(&rows, &row)) {
		const struct indicator *measure = directory_measure(row.measure);

		if (measure == NULL)
			continue; /* of a newer program */
		*VEC_ADD(r->arena, &b->indicators) = (struct book_indicator){ measure, text(r, row.indicator), text(r, row.label),
			word(r, row.indicator), word(r, row.match_code) };
	}
	qsort(b->indicators.v, (size_t)b->indicators.n, sizeof *b->indicators.v, by_name);
	return db_done(&rows);
}

static const struct err *
read_sheet_indicators(struct reader *r)
{
	struct book *b = r->book;
	struct book_sheet_indicators_row row;
	struct db_rows rows;

	b->carried = ARENA_ARRAY(r->arena, b->sheets.n * b->indicators.n, bool);
	(void)book_sheet_indicators(r->db, &rows, r->territory, r->contract);
	while (book_sheet_indicators_next(&rows, &row)) {
		int sheet = keys_number(&r->sheets, row.sheet_id);

		for (int i = 0; i < b->indicators.n; i++) {
			if (str_eq(b->indicators.v[i].name, row.indicator))
				b->carried[sheet * b->indicators.n + i] = true;
		}
	}
	return db_done(&rows);
}

static const struct err *
read_aggregates(struct reader *r)
{
	struct book *b = r->book;
	struct book_aggregates_row row;
	struct db_rows rows;
	int *first;

	owned_begin(r);
	(void)book_aggregates(r->db, &rows, r->territory, r->contract);
	while (book_aggregates_next(&rows, &row)) {
		if (!owned_by(r, &r->sheets, row.sheet_id))
			continue;
		*VEC_ADD(r->arena, &b->aggregates) = (struct book_aggregate){ { row.from_date, row.to_date },
			word(r, row.indicator), word(r, row.cell), decimal_parse(row.value).value };
	}
	first = owned_end(r, b->aggregates.v, sizeof *b->aggregates.v, b->sheets.n);
	for (int i = 0; i < b->sheets.n; i++) {
		b->sheets.v[i].first_aggregate = first[i];
		b->sheets.v[i].end_aggregate = first[i + 1];
	}
	return db_done(&rows);
}

static const struct err *
read_meetings(struct reader *r)
{
	struct book_meetings_row row;
	struct db_rows rows;

	(void)book_meetings(r->db, &rows, r->territory, r->contract);
	while (book_meetings_next(&rows, &row))
		*VEC_ADD(r->arena, &r->book->meetings) = (struct book_meeting){ ref(r, row.ref), row.on_date,
			str_is(row.state, "held") };
	return db_done(&rows);
}

/* --- the records of the actions --- */

/* Where the records of each action begin. */
static void
actions_end(struct reader *r, enum book_table t, void *v, size_t size)
{
	int *first = owned_end(r, v, size, r->book->actions.n);

	for (int i = 0; i <= r->book->actions.n; i++)
		r->book->actions.v[i].first[t] = first[i];
}
#define ACTIONS_END(r, table) \
	actions_end((r), TABLE_##table, (r)->book->table.v, sizeof *(r)->book->table.v)

static int
person(struct reader *r, int64_t id)
{
	return keys_number(&r->book->person_keys, id);
}

static bool
lasts(str months)
{
	return str_is(months, "permanent") || decimal_above(months, 6);
}

static const struct err *
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
		*VEC_ADD(r->arena, &b->enrolments) = (struct book_enrolment){ .id = row.id, .ref = ref(r, row.ref),
			.person = person(r, row.person_id), .state = word(r, row.state), .exit = word(r, row.exit_kind),
			.durable = lasts(row.contract_months), .entered = row.entered_on, .left = open_end(row.left_on),
			.planned = known(row.planned_minutes, 0), .six_months = WORD_ABSENT, .six_months_on = DAY_NONE };
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

static const struct err *
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
		*VEC_ADD(r->arena, &b->assessments) = (struct book_assessment){ row.on_date, word(r, row.moment), rank(row.level) };
	}
	first = owned_end(r, b->assessments.v, sizeof *b->assessments.v, b->enrolments.n);
	for (int i = 0; i < b->enrolments.n; i++) {
		b->enrolments.v[i].first_assessment = first[i];
		b->enrolments.v[i].end_assessment = first[i + 1];
	}
	return db_done(&rows);
}

static const struct err *
read_followups(struct reader *r)
{
	struct book_followups_row row;
	struct db_rows rows;

	(void)book_followups(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_followups_next(&rows, &row)) {
		int i = keys_known(&r->enrolments, row.enrolment_id);

		if (i < 0 || row.months != 6)
			continue;
		r->book->enrolments.v[i].six_months = word(r, row.situation);
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

static const struct err *
read_sessions(struct reader *r)
{
	struct book *b = r->book;
	struct book_sessions_row row;
	struct db_rows rows;

	owned_begin(r);
	(void)book_sessions(r->db, &rows, r->territory, r->contract);
	while (book_sessions_next(&rows, &row)) {
		if (!owned_by(r, &r->actions, row.action_id))
			continue;
		*VEC_ADD(r->arena, &b->sessions) = (struct book_session){ .id = row.id, .ref = ref(r, row.ref), .on = row.held_on,
			.kind = word(r, row.kind), .theme = word(r, row.theme), .audience = word(r, row.audience),
			.state = word(r, row.state), .civic_themes = themes(row.civic_themes), .minutes = row.minutes,
			.public_count = known(row.public_count, 0) };
	}
	ACTIONS_END(r, sessions);
	for (int i = 0; i < b->sessions.n; i++)
		(void)keys_number(&r->sessions, b->sessions.v[i].id);
	return db_done(&rows);
}

static const struct err *
read_attendances(struct reader *r)
{
	struct book *b = r->book;
	struct book_attendances_row row;
	struct db_rows rows;
	int *first;

	owned_begin(r);
	(void)book_attendances(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_attendances_next(&rows, &row)) {
		if (owned_by(r, &r->sessions, row.session_id))
			*VEC_ADD(r->arena, &b->attendances) = (struct book_attendance){ person(r, row.person_id), (int)row.minutes };
	}
	first = owned_end(r, b->attendances.v, sizeof *b->attendances.v, b->sessions.n);
	for (int i = 0; i < b->sessions.n; i++) {
		b->sessions.v[i].first_attendance = first[i];
		b->sessions.v[i].end_attendance = first[i + 1];
	}
	return db_done(&rows);
}

static const struct err *
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
		*VEC_ADD(r->arena, &b->trainee_attendances) = (struct book_attendance){ keys_number(&b->trainee_keys, row.trainee_id),
			(int)row.minutes };
	}
	first = owned_end(r, b->trainee_attendances.v, sizeof *b->trainee_attendances.v, b->sessions.n);
	for (int i = 0; i < b->sessions.n; i++) {
		b->sessions.v[i].first_trainee = first[i];
		b->sessions.v[i].end_trainee = first[i + 1];
	}
	return db_done(&rows);
}

static const struct err *
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
		*VEC_ADD(r->arena, &b->acts) = (struct book_act){ ref(r, row.ref), person(r, row.person_id), word(r, row.kind),
			row.on_date, known(row.quantity, 1) };
	}
	ACTIONS_END(r, acts);
	return db_done(&rows);
}

static const struct err *
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
		*VEC_ADD(r->arena, &b->pairs) = (struct book_pair){ ref(r, row.ref), person(r, row.person_id), row.started_on,
			open_end(row.ended_on) };
	}
	ACTIONS_END(r, pairs);
	return db_done(&rows);
}

static const struct err *
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
		*VEC_ADD(r->arena, &b->tools) = (struct book_tool){ row.on_date, word(r, row.audience), text(r, row.label) };
	}
	ACTIONS_END(r, tools);
	return db_done(&rows);
}

static const struct err *
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
		*VEC_ADD(r->arena, &b->expenses) = (struct book_expense){ ref(r, row.ref), row.on_date, row.cents,
			known(row.p104_cents, 0) };
	}
	ACTIONS_END(r, expenses);
	return db_done(&rows);
}

static const struct err *
read_members(struct reader *r)
{
	struct book_cohort_members_row row;
	struct db_rows rows;

	(void)book_cohort_members(r->db, &rows, r->territory, r->contract);
	while (book_cohort_members_next(&rows, &row))
		*VEC_ADD(r->arena, &r->book->members) = (struct book_member){ person(r, row.person_id), row.joined_on,
			open_end(row.left_on) };
	return db_done(&rows);
}

/* --- the people those records speak of --- */

static const struct err *
read_people(struct reader *r)
{
	struct book *b = r->book;
	struct book_people_row row;
	struct db_rows rows;

	b->people.n = b->people.cap = b->person_keys.n;
	b->people.v = ARENA_ARRAY(r->arena, b->people.n, struct book_person);
	(void)book_people(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_people_next(&rows, &row)) {
		int i = keys_known(&b->person_keys, row.id);

		if (i < 0)
			continue;
		b->people.v[i] = (struct book_person){ .ref = ref(r, row.ref), .sex = word(r, row.sex),
			.born = day_parse_partial(row.birth_date),
			.household = row.household_ref.len == 0 ? -1 : texts_number(&b->households, row.household_ref) };
	}
	/* Who has none is a household of their own. */
	for (int i = 0; i < b->people.n; i++) {
		if (b->people.v[i].household < 0)
			b->people.v[i].household = b->households.n + i;
	}
	return db_done(&rows);
}

static const struct err *
read_statuses(struct reader *r)
{
	struct book *b = r->book;
	struct book_statuses_row row;
	struct db_rows rows;
	int *first;

	owned_begin(r);
	(void)book_statuses(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_statuses_next(&rows, &row)) {
		if (!owned_by(r, &b->person_keys, row.person_id))
			continue;
		*VEC_ADD(r->arena, &b->statuses) = (struct book_status){ r->last, word(r, row.status), row.since,
			open_end(row.until) };
	}
	first = owned_end(r, b->statuses.v, sizeof *b->statuses.v, b->people.n);
	for (int i = 0; i < b->people.n; i++) {
		b->people.v[i].first_status = first[i];
		b->people.v[i].end_status = first[i + 1];
	}
	return db_done(&rows);
}

static const struct err *
read_trainees(struct reader *r)
{
	struct book *b = r->book;
	struct book_trainees_row row;
	struct db_rows rows;

	b->trainees.n = b->trainees.cap = b->trainee_keys.n;
	b->trainees.v = ARENA_ARRAY(r->arena, b->trainees.n, struct book_trainee);
	(void)book_trainees(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_trainees_next(&rows, &row)) {
		int i = keys_known(&b->trainee_keys, row.id);

		if (i >= 0)
			b->trainees.v[i] = (struct book_trainee){ ref(r, row.ref), row.volunteer != 0 };
	}
	return db_done(&rows);
}

static const struct err *
stretch_enrolments(struct reader *r)
{
	return stretch(r, &r->enrolments, count_enrolments);
}

static const struct err *
stretch_sessions(struct reader *r)
{
	return stretch(r, &r->sessions, count_sessions);
}

static const struct err *
stretch_people(struct reader *r)
{
	return stretch(r, &r->book->person_keys, count_people);
}

static const struct err *
stretch_trainees(struct reader *r)
{
	return stretch(r, &r->book->trainee_keys, count_trainees);
}

const struct err *
book_read(struct db *db, struct arena *a, const struct book_contract *c, bool refs, struct book **out)
{
	static const struct err *(*const parts[])(struct reader *) = {
		read_sheets, read_actions, read_local_indicators, read_sheet_indicators, read_aggregates, read_meetings,
		read_enrolments, stretch_enrolments, read_assessments, read_followups,
		read_sessions, stretch_sessions, read_attendances, read_trainee_attendances,
		read_acts, read_pairs, read_tools, read_expenses, read_members,
		stretch_people, read_people, read_statuses, stretch_trainees, read_trainees,
	};
	struct reader r = { .db = db, .book = book_new(a, c, refs), .arena = a, .territory = c->territory, .contract = c->id };
	const struct err *e = NULL;

	r.sheets.arena = r.actions.arena = r.enrolments.arena = r.sessions.arena = a;
	for (size_t i = 0; i < sizeof parts / sizeof *parts && e == NULL; i++)
		e = parts[i](&r);
	buf_release(&r.stretches);
	*out = e == NULL ? r.book : NULL;
	return e;
}
