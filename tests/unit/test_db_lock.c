#include "db_case.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include "db/engine.h"
#include "db/journal.h"

static const struct sql read_count = { "read", "select value from facts where name = 'count'", NULL };
static const struct sql first_count = { "first", "insert into facts (name, value) values ('count', '0')", NULL };
static const struct sql keep_count = { "keep", "update facts set value = $1 where name = 'count'", NULL };

/* Reads, adds one, writes: what two writers at once would lose. */
static const struct err *
count_up(struct db *db, struct journal *j)
{
	struct db_rows rows;
	char text[32];
	long n = 0;

	(void)db_read(db, &read_count, NULL, 0, &rows);
	while (db_next(&rows))
		n = strtol(db_text(&rows, 0).s, NULL, 10);
	if (db_done(&rows) != NULL)
		return rows.err;
	snprintf(text, sizeof text, "%ld", n + 1);
	(void)db_write(db, &keep_count, DB_PARAMS(db_s(str_of(text))));
	return journal_add(j, &(struct journal_row){ "facts", n, 0, JOURNAL_UPDATE, n, S("value"), str_of(text) });
}

static const struct err *
one_transaction(struct db *db)
{
	const struct change change = { 63113, S("2026-01-31T12:00:00.000Z"), S("test"), S("count") };
	struct journal j;
	const struct err *e = db_begin_write(db);

	if (e != NULL)
		return e;
	if ((e = journal_open(db, &change, &j)) == NULL)
		e = count_up(db, &j);
	return db_end(db, e);
}

/* A process of its own, begun before the database is opened here: SQLite does not survive a fork. It ends with 0 when
 * everything went well. */
static pid_t
writer(struct db_case *t, unsigned after_ms, int transactions)
{
	pid_t pid;
	const struct err *e;

	assert_null(t->db);
	if ((pid = fork()) != 0)
		return pid;
	usleep(after_ms * 1000);
	e = db_open(&t->arena, t->where, DB_WRITE, &t->db);
	for (int i = 0; i < transactions && e == NULL; i++)
		e = one_transaction(t->db);
	if (e != NULL)
		fprintf(stderr, "%s (%s)\n", e->what, e->detail);
	db_close(t->db);
	_exit(e == NULL ? 0 : 1);
}

static void
broken(void *to, int64_t territory, int64_t seq, const char *what)
{
	(void)to;
	fail_msg("%lld/%lld: %s", (long long)territory, (long long)seq, what);
}

static void
started(struct db_case *t)
{
	case_write(case_open(t, DB_CREATE), &first_count, NULL, 0);
	ok(one_transaction(t->db));
	db_close(t->db);
	t->db = NULL;
}

static int64_t
counted(struct db_case *t)
{
	struct journal_report report;
	struct db_rows rows;
	int64_t n = 0;

	ok(db_begin_read(case_open(t, DB_READ)));
	ok(journal_verify(t->db, broken, NULL, &report));
	ok(db_read(t->db, &read_count, NULL, 0, &rows));
	while (db_next(&rows))
		n = strtol(db_text(&rows, 0).s, NULL, 10);
	ok(db_done(&rows));
	db_close(t->db);
	t->db = NULL;
	assert_int_equal(report.rows, n);
	return n;
}

static void
four_writers_lose_nothing(void **state)
{
	enum { WRITERS = 4, EACH = 200 };
	struct db_case *t = case_of(state);
	pid_t pids[WRITERS];
	int status;

	started(t);
	for (int i = 0; i < WRITERS; i++)
		pids[i] = writer(t, 0, EACH);
	for (int i = 0; i < 5; i++) /* and one who reads meanwhile */
		assert_true(counted(t) > 0);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(counted(t), WRITERS * EACH + 1);
}

