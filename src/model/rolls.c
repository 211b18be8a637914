/* rolls.c - every roll of a territory, some hundreds at a time, with the refs of who is on them */
#include <stdlib.h>
#include <string.h>

#include "model/roll.h"
#include "model/statements.h"

enum { BATCH = 512, NEAR = 16 }; /* rolls at a time; keys that lie so near to each other are asked for in one stretch */

struct who {
	int64_t id;
	str ref; /* absent: does not exist */
};

struct listed { /* one line, with what it is sorted by */
	size_t roll, line;
	str ref;
};

struct rolls {
	struct db *db;
	int64_t territory;
	const struct entity *e;
	struct arena batch; /* all below */
	struct roll roll[BATCH];
	str owner[BATCH]; /* refs */
	size_t n;
	struct who *who; /* by id, each once */
	size_t who_n;
	struct listed *lines;
	size_t lines_n, at;
	bool ended;
	struct buf after; /* the last owner's ref */
};

struct rolls *
rolls_open(struct db *db, int64_t territory, const struct entity *e)
{
	struct rolls *all = calloc(1, sizeof *all);

	if (all == NULL)
		bug_oom(sizeof *all);
	all->db = db;
	all->territory = territory;
	all->e = e;
	return all;
}

void
rolls_close(struct rolls *all)
{
	arena_release(&all->batch);
	buf_release(&all->after);
	free(all);
}

static const struct err *
read_rolls(struct rolls *all)
{
	const struct db_value params[] = { db_i(all->territory), db_s(buf_str(&all->after)), db_i(BATCH) };
	struct db_rows rows;
	const struct err *err = db_read(all->db, statement_of(all->e, ST_ROLLS_AFTER), params, 3, &rows), *damaged = NULL;

	all->n = all->lines_n = 0;
	if (err != NULL)
		return err;
	while (damaged == NULL && db_next(&rows)) {
		struct roll *r = &all->roll[all->n];

		*r = (struct roll){ .owner = db_int(&rows, 1), .version = db_int(&rows, 2) };
		all->owner[all->n++] = str_dup(&all->batch, db_text(&rows, 0));
		if (!roll_unpack(all->e, db_blob(&rows, 3), &all->batch, r))
			damaged = roll_damaged(all->db, all->e);
		all->lines_n += r->n;
	}
	err = db_done(&rows);
	return err != NULL ? err : damaged;
}

static int
by_id(const void *a, const void *b)
{
	int64_t x = ((const struct who *)a)->id, y = ((const struct who *)b)->id;

	return (x > y) - (x < y);
}

static void
collect_who(struct rolls *all)
{
	size_t n = 0;

	all->who = ARENA_ARRAY(&all->batch, all->lines_n, struct who);
	for (size_t i = 0; i < all->n; i++) {
		for (size_t k = 0; k < all->roll[i].n; k++)
			all->who[n++].id = roll_who(all->e, roll_line(all->e, &all->roll[i], k));
	}
	qsort(all->who, n, sizeof *all->who, by_id);
	all->who_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || all->who[i].id != all->who[i - 1].id)
			all->who[all->who_n++].id = all->who[i].id;
	}
}

static void
stretches(const struct rolls *all, struct buf *to)
{
	size_t first = 0;

	buf_char(to, '[');
	for (size_t i = 0; i < all->who_n; i++) {
		if (i + 1 < all->who_n && all->who[i + 1].id - all->who[i].id <= NEAR)
			continue;
		buf_format(to, "%s[%lld,%lld]", first == 0 ? "" : ",", (long long)all->who[first].id, (long long)all->who[i].id);
		first = i + 1;
	}
	buf_char(to, ']');
}

static struct who *
who_of(const struct rolls *all, int64_t id)
{
	const struct who key = { .id = id };

	return all->who_n == 0 ? NULL : bsearch(&key, all->who, all->who_n, sizeof key, by_id);
}

static const struct err *
read_refs(struct rolls *all)
{
	struct buf keys = { 0 };
	const struct err *err;
	struct db_rows rows;

	stretches(all, &keys);
	err =
	    db_read(all->db, statement_of(all->e, ST_REFS_OF_WHO), DB_PARAMS(db_i(all->territory), db_s(buf_str(&keys))), &rows);
	buf_release(&keys);
	if (err != NULL)
		return err;
	while (db_next(&rows)) {
		struct who *w = who_of(all, db_int(&rows, 0));

		if (w != NULL)
			w->ref = str_dup(&all->batch, db_text(&rows, 1));
	}
	return db_done(&rows);
}

static int
in_order(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	return x->roll != y->roll ? (x->roll > y->roll) - (x->roll < y->roll) : str_cmp(x->ref, y->ref);
}

static void
list_lines(struct rolls *all)
{
	size_t n = 0;

	all->lines = ARENA_ARRAY(&all->batch, all->lines_n, struct listed);
	for (size_t i = 0; i < all->n; i++) {
		for (size_t k = 0; k < all->roll[i].n; k++) {
			int64_t id = roll_who(all->e, roll_line(all->e, &all->roll[i], k));

			all->lines[n++] = (struct listed){ i, k, who_of(all, id)->ref };
		}
	}
	qsort(all->lines, n, sizeof *all->lines, in_order);
	all->at = 0;
}

static const struct err *
next_batch(struct rolls *all)
{
	const struct err *err;

	arena_clear(&all->batch);
	if ((err = read_rolls(all)) != NULL)
		return err;
	all->ended = all->n < BATCH;
	if (all->n > 0) {
		buf_clear(&all->after);
		buf_add(&all->after, all->owner[all->n - 1]);
	}
	collect_who(all);
	if (all->who_n > 0 && (err = read_refs(all)) != NULL)
		return err;
	list_lines(all);
	return NULL;
}

const struct err *
rolls_next(struct rolls *all, void *line, str refs[2], bool *found)
{
	const struct err *err;
	const struct listed *l;

	while (all->at == all->lines_n && !all->ended) {
		if ((err = next_batch(all)) != NULL)
			return err;
	}
	*found = all->at < all->lines_n;
	if (!*found)
		return NULL;
	l = &all->lines[all->at++];
	memcpy(line, roll_line(all->e, &all->roll[l->roll], l->line), all->e->size);
	refs[0] = all->owner[l->roll];
	refs[1] = l->ref;
	return NULL;
}
