/* load.c - records read back from the database */
#include "model/roll.h"
#include "model/save.h"
#include "model/statements.h"

void
entity_row(const struct entity *e, struct db_rows *rows, void *record, str *link_refs)
{
	struct record *r = record;
	int column = 2;

	r->id = db_int(rows, 0);
	r->version = db_int(rows, 1);
	for (size_t i = 0; i < e->n; i++, column++) {
		const struct field *f = &e->fields[i];
		void *at = field_at(f, record);

		if (f->kind == KIND_DATE)
			*(day *)at = db_day(rows, column);
		else if (field_is_text(f->kind))
			*(str *)at = db_text(rows, column);
		else
			*(int64_t *)at = db_int(rows, column);
	}
	if (link_refs == NULL)
		return;
	for (size_t i = 0; i < e->n; i++) {
		if (e->fields[i].kind == KIND_LINK)
			*link_refs++ = db_text(rows, column++);
	}
}

static const struct err *
one(struct db *db, const struct entity *e, const struct sql *sql, const struct db_value *params, size_t n, struct arena *a,
    void *record, bool *found)
{
	struct db_rows rows;
	const struct err *err = db_read(db, sql, params, n, &rows);

	*found = false;
	if (err != NULL)
		return err;
	if (db_next(&rows)) {
		entity_row(e, &rows, record, NULL);
		entity_keep(e, record, a);
		*found = true;
	}
	return db_done(&rows);
}

const struct err *
entity_by_ref(struct db *db, int64_t territory, const struct entity *e, str ref, struct arena *a, void *record, bool *found)
{
	const struct db_value params[] = { db_i(territory), db_s(ref) };

	return one(db, e, statement_of(e, ST_BY_REF), params, 2, a, record, found);
}

const struct err *
entity_by_id(struct db *db, int64_t territory, const struct entity *e, int64_t id, struct arena *a, void *record, bool *found)
{
	const struct db_value params[] = { db_i(territory), db_i(id) };

	if (e->linked)
		bug("%s have no key of their own", e->name);
	return one(db, e, statement_of(e, ST_BY_ID), params, 2, a, record, found);
}

const struct err *
entity_by_key(struct db *db, int64_t territory, const struct entity *e, struct arena *a, void *record, bool *found)
{
	struct db_value params[8] = { db_i(territory) };
	char dates[8][DAY_TEXT];
	size_t n = 1;

	if (e->linked)
		return roll_find_line(db, territory, e, a, record, found);
	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];
		const void *at = field_at(f, record);

		if (!f->key)
			continue;
		if (f->kind == KIND_DATE)
			params[n] = db_s(day_text(*(const day *)at, dates[n]));
		else if (field_is_text(f->kind))
			params[n] = db_s(*(const str *)at);
		else
			params[n] = db_i(*(const int64_t *)at == NUMBER_NONE ? 0 : *(const int64_t *)at);
		n++;
	}
	return one(db, e, statement_of(e, ST_BY_KEY), params, n, a, record, found);
}

static const struct err *
first_int(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, int64_t *to)
{
	struct db_rows rows;
	const struct err *err = db_read(db, sql, params, n, &rows);

	*to = 0;
	if (err != NULL)
		return err;
	if (db_next(&rows))
		*to = db_int(&rows, 0);
	return db_done(&rows);
}

const struct err *
entity_key_of_ref(struct db *db, int64_t territory, const struct entity *e, str ref, int64_t *key)
{
	return first_int(db, statement_of(e, ST_KEY_OF_REF), DB_PARAMS(db_i(territory), db_s(ref)), key);
}

const struct err *
entity_any(struct db *db, int64_t territory, const struct entity *e, bool *any)
{
	int64_t one_row;
	const struct err *err = first_int(db, statement_of(e, ST_ANY), DB_PARAMS(db_i(territory)), &one_row);

	*any = one_row == 1;
	return err;
}

const struct err *
entity_stream(struct db *db, int64_t territory, const struct entity *e, struct db_rows *rows)
{
	if (e->linked)
		bug("%s is kept in rolls", e->name);
	return db_stream(db, statement_of(e, ST_EXPORT), DB_PARAMS(db_i(territory)), rows);
}
