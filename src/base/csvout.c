#include "base/csvout.h"

static bool
needs_quotes(str cell)
{
	for (size_t i = 0; i < cell.len; i++)
		if (cell.s[i] == ',' || cell.s[i] == '"' || cell.s[i] == '\n' || cell.s[i] == '\r')
			return true;
	return false;
}

void
csv_cell(struct buf *to, str cell, bool first)
{
	if (!first)
		buf_char(to, ',');
	if (!needs_quotes(cell)) {
		buf_add(to, cell);
		return;
	}
	buf_char(to, '"');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.s[i] == '"')
			buf_char(to, '"');
		buf_char(to, cell.s[i]);
	}
	buf_char(to, '"');
}
