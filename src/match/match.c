#include "match/match.h"

#include "match/logs.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/text.h"
#include "match/blocks.h"
#include "match/cluster.h"
#include "match/model.h"
#include "match/room.h"

/* Pairs that weigh less are forgotten; how many are looked at to learn from. */
enum { KEPT_FROM = -4000, THREADS_MOST = 16, LEARN_RECORDS = 12000, MAY_BE = -3000, LINKED_FROM = -2500 };

struct match {
	struct rows rows;
	struct columns c;
	struct model model;
	struct link *links;
	size_t links_n;
	uint32_t *cluster_of;
	uint32_t *smallest; /* of each cluster: the record with the smallest ref */
	size_t clusters_n;
	uint32_t *order; /* links, best first */
	size_t order_n;
	bool *joined; /* of each link, when linking */
	struct match_options options;
};

struct match *
match_new(void)
{
	return room_take(1, sizeof(struct match));
}

void
match_free(struct match *m)
{
	rows_release(&m->rows);
	columns_release(&m->c);
	model_release(&m->model);
	room_give(m->links);
	room_give(m->cluster_of);
	room_give(m->smallest);
	room_give(m->order);
	room_give(m->joined);
	room_give(m);
}

void
match_add(struct match *m, int side, const str values[MATCH_FIELDS])
{
	rows_add(&m->rows, side, values);
}

/* --- pairs of blocks, by several threads --- */

struct links {
	struct link *v;
	size_t n, cap;
};

struct work {
	struct match *m;
	const struct blocks *b;
	atomic_size_t next; /* block */
	bool sample;        /* keep pairs to learn from instead of weighing them */
	uint64_t share;     /* of them one in so many */
};
struct worker {
	struct work *work;
	struct links found;
	struct cache cache;
	pthread_t thread;
};

static void
keep(struct links *l, uint32_t a, uint32_t b, int32_t odds)
{
	if (l->n == l->cap) {
		l->cap = l->cap == 0 ? 1024 : l->cap + l->cap / 2;
		l->v = room_more(l->v, l->cap, sizeof *l->v);
	}
	l->v[l->n++] = a < b ? (struct link){ a, b, odds } : (struct link){ b, a, odds };
}

static int32_t
thousandths(float odds)
{
	return (int32_t)(odds * 1000 + (odds < 0 ? -0.5f : 0.5f));
}

static void
weigh_block(struct worker *w, const uint32_t *records, size_t n)
{
	const struct match *m = w->work->m;
	struct record near[BLOCK_MOST];
	struct compared c;

	for (size_t i = 0; i < n; i++)
		near[i] = m->c.v[records[i]];
	for (size_t i = 0; i < n; i++) {
		for (size_t j = i + 1; j < n; j++) {
			if (records[i] == records[j] || (m->options.link && near[i].side == near[j].side))
				continue;
			compare(&m->model, &w->cache, &near[i], &near[j], &c);
			const int32_t odds = thousandths(model_odds(&m->model, &c));

			if (odds > KEPT_FROM)
				keep(&w->found, records[i], records[j], odds);
		}
	}
}

static void
sample_block(struct worker *w, const uint32_t *records, size_t n)
{
	const struct match *m = w->work->m;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = i + 1; j < n; j++) {
			const uint32_t a = records[i], b = records[j];

			if (a == b || (m->options.link && m->c.v[a].side == m->c.v[b].side))
				continue;
			if (w->work->share == 1 || mix(a < b ? a : b, a < b ? b : a) % w->work->share == 0)
				keep(&w->found, a, b, 0);
		}
	}
}

static void *
work_on(void *arg)
{
	enum { AT_ONCE = 128 };
	struct worker *w = arg;
	const struct blocks *b = w->work->b;
	size_t i;

	while ((i = atomic_fetch_add(&w->work->next, AT_ONCE)) < b->n) {
		for (size_t end = i + AT_ONCE; i < end && i < b->n; i++) {
			if (w->work->sample)
				sample_block(w, b->records + b->from[i], b->from[i + 1] - b->from[i]);
			else
				weigh_block(w, b->records + b->from[i], b->from[i + 1] - b->from[i]);
		}
	}
	return NULL;
}

