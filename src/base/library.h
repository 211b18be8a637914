/* library.h - libraries that few commands need, loaded when they are: the dynamic linker would find, map and bind each of them, and
 * what stands behind it, at every start of the program. A process that will be confined loads them before. */
#pragma once
#include "base/err.h"

struct library {
	const char *file, *package; /* libexpat.so.1; what to install on Debian */
	const char *const *names;   /* of its functions */
	size_t n;
	void *functions; /* n pointers to them, in the same order */
	bool loaded;
};
/* Once per process; ERR_WORLD with what to install when it is not there. */
const struct err *library_load(struct arena *a, struct library *l);
/* The same; an installation without it is broken, and the program stops, saying so. */
void library_need(struct library *l);
