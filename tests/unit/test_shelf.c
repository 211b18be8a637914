/* Figures that stay in memory: exact after every write, whoever wrote, and nothing is read again without need. */
#include "bundle_case.h"

#include "demo/demo.h"
#include "figures/explain.h"
#include "figures/shelf.h"

static const period year = { 19282, 19646 }; /* 2022-10-17 to 2023-10-16 */
static const size_t plenty = (size_t)64 << 20;

struct house {
	struct db_case *t;
	struct db *reader; /* another connection than the one that writes */
	int64_t keeper, contract;
	struct shelf *shelf;
};

/* The contract of Clermont-Ferrand with a few people, and an empty shelf. */
static struct house
open_house(void **state)
{
	struct house h = { .t = case_of(state) };
	struct demo_report report;
	struct plan plan;

	case_open(h.t, DB_CREATE);
	case_imported(h.t, source_path(h.t, "data/contract/clermont-ferrand-2022"));
	ok(keeper_find(h.t->db, &h.t->arena, (str){ 0 }, &h.keeper));
	ok(entity_key_of_ref(h.t->db, h.keeper, &entities[ENTITY_contracts], S("cf-ctai-2022"), &h.contract));
	ok(plan_read(h.t->db, &h.t->arena, h.keeper, h.contract, &plan));
	ok(demo_write(&h.t->arena, &plan, case_folder(h.t, "demo"), &(struct demo_options){ .seed = 3, .people = 60 }, &report));
	case_imported(h.t, case_path(h.t, "demo"));
	ok(db_open(&h.t->arena, h.t->where, DB_READ, &h.reader));
	h.shelf = shelf_new(plenty);
	return h;
}

static void
close_house(struct house *h)
{
	shelf_free(h->shelf);
	db_close(h->reader);
}

static struct shelved
take(struct house *h, period p)
{
	struct shelved out;

	ok(db_begin_read(h->reader));
	ok(db_end(h->reader, shelf_take(h->shelf, h->reader, h->keeper, h->contract, p, &out)));
	return out;
}

static str
csv_of(struct house *h, const struct questionnaire *q)
{
	struct buf csv = { 0 };
	str out;

	questionnaire_csv(q, &csv);
	out = str_dup(&h->t->arena, buf_str(&csv));
	buf_release(&csv);
	return out;
}

/* What is given is what a book read for the first time gives. */
static void
check_exact(struct house *h)
{
	struct arena a = { 0 };
	struct book_contract c;
	struct book *b;
	str kept = csv_of(h, take(h, year).figures), fresh;

	ok(db_begin_read(h->t->db));
	ok(book_contract_read(h->t->db, &a, h->keeper, h->contract, &c));
	ok(db_end(h->t->db, book_read(h->t->db, &a, &c, true, &b)));
	fresh = csv_of(h, questionnaire_make(&a, b, year, false));
	assert_true(kept.len > 1000);
	assert_true(str_eq(kept, fresh));
	arena_release(&a);
}

/* --- writing, through the connection that does not read --- */

static const struct err *
save(struct house *h, enum entity_number kind, void *record, const void *old)
{
	static int64_t later;
	const struct change change = { h->keeper, S("2025-06-15T12:00:00.000Z"), S("tester"), S("form") };
	struct save s;
	const struct err *e = save_open(&s, h->t->db, &change, case_epoch_ms + 1000000 + later++);

	if (e == NULL)
		e = entity_save(&s, &entities[kind], record, old);
	save_close(&s);
	return e;
}

static void
write_record(struct house *h, enum entity_number kind, void *record, const void *old)
{
	ok(db_begin_write(h->t->db));
	ok(db_end(h->t->db, save(h, kind, record, old)));
}

/* A session of the year with people, drawn by number. */
static const struct book_session *
register_of(const struct book *b, int n)
{
	for (;; n++) {
		const struct book_session *x = &b->sessions.v[n % b->sessions.n];

		if (x->end_attendance > x->first_attendance && period_has(year, x->on))
			return x;
	}
}

