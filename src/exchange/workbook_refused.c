/* workbook_refused.c - the rows that were refused, as a file to mend and import again */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/workbook_inside.h"

/* A cell that a spreadsheet program would take for a formula is marked as text: the file goes back to somebody's desk. */
static bool
looks_like_formula(str s)
{
	return s.len > 0 && strchr("=+-@\t\r", s.s[0]) != NULL;
}

static void
put(struct buf *to, str s, bool first)
{
	bool quoted = memchr(s.len == 0 ? "" : s.s, ';', s.len) != NULL || memchr(s.len == 0 ? "" : s.s, '"', s.len) != NULL ||
		      memchr(s.len == 0 ? "" : s.s, '\n', s.len) != NULL;

	if (!first)
		buf_char(to, ';');
	if (quoted)
		buf_char(to, '"');
	if (looks_like_formula(s))
		buf_char(to, '\'');
	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] == '"')
			buf_char(to, '"');
		buf_char(to, s.s[i]);
	}
	if (quoted)
		buf_char(to, '"');
}

/* Why the row was refused: each column that is wrong, and what is expected there. */
static void
put_reasons(struct buf *to, const struct columns *c, const struct refusals *r, int64_t row, size_t *at)
{
	struct buf why = { 0 };

	while (*at < r->n && r->v[*at].row < row)
		++*at;
	for (size_t i = *at; i < r->n && r->v[i].row == row; i++) {
		if (why.len > 0)
			buf_add(&why, S(" / "));
		for (size_t k = 0; k < c->n && r->v[i].column >= 0; k++) {
			if (c->v[k].at == r->v[i].column)
				buf_format(&why, tr("%.*s: "), STR_ARG(c->v[k].header));
		}
		buf_add(&why, str_of(r->v[i].why));
	}
	put(to, buf_str(&why), false);
	buf_release(&why);
}

static int
by_row(const void *a, const void *b)
{
	const struct refusal *x = a, *y = b;

	return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : x->column - y->column;
}

static void
put_row(struct buf *to, const struct grid_row *row, int columns)
{
	for (int i = 0; i < columns; i++) {
		const struct grid_cell *cell = grid_at(row, i);

		put(to, cell == NULL ? S("") : cell->text, i == 0);
	}
}

const struct err *
workbook_refused(
    struct grid *g, size_t sheet, const struct columns *columns, const struct workbook_report *report, struct buf *to)
{
	struct refusals *r = report->refusals;
	struct grid_size size;
	struct grid_row row;
	size_t at = 0;
	const struct err *err = grid_measure(g, sheet, &size);

	if (err != NULL || (err = grid_start(g, sheet)) != NULL)
		return err;
	if (r->n > 0)
		qsort(r->v, r->n, sizeof *r->v, by_row);
	buf_add(to, S("\xef\xbb\xbf"));
	while (grid_next(g, &row, &err)) {
		bool header = row.number == columns->header_row;
		bool refused = row.number <= GRID_ROWS && (r->rows[row.number / 8] >> (row.number % 8) & 1) != 0;

		if (!header && !refused)
			continue;
		put_row(to, &row, size.columns);
		if (header)
			put(to, str_of(tr("Why it was refused")), false);
		else
			put_reasons(to, columns, r, row.number, &at);
		buf_add(to, S("\r\n"));
	}
	return err;
}
