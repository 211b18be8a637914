/* csvout.h - writing comma-separated values: RFC 4180 with LF, quotes only where needed */
#pragma once
#include "base/buf.h"

/* One cell, after a comma unless it is the first of its line; the line is ended by a '\n' of the caller's. */
void csv_cell(struct buf *to, str cell, bool first);

/* A copy for people, who open it in a spreadsheet program: a cell of text that would be taken for a formula there (it begins with
 * = + - @, a tab or a return, and is no number) gets an apostrophe before it. Reading a spreadsheet takes the apostrophe off again. */
void csv_for_desk(str csv, struct buf *to);
