#include "db_case.h"

#include <signal.h>
/* A table of its own, so that these tests do not depend on the domain. */
static const struct sql make = { "make", "create table things (n bigint not null, t text, b bytea, primary key (n))", NULL };
static const struct sql make_sqlite = { "make",
	"create table things (n integer not null, t text, b blob, primary key (n)) strict, without rowid", NULL };
static const struct sql add = { "add", "insert into things (n, t, b) values ($1, $2, $3)", NULL };
static const struct sql all = { "all", "select n, t, b from things order by n", NULL };
static const struct sql by_n = { "by_n", "select n, t, b from things where n = $1", NULL };
static const struct sql change = { "change", "update things set t = $2 where n = $1", NULL };
static const struct sql count = { "count", "select count(*) from things", NULL };
static const struct sql sum = { "sum", "select sum(n) from things", NULL };

static const struct sql whole = { "whole", "select n, t, b from things", "copy things (n, t, b) to stdout (format binary)" };
static const struct sql no_such = { "no_such", "select n from nothing", "copy nothing (n) to stdout (format binary)" };

static struct db *
with_things(struct db_case *t)
{
	struct db *db = case_open(t, DB_CREATE);

	case_write(db, db_is_postgres(db) ? &make : &make_sqlite, NULL, 0);
	return db;
}

static void
add_things(struct db *db, int64_t from, int64_t to)
{
	ok(db_begin_write(db));
	for (int64_t n = from; n <= to; n++)
		ok(db_write(db, &add, DB_PARAMS(db_i(n), db_s(S("thing")), db_b(S("b")))));
	ok(db_end(db, NULL));
}

static void
values_come_back_as_they_went(void **state)
{
	static const int64_t ints[] = { 0, 1, -1, 9999, 10000, 123456789012, INT64_MAX, INT64_MIN + 1 };
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct db_rows rows;
	char bytes[256];

	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	for (size_t i = 0; i < sizeof ints / sizeof *ints; i++) {
		str text = S("Đurić l’été \t\n\"'\\ نص ትግርኛ 😀");

		case_write(db, &add, DB_PARAMS(db_i(ints[i]), db_s(text), db_b((str){ bytes, 256 })));
		ok(db_read(db, &by_n, DB_PARAMS(db_i(ints[i])), &rows));
		assert_true(db_next(&rows));
		assert_int_equal(db_int(&rows, 0), ints[i]);
		assert_true(str_eq(db_text(&rows, 1), text));
		assert_true(str_eq(db_blob(&rows, 2), (str){ bytes, 256 }));
		assert_false(db_next(&rows));
		assert_false(db_next(&rows));
		ok(db_done(&rows));
	}
}

static void
absent_values_come_back_absent(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct db_rows rows;

	case_write(db, &add, DB_PARAMS(db_i(1), db_s(S("")), { 0 }));
	case_write(db, &add, DB_PARAMS(db_i(2), { .type = DB_TEXT, .s = S("") }, db_b(S(""))));
	ok(db_read(db, &all, NULL, 0, &rows));
	assert_true(db_next(&rows));
	assert_null(db_text(&rows, 1).s);
	assert_null(db_blob(&rows, 2).s);
	assert_int_equal(db_day(&rows, 1), DAY_NONE);
	assert_true(db_next(&rows));
	assert_non_null(db_text(&rows, 1).s);
	assert_int_equal(db_text(&rows, 1).len, 0);
	assert_non_null(db_blob(&rows, 2).s);
	ok(db_done(&rows));
	case_write(db, &change, DB_PARAMS(db_i(INT64_MIN), db_s(S("none"))));
}

static void
days_are_kept_as_text(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct db_rows rows;
	char text[DAY_TEXT];
	day leap = day_of(2024, 2, 29);

	case_write(db, &add, DB_PARAMS(db_i(1), db_s(day_text(leap, text)), { 0 }));
	ok(db_read(db, &all, NULL, 0, &rows));
	assert_true(db_next(&rows));
	assert_int_equal(db_day(&rows, 1), leap);
	assert_true(str_is(db_text(&rows, 1), "2024-02-29"));
	ok(db_done(&rows));
}

static void
sums_are_whole_numbers(void **state)
{
	static const int64_t cases[][2] = { { 0, 0 }, { 1, 2 }, { 9999, 10001 }, { -5, -10000 }, { 100000000, 400000000 },
		{ INT64_MAX - 7, 6 } };
	static const struct sql empty = { "empty", "delete from things", NULL };
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);

	assert_int_equal(case_int(db, &sum), INT64_MIN);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ok(db_begin_write(db));
		ok(db_write(db, &empty, NULL, 0));
		for (int k = 0; k < 2 && (k == 0 || cases[i][0] != cases[i][1]); k++)
			ok(db_write(db, &add, DB_PARAMS(db_i(cases[i][k]), { 0 }, { 0 })));
		ok(db_end(db, NULL));
		assert_int_equal(case_int(db, &sum), cases[i][0] + (cases[i][0] == cases[i][1] ? 0 : cases[i][1]));
	}
}

