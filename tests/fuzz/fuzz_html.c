/* The writer of HTML: whatever the bytes, what comes out holds no mark of HTML but whole references, is valid UTF-8 without
 * controls, and in an address neither a scheme that is not allowed nor a part more. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The character that a reference stands for; only five are written. */
static char
reference(str s, size_t *len)
{
	static const struct {
		const char *text;
		char c;
	} all[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (str_starts(s, str_of(all[i].text))) {
			*len = strlen(all[i].text);
			return all[i].c;
		}
	}
	abort();
}

/* What a browser reads, out of what was written. */
static void
read_back(const struct buf *written, struct buf *to)
{
	str s = buf_str(written);

	if (!str_utf8(s))
		abort();
	buf_clear(to);
	for (size_t i = 0, n; i < s.len; i += n) {
		char c = s.s[i];

		n = 1;
		if (strchr("<>\"'", c) != NULL || (iscntrl((unsigned char)c) && strchr("\t\n\r", c) == NULL))
			abort();
		buf_char(to, c == '&' ? reference((str){ s.s + i, s.len - i }, &n) : c);
	}
}

/* Valid text without controls comes back as it was. */
static void
check_text(str given, str got)
{
	bool plain = str_utf8(given);

	for (size_t i = 0; i < given.len; i++)
		plain = plain && (!iscntrl((unsigned char)given.s[i]) || strchr("\t\n\r", given.s[i]) != NULL);
	if (plain && !str_eq(given, got))
		abort();
}

/* As browsers find a scheme: blanks before it and tabs and line ends inside do not count. */
static void
check_address(str got)
{
	char scheme[64];
	size_t n = 0, i = 0;

	while (i < got.len && (unsigned char)got.s[i] <= ' ')
		i++;
	for (; i < got.len && n < sizeof scheme - 1; i++) {
		char c = got.s[i];

		if (c == ':')
			break;
		if (strchr("\t\n\r", c) != NULL)
			continue;
		if (!isalnum((unsigned char)c) && strchr("+-.", c) == NULL)
			return; /* not a scheme: a path */
		scheme[n++] = (char)tolower((unsigned char)c);
	}
	scheme[n] = '\0';
	if (i < got.len && got.s[i] == ':' && strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0 &&
	    strcmp(scheme, "mailto") != 0 && strcmp(scheme, "tel") != 0)
		abort();
}

static void
check_part(str got, const char *marks)
{
	for (size_t i = 0; i < got.len; i++) {
		if ((unsigned char)got.s[i] <= ' ' || (unsigned char)got.s[i] >= 0x7f || strchr(marks, got.s[i]) != NULL)
			abort();
	}
	if (str_is(got, ".") || str_is(got, ".."))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buf out, back;
	struct html h = { &out, NULL };
	str s = { (const char *)data, size };

	buf_clear(&out);
	html_text(&h, s);
	read_back(&out, &back);
	check_text(s, buf_str(&back));
	buf_clear(&out);
	html_url(&h, s);
	read_back(&out, &back);
	check_address(buf_str(&back));
	buf_clear(&out);
	html_url_path(&h, s);
	check_part(buf_str(&out), "/?#&=:\\<>\"'");
	buf_clear(&out);
	if (memchr(data, '.', size) == NULL) {
		html_url_query(&h, s);
		check_part(buf_str(&out), "/?#&=:+@\\<>\"'");
	}
	return 0;
}
