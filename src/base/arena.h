/* arena.h - memory that belongs to a lifetime: taken piece by piece, given back all at once.
 * There are three lifetimes: the process, one request or command, and scratch work inside it. */
#pragma once
#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *blocks; /* newest first */
	char *next, *end;           /* room left in the newest block */
	size_t total;               /* bytes asked of the system */
};

/* Zeroed memory, aligned for any type. Never NULL: a machine without memory stops the program (bug_oom). */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t n, size_t size); /* stops the program when n * size overflows */
void *arena_copy(struct arena *a, const void *from, size_t size);

/* Forgets everything taken but keeps one block for the next user; release gives all back to the system. */
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, n, T) ((T *)arena_array((a), (size_t)(n), sizeof(T)))
