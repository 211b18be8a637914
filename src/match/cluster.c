#include "match/cluster.h"

#include <stdbool.h>
#include <string.h>

#include "match/room.h"

/* Thousandths: what a pair may weigh at most and at least, what one weighs that was not kept, and what the mean must exceed. */
enum { MOST = 10000, LEAST = -8000, NOT_KEPT = -7000, ENOUGH = 0 };

struct near {
	uint32_t other, count;
	int64_t sum;
};
struct group {
	struct near *v; /* into the common room, or taken */
	uint32_t n, size, version;
	bool own;
};
struct waiting { /* a join that may be made */
	int64_t mean;
	uint32_t a, b, version_a, version_b;
};
struct clustering {
	struct group *groups;
	uint32_t *of; /* what each was joined to; itself: alive */
	struct waiting *heap;
	size_t heap_n, heap_cap;
	uint32_t *seen, *place; /* of a merge: when a group was met last, and where */
	uint32_t round;
};

static uint32_t
find(uint32_t *of, uint32_t i)
{
	while (of[i] != i)
		i = of[i] = of[of[i]];
	return i;
}

static int64_t
mean(const struct group *a, const struct group *b, const struct near *x)
{
	const int64_t all = (int64_t)a->size * b->size;

	return (x->sum + NOT_KEPT * (all - x->count)) / all;
}

/* --- the heap: the largest mean first, then the smallest records --- */

static bool
before(const struct waiting *x, const struct waiting *y)
{
	if (x->mean != y->mean)
		return x->mean > y->mean;
	return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static void
push(struct clustering *c, struct waiting w)
{
	size_t i = c->heap_n++;

	if (c->heap_n > c->heap_cap) {
		c->heap_cap = c->heap_cap * 2 + 1024;
		c->heap = room_more(c->heap, c->heap_cap, sizeof *c->heap);
	}
	for (; i > 0 && before(&w, &c->heap[(i - 1) / 2]); i = (i - 1) / 2)
		c->heap[i] = c->heap[(i - 1) / 2];
	c->heap[i] = w;
}

static struct waiting
pop(struct clustering *c)
{
	const struct waiting top = c->heap[0], last = c->heap[--c->heap_n];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < c->heap_n) {
		if (child + 1 < c->heap_n && before(&c->heap[child + 1], &c->heap[child]))
			child++;
		if (!before(&c->heap[child], &last))
			break;
		c->heap[i] = c->heap[child];
		i = child;
	}
	c->heap[i] = last;
	return top;
}

/* --- groups --- */

static void
offer(struct clustering *c, uint32_t a, const struct near *x)
{
	const uint32_t b = x->other;
	const int64_t m = mean(&c->groups[a], &c->groups[b], x);

	if (m > ENOUGH)
		push(c, a < b ? (struct waiting){ m, a, b, c->groups[a].version, c->groups[b].version }
			      : (struct waiting){ m, b, a, c->groups[b].version, c->groups[a].version });
}

static void
start(struct clustering *c, size_t n, const struct link *links, size_t links_n, struct near *common)
{
	size_t at = 0;

	for (size_t i = 0; i < links_n; i++) {
		c->groups[links[i].a].n++;
		c->groups[links[i].b].n++;
	}
	for (size_t i = 0; i < n; i++) {
		c->of[i] = (uint32_t)i;
		c->groups[i].v = common + at;
		c->groups[i].size = 1;
		at += c->groups[i].n;
		c->groups[i].n = 0;
	}
	for (size_t i = 0; i < links_n; i++) {
		struct group *a = &c->groups[links[i].a], *b = &c->groups[links[i].b];
		const int32_t odds = links[i].odds > MOST ? MOST : links[i].odds < LEAST ? LEAST : links[i].odds;

		a->v[a->n++] = (struct near){ links[i].b, 1, odds };
		b->v[b->n++] = (struct near){ links[i].a, 1, odds };
	}
	for (size_t i = 0; i < links_n; i++) {
		const int32_t odds = links[i].odds > MOST ? MOST : links[i].odds;

		if (odds > ENOUGH)
			push(c, (struct waiting){ odds, links[i].a, links[i].b, 0, 0 });
	}
}

/* What is near to either, its links added up; groups that were joined meanwhile are met as what they are now. */
static void
gather(struct clustering *c, const struct group *from, uint32_t a, uint32_t b, struct near *to, uint32_t *n)
{
	for (uint32_t i = 0; i < from->n; i++) {
		const uint32_t other = find(c->of, from->v[i].other);

		if (other == a || other == b)
			continue;
		if (c->seen[other] != c->round) {
			c->seen[other] = c->round;
			c->place[other] = *n;
			to[(*n)++] = (struct near){ .other = other };
		}
		to[c->place[other]].count += from->v[i].count;
		to[c->place[other]].sum += from->v[i].sum;
	}
}

static void
join(struct clustering *c, uint32_t a, uint32_t b)
{
	struct group *x = &c->groups[a], *y = &c->groups[b];
	struct near *all = room_take((size_t)x->n + y->n, sizeof *all);
	uint32_t n = 0;

	c->round++;
	gather(c, x, a, b, all, &n);
	gather(c, y, a, b, all, &n);
	if (x->own)
		room_give(x->v);
	if (y->own)
		room_give(y->v);
	c->of[b] = a;
	*x = (struct group){ all, n, x->size + y->size, x->version + 1, true };
	y->n = 0;
	y->v = NULL;
	y->own = false;
	for (uint32_t i = 0; i < n; i++)
		offer(c, a, &all[i]);
}

void
clusters_make(size_t n, const struct link *links, size_t links_n, uint32_t *cluster_of)
{
	struct clustering c = { 0 };
	struct near *common = room_take(links_n * 2, sizeof *common);

	c.groups = room_take(n, sizeof *c.groups);
	c.seen = room_take(n, sizeof *c.seen);
	c.place = room_take(n, sizeof *c.place);
	c.of = cluster_of;
	start(&c, n, links, links_n, common);
	while (c.heap_n > 0) {
		const struct waiting w = pop(&c);

		if (c.of[w.a] == w.a && c.of[w.b] == w.b && c.groups[w.a].version == w.version_a &&
		    c.groups[w.b].version == w.version_b)
			join(&c, w.a, w.b);
	}
	for (size_t i = 0; i < n; i++)
		cluster_of[i] = find(c.of, (uint32_t)i);
	for (size_t i = 0; i < n; i++)
		if (c.groups[i].own)
			room_give(c.groups[i].v);
	room_give(c.groups);
	room_give(c.seen);
	room_give(c.place);
	room_give(c.heap);
	room_give(common);
}
