/* person_keys_kept.c - the keys of people follow their records: changed with each, made again, compared */
#include <sodium.h>
#include <stdio.h>

#include "model/person_keys.h"
#include "model/save.h"
#include "sql.h"

static bool
has(const struct person_keys *k, str text)
{
	for (size_t i = 0; i < k->n; i++) {
		if (str_eq(k->v[i], text))
			return true;
	}
	return false;
}

void
person_keys_change(struct sorted_batch *batch, const struct person *p, const struct person *old, const struct journal *keyed)
{
	struct person_keys now = { 0 }, was = { 0 };

	person_keys(&now, p, keyed);
	if (old != NULL)
		person_keys(&was, old, keyed);
	for (size_t i = 0; i < was.n; i++) {
		if (!has(&now, was.v[i]))
			sorted_remove(batch, was.v[i], p->record.id);
	}
	for (size_t i = 0; i < now.n; i++) {
		if (!has(&was, now.v[i]))
			sorted_add(batch, now.v[i], p->record.id);
	}
	person_keys_release(&now);
	person_keys_release(&was);
}

void
person_keys_drop(struct sorted_batch *batch, const struct person *old, const struct journal *keyed)
{
	struct person_keys was = { 0 };

	person_keys(&was, old, keyed);
	for (size_t i = 0; i < was.n; i++)
		sorted_remove(batch, was.v[i], old->record.id);
	person_keys_release(&was);
}

/* --- all of them --- */

enum { PEOPLE_AT_ONCE = 5000, BATCH_MOST = 1000000 };

/* Everybody of a keeper, in the order of their numbers; the person's texts live as long as the call. */
static const struct err *
each_person(struct db *db, int64_t territory, void (*one)(void *to, const struct person *p), void *to)
{
	const struct err *err = NULL;
	int64_t last = INT64_MIN + 1, n = PEOPLE_AT_ONCE;

	while (n == PEOPLE_AT_ONCE && err == NULL) {
		struct people_keyed_row row;
		struct db_rows rows;

		if ((err = people_keyed(db, &rows, territory, last, PEOPLE_AT_ONCE)) != NULL)
			return err;
		for (n = 0; people_keyed_next(&rows, &row); n++) {
			const struct person p = { .record.id = row.id,
				.ref = row.ref,
				.family_name = row.family_name,
				.given_name = row.given_name,
				.sex = row.sex,
				.birth_date = row.birth_date,
				.nationality = row.nationality,
				.languages = row.languages,
				.household_ref = row.household_ref,
				.phone = row.phone,
				.email = row.email,
				.agdref = row.agdref };

			one(to, &p);
			last = row.id;
		}
		err = db_done(&rows);
	}
	return err;
}

static const struct err *
each_keeper(struct db *db, const struct err *(*one)(void *with, int64_t territory), void *with)
{
	int64_t keepers[64], last = INT64_MIN + 1;
	const struct err *err = NULL;
	size_t n = 64;

	while (n == 64 && err == NULL) {
		struct keepers_after_row row;
		struct db_rows rows;

		if ((err = keepers_after(db, &rows, last, 64)) != NULL)
			return err;
		for (n = 0; keepers_after_next(&rows, &row); n++)
			keepers[n] = last = row.territory_id;
		err = db_done(&rows);
		for (size_t i = 0; i < n && err == NULL; i++)
			err = one(with, keepers[i]);
	}
	return err;
}

struct making {
	struct db *db;
	int64_t territory;
	struct journal keyed;
	struct sorted_batch batch;
	struct person_keys keys;
	/* comparing */
	uint64_t seed, wanted, found;
	int64_t n;
	const struct err *err;
};

static void
make_again(void *to, const struct person *p)
{
	struct making *m = to;

	person_keys(&m->keys, p, &m->keyed);
	for (size_t i = 0; i < m->keys.n; i++)
		sorted_add(&m->batch, m->keys.v[i], p->record.id);
	if (m->batch.n >= BATCH_MOST && m->err == NULL)
		m->err = sorted_apply(m->db, m->territory, &m->batch);
}

