/* The one lock under which every write transaction and every checkpoint of an embedded database happens, in whatever
 * process: SQLite 3.7.0 to 3.51.2 can lose commits when two connections write and checkpoint at once (the WAL-reset race). */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "db/engine.h"

int db_patience_ms = 10 * 1000;

const struct err *
lock_open(struct db *db, const char *database, int *fd)
{
	str path = str_format(db->arena, "%s.lock", database);
	struct stat st;

	/* For whom the database is; reading it is enough to lock it. */
	if (stat(database, &st) != 0)
		st.st_mode = 0600;
	*fd = open(path.s, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, st.st_mode & 0666);
	if (*fd >= 0)
		return NULL;
	return err_system(db->arena, errno, str_format(db->arena, tr("The lock file %s cannot be opened."), path.s).s);
}

bool
lock_try(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* flock has no time limit of its own, so it is tried again and again, less and less often: a writer holds it for
 * milliseconds, an import for seconds. */
const struct err *
lock_take(struct db *db, int fd)
{
	struct timespec pause = { .tv_nsec = 100 * 1000 };
	int64_t limit = 0;

	while (!lock_try(fd)) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_system(
			    db->arena, errno, str_format(db->arena, tr("The lock of %s cannot be taken."), db->place).s);
		if (limit == 0)
			limit = now_ms() + db_patience_ms;
		else if (now_ms() >= limit)
			return db_err(db, ERR_BUSY, tr("Another command has been writing to %s for too long."), NULL,
			    tr("Wait until it has finished, then try again."));
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < 10 * 1000 * 1000)
			pause.tv_nsec += pause.tv_nsec / 2;
	}
	return NULL;
}

void
lock_drop(int fd)
{
	flock(fd, LOCK_UN);
}
