/* Taking back: whatever one transaction did, its undo gives identical records; what cannot be taken back is told, and left alone. */
#include "bundle_case.h"

#include "base/moment.h"
#include "model/person_keys.h"
#include "model/roll.h"
#include "model/undo.h"
#include "model/verify.h"
#include "sql.h"

#define KIND(plural) (&entities[ENTITY_##plural])

enum { PICKED = 200 };

struct world {
	struct db_case *t;
	struct db *db;
	uint64_t state; /* of the dice */
	int64_t now_ms;
	int refs;
};

static uint64_t
dice(struct world *w, uint64_t sides)
{
	w->state = w->state * 6364136223846793005u + 1442695040888963407u;
	return (w->state >> 33) % sides;
}

static struct world
world(struct db_case *t, uint64_t seed)
{
	struct world w = { .t = t, .db = case_open(t, DB_CREATE), .state = seed, .now_ms = case_epoch_ms };

	case_imported(t, source_path(t, "data/contract/clermont-ferrand-2022"));
	return w;
}

static void
begin(struct world *w, struct save *s, const char *cause)
{
	ok(db_begin_write(w->db));
	ok(save_open(s, w->db,
	    &(struct change){
		.territory = 1, .at = moment_text(&w->t->arena, w->now_ms), .actor = S("tester"), .cause = str_of(cause) },
	    w->now_ms));
}

/* The number of the change; 0: nothing was written. */
static int64_t
end(struct world *w, struct save *s)
{
	int64_t change = s->journal.written > 0 ? s->journal.change : 0;

	save_close(s);
	ok(db_end(w->db, NULL));
	return change;
}

/* ---- random acts ---- */

/* Any of the newest records of a kind; 0: there is none. */
static int64_t
any(struct world *w, const struct entity *e)
{
	static struct sql made[ENTITY_COUNT];
	static struct arena texts;
	struct sql *ids = &made[entity_number_of(e)];
	int64_t v[PICKED];
	struct db_rows rows;
	size_t n = 0;

	if (ids->text == NULL) {
		ids->name = str_format(&texts, "any_%s", e->name).s;
		ids->text = str_format(&texts, "select id from %s where territory_id = 1 order by id desc limit 200", e->name).s;
	}
	ok(db_read(w->db, ids, NULL, 0, &rows));
	while (db_next(&rows))
		v[n++] = db_int(&rows, 0);
	ok(db_done(&rows));
	return n == 0 ? 0 : v[dice(w, n)];
}

static bool
read_any(struct world *w, const struct entity *e, void *record)
{
	bool found = false;
	int64_t id = any(w, e);

	if (id != 0)
		ok(entity_by_id(w->db, 1, e, id, &w->t->arena, record, &found));
	return found;
}

static str
fresh_ref(struct world *w, const char *begins)
{
	return str_format(&w->t->arena, "%s%d", begins, ++w->refs);
}

static void
add_person(struct world *w, struct save *s)
{
	static const char *const names[] = { "Noori", "Haile\tTesfay", "D\\'Arc\nde", "Žukova", NULL };
	struct person p;

	entity_clear(KIND(people), &p);
	p.record = (struct record){ 0 };
	p.ref = fresh_ref(w, "u");
	p.family_name = str_of(names[dice(w, 5)]);
	p.given_name = dice(w, 3) == 0 ? (str){ 0 } : S("Amina");
	p.birth_date = dice(w, 2) == 0 ? S("1996") : S("1990-02-11");
	p.arrived_on = dice(w, 2) == 0 ? DAY_NONE : day_of(2021, 3, 1 + (int)dice(w, 28));
	p.household_ref = dice(w, 2) == 0 ? (str){ 0 } : S("M-1");
	p.agdref = dice(w, 4) == 0 ? fresh_ref(w, "99030") : (str){ 0 };
	ok(entity_save(s, KIND(people), &p, NULL));
	if (dice(w, 2) == 0)
		ok(holding_add(w->db, 1, p.record.id, any(w, KIND(organisations)), s->journal.cause.at, S("account 7")));
}

static void
change_person(struct world *w, struct save *s)
{
	struct person old, p;

	if (!read_any(w, KIND(people), &old))
		return;
	p = old;
	p.phone = str_format(&w->t->arena, "06 %08llu", (unsigned long long)dice(w, 100000000));
	p.household_ref = dice(w, 2) == 0 ? (str){ 0 } : S("M-2");
	p.cir_signed_on = dice(w, 2) == 0 ? DAY_NONE : day_of(2022, 5, 5);
	ok(entity_save(s, KIND(people), &p, &old));
}

