/* import_lines.h - short texts kept beside an uploaded file: lines of fields. What would part them becomes a blank. */
#pragma once
#include "base/buf.h"

void line_field(struct buf *to, str s); /* one more field of the line */
void line_number(struct buf *to, int64_t n);
void line_end(struct buf *to);

struct line {
	str rest; /* the fields not read yet */
};
bool line_next(str *text, struct line *l); /* false: the end */
str line_text(struct line *l);             /* empty after the last field */
int64_t line_int(struct line *l);          /* 0: not a number */
