#include "base/json.h"

/* How many bytes at s make one code point; 0: none does. */
static size_t
code_point(str s)
{
	for (size_t n = 1; n <= 4 && n <= s.len; n++) {
		if (str_utf8((str){ s.s, n }))
			return n;
	}
	return 0;
}

static void
escaped(struct buf *to, unsigned char c)
{
	switch (c) {
	case '"':
	case '\\':
		buf_char(to, '\\');
		buf_char(to, (char)c);
		break;
	case '\n':
		buf_add(to, S("\\n"));
		break;
	case '\t':
		buf_add(to, S("\\t"));
		break;
	default:
		buf_format(to, "\\u%04x", c);
	}
}

void
json_string(struct buf *to, str s)
{
	if (s.s == NULL) {
		buf_add(to, S("null"));
		return;
	}
	buf_char(to, '"');
	while (s.len > 0) {
		unsigned char c = (unsigned char)s.s[0];
		size_t n = 1;

		if (c < 0x20 || c == '"' || c == '\\')
			escaped(to, c);
		else if (c < 0x80)
			buf_char(to, (char)c);
		else if ((n = code_point(s)) > 0)
			buf_add(to, (str){ s.s, n });
		else
			buf_add(to, S("\ufffd")), n = 1;
		s.s += n;
		s.len -= n;
	}
	buf_char(to, '"');
}

void
json_name(struct buf *to, const char *name)
{
	json_string(to, str_of(name));
	buf_char(to, ':');
}