static void
put_status(struct world *w, struct save *s)
{
	struct status x, old;
	bool found = false;

	entity_clear(KIND(statuses), &x);
	x.record = (struct record){ 0 };
	x.person = any(w, KIND(people));
	x.status = dice(w, 2) == 0 ? S("refugee") : S("worker");
	x.since = day_of(2020 + (int)dice(w, 3), 1, 1);
	if (x.person == 0)
		return;
	old = x;
	ok(entity_by_key(w->db, 1, KIND(statuses), &w->t->arena, &old, &found));
	x.until = dice(w, 2) == 0 ? DAY_NONE : day_of(2024, 1, 1);
	ok(entity_save(s, KIND(statuses), &x, found ? &old : NULL));
}

static void
add_enrolment(struct world *w, struct save *s)
{
	struct enrolment x;

	entity_clear(KIND(enrolments), &x);
	x.record = (struct record){ 0 };
	x.ref = fresh_ref(w, "e");
	x.action = any(w, KIND(actions));
	x.person = any(w, KIND(people));
	x.state = S("active");
	x.entered_on = day_of(2022, 10, 17);
	x.planned_minutes = dice(w, 2) == 0 ? NUMBER_NONE : 600;
	if (x.person != 0)
		ok(entity_save(s, KIND(enrolments), &x, NULL));
}

static void
add_session(struct world *w, struct save *s)
{
	struct session x;

	entity_clear(KIND(sessions), &x);
	x.record = (struct record){ 0 };
	x.ref = fresh_ref(w, "s");
	x.action = any(w, KIND(actions));
	x.held_on = day_of(2022, 11, 1 + (int)dice(w, 28));
	x.minutes = 120;
	x.kind = S("training");
	x.audience = S("newcomers");
	x.state = S("held");
	ok(entity_save(s, KIND(sessions), &x, NULL));
}

static void
fill_register(struct world *w, struct save *s)
{
	struct attendance lines[8];
	struct roll old, r = { .owner = any(w, KIND(sessions)), .v = lines };
	size_t wanted = dice(w, 8);

	if (r.owner == 0)
		return;
	ok(roll_read(w->db, 1, KIND(attendances), r.owner, &w->t->arena, &old));
	for (size_t i = 0; i < wanted; i++) {
		int64_t person = any(w, KIND(people));
		bool there = person == 0;

		for (size_t k = 0; k < r.n; k++)
			there |= lines[k].person == person;
		if (there)
			continue;
		entity_clear(KIND(attendances), &lines[r.n]);
		lines[r.n].session = r.owner;
		lines[r.n].person = person;
		lines[r.n].minutes = (int64_t)dice(w, 120);
		lines[r.n++].excused = dice(w, 3) == 0 ? 1 : NUMBER_NONE;
	}
	ok(roll_save(s, KIND(attendances), &r, &old));
}

/* What others point at is refused, and stays. */
static void
remove_any(struct world *w, struct save *s)
{
	static const enum entity_number kinds[] = { ENTITY_people, ENTITY_statuses, ENTITY_enrolments, ENTITY_sessions };
	const struct entity *e = &entities[kinds[dice(w, 4)]];
	const struct err *err;
	void *old = arena_alloc(&w->t->arena, e->size);

	if (!read_any(w, e, old))
		return;
	err = entity_remove(s, e, old, 0);
	if (err != NULL)
		assert_int_equal(err->kind, ERR_INPUT);
}

static int64_t
act(struct world *w)
{
	static void (*const ways[])(struct world *, struct save *) = { add_person, add_person, change_person, put_status,
		put_status, add_enrolment, add_session, fill_register, fill_register, remove_any, remove_any };
	uint64_t n = 1 + dice(w, 4);
	struct save s;

	w->now_ms += (int64_t)dice(w, 3); /* often within the same millisecond */
	begin(w, &s, "test");
	for (uint64_t i = 0; i < n; i++)
		ways[dice(w, sizeof ways / sizeof *ways)](w, &s);
	return end(w, &s);
}

/* ---- what stands in the database ---- */

static void
dump_kind(struct world *w, const struct entity *e, struct buf *to)
{
	void *record = arena_alloc(&w->t->arena, e->size);
	struct db_rows rows;
	str refs[16];

	ok(entity_stream(w->db, 1, e, &rows));
	while (db_next(&rows)) {
		entity_row(e, &rows, record, refs);
		buf_format(to, "%s %lld\n", e->name, (long long)((struct record *)record)->id);
		entity_canonical(e, record, to);
	}
	ok(db_done(&rows));
}

