/* engine_cases.h - every text case of a folder (text_case.h) as a test of its own, on each engine. A test file gives the
 * function that tries one case, and its main:
 *
 *     return engine_cases("tests/cases/import", "import cases", NULL, import_case);
 *
 * ground: a bundle that stands in the database before each case; NULL: it is empty. */
#pragma once
#include "bundle_case.h"
#include "text_case.h"

struct run { /* one case on one engine */
	const struct text_case *c;
	enum case_engine engine;
};
static struct text_cases cases;
static const char *cases_ground;
static struct db_case *shared[2]; /* one schema for all the cases on PostgreSQL: it is emptied between them */

static inline void
empty_database(struct db_case *t)
{
	/* faster than truncate for a few rows */
	static const char command[] =
	    "do $$ declare t text; begin for t in select relname from pg_class where relkind = 'r' and relnamespace = "
	    "current_schema()::regnamespace and relname <> 'schema_migrations' loop execute format('delete from %I', t); end loop; end $$";

	if (t->engine == CASE_POSTGRES)
		case_server_schema(t, command);
}

static inline int
start_case(void **state)
{
	const struct run *run = *state;
	struct db_case *t = shared[run->engine];

	if (run->engine == CASE_POSTGRES && case_server() == NULL)
		return 0;
	db_close(t->db);
	t->db = NULL;
	arena_clear(&t->arena);
	empty_database(t);
	ok(db_open(&t->arena, run->engine == CASE_SQLITE ? ":memory:" : t->where, DB_CREATE, &t->db));
	if (cases_ground != NULL)
		(void)case_imported(t, source_path(t, cases_ground));
	return 0;
}

/* The exit code of the program. */
static inline int
engine_cases(const char *folder, const char *name, const char *ground, void (*one)(void **state))
{
	static const char *const names[] = { "sqlite", "postgresql" };
	struct CMUnitTest *tests;
	struct run *runs;
	int failed;

	cases_ground = ground;
	text_read(&cases, folder);
	if (cases.n == 0) {
		print_error("no case in %s\n", folder);
		return 1;
	}
	tests = ARENA_ARRAY(&cases.arena, cases.n * 2, struct CMUnitTest);
	runs = ARENA_ARRAY(&cases.arena, cases.n * 2, struct run);
	for (size_t i = 0; i < cases.n * 2; i++) {
		runs[i] = (struct run){ &cases.v[i % cases.n], i < cases.n ? CASE_SQLITE : CASE_POSTGRES };
		tests[i] = (struct CMUnitTest){
			.name = str_format(&cases.arena, "%.*s (%s)", STR_ARG(runs[i].c->title), names[runs[i].engine]).s,
			.test_func = one,
			.setup_func = start_case,
			.initial_state = &runs[i]
		};
	}
	(void)case_start((void **)&shared[0], CASE_SQLITE);
	(void)case_start((void **)&shared[1], CASE_POSTGRES);
	failed = _cmocka_run_group_tests(name, tests, cases.n * 2, NULL, NULL);
	(void)case_end((void **)&shared[0]);
	(void)case_end((void **)&shared[1]);
	arena_release(&cases.arena);
	return failed;
}
