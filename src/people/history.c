#include "people/history.h"

#include <stdlib.h>

#include "model/save.h"
#include "sql.h"

enum { PEOPLE = ENTITY_people, STATUSES = ENTITY_statuses };

struct content { /* of one version */
	int64_t version;
	void *record; /* NULL: erased, or not made out */
};

struct reading {
	const struct sight *s;
	const struct entity *e;
	int64_t id;
	struct content *v; /* in order of versions; the present one is the last */
	size_t n;
	struct past *to; /* all found so far */
	int64_t *seq;    /* their rows of the journal */
	size_t n_to, cap;
};

/* ---- the contents of one record ---- */

static void
content_add(struct reading *r, size_t *cap, int64_t version, void *record)
{
	if (r->n == *cap) {
		struct content *v = ARENA_ARRAY(r->s->arena, *cap = *cap == 0 ? 8 : *cap * 2, struct content);

		for (size_t i = 0; i < r->n; i++)
			v[i] = r->v[i];
		r->v = v;
	}
	r->v[r->n++] = (struct content){ version, record };
}

static const struct err *
read_contents(struct reading *r)
{
	const struct sight *s = r->s;
	struct versions_of_row row;
	struct db_rows rows;
	size_t cap = 0;
	bool found = false;
	void *now = arena_alloc(s->arena, r->e->size);
	const struct err *err = versions_of(s->db, &rows, s->territory, str_of(r->e->name), r->id);

	r->n = 0;
	r->v = NULL;
	if (err != NULL)
		return err;
	while (versions_of_next(&rows, &row)) {
		void *record = arena_alloc(s->arena, r->e->size);

		content_add(r, &cap, row.version,
		    entity_content_read(r->e, str_dup(s->arena, row.content), s->arena, record) ? record : NULL);
	}
	if ((err = db_done(&rows)) != NULL)
		return err;
	err = entity_by_id(s->db, s->territory, r->e, r->id, s->arena, now, &found);
	if (found)
		content_add(r, &cap, ((struct record *)now)->version, now);
	return err;
}

static const void *
content_of(const struct reading *r, int64_t version)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i].version == version)
			return r->v[i].record;
	}
	return NULL;
}

/* ---- what happened to it ---- */

static struct past *
past_add(struct reading *r, int64_t seq)
{
	if (r->n_to == r->cap) {
		size_t cap = r->cap == 0 ? 32 : r->cap * 2;
		struct past *to = ARENA_ARRAY(r->s->arena, cap, struct past);
		int64_t *seqs = ARENA_ARRAY(r->s->arena, cap, int64_t);

		for (size_t i = 0; i < r->n_to; i++) {
			to[i] = r->to[i];
			seqs[i] = r->seq[i];
		}
		r->to = to;
		r->seq = seqs;
		r->cap = cap;
	}
	r->seq[r->n_to] = seq;
	return &r->to[r->n_to++];
}

static const struct err *
read_record(struct reading *r, const struct entity *e, int64_t id)
{
	const struct sight *s = r->s;
	struct record_writings_row row;
	struct db_rows rows;
	const struct err *err;

	r->e = e;
	r->id = id;
	if ((err = read_contents(r)) != NULL || (err = record_writings(s->db, &rows, s->territory, str_of(e->name), id)) != NULL)
		return err;
	while (record_writings_next(&rows, &row)) {
		struct past *p = past_add(r, row.seq);
		bool made = str_is(row.action, "insert"), gone = str_is(row.action, "delete");

		*p = (struct past){ .at = str_dup(s->arena, row.at),
			.actor = str_dup(s->arena, row.actor),
			.cause = str_dup(s->arena, row.cause),
			.change = row.change,
			.e = e,
			.record = id,
			.before = made ? NULL : content_of(r, row.version - 1),
			.after = gone ? NULL : content_of(r, row.version) };
		p->erased = (!made && p->before == NULL) || (!gone && p->after == NULL);
	}
	return db_done(&rows);
}

/* ---- all of them ---- */

/* The statuses that the person has, and those that were theirs. */
static const struct err *
status_ids(const struct sight *s, int64_t person, int64_t **ids, size_t *n)
{
	str begins = str_format(s->arena, "person\t%lld\n", (long long)person);
	struct statuses_ever_row row;
	struct db_rows rows;
	size_t cap = 0;
	const struct err *err = statuses_ever(s->db, &rows, s->territory, person, begins);

	*n = 0;
	*ids = NULL;
	if (err != NULL)
		return err;
	while (statuses_ever_next(&rows, &row)) {
		if (*n == cap) {
			int64_t *v = ARENA_ARRAY(s->arena, cap = cap == 0 ? 16 : cap * 2, int64_t);

			for (size_t i = 0; i < *n; i++)
				v[i] = (*ids)[i];
			*ids = v;
		}
		(*ids)[(*n)++] = row.id;
	}
	return db_done(&rows);
}

static int
latest_first(const void *a, const void *b, void *reading)
{
	const struct reading *r = reading;
	int64_t x = r->seq[*(const size_t *)a], y = r->seq[*(const size_t *)b];

	return (x < y) - (x > y);
}

static void
in_order(struct reading *r, size_t most, struct past **to, size_t *n)
{
	size_t *order = ARENA_ARRAY(r->s->arena, r->n_to, size_t);

	for (size_t i = 0; i < r->n_to; i++)
		order[i] = i;
	if (r->n_to > 0)
		qsort_r(order, r->n_to, sizeof *order, latest_first, r);
	*n = r->n_to < most ? r->n_to : most;
	*to = ARENA_ARRAY(r->s->arena, *n, struct past);
	for (size_t i = 0; i < *n; i++)
		(*to)[i] = r->to[order[i]];
}

const struct err *
person_history(const struct sight *s, int64_t person, size_t most, struct past **to, size_t *n)
{
	struct reading r = { .s = s };
	int64_t *statuses;
	size_t n_statuses;
	const struct err *err = read_record(&r, &entities[PEOPLE], person);

	if (err == NULL)
		err = status_ids(s, person, &statuses, &n_statuses);
	for (size_t i = 0; err == NULL && i < n_statuses; i++)
		err = read_record(&r, &entities[STATUSES], statuses[i]);
	if (err == NULL)
		in_order(&r, most, to, n);
	return err;
}
