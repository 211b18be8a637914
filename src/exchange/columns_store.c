/* columns_store.c - the columns of an operator's spreadsheet remembered for the next one, as a record like any other */
#include "base/text.h"
#include "exchange/bundle.h"
#include "exchange/columns.h"
#include "model/save.h"
#include "sql.h"

static const struct err *
organisation_key(struct db *db, int64_t keeper, str ref, int64_t *key)
{
	*key = 0;
	return ref.len == 0 ? NULL : entity_key_of_ref(db, keeper, &entities[ENTITY_organisations], ref, key);
}

/* The stored record; id 0: none. */
static const struct err *
find(struct db *db, struct arena *a, int64_t keeper, int64_t organisation, const struct columns *c, struct mapping *found)
{
	struct mapping_found_row row;
	struct db_rows rows;
	int64_t id = 0;
	bool there = false;
	const struct err *err = mapping_found(db, &rows, keeper, organisation, str_of(as_names[c->as]), c->shape);

	*found = (struct mapping){ 0 };
	if (err != NULL)
		return err;
	while (mapping_found_next(&rows, &row))
		id = row.id;
	if ((err = db_done(&rows)) != NULL || id == 0)
		return err;
	return entity_by_id(db, keeper, &entities[ENTITY_mappings], id, a, found, &there);
}

const struct err *
columns_recall(struct db *db, struct arena *a, int64_t keeper, str organisation, struct columns *c, bool *found)
{
	struct mapping stored;
	int64_t key;
	const struct err *err = organisation_key(db, keeper, organisation, &key);

	*found = false;
	if (err != NULL || (err = find(db, a, keeper, key, c, &stored)) != NULL || stored.record.id == 0)
		return err;
	columns_apply(a, c, stored.columns);
	*found = true;
	return NULL;
}

static const struct err *
save(struct save *s, struct arena *a, int64_t organisation, const struct columns *c)
{
	const struct entity *e = &entities[ENTITY_mappings];
	struct mapping stored, next;
	const struct err *err = find(s->db, a, s->territory, organisation, c, &stored);

	if (err != NULL)
		return err;
	entity_clear(e, &next);
	next.organisation = organisation == 0 ? NUMBER_NONE : organisation;
	next.rows = str_of(as_names[c->as]);
	next.shape = c->shape;
	next.columns = columns_text(a, c);
	return next.columns.len == 0 ? NULL : entity_save(s, e, &next, stored.record.id == 0 ? NULL : &stored);
}

const struct err *
columns_remember(struct db *db, struct arena *a, str organisation, const struct columns *c, const struct import_options *how)
{
	struct save s = { 0 };
	int64_t keeper, key;
	const struct err *err = keeper_find(db, a, how->territory, &keeper);

	if (err != NULL || (err = organisation_key(db, keeper, organisation, &key)) != NULL || (err = db_begin_write(db)) != NULL)
		return err;
	err = save_open(&s, db, &(struct change){ .territory = keeper, .at = how->at, .actor = how->actor, .cause = S("import") },
	    how->now_ms);
	if (err == NULL)
		err = save(&s, a, key, c);
	save_close(&s);
	return db_end(db, err);
}
