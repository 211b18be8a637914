#include "web/import_lines.h"

enum { FIELD_END = '\x1f' };

void
line_field(struct buf *to, str s)
{
	for (size_t i = 0; i < s.len; i++)
		buf_char(to, (unsigned char)s.s[i] < ' ' ? ' ' : s.s[i]);
	buf_char(to, FIELD_END);
}

void
line_number(struct buf *to, int64_t n)
{
	buf_int(to, n);
	buf_char(to, FIELD_END);
}

void
line_end(struct buf *to)
{
	buf_char(to, '\n');
}

bool
line_next(str *text, struct line *l)
{
	if (text->len == 0)
		return false;
	l->rest = str_cut(*text, '\n', text);
	return true;
}

str
line_text(struct line *l)
{
	return l->rest.len == 0 ? S("") : str_cut(l->rest, FIELD_END, &l->rest);
}

int64_t
line_int(struct line *l)
{
	number n = str_number(line_text(l));

	return n.ok ? n.value : 0;
}
