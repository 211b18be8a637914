/* libicu.h - the library that knows the letters of every script and the names of countries, loaded at its first use (base/library.h). The functions keep their names. */
#pragma once
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <unicode/utypes.h>

#include "base/library.h"

/* clang-format off */
#define LIBICU_FUNCTIONS(X) \
	X(u_charDigitValue) X(u_charType) X(u_errorName) X(u_foldCase) X(u_isalnum) X(u_strToUTF8) \
	X(uloc_getDisplayCountry) X(uloc_getDisplayLanguage) X(uloc_getISO3Country) X(uloc_getISO3Language) \
	X(unorm2_getDecomposition) X(unorm2_getNFKDInstance)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libicu {
	LIBICU_FUNCTIONS(X)
} libicu;
#undef X
extern struct library libicu_library;

/* Its functions, once it is there. */
static inline const struct libicu *
icu_functions(void)
{
	if (!libicu_library.loaded)
		library_need(&libicu_library);
	return &libicu;
}

#ifndef LIBICU_ITSELF
#undef u_charDigitValue
#undef u_charType
#undef u_errorName
#undef u_foldCase
#undef u_isalnum
#undef u_strToUTF8
#undef uloc_getDisplayCountry
#undef uloc_getDisplayLanguage
#undef uloc_getISO3Country
#undef uloc_getISO3Language
#undef unorm2_getDecomposition
#undef unorm2_getNFKDInstance
#define u_charDigitValue icu_functions()->u_charDigitValue_
#define u_charType icu_functions()->u_charType_
#define u_errorName icu_functions()->u_errorName_
#define u_foldCase icu_functions()->u_foldCase_
#define u_isalnum icu_functions()->u_isalnum_
#define u_strToUTF8 icu_functions()->u_strToUTF8_
#define uloc_getDisplayCountry icu_functions()->uloc_getDisplayCountry_
#define uloc_getDisplayLanguage icu_functions()->uloc_getDisplayLanguage_
#define uloc_getISO3Country icu_functions()->uloc_getISO3Country_
#define uloc_getISO3Language icu_functions()->uloc_getISO3Language_
#define unorm2_getDecomposition icu_functions()->unorm2_getDecomposition_
#define unorm2_getNFKDInstance icu_functions()->unorm2_getNFKDInstance_
#endif
