/* backup.h - a whole embedded database in one sealed file, and back.
 *
 * The file: the line "jalon backup 1", the line of the database's name (64 hexadecimal digits), then libsodium's secretstream
 * (XChaCha20-Poly1305): its header of 24 bytes and pieces of 64 KiB, each with its 17 bytes, the last one marked as such. The two
 * lines are authenticated with the first piece. The key follows from the installation's key file and the database's name: without
 * the key file nobody reads a backup, and it must be kept elsewhere, on paper or in a safe (`jalon check` needs it as well). */
#pragma once
#include "base/arena.h"
#include "db/db.h"

struct watch {
	bool (*go_on)(void *to, int64_t done, int64_t total); /* false: leave, nothing remains; NULL: never */
	void *to;
};

/* Copies, has the engine check the copy, seals it into that new file: written beside it under another name first, and on the disk
 * when this returns. The folder needs room for the database twice. *bytes: of the file; *left: watch said so.
 * Refuses a file that exists, a database server's, one without a journal. */
const struct err *backup_make(
    struct db *db, struct arena *a, const char *to, const struct watch *watch, int64_t *bytes, bool *left);
/* Opens a backup into a new file. Refuses one that exists, a file that is no backup, another key, a damaged or cut off file: then
 * nothing remains. That the records are what was written is proved afterwards (check.h). */
const struct err *backup_restore(struct arena *a, const char *from, const char *database);