static void
change_minutes(struct house *h, int n, int64_t minutes)
{
	const struct book *b = take(h, year).book;
	const struct book_session *x = register_of(b, n);
	struct attendance was = { .session = x->id, .person = b->person_keys.v[b->attendances.v[x->first_attendance].who] };
	struct attendance now;
	bool found;

	ok(entity_by_key(h->t->db, h->keeper, &entities[ENTITY_attendances], &h->t->arena, &was, &found));
	assert_true(found);
	now = was;
	now.minutes = minutes;
	write_record(h, ENTITY_attendances, &now, &was);
}

static void
add_attendance(struct house *h, int n, int person)
{
	const struct book *b = take(h, year).book;
	const struct book_session *x = register_of(b, n);
	struct attendance a = { .session = x->id, .person = b->person_keys.v[person % b->people.n] };
	bool found;

	ok(entity_by_key(h->t->db, h->keeper, &entities[ENTITY_attendances], &h->t->arena, &a, &found));
	if (found)
		return;
	a = (struct attendance){
		.session = x->id, .person = b->person_keys.v[person % b->people.n], .minutes = 60, .excused = NUMBER_NONE
	};
	write_record(h, ENTITY_attendances, &a, NULL);
}

static void
change_session(struct house *h, int n, const char *state, const char *move_to)
{
	const struct book *b = take(h, year).book;
	struct session was, now;
	bool found;

	ok(entity_by_id(h->t->db, h->keeper, &entities[ENTITY_sessions], register_of(b, n)->id, &h->t->arena, &was, &found));
	now = was;
	now.state = str_of(state);
	if (move_to != NULL)
		ok(entity_key_of_ref(h->t->db, h->keeper, &entities[ENTITY_actions], str_of(move_to), &now.action));
	write_record(h, ENTITY_sessions, &now, &was);
}

static void
add_act(struct house *h, int n)
{
	const struct book *b = take(h, year).book;
	struct act x = { .ref = str_format(&h->t->arena, "new-act-%d", n),
		.action = b->actions.v[n % b->actions.n].id,
		.person = b->person_keys.v[n % b->people.n],
		.on = 19400,
		.kind = S("medical_consultation"),
		.quantity = 2 };

	write_record(h, ENTITY_acts, &x, NULL);
}

static void
rename_somebody(struct house *h, int n)
{
	const struct book *b = take(h, year).book;
	struct person was, now;
	bool found;

	ok(entity_by_id(
	    h->t->db, h->keeper, &entities[ENTITY_people], b->person_keys.v[n % b->people.n], &h->t->arena, &was, &found));
	now = was;
	now.sex = str_is(was.sex, "F") ? S("M") : S("F");
	write_record(h, ENTITY_people, &now, &was);
}

static void
add_payment(struct house *h, int n)
{
	struct payment x = { .ref = str_format(&h->t->arena, "new-payment-%d", n),
		.contract = h->contract,
		.year = 2023,
		.on = 19400,
		.cents = 100 };

	write_record(h, ENTITY_payments, &x, NULL);
}

/* Somebody opened a person's file. */
static void
look_at_somebody(struct house *h)
{
	const struct change change = { h->keeper, S("2025-06-15T12:00:00.000Z"), S("tester"), S("reading") };
	int64_t who = take(h, year).book->person_keys.v[0];
	struct journal j;

	ok(db_begin_write(h->t->db));
	ok(journal_open(h->t->db, &change, &j));
	ok(db_end(h->t->db,
	    journal_add(&j, &(struct journal_row){
				.entity = "people", .record = who, .action = JOURNAL_READ, .version = 1, .fields = S("*") })));
}

/* --- tests --- */

static void
a_write_through_another_connection_is_seen_at_the_next_question(void **state)
{
	struct house h = open_house(state);
	str before = csv_of(&h, take(&h, year).figures);

	add_act(&h, 1);
	assert_false(str_eq(before, csv_of(&h, take(&h, year).figures)));
	check_exact(&h);
	close_house(&h);
}

