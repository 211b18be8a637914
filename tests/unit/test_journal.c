#include "db_case.h"

#include <fcntl.h>
#include <pwd.h>
#include <sodium.h>
#include <sys/stat.h>

#include "db/journal.h"
#include "db/key.h"

static const struct change first = { 63113, { "2026-01-31T12:00:00.000Z", 24 }, { "amélie", 7 }, { "import", 6 } };
static const struct change second = { 63113, { "2026-02-01T12:00:00.000Z", 24 }, { "amélie", 7 }, { NULL, 0 } };

struct found {
	int breaks;
	int64_t territory, seq;
};

static void
note(void *to, int64_t territory, int64_t seq, const char *what)
{
	struct found *f = to;

	assert_non_null(what);
	if (f->breaks++ == 0) {
		f->territory = territory;
		f->seq = seq;
	}
}

static struct found
verified(struct db *db, int64_t rows, int64_t territories)
{
	struct journal_report report;
	struct found f = { 0 };

	ok(journal_verify(db, note, &f, &report));
	assert_int_equal(report.rows, rows);
	assert_int_equal(report.territories, territories);
	return f;
}

static void
add(struct journal *j, const char *entity, int64_t record, enum journal_action action, const char *fields, const char *content)
{
	ok(journal_add(j, &(struct journal_row){ entity, record, 0, action, 1, str_of(fields), str_of(content) }));
}

/* Changes of three rows each. */
static void
changes(struct db *db, int64_t territory, int n)
{
	struct change change = first;
	struct journal j;

	change.territory = territory;
	for (int i = 0; i < n; i++) {
		ok(db_begin_write(db));
		ok(journal_open(db, &change, &j));
		add(&j, "people", i, JOURNAL_INSERT, "*", "ref\tP1\n");
		add(&j, "people", i, JOURNAL_UPDATE, "ref,sex", "ref\tP2\n");
		add(&j, "people", i, JOURNAL_READ, "", "");
		ok(db_end(db, NULL));
	}
}

static void
known_key(struct db_case *t, struct db *db)
{
	static const struct sql name = { "name", "insert into facts (name, value) values ('name', $1)", NULL };
	char path[128], value[65];
	FILE *f;

	snprintf(path, sizeof path, "%s/key", t->folder);
	f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 32; i++)
		fprintf(f, "%02x", (unsigned)i);
	fputc('\n', f);
	fclose(f);
	assert_int_equal(chmod(path, 0600), 0);
	for (int i = 0; i < 64; i++)
		value[i] = i % 2 == 0 ? 'a' : 'b';
	value[64] = '\0';
	case_write(db, &name, DB_PARAMS(db_s(str_of(value))));
}

/* The hashes were computed by another program, from the layout that journal.c tells. */
static void
hashes_are_those_of_the_layout(void **state)
{
	static const char *const expected[] = {
		"12248ff9f37a4dfc5fc0e0cde65456b9ac839ad10ed88b3f40b0fd5be67753a7",
		"25df1d8f07977447c2510fb9cbe1e48be96e974dc1c6ecd33cc80963342ec3cd",
		"02294a06917d88f7f786b735b252b429226c1325889763847f8c1e948f340684",
	};
	static const struct sql hashes = { "hashes", "select hash from journal order by seq", NULL };
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	struct db_rows rows;
	struct journal j;
	char hex[65];

	known_key(t, db);
	ok(db_begin_write(db));
	ok(journal_open(db, &first, &j));
	add(&j, "people", 7, JOURNAL_INSERT, "*", "ref\tP1\n");
	ok(journal_add(
	    &j, &(struct journal_row){ "attendances", 8, -9, JOURNAL_UPDATE, 2, S("minutes,excused"), S("minutes\t90\n") }));
	ok(db_end(db, NULL));
	ok(db_begin_write(db));
	ok(journal_open(db, &second, &j));
	add(&j, "people", 7, JOURNAL_READ, "", "");
	ok(db_end(db, NULL));
	ok(db_read(db, &hashes, NULL, 0, &rows));
	for (int i = 0; i < 3; i++) {
		assert_true(db_next(&rows));
		sodium_bin2hex(hex, sizeof hex, (const unsigned char *)db_blob(&rows, 0).s, HASH_SIZE);
		assert_string_equal(hex, expected[i]);
	}
	assert_false(db_next(&rows));
	ok(db_done(&rows));
	assert_int_equal(verified(db, 3, 1).breaks, 0);
}

