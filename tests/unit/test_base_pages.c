/* The database on screen: verified, backed up, downloaded, brought back; and the sealed file by itself. */
#include "app_case.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "db/journal.h"
#include "upkeep/backup.h"
#include "upkeep/check.h"
#include "web/req.h"

static void
begin(struct app_case *c, struct db_case *t, const char *role)
{
	with_city(t);
	app_case_open(c, t);
	app_as(c, role, NULL);
}

static const char *
path(struct db_case *t, const char *name)
{
	return str_format(&t->arena, "%s/%s", t->folder, name).s;
}

static str
whole(struct db_case *t, const char *file)
{
	return get_file(&t->arena, file);
}

static void
put(const char *file, str bytes)
{
	FILE *f = fopen(file, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.s, 1, bytes.len, f), bytes.len);
	assert_int_equal(fclose(f), 0);
}

static int64_t
made(struct db_case *t, const char *file)
{
	int64_t bytes = 0;
	bool left = true;

	ok(backup_make(t->db, &t->arena, file, NULL, &bytes, &left));
	assert_false(left);
	return bytes;
}

static void
refused(struct db_case *t, const char *from, const char *to, enum err_kind kind)
{
	const struct err *e = backup_restore(&t->arena, from, to);

	assert_non_null(e);
	assert_int_equal(e->kind, kind);
	assert_int_not_equal(access(to, F_OK), 0);
	assert_int_not_equal(access(str_format(&t->arena, "%s.part", to).s, F_OK), 0);
}

/* How many files of the folder begin so. */
static int
case_files(struct db_case *t, const char *begins)
{
	DIR *folder = opendir(t->folder);
	struct dirent *entry;
	int n = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		n += strncmp(entry->d_name, begins, strlen(begins)) == 0;
	closedir(folder);
	return n;
}

/* ---- the sealed file ---- */

static void
ignore_line(void *to, str line)
{
	(void)to;
	(void)line;
}

static void
ignore_part(void *to, str words, int64_t n)
{
	(void)to;
	(void)words;
	(void)n;
}

static int64_t
broken_in(struct db_case *t, const char *file)
{
	const struct check ask = { .found = ignore_line, .part = ignore_part, .settle = ignore_line };
	struct check_report report;
	struct db *db;

	ok(db_open(&t->arena, file, DB_READ, &db));
	ok(check_run(db, &t->arena, &ask, &report));
	assert_int_equal(report.parts, CHECK_PARTS);
	db_close(db);
	return report.found;
}

static void
a_backup_comes_back_as_it_was(void **state)
{
	struct db_case *t = case_of(state);
	const char *file = path(t, "b"), *again = path(t, "again.db");
	struct stat st;
	int64_t bytes;
	str sealed;

	with_city(t);
	bytes = made(t, file);
	assert_int_equal(bytes, (int64_t)whole(t, file).len);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	sealed = whole(t, file);
	assert_null(memmem(sealed.s, sealed.len, "Noori", 5));
	assert_null(memmem(sealed.s, sealed.len, "SQLite", 6));
	assert_int_not_equal(access(path(t, "b.copy"), F_OK), 0);
	assert_int_not_equal(access(path(t, "b.part"), F_OK), 0);
	ok(backup_restore(&t->arena, file, again));
	assert_int_equal(broken_in(t, again), 0);
	assert_non_null(backup_restore(&t->arena, file, again)); /* nothing is written over */
	assert_int_equal(broken_in(t, again), 0);
}

/* Cut at every piece, and one bit of each part changed. */
static void
a_damaged_backup_is_refused(void **state)
{
	static const size_t at[] = { 3, 20, 79, 85, 104, 110, 70000, 140000 };
	struct db_case *t = case_of(state);
	const char *file = path(t, "b"), *bad = path(t, "bad"), *to = path(t, "again.db");
	str sealed;

	with_city(t);
	(void)made(t, file);
	sealed = whole(t, file);
	assert_true(sealed.len > 150000);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		char *copy = arena_copy(&t->arena, sealed.s, sealed.len);

		copy[at[i]] ^= 1;
		put(bad, (str){ copy, sealed.len });
		refused(t, bad, to, at[i] > 70000 - 1 ? ERR_DAMAGED : ERR_INPUT);
		put(bad, (str){ sealed.s, at[i] });
		refused(t, bad, to, at[i] > 70000 - 1 ? ERR_DAMAGED : ERR_INPUT);
	}
	put(bad, str_format(&t->arena, "%.*s", 0, ""));
	refused(t, bad, to, ERR_INPUT);
	put(bad, (str){ arena_alloc(&t->arena, sealed.len + 1), sealed.len + 1 });
	refused(t, bad, to, ERR_INPUT);
	put(bad, sealed);
	{
		FILE *f = fopen(bad, "ab");

		assert_non_null(f);
		assert_int_equal(fputc('x', f), 'x');
		fclose(f);
	}
	refused(t, bad, to, ERR_DAMAGED);
}

