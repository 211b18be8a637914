#include "views.h"

#include <string.h>

enum { DEEP = 64 };

/* Steps over a string or a character of C. */
static void
quoted(struct views *v, struct place start)
{
	char quote = source_peek(v, 0);

	source_step(v, 1);
	while (source_peek(v, 0) != quote) {
		if (source_ended(v) || source_peek(v, 0) == '\n')
			refuse(v, start, "this quote is not closed on its line");
		source_step(v, source_peek(v, 0) == '\\' ? 2 : 1);
	}
	source_step(v, 1);
}

/* Comments are not for inside, and what gcc reads before the language could undo what is checked here. */
static void
plain_c(struct views *v, struct place start)
{
	if (source_starts(v, "//") || source_starts(v, "/*"))
		refuse(v, v->now, "a comment stands by itself: {{# ... }}");
	if (source_peek(v, 0) == '#' || source_peek(v, 0) == '\\' || source_peek(v, 0) == '\0')
		refuse(v, v->now, "this character has no place in the C of a template");
	if (source_starts(v, "{{"))
		refuse(v, start, "this {{ is not closed before the next one");
}

str
code_tag(struct views *v)
{
	struct place start = v->now;
	char close[DEEP];
	size_t from, deep = 0;

	source_step(v, 2);
	from = v->now.at;
	while (deep > 0 || !source_starts(v, "}}")) {
		char c = source_peek(v, 0);

		if (source_ended(v))
			refuse(v, start, "this {{ is not closed: a \"}}\", or a parenthesis before it, is missing");
		if (c == '"' || c == '\'') {
			quoted(v, v->now);
			continue;
		}
		plain_c(v, start);
		if (c == '(' || c == '[' || c == '{') {
			if (deep == DEEP)
				refuse(v, v->now, "more than %d parentheses in one another", DEEP);
			close[deep++] = c == '(' ? ')' : c == '[' ? ']' : '}';
		} else if (c == ')' || c == ']' || c == '}') {
			if (deep == 0 || close[--deep] != c)
				refuse(v, v->now, "\"%c\" closes nothing that was opened in this {{ }}", c);
		}
		source_step(v, 1);
	}
	source_step(v, 2);
	return str_trim((str){ v->text.s + from, v->now.at - 2 - from });
}

void
code_line(struct buf *to, const struct views *v, struct place where)
{
	buf_format(to, "#line %d ", where.line);
	code_string(to, str_of(v->path));
	buf_char(to, '\n');
}

void
code_string(struct buf *to, str s)
{
	buf_char(to, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == '\n')
			buf_add(to, S("\\n"));
		else if (c == '"' || c == '\\')
			buf_format(to, "\\%c", c);
		else if (c < ' ' || c == 0x7f || c == '?') /* no trigraph either */
			buf_format(to, "\\%03o", c);
		else
			buf_char(to, (char)c);
	}
	buf_char(to, '"');
}

str
code_literals(str *s)
{
	size_t i = 0, end = 0;

	while (i < s->len && s->s[i] == '"') {
		for (i++; i < s->len && s->s[i] != '"'; i++)
			i += s->s[i] == '\\';
		end = ++i;
		while (i < s->len && is_blank(s->s[i]))
			i++;
	}
	if (end > s->len)
		end = i = s->len;
	if (i < s->len && s->s[i] == ',')
		i++;
	else if (i < s->len)
		end = 0; /* "text" + 1: not a text alone */
	if (end > 0) {
		str literals = { s->s, end };

		*s = str_trim((str){ s->s + i, s->len - i });
		return literals;
	}
	return (str){ 0 };
}

bool
code_parenthesized(str s)
{
	int deep = 0;
	char quote = '\0';

	if (s.len < 3 || s.s[0] != '(')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.s[i];

		if (quote != '\0') {
			i += c == '\\';
			quote = c == quote ? '\0' : quote;
			continue;
		}
		if (c == '"' || c == '\'')
			quote = c;
		deep += (c == '(') - (c == ')');
		if (deep == 0)
			return i + 1 == s.len;
	}
	return false;
}

void
code_flush(struct views *v)
{
	if (v->html.len == 0)
		return;
	buf_add(&v->body, S("\tbuf_add(h->out, S("));
	code_string(&v->body, buf_str(&v->html));
	buf_add(&v->body, S("));\n"));
	buf_clear(&v->html);
}
