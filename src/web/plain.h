/* plain.h - the pages that the front writes by itself when no worker could: made once at start, in each language, since the front
 * can open no file later. */
#pragma once
#include "base/str.h"

/* catalogues: as for text_start. */
void plain_make(const char *catalogues);
bool plain_english(str accept_language); /* it is asked for, and before French */
str plain_page(int status, bool english);
