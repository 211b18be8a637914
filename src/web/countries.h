/* countries.h - countries by their names, as people read and write them; stored by their ISO codes */
#pragma once
#include "base/arena.h"
#include "base/str.h"

/* "AF" as "Afghanistan", in the language of the page; the code itself when it has no name. */
str country_name(struct arena *a, str code);
/* Back from a name in French or English, of the country or of its people, or the code. NULL when it is understood, else what is
 * expected. */
const char *country_code(struct arena *a, str typed, str *code);
