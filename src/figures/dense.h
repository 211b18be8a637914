/* dense.h - small numbers for large things: texts and 63-bit keys become 0, 1, 2... in the order of their appearance.
 * Both tables live in an arena and forget nothing. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct texts {
	struct arena *arena;
	str *v; /* by number; copies */
	int n, cap;
	struct text_slot {
		uint64_t head, tail; /* its first and last 8 bytes, and its length: all of a short text */
		int number;          /* + 1; 0: free */
	} * slots;
	size_t mask;
};
int texts_number(struct texts *t, str s);      /* given on first sight */
int texts_known(const struct texts *t, str s); /* -1: never seen */

struct keys {
	struct arena *arena;
	int64_t *v; /* by number */
	int n, cap;
	int *slots;
	size_t mask;
};
int keys_add(struct keys *k, int64_t key); /* one that was never seen */
void keys_reserve(struct keys *k, int n);  /* before the first one: room for so many */

static inline size_t
keys_slot(const struct keys *k, int64_t key)
{
	return (size_t)(((uint64_t)key * 0x9e3779b97f4a7c15u) >> 32) & k->mask;
}

/* -1: never seen */
static inline int
keys_known(const struct keys *k, int64_t key)
{
	if (k->slots == NULL)
		return -1;
	for (size_t i = keys_slot(k, key); k->slots[i] != 0; i = (i + 1) & k->mask) {
		if (k->v[k->slots[i] - 1] == key)
			return k->slots[i] - 1;
	}
	return -1;
}

static inline int
keys_number(struct keys *k, int64_t key)
{
	int known = keys_known(k, key);

	return known >= 0 ? known : keys_add(k, key);
}

/* An array that grows in an arena: struct { T *v; int n, cap; }. VEC_ADD gives the place of one more. */
#define VEC(T)              \
	struct {            \
		T *v;       \
		int n, cap; \
	}
#define VEC_ADD(a, vec) ((vec)->v = vec_room((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v), &(vec)->v[(vec)->n++])
/* Room for so many in an array that holds nothing yet. */
#define VEC_RESERVE(a, vec, count) ((vec)->v = arena_array((a), (size_t)((vec)->cap = (count)), sizeof *(vec)->v))
void *vec_grow(struct arena *a, const void *v, int n, int *cap, size_t size);

static inline void *
vec_room(struct arena *a, void *v, int n, int *cap, size_t size)
{
	return n < *cap ? v : vec_grow(a, v, n, cap, size);
}
