#include <string.h>

#include "cli/frame.h"

enum { GAP = 2 }; /* columns of blanks between two cells */

struct line {
	struct line *next;
	bool rule;
	str cells[];
};

struct table {
	struct arena *arena;
	size_t columns, filled; /* filled: cells of the last line */
	const enum table_align *align;
	size_t *widths;
	struct line *first, **end;
	struct line *last;
};

struct table *
table_new(struct arena *a, size_t columns, const enum table_align *align)
{
	struct table *t = ARENA_NEW(a, struct table);

	t->arena = a;
	t->columns = t->filled = columns;
	t->align = align;
	t->widths = ARENA_ARRAY(a, columns, size_t);
	t->end = &t->first;
	return t;
}

static struct line *
new_line(struct table *t)
{
	struct line *line = arena_alloc(t->arena, sizeof *line + t->columns * sizeof *line->cells);

	if (t->filled != t->columns)
		bug("a table's line has %zu cells of %zu", t->filled, t->columns);
	*t->end = line;
	t->end = &line->next;
	return line;
}

void
table_cell(struct table *t, str text)
{
	size_t width;

	if (t->filled == t->columns) {
		t->last = new_line(t);
		t->filled = 0;
	}
	text = printable(t->arena, text);
	width = str_width(text);
	if (width > t->widths[t->filled])
		t->widths[t->filled] = width;
	t->last->cells[t->filled++] = text;
}

void
table_rule(struct table *t)
{
	new_line(t)->rule = true;
}

static void
print_line(const struct table *t, const struct line *line, struct buf *to)
{
	size_t blanks = 0; /* not written before something follows: no line ends with blanks */

	for (size_t i = 0; i < t->columns; i++) {
		size_t room = t->widths[i] - str_width(line->cells[i]);

		if (t->align[i] == TABLE_RIGHT)
			blanks += room;
		if (line->cells[i].len > 0) {
			buf_pad(to, ' ', blanks);
			buf_add(to, line->cells[i]);
			blanks = 0;
		}
		if (t->align[i] == TABLE_LEFT)
			blanks += room;
		blanks += GAP;
	}
	buf_char(to, '\n');
}

void
table_print(struct table *t, struct buf *to)
{
	size_t width = 0;

	for (size_t i = 0; i < t->columns; i++)
		width += t->widths[i] + (i > 0 ? GAP : 0);
	for (const struct line *line = t->first; line != NULL; line = line->next) {
		if (!line->rule) {
			print_line(t, line, to);
			continue;
		}
		for (size_t i = 0; i < width; i++)
			buf_add(to, S("─"));
		buf_char(to, '\n');
	}
}
