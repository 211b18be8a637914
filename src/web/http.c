#include "web/http.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "web/note.h"

struct note *note_mine;

static bool
plain(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.s[i] < ' ' || s.s[i] == 0x7f)
			return false;
	}
	return true;
}

void
answer_header(struct answer *a, str name, str value)
{
	if (a->n == sizeof a->headers / sizeof *a->headers)
		bug("more headers than an answer holds");
	if (name.len == 0 || !plain(name) || !plain(value) || memchr(name.s, ':', name.len) != NULL)
		bug("a header that would not stay on its line");
	a->headers[a->n++] = (struct header){ name, value };
}

void
answer_route(const char *route)
{
	if (note_mine != NULL)
		snprintf(note_mine->route, sizeof note_mine->route, "%s", route);
}