static void
a_chain_goes_on_from_change_to_change(void **state)
{
	struct db_case *t = case_of(state);

	changes(case_open(t, DB_CREATE), 63113, 3);
	changes(case_open(t, DB_WRITE), 63113, 2);
	changes(t->db, 63300, 1);
	assert_int_equal(verified(case_open(t, DB_READ), 18, 2).breaks, 0);
}

static void
an_empty_journal_holds(void **state)
{
	struct db_case *t = case_of(state);

	assert_int_equal(verified(case_open(t, DB_CREATE), 0, 0).breaks, 0);
}

static void
no_change_leaves_no_trace(void **state)
{
	static const struct sql count = { "count", "select count(*) from changes", NULL };
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	struct journal j;

	ok(db_begin_write(db));
	ok(journal_open(db, &first, &j));
	ok(db_end(db, NULL));
	assert_int_equal(case_int(db, &count), 0);
	ok(db_begin_write(db));
	ok(journal_open(db, &first, &j));
	add(&j, "people", 1, JOURNAL_INSERT, "*", "x");
	ok(db_rollback(db));
	assert_int_equal(case_int(db, &count), 0);
	changes(db, 63113, 2);
	assert_int_equal(verified(db, 6, 1).breaks, 0);
}

static void
a_digest_tells_contents_apart_and_hides_them(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	unsigned char a[DIGEST_SIZE], b[DIGEST_SIZE], plain[DIGEST_SIZE];
	struct journal j;

	ok(db_begin_write(db));
	ok(journal_open(db, &first, &j));
	journal_digest(&j, S("sex\tF\n"), a);
	journal_digest(&j, S("sex\tM\n"), b);
	assert_memory_not_equal(a, b, DIGEST_SIZE);
	journal_digest(&j, S("sex\tF\n"), b);
	assert_memory_equal(a, b, DIGEST_SIZE);
	crypto_generichash(plain, DIGEST_SIZE, (const unsigned char *)"sex\tF\n", 6, NULL, 0);
	assert_memory_not_equal(a, plain, DIGEST_SIZE); /* without the key nobody can try the two sexes */
	ok(db_rollback(db));
}

/* Every way to touch a journal of 2 territories, 3 changes each, 3 rows a change, and the first row where it shows. */
struct tampering {
	const char *sql;
	int64_t seq;
	int breaks;
};
static const struct tampering tamperings[] = {
	{ "update journal set territory_id = 63114 where territory_id = 63113 and seq = 5", 6, 2 },
	{ "update journal set seq = 100 where territory_id = 63113 and seq = 9", 100, 1 },
	{ "update journal set seq = -5 where territory_id = 63113 and seq = 5", -5, 3 },
	{ "update journal set change_id = 1 where territory_id = 63113 and seq = 5", 5, 2 },
	{ "update journal set change_id = 3 where territory_id = 63113 and seq = 6", 6, 2 },
	{ "update journal set change_id = 77 where territory_id = 63113 and seq = 5", 5, 2 },
	{ "update journal set entity = 'acts' where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set record_id = 77 where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set part_id = 1 where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set action = 'insert' where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set version = 2 where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set fields = 'ref,se,x' where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set fields = '' where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set digest = $1 where territory_id = 63113 and seq = 5", 5, 1 },
	{ "update journal set hash = $1 where territory_id = 63113 and seq = 5", 5, 2 },
	{ "update journal set hash = $1 where territory_id = 63113 and seq = 9", 9, 1 },
	{ "update journal set hash = (select hash from journal where territory_id = 63113 and seq = 4)"
	  " where territory_id = 63113 and seq = 5",
	    5, 2 },
	{ "delete from journal where territory_id = 63113 and seq = 1", 2, 1 },
	{ "delete from journal where territory_id = 63113 and seq = 5", 6, 1 },
	{ "delete from journal where territory_id = 63113 and change_id = 2", 7, 2 },
	{ "delete from journal where territory_id = 63113 and change_id = 3", 0, 1 },
	{ "delete from journal where territory_id = 63113", 0, 3 },
	{ "delete from changes where territory_id = 63113 and id = 2", 4, 1 },
	{ "update changes set at = '2026-01-31T12:00:00.001Z' where territory_id = 63113 and id = 2", 4, 1 },
	{ "update changes set at = '' where territory_id = 63113 and id = 2", 4, 1 },
	{ "update changes set actor = 'amelie' where territory_id = 63113 and id = 2", 4, 1 },
	{ "update changes set actor = 'améliei', cause = 'mport' where territory_id = 63113 and id = 2", 4, 1 },
	{ "update changes set cause = 'demo' where territory_id = 63113 and id = 2", 4, 1 },
	{ "update changes set id = 77 where territory_id = 63113 and id = 2", 4, 2 },
	{ "update changes set territory_id = 63114 where territory_id = 63113 and id = 2", 4, 2 },
	{ "insert into changes (territory_id, id, at, actor, cause) values (63113, 4, '', '', '')", 0, 1 },
};

