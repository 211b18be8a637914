/* verify.c - walks the journal once, in bounded memory: each row names a record and a version, which is either the record's
 * present one or a kept one. Records that no row names show in the counts. */
#include "model/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/journal.h"
#include "model/roll.h"
#include "model/save.h"
#include "model/statements.h"
#include "sql.h"

struct verifying {
	struct db *db;
	struct journal journal; /* for its key alone */
	void (*broken)(void *to, const char *entity, int64_t record, int64_t part, const char *what);
	void *to;
	struct verify_report *report;
	struct buf canonical;
	void *record; /* room for the largest */
	struct arena scratch;
	bool any; /* the journal holds something */
	int64_t known[ENTITY_COUNT];
	bool told[ENTITY_COUNT]; /* that a record of this kind is gone */
};

static void
compare(struct verifying *v, const struct journal_walk_row *row, str content)
{
	unsigned char digest[DIGEST_SIZE];

	journal_digest(&v->journal, content, digest);
	if (row->digest.len != sizeof digest || memcmp(digest, row->digest.s, sizeof digest) != 0)
		v->broken(v->to, entity_named(row->entity)->name, row->record_id, row->part_id,
		    tr("the content is not what was written"));
}

/* One that cannot be made out is not what was written: its text stays empty. */
static const struct err *
present_roll(struct verifying *v, const struct entity *e, const struct journal_walk_row *row)
{
	struct record *r = v->record;
	struct roll roll;
	const struct err *err;

	arena_clear(&v->scratch);
	err = roll_read(v->db, row->territory_id, e, row->record_id, &v->scratch, &roll);
	if (err == NULL)
		roll_canonical(e, &roll, &v->canonical);
	r->version = roll.version;
	return err != NULL && err->kind == ERR_DAMAGED && roll.version > 0 ? NULL : err;
}

/* The record as it stands now; its version is 0 when it is not there. */
static const struct err *
present(struct verifying *v, const struct entity *e, const struct journal_walk_row *row)
{
	struct record *r = v->record;
	struct db_rows rows;
	const struct err *err;

	r->version = 0;
	buf_clear(&v->canonical);
	if (e->linked)
		return present_roll(v, e, row);
	err = db_read(v->db, statement_of(e, ST_BY_ID), DB_PARAMS(db_i(row->territory_id), db_i(row->record_id)), &rows);
	if (err != NULL)
		return err;
	if (db_next(&rows)) {
		entity_row(e, &rows, v->record, NULL);
		entity_canonical(e, v->record, &v->canonical);
	}
	return db_done(&rows);
}

/* The content stands among the versions: the record was changed since, or taken out. gone: it is not there any more. */
static const struct err *
kept(struct verifying *v, const struct journal_walk_row *row, bool gone)
{
	const struct entity *e = entity_named(row->entity);

	struct version_content_row content;
	struct db_rows rows;
	const struct err *err =
	    version_content(v->db, &rows, row->territory_id, row->entity, row->record_id, row->part_id, row->version);

	if (err != NULL)
		return err;
	if (version_content_next(&rows, &content)) {
		v->report->versions++;
		compare(v, row, content.content);
	} else if (rows.err == NULL) {
		v->told[entity_number_of(e)] |= gone;
		v->broken(v->to, e->name, row->record_id, row->part_id,
		    gone ? tr("the record is gone") : tr("an earlier version is missing"));
	}
	return db_done(&rows);
}

static const struct err *
verify_row(struct verifying *v, const struct journal_walk_row *row)
{
	const struct entity *e = entity_named(row->entity);
	const struct record *r = v->record;
	const struct err *err;

	if (e == NULL || str_is(row->action, "read") || str_is(row->action, "delete"))
		return NULL;
	if ((err = present(v, e, row)) != NULL)
		return err;
	if (r->version == row->version) {
		v->report->records++;
		compare(v, row, buf_str(&v->canonical));
		return NULL;
	}
	return kept(v, row, r->version == 0);
}