/* The digest key is made with the first change: a database without one has nobody in it. */
static const struct err *
key_needed(struct making *m, bool *any)
{
	const struct err *err = entity_any(m->db, m->territory, &entities[ENTITY_people], any);

	return err == NULL && *any ? journal_key(m->db, m->keyed.key) : err;
}

static const struct err *
rebuild_keeper(void *with, int64_t territory)
{
	struct making *m = with;
	const struct err *err;
	bool any;

	m->territory = territory;
	if ((err = key_pages_clear(m->db, territory)) != NULL || (err = key_needed(m, &any)) != NULL || !any)
		return err;
	err = each_person(m->db, territory, make_again, m);
	if (err == NULL)
		err = m->err;
	return err != NULL ? err : sorted_apply(m->db, territory, &m->batch);
}

static const struct err *
edition_kept(struct db *db, bool *present)
{
	char wanted[16];
	struct fact_row row;
	struct db_rows rows;
	const struct err *err = fact(db, &rows, S("keys of people"));

	*present = false;
	if (err != NULL)
		return err;
	snprintf(wanted, sizeof wanted, "%d", FOLD_EDITION);
	if (fact_next(&rows, &row))
		*present = str_is(row.value, wanted);
	return db_done(&rows);
}

static const struct err *
rebuild(struct db *db)
{
	struct making m = { .db = db };
	char edition[16];
	const struct err *err = each_keeper(db, rebuild_keeper, &m);

	snprintf(edition, sizeof edition, "%d", FOLD_EDITION);
	if (err == NULL)
		err = fact_put(db, S("keys of people"), str_of(edition));
	sorted_release(&m.batch);
	person_keys_release(&m.keys);
	return err;
}

const struct err *
person_keys_rebuild(struct db *db)
{
	const struct err *err = db_begin_write(db);

	return err != NULL ? err : db_end(db, rebuild(db));
}

const struct err *
person_keys_ready(struct db *db)
{
	const struct err *err;
	bool present;

	if ((err = edition_kept(db, &present)) != NULL || present || (err = db_begin_write(db)) != NULL)
		return err;
	err = edition_kept(db, &present); /* another process may have been faster */
	if (err == NULL && !present)
		err = rebuild(db);
	return db_end(db, err);
}

/* --- comparing: sums of fingerprints, whatever the order --- */

static uint64_t
fingerprint(const struct making *m, str text, int64_t id)
{
	return str_hash(text, m->seed ^ (uint64_t)id * 0x9e3779b97f4a7c15u);
}

static void
want(void *to, const struct person *p)
{
	struct making *m = to;

	person_keys(&m->keys, p, &m->keyed);
	for (size_t i = 0; i < m->keys.n; i++, m->n++)
		m->wanted += fingerprint(m, m->keys.v[i], p->record.id);
}

static const struct err *
verify_keeper(void *with, int64_t territory)
{
	struct making *m = with;
	struct sorted_walk w;
	const struct err *err;
	struct key k;
	bool any;

	m->territory = territory;
	if ((err = key_needed(m, &any)) != NULL || (any && (err = each_person(m->db, territory, want, m)) != NULL))
		return err;
	sorted_walk(&w, m->db, territory, S(""), NULL, false);
	while (sorted_next(&w, &k))
		m->found += fingerprint(m, k.text, k.id);
	return sorted_done(&w);
}

const struct err *
person_keys_verify(struct db *db, bool *right, int64_t *n)
{
	struct making m = { .db = db };
	const struct err *err;

	randombytes_buf(&m.seed, sizeof m.seed);
	err = each_keeper(db, verify_keeper, &m);
	person_keys_release(&m.keys);
	if (err != NULL && err->kind == ERR_DAMAGED) { /* a page that is none: the same remedy */
		m.found = ~m.wanted;
		err = NULL;
	}
	*right = m.found == m.wanted;
	*n = m.n;
	return err;
}