static void
parameters_may_stand_in_any_order(void **state)
{
	static const struct sql swapped = { "swapped",
		"select $2 || '/' || $1 || '/' || $2, 1 from things where n = cast($3 as bigint) or n = $3", NULL };
	static const struct sql lite = { "swapped", "select $2 || '/' || $1 || '/' || $2, 1 from things where n = $3", NULL };
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct db_rows rows;

	add_things(db, 7, 7);
	ok(db_read(db, db_is_postgres(db) ? &swapped : &lite, DB_PARAMS(db_s(S("one")), db_s(S("two")), db_i(7)), &rows));
	assert_true(db_next(&rows));
	assert_true(str_is(db_text(&rows, 0), "two/one/two"));
	ok(db_done(&rows));
}

static void
reads_nest_and_writes_go_between_rows(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct db_rows outer, inner, third;
	int64_t seen = 0;

	add_things(db, 1, 50);
	ok(db_begin_write(db));
	ok(db_read(db, &all, NULL, 0, &outer));
	while (db_next(&outer)) {
		int64_t n = db_int(&outer, 0);

		ok(db_write(db, &change, DB_PARAMS(db_i(n), db_s(S("changed")))));
		ok(db_read(db, &by_n, DB_PARAMS(db_i(n)), &inner));
		ok(db_read(db, &by_n, DB_PARAMS(db_i(n == 1 ? 2 : 1)), &third)); /* the same statement again, at once */
		assert_true(db_next(&inner));
		assert_true(db_next(&third));
		assert_true(str_is(db_text(&inner, 1), "changed"));
		assert_int_equal(db_int(&inner, 0), n);
		assert_int_equal(db_int(&third, 0), n == 1 ? 2 : 1);
		ok(db_done(&third));
		ok(db_done(&inner));
		seen++;
	}
	ok(db_done(&outer));
	ok(db_end(db, NULL));
	assert_int_equal(seen, 50);
}

static void
a_stream_gives_every_row(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct db_rows rows;
	int64_t n = 0;

	add_things(db, 1, 3000);
	ok(db_stream(db, &all, NULL, 0, &rows));
	while (db_next(&rows))
		assert_int_equal(db_int(&rows, 0), ++n);
	ok(db_done(&rows));
	assert_int_equal(n, 3000);
	assert_int_equal(rows.row, 3000);
	/* left early, inside a transaction, and used again */
	ok(db_begin_read(db));
	for (int i = 0; i < 3; i++) {
		ok(db_stream(db, &all, NULL, 0, &rows));
		assert_true(db_next(&rows));
		assert_true(str_is(db_text(&rows, 1), "thing"));
		assert_true(str_is(db_blob(&rows, 2), "b"));
		ok(db_done(&rows));
		assert_int_equal(case_int(db, &count), 3000);
	}
	ok(db_end(db, NULL));
}

/* n t b of each row, in the order of n; absent: -. */
struct found {
	struct buf line[8];
	size_t n;
};

static void
a_thing(void *to, const struct db_value *cells)
{
	struct found *f = to;
	const str t = db_cell_text(&cells[1]), b = db_cell_blob(&cells[2]);

	assert_true(f->n < 8);
	buf_format(&f->line[f->n++], "%lld %.*s %.*s", (long long)db_cell_int(&cells[0]), t.s == NULL ? 1 : (int)t.len,
	    t.s == NULL ? "-" : t.s, b.s == NULL ? 1 : (int)b.len, b.s == NULL ? "-" : b.s);
}

static void
a_number(void *to, const struct db_value *cells)
{
	*(int64_t *)to += db_cell_int(&cells[0]);
}

static int
lines_in_order(const void *a, const void *b)
{
	return str_cmp(buf_str(a), buf_str(b));
}

static void
a_whole_table_is_handed_over(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct found f = { 0 };

	ok(db_begin_read(db));
	ok(db_gather(db, &whole, NULL, 0, "itb", a_thing, &f));
	assert_int_equal(f.n, 0);
	ok(db_end(db, NULL));
	case_write(db, &add, DB_PARAMS(db_i(-5), db_s(S("élan")), db_b(S("\"\\"))));
	case_write(db, &add, DB_PARAMS(db_i(INT64_MAX), db_s(S("")), { 0 }));
	case_write(db, &add, DB_PARAMS(db_i(0), { .type = DB_TEXT, .s = S("") }, db_b(S(""))));
	ok(db_begin_read(db));
	ok(db_gather(db, &whole, NULL, 0, "itb", a_thing, &f));
	assert_int_equal(case_int(db, &count), 3); /* other reads go on as before */
	ok(db_end(db, NULL));
	assert_int_equal(f.n, 3);
	qsort(f.line, f.n, sizeof f.line[0], lines_in_order);
	assert_true(str_is(buf_str(&f.line[0]), "-5 élan \"\\"));
	assert_true(str_is(buf_str(&f.line[1]), "0  "));
	assert_true(str_is(buf_str(&f.line[2]), "9223372036854775807 - -"));
	for (size_t i = 0; i < 8; i++)
		buf_release(&f.line[i]);
}