static void
nothing_is_read_again_without_a_write(void **state)
{
	struct house h = open_house(state);
	const struct view *v = take(&h, year).view;
	struct shelf_report r;

	for (int i = 0; i < 10; i++)
		assert_ptr_equal(take(&h, year).view, v);
	r = shelf_report(h.shelf);
	assert_int_equal(r.read, 1);
	assert_int_equal(r.viewed, 1);
	assert_int_equal(r.asked, 11);
	close_house(&h);
}

static void
a_file_that_was_opened_and_money_that_was_paid_change_no_book(void **state)
{
	struct house h = open_house(state);
	const struct view *v = take(&h, year).view;

	look_at_somebody(&h);
	add_payment(&h, 1);
	assert_ptr_equal(take(&h, year).view, v);
	assert_int_equal(shelf_report(h.shelf).read, 1);
	for (int i = 0; i < 450; i++) /* more than are looked through at once */
		look_at_somebody(&h);
	check_exact(&h);
	close_house(&h);
}

static void
a_register_is_read_again_by_itself(void **state)
{
	struct house h = open_house(state);

	for (int i = 0; i < 8; i++) {
		change_minutes(&h, i * 31, i % 2 == 0 ? 0 : 75);
		check_exact(&h);
		add_attendance(&h, i * 17, i * 5);
		change_session(&h, i * 13, i % 2 == 0 ? "cancelled" : "held", NULL);
		check_exact(&h);
	}
	assert_int_equal(shelf_report(h.shelf).read, 1);
	assert_true(shelf_report(h.shelf).mended >= 16);
	close_house(&h);
}

static void
a_session_that_moved_has_the_book_read_whole(void **state)
{
	struct house h = open_house(state);

	(void)take(&h, year);
	change_session(&h, 3, "held", "mobilite");
	change_session(&h, 3, "held", "gouvernance");
	check_exact(&h);
	assert_true(shelf_report(h.shelf).read >= 2);
	close_house(&h);
}

static void
whatever_is_written_the_figures_are_those_of_a_fresh_book(void **state)
{
	struct house h = open_house(state);
	uint64_t chance = 7;

	for (int i = 0; i < 60; i++) {
		int what, n;

		chance = chance * 6364136223846793005u + 1442695040888963407u;
		what = (int)(chance >> 33) % 8;
		n = (int)(chance >> 40) % 1000;
		if (what == 0)
			add_act(&h, n * 100 + i);
		else if (what == 1)
			rename_somebody(&h, n);
		else if (what == 2)
			add_payment(&h, i);
		else if (what == 3)
			look_at_somebody(&h);
		else if (what == 4)
			change_session(&h, n, n % 2 == 0 ? "planned" : "held", NULL);
		else if (what == 5)
			change_minutes(&h, n, n % 90);
		else
			add_attendance(&h, n, n);
		if (i % 3 != 0)
			check_exact(&h);
	}
	close_house(&h);
}

static void
what_was_taken_back_was_never_there(void **state)
{
	struct house h = open_house(state);
	const struct view *v = take(&h, year).view;
	struct act x = { .ref = S("taken-back"), .on = 19400, .kind = S("medical_consultation"), .quantity = 1 };

	x.action = v->book->actions.v[0].id;
	x.person = v->book->person_keys.v[0];
	ok(db_begin_write(h.t->db));
	ok(save(&h, ENTITY_acts, &x, NULL));
	assert_ptr_equal(take(&h, year).view, v);
	ok(db_rollback(h.t->db));
	assert_ptr_equal(take(&h, year).view, v);
	add_act(&h, 1);
	check_exact(&h);
	close_house(&h);
}

/* A backup put in place: its journal may be as long, but it is another one. */
static void
another_past_has_the_book_read_whole(void **state)
{
	static const struct sql other = { "other_past",
		"update journal set hash = digest where seq = (select max(seq) from journal)", NULL };
	struct house h = open_house(state);

	(void)take(&h, year);
	case_write(h.t->db, &other, NULL, 0);
	(void)take(&h, year);
	assert_int_equal(shelf_report(h.shelf).read, 2);
	close_house(&h);
}

