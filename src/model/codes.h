/* codes.h - lists of standard codes that a field may hold */
#pragma once
#include "base/str.h"

bool code_country(str s);  /* ISO 3166-1 alpha-2, and XK (Kosovo), which identity papers carry */
bool code_language(str s); /* ISO 639-1 */
