/* The embedded engine: its errors, and how a file is recognised, made, opened and closed. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "db/lite.h"

enum { APPLICATION = 0x4a616c6f }; /* "Jalo" */

static const char restore_hint[] = N_("Keep this file aside, and restore the last backup.");

/* SQLite's words, for the detail: they name tables and files, never values. */
const struct err *
lite_failure(struct db *db, int code, const char *name)
{
	struct lite *own = db->own;
	const char *words = own->c == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(own->c);
	const struct err *e;

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		bug_oom(0);
	case SQLITE_CONSTRAINT:
	case SQLITE_MISUSE:
	case SQLITE_RANGE:
	case SQLITE_MISMATCH:
		bug("%s: %s", name, words);
	case SQLITE_FULL:
		return db_err(db, ERR_FULL, tr("There is no space left for %s."), words,
		    tr("Free some space on the disk, then try again; nothing was changed."));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return db_err(
		    db, ERR_BUSY, tr("Another program holds %s."), words, tr("Wait until it has finished, then try again."));
	case SQLITE_CORRUPT:
		return db_err(db, ERR_DAMAGED, tr("%s is damaged."), words, tr(restore_hint));
	case SQLITE_NOTADB:
		return db_err(db, ERR_DAMAGED, tr("%s is not a database, or its beginning is damaged."), words, tr(restore_hint));
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return db_err(
		    db, ERR_WORLD, tr("%s cannot be written."), words, tr("Check the rights on this file and on its folder."));
	case SQLITE_CANTOPEN:
		return db_err(
		    db, ERR_WORLD, tr("%s cannot be opened."), words, tr("Check the rights on this file and on its folder."));
	case SQLITE_ERROR:
	case SQLITE_SCHEMA:
		return db_err_statement(db, &(struct sql){ .name = name }, words);
	default:
		break;
	}
	/* After a failed write or sync nobody knows what reached the disk: nothing more is written through here. */
	e = db_err(db, ERR_WORLD, tr("The disk refused to read or to write %s."), words,
	    tr("Look at the state of this disk first; then see whether the last change was kept before doing it again."));
	if ((code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_READ)
		db->broken = e;
	return e;
}

const struct err *
lite_run(struct db *db, const char *text)
{
	struct lite *own = db->own;
	int code = sqlite3_exec(own->c, text, NULL, NULL, NULL);

	return code == SQLITE_OK ? NULL : lite_failure(db, code, "script");
}

const struct err *
lite_one_int(struct db *db, const char *text, int64_t *to)
{
	struct lite *own = db->own;
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(own->c, text, -1, &stmt, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
		*to = sqlite3_column_int64(stmt, 0);
		code = SQLITE_OK;
	}
	if (code != SQLITE_OK) {
		const struct err *e = lite_failure(db, code, text);

		sqlite3_finalize(stmt);
		return e;
	}
	sqlite3_finalize(stmt);
	return NULL;
}

static bool
writable(const char *path)
{
	return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

static bool
folder_writable(struct db *db, const char *path)
{
	return writable(dirname((char *)(uintptr_t)str_format(db->arena, "%s", path).s));
}

static off_t
file_size(struct db *db, const char *path, const char *ending)
{
	struct stat st;

	return stat(str_format(db->arena, "%s%s", path, ending).s, &st) == 0 ? st.st_size : -1;
}

/* A new file is made here first, for its owner alone: it will hold what people told about themselves. */
static const struct err *
file_ready(struct db *db, const char *path)
{
	struct stat st;
	int fd;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return db_err(db, ERR_INPUT, tr("%s is not a file."), NULL, tr("Name the database itself."));
	if (stat(path, &st) == 0)
		return NULL;
	if (errno == ENOENT && db->mode == DB_CREATE && folder_writable(db, path)) {
		/* O_EXCL: closing a file that SQLite has open elsewhere in this process would drop its locks. */
		fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd >= 0)
			close(fd);
		if (fd >= 0 || errno == EEXIST)
			return NULL;
	}
	if (errno == ENOENT && db->mode != DB_CREATE)
		return db_err(db, ERR_NOTFOUND, tr("There is no database %s."), NULL,
		    tr("Name it with --database, or make it with “jalon import” or “jalon demo”."));
	return err_system(db->arena, errno, str_format(db->arena, tr("%s cannot be made."), db->place).s);
}

/* The whole path, links followed: it never begins with a word that SQLite gives a meaning to. */
static const struct err *
path_found(struct db *db, const char *where)
{
	struct lite *own = db->own;
	char *path = realpath(where, NULL);

	if (path == NULL)
		return err_system(db->arena, errno, str_format(db->arena, tr("%s cannot be opened."), db->place).s);
	own->path = str_z(db->arena, str_of(path));
	free(path);
	return NULL;
}

/* What SQLite is asked to open. A database in WAL mode wants to write beside itself even to read; where nobody can write
 * (a CD, a snapshot) the file cannot change either, and SQLite is told so. With a WAL left beside it, it must not be. */
