/* libz.h - the library that compresses pages, loaded at its first use (base/library.h). The functions keep their names. */
#pragma once
#include <zlib.h>

#include "base/library.h"

/* clang-format off */
#define LIBZ_FUNCTIONS(X) \
	X(deflate) X(deflateBound) X(deflateInit2_) X(deflateReset)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libz {
	LIBZ_FUNCTIONS(X)
} libz;
#undef X
extern struct library libz_library;

/* Its functions, once it is there. */
static inline const struct libz *
z_functions(void)
{
	if (!libz_library.loaded)
		library_need(&libz_library);
	return &libz;
}

#ifndef LIBZ_ITSELF
#define deflate z_functions()->deflate_
#define deflateBound z_functions()->deflateBound_
#define deflateInit2_ z_functions()->deflateInit2__
#define deflateReset z_functions()->deflateReset_
#endif
