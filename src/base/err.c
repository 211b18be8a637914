#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

const struct err *
err_new(struct arena *a, enum err_kind kind, const char *what, const char *detail, const char *hint)
{
	struct err *e = ARENA_NEW(a, struct err);

	e->kind = kind;
	e->what = str_z(a, str_of(what));
	e->detail = detail == NULL ? NULL : str_z(a, str_of(detail));
	e->hint = hint == NULL ? NULL : str_z(a, str_of(hint));
	return e;
}

const struct err *
err_format(struct arena *a, enum err_kind kind, const char *hint, const char *format, ...)
{
	char what[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	return err_new(a, kind, what, NULL, hint);
}

/* The system speaks English; its commonest words stand here for the catalogues to find. */
__attribute__((unused)) static const char *const system_words[] = {
	N_("No space left on device"),
	N_("Disk quota exceeded"),
	N_("File too large"),
	N_("No such file or directory"),
	N_("Not a directory"),
	N_("Is a directory"),
	N_("Permission denied"),
	N_("Operation not permitted"),
	N_("Read-only file system"),
	N_("Input/output error"),
	N_("Bad file descriptor"),
	N_("File exists"),
	N_("Too many open files"),
	N_("Directory not empty"),
	N_("File name too long"),
};

const struct err *
err_system(struct arena *a, int error, const char *what)
{
	const char *detail = tr(strerror(error));

	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return err_new(
		    a, ERR_FULL, what, detail, tr("Free some space on the disk, then try again; nothing was changed."));
	case ENOENT:
	case ENOTDIR:
		return err_new(a, ERR_NOTFOUND, what, detail, NULL);
	case EACCES:
	case EPERM:
	case EROFS:
		return err_new(a, ERR_WORLD, what, detail, tr("Check the rights on this path."));
	default:
		return err_new(a, ERR_WORLD, what, detail, NULL);
	}
}

void
bug(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("jalon: bug: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	abort();
}

void
bug_oom(size_t size)
{
	fprintf(stderr, "jalon: out of memory (%zu bytes)\n", size);
	exit(3);
}