static void
every_tampering_is_found_where_it_is(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	const str other = S("0123456789abcdef");

	changes(db, 63113, 3);
	changes(db, 63300, 3);
	for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
		const struct tampering *way = &tamperings[i];
		struct sql *sql = ARENA_NEW(&t->arena, struct sql);
		struct journal_report report;
		struct found f = { 0 };

		*sql = (struct sql){ "tamper", way->sql, NULL };
		ok(db_begin_write(db));
		ok(db_write(db, sql, (const struct db_value[]){ db_b(other) }, strstr(way->sql, "$1") != NULL));
		ok(journal_verify(db, note, &f, &report));
		ok(db_rollback(db));
		if (f.breaks != way->breaks || f.seq != way->seq)
			fail_msg("%s: %d breaks, the first at %lld", way->sql, f.breaks, (long long)f.seq);
	}
	assert_int_equal(verified(db, 18, 2).breaks, 0);
}

/* Two rows that change places, though each is one that was written. */
static void
rows_cannot_change_places(void **state)
{
	static const struct sql away = { "1", "update journal set seq = 1000 where territory_id = 63113 and seq = 5", NULL };
	static const struct sql down = { "2", "update journal set seq = 5 where territory_id = 63113 and seq = 6", NULL };
	static const struct sql up = { "3", "update journal set seq = 6 where territory_id = 63113 and seq = 1000", NULL };
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	struct journal_report report;
	struct found f = { 0 };

	changes(db, 63113, 3);
	ok(db_begin_write(db));
	ok(db_write(db, &away, NULL, 0));
	ok(db_write(db, &down, NULL, 0));
	ok(db_write(db, &up, NULL, 0));
	ok(journal_verify(db, note, &f, &report));
	ok(db_rollback(db));
	assert_int_equal(f.breaks, 3);
	assert_int_equal(f.seq, 5);
}

/* ---- the key ---- */

static void
key_in(struct db_case *t, const char *name)
{
	char path[160];

	snprintf(path, sizeof path, "%s/%s", t->folder, name);
	setenv("JALON_KEY", path, 1);
}