static void
dump_rows(struct world *w, const struct sql *sql, int columns, struct buf *to)
{
	struct db_rows rows;

	ok(db_read(w->db, sql, NULL, 0, &rows));
	while (db_next(&rows)) {
		for (int i = 0; i < columns; i++)
			buf_format(to, "%lld ", (long long)db_int(&rows, i));
		buf_add(to, db_text(&rows, columns));
		buf_char(to, '\n');
	}
	ok(db_done(&rows));
}

static str
dump(struct world *w)
{
	static const struct sql holdings = { "all_holdings",
		"select person_id, organisation_id, opened_at || opened_by from holdings order by 1, 2", NULL },
				lines = { "all_registers", "select session_id, length(lines), '' from attendances order by 1",
					NULL };
	struct roll roll = { 0 };
	struct buf to = { 0 };
	struct rolls *all;
	struct attendance x;
	str refs[2];
	bool found;

	ok(db_begin_read(w->db));
	dump_kind(w, KIND(people), &to);
	dump_kind(w, KIND(statuses), &to);
	dump_kind(w, KIND(enrolments), &to);
	dump_kind(w, KIND(sessions), &to);
	dump_rows(w, &holdings, 2, &to);
	dump_rows(w, &lines, 2, &to);
	all = rolls_open(w->db, 1, KIND(attendances));
	while (rolls_next(all, &x, refs, &found) == NULL && found) {
		roll = (struct roll){ .owner = x.session, .n = 1, .v = &x };
		roll_canonical(KIND(attendances), &roll, &to);
	}
	rolls_close(all);
	ok(db_end(w->db, NULL));
	return buf_kept(&to, &w->t->arena);
}

static void
broken(void *to, const char *entity, int64_t record, int64_t part, const char *what)
{
	print_error("%s %lld %lld: %s\n", entity, (long long)record, (long long)part, what);
	++*(int *)to;
}

static void
assert_whole(struct world *w)
{
	struct verify_report report;
	int64_t n;
	int breaks = 0;
	bool right = false;

	ok(db_begin_read(w->db));
	ok(verify_records(w->db, broken, &breaks, &report));
	ok(person_keys_verify(w->db, &right, &n));
	ok(db_end(w->db, NULL));
	assert_int_equal(breaks, 0);
	assert_true(right);
}

/* ---- taking back ---- */

/* Takes back what can be; gives the change that did it. */
static int64_t
take_back(struct world *w, int64_t change, struct undo *u)
{
	struct save s;
	bool found;

	w->now_ms += (int64_t)dice(w, 2);
	begin(w, &s, "undo");
	ok(undo_read(w->db, &w->t->arena, 1, change, u, &found));
	assert_true(found);
	ok(undo_check(u));
	for (size_t i = 0; i < u->n; i++)
		if (u->v[i].state != UNDO_OPEN && getenv("UNDO_SAY") != NULL)
			print_error("%s %lld v%lld-%lld made %d gone %d: %d by %s\n", u->v[i].e->name, (long long)u->v[i].id,
			    (long long)u->v[i].first, (long long)u->v[i].last, u->v[i].made, u->v[i].gone, u->v[i].state,
			    u->v[i].by == NULL ? "-" : u->v[i].by->name);
	ok(undo_apply(u, &s));
	return end(w, &s);
}

enum { ACTS = 60 };

static void
every_act_is_undone_to_identical_records(struct db_case *t, uint64_t seed)
{
	struct world w = world(t, seed);
	int64_t changes[ACTS];
	str before[ACTS + 1];
	struct undo u;
	int n = 0;

	before[0] = dump(&w);
	while (n < ACTS) {
		int64_t change = act(&w), undone;

		if (change == 0)
			continue;
		changes[n++] = change;
		before[n] = dump(&w);
		/* at once: undone, and undone again */
		undone = take_back(&w, change, &u);
		assert_int_equal(u.kept, 0);
		assert_true(str_eq(dump(&w), before[n - 1]));
		if (undone != 0)
			changes[n - 1] = take_back(&w, undone, &u);
		assert_int_equal(u.kept, 0);
		assert_true(str_eq(dump(&w), before[n]));
	}
	assert_whole(&w);
	/* all of them, the last first */
	while (n-- > 0) {
		(void)take_back(&w, changes[n], &u);
		assert_int_equal(u.kept, 0);
		assert_true(str_eq(dump(&w), before[n]));
	}
	assert_whole(&w);
}

