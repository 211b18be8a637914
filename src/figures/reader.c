#include "figures/reader.h"

#include <stdlib.h>
#include <string.h>

#include "sql.h"

static bool
in_order(const int *owners, int n)
{
	for (int i = 1; i < n; i++) {
		if (owners[i] < owners[i - 1])
			return false;
	}
	return true;
}

int *
owned_end(struct reader *r, void *v, size_t size, int owners)
{
	int *first = ARENA_ARRAY(r->arena, owners + 2, int), *owner = r->owners.v, n = r->owners.n;
	char *from;

	for (int i = 0; i < n; i++)
		first[owner[i] + 2]++;
	for (int k = 0; k < owners; k++)
		first[k + 2] += first[k + 1];
	/* first[k + 1] is where owner k begins; it moves on to where they end. */
	if (in_order(owner, n)) {
		memmove(first, first + 1, (size_t)(owners + 1) * sizeof *first);
		return first;
	}
	from = arena_copy(r->arena, v, (size_t)n * size);
	for (int i = 0; i < n; i++)
		memcpy((char *)v + (size_t)first[owner[i] + 1]++ * size, from + (size_t)i * size, size);
	return first;
}

/* --- stretches of keys --- */

/* How many there are goes to r->between. */
#define COUNT_BETWEEN(table)                                                                              \
	static const struct err *count_##table(struct reader *r, int64_t low, int64_t high, int64_t most) \
	{                                                                                                 \
		struct book_##table##_between_row row = { 0 };                                            \
		struct db_rows rows;                                                                      \
                                                                                                          \
		(void)book_##table##_between(r->db, &rows, r->territory, low, high, most);                \
		while (book_##table##_between_next(&rows, &row))                                          \
			r->between = row.n;                                                               \
		return db_done(&rows);                                                                    \
	}
COUNT_BETWEEN(sessions)
COUNT_BETWEEN(enrolments)
COUNT_BETWEEN(people)
COUNT_BETWEEN(trainees)

static int
by_key(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
add_stretch(struct buf *list, int64_t low, int64_t high)
{
	buf_char(list, list->len == 1 ? ' ' : ',');
	buf_char(list, '[');
	buf_int(list, low);
	buf_char(list, ',');
	buf_int(list, high);
	buf_char(list, ']');
}

/* One stretch when no more others than our own lie among the keys, else a stretch for each, in order. */
static const struct err *
stretch(
    struct reader *r, const struct keys *k, const struct err *(*count)(struct reader *r, int64_t low, int64_t high, int64_t most))
{
	int64_t *sorted = arena_copy(r->arena, k->v, (size_t)k->n * sizeof *k->v), most = (int64_t)k->n * 2 + 1;
	const struct err *e = NULL;

	r->between = most;
	buf_clear(&r->stretches);
	buf_char(&r->stretches, '[');
	if (k->n > 0) {
		qsort(sorted, (size_t)k->n, sizeof *sorted, by_key);
		e = count(r, sorted[0], sorted[k->n - 1], most);
	}
	if (r->between < most)
		add_stretch(&r->stretches, sorted[0], sorted[k->n - 1]);
	for (int i = 0; r->between == most && i < k->n; i++)
		add_stretch(&r->stretches, sorted[i], sorted[i]);
	buf_char(&r->stretches, ']');
	return e;
}

const struct err *
stretch_enrolments(struct reader *r)
{
	return stretch(r, &r->enrolments, count_enrolments);
}

const struct err *
stretch_sessions(struct reader *r)
{
	return stretch(r, &r->session_keys, count_sessions);
}

const struct err *
stretch_people(struct reader *r)
{
	return stretch(r, &r->book->person_keys, count_people);
}

const struct err *
stretch_trainees(struct reader *r)
{
	return stretch(r, &r->book->trainee_keys, count_trainees);
}