static void
many_rows_are_handed_over_each_once(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	int64_t total = 0;

	add_things(db, 1, 5000);
	ok(db_gather(db, &whole, NULL, 0, "itb", a_number, &total));
	assert_int_equal(total, 5000 * 5001 / 2);
}

static void
a_table_that_is_not_there_is_an_error(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	const struct err *e = db_gather(db, &no_such, NULL, 0, "i", a_thing, NULL);

	assert_non_null(e);
	assert_int_equal(e->kind, ERR_DAMAGED);
	assert_int_equal(case_int(db, &count), 0);
}

static void
what_is_rolled_back_is_gone(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	const struct err mine = { ERR_INPUT, "no", NULL, NULL };

	ok(db_begin_write(db));
	ok(db_write(db, &add, DB_PARAMS(db_i(1), { 0 }, { 0 })));
	assert_int_equal(case_int(db, &count), 1);
	assert_ptr_equal(db_end(db, &mine), &mine);
	ok(db_begin_write(db));
	ok(db_write(db, &add, DB_PARAMS(db_i(2), { 0 }, { 0 })));
	ok(db_rollback(db));
	assert_int_equal(case_int(db, &count), 0);
	ok(db_begin_write(db));
	ok(db_write(db, &add, DB_PARAMS(db_i(3), { 0 }, { 0 })));
	case_open(t, DB_READ); /* closing rolls back too */
	assert_int_equal(case_int(t->db, &count), 0);
}

static void
many_writes_fit_in_one_transaction(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);

	add_things(db, 1, 5000); /* several times the queue of the pipeline */
	assert_int_equal(case_int(db, &count), 5000);
}

static void
a_read_transaction_sees_one_moment(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t), *other;

	add_things(db, 1, 1);
	ok(db_open(&t->arena, t->where, DB_READ, &other));
	ok(db_begin_read(other));
	add_things(db, 2, 2);
	assert_int_equal(case_int(other, &count), 1); /* chosen by db_begin_read, not by the first read */
	add_things(db, 3, 3);
	assert_int_equal(case_int(other, &count), 1);
	ok(db_end(other, NULL));
	assert_int_equal(case_int(other, &count), 3);
	db_close(other);
}

static void
a_wrong_statement_is_an_error_and_loses_the_transaction(void **state)
{
	static const struct sql wrong = { "wrong", "select nothing from nowhere", NULL };
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	const struct err *e = db_prepare(db, &wrong);
	struct db_rows rows;

	assert_non_null(e);
	assert_int_equal(e->kind, ERR_DAMAGED);
	assert_non_null(strstr(e->detail, "wrong: "));
	e = db_read(db, &wrong, NULL, 0, &rows);
	assert_non_null(e);
	assert_false(db_next(&rows));
	assert_ptr_equal(db_done(&rows), e);

	ok(db_begin_write(db));
	ok(db_write(db, &add, DB_PARAMS(db_i(1), { 0 }, { 0 })));
	e = db_read(db, &wrong, NULL, 0, &rows);
	assert_non_null(e);
	assert_ptr_equal(db_read(db, &count, NULL, 0, &rows), e);
	assert_ptr_equal(db_write(db, &add, DB_PARAMS(db_i(2), { 0 }, { 0 })), e);
	assert_ptr_equal(db_end(db, NULL), e); /* although the caller lost it */
	assert_int_equal(case_int(db, &count), 0);
	add_things(db, 1, 2);
	assert_int_equal(case_int(db, &count), 2);
}

static void
a_statement_first_used_in_a_lost_transaction_works_later(void **state)
{
	static const struct sql wrong = { "wrong", "update nowhere set n = 1", NULL };
	static const struct sql late = { "late", "update things set t = 'late'", NULL };
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);

	add_things(db, 1, 1);
	ok(db_begin_write(db));
	(void)db_write(db, &wrong, NULL, 0);
	(void)db_write(db, &late, NULL, 0); /* on PostgreSQL its preparation is skipped */
	assert_non_null(db_end(db, NULL));
	case_write(db, &late, NULL, 0);
}

static void
columns_are_told_in_order(void *to, str name, str type, bool not_null)
{
	buf_format(to, "%.*s %.*s%s;", STR_ARG(name), STR_ARG(type), not_null ? " not null" : "");
}

