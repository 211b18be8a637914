#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

struct arena_block {
	struct arena_block *older;
	size_t size;
	alignas(max_align_t) char bytes[];
};

enum { BLOCK = 64 * 1024 };

static void
grow(struct arena *a, size_t need)
{
	size_t size = need > BLOCK ? need : BLOCK;
	struct arena_block *b = malloc(sizeof *b + size);

	if (b == NULL)
		bug_oom(size);
	b->older = a->blocks;
	b->size = size;
	a->blocks = b;
	a->next = b->bytes;
	a->end = b->bytes + size;
	a->total += size;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	void *p;

	if (size > SIZE_MAX / 2)
		bug_oom(size);
	size = (size + align - 1) / align * align;
	if (a->next == NULL || (size_t)(a->end - a->next) < size)
		grow(a, size);
	p = a->next;
	a->next += size;
	return memset(p, 0, size);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		bug_oom(SIZE_MAX);
	return arena_alloc(a, bytes);
}

void *
arena_copy(struct arena *a, const void *from, size_t size)
{
	void *p = arena_alloc(a, size);

	if (size > 0)
		memcpy(p, from, size);
	return p;
}

void
arena_clear(struct arena *a)
{
	struct arena_block *b = a->blocks, *keep = NULL;

	while (b != NULL) {
		struct arena_block *older = b->older;

		if (b->size == BLOCK && keep == NULL)
			keep = b;
		else
			free(b);
		b = older;
	}
	*a = (struct arena){ 0 };
	if (keep != NULL) {
		keep->older = NULL;
		*a = (struct arena){ .blocks = keep, .next = keep->bytes, .end = keep->bytes + BLOCK, .total = BLOCK };
	}
}

void
arena_release(struct arena *a)
{
	arena_clear(a);
	free(a->blocks);
	*a = (struct arena){ 0 };
}