static void
a_writer_killed_at_any_moment_leaves_no_trace(void **state)
{
	struct db_case *t = case_of(state);
	int status;

	started(t);
	for (int i = 0; i < 25; i++) {
		pid_t victim = writer(t, 0, 100000), other = writer(t, 0, 3);

		usleep((useconds_t)(20000 + i * 3000));
		kill(victim, SIGKILL);
		assert_int_equal(waitpid(victim, &status, 0), victim);
		assert_int_equal(waitpid(other, &status, 0), other);
		assert_int_equal(status, 0);
		assert_true(counted(t) >= 3 * (i + 1));
	}
}

static void
four_processes_make_one_database(void **state)
{
	struct db_case *t = case_of(state);
	pid_t pids[4];
	int status;

	for (int i = 0; i < 4; i++) {
		if ((pids[i] = fork()) == 0) {
			const struct err *e = db_open(&t->arena, t->where, DB_CREATE, &t->db);

			if (e != NULL)
				fprintf(stderr, "%s (%s)\n", e->what, e->detail);
			_exit(e == NULL ? 0 : 1);
		}
	}
	for (int i = 0; i < 4; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	case_open(t, DB_READ);
}

/* Two transactions of one process exclude each other too; the wait is short here. */
static void
a_second_writer_is_told_to_wait(void **state)
{
	struct db_case *t = case_of(state);
	struct db *other;
	const struct err *e;

	db_patience_ms = 200;
	case_open(t, DB_CREATE);
	ok(db_open(&t->arena, t->where, DB_WRITE, &other));
	ok(db_begin_write(t->db));
	e = db_begin_write(other);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_BUSY);
	assert_non_null(e->hint);
	ok(db_begin_read(other)); /* readers do not wait */
	ok(db_end(other, NULL));
	ok(db_rollback(t->db));
	ok(db_begin_write(other));
	ok(db_end(other, NULL));
	db_close(other);
	db_patience_ms = 10000;
}

static void
a_waiting_writer_gets_its_turn(void **state)
{
	struct db_case *t = case_of(state);
	pid_t pid;
	int status;

	started(t);
	pid = writer(t, 100, 1);
	ok(db_begin_write(case_open(t, DB_WRITE)));
	usleep(400 * 1000);
	assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
	ok(db_end(t->db, NULL));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(counted(t), 2);
}

/* A program that knows nothing of our lock. */
static void
another_program_that_holds_the_file_is_said(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;
	sqlite3 *c;

	db_patience_ms = 200;
	case_open(t, DB_CREATE);
	assert_int_equal(sqlite3_open(t->path, &c), SQLITE_OK);
	assert_int_equal(sqlite3_exec(c, "begin immediate", NULL, NULL, NULL), SQLITE_OK);
	e = db_begin_write(t->db);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_BUSY);
	assert_int_equal(sqlite3_exec(c, "rollback", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(c), SQLITE_OK);
	ok(db_begin_write(t->db));
	ok(db_end(t->db, NULL));
	db_patience_ms = 10000;
}

/* The WAL is written back at the end of a transaction, and begun again: it does not grow for ever. */
static void
the_wal_stays_short(void **state)
{
	static const struct sql add = { "add", "insert into facts (name, value) values ($1, $2)", NULL };
	struct db_case *t = case_of(state);
	char name[32], path[192];
	struct buf big = { 0 };
	struct stat st;

	buf_pad(&big, 'x', 200000);
	case_open(t, DB_CREATE);
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "big%d", i);
		case_write(t->db, &add, DB_PARAMS(db_s(str_of(name)), db_s(buf_str(&big))));
	}
	buf_release(&big);
	snprintf(path, sizeof path, "%s-wal", t->path);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size < 8 << 20); /* 20 MB were written */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(four_writers_lose_nothing),
		ON_BOTH(a_writer_killed_at_any_moment_leaves_no_trace),
		ON_BOTH(four_processes_make_one_database),
		ON_BOTH(a_second_writer_is_told_to_wait),
		ON_BOTH(a_waiting_writer_gets_its_turn),
		ON_SQLITE(another_program_that_holds_the_file_is_said),
		ON_SQLITE(the_wal_stays_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
