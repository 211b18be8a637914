#include "web/html.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/shown.h"

/* Bytes that cannot be copied as they are: the marks of HTML, controls, and all beyond ASCII. */
static inline bool
special(unsigned char c)
{
#define BIT(c) (UINT64_C(1) << (c))
	static const uint64_t marks =
	    BIT('&') | BIT('<') | BIT('>') | BIT('"') | BIT('\'') | (UINT32_MAX & ~(BIT('\t') | BIT('\n') | BIT('\r')));

	return c < 64 ? marks >> c & 1 : c >= 0x7f;
#undef BIT
}

#define EACH(c) (UINT64_C(0x0101010101010101) * (c)) /* a byte, eight times */
static inline uint64_t
equal(uint64_t eight, unsigned c) /* the lowest bit set is the high bit of the first of them that is c */
{
	eight ^= EACH(c);
	return (eight - EACH(1)) & ~eight;
}

/* How many of the first bytes are not special, eight at a time: what it stops at may turn out to be a tab or a line end. */
static size_t
plain_run(str s)
{
	size_t i = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	for (uint64_t eight, found; i + 8 <= s.len; i += 8) {
		memcpy(&eight, s.s + i, sizeof eight);
		found = eight | ((eight - EACH(' ')) & ~eight) | equal(eight, 0x7f) | equal(eight, '"') |
			equal(eight | EACH(1), '&' | 1) | equal(eight | EACH(2), '<' | 2);
		if ((found &= EACH(0x80)) != 0)
			return i + (size_t)__builtin_ctzll(found) / 8;
	}
#endif
	while (i < s.len && !special((unsigned char)s.s[i]))
		i++;
	return i;
}

static str
replacement(unsigned char c)
{
	switch (c) {
	case '&':
		return S("&amp;");
	case '<':
		return S("&lt;");
	case '>':
		return S("&gt;");
	case '"':
		return S("&quot;");
	case '\'':
		return S("&#39;");
	default: /* a control, or not UTF-8 */
		return c < 0x80 ? (str){ 0 } : S("\ufffd");
	}
}

void
html_text(struct html *h, str s)
{
	size_t from = 0, i = 0, n;
	uint32_t cp;

	while ((i += plain_run((str){ s.s + i, s.len - i })) < s.len) {
		unsigned char c = (unsigned char)s.s[i];

		if (!special(c)) {
			i++;
		} else if (c >= 0x80 && (n = str_point((str){ s.s + i, s.len - i }, &cp)) > 0) {
			i += n;
		} else {
			buf_add(h->out, (str){ s.s + from, i - from });
			buf_add(h->out, replacement(c));
			from = ++i;
		}
	}
	buf_add(h->out, (str){ s.s + from, i - from });
}

void
html_z(struct html *h, const char *z)
{
	html_text(h, str_of(z));
}

void
html_int(struct html *h, int64_t n)
{
	buf_int(h->out, n);
}

void
html_buf(struct html *h, struct buf b)
{
	html_text(h, buf_str(&b));
}

void
html_format(struct html *h, const char *format, ...)
{
	char small[512];
	struct buf large = { 0 };
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (n < 0)
		bug("a text cannot be formatted: %s", format);
	if ((size_t)n < sizeof small) {
		html_text(h, (str){ small, (size_t)n });
	} else {
		buf_pad(&large, '\0', (size_t)n + 1);
		vsnprintf(large.s, (size_t)n + 1, format, again);
		html_text(h, (str){ large.s, (size_t)n });
		buf_release(&large);
	}
	va_end(again);
}

void
html_markup(struct html *h, str trusted)
{
	buf_add(h->out, trusted);
}

/* A path of ours, as nearly all addresses are: nothing in it needs a second look. */
static bool
is_path(str s)
{
	if (s.len == 0 || s.s[0] != '/' || (s.len > 1 && (s.s[1] == '/' || s.s[1] == '\\')))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.s[i] <= ' ' || s.s[i] == 0x7f)
			return false;
	}
	return true;
}