static void
the_key_is_made_once_for_its_owner_alone(void **state)
{
	struct db_case *t = case_of(state);
	unsigned char a[KEY_SIZE], b[KEY_SIZE];
	struct stat st;

	key_in(t, "deep/down/key");
	assert_int_equal(key_read(&t->arena, false, a)->kind, ERR_NOTFOUND);
	ok(key_read(&t->arena, true, a));
	ok(key_read(&t->arena, false, b));
	assert_memory_equal(a, b, KEY_SIZE);
	assert_int_equal(stat(getenv("JALON_KEY"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, 65);
	key_in(t, "deep");
	assert_int_equal(key_read(&t->arena, true, a)->kind, ERR_DAMAGED); /* a folder */
}

static void
the_key_has_its_place_in_the_home(void **state)
{
	struct db_case *t = case_of(state);
	unsigned char key[KEY_SIZE];
	const struct err *e;
	char path[160];

	unsetenv("JALON_KEY");
	setenv("HOME", t->folder, 1);
	unsetenv("XDG_CONFIG_HOME");
	ok(key_read(&t->arena, true, key));
	snprintf(path, sizeof path, "%s/.config/jalon/key", t->folder);
	assert_int_equal(access(path, R_OK), 0);
	snprintf(path, sizeof path, "%s/elsewhere", t->folder);
	setenv("XDG_CONFIG_HOME", path, 1);
	ok(key_read(&t->arena, true, key));
	snprintf(path, sizeof path, "%s/elsewhere/jalon/key", t->folder);
	assert_int_equal(access(path, R_OK), 0);
	/* A service started without its environment: the account's own home is asked, and nothing is made there by this test. */
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	e = key_read(&t->arena, false, key);
	assert_true(e == NULL || strstr(e->what, getpwuid(geteuid())->pw_dir) != NULL);
}

static void
a_bad_key_file_is_said(void **state)
{
	struct db_case *t = case_of(state);
	unsigned char key[KEY_SIZE];
	int fd;

	ok(key_read(&t->arena, true, key));
	assert_int_equal(chmod(getenv("JALON_KEY"), 0644), 0);
	assert_int_equal(key_read(&t->arena, true, key)->kind, ERR_INPUT);
	assert_int_equal(chmod(getenv("JALON_KEY"), 0600), 0);
	assert_int_equal(truncate(getenv("JALON_KEY"), 63), 0);
	assert_int_equal(key_read(&t->arena, true, key)->kind, ERR_DAMAGED);
	assert_int_equal(truncate(getenv("JALON_KEY"), 0), 0);
	assert_int_equal(key_read(&t->arena, true, key)->kind, ERR_DAMAGED);
	fd = open(getenv("JALON_KEY"), O_WRONLY);
	assert_int_equal(write(fd, "zz", 2), 2);
	close(fd);
	assert_int_equal(truncate(getenv("JALON_KEY"), 65), 0);
	assert_int_equal(key_read(&t->arena, true, key)->kind, ERR_DAMAGED);
}

static void
eight_processes_make_one_key(void **state)
{
	struct db_case *t = case_of(state);
	unsigned char key[KEY_SIZE], theirs[KEY_SIZE];
	int ends[2], status;

	assert_int_equal(pipe(ends), 0);
	for (int i = 0; i < 8; i++) {
		if (fork() == 0) {
			bool good = key_read(&t->arena, true, key) == NULL && write(ends[1], key, KEY_SIZE) == KEY_SIZE;

			_exit(good ? 0 : 1);
		}
	}
	for (int i = 0; i < 8; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	ok(key_read(&t->arena, false, key));
	for (int i = 0; i < 8; i++) {
		assert_int_equal(read(ends[0], theirs, KEY_SIZE), KEY_SIZE);
		assert_memory_equal(theirs, key, KEY_SIZE);
	}
	close(ends[0]);
	close(ends[1]);
}

static void
another_key_is_refused(void **state)
{
	struct db_case *t = case_of(state);
	struct journal j;
	const struct err *e;

	changes(case_open(t, DB_CREATE), 63113, 1);
	key_in(t, "other");
	ok(db_begin_write(case_open(t, DB_WRITE)));
	e = journal_open(t->db, &first, &j);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_NOTFOUND); /* a new one would not fit, so none is made */
	ok(db_rollback(t->db));
	assert_int_equal(access(getenv("JALON_KEY"), F_OK), -1);

	ok(key_read(&t->arena, true, j.key));
	ok(db_begin_write(t->db));
	e = journal_open(t->db, &first, &j);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_INPUT);
	ok(db_rollback(t->db));
	key_in(t, "key");
	changes(t->db, 63113, 1);
	assert_int_equal(verified(t->db, 6, 1).breaks, 0);
}

static void
the_key_is_asked_once_a_connection(void **state)
{
	struct db_case *t = case_of(state);
	unsigned char a[32], b[32];

	changes(case_open(t, DB_CREATE), 63113, 1);
	ok(journal_key(case_open(t, DB_READ), a));
	key_in(t, "gone");
	ok(journal_key(t->db, b));
	assert_memory_equal(a, b, 32);
}

static void
a_rolled_back_first_change_takes_its_key_along(void **state)
{
	struct db_case *t = case_of(state);
	struct journal j;

	ok(db_begin_write(case_open(t, DB_CREATE)));
	ok(journal_open(t->db, &first, &j));
	ok(db_rollback(t->db));
	changes(t->db, 63113, 2);
	changes(case_open(t, DB_WRITE), 63113, 2);
	assert_int_equal(verified(t->db, 12, 1).breaks, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(hashes_are_those_of_the_layout),
		ON_BOTH(a_chain_goes_on_from_change_to_change),
		ON_BOTH(an_empty_journal_holds),
		ON_BOTH(no_change_leaves_no_trace),
		ON_SQLITE(a_digest_tells_contents_apart_and_hides_them),
		ON_BOTH(every_tampering_is_found_where_it_is),
		ON_BOTH(rows_cannot_change_places),
		ON_SQLITE(the_key_is_made_once_for_its_owner_alone),
		ON_SQLITE(the_key_has_its_place_in_the_home),
		ON_SQLITE(a_bad_key_file_is_said),
		ON_SQLITE(eight_processes_make_one_key),
		ON_BOTH(another_key_is_refused),
		ON_BOTH(the_key_is_asked_once_a_connection),
		ON_BOTH(a_rolled_back_first_change_takes_its_key_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
