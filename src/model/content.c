/* content.c - what versions hold, read back into records */
#include <stdlib.h>

#include "base/buf.h"
#include "model/entity.h"
#include "model/roll.h"

/* Without the escapes that entity_canonical writes. */
static str
plain(str s, struct arena *a)
{
	char *to = arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] != '\\' || i + 1 == s.len)
			to[n++] = s.s[i];
		else
			to[n++] = s.s[++i] == 't' ? '\t' : s.s[i] == 'n' ? '\n' : s.s[i];
	}
	to[n] = '\0';
	return (str){ to, n };
}

/* Keys have up to 19 digits: more than the interchange's numbers. */
static bool
read_key(str s, int64_t *to)
{
	*to = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] < '0' || s.s[i] > '9' || __builtin_mul_overflow(*to, 10, to) ||
		    __builtin_add_overflow(*to, s.s[i] - '0', to))
			return false;
	}
	return s.len > 0;
}

static bool
read_field(const struct field *f, str value, struct arena *a, void *record)
{
	if (field_is_text(f->kind)) {
		*(str *)field_at(f, record) = plain(value, a);
		return true;
	}
	if (f->kind == KIND_LINK)
		return read_key(value, field_at(f, record));
	return field_read(f, value, record, a) == NULL;
}

/* A field that the program does not know any more is left out. */
static bool
read_line(const struct entity *e, str line, struct arena *a, void *record)
{
	str value, name = str_cut(line, '\t', &value);

	for (size_t i = 0; i < e->n; i++) {
		if (str_is(name, e->fields[i].name))
			return read_field(&e->fields[i], value, a, record);
	}
	return true;
}

bool
entity_content_read(const struct entity *e, str content, struct arena *a, void *record)
{
	bool right = true;

	entity_clear(e, record);
	while (content.len > 0 && right)
		right = read_line(e, str_cut(content, '\n', &content), a, record);
	return right;
}

static size_t
lines_named(str content, const char *name)
{
	size_t n = 0;
	str value;

	while (content.len > 0)
		n += str_is(str_cut(str_cut(content, '\n', &content), '\t', &value), name);
	return n;
}

/* Each line begins with who is on it; before the first stands the owner. */
bool
roll_content_read(const struct entity *e, str content, struct arena *a, struct roll *r)
{
	bool right = true;
	str value;

	r->n = 0;
	r->v = arena_array(a, lines_named(content, e->fields[1].name), e->size);
	while (content.len > 0 && right) {
		str line = str_cut(content, '\n', &content);

		if (str_is(str_cut(line, '\t', &value), e->fields[1].name)) {
			entity_clear(e, roll_line(e, r, r->n));
			*(int64_t *)field_at(&e->fields[0], roll_line(e, r, r->n++)) = r->owner;
		}
		if (r->n > 0)
			right = read_line(e, line, a, roll_line(e, r, r->n - 1));
	}
	return right;
}
