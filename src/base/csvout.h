/* csvout.h - writing comma-separated values: RFC 4180 with LF, quotes only where needed */
#pragma once
#include "base/buf.h"

/* One cell, after a comma unless it is the first of its line; the line is ended by a '\n' of the caller's. */
void csv_cell(struct buf *to, str cell, bool first);
