/* import_found.c - what a check finds, gathered while it runs and written in the order in which people mend it: faults before warnings,
 * from the first row to the last */
#include <stdlib.h>
#include <string.h>

#include "web/import_files.h"
#include "web/import_lines.h"
#include "web/import_work.h"

enum { VALUE = 200 };

struct found_line {
	enum problem_level level;
	int64_t row;
	size_t at, len;
};
struct found_list {
	struct buf text;
	struct found_line *v;
	size_t n;
};

struct found_list *
found_new(struct arena *a)
{
	struct found_list *l = ARENA_NEW(a, struct found_list);

	l->v = ARENA_ARRAY(a, FOUND_MOST, struct found_line);
	return l;
}

static str
shortened(str s)
{
	size_t n = s.len;

	if (n <= VALUE)
		return s;
	n = VALUE;
	while (n > 0 && ((unsigned char)s.s[n] & 0xc0) == 0x80)
		n--;
	return (str){ s.s, n };
}

void
found_add(struct found_list *l, enum problem_level level, int64_t row, str column, str heading, str value, str expected)
{
	struct found_line *f;

	if (l->n == FOUND_MOST)
		return;
	f = &l->v[l->n++];
	*f = (struct found_line){ .level = level, .row = row, .at = l->text.len };
	line_number(&l->text, level);
	line_number(&l->text, row);
	line_field(&l->text, column);
	line_field(&l->text, shortened(heading));
	line_field(&l->text, shortened(value));
	line_field(&l->text, expected);
	line_end(&l->text);
	f->len = l->text.len - f->at;
}

static int
in_order(const void *va, const void *vb)
{
	const struct found_line *a = va, *b = vb;

	if (a->level != b->level)
		return a->level == PROBLEM_FAULT ? -1 : 1;
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

const struct err *
found_write(struct found_list *l, struct import_work *w)
{
	struct buf sorted = { 0 };
	const struct err *e;

	qsort(l->v, l->n, sizeof *l->v, in_order);
	for (size_t i = 0; i < l->n; i++)
		buf_add(&sorted, (str){ l->text.s + l->v[i].at, l->v[i].len });
	e = import_file_write(w->arena, w->data, w->import->file, ".faults", buf_str(&sorted));
	buf_release(&sorted);
	buf_release(&l->text);
	return e;
}