static void
columns_are_the_same_on_both(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);
	struct buf b = { 0 };

	ok(db_columns(db, "things", columns_are_told_in_order, &b));
	assert_true(str_is(buf_str(&b), "n integer not null;t text;b blob;"));
	buf_clear(&b);
	ok(db_columns(db, "nothing", columns_are_told_in_order, &b));
	assert_int_equal(b.len, 0);
	ok(db_columns(db, "journal", columns_are_told_in_order, &b));
	assert_true(str_starts(buf_str(&b), S("territory_id integer not null;seq integer not null;")));
	buf_release(&b);
}

static void
no_line(void *to, str text)
{
	(void)to;
	fail_msg("%.*s", STR_ARG(text));
}

static void
a_sound_database_has_no_complaint(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = with_things(t);

	add_things(db, 1, 100);
	ok(db_integrity(db, no_line, NULL));
}

static void
a_row_twice(struct db_case *t)
{
	struct db *db;

	if (db_open(&t->arena, t->where, DB_WRITE, &db) != NULL || db_begin_write(db) != NULL)
		return;
	(void)db_write(db, &add, DB_PARAMS(db_i(1), { 0 }, { 0 }));
	(void)db_write(db, &add, DB_PARAMS(db_i(1), { 0 }, { 0 }));
	(void)db_end(db, NULL);
}

static void
a_write_outside_a_transaction(struct db_case *t)
{
	struct db *db;

	if (db_open(&t->arena, t->where, DB_WRITE, &db) == NULL)
		(void)db_write(db, &add, DB_PARAMS(db_i(1), { 0 }, { 0 }));
}

static void
a_question_during_a_stream(struct db_case *t)
{
	struct db_rows rows, more;
	struct db *db;

	if (db_open(&t->arena, t->where, DB_WRITE, &db) == NULL && db_stream(db, &all, NULL, 0, &rows) == NULL)
		(void)db_read(db, &all, NULL, 0, &more);
}

static void
a_transaction_over_an_open_read(struct db_case *t)
{
	struct db_rows rows;
	struct db *db;

	if (db_open(&t->arena, t->where, DB_WRITE, &db) == NULL && db_read(db, &all, NULL, 0, &rows) == NULL)
		(void)db_begin_write(db);
}

static void
a_write_through_a_reader(struct db_case *t)
{
	struct db *db;

	if (db_open(&t->arena, t->where, DB_READ, &db) == NULL)
		(void)db_begin_write(db);
}

static void
too_few_parameters(struct db_case *t)
{
	struct db_rows rows;
	struct db *db;

	if (db_open(&t->arena, t->where, DB_READ, &db) == NULL)
		(void)db_read(db, &by_n, NULL, 0, &rows);
}

static void
a_text_read_as_a_number(struct db_case *t)
{
	struct db_rows rows;
	struct db *db;

	if (db_open(&t->arena, t->where, DB_READ, &db) == NULL && db_read(db, &all, NULL, 0, &rows) == NULL && db_next(&rows))
		(void)db_int(&rows, 1);
}

static void
mistakes_of_the_program_stop_it(void **state)
{
	struct db_case *t = case_of(state);

	add_things(with_things(t), 5, 5);
	db_close(t->db);
	t->db = NULL;
	case_stops(a_row_twice, t);
	case_stops(a_write_outside_a_transaction, t);
	case_stops(a_question_during_a_stream, t);
	case_stops(a_transaction_over_an_open_read, t);
	case_stops(a_write_through_a_reader, t);
	case_stops(a_text_read_as_a_number, t);
	if (t->engine == CASE_SQLITE) /* on PostgreSQL the server says it */
		case_stops(too_few_parameters, t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(values_come_back_as_they_went),
		ON_BOTH(absent_values_come_back_absent),
		ON_BOTH(days_are_kept_as_text),
		ON_BOTH(sums_are_whole_numbers),
		ON_BOTH(parameters_may_stand_in_any_order),
		ON_BOTH(reads_nest_and_writes_go_between_rows),
		ON_BOTH(a_stream_gives_every_row),
		ON_BOTH(a_whole_table_is_handed_over),
		ON_BOTH(many_rows_are_handed_over_each_once),
		ON_BOTH(a_table_that_is_not_there_is_an_error),
		ON_BOTH(what_is_rolled_back_is_gone),
		ON_BOTH(many_writes_fit_in_one_transaction),
		ON_BOTH(a_read_transaction_sees_one_moment),
		ON_BOTH(a_wrong_statement_is_an_error_and_loses_the_transaction),
		ON_BOTH(a_statement_first_used_in_a_lost_transaction_works_later),
		ON_BOTH(columns_are_the_same_on_both),
		ON_BOTH(a_sound_database_has_no_complaint),
		ON_BOTH(mistakes_of_the_program_stop_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
