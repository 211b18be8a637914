#include "figures/dense.h"

#include <string.h>

#include "base/err.h"

enum { FIRST = 64 };

void *
vec_grow(struct arena *a, const void *v, int n, int *cap, size_t size)
{
	int more = *cap == 0 ? FIRST : *cap * 2;
	void *room;

	if (*cap > INT32_MAX / 4)
		bug("more than %d records in one contract", *cap);
	room = arena_array(a, (size_t)more, size);
	if (n > 0)
		memcpy(room, v, (size_t)n * size);
	*cap = more;
	return room;
}

static size_t
text_slot(const struct texts *t, str s)
{
	size_t i = str_hash(s, 0) & t->mask;

	while (t->slots[i] != 0 && !str_eq(t->v[t->slots[i] - 1], s))
		i = (i + 1) & t->mask;
	return i;
}

static void
texts_widen(struct texts *t)
{
	size_t slots = t->slots == NULL ? FIRST * 2 : (t->mask + 1) * 2;

	t->slots = ARENA_ARRAY(t->arena, slots, int);
	t->mask = slots - 1;
	for (int i = 0; i < t->n; i++)
		t->slots[text_slot(t, t->v[i])] = i + 1;
}

int
texts_known(const struct texts *t, str s)
{
	return t->slots == NULL ? -1 : t->slots[text_slot(t, s)] - 1;
}

int
texts_number(struct texts *t, str s)
{
	int known = texts_known(t, s);

	if (known >= 0)
		return known;
	if ((size_t)t->n * 2 >= t->mask)
		texts_widen(t);
	*VEC_ADD(t->arena, t) = str_dup(t->arena, s);
	t->slots[text_slot(t, s)] = t->n;
	return t->n - 1;
}

static size_t
free_slot(const struct keys *k, int64_t key)
{
	size_t i = keys_slot(k, key);

	while (k->slots[i] != 0)
		i = (i + 1) & k->mask;
	return i;
}

int
keys_add(struct keys *k, int64_t key)
{
	if (k->slots == NULL || (size_t)k->n * 2 >= k->mask) {
		size_t slots = k->slots == NULL ? FIRST * 16 : (k->mask + 1) * 2;

		k->slots = ARENA_ARRAY(k->arena, slots, int);
		k->mask = slots - 1;
		for (int i = 0; i < k->n; i++)
			k->slots[free_slot(k, k->v[i])] = i + 1;
	}
	*VEC_ADD(k->arena, k) = key;
	k->slots[free_slot(k, key)] = k->n;
	return k->n - 1;
}
