#include "db_case.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "db/migrate.h"

static const struct sql people = { "people", "select count(*) from people", NULL };

/* Statements on the database, not through the program. */
static void
behind_its_back(struct db_case *t, const char *text)
{
	sqlite3 *c;
	char *words = NULL;

	db_close(t->db);
	t->db = NULL;
	if (t->engine == CASE_POSTGRES) {
		case_server_schema(t, text);
		return;
	}
	assert_int_equal(sqlite3_open(t->path, &c), SQLITE_OK);
	if (sqlite3_exec(c, text, NULL, NULL, &words) != SQLITE_OK)
		fail_msg("%s: %s", text, words);
	assert_int_equal(sqlite3_close(c), SQLITE_OK);
}

static bool
beside(const struct db_case *t, const char *ending)
{
	char path[192];

	snprintf(path, sizeof path, "%s%s", t->path, ending);
	return access(path, F_OK) == 0;
}

static void
file_of(const struct db_case *t, const char *text)
{
	FILE *f = fopen(t->path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
a_new_one_is_made_once_and_belongs_to_its_owner(void **state)
{
	struct db_case *t = case_of(state);
	struct stat st;

	assert_int_equal(db_schema(case_open(t, DB_CREATE)), migration_last);
	assert_int_equal(db_schema(case_open(t, DB_CREATE)), migration_last);
	assert_int_equal(db_schema(case_open(t, DB_WRITE)), migration_last);
	assert_int_equal(case_int(case_open(t, DB_READ), &people), 0);
	assert_int_equal(db_is_postgres(t->db), t->engine == CASE_POSTGRES);
	if (t->engine == CASE_POSTGRES)
		return;
	assert_int_equal(stat(t->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
nothing_is_left_beside_a_closed_file(void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	assert_true(beside(t, "-wal"));
	db_close(t->db);
	t->db = NULL;
	assert_false(beside(t, "-wal"));
	assert_false(beside(t, "-shm"));
	assert_true(beside(t, ".lock"));
}

static void
memory_needs_no_file(void **state)
{
	struct db_case *t = case_of(state);

	strcpy(t->where, ":memory:");
	assert_int_equal(case_int(case_open(t, DB_CREATE), &people), 0);
	ok(db_begin_write(t->db));
	ok(db_end(t->db, NULL));
}

static void
a_missing_one_is_named_and_not_made(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;

	for (int mode = DB_READ; mode <= DB_WRITE; mode++) {
		e = case_refused(t, (enum db_mode)mode);
		assert_int_equal(e->kind, ERR_NOTFOUND);
		assert_non_null(e->hint);
		assert_non_null(strstr(e->what, t->engine == CASE_SQLITE ? t->path : "postgresql://"));
		assert_false(beside(t, ""));
	}
}

static void
a_file_cannot_be_made_anywhere(void **state)
{
	struct db_case *t = case_of(state);

	snprintf(t->where, sizeof t->where, "%s/none/test.db", t->folder);
	assert_int_equal(case_refused(t, DB_CREATE)->kind, ERR_NOTFOUND);
	snprintf(t->where, sizeof t->where, "%s", t->folder);
	assert_int_equal(case_refused(t, DB_CREATE)->kind, ERR_INPUT);
	assert_int_equal(case_refused(t, DB_READ)->kind, ERR_INPUT);
}

static void
an_empty_file_is_no_database_yet(void **state)
{
	struct db_case *t = case_of(state);

	file_of(t, "");
	assert_int_equal(case_refused(t, DB_READ)->kind, ERR_NOTFOUND);
	assert_int_equal(case_refused(t, DB_WRITE)->kind, ERR_NOTFOUND);
	case_open(t, DB_CREATE);
}

static void
what_another_program_made_is_refused_untouched(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;

	behind_its_back(t, "create table invoices (n integer)");
	for (int mode = DB_READ; mode <= DB_CREATE; mode++) {
		e = case_refused(t, (enum db_mode)mode);
		assert_int_equal(e->kind, ERR_INPUT);
		assert_non_null(e->hint);
	}
	assert_false(beside(t, "-wal"));
	assert_false(beside(t, ".lock"));
	if (t->engine == CASE_SQLITE)
		behind_its_back(t, "drop table invoices; pragma application_id = 7");
	if (t->engine == CASE_SQLITE)
		assert_int_equal(case_refused(t, DB_CREATE)->kind, ERR_INPUT);
}

static void
a_text_is_not_a_database(void **state)
{
	struct db_case *t = case_of(state);

	file_of(t, "territory;name\n63113;Clermont-Ferrand\n and enough of it to fill the beginning of a database file, which is "
		   "one hundred bytes long\n");
	assert_int_equal(case_refused(t, DB_READ)->kind, ERR_DAMAGED);
	assert_int_equal(case_refused(t, DB_CREATE)->kind, ERR_DAMAGED);
}

static void
complain(void *to, str text)
{
	(void)text;
	++*(int *)to;
}

/* Bytes of zero over the file from one page on. */
static void
scribble(const struct db_case *t, long from, size_t size)
{
	FILE *f = fopen(t->path, "r+");

	assert_non_null(f);
	fseek(f, from, SEEK_SET);
	for (size_t i = 0; i < size; i++)
		fputc(0x55, f);
	fclose(f);
}

static void
damage_is_said(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;
	struct stat st;
	int lines = 0;

	case_open(t, DB_CREATE);
	db_close(t->db);
	t->db = NULL;
	assert_int_equal(stat(t->path, &st), 0);
	scribble(t, 4096 * 4, 4096 * 8);
	e = db_integrity(case_open(t, DB_READ), complain, &lines);
	if (e != NULL)
		assert_int_equal(e->kind, ERR_DAMAGED);
	assert_true(e != NULL || lines > 0);
	db_close(t->db);
	t->db = NULL;
	assert_int_equal(truncate(t->path, 4096 * 3), 0);
	e = db_open(&t->arena, t->where, DB_READ, &t->db);
	if (e == NULL)
		e = db_integrity(t->db, complain, &lines);
	if (e != NULL)
		assert_int_equal(e->kind, ERR_DAMAGED);
	scribble(t, 20, 80);
	assert_int_equal(case_refused(t, DB_READ)->kind, ERR_DAMAGED);
}

static void
a_broken_reference_is_said(void **state)
{
	struct db_case *t = case_of(state);
	int lines = 0;

	case_open(t, DB_CREATE);
	behind_its_back(t,
	    "pragma foreign_keys = off;"
	    "insert into acts (territory_id, id, ref, action_id, person_id, on_date, kind, version) values (1, 2, 'a', 3, 4, '', '', 1)");
	ok(db_integrity(case_open(t, DB_READ), complain, &lines));
	assert_int_equal(lines, 2);
}

static void
a_newer_one_is_refused(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;

	case_open(t, DB_CREATE);
	behind_its_back(t, "insert into schema_migrations values (9999, 'later', '2030-01-01')");
	for (int mode = DB_READ; mode <= DB_CREATE; mode++) {
		e = case_refused(t, (enum db_mode)mode);
		assert_int_equal(e->kind, ERR_INPUT);
		assert_non_null(strstr(e->what, "newer version"));
		assert_non_null(e->hint);
	}
}

/* Drops all of a kind that a migration makes. */
static void
undo_all(struct buf *b, const char *text, const char *kind, const char *more)
{
	char made[64];

	snprintf(made, sizeof made, "create %s ", kind);
	while ((text = strstr(text, made)) != NULL) {
		text += strlen(made);
		buf_format(b, "drop %s if exists %.*s%s;", strcmp(kind, "unique index") == 0 ? "index" : kind,
		    (int)strcspn(text, " (\n"), text, more);
	}
}

/* The columns that it adds to older tables. */
static void
undo_columns(struct buf *b, const char *text)
{
	static const char table[] = "alter table ", column[] = " add column ";

	while ((text = strstr(text, table)) != NULL) {
		const char *name = text + strlen(table);
		int n = (int)strcspn(name, " "), m;

		text = name + n;
		if (strncmp(text, column, strlen(column)) != 0)
			continue;
		text += strlen(column);
		m = (int)strcspn(text, " ");
		buf_format(b, "alter table %.*s drop column %.*s;", n, name, m, text);
	}
}

/* As it was before a migration: without its views, indexes, tables and columns. */
static void
undo(struct db_case *t, const struct migration *m)
{
	const char *more = t->engine == CASE_SQLITE ? "" : " cascade";
	struct buf b = { 0 };

	buf_add(&b, t->engine == CASE_SQLITE ? S("pragma foreign_keys = off;") : S(""));
	undo_all(&b, m->text, "view", more);
	undo_all(&b, m->text, "index", more);
	undo_all(&b, m->text, "unique index", more);
	undo_all(&b, m->text, "table", more);
	undo_columns(&b, m->text);
	buf_format(&b, "delete from schema_migrations where number = %d", (int)m->number);
	buf_char(&b, '\0');
	behind_its_back(t, b.s);
	buf_release(&b);
}

static void
an_older_one_is_brought_up_to_date_by_a_writer(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;

	for (int mode = DB_WRITE; mode <= DB_CREATE; mode++) {
		case_open(t, DB_CREATE);
		for (size_t i = migration_count; i-- > 1;)
			undo(t, &migrations[i]);
		e = case_refused(t, DB_READ);
		assert_int_equal(e->kind, ERR_INPUT);
		assert_non_null(strstr(e->what, "older version"));
		assert_int_equal(db_schema(case_open(t, (enum db_mode)mode)), migration_last);
		assert_int_equal(case_int(case_open(t, DB_READ), &people), 0);
	}
}

/* Stopped at any moment of its making, a database is finished by the next one who makes it. */
static void
a_half_made_one_is_finished(void **state)
{
	struct db_case *t = case_of(state);
	int status, lines = 0, alive = 0;

	for (int i = 0; i < 40; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			(void)db_open(&t->arena, t->where, DB_CREATE, &t->db);
			_exit(0);
		}
		usleep((useconds_t)(i * 1500));
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		alive += WIFSIGNALED(status);
		case_open(t, DB_CREATE);
		ok(db_integrity(t->db, complain, &lines));
		assert_int_equal(lines, 0);
		assert_int_equal(db_schema(t->db), migration_last);
		db_close(t->db);
		t->db = NULL;
		if (t->engine == CASE_POSTGRES) {
			char text[256];

			snprintf(text, sizeof text, "drop schema %s cascade; create schema %s", t->schema, t->schema);
			case_server_run(text);
		} else {
			unlink(t->path);
		}
	}
	assert_true(alive > 0);
}

static void
names_with_signs_are_only_names(void **state)
{
	static const char *const names[] = { "a b.db", "a?mode=memory", "50%25#x.db", "file:x.db", ":memory", "été.db" };
	struct db_case *t = case_of(state);
	char here[1024], path[1200];

	assert_non_null(getcwd(here, sizeof here));
	assert_int_equal(chdir(t->folder), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(t->where, sizeof t->where, "%s", names[i]);
		case_open(t, DB_CREATE);
		snprintf(path, sizeof path, "%s/%s", t->folder, names[i]);
		assert_int_equal(access(path, F_OK), 0);
		assert_string_equal(db_place(t->db), names[i]);
		case_open(t, DB_READ);
	}
	assert_int_equal(chdir(here), 0);
}

/* Who has no rights: nobody, when the tests run as root. */
static int
as_nobody(struct db_case *t, int (*f)(struct db_case *t))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(99);
		_exit(f(t));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
read_it(struct db_case *t)
{
	struct db_rows rows;
	struct db *db;
	int n = 0;

	if (db_open(&t->arena, t->where, DB_READ, &db) != NULL)
		return 50;
	if (db_read(db, &people, NULL, 0, &rows) != NULL)
		return 51;
	while (db_next(&rows))
		n = (int)db_int(&rows, 0);
	if (db_done(&rows) != NULL)
		return 52;
	db_close(db);
	return n;
}

static int
write_it(struct db_case *t)
{
	struct db *db;
	const struct err *e = db_open(&t->arena, t->where, DB_WRITE, &db);

	return e == NULL ? 60 : (int)e->kind;
}

static void
a_folder_that_cannot_be_written_is_read(void **state)
{
	struct db_case *t = case_of(state);

	snprintf(t->path, sizeof t->path, "%s/50%% ? #.db", t->folder);
	snprintf(t->where, sizeof t->where, "%s", t->path);
	case_open(t, DB_CREATE);
	behind_its_back(t, "insert into people (territory_id, id, ref, version) values (1, 1, 'P1', 1), (1, 2, 'P2', 1)");
	assert_int_equal(chmod(t->path, 0444), 0);
	assert_int_equal(chmod(t->folder, 0555), 0);
	assert_int_equal(as_nobody(t, read_it), 2);
	assert_int_equal(as_nobody(t, write_it), ERR_WORLD);
	assert_false(beside(t, "-shm"));
}

/* Its last rows are in the WAL: read without it, they would be missing without a word. */
static void
a_wal_that_cannot_be_read_is_not_forgotten(void **state)
{
	struct db_case *t = case_of(state);
	char text[600];

	case_open(t, DB_CREATE);
	ok(db_begin_write(t->db));
	ok(db_write(t->db,
	    &(const struct sql){ "p", "insert into people (territory_id, id, ref, version) values (1, 1, 'P1', 1)", NULL }, NULL,
	    0));
	ok(db_end(t->db, NULL));
	snprintf(text, sizeof text,
	    "cd %s && mkdir copy && cp test.db test.db-wal copy && chmod 444 copy/* && chmod 755 . && chmod 555 copy", t->folder);
	assert_int_equal(system(text), 0);
	snprintf(t->where, sizeof t->where, "%s/copy/test.db", t->folder);
	assert_int_equal(as_nobody(t, read_it), 50);
	snprintf(text, sizeof text, "chmod 777 %s/copy", t->folder);
	assert_int_equal(system(text), 0);
	assert_int_equal(as_nobody(t, read_it), 1);
}

static void
never_a_password(const struct err *e)
{
	assert_null(strstr(e->what, "s3cret"));
	assert_true(e->detail == NULL || strstr(e->detail, "s3cret") == NULL);
	assert_true(e->hint == NULL || strstr(e->hint, "s3cret") == NULL);
}

static void
no_message_shows_a_password(void **state)
{
	static const char *const wheres[] = {
		"postgresql://jalon:s3cret@/none?host=/nonexistent",
		"postgresql://jalon@/none?host=/nonexistent&password=s3cret",
		"postgresql://jalon:s3cret@127.0.0.1:1/none",
		"postgres://jalon:s3cret@127.0.0.1:port/none",
		"postgresql://jalon:s3cret@[::1/none",
		"postgresql://jalon:s3c@s3cret:x@/none",
		"postgresql://jalon:s3/s3cret@localhost/none",
		"postgresql://jalon:s3cret%zz@localhost/none",
		"postgresql://jalon@localhost/none?s3cret",
		"postgresql://jalon@localhost/none?passwort=s3cret&",
	};
	struct db_case *t = case_of(state);

	for (size_t i = 0; i < sizeof wheres / sizeof *wheres; i++) {
		snprintf(t->where, sizeof t->where, "%s", wheres[i]);
		never_a_password(case_refused(t, DB_READ));
	}
}

static void
a_server_is_named_without_its_password(void **state)
{
	struct db_case *t = case_of(state);

	strcat(t->where, "&password=s3cret");
	case_open(t, DB_CREATE);
	assert_null(strstr(db_place(t->db), "s3cret"));
	assert_non_null(strstr(db_place(t->db), "postgresql://"));
}

static void
a_lost_server_is_said(void **state)
{
	static const struct sql add = { "add", "insert into keepers (territory_id, made_at) values ($1, 'now')", NULL };
	struct db_case *t = case_of(state);
	struct db_rows rows;
	const struct err *e;

	strcat(t->where, "&application_name=jalon_lost");
	ok(db_begin_write(case_open(t, DB_CREATE)));
	ok(db_write(t->db, &add, DB_PARAMS(db_i(1))));
	case_server_run("do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity"
			" where application_name = 'jalon_lost'; end $$");
	usleep(100 * 1000);
	(void)db_write(t->db, &add, DB_PARAMS(db_i(2)));
	e = db_end(t->db, NULL);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_WORLD);
	assert_non_null(e->hint);
	assert_non_null(db_read(t->db, &people, NULL, 0, &rows));
	assert_non_null(db_begin_write(t->db));
	assert_non_null(db_begin_read(t->db));
	assert_int_equal(case_int(case_open(t, DB_READ), &people), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_new_one_is_made_once_and_belongs_to_its_owner),
		ON_SQLITE(nothing_is_left_beside_a_closed_file),
		ON_SQLITE(memory_needs_no_file),
		ON_BOTH(a_missing_one_is_named_and_not_made),
		ON_SQLITE(a_file_cannot_be_made_anywhere),
		ON_SQLITE(an_empty_file_is_no_database_yet),
		ON_BOTH(what_another_program_made_is_refused_untouched),
		ON_SQLITE(a_text_is_not_a_database),
		ON_SQLITE(damage_is_said),
		ON_SQLITE(a_broken_reference_is_said),
		ON_BOTH(a_newer_one_is_refused),
		ON_BOTH(an_older_one_is_brought_up_to_date_by_a_writer),
		ON_BOTH(a_half_made_one_is_finished),
		ON_SQLITE(names_with_signs_are_only_names),
		ON_SQLITE(a_folder_that_cannot_be_written_is_read),
		ON_SQLITE(a_wal_that_cannot_be_read_is_not_forgotten),
		ON_SQLITE(no_message_shows_a_password),
		ON_POSTGRES(a_server_is_named_without_its_password),
		ON_POSTGRES(a_lost_server_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