static void
acts_undone_give_identical_records(void **state)
{
	struct db_case *t = case_of(state);

	every_act_is_undone_to_identical_records(t, 7);
}

static void
other_acts_undone_give_identical_records(void **state)
{
	struct db_case *t = case_of(state);

	every_act_is_undone_to_identical_records(t, 20260117);
}

/* In any order: what later acts changed or need stays, and all that is stored still holds together. */
static void
acts_undone_in_any_order_leave_everything_whole(void **state)
{
	struct db_case *t = case_of(state);
	struct world w = world(t, 99);
	int64_t changes[ACTS];
	int64_t kept = 0, open = 0;
	struct undo u;
	int n = 0;

	while (n < ACTS)
		n += (changes[n] = act(&w)) != 0;
	for (int i = 0; i < ACTS; i++) {
		(void)take_back(&w, changes[dice(&w, ACTS)], &u);
		kept += u.kept;
		open += u.open;
		if (i % 6 == 0)
			assert_whole(&w);
	}
	assert_whole(&w);
	assert_true(kept > 10);
	assert_true(open > 10);
}

/* ---- the reasons ---- */

static int64_t
one_person(struct world *w, struct person *p)
{
	struct save s;

	begin(w, &s, "test");
	entity_clear(KIND(people), p);
	p->record = (struct record){ 0 };
	p->ref = fresh_ref(w, "p");
	p->family_name = S("Noori");
	ok(entity_save(&s, KIND(people), p, NULL));
	return end(w, &s);
}

static int64_t
one_status(struct world *w, int64_t person, struct status *x)
{
	struct save s;

	begin(w, &s, "test");
	entity_clear(KIND(statuses), x);
	x->record = (struct record){ 0 };
	x->person = person;
	x->status = S("refugee");
	x->since = day_of(2021, 1, 1);
	ok(entity_save(&s, KIND(statuses), x, NULL));
	return end(w, &s);
}

static int64_t
removed(struct world *w, const struct entity *e, const void *record)
{
	struct save s;

	begin(w, &s, "test");
	ok(entity_remove(&s, e, record, 0));
	return end(w, &s);
}

static void
what_was_changed_since_stays(void **state)
{
	struct db_case *t = case_of(state);
	struct world w = world(t, 1);
	struct person p, now;
	struct undo u;
	struct save s;
	int64_t change = one_person(&w, &p);

	now = p;
	now.phone = S("0601020304");
	begin(&w, &s, "test");
	ok(entity_save(&s, KIND(people), &now, &p));
	(void)end(&w, &s);
	assert_int_equal(take_back(&w, change, &u), 0);
	assert_int_equal(u.n, 1);
	assert_int_equal(u.v[0].state, UNDO_CHANGED);
	assert_int_equal(u.kept, 1);
}

static void
what_others_need_stays(void **state)
{
	struct db_case *t = case_of(state);
	struct world w = world(t, 1);
	struct status x;
	struct person p;
	struct undo u;
	int64_t change = one_person(&w, &p);

	(void)one_status(&w, p.record.id, &x);
	assert_int_equal(take_back(&w, change, &u), 0);
	assert_int_equal(u.v[0].state, UNDO_NEEDED);
	assert_ptr_equal(u.v[0].by, KIND(statuses));
}

static void
what_pointed_at_something_gone_stays_away(void **state)
{
	struct db_case *t = case_of(state);
	struct world w = world(t, 1);
	struct status x;
	struct person p;
	struct undo u;
	int64_t change;

	(void)one_person(&w, &p);
	(void)one_status(&w, p.record.id, &x);
	change = removed(&w, KIND(statuses), &x);
	(void)removed(&w, KIND(people), &p);
	assert_int_equal(take_back(&w, change, &u), 0);
	assert_int_equal(u.v[0].state, UNDO_LOST);
	assert_ptr_equal(u.v[0].by, KIND(people));
}

static void
what_was_replaced_stays_away(void **state)
{
	struct db_case *t = case_of(state);
	struct world w = world(t, 1);
	struct status x, other;
	struct person p;
	struct undo u;
	int64_t change;

	(void)one_person(&w, &p);
	(void)one_status(&w, p.record.id, &x);
	change = removed(&w, KIND(statuses), &x);
	(void)one_status(&w, p.record.id, &other); /* begins on the same day */
	assert_true(other.record.id != x.record.id);
	assert_int_equal(take_back(&w, change, &u), 0);
	assert_int_equal(u.v[0].state, UNDO_LOST);
	assert_ptr_equal(u.v[0].by, KIND(statuses));
	assert_whole(&w);
}

