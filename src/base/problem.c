#include "base/problem.h"

#include <string.h>

#include "base/arena.h"

void
problem_add(struct problem_sink *sink, const struct problem *p)
{
	if (p->level == PROBLEM_FAULT)
		sink->faults++;
	else
		sink->warnings++;
	sink->add(sink, p);
}

static void
keep(struct problem_sink *sink, const struct problem *p)
{
	struct problems *all = (struct problems *)sink;
	struct problem *copy;

	if (all->n == all->cap) {
		size_t cap = all->cap == 0 ? 16 : all->cap * 2;
		struct problem *v = ARENA_ARRAY(all->arena, cap, struct problem);

		if (all->n > 0)
			memcpy(v, all->v, all->n * sizeof *v);
		all->v = v;
		all->cap = cap;
	}
	copy = &all->v[all->n++];
	*copy = *p;
	copy->file = str_dup(all->arena, p->file);
	copy->column = str_dup(all->arena, p->column);
	copy->value = str_dup(all->arena, p->value);
	copy->expected = str_dup(all->arena, p->expected);
}

void
problems_init(struct problems *p, struct arena *a)
{
	*p = (struct problems){ .sink.add = keep, .arena = a };
}

static void
ignore(struct problem_sink *sink, const struct problem *p)
{
	(void)sink;
	(void)p;
}

struct problem_sink
problem_silence(void)
{
	return (struct problem_sink){ .add = ignore };
}
