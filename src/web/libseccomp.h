/* libseccomp.h - the library that confines processes, loaded at its first use (base/library.h). The functions keep their names. */
#pragma once
#include <seccomp.h>

#include "base/library.h"

/* clang-format off */
#define LIBSECCOMP_FUNCTIONS(X) \
	X(seccomp_attr_set) X(seccomp_init) X(seccomp_load) X(seccomp_release) X(seccomp_rule_add)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libseccomp {
	LIBSECCOMP_FUNCTIONS(X)
} libseccomp;
#undef X
extern struct library libseccomp_library;

/* Its functions, once it is there. */
static inline const struct libseccomp *
seccomp_functions(void)
{
	if (!libseccomp_library.loaded)
		library_need(&libseccomp_library);
	return &libseccomp;
}

#ifndef LIBSECCOMP_ITSELF
#define seccomp_attr_set seccomp_functions()->seccomp_attr_set_
#define seccomp_init seccomp_functions()->seccomp_init_
#define seccomp_load seccomp_functions()->seccomp_load_
#define seccomp_release seccomp_functions()->seccomp_release_
#define seccomp_rule_add seccomp_functions()->seccomp_rule_add_
#endif
