#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "views.h"

void
refuse(struct views *v, struct place where, const char *format, ...)
{
	int n = snprintf(v->fault, FAULT, "%s:%d:%d: ", v->path, where.line, where.column);
	va_list args;

	va_start(args, format);
	if (n > 0 && n < FAULT)
		vsnprintf(v->fault + n, FAULT - (size_t)n, format, args);
	va_end(args);
	longjmp(v->give_up, 1);
}

bool
source_ended(const struct views *v)
{
	return v->now.at >= v->text.len;
}

char
source_peek(const struct views *v, size_t ahead)
{
	return v->text.len - v->now.at > ahead ? v->text.s[v->now.at + ahead] : '\0';
}

bool
source_starts(const struct views *v, const char *z)
{
	size_t n = strlen(z);

	return v->text.len - v->now.at >= n && memcmp(v->text.s + v->now.at, z, n) == 0;
}

void
source_step(struct views *v, size_t n)
{
	for (; n > 0 && !source_ended(v); n--) {
		v->now.column++;
		if (v->text.s[v->now.at++] == '\n') {
			v->now.line++;
			v->now.column = 1;
		}
	}
}

bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

str
take_word(str *s)
{
	str word = { s->s, 0 };

	while (word.len < s->len && is_word(s->s[word.len]))
		word.len++;
	if (word.len > 0 && isdigit((unsigned char)s->s[0]))
		word.len = 0;
	*s = str_trim((str){ s->s + word.len, s->len - word.len });
	return word;
}
