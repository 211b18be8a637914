/* roll_pack.c - a roll as it is stored, and as the text that digests are taken of */
#include "model/roll.h"

#include <string.h>

enum { LINKS = 2 }; /* the fields before the values */

int64_t
roll_owner(const struct entity *e, const void *line)
{
	return *(const int64_t *)field_at(&e->fields[0], line);
}

int64_t
roll_who(const struct entity *e, const void *line)
{
	return *(const int64_t *)field_at(&e->fields[1], line);
}

const unsigned char *
roll_long_number(const unsigned char *at, const unsigned char *end, int64_t *to)
{
	int64_t v = 0;

	for (int shift = 0; at < end && shift < 63; shift += 7) {
		const unsigned char c = *at++;

		v |= (int64_t)(c & 127) << shift;
		if (c < 128) {
			*to = v;
			return c != 0 || shift == 0 ? at : NULL;
		}
	}
	return NULL;
}

static void
add_number(struct buf *to, int64_t v)
{
	for (; v >= 128; v >>= 7)
		buf_char(to, (char)(128 | (v & 127)));
	buf_char(to, (char)v);
}

void
roll_pack(const struct entity *e, const struct roll *r, struct buf *to)
{
	int64_t last = 0;

	buf_char(to, (char)(e->n - LINKS));
	for (size_t i = 0; i < r->n; i++) {
		const void *line = roll_line(e, r, i);
		const int64_t who = roll_who(e, line);

		if (who <= last || roll_owner(e, line) != r->owner)
			bug("%s: the lines of %lld are not in order", e->name, (long long)r->owner);
		add_number(to, who - last);
		last = who;
		for (size_t k = LINKS; k < e->n; k++) {
			const int64_t v = *(const int64_t *)field_at(&e->fields[k], line);

			if (v < 0 && v != NUMBER_NONE)
				bug("%s: a value is negative", e->name);
			add_number(to, v == NUMBER_NONE ? 0 : v + 1);
		}
	}
}

/* Whether the program could have written it. */
static bool
fits(const struct field *f, int64_t v)
{
	return v == NUMBER_NONE || v <= (f->kind == KIND_BOOL ? 1 : f->max);
}

static bool
fill(const struct entity *e, const struct roll *r, const struct roll_walk *w, const int64_t *values, void *line)
{
	bool right = true;

	entity_clear(e, line);
	*(struct record *)line = (struct record){ r->owner, r->version };
	*(int64_t *)field_at(&e->fields[0], line) = r->owner;
	*(int64_t *)field_at(&e->fields[1], line) = w->who;
	for (int i = 0; i < w->values; i++) {
		*(int64_t *)field_at(&e->fields[LINKS + i], line) = values[i];
		right &= fits(&e->fields[LINKS + i], values[i]);
	}
	return right;
}

bool
roll_unpack(const struct entity *e, str packed, struct arena *a, struct roll *r)
{
	struct roll_walk counting = roll_walk(packed), w = counting;
	int64_t values[ROLL_VALUES];
	size_t n = 0;

	if (w.values > (int)e->n - LINKS)
		return false;
	while (roll_walk_next(&counting, values))
		n++;
	if (counting.damaged)
		return false;
	r->n = n;
	r->v = arena_array(a, n, e->size);
	for (n = 0; roll_walk_next(&w, values) && fill(e, r, &w, values, roll_line(e, r, n));)
		n++;
	return n == r->n;
}

void
roll_canonical(const struct entity *e, const struct roll *r, struct buf *to)
{
	buf_add(to, str_of(e->fields[0].name));
	buf_char(to, '\t');
	buf_int(to, r->owner);
	buf_char(to, '\n');
	for (size_t i = 0; i < r->n; i++)
		entity_canonical_from(e, 1, roll_line(e, r, i), to);
}