static void
several_periods_share_a_book_and_the_oldest_goes_first(void **state)
{
	struct house h = open_house(state);
	const struct view *v;
	size_t one, most; /* with one period; with as many as are kept in any case */

	(void)take(&h, year);
	one = shelf_report(h.shelf).bytes;
	for (int i = 1; i <= 5; i++)
		(void)take(&h, (period){ year.from + i, year.to });
	most = one + (shelf_report(h.shelf).bytes - one) * SHELF_ANSWERS / 5;
	assert_int_equal(shelf_report(h.shelf).views, 6);
	assert_int_equal(shelf_report(h.shelf).read, 1);
	close_house(&h);

	h = (struct house){ h.t, NULL, h.keeper, h.contract, shelf_new(most) };
	ok(db_open(&h.t->arena, h.t->where, DB_READ, &h.reader));
	v = take(&h, year).view;
	for (int i = 1; i <= 20; i++) {
		(void)take(&h, (period){ year.from + i, year.to });
		assert_true(shelf_report(h.shelf).bytes <= most);
		assert_ptr_equal(take(&h, year).view, v); /* asked for again and again: never the oldest */
	}
	assert_true(shelf_report(h.shelf).views >= 2);
	assert_int_equal(shelf_report(h.shelf).read, 1);
	close_house(&h);
}

static void
a_contract_larger_than_the_bound_is_kept_alone(void **state)
{
	struct house h = open_house(state);

	shelf_free(h.shelf);
	h.shelf = shelf_new(1);
	for (int i = 0; i < 9; i++) {
		(void)take(&h, (period){ year.from + i, year.to });
		assert_int_equal(shelf_report(h.shelf).views, i < SHELF_ANSWERS ? i + 1 : SHELF_ANSWERS);
	}
	assert_int_equal(shelf_report(h.shelf).read, 1);
	close_house(&h);
}

static void
a_contract_that_is_not_there_is_refused_and_not_kept(void **state)
{
	struct house h = open_house(state);
	struct shelved out;
	const struct err *e;

	ok(db_begin_read(h.reader));
	e = db_end(h.reader, shelf_take(h.shelf, h.reader, h.keeper, 12345, year, &out));
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_NOTFOUND);
	assert_int_equal(shelf_report(h.shelf).contracts, 0);
	check_exact(&h);
	close_house(&h);
}

static void
ask_outside_a_reading(struct db_case *t)
{
	struct shelved out;

	(void)shelf_take(shelf_new(plenty), t->db, 1, 1, year, &out);
}

static void
it_is_asked_inside_a_reading_only(void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_stops(ask_outside_a_reading, t);
}

/* --- what the contract sets up --- */

static const struct plan *
take_plan(struct house *h)
{
	const struct plan *p;

	ok(db_begin_read(h->reader));
	ok(db_end(h->reader, shelf_plan(h->shelf, h->reader, h->keeper, h->contract, &p)));
	return p;
}

static void
the_plan_is_kept_beside_the_figures_and_is_as_exact(void **state)
{
	struct house h = open_house(state);
	const struct plan *p = take_plan(&h);
	size_t payments = p->payments.n;
	struct sheet was, now;

	(void)take(&h, year);
	change_minutes(&h, 1, 5);
	add_act(&h, 1);
	look_at_somebody(&h);
	assert_ptr_equal(take_plan(&h), p);
	check_exact(&h);
	assert_int_equal(shelf_report(h.shelf).planned, 1);
	assert_int_equal(p->payments.n, payments);
	add_payment(&h, 1);
	assert_int_equal(take_plan(&h)->payments.n, payments + 1);
	was = now = take_plan(&h)->sheets.v[0];
	now.objective = 12345;
	write_record(&h, ENTITY_sheets, &now, &was);
	assert_int_equal(take_plan(&h)->sheets.v[0].objective, 12345);
	assert_non_null(strstr(str_z(&h.t->arena, csv_of(&h, take(&h, year).figures)), ",12345,"));
	assert_int_equal(shelf_report(h.shelf).planned, 3);
	close_house(&h);
}

