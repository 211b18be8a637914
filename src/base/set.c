#include "base/set.h"

#include <stdlib.h>

#include "base/err.h"

/* Where the member is, or the free slot where it would go. 0 marks a free slot, so a member 0 is taken for 1. */
static size_t
place(const struct set *s, uint64_t member)
{
	size_t i = (size_t)member & (s->cap - 1);

	while (s->slots[i] != 0 && s->slots[i] != member)
		i = (i + 1) & (s->cap - 1);
	return i;
}

bool
set_has(const struct set *s, uint64_t member)
{
	member += member == 0;
	return s->n > 0 && s->slots[place(s, member)] == member;
}

static void
grow(struct set *s)
{
	struct set bigger = { .n = s->n, .cap = s->cap == 0 ? 256 : s->cap * 2 };

	bigger.slots = calloc(bigger.cap, sizeof *bigger.slots);
	if (bigger.slots == NULL)
		bug_oom(bigger.cap * sizeof *bigger.slots);
	for (size_t i = 0; i < s->cap; i++) {
		if (s->slots[i] != 0)
			bigger.slots[place(&bigger, s->slots[i])] = s->slots[i];
	}
	free(s->slots);
	*s = bigger;
}

bool
set_add(struct set *s, uint64_t member)
{
	size_t at;

	member += member == 0;
	if (s->n * 4 >= s->cap * 3)
		grow(s);
	at = place(s, member);
	if (s->slots[at] == member)
		return false;
	s->slots[at] = member;
	s->n++;
	return true;
}

void
set_clear(struct set *s)
{
	free(s->slots);
	*s = (struct set){ 0 };
}