static const struct err *
count_known(struct verifying *v)
{
	struct journal_counts_row row;
	struct db_rows rows;
	const struct err *err = journal_counts(v->db, &rows);

	if (err != NULL)
		return err;
	while (journal_counts_next(&rows, &row)) {
		const struct entity *e = entity_named(row.entity);

		v->any = true;
		if (e != NULL)
			v->known[entity_number_of(e)] = row.records;
	}
	return db_done(&rows);
}

static const struct err *
verify_counts(struct verifying *v)
{
	const struct err *err = NULL;

	for (size_t i = 0; i < ENTITY_COUNT && err == NULL; i++) {
		const struct entity *e = &entities[i];
		struct db_rows rows;
		int64_t n = 0;

		if ((err = db_read(v->db, statement_of(e, ST_COUNT_ALL), NULL, 0, &rows)) != NULL)
			return err;
		if (db_next(&rows))
			n = db_int(&rows, 0);
		if ((err = db_done(&rows)) != NULL || n == v->known[i] || (n < v->known[i] && v->told[i]))
			continue;
		v->broken(v->to, e->name, 0, 0,
		    n > v->known[i] ? tr("the table holds records that the journal does not know")
				    : tr("records are gone that nobody removed"));
	}
	return err;
}

static const struct err *
verify_journal(struct verifying *v)
{
	struct journal_walk_row row;
	struct db_rows rows;
	const struct err *err = journal_key(v->db, v->journal.key), *done;

	if (err != NULL || (err = journal_walk(v->db, &rows)) != NULL)
		return err;
	while (err == NULL && journal_walk_next(&rows, &row))
		err = verify_row(v, &row);
	done = db_done(&rows);
	return err == NULL ? done : err;
}

/* Who is on a roll exists: what the database itself holds for every other link. */
static const struct err *
verify_rolls_of(struct verifying *v, int64_t territory, const struct entity *e)
{
	struct rolls *all = rolls_open(v->db, territory, e);
	const struct err *err;
	bool found;
	str refs[2];

	while ((err = rolls_next(all, v->record, refs, &found)) == NULL && found) {
		if (refs[1].len == 0)
			v->broken(v->to, e->name, roll_owner(e, v->record), roll_who(e, v->record),
			    str_format(&v->scratch, tr("refers to a record of %s that does not exist"), e->fields[1].to).s);
	}
	rolls_close(all);
	return err != NULL && err->kind == ERR_DAMAGED ? NULL : err; /* told already, by its digest */
}

static const struct err *
verify_rolls(struct verifying *v)
{
	struct keepers_all_row row;
	struct db_rows rows;
	const struct err *err = keepers_all(v->db, &rows), *done;

	while (err == NULL && keepers_all_next(&rows, &row)) {
		for (size_t i = 0; i < ENTITY_COUNT && err == NULL; i++) {
			if (entities[i].linked)
				err = verify_rolls_of(v, row.territory_id, &entities[i]);
		}
	}
	done = db_done(&rows);
	return err == NULL ? done : err;
}

const struct err *
verify_records(struct db *db, void (*broken)(void *to, const char *entity, int64_t record, int64_t part, const char *what),
    void *to, struct verify_report *report)
{
	struct verifying v = { .db = db, .broken = broken, .to = to, .report = report };
	const struct err *err;
	size_t size = 0;

	*report = (struct verify_report){ 0 };
	for (size_t i = 0; i < ENTITY_COUNT; i++)
		size = entities[i].size > size ? entities[i].size : size;
	v.record = calloc(1, size);
	if (v.record == NULL)
		bug_oom(size);
	err = count_known(&v);
	if (err == NULL && v.any) /* a database without a change has no key yet */
		err = verify_journal(&v);
	if (err == NULL)
		err = verify_counts(&v);
	if (err == NULL)
		err = verify_rolls(&v);
	free(v.record);
	arena_release(&v.scratch);
	buf_release(&v.canonical);
	return err;
}
