/* room.h - large arrays that one run takes, makes larger and gives back. A machine without memory stops the program. */
#pragma once
#include <stdlib.h>

#include "base/err.h"

static inline void *
room_take(size_t n, size_t size) /* zeroed; room_give frees it */
{
	void *p = calloc(n == 0 ? 1 : n, size);

	if (p == NULL)
		bug_oom(n * size);
	return p;
}
static inline void *
room_more(void *old, size_t n, size_t size) /* what is new is not zeroed */
{
	void *p = reallocarray(old, n == 0 ? 1 : n, size);

	if (p == NULL)
		bug_oom(n * size);
	return p;
}
static inline void
room_give(void *p)
{
	free(p);
}