static bool
slash(str s, size_t i)
{
	return i < s.len && (s.s[i] == '/' || s.s[i] == '\\');
}

/* Browsers drop tabs and line ends anywhere in an address, and blanks around it: none may be left to hide a scheme behind. */
static bool
address_allowed(str s)
{
	size_t end = 0;

	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.s[i] < ' ' || s.s[i] == 0x7f)
			return false;
	}
	if (slash(s, 0) && slash(s, 1))
		return false; /* another host in the clothes of a path */
	while (end < s.len && strchr(":/?#", s.s[end]) == NULL)
		end++;
	return end == s.len || s.s[end] != ':' || str_is_scheme((str){ s.s, end });
}

void
html_url(struct html *h, str address)
{
	str rest, s = str_trim(address);

	if (is_path(s)) {
		html_text(h, s);
		return;
	}
	if (!address_allowed(s)) {
		buf_char(h->out, '#');
		return;
	}
	for (rest = s; rest.s != NULL;) {
		html_text(h, str_cut(rest, ' ', &rest));
		if (rest.s != NULL)
			buf_add(h->out, S("%20"));
	}
}

static void
percent(struct html *h, str bytes)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.s[i];

		buf_add(h->out, (str){ (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3 });
	}
}

/* Letters, digits and what else is safe stay; the rest is encoded byte by byte, what is not UTF-8 as U+FFFD. */
static void
encoded(struct html *h, str s, const char *safe)
{
	uint32_t cp;
	size_t n;

	for (size_t i = 0; i < s.len; i += n) {
		unsigned char c = (unsigned char)s.s[i];

		n = str_point((str){ s.s + i, s.len - i }, &cp);
		if (c == '\0')
			n = 1;
		else if (n == 0)
			percent(h, S("\ufffd")), n = 1;
		else if (c < 0x80 && (isalnum(c) || strchr(safe, c) != NULL))
			buf_char(h->out, (char)c);
		else
			percent(h, (str){ s.s + i, n });
	}
}

void
html_url_path(struct html *h, str s)
{
	bool dots = s.len > 0;

	for (size_t i = 0; i < s.len; i++)
		dots = dots && (s.s[i] == '.' || s.s[i] == '\0');
	/* "." and ".." would name another place, even as %2E: so they are encoded twice, and name nothing. */
	for (size_t i = 0; i < s.len && dots; i++)
		buf_add(h->out, s.s[i] == '.' ? S("%252E") : S(""));
	if (!dots)
		encoded(h, s, "-._~@+");
}

void
html_url_query(struct html *h, str s)
{
	encoded(h, s, "-._~");
}

/* What was written in a buffer, in the arena. */
static const char *
kept(struct html *h, struct buf *b)
{
	const char *z = str_z(h->arena, buf_str(b));

	buf_release(b);
	return z;
}

const char *
html_number(struct html *h, int64_t n)
{
	struct buf b = { 0 };

	shown_number(&b, n);
	return kept(h, &b);
}

const char *
html_decimal(struct html *h, int64_t hundredths)
{
	struct buf b = { 0 };

	shown_decimal(&b, hundredths);
	return kept(h, &b);
}

const char *
html_money(struct html *h, int64_t cents)
{
	struct buf b = { 0 };

	shown_money(&b, cents);
	return kept(h, &b);
}

const char *
html_date(struct html *h, day d)
{
	char text[DAY_TEXT];

	return str_z(h->arena, day_shown(d, text));
}

const char *
html_date_long(struct html *h, day d)
{
	struct buf b = { 0 };

	shown_day_long(&b, d);
	return kept(h, &b);
}

const char *
html_moment(struct html *h, int64_t ms)
{
	struct buf b = { 0 };

	shown_moment(&b, ms);
	return kept(h, &b);
}

const char *
html_cz(struct html *h, str s)
{
	return str_z(h->arena, s);
}
