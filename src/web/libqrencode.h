/* libqrencode.h - the library that makes QR codes, loaded at its first use (base/library.h). The functions keep their names. */
#pragma once
#include <qrencode.h>

#include "base/library.h"

/* clang-format off */
#define LIBQRENCODE_FUNCTIONS(X) \
	X(QRcode_encodeString8bit) X(QRcode_free)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libqrencode {
	LIBQRENCODE_FUNCTIONS(X)
} libqrencode;
#undef X
extern struct library libqrencode_library;

/* Its functions, once it is there. */
static inline const struct libqrencode *
qr_functions(void)
{
	if (!libqrencode_library.loaded)
		library_need(&libqrencode_library);
	return &libqrencode;
}

#ifndef LIBQRENCODE_ITSELF
#define QRcode_encodeString8bit qr_functions()->QRcode_encodeString8bit_
#define QRcode_free qr_functions()->QRcode_free_
#endif
