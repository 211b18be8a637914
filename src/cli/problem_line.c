#include <inttypes.h>

#include "base/problem.h"
#include "base/text.h"
#include "cli/frame.h"

enum { LONGEST = 200 };

/* What stood in a file, fit for a terminal: neither commands nor pages of text. */
static str
shown(struct arena *a, str s)
{
	bool cut = s.len > LONGEST;

	if (cut) {
		s.len = LONGEST;
		while (s.len > 0 && ((unsigned char)s.s[s.len] & 0xc0) == 0x80)
			s.len--;
	}
	/* Blanks around a value may be what is wrong with it: they stay, between two marks. */
	s = printable(a, str_format(a, cut ? "|%.*s…|" : "|%.*s|", STR_ARG(s)));
	return (str){ s.s + 1, s.len - 2 };
}

void
problem_line(struct arena *a, const struct problem *p, struct buf *to)
{
	str column = shown(a, p->column), value = shown(a, p->value);

	if (p->level == PROBLEM_WARNING)
		buf_add(to, str_of(tr("warning: ")));
	buf_add(to, shown(a, p->file));
	if (p->line > 0)
		buf_format(to, ":%" PRId64, p->line);
	if (p->column.len > 0)
		buf_format(to, ": %.*s", STR_ARG(column));
	if (p->value.len > 0)
		buf_format(to, tr(": \"%.*s\""), STR_ARG(value));
	buf_format(to, tr(": expected %.*s\n"), STR_ARG(p->expected));
}
