/* db_case.h - a fresh database for each test, on each engine. PostgreSQL is there when JALON_TEST_POSTGRES gives an
 * address (each test gets a schema of its own in it); without it these tests are skipped, but fail where CI is set. */
#pragma once
#include <libpq-fe.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "db/db.h"

enum case_engine { CASE_SQLITE, CASE_POSTGRES };
struct db_case {
	enum case_engine engine;
	char folder[64], path[128], where[1024], schema[32];
	struct arena arena;
	struct db *db; /* closed by the teardown */
};

static inline const char *
case_server(void)
{
	const char *where = getenv("JALON_TEST_POSTGRES");

	return where == NULL || *where == '\0' ? NULL : where;
}

static inline void
case_server_run(const char *text)
{
	PGconn *c = PQconnectdb(case_server());
	PGresult *r = PQexec(c, "set client_min_messages = warning");

	PQclear(r);
	r = PQexec(c, text);

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", text, PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

/* Statements straight to the server, in the test's schema: behind the program's back. */
static inline void
case_server_schema(const struct db_case *t, const char *format)
{
	char text[2048];
	int n = snprintf(text, sizeof text, "set search_path = %s; ", t->schema);

	snprintf(text + n, sizeof text - (size_t)n, "%s", format);
	case_server_run(text);
}

static inline int
case_start(void **state, enum case_engine engine)
{
	static int count;
	struct db_case *t = calloc(1, sizeof *t);
	const char *tmp = getenv("TMPDIR");

	assert_non_null(t);
	*state = t;
	t->engine = engine;
	snprintf(t->folder, sizeof t->folder, "%.40s/jalon-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->path, sizeof t->path, "%s/test.db", t->folder);
	snprintf(t->where, sizeof t->where, "%s", t->path);
	snprintf(t->schema, sizeof t->schema, "t%ld_%d", (long)getpid(), ++count);
	if (engine == CASE_POSTGRES && case_server() != NULL) {
		char text[128];

		snprintf(text, sizeof text, "create schema %s", t->schema);
		case_server_run(text);
		snprintf(t->where, sizeof t->where, "%s%coptions=-csearch_path%%3D%s", case_server(),
		    strchr(case_server(), '?') == NULL ? '?' : '&', t->schema);
	}
	snprintf(t->folder + strlen(t->folder), 8, "/key");
	setenv("JALON_KEY", t->folder, 1);
	t->folder[strlen(t->folder) - 4] = '\0';
	return 0;
}

static inline int
case_start_sqlite(void **state)
{
	return case_start(state, CASE_SQLITE);
}

static inline int
case_start_postgres(void **state)
{
	return case_start(state, CASE_POSTGRES);
}

static inline int
case_end(void **state)
{
	struct db_case *t = *state;
	char text[256];

	db_close(t->db);
	if (t->engine == CASE_POSTGRES && case_server() != NULL) {
		snprintf(text, sizeof text, "drop schema %s cascade", t->schema);
		case_server_run(text);
	}
	snprintf(text, sizeof text, "chmod -R u+rwx %s && rm -rf %s", t->folder, t->folder);
	assert_int_equal(system(text), 0);
	arena_release(&t->arena);
	free(t);
	return 0;
}

/* First line of each test that runs on both. */
static inline struct db_case *
case_of(void **state)
{
	struct db_case *t = *state;

	if (t->engine == CASE_POSTGRES && case_server() == NULL) {
		if (getenv("CI") != NULL && strcmp(getenv("CI"), "true") == 0)
			fail_msg("JALON_TEST_POSTGRES is not set");
		skip();
	}
	return t;
}

#define ON_SQLITE(f)                                                 \
	{                                                            \
#f " (sqlite)", f, case_start_sqlite, case_end, NULL \
	}
#define ON_POSTGRES(f)                                                     \
	{                                                                  \
#f " (postgresql)", f, case_start_postgres, case_end, NULL \
	}
#define ON_BOTH(f) ON_SQLITE(f), ON_POSTGRES(f)

static inline void
ok_at(const struct err *e, const char *file, int line)
{
	if (e == NULL)
		return;
	print_error("%s (%s) [%s]\n", e->what, e->detail == NULL ? "" : e->detail, e->hint == NULL ? "" : e->hint);
	_fail(file, line);
}
#define ok(e) ok_at((e), __FILE__, __LINE__)

static inline struct db *
case_open(struct db_case *t, enum db_mode mode)
{
	db_close(t->db);
	t->db = NULL;
	ok(db_open(&t->arena, t->where, mode, &t->db));
	return t->db;
}

/* The refusal of an opening: kept in the case's arena. */
static inline const struct err *
case_refused(struct db_case *t, enum db_mode mode)
{
	struct db *db;
	const struct err *e;

	db_close(t->db);
	t->db = NULL;
	e = db_open(&t->arena, t->where, mode, &db);
	assert_non_null(e);
	assert_null(db);
	return e;
}

static inline void
case_write(struct db *db, const struct sql *sql, const struct db_value *params, size_t n)
{
	ok(db_begin_write(db));
	ok(db_end(db, db_write(db, sql, params, n)));
}

static inline int64_t
case_int(struct db *db, const struct sql *sql)
{
	struct db_rows rows;
	int64_t v = -1;

	ok(db_read(db, sql, NULL, 0, &rows));
	while (db_next(&rows))
		v = db_int(&rows, 0);
	ok(db_done(&rows));
	return v;
}

/* What must never happen stops the program: seen from a child. */
static inline void
case_stops(void (*f)(struct db_case *t), struct db_case *t)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr) != NULL)
			f(t);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}
