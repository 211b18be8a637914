#define LIBPQ_ITSELF
#include "db/libpq.h"

#include <dlfcn.h>

#include "base/text.h"

struct libpq libpq;

static const struct err *
missing(struct arena *a)
{
	return err_new(a, ERR_WORLD, tr("The client library of PostgreSQL cannot be loaded."), dlerror(),
	    tr("Install it (on Debian: apt-get install libpq5), or use an embedded database."));
}

const struct err *
libpq_load(struct arena *a)
{
	void *library = libpq.PQexec_ != NULL ? NULL : dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
	struct libpq found;

	if (libpq.PQexec_ != NULL)
		return NULL;
	if (library == NULL)
		return missing(a);
		/* POSIX lets a function's address pass through void *; ISO C does not, hence the copy by bytes. */
#define X(name) *(void **)(void *)&found.name##_ = dlsym(library, #name);
	LIBPQ_FUNCTIONS(X)
#undef X
#define X(name)                    \
	if (found.name##_ == NULL) \
		return missing(a);
	LIBPQ_FUNCTIONS(X)
#undef X
	libpq = found;
	return NULL;
}
