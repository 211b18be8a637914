/* undo_read.c - what an act wrote, and what each record was before it */
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "model/undo_inside.h"
#include "sql.h"

enum { DID_INSERT = 0, DID_DELETE = 2, DAY_MS = 86400000 };

/* ---- where it stands in the journal: the rows of a change stand together, and changes in order ---- */

static const struct err *
change_at(struct db *db, int64_t territory, int64_t seq, int64_t *change)
{
	struct journal_row_at_row row;
	struct db_rows rows;
	const struct err *err = journal_row_at(db, &rows, territory, seq);

	*change = 0;
	if (err != NULL)
		return err;
	if (journal_row_at_next(&rows, &row))
		*change = row.change;
	return db_done(&rows);
}

static const struct err *
ends_of(struct db *db, int64_t territory, int64_t *first, int64_t *last)
{
	struct journal_first_row one;
	struct journal_head_row head;
	struct db_rows rows;
	const struct err *err = journal_first(db, &rows, territory);

	*first = 1;
	*last = 0;
	if (err != NULL)
		return err;
	if (journal_first_next(&rows, &one))
		*first = one.seq;
	if ((err = db_done(&rows)) != NULL || (err = journal_head(db, &rows, territory)) != NULL)
		return err;
	if (journal_head_next(&rows, &head))
		*last = head.seq;
	return db_done(&rows);
}

/* The first row of a change that is not before this one. */
static const struct err *
first_row_from(struct db *db, int64_t territory, int64_t change, int64_t low, int64_t high, int64_t *seq)
{
	const struct err *err = NULL;

	while (low <= high && err == NULL) {
		int64_t middle = low + (high - low) / 2, there;

		if ((err = change_at(db, territory, middle, &there)) != NULL)
			return err;
		if (there < change)
			low = middle + 1;
		else
			high = middle - 1;
	}
	*seq = low;
	return err;
}

/* ---- its records ---- */

static struct undo_record *
record_add(struct undo *u, size_t *cap)
{
	if (u->n == *cap) {
		struct undo_record *v = ARENA_ARRAY(u->arena, *cap = *cap == 0 ? 16 : *cap * 2, struct undo_record);

		if (u->n > 0)
			memcpy(v, u->v, u->n * sizeof *v);
		u->v = v;
	}
	return &u->v[u->n++];
}

static int
in_order(const void *a, const void *b)
{
	const struct undo_record *x = a, *y = b;

	return x->e != y->e ? (x->e > y->e) - (x->e < y->e) : (x->id > y->id) - (x->id < y->id);
}

static const struct err *
read_records(struct undo *u, int64_t from, int64_t to)
{
	struct act_rows_row row;
	struct db_rows rows;
	size_t cap = 0;
	const struct err *err = act_rows(u->db, &rows, u->territory, from, to);

	if (err != NULL)
		return err;
	while (act_rows_next(&rows, &row)) {
		const struct entity *e = entity_named(row.entity);
		bool made = row.first % 4 == DID_INSERT, gone = row.last % 4 == DID_DELETE;

		u->beside |= e == NULL;
		if (e == NULL || (made && gone))
			continue;
		*record_add(u, &cap) = (struct undo_record){
			.e = e, .id = row.record, .first = row.first / 4, .last = row.last / 4, .made = made, .gone = gone
		};
	}
	if (u->n > 0)
		qsort(u->v, u->n, sizeof *u->v, in_order);
	return db_done(&rows);
}

struct undo_record *
undo_find(const struct undo *u, const struct entity *e, int64_t id)
{
	const struct undo_record key = { .e = e, .id = id };

	return u->n == 0 ? NULL : bsearch(&key, u->v, u->n, sizeof key, in_order);
}

/* ---- what each was ---- */

static bool
content_of(struct undo *u, struct undo_record *x, str content)
{
	struct roll *r;

	if (!x->e->linked) {
		x->before = arena_alloc(u->arena, x->e->size);
		if (!entity_content_read(x->e, content, u->arena, x->before))
			return false;
		*(struct record *)x->before = (struct record){ x->id, x->first - 1 };
		return true;
	}
	x->before = r = ARENA_NEW(u->arena, struct roll);
	*r = (struct roll){ .owner = x->id };
	return roll_content_read(x->e, content, u->arena, r);
}

/* A content that was erased is lost. */
static const struct err *
read_before(struct undo *u, struct undo_record *x)
{
	struct version_content_row row;
	struct db_rows rows;
	const struct err *err = version_content(u->db, &rows, u->territory, str_of(x->e->name), x->id, 0, x->first - 1);

	if (err != NULL)
		return err;
	if (!version_content_next(&rows, &row) || !content_of(u, x, row.content))
		x->state = UNDO_LOST;
	return db_done(&rows);
}

static const struct err *
read_change(struct undo *u, bool *found)
{
	struct change_row_row row;
	struct db_rows rows;
	const struct err *err = change_row(u->db, &rows, u->territory, u->change);

	if (err != NULL)
		return err;
	*found = change_row_next(&rows, &row);
	if (*found) {
		u->at = str_dup(u->arena, row.at);
		u->actor = str_dup(u->arena, row.actor);
		u->cause = str_dup(u->arena, row.cause);
	}
	return db_done(&rows);
}

const struct err *
undo_read(struct db *db, struct arena *a, int64_t territory, int64_t change, struct undo *to, bool *found)
{
	int64_t first, last, from = 0, after = 0;
	const struct err *err;

	*to = (struct undo){ .db = db, .arena = a, .territory = territory, .change = change };
	if ((err = read_change(to, found)) != NULL || !*found)
		return err;
	if ((err = ends_of(db, territory, &first, &last)) != NULL ||
	    (err = first_row_from(db, territory, change, first, last, &from)) != NULL ||
	    (err = first_row_from(db, territory, change + 1, from, last, &after)) != NULL)
		return err;
	err = read_records(to, from, after - 1);
	for (size_t i = 0; i < to->n && err == NULL; i++) {
		if (!to->v[i].made)
			err = read_before(to, &to->v[i]);
	}
	return err;
}

bool
undo_late(const struct undo *u, int64_t now_ms)
{
	int64_t at = moment_parse(u->at);

	return at < 0 || now_ms - at > (int64_t)UNDO_DAYS * DAY_MS;
}
