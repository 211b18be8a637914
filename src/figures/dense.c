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

/* Most texts are words of a list: what a slot keeps of them says it all. Long ones are hashed and compared whole. */
static inline struct text_slot
print_of(str s)
{
	struct text_slot p = { 0 };

	if (s.len >= 8 && s.len <= 16) {
		memcpy(&p.head, s.s, 8);
		memcpy(&p.tail, s.s + s.len - 8, 8);
	} else if (s.len >= 4 && s.len <= 16) {
		memcpy(&p.head, s.s, 4);
		memcpy(&p.tail, s.s + s.len - 4, 4);
	} else if (s.len < 4) {
		for (size_t i = 0; i < s.len; i++)
			p.head = p.head << 8 | (unsigned char)s.s[i];
	} else {
		p.head = str_hash(s, 0);
	}
	p.tail ^= (uint64_t)s.len << 56 | (uint64_t)s.len << 48;
	return p;
}

static inline struct text_slot *
slot_of(const struct texts *t, str s, const struct text_slot *p)
{
	uint64_t h = (p->head * 0xff51afd7ed558ccdu) ^ (p->tail * 0x9e3779b97f4a7c15u);
	size_t i = (h ^ h >> 32) * 0xc4ceb9fe1a85ec53u >> 32 & t->mask;

	while (t->slots[i].number != 0 &&
	       !(t->slots[i].head == p->head && t->slots[i].tail == p->tail && t->v[t->slots[i].number - 1].len == s.len &&
		   (s.len <= 16 || str_eq(t->v[t->slots[i].number - 1], s))))
		i = (i + 1) & t->mask;
	return &t->slots[i];
}

static void
texts_put(struct texts *t, int at)
{
	struct text_slot p = print_of(t->v[at]), *slot = slot_of(t, t->v[at], &p);

	p.number = at + 1;
	*slot = p;
}

static void
texts_widen(struct texts *t)
{
	size_t slots = t->slots == NULL ? FIRST * 2 : (t->mask + 1) * 2;

	t->slots = ARENA_ARRAY(t->arena, slots, struct text_slot);
	t->mask = slots - 1;
	for (int i = 0; i < t->n; i++)
		texts_put(t, i);
}

int
texts_known(const struct texts *t, str s)
{
	struct text_slot p;

	if (t->slots == NULL)
		return -1;
	p = print_of(s);
	return slot_of(t, s, &p)->number - 1;
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
	texts_put(t, t->n - 1);
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

static void
keys_widen(struct keys *k, size_t slots)
{
	k->slots = ARENA_ARRAY(k->arena, slots, int);
	k->mask = slots - 1;
	for (int i = 0; i < k->n; i++)
		k->slots[free_slot(k, k->v[i])] = i + 1;
}

void
keys_reserve(struct keys *k, int n)
{
	size_t slots = (size_t)FIRST * 16;

	while (slots <= (size_t)n * 2)
		slots *= 2;
	VEC_RESERVE(k->arena, k, n);
	keys_widen(k, slots);
}

int
keys_add(struct keys *k, int64_t key)
{
	if (k->slots == NULL || (size_t)k->n * 2 >= k->mask)
		keys_widen(k, k->slots == NULL ? (size_t)FIRST * 16 : (k->mask + 1) * 2);
	*VEC_ADD(k->arena, k) = key;
	k->slots[free_slot(k, key)] = k->n;
	return k->n - 1;
}