static void
a_record_that_others_point_at_is_not_removed(void **state)
{
	struct db_case *t = case_of(state);
	struct world w = world(t, 1);
	const struct err *e;
	struct status x;
	struct person p;
	struct save s;

	(void)one_person(&w, &p);
	(void)one_status(&w, p.record.id, &x);
	begin(&w, &s, "test");
	e = entity_remove(&s, KIND(people), &p, 0);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_INPUT);
	assert_non_null(strstr(e->what, "Status (1)"));
	e = entity_remove(&s, KIND(statuses), &x, 7);
	assert_int_equal(e->kind, ERR_CONFLICT);
	assert_int_equal(end(&w, &s), 0);
}

static void
a_whole_import_is_undone_but_for_what_was_changed_since(void **state)
{
	static const char *const files[] = { "people.csv", "ref,family_name\nq1,Noori\nq2,Haile\nq3,Kone\n", "statuses.csv",
		"person_ref,status,since\nq1,refugee,2021-01-01\nq2,refugee,2021-01-01\n", NULL };
	struct db_case *t = case_of(state);
	struct world w = world(t, 1);
	str before = dump(&w);
	struct person p, now;
	struct undo u;
	struct save s;
	int64_t change, undone;
	bool found;

	case_imported(t, case_bundle(t, "import", files));
	ok(db_begin_write(w.db));
	ok(save_open(&s, w.db, &(struct change){ .territory = 1 }, w.now_ms));
	change = s.journal.change - 1;
	save_close(&s);
	ok(db_rollback(w.db));
	undone = take_back(&w, change, &u);
	assert_int_equal(u.open, 5);
	assert_true(str_eq(dump(&w), before));
	(void)take_back(&w, undone, &u);
	/* now one is changed */
	undone = undone + 1;
	ok(entity_by_ref(w.db, 1, KIND(people), S("q1"), &t->arena, &p, &found));
	now = p;
	now.phone = S("0601020304");
	begin(&w, &s, "test");
	ok(entity_save(&s, KIND(people), &now, &p));
	(void)end(&w, &s);
	(void)take_back(&w, undone, &u);
	assert_int_equal(u.open, 4);
	assert_int_equal(u.kept, 1);
	assert_whole(&w);
}

/* Behind the program's back. */
static void
a_record_put_aside_by_hand_shows(void **state)
{
	static const struct sql aside = { "aside",
		"insert into versions (territory_id, entity, record_id, part_id, version, content)"
		" select territory_id, 'statuses', id, 0, version, 'x' from statuses",
		NULL },
				gone = { "gone", "delete from statuses", NULL };
	struct db_case *t = case_of(state);
	struct world w = world(t, 1);
	struct verify_report report;
	struct status x;
	struct person p;
	int breaks = 0;

	(void)one_person(&w, &p);
	(void)one_status(&w, p.record.id, &x);
	ok(db_begin_write(w.db));
	ok(db_write(w.db, &aside, NULL, 0));
	ok(db_write(w.db, &gone, NULL, 0));
	ok(db_end(w.db, NULL));
	ok(db_begin_read(w.db));
	ok(verify_records(w.db, broken, &breaks, &report));
	ok(db_end(w.db, NULL));
	assert_int_equal(breaks, 2); /* its content, and that nobody removed it */
}

static void
thirty_days_are_enough(void **state)
{
	struct undo u = { .at = S("2025-06-15T12:00:00.000Z") };
	int64_t at = moment_parse(u.at), day_ms = 86400000;

	(void)state;
	assert_false(undo_late(&u, at + 30 * day_ms));
	assert_true(undo_late(&u, at + 30 * day_ms + 1));
	u.at = S("?");
	assert_true(undo_late(&u, at));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(acts_undone_give_identical_records),
		ON_BOTH(other_acts_undone_give_identical_records),
		ON_BOTH(acts_undone_in_any_order_leave_everything_whole),
		ON_BOTH(what_was_changed_since_stays),
		ON_BOTH(what_others_need_stays),
		ON_BOTH(what_pointed_at_something_gone_stays_away),
		ON_BOTH(what_was_replaced_stays_away),
		ON_BOTH(a_record_that_others_point_at_is_not_removed),
		ON_BOTH(a_whole_import_is_undone_but_for_what_was_changed_since),
		ON_BOTH(a_record_put_aside_by_hand_shows),
		cmocka_unit_test(thirty_days_are_enough),
	};

	return cmocka_run_group_tests_name("undo", tests, NULL, NULL);
}
