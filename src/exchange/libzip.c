#define LIBZIP_ITSELF
#include "exchange/libzip.h"

#include <dlfcn.h>

#include "base/text.h"

struct libzip libzip;

static const struct err *
missing(struct arena *a)
{
	return err_new(a, ERR_WORLD, tr("The library of archives cannot be loaded."), dlerror(),
	    tr("Install it (on Debian: apt-get install libzip4), or use a folder instead of a .zip."));
}

const struct err *
libzip_load(struct arena *a)
{
	void *library = libzip.zip_open_ != NULL ? NULL : dlopen("libzip.so.4", RTLD_NOW | RTLD_LOCAL);
	struct libzip found;

	if (libzip.zip_open_ != NULL)
		return NULL;
	if (library == NULL)
		return missing(a);
		/* As in libpq.c: ISO C lets no function's address pass through void *, hence the copy by bytes. */
#define X(name) *(void **)(void *)&found.name##_ = dlsym(library, #name);
	LIBZIP_FUNCTIONS(X)
#undef X
#define X(name)                    \
	if (found.name##_ == NULL) \
		return missing(a);
	LIBZIP_FUNCTIONS(X)
#undef X
	libzip = found;
	return NULL;
}
