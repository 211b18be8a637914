#include "db_case.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* Disks that refuse. SQLite lets its calls of the system be replaced; its syncs are caught by taking their name. */

static int writes, failing_write, failing_code; /* how many so far, and which one fails; 0: none */
static bool failing_sync;

static ssize_t
refusing_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	if (++writes == failing_write) {
		errno = failing_code;
		return -1;
	}
	return pwrite(fd, bytes, n, at);
}

int fdatasync(int fd);
int
fdatasync(int fd)
{
	if (failing_sync) {
		errno = EIO;
		return -1;
	}
	return fsync(fd);
}

static void
refuse_write(int nth, int code)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	writes = 0;
	failing_write = nth;
	failing_code = code;
	(void)vfs->xSetSystemCall(vfs, "pwrite", nth == 0 ? NULL : (sqlite3_syscall_ptr)refusing_pwrite);
	(void)vfs->xSetSystemCall(vfs, "pwrite64", nth == 0 ? NULL : (sqlite3_syscall_ptr)refusing_pwrite);
}

static const struct sql add = { "add", "insert into facts (name, value) values ($1, $2)", NULL };
static const struct sql count = { "count", "select count(*) from facts", NULL };

/* Three rows that fill some pages: all of them are kept, or none. */
static const struct err *
three_rows(struct db *db, int batch)
{
	static char big[20000];
	const struct err *e = db_begin_write(db);
	char name[32];

	memset(big, 'x', sizeof big);
	if (e != NULL)
		return e;
	for (int i = 0; i < 3 && e == NULL; i++) {
		snprintf(name, sizeof name, "%d/%d", batch, i);
		e = db_write(db, &add, DB_PARAMS(db_s(str_of(name)), db_s((str){ big, sizeof big })));
	}
	return db_end(db, e);
}

static void
no_line(void *to, str text)
{
	(void)to;
	fail_msg("%.*s", STR_ARG(text));
}

/* At each write of a transaction in turn, also those that go from the WAL into the file. */
static void
every_write_may_be_refused(struct db_case *t, int code, enum err_kind kind)
{
	int64_t kept = 0, now;
	int batch = 0, refused = 0;

	case_open(t, DB_CREATE);
	for (int i = 1; i < 4000; i += i < 60 ? 1 : 211) { /* from about 3000 on, those of a checkpoint are among them */
		const struct err *e;

		refuse_write(i, code);
		for (int k = 0; k < 200 && writes < i; k++) { /* until that write has come */
			if ((e = three_rows(t->db, ++batch)) == NULL) {
				kept += 3;
				continue;
			}
			assert_int_equal(e->kind, kind);
			refused++;
		}
		assert_true(writes >= i);
		refuse_write(0, 0);
		case_open(t, DB_WRITE);
		ok(db_integrity(t->db, no_line, NULL));
		now = case_int(t->db, &count);
		/* all that was said to be kept is; what was refused at the very end may be, whole */
		assert_true(now >= kept && now <= kept + 3 && now % 3 == 0);
		kept = now;
	}
	assert_true(refused >= 30);
}

static void
an_input_output_error_loses_nothing(void **state)
{
	every_write_may_be_refused(case_of(state), EIO, ERR_WORLD);
}

static void
a_disk_full_at_any_write_loses_nothing(void **state)
{
	every_write_may_be_refused(case_of(state), ENOSPC, ERR_FULL);
}

/* After it nobody knows what the disk holds, and trying again may succeed without the data being there. */
static void
after_a_failed_sync_nothing_more_is_written(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;

	ok(three_rows(case_open(t, DB_CREATE), 1));
	failing_sync = true;
	e = three_rows(t->db, 2);
	failing_sync = false;
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_WORLD);
	assert_ptr_equal(three_rows(t->db, 3), e);
	assert_true(case_int(t->db, &count) >= 3); /* what was there is read */
	ok(three_rows(case_open(t, DB_WRITE), 4));
	ok(db_integrity(t->db, no_line, NULL));
}

/* Where no disk can be mounted, files that may not grow stand in for it; the system then has another word for it. */
static void
files_may_grow(rlim_t to)
{
	struct rlimit limit;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = to < limit.rlim_max ? to : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* As it happens when the disk is full: an error, nothing written, and all works again with room. */
static void
a_full_disk_is_said(void **state)
{
	struct db_case *t = case_of(state);
	struct buf big = { 0 };
	const struct err *e = NULL;
	char name[32], text[160];
	bool disk;

	snprintf(text, sizeof text, "mount -t tmpfs -o size=3m none %s 2>/dev/null", t->folder);
	disk = geteuid() == 0 && system(text) == 0;
	if (!disk)
		files_may_grow(3 * 1024 * 1024);
	buf_pad(&big, 'x', 50000);
	case_open(t, DB_CREATE);
	for (int i = 0; i < 100 && e == NULL; i++) {
		snprintf(name, sizeof name, "big%d", i);
		if ((e = db_begin_write(t->db)) == NULL)
			e = db_end(t->db, db_write(t->db, &add, DB_PARAMS(db_s(str_of(name)), db_s(buf_str(&big)))));
	}
	assert_non_null(e);
	assert_true(e->kind == ERR_FULL || (!disk && e->kind == ERR_WORLD));
	assert_true(case_int(t->db, &count) > 0); /* what was there is read */
	snprintf(text, sizeof text, "mount -o remount,size=20m %s", t->folder);
	if (disk) {
		assert_int_equal(system(text), 0);
	} else {
		files_may_grow(RLIM_INFINITY);
		case_open(t, DB_WRITE);
	}
	case_write(t->db, &add, DB_PARAMS(db_s(S("after")), db_s(buf_str(&big))));
	buf_release(&big);
}

static int
unmounted(void **state)
{
	struct db_case *t = *state;
	char text[256];

	db_close(t->db);
	t->db = NULL;
	snprintf(text, sizeof text, "umount -l %s 2>/dev/null || true", t->folder);
	return system(text) + case_end(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SQLITE(an_input_output_error_loses_nothing),
		ON_SQLITE(a_disk_full_at_any_write_loses_nothing),
		ON_SQLITE(after_a_failed_sync_nothing_more_is_written),
		{ "a_full_disk_is_said (sqlite)", a_full_disk_is_said, case_start_sqlite, unmounted, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