static void
what_a_plan_is_made_of_is_listened_to(void **state)
{
	struct db_case *t = case_of(state);
	str text = get_file(&t->arena, source_path(t, "src/model/plan.c"));
	const char *z = str_z(&t->arena, text);

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		bool read = strstr(z, str_format(&t->arena, "ENTITY_%s,", entities[i].name).s) != NULL ||
			    strstr(z, str_format(&t->arena, "ENTITY_%s]", entities[i].name).s) != NULL;

		if (read != shelf_concerns_plan(str_of(entities[i].name)))
			fail_msg("%s: %s", entities[i].name, read ? "is read, and nobody listens" : "is listened to for nothing");
	}
}

/* The rows of a figure point to people and records by key. */
static void
what_is_explained_can_be_found_by_its_key(void **state)
{
	struct house h = open_house(state);
	struct shelved s = take(&h, year);
	struct explain_asked asked = { .kind = SCOPE_CONTRACT, .indicator = &s.book->cohort[0] };
	const struct explanation *x = explain_read(&h.t->arena, s.view, &asked);
	int acts = 0;

	assert_true(x->rows.n > 60);
	for (int i = 0; i < x->rows.n; i += 7) {
		const struct explained *r = &x->rows.v[i];
		int64_t person, record;

		ok(entity_key_of_ref(h.t->db, h.keeper, &entities[ENTITY_people], r->who, &person));
		assert_int_equal(r->person, person);
		if (!str_is(str_of(r->kind), "acts"))
			continue;
		ok(entity_key_of_ref(h.t->db, h.keeper, &entities[ENTITY_acts], r->ref, &record));
		assert_int_equal(r->key, record);
		acts++;
	}
	assert_true(acts > 0);
	close_house(&h);
}

/* Every table that a book is read from is listened to, and no other. */
static void
what_the_statements_read_is_what_is_listened_to(void **state)
{
	struct db_case *t = case_of(state);
	str text = get_file(&t->arena, source_path(t, "sql/book.sql"));

	assert_true(text.len > 1000);
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const char *name = entities[i].name;
		bool read = strstr(text.s, str_format(&t->arena, "from %s", name).s) != NULL ||
			    strstr(text.s, str_format(&t->arena, "join %s", name).s) != NULL;

		if (read != shelf_concerns(str_of(name)))
			fail_msg("%s: %s", name, read ? "is read, and nobody listens" : "is listened to for nothing");
	}
	assert_false(shelf_concerns(S("accounts")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_write_through_another_connection_is_seen_at_the_next_question),
		ON_BOTH(nothing_is_read_again_without_a_write),
		ON_BOTH(a_file_that_was_opened_and_money_that_was_paid_change_no_book),
		ON_BOTH(a_register_is_read_again_by_itself),
		ON_BOTH(a_session_that_moved_has_the_book_read_whole),
		ON_BOTH(whatever_is_written_the_figures_are_those_of_a_fresh_book),
		ON_BOTH(what_was_taken_back_was_never_there),
		ON_BOTH(another_past_has_the_book_read_whole),
		ON_BOTH(several_periods_share_a_book_and_the_oldest_goes_first),
		ON_BOTH(a_contract_larger_than_the_bound_is_kept_alone),
		ON_BOTH(a_contract_that_is_not_there_is_refused_and_not_kept),
		ON_BOTH(the_plan_is_kept_beside_the_figures_and_is_as_exact),
		ON_SQLITE(what_a_plan_is_made_of_is_listened_to),
		ON_SQLITE(it_is_asked_inside_a_reading_only),
		ON_SQLITE(what_is_explained_can_be_found_by_its_key),
		ON_SQLITE(what_the_statements_read_is_what_is_listened_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
