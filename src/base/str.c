#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

int
str_cmp(str a, str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : memcmp(a.s, b.s, n);

	return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int
str_natural(str a, str b)
{
	size_t i = 0, j = 0;

	while (i < a.len && j < b.len) {
		size_t x = i, y = j;

		if (!is_digit(a.s[i]) || !is_digit(b.s[j])) {
			if (a.s[i] != b.s[j])
				return a.s[i] < b.s[j] ? -1 : 1;
			i++, j++;
			continue;
		}
		while (x < a.len && a.s[x] == '0')
			x++;
		while (y < b.len && b.s[y] == '0')
			y++;
		for (i = x; i < a.len && is_digit(a.s[i]);)
			i++;
		for (j = y; j < b.len && is_digit(b.s[j]);)
			j++;
		if (i - x != j - y)
			return i - x < j - y ? -1 : 1;
		if (i > x && memcmp(a.s + x, b.s + y, i - x) != 0)
			return memcmp(a.s + x, b.s + y, i - x);
	}
	return (a.len - i > b.len - j) - (a.len - i < b.len - j);
}

str
str_trim(str s)
{
	while (s.len > 0 && blank(s.s[0]))
		s.s++, s.len--;
	while (s.len > 0 && blank(s.s[s.len - 1]))
		s.len--;
	return s;
}

str
str_cut(str s, char sep, str *rest)
{
	const char *at = s.len == 0 ? NULL : memchr(s.s, sep, s.len);

	if (at == NULL) {
		*rest = (str){ 0 };
		return s;
	}
	*rest = (str){ at + 1, s.len - (size_t)(at + 1 - s.s) };
	return (str){ s.s, (size_t)(at - s.s) };
}

bool
str_starts(str s, str prefix)
{
	return s.len >= prefix.len && str_eq((str){ s.s, prefix.len }, prefix);
}

bool
str_ends(str s, str suffix)
{
	return s.len >= suffix.len && str_eq((str){ s.s + (s.len - suffix.len), suffix.len }, suffix);
}

str
str_dup(struct arena *a, str s)
{
	if (s.s == NULL)
		return s;
	return (str){ arena_copy(a, s.s, s.len), s.len };
}

const char *
str_z(struct arena *a, str s)
{
	char *z = arena_alloc(a, s.len + 1);

	if (s.len > 0)
		memcpy(z, s.s, s.len);
	return z;
}

str
str_format(struct arena *a, const char *format, ...)
{
	char small[256]; /* most are shorter, and then formatted once */
	va_list args, again;
	char *z;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	z = arena_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof small)
		memcpy(z, small, (size_t)n);
	else
		vsnprintf(z, (size_t)n + 1, format, again);
	va_end(again);
	return (str){ z, (size_t)n };
}

size_t
str_point(str s, uint32_t *cp)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s.s;
	size_t n = s.len == 0              ? 0
		   : p[0] < 0x80           ? 1
		   : (p[0] & 0xe0) == 0xc0 ? 2
		   : (p[0] & 0xf0) == 0xe0 ? 3
		   : (p[0] & 0xf8) == 0xf0 ? 4
					   : 0;

	if (n == 0 || n > s.len)
		return 0;
	*cp = n == 1 ? p[0] : p[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (p[i] & 0x3f);
	}
	if (*cp < least[n] || *cp > 0x10ffff || (*cp >= 0xd800 && *cp <= 0xdfff))
		return 0;
	return n;
}

bool
str_utf8(str s)
{
	const unsigned char *p = (const unsigned char *)s.s;
	uint32_t cp;

	for (size_t i = 0, n; i < s.len; i += n) {
		n = 1;
		if (p[i] == 0 || (p[i] >= 0x80 && (n = str_point((str){ s.s + i, s.len - i }, &cp)) == 0))
			return false;
	}
	return true;
}

size_t
str_width(str s)
{
	size_t width = 0;
	uint32_t cp = 0;

	for (size_t i = 0, n; i < s.len; i += n) {
		n = str_point((str){ s.s + i, s.len - i }, &cp);
		if (n == 0)
			n = 1, cp = '?';
		width += !(cp >= 0x300 && cp <= 0x36f);
	}
	return width;
}

uint64_t
str_hash(str s, uint64_t seed)
{
	uint64_t h = seed ^ (s.len * 0x9e3779b97f4a7c15u), word;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		memcpy(&word, s.s + i, 8);
		h = (h ^ word) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	word = 0;
	if (i < s.len)
		memcpy(&word, s.s + i, s.len - i);
	h = (h ^ word) * 0xc4ceb9fe1a85ec53u;
	h ^= h >> 29;
	h *= 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

number
str_number(str s)
{
	bool minus = s.len > 1 && s.s[0] == '-';
	int64_t v = 0;

	if (minus)
		s.s++, s.len--;
	if (s.len == 0 || s.len > 18 || (s.s[0] == '0' && (s.len > 1 || minus)))
		return (number){ 0 };
	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return (number){ 0 };
		v = v * 10 + (s.s[i] - '0');
	}
	return (number){ minus ? -v : v, true };
}

int
str_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
str_is_scheme(str scheme)
{
	static const char *const allowed[] = { "https", "http", "mailto", "tel" };

	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
		if (strlen(allowed[i]) == scheme.len && strncasecmp(allowed[i], scheme.s, scheme.len) == 0)
			return true;
	}
	return false;
}
