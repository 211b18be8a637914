#include "db_case.h"

#include "sql.h"

/* Every statement of sql/ is one that both engines understand, over the tables that the migrations make. */
static void
every_statement_is_understood(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	int wrong = 0;

	assert_true(sql_statement_count > 0);
	for (size_t i = 0; i < sql_statement_count; i++) {
		const struct err *e = db_prepare(db, &sql_statements[i]);

		if (e == NULL)
			continue;
		print_error("%s\n", e->detail);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void
generated_functions_write_and_read(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	struct fact_row row;
	struct db_rows rows;

	ok(db_begin_write(db));
	ok(db_end(db, fact_add(db, S("motto"), S("liberté"))));
	ok(fact(db, &rows, S("motto")));
	assert_true(fact_next(&rows, &row));
	assert_true(str_is(row.value, "liberté"));
	assert_false(fact_next(&rows, &row));
	ok(db_done(&rows));
	ok(fact_stream(db, &rows, S("none")));
	assert_false(fact_next(&rows, &row));
	ok(db_done(&rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(every_statement_is_understood),
		ON_BOTH(generated_functions_write_and_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