static void
another_key_opens_nothing(void **state)
{
	struct db_case *t = case_of(state);
	const char *file = path(t, "b"), *key = path(t, "other"), *to = path(t, "again.db");

	with_city(t);
	(void)made(t, file);
	put(key, S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"));
	assert_int_equal(chmod(key, 0600), 0);
	setenv("JALON_KEY", key, 1);
	refused(t, file, to, ERR_INPUT);
	setenv("JALON_KEY", path(t, "none"), 1);
	refused(t, file, to, ERR_NOTFOUND);
	setenv("JALON_KEY", path(t, "key"), 1);
}

static bool
leaves(void *to, int64_t done, int64_t total)
{
	(void)total;
	return done < *(int64_t *)to;
}

static void
a_backup_that_is_stopped_leaves_nothing(void **state)
{
	struct db_case *t = case_of(state);
	const char *file = path(t, "b");
	int64_t bytes, at[] = { 0, 1, 100000 };
	bool left;

	with_city(t);
	for (int i = 0; i < 3; i++) {
		const struct watch watch = { .go_on = leaves, .to = &at[i] };

		left = false;
		ok(backup_make(t->db, &t->arena, file, &watch, &bytes, &left));
		assert_true(left);
		assert_int_not_equal(access(file, F_OK), 0);
		assert_int_not_equal(access(path(t, "b.copy"), F_OK), 0);
		assert_int_not_equal(access(path(t, "b.part"), F_OK), 0);
	}
	put(file, S("mine"));
	assert_non_null(backup_make(t->db, &t->arena, file, NULL, &bytes, &left));
	assert_true(str_is(whole(t, file), "mine"));
}

static void
a_server_copies_itself(void **state)
{
	struct db_case *t = case_of(state);
	int64_t bytes;
	bool left;
	const struct err *e;

	with_city(t);
	e = backup_make(t->db, &t->arena, path(t, "b"), NULL, &bytes, &left);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_INPUT);
	assert_int_not_equal(access(path(t, "b"), F_OK), 0);
	assert_int_not_equal(access(path(t, "b.copy"), F_OK), 0);
}

/* ---- the page ---- */

static void
the_state_is_said_in_words(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "administrator");
	app_page(&c, "/base");
	app_shows(&c, "never");
	app_shows(&c, "Print of the journal");
	app_shows(&c, c.t->engine == CASE_POSTGRES ? "a PostgreSQL server" : "a file of this server");
	if (c.t->engine == CASE_POSTGRES) {
		app_shows(&c, "pg_dump");
		app_hides(&c, "Back up now");
		assert_int_equal(app_post(&c, "/base/sauvegarde", ""), 404);
	} else {
		app_shows(&c, "jalon restore");
		app_shows(&c, "Back up now");
	}
	assert_int_equal(app_post(&c, "/base/sauvegarde/fichier", ""), 404);
	app_as(&c, "coordinator", NULL);
	app_refuses(&c, 403, "/base");
	assert_int_equal(app_post(&c, "/base/verification", ""), 403);
	assert_int_equal(app_post(&c, "/base/sauvegarde", ""), 403);
	assert_int_equal(app_post(&c, "/base/sauvegarde/fichier", ""), 403);
	app_case_close(&c);
}

static void
a_verification_tells_what_does_not_hold(void **state)
{
	struct app_case c;
	const char *place;

	begin(&c, case_of(state), "administrator");
	assert_int_equal(app_post(&c, "/base/verification", ""), 303);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, "/base");
	app_shows(&c, "everything holds");
	behind(c.t, "update organisations set name = 'x' where ref = 'op'");
	assert_int_equal(app_post(&c, "/base/verification", ""), 303);
	place = app_place(&c);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, place);
	app_shows(&c, "1 thing does not hold.");
	app_shows(&c, "is not what was written");
	app_hides(&c, "Operateur");
	app_page(&c, "/base");
	app_shows(&c, "it does not hold");
	app_case_close(&c);
}

static void
a_backup_is_made_and_downloaded(void **state)
{
	struct app_case c;
	const char *file, *again, *place;
	int64_t first;
	str got;
	char *bytes;

	begin(&c, case_of(state), "administrator");
	file = path(c.t, "taken");
	again = path(c.t, "again.db");
	assert_int_equal(app_post(&c, "/base/sauvegarde", ""), 303);
	place = app_place(&c);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, place);
	app_shows(&c, "The backup is ready");
	app_page(&c, "/base");
	app_shows(&c, "Download the last backup");
	assert_int_equal(app_post(&c, "/base/sauvegarde/fichier", ""), 200);
	assert_true(c.out.file >= 0);
	first = lseek(c.out.file, 0, SEEK_END);
	bytes = arena_alloc(&c.t->arena, (size_t)first);
	assert_int_equal(pread(c.out.file, bytes, (size_t)first, 0), first);
	close(c.out.file);
	got = (str){ bytes, (size_t)first };
	put(file, got);
	ok(backup_restore(&c.t->arena, file, again));
	assert_int_equal(broken_in(c.t, again), 0);
	assert_int_equal(rows_of(c.t, "journal where entity = 'backups' and action = 'read'"), 1);
	/* the next one takes its place */
	assert_int_equal(app_post(&c, "/base/sauvegarde", ""), 303);
	assert_int_equal(app_job(c.app), APP_DONE);
	assert_int_equal(case_files(c.t, "backup-"), 1);
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SQLITE(a_backup_comes_back_as_it_was),
		ON_SQLITE(a_damaged_backup_is_refused),
		ON_SQLITE(another_key_opens_nothing),
		ON_SQLITE(a_backup_that_is_stopped_leaves_nothing),
		ON_POSTGRES(a_server_copies_itself),
		ON_BOTH(the_state_is_said_in_words),
		ON_BOTH(a_verification_tells_what_does_not_hold),
		ON_SQLITE(a_backup_is_made_and_downloaded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
