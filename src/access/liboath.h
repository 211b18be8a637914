/* liboath.h - the library that makes one-time codes, loaded at its first use (base/library.h). The functions keep their names. */
#pragma once
#include <liboath/oath.h>

#include "base/library.h"

/* clang-format off */
#define LIBOATH_FUNCTIONS(X) \
	X(oath_base32_encode) X(oath_hotp_generate)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct liboath {
	LIBOATH_FUNCTIONS(X)
} liboath;
#undef X
extern struct library liboath_library;

/* Its functions, once it is there. */
static inline const struct liboath *
oath_functions(void)
{
	if (!liboath_library.loaded)
		library_need(&liboath_library);
	return &liboath;
}

#ifndef LIBOATH_ITSELF
#define oath_base32_encode oath_functions()->oath_base32_encode_
#define oath_hotp_generate oath_functions()->oath_hotp_generate_
#endif