static const char *
name_for_sqlite(struct db *db, const char *path, int *flags)
{
	struct buf b = { 0 };
	const char *uri;

	*flags = db->mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (db->mode != DB_READ || folder_writable(db, path) || file_size(db, path, "-shm") >= 0 ||
	    file_size(db, path, "-wal") > 0)
		return path;
	*flags |= SQLITE_OPEN_URI;
	buf_add(&b, S("file:"));
	for (const char *p = path; *p != '\0'; p++) {
		if (strchr("%?#", *p) != NULL)
			buf_format(&b, "%%%02x", (unsigned char)*p);
		else
			buf_char(&b, *p);
	}
	buf_add(&b, S("?immutable=1"));
	uri = str_z(db->arena, buf_str(&b));
	buf_release(&b);
	return uri;
}

static int
wal_grew(void *to, sqlite3 *c, const char *name, int pages)
{
	(void)c, (void)name;
	((struct lite *)to)->wal_pages = pages;
	return SQLITE_OK;
}

/* What every connection wants. Double quotes never make a text, as on PostgreSQL; LIKE tells capitals apart, as there.
 * No mmap: it made reads a tenth faster at best, and a disk error would kill the program instead of being told. */
static const struct err *
settings(struct db *db)
{
	struct lite *own = db->own;
	const struct err *e;

	sqlite3_extended_result_codes(own->c, 1);
	sqlite3_busy_timeout(own->c, db_patience_ms);
	sqlite3_db_config(own->c, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(own->c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(own->c, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(own->c, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (lite_gather_register(own) != SQLITE_OK)
		return lite_failure(db, SQLITE_NOMEM, "gather");
	sqlite3_wal_hook(own->c, wal_grew, own); /* takes the place of SQLite's automatic checkpoints */
	e = lite_run(db, "pragma trusted_schema = off; pragma foreign_keys = on; pragma case_sensitive_like = on;"
			 "pragma cell_size_check = on; pragma synchronous = full; pragma temp_store = file;"
			 "pragma journal_size_limit = 67108864");
	/* Reading follows an index and meets few pages twice; an import meets them all. */
	return e != NULL ? e : lite_run(db, db->mode == DB_READ ? "pragma cache_size = -16384" : "pragma cache_size = -65536");
}

/* Ours, or nobody's yet: nothing is touched before this is known. */
static const struct err *
recognise(struct db *db)
{
	int64_t application = 0, things = 0;
	const struct err *e = lite_one_int(db, "pragma application_id", &application);

	if (e == NULL)
		e = lite_one_int(db, "select count(*) from sqlite_schema", &things);
	db->empty = things == 0;
	if (e == NULL && application != APPLICATION && (application != 0 || things > 0))
		e = db_err(db, ERR_INPUT, tr("%s is a database of another program."), NULL,
		    tr("Name the database of Jalon, or a new file."));
	return e;
}

/* Under the lock: going over to WAL wants the file alone. */
static const struct err *
prepare_writing(struct db *db)
{
	struct lite *own = db->own;
	const struct err *e;

	if (sqlite3_db_readonly(own->c, "main") == 1)
		return lite_failure(db, SQLITE_READONLY, "open");
	if ((e = lock_open(db, own->path, &own->lock)) != NULL || (e = lock_take(db, own->lock)) != NULL)
		return e;
	e = lite_run(db, "pragma journal_mode = wal");
	lock_drop(own->lock);
	return e;
}

const struct err *
lite_open(struct db *db, const char *where)
{
	struct lite *own = calloc(1, sizeof *own);
	const bool memory = strcmp(where, ":memory:") == 0;
	const struct err *e = NULL;
	const char *name = where;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, code, seed;

	if (own == NULL)
		bug_oom(sizeof *own);
	db->own = own;
	own->lock = -1;
	db->place = str_z(db->arena, str_of(where));
	if (!memory) {
		if ((e = file_ready(db, where)) != NULL || (e = path_found(db, where)) != NULL)
			return e;
		name = name_for_sqlite(db, own->path, &flags);
	}
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* before the first connection; refused afterwards */
	code = sqlite3_open_v2(name, &own->c, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK)
		return lite_failure(db, code, "open");
	sqlite3_randomness(sizeof seed, &seed); /* reads its source now: a process that is confined later could not */
	if ((e = settings(db)) != NULL || (e = recognise(db)) != NULL)
		return e;
	return memory || db->mode == DB_READ ? NULL : prepare_writing(db);
}

const struct err *
lite_claim(struct db *db)
{
	return lite_run(db, str_format(db->arena, "pragma application_id = %d", (int)APPLICATION).s);
}

/* The last one to leave writes the WAL into the file and removes it, as SQLite does by itself, but under the lock. */
void
lite_close(struct db *db)
{
	struct lite *own = db->own;

	for (size_t i = 0; i < LITE_BUCKETS; i++) {
		for (struct lite_statement *s = own->bucket[i], *next; s != NULL; s = next) {
			next = s->next;
			sqlite3_finalize(s->stmt);
			free(s);
		}
	}
	(void)sqlite3_finalize(own->begin); /* NULL is fine */
	(void)sqlite3_finalize(own->moment);
	(void)sqlite3_finalize(own->commit);
	lite_gather_release(own);
	if (own->lock >= 0 && db->broken == NULL && lock_try(own->lock))
		sqlite3_db_config(own->c, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	if (sqlite3_close(own->c) != SQLITE_OK)
		bug("a statement was left open");
	if (own->lock >= 0)
		close(own->lock);
	free(own);
}
