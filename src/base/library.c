#include "base/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static const struct err *
missing(struct arena *a, const struct library *l)
{
	const char *detail = dlerror();

	return err_new(a, ERR_WORLD, str_format(a, tr("The library %s cannot be loaded."), l->file).s, detail,
	    str_format(a, tr("Install it (on Debian: apt-get install %s)."), l->package).s);
}

const struct err *
library_load(struct arena *a, struct library *l)
{
	void *library;

	if (l->loaded)
		return NULL;
	if ((library = dlopen(l->file, RTLD_NOW | RTLD_LOCAL)) == NULL)
		return missing(a, l);
	for (size_t i = 0; i < l->n; i++) {
		/* POSIX lets a function's address pass through void *; ISO C does not, hence the copy by bytes. */
		void *function = dlsym(library, l->names[i]);

		if (function == NULL)
			return missing(a, l);
		memcpy((char *)l->functions + i * sizeof function, &function, sizeof function);
	}
	l->loaded = true;
	return NULL;
}

void
library_need(struct library *l)
{
	struct arena a = { 0 };
	const struct err *e = library_load(&a, l);

	if (e == NULL)
		return;
	fprintf(stderr, "jalon: %s (%s) %s\n", e->what, e->detail == NULL ? "" : e->detail, e->hint);
	exit(3);
}
