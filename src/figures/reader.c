#include "figures/reader.h"

#include <stdlib.h>
#include <string.h>

#include "sql.h"

void
coming_grow(struct coming *c, size_t bytes)
{
	while (c->cap < bytes)
		c->cap = c->cap == 0 ? 65536 : c->cap * 2;
	if (c->cap > INT32_MAX)
		bug("more records in one contract than can be numbered");
	c->v = realloc(c->v, c->cap);
	if (c->v == NULL)
		bug_oom(c->cap);
}

static bool
in_order(const int *owners, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (owners[i] < owners[i - 1])
			return false;
	}
	return true;
}

void *
owned_end(struct reader *r, int owners)
{
	const size_t n = r->coming.n, size = r->coming.size;
	const int *owner = (const int *)(const void *)r->owners.v;
	int *first = ARENA_ARRAY(r->arena, owners + 2, int);
	char *v;

	for (size_t i = 0; i < n; i++)
		first[owner[i] + 2]++;
	for (int k = 0; k < owners; k++)
		first[k + 2] += first[k + 1];
	/* first[k + 1] is where owner k begins; it moves on to where they end. */
	r->first = first;
	if (in_order(owner, n)) {
		memmove(first, first + 1, (size_t)(owners + 1) * sizeof *first);
		return arena_copy(r->arena, r->coming.v, n * size);
	}
	v = arena_array(r->arena, n, size);
	for (size_t i = 0; i < n; i++)
		memcpy(v + (size_t)first[owner[i] + 1]++ * size, r->coming.v + i * size, size);
	return v;
}

/* --- stretches of keys --- */

static int
by_key(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
add_stretch(struct buf *list, int64_t low, int64_t high)
{
	buf_char(list, list->len == 0 ? '[' : ',');
	buf_char(list, '[');
	buf_int(list, low);
	buf_char(list, ',');
	buf_int(list, high);
	buf_char(list, ']');
}

/* Records of a kind: their keys, when they are not known yet, and whether more than so many lie between two keys. */
struct kind {
	const struct err *(*keys)(struct reader *r, struct keys *to);
	const struct err *(*beyond)(struct reader *r, int64_t low, int64_t high, int64_t most, bool *more);
};

#define BEYOND(table)                                                                                                  \
	static const struct err *beyond_##table(struct reader *r, int64_t low, int64_t high, int64_t most, bool *more) \
	{                                                                                                              \
		struct book_##table##_beyond_row row;                                                                  \
		struct db_rows rows;                                                                                   \
                                                                                                                       \
		(void)book_##table##_beyond(r->db, &rows, r->territory, low, high, most);                              \
		*more = book_##table##_beyond_next(&rows, &row);                                                       \
		return db_done(&rows);                                                                                 \
	}
#define KIND(table, of)                                                                      \
	BEYOND(table)                                                                        \
	static void key_##table(void *to, const struct book_##table##_keys_row *row)         \
	{                                                                                    \
		struct keys *k = to;                                                         \
                                                                                             \
		*VEC_ADD(k->arena, k) = row->id;                                             \
	}                                                                                    \
	static const struct err *keys_##table(struct reader *r, struct keys *to)             \
	{                                                                                    \
		return book_##table##_keys_gather(r->db, key_##table, to, r->territory, of); \
	}                                                                                    \
	static const struct kind kind_##table = { keys_##table, beyond_##table };
KIND(enrolments, r->contract)
KIND(sessions, r->contract)
KIND(acts, r->contract)
KIND(assessments, buf_str(&r->stretches))
KIND(followups, buf_str(&r->stretches))
KIND(statuses, buf_str(&r->stretches))
BEYOND(people)
BEYOND(trainees)
static const struct kind kind_people = { NULL, beyond_people }, kind_trainees = { NULL, beyond_trainees };

/* Keys made in one go lie so near to each other that hardly any other fits in between; those made day after day have the
 * whole clock between them, and only the database knows whether anything is there. */
static const struct err *
crowded(struct reader *r, const struct kind *kind, int64_t low, int64_t high, int64_t n, bool *answer)
{
	*answer = false;
	return high - low <= n * 2 ? NULL : kind->beyond(r, low, high, n * 2, answer);
}

/* One stretch when no more others than our own lie there, else a stretch for each. */
static const struct err *
list_stretches(struct reader *r, const struct kind *kind, const struct keys *k, struct buf *list)
{
	int64_t low = INT64_MAX, high = 0, *sorted;
	const struct err *e;
	bool apart;

	for (int i = 0; i < k->n; i++) {
		low = k->v[i] < low ? k->v[i] : low;
		high = k->v[i] > high ? k->v[i] : high;
	}
	if (k->n == 0) {
		buf_char(list, '[');
		return NULL;
	}
	if ((e = crowded(r, kind, low, high, k->n, &apart)) != NULL)
		return e;
	if (!apart)
		add_stretch(list, low, high);
	else {
		sorted = arena_copy(r->arena, k->v, (size_t)k->n * sizeof *k->v);
		qsort(sorted, (size_t)k->n, sizeof *sorted, by_key);
		for (int i = 0; i < k->n; i++)
			add_stretch(list, sorted[i], sorted[i]);
	}
	return NULL;
}

/* Where the records of a kind lie; known: their keys, or NULL. */
static const struct err *
stretch(struct reader *r, const struct kind *kind, const struct keys *known, struct buf *list)
{
	struct keys found = { .arena = r->arena };
	struct buf made = { 0 };
	const struct err *e = NULL;

	if (r->whole) /* nobody will ask */
		return NULL;
	if (known == NULL)
		e = kind->keys(r, &found);
	if (e == NULL)
		e = list_stretches(r, kind, known == NULL ? &found : known, &made);
	buf_char(&made, ']');
	buf_release(list);
	*list = made;
	return e;
}

const struct err *
read_others(struct reader *r)
{
	struct book_others_row row;
	struct db_rows rows;

	(void)book_others(r->db, &rows, r->territory, r->contract);
	r->whole = !book_others_next(&rows, &row) && !r->book->refs;
	return db_done(&rows);
}

const struct err *
stretch_enrolments(struct reader *r)
{
	return stretch(r, &kind_enrolments, NULL, &r->stretches);
}

const struct err *
stretch_sessions(struct reader *r)
{
	return stretch(r, &kind_sessions, NULL, &r->stretches);
}

const struct err *
stretch_acts(struct reader *r)
{
	return stretch(r, &kind_acts, NULL, &r->stretches);
}

const struct err *
stretch_people(struct reader *r)
{
	return stretch(r, &kind_people, &r->book->person_keys, &r->stretches);
}

const struct err *
stretch_trainees(struct reader *r)
{
	return stretch(r, &kind_trainees, &r->book->trainee_keys, &r->stretches);
}

const struct err *
stretch_assessments(struct reader *r)
{
	return stretch(r, &kind_assessments, NULL, &r->hanging);
}

const struct err *
stretch_followups(struct reader *r)
{
	return stretch(r, &kind_followups, NULL, &r->hanging);
}

const struct err *
stretch_statuses(struct reader *r)
{
	return stretch(r, &kind_statuses, NULL, &r->hanging);
}
