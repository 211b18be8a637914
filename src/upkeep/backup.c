#include "upkeep/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "db/journal.h"
#include "db/seal.h"

enum {
	PIECE = 64 * 1024,
	MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
	HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	LINES = 15 + DATABASE_NAME + 1,
};
static const char first_line[] = "jalon backup 1\n";
static const char purpose[] = "backup";

/* ---- files ---- */

static const struct err *
failed(struct arena *a, int errnum, const char *path)
{
	return err_system(a, errnum, str_format(a, tr("%s cannot be read or written."), path).s);
}

static const char *
beside(struct arena *a, const char *path, const char *ending)
{
	return str_format(a, "%s%s", path, ending).s;
}

static const struct err *
new_file(struct arena *a, const char *path, int *fd)
{
	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	return *fd >= 0 ? NULL : failed(a, errno, path);
}

static const struct err *
write_all(struct arena *a, int fd, const char *path, const void *from, size_t n)
{
	const char *at = from;

	while (n > 0) {
		const ssize_t done = write(fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return failed(a, errno, path);
		at += done;
		n -= (size_t)done;
	}
	return NULL;
}

/* As many bytes as there are, up to n. */
static const struct err *
read_some(struct arena *a, int fd, const char *path, void *to, size_t n, size_t *got)
{
	*got = 0;
	while (*got < n) {
		const ssize_t done = read(fd, (char *)to + *got, n - *got);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return failed(a, errno, path);
		if (done == 0)
			break;
		*got += (size_t)done;
	}
	return NULL;
}

static const struct err *
exists_already(struct arena *a, const char *path)
{
	return err_new(a, ERR_INPUT, str_format(a, tr("%s exists already."), path).s, NULL,
	    tr("Nothing is written over: give the name of a new file."));
}

/* It is there under its name, for good, or not at all: a name that exists is not taken. */
static const struct err *
settle(struct arena *a, int fd, const char *part, const char *path)
{
	int folder;

	if (fsync(fd) != 0)
		return failed(a, errno, part);
	if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) != 0)
		return errno == EEXIST ? exists_already(a, path) : failed(a, errno, path);
	folder = open(dirname((char *)(uintptr_t)str_z(a, str_of(path))), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		(void)fsync(folder);
		close(folder);
	}
	return NULL;
}

/* ---- sealing ---- */

struct sealing {
	struct arena *a;
	const struct watch *watch;
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char lines[LINES];
	int64_t done, total;
	bool left;
};

static void
write_lines(unsigned char lines[LINES], const char *name)
{
	memcpy(lines, first_line, sizeof first_line - 1);
	memcpy(lines + sizeof first_line - 1, name, DATABASE_NAME);
	lines[LINES - 1] = '\n';
}

static bool
goes_on(struct sealing *s)
{
	if (!s->left && s->watch != NULL && s->watch->go_on != NULL && !s->watch->go_on(s->watch->to, s->done, s->total))
		s->left = true;
	return !s->left;
}

/* Whatever its length, the file ends with a piece that says so, which may be empty: a cut shows. */
static const struct err *
seal_pieces(struct sealing *s, int in, const char *from, int out, const char *to)
{
	static unsigned char plain[PIECE], sealed[PIECE + MORE];
	size_t n = PIECE;
	const struct err *e = NULL;

	for (bool first = true; e == NULL && n == PIECE && goes_on(s); first = false) {
		unsigned long long size;

		if ((e = read_some(s->a, in, from, plain, PIECE, &n)) != NULL)
			break;
		crypto_secretstream_xchacha20poly1305_push(&s->state, sealed, &size, plain, n, first ? s->lines : NULL,
		    first ? LINES : 0, n == PIECE ? 0 : crypto_secretstream_xchacha20poly1305_TAG_FINAL);
		e = write_all(s->a, out, to, sealed, (size_t)size);
		s->done += (int64_t)n;
	}
	sodium_memzero(plain, sizeof plain);
	return e;
}

static const struct err *
seal_file(struct sealing *s, const unsigned char key[32], const char *from, int out, const char *to)
{
	unsigned char header[HEADER];
	struct stat st;
	int in = open(from, O_RDONLY | O_CLOEXEC);
	const struct err *e;

	if (in < 0)
		return failed(s->a, errno, from);
	s->total = fstat(in, &st) == 0 ? st.st_size : 0;
	crypto_secretstream_xchacha20poly1305_init_push(&s->state, header, key);
	e = write_all(s->a, out, to, s->lines, LINES);
	if (e == NULL)
		e = write_all(s->a, out, to, header, sizeof header);
	if (e == NULL)
		e = seal_pieces(s, in, from, out, to);
	close(in);
	return e;
}

/* ---- the copy ---- */

static void
count_line(void *to, str text)
{
	(void)text;
	++*(int64_t *)to;
}

/* By the engine itself, on the file that will be kept. */
static const struct err *
check_copy(struct arena *a, const char *path)
{
	struct db *copy;
	int64_t lines = 0;
	const struct err *e = db_open(a, path, DB_READ, &copy);

	if (e == NULL)
		e = db_integrity(copy, count_line, &lines);
	db_close(copy);
	if (e == NULL && lines > 0)
		e = err_new(a, ERR_DAMAGED, tr("The copy of the database is damaged, and was thrown away."), NULL,
		    tr("Run “jalon check” on the database itself."));
	return e;
}

static void
forget_copy(struct arena *a, const char *path)
{
	(void)unlink(path);
	(void)unlink(beside(a, path, "-wal"));
	(void)unlink(beside(a, path, "-shm"));
	(void)unlink(beside(a, path, "-journal"));
}

