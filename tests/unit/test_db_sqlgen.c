/* The generator, as a whole: what goes in, what comes out, what it says of mistakes. */
int sqlgen_main(int argc, char **argv);
#define main sqlgen_main
#include "../../tools/sqlgen.c"
#undef main

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static char folder[64], out_h[96], out_c[96], out_err[96], in[96];

/* The answer of the generator for this text, from a child: it keeps what it read. Its exit code. */
static int
generate(const char *sql)
{
	FILE *f = fopen(in, "w");
	int status;
	pid_t pid;

	assert_non_null(f);
	fputs(sql, f);
	fclose(f);
	if ((pid = fork()) == 0) {
		char *arguments[] = { (char *)"sqlgen", out_h, out_c, in, (char *)"", NULL };

		if (freopen(out_err, "w", stderr) == NULL)
			_exit(9);
		exit(sqlgen_main(5, arguments));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool
holds(const char *path, const char *wanted)
{
	static char text[65536];
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	fclose(f);
	if (strstr(text, wanted) != NULL)
		return true;
	print_error("%s is not in:\n%s\n", wanted, text);
	return false;
}

static void
a_read_becomes_a_struct_and_three_functions(void **state)
{
	(void)state;
	assert_int_equal(generate("-- a remark (not a signature)\n"
				  "\n"
				  "-- people_born(territory int, before date,\n"
				  "--     name text, print blob)\n"
				  "--   -> id int, born date,\n"
				  "--     name text, print blob\n"
				  "select id, birth_date, -- :not_here; nor 'here\n"
				  "  'a:b''c;' || family_name, \"odd:name\", print::bytea\n"
				  "-- and this; line is dropped :too\n"
				  "from people where territory_id = :territory and birth_date < :before\n"
				  "  and (family_name = :name or print = :print or territory_id = :territory);\n"),
	    0);
	assert_true(holds(out_h, "struct people_born_row {\n\tint64_t id;\n\tday born;\n\tstr name;\n\tstr print;\n};"));
	assert_true(holds(
	    out_h, "people_born(struct db *db, struct db_rows *rows, int64_t territory, day before, str name, str print);"));
	assert_true(holds(out_h, "people_born_stream("));
	assert_true(holds(out_h, "bool people_born_next(struct db_rows *rows, struct people_born_row *row);"));
	assert_true(holds(out_c, "\"select id, birth_date,\\n\""));
	assert_true(holds(out_c, "'a:b''c;' || family_name, \\\"odd:name\\\", print::bytea"));
	assert_true(holds(out_c, "territory_id = $1 and birth_date < $2"));
	assert_true(holds(out_c, "family_name = $3 or print = $4 or territory_id = $1)\",\n\t    NULL },"));
	assert_true(holds(out_c, "db_s(day_text(before, before_text))"));
	assert_true(holds(out_c, "row->born = db_day(rows, 1);"));
	assert_true(holds(out_c, "const size_t sql_statement_count = 1;"));
}

static void
a_write_becomes_one_function(void **state)
{
	(void)state;
	assert_int_equal(generate("-- forget()\ndelete from people;\n"
				  "-- rename(id int, name text)\nupdate people set name = :name\n where id = :id;"),
	    0);
	assert_true(holds(out_h, "const struct err *forget(struct db *db);"));
	assert_true(holds(out_h, "const struct err *rename(struct db *db, int64_t id, str name);"));
	assert_true(holds(out_c, "return db_write(db, &sql_statements[0], NULL, 0);"));
	assert_true(holds(out_c, "set name = $2\\n\"\n\t    \" where id = $1\""));
}

static void
an_engine_may_have_its_own_text(void **state)
{
	(void)state;
	assert_int_equal(generate("-- tables(kind text) -> name text\nselect name from sqlite_schema where type = :kind;\n"
				  "-- tables@postgres\nselect relname::text from pg_class where relkind::text = :kind;\n"),
	    0);
	assert_true(holds(out_c, "\"select relname::text from pg_class where relkind::text = $1\" },"));
}

static void
rows_may_be_those_of_another_less_a_text(void **state)
{
	(void)state;
	assert_int_equal(generate("-- one(id int) -> id int, ref text, born date\nselect id, ref, born from p where id = :id;\n"
				  "-- every() -> as one but ref\nselect id, born from p;\n"
				  "-- every@postgres\ncopy p (id, born) to stdout (format binary);\n"),
	    0);
	assert_true(holds(out_h, "bool every_next(struct db_rows *rows, struct one_row *row);"));
	assert_true(holds(out_c, "\trow->born = db_day(rows, 1);\n\trow->ref = (str){ 0 };\n"));
	assert_true(holds(out_c, "db_gather(db, &sql_statements[0], params, 1, \"itt\", one_cells, &g)"));
	assert_true(holds(out_c, "db_gather(db, &sql_statements[1], NULL, 0, \"it\", every_cells, &g)"));
	assert_true(holds(out_c, "\"copy p (id, born) to stdout (format binary)\" },"));
}

static void
nothing_is_valid_too(void **state)
{
	(void)state;
	assert_int_equal(generate("-- only a remark\n"), 0);
	assert_true(holds(out_c, "sql_statement_count = 0"));
}

static void
mistakes_are_told_with_their_line(void **state)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
		{ "-- a(x int)\ndelete from t where x = :y;\n", "in.sql:2: \":y\" is not in the signature of a" },
		{ "-- a(x int, y int)\ndelete from t\n where x = :x;\n", "in.sql:3: a does not use its parameter \"y\"" },
		{ "-- a(x number)\ndelete from t where x = :x;\n", "in.sql:2: unknown type \"number\"" },
		{ "-- a(x int, x text)\ndelete from t where x = :x;\n", "\"x\" stands twice" },
		{ "-- a(db int)\ndelete from t where x = :db;\n", "\"db\" is the name of an argument" },
		{ "-- a()\ndelete from t;\n-- a()\ndelete from t;\n", "in.sql:4: there is already a statement named \"a\"" },
		{ "-- a()\ndelete from t\n", "the last statement does not end with a semicolon" },
		{ "-- a()\n\n-- b()\ndelete from t;\n", "in.sql:3: a has no text" },
		{ "-- a()\ndelete from t where x = $1;\n", "parameters are written :name" },
		{ "-- a()\nselect ';\n", "does not end with a semicolon" },
		{ "-- a(x int\ndelete from t where x = :x;\n", "in.sql:2: the signature is not closed" },
		{ "-- a() -> \ndelete from t;\n", "the signature is not closed" },
		{ "-- a() reads\ndelete from t;\n", "\"reads\" does not belong in a signature" },
		{ "-- a() -> n int and more\nselect 1;\n", "does not belong in a signature" },
		{ "-- a() -> n int\nselect 1;\n-- b() -> as a but n\nselect 1;\n", "\"n\" is not a text among the columns of a" },
		{ "-- b@postgres\nselect 1;\n", "must follow the statement \"b\"" },
		{ "-- a()\ndelete from t;\n-- a@oracle\nselect 1;\n", "\"@postgres\" is expected" },
		{ "delete from t;\n", "in.sql:1: a statement without its signature" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(generate(cases[i].sql), 1);
		assert_true(holds(out_err, cases[i].says));
	}
}

static int
folder_made(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof folder, "%.40s/sqlgen-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(out_h, sizeof out_h, "%s/out.h", folder);
	snprintf(out_c, sizeof out_c, "%s/out.c", folder);
	snprintf(out_err, sizeof out_err, "%s/err", folder);
	snprintf(in, sizeof in, "%s/in.sql", folder);
	return 0;
}

static int
folder_removed(void **state)
{
	(void)state;
	unlink(out_h);
	unlink(out_c);
	unlink(out_err);
	unlink(in);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_read_becomes_a_struct_and_three_functions),
		cmocka_unit_test(a_write_becomes_one_function),
		cmocka_unit_test(an_engine_may_have_its_own_text),
		cmocka_unit_test(rows_may_be_those_of_another_less_a_text),
		cmocka_unit_test(nothing_is_valid_too),
		cmocka_unit_test(mistakes_are_told_with_their_line),
	};

	return cmocka_run_group_tests(tests, folder_made, folder_removed);
}
