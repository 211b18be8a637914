/* confine.h - what a child of the server can still do once it has begun: for good, whatever its code is made to run.
 *   the front   takes connections that come to its socket; no files, no programs, no connections of its own
 *   a worker    reads and writes under the folders it is given; no programs, no sockets but those it has
 *   the job     as a worker
 * Landlock refuses files, seccomp all system calls but a list; without core files, not to be watched, memory bounded. */
#pragma once
#include "base/arena.h"
#include "base/err.h"

enum confine_kind { CONFINE_FRONT, CONFINE_WORKER, CONFINE_JOB };

/* folders: where a worker may read and write; absent ones (NULL) are passed over. Tries afterwards what must be refused, and
 * gives an error when something was not. *landlock: false when the kernel has none: files are then left to the system's rights. */
const struct err *confine(struct arena *a, enum confine_kind kind, const char *const *folders, size_t n, bool *landlock);

/* What must be refused, tried now: the name of the first thing that was not, or NULL. With files: opening them too. */
const char *confine_breach(bool files);
