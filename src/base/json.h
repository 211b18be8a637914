/* json.h - writing JSON onto a buf: the caller writes braces and commas, this writes what needs care */
#pragma once
#include "base/buf.h"

/* A quoted string; the absent str is null. Bytes that are not UTF-8 become U+FFFD. */
void json_string(struct buf *to, str s);
/* "name": with its colon. */
void json_name(struct buf *to, const char *name);
