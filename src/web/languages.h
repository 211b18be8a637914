/* languages.h - languages by their names, as people read and write them; stored by their ISO codes */
#pragma once
#include "base/arena.h"
#include "base/str.h"

/* "fr;ar" as "French, Arabic", in the language of the page. NUL-terminated, in the arena. */
const char *language_names(struct arena *a, str codes);
/* Back from names in French or English, or codes, however separated. NULL when all is understood, else what is expected. */
const char *language_codes(struct arena *a, str typed, str *codes);
