#include "base/csvout.h"

#include <string.h>

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

/* "-12.50", "+33 6 39 98 00 00": a program may reckon it, and finds what stands there. */
static bool
number_like(str cell)
{
	for (size_t i = 1; i < cell.len; i++) {
		if (strchr("0123456789., ", cell.s[i]) == NULL || cell.s[i] == '\0')
			return false;
	}
	return cell.len > 1 && cell.s[0] != '=' && cell.s[0] != '@';
}

static bool
like_formula(str cell)
{
	return cell.len > 0 && cell.s[0] != '\0' && strchr("=+-@\t\r", cell.s[0]) != NULL && !number_like(cell);
}

/* The length of the cell that begins here, quotes included. */
static size_t
cell_length(str rest)
{
	bool quoted = false;
	size_t n = 0;

	for (; n < rest.len; n++) {
		if (rest.s[n] == '"')
			quoted = !quoted;
		else if (!quoted && (rest.s[n] == ',' || rest.s[n] == '\n'))
			break;
	}
	return n;
}

void
csv_for_desk(str csv, struct buf *to)
{
	while (csv.len > 0) {
		size_t n = cell_length(csv), quote = n > 1 && csv.s[0] == '"' ? 1 : 0;

		buf_add(to, (str){ csv.s, quote });
		if (like_formula((str){ csv.s + quote, n - 2 * quote }))
			buf_char(to, '\'');
		if (n < csv.len)
			n++; /* what ends the cell */
		buf_add(to, (str){ csv.s + quote, n - quote });
		csv = (str){ csv.s + n, csv.len - n };
	}
}