/* Made for its owner alone before the engine fills it. */
static const struct err *
copy_database(struct db *db, struct arena *a, const char *path)
{
	const struct err *e;
	int fd;

	forget_copy(a, path);
	if ((e = new_file(a, path, &fd)) != NULL)
		return e;
	close(fd);
	e = db_copy(db, path);
	return e != NULL ? e : check_copy(a, path);
}

static const struct err *
read_key(struct db *db, struct sealing *s, unsigned char key[SEAL_KEY])
{
	char name[DATABASE_NAME + 1];
	const struct err *e = journal_name(db, name);

	if (e == NULL && *name == '\0')
		e = err_new(s->a, ERR_INPUT, tr("The database is empty: there is nothing to back up."), NULL, NULL);
	if (e != NULL)
		return e;
	write_lines(s->lines, name);
	return seal_key(db, purpose, key);
}

const struct err *
backup_make(struct db *db, struct arena *a, const char *to, const struct watch *watch, int64_t *bytes, bool *left)
{
	const char *copy = beside(a, to, ".copy"), *part = beside(a, to, ".part");
	struct sealing s = { .a = a, .watch = watch };
	unsigned char key[SEAL_KEY];
	struct stat st = { 0 };
	int out = -1;
	const struct err *e = access(to, F_OK) == 0 ? exists_already(a, to) : read_key(db, &s, key);

	if (e != NULL)
		return e;
	if (goes_on(&s))
		e = copy_database(db, a, copy);
	(void)unlink(part);
	if (e == NULL && !s.left)
		e = new_file(a, part, &out);
	if (e == NULL && !s.left)
		e = seal_file(&s, key, copy, out, part);
	if (e == NULL && !s.left && fstat(out, &st) == 0)
		e = settle(a, out, part, to);
	if (out >= 0)
		close(out);
	sodium_memzero(key, sizeof key);
	(void)unlink(part);
	forget_copy(a, copy);
	*bytes = st.st_size;
	*left = s.left;
	return e;
}

/* ---- back ---- */

static const struct err *
no_backup(struct arena *a, const char *path)
{
	return err_new(a, ERR_INPUT, str_format(a, tr("%s is no backup of Jalon, or of a later edition of it."), path).s, NULL,
	    tr("Give the file that “jalon backup” or the page of the database has made."));
}

static const struct err *
damaged(struct arena *a, const char *path, bool first)
{
	if (first)
		return err_new(a, ERR_INPUT, str_format(a, tr("%s cannot be opened with the key of this installation."), path).s,
		    NULL,
		    tr("Put the key file of the installation that made it in place, or name it in the variable JALON_KEY; if it is "
		       "that one, the backup is damaged."));
	return err_new(a, ERR_DAMAGED, str_format(a, tr("%s is damaged, or cut off before its end."), path).s, NULL,
	    tr("Use another backup."));
}

static const struct err *
open_pieces(struct sealing *s, int in, const char *from, int out, const char *to)
{
	static unsigned char plain[PIECE], sealed[PIECE + MORE];
	unsigned char tag = 0, rest;
	size_t n, more = 0;
	const struct err *e = NULL;

	for (bool first = true; e == NULL && tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL; first = false) {
		unsigned long long size;

		if ((e = read_some(s->a, in, from, sealed, sizeof sealed, &n)) != NULL)
			break;
		if (n < MORE || crypto_secretstream_xchacha20poly1305_pull(
				    &s->state, plain, &size, &tag, sealed, n, first ? s->lines : NULL, first ? LINES : 0) != 0)
			return damaged(s->a, from, first);
		e = write_all(s->a, out, to, plain, (size_t)size);
	}
	sodium_memzero(plain, sizeof plain);
	if (e == NULL)
		e = read_some(s->a, in, from, &rest, 1, &more);
	return e != NULL || more == 0 ? e : damaged(s->a, from, false);
}

static const struct err *
open_header(struct sealing *s, int in, const char *from)
{
	unsigned char header[HEADER], root[32], key[SEAL_KEY];
	char name[DATABASE_NAME + 1] = "";
	size_t n = 0, m = 0;
	const struct err *e = read_some(s->a, in, from, s->lines, LINES, &n);

	if (e == NULL)
		e = read_some(s->a, in, from, header, HEADER, &m);
	if (e != NULL)
		return e;
	if (n != LINES || m != HEADER || memcmp(s->lines, first_line, sizeof first_line - 1) != 0 || s->lines[LINES - 1] != '\n')
		return no_backup(s->a, from);
	memcpy(name, s->lines + sizeof first_line - 1, DATABASE_NAME);
	if ((e = journal_key_of(s->a, name, root)) != NULL)
		return e;
	seal_key_from(root, purpose, key);
	if (crypto_secretstream_xchacha20poly1305_init_pull(&s->state, header, key) != 0)
		e = no_backup(s->a, from);
	sodium_memzero(root, sizeof root);
	sodium_memzero(key, sizeof key);
	return e;
}

const struct err *
backup_restore(struct arena *a, const char *from, const char *database)
{
	const char *part = beside(a, database, ".part");
	struct sealing s = { .a = a };
	int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
	const struct err *e = in < 0 ? failed(a, errno, from) : open_header(&s, in, from);

	if (e == NULL && access(database, F_OK) == 0)
		e = exists_already(a, database);
	if (e == NULL && (e = new_file(a, part, &out)) == NULL) {
		e = open_pieces(&s, in, from, out, part);
		if (e == NULL)
			e = settle(a, out, part, database);
		close(out);
		(void)unlink(part);
	}
	if (in >= 0)
		close(in);
	sodium_memzero(&s.state, sizeof s.state);
	return e;
}
