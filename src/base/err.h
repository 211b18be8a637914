/* err.h - refusals of the world, as values. NULL is success; an err lives in an arena: nothing to free.
 * A mistake of the program is not an err: bug() stops it. A mistake of the user is a problem (problem.h). */
#pragma once
#include "base/str.h"

enum err_kind {
	ERR_INPUT,    /* what was asked cannot be done: the user can mend it */
	ERR_NOTFOUND, /* no such record, file or database */
	ERR_CONFLICT, /* somebody changed it meanwhile */
	ERR_BUSY,     /* another process holds it for too long */
	ERR_FULL,     /* no space left */
	ERR_WORLD,    /* disk, network, database server, permissions */
	ERR_DAMAGED,  /* the stored data is not what the program wrote */
};

struct err {
	enum err_kind kind;
	const char *what;   /* one sentence, translated, no value of a sensitive field */
	const char *detail; /* the library's or system's own words, or NULL */
	const char *hint;   /* what to do, translated, or NULL */
};

struct arena;
const struct err *err_new(struct arena *a, enum err_kind kind, const char *what, const char *detail, const char *hint);
const struct err *err_format(struct arena *a, enum err_kind kind, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* From errno: the kind follows from it; what: what could not be done, with the path. */
const struct err *err_system(struct arena *a, int errnum, const char *what);

_Noreturn void bug(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void bug_oom(size_t size);