static int
by_records(const void *x, const void *y)
{
	const struct link *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

/* Each pair once: by counting on the first record, then each of its few by the second. */
static size_t
sort_links(size_t records, struct link *v, size_t n)
{
	struct link *to = room_take(n, sizeof *to);
	size_t *at = room_take(records + 2, sizeof *at), out = 0;

	for (size_t i = 0; i < n; i++)
		at[v[i].a + 2]++;
	for (size_t i = 0; i < records; i++)
		at[i + 2] += at[i + 1];
	for (size_t i = 0; i < n; i++)
		to[at[v[i].a + 1]++] = v[i];
	for (size_t r = 0; r < records; r++)
		qsort(to + at[r], at[r + 1] - at[r], sizeof *to, by_records);
	for (size_t i = 0; i < n; i++)
		if (out == 0 || by_records(&v[out - 1], &to[i]) != 0)
			v[out++] = to[i];
	room_give(at);
	room_give(to);
	return out;
}

/* All pairs of all passes, sorted, each once. */
static void
go_through(struct match *m, bool sample, uint64_t share, struct links *to)
{
	int threads = m->options.threads < 1 ? 1 : m->options.threads > THREADS_MOST ? THREADS_MOST : m->options.threads;
	struct worker workers[THREADS_MOST] = { 0 };
	struct work work = { .m = m, .sample = sample, .share = share };
	struct blocks b;

	blocks_init(&b, &m->c);
	work.b = &b;
	for (int i = 0; i < threads; i++) {
		workers[i].work = &work;
		cache_init(&workers[i].cache);
	}
	for (int pass = 0; pass < BLOCK_PASSES; pass++) {
		int started = 0;

		blocks_pass(&b, pass);
		atomic_store(&work.next, 0);
		for (; started < threads - 1; started++)
			if (pthread_create(&workers[started + 1].thread, NULL, work_on, &workers[started + 1]) != 0)
				break;
		work_on(&workers[0]);
		for (int i = 0; i < started; i++)
			pthread_join(workers[i + 1].thread, NULL);
		for (int i = 0; i < threads; i++) {
			to->v = room_more(to->v, to->n + workers[i].found.n, sizeof *to->v);
			if (workers[i].found.n > 0)
				memcpy(to->v + to->n, workers[i].found.v, workers[i].found.n * sizeof *to->v);
			to->n += workers[i].found.n;
			workers[i].found.n = 0;
		}
		to->n = sort_links(m->c.n, to->v, to->n);
	}
	for (int i = 0; i < threads; i++) {
		cache_release(&workers[i].cache);
		room_give(workers[i].found.v);
	}
	blocks_release(&b);
}

/* --- learning and deciding --- */

static void
learn(struct match *m)
{
	const uint64_t share = 1 + m->c.n / LEARN_RECORDS;
	struct links l = { 0 };
	struct candidate *pairs;

	go_through(m, true, share, &l);
	pairs = room_take(l.n, sizeof *pairs);
	for (size_t i = 0; i < l.n; i++)
		pairs[i] = (struct candidate){ l.v[i].a, l.v[i].b };
	model_learn(&m->model, pairs, l.n, (double)share, m->options.link);
	room_give(pairs);
	room_give(l.v);
}

static void
weigh_again(struct match *m)
{
	struct compared c;
	struct cache cache;

	cache_init(&cache);
	for (size_t i = 0; i < m->links_n; i++) {
		compare(&m->model, &cache, &m->c.v[m->links[i].a], &m->c.v[m->links[i].b], &c);
		m->links[i].odds = thousandths(model_odds(&m->model, &c));
	}
	cache_release(&cache);
}

static int
best_first(const void *x, const void *y, void *links)
{
	const struct link *v = links, *a = &v[*(const uint32_t *)x], *b = &v[*(const uint32_t *)y];

	if (a->odds != b->odds)
		return a->odds > b->odds ? -1 : 1;
	return by_records(a, b);
}

static void
order_links(struct match *m)
{
	m->order = room_take(m->links_n, sizeof *m->order);
	for (uint32_t i = 0; i < m->links_n; i++)
		if (m->links[i].odds > MAY_BE)
			m->order[m->order_n++] = i;
	if (m->order_n > 0)
		qsort_r(m->order, m->order_n, sizeof *m->order, best_first, m->links);
}

/* The best pair first; each record once. */
static void
link_sides(struct match *m)
{
	bool *taken = room_take(m->c.n, sizeof *taken);

	order_links(m);
	m->joined = room_take(m->links_n, sizeof *m->joined);
	for (size_t i = 0; i < m->order_n; i++) {
		const struct link *l = &m->links[m->order[i]];

		if (l->odds <= LINKED_FROM || taken[l->a] || taken[l->b])
			continue;
		taken[l->a] = taken[l->b] = m->joined[m->order[i]] = true;
	}
	room_give(taken);
}

static void
name_clusters(struct match *m)
{
	m->smallest = room_take(m->c.n, sizeof *m->smallest);
	for (uint32_t i = 0; i < m->c.n; i++) {
		uint32_t *s = &m->smallest[m->cluster_of[i]];

		if (m->cluster_of[i] == i)
			m->clusters_n++;
		if (m->cluster_of[i] == i || str_natural(columns_ref(&m->c, i), columns_ref(&m->c, *s)) < 0)
			*s = i;
	}
}

static void
tell(const struct match *m, int percent)
{
	if (m->options.progress != NULL)
		m->options.progress(m->options.progress_to, percent);
}

void
match_run(struct match *m, const struct match_options *options)
{
	struct links l = { 0 };

	m->options = *options;
	columns_make(&m->c, &m->rows);
	rows_release(&m->rows);
	tell(m, 10);
	model_init(&m->model, &m->c);
	model_count(&m->model, NULL);
	model_strangers(&m->model);
	learn(m);
	tell(m, 30);
	go_through(m, false, 1, &l);
	m->links = l.v;
	m->links_n = l.n;
	tell(m, 80);
	m->cluster_of = room_take(m->c.n, sizeof *m->cluster_of);
	if (options->link) {
		for (uint32_t i = 0; i < m->c.n; i++)
			m->cluster_of[i] = i;
		link_sides(m);
	} else {
		/* once more, with names and numbers counted by person instead of by record */
		clusters_make(m->c.n, m->links, m->links_n, m->cluster_of);
		model_count(&m->model, m->cluster_of);
		weigh_again(m);
		clusters_make(m->c.n, m->links, m->links_n, m->cluster_of);
		if (options->keep_pairs)
			order_links(m);
	}
	name_clusters(m);
	tell(m, 100);
}

/* --- the result --- */

size_t
match_records(const struct match *m)
{
	return m->c.n;
}

str
match_ref(const struct match *m, size_t record)
{
	return columns_ref(&m->c, record);
}

str
match_cluster(const struct match *m, size_t record)
{
	return columns_ref(&m->c, m->smallest[m->cluster_of[record]]);
}

size_t
match_clusters(const struct match *m)
{
	return m->clusters_n;
}

size_t
match_pairs(const struct match *m)
{
	return m->order_n;
}

struct match_pair
match_pair(const struct match *m, size_t i)
{
	const struct link *l = &m->links[m->order[i]];
	const bool turned = m->options.link && m->c.v[l->a].side == 1;

	return (struct match_pair){ turned ? l->b : l->a, turned ? l->a : l->b, 1 / (1 + exp_of(-l->odds / 1000.0)),
		m->options.link ? m->joined[m->order[i]] : m->cluster_of[l->a] == m->cluster_of[l->b] };
}

void
match_reasons(const struct match *m, size_t i, struct buf *to)
{
	const struct link *l = &m->links[m->order[i]];
	struct compared c;
	struct cache cache;

	cache_init(&cache);
	compare(&m->model, &cache, &m->c.v[l->a], &m->c.v[l->b], &c);
	cache_release(&cache);
	compared_words(&c, to);
}

/* --- two records alone --- */

double
match_two(const str a[MATCH_FIELDS], const str b[MATCH_FIELDS], struct buf *why)
{
	struct rows rows = { 0 };
	struct columns c;
	struct model m;
	struct cache cache;
	struct compared how;
	float odds;

	rows_add(&rows, 0, a);
	rows_add(&rows, 0, b);
	columns_make(&c, &rows);
	model_init(&m, &c);
	model_count(&m, NULL);
	m.prior_one = m.prior_house = m.prior_shared = -6; /* one of some hundred people who come near */
	cache_init(&cache);
	compare(&m, &cache, &c.v[0], &c.v[1], &how);
	odds = model_odds(&m, &how);
	compared_words(&how, why);
	cache_release(&cache);
	model_release(&m);
	columns_release(&c);
	rows_release(&rows);
	return 1 / (1 + exp_of(-(double)odds));
}
