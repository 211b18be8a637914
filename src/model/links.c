#include "model/links.h"

#include <string.h>

#include "base/buf.h"
#include "model/roll.h"
#include "model/save.h"

enum { FIELDS_MOST = 64 };

struct asking {
	struct db *db;
	int64_t territory, first, last;
	const struct entity *to;
	links_found *found;
	void *with;
};

/* The statement that reads this field of all who have one; made once, kept for the life of the process. */
static const struct sql *
statement(const struct entity *from, size_t field, bool within)
{
	static struct sql made[ENTITY_COUNT][FIELDS_MOST];
	static struct arena memory;
	struct sql *s = &made[entity_number_of(from)][field];
	const char *id = from->linked ? from->fields[0].column : "id", *column = from->fields[field].column;

	if (field >= FIELDS_MOST)
		bug("%s has too many fields", from->name);
	if (s->text != NULL)
		return s;
	if (from->linked && field == 1) /* who is on it stands in the lines */
		column = "lines";
	s->name = str_format(&memory, "%s_by_%s", from->name, column).s;
	s->text = str_format(&memory, "select t.%s, t.%s from %s t where t.territory_id = $1 and t.%s %s", id, column, from->name,
	    column, within ? "between $2 and $3" : "is not null")
		      .s;
	return s;
}

static const struct err *
by_link(const struct asking *q, const struct entity *from, size_t field)
{
	struct db_rows rows;
	const struct err *err =
	    db_read(q->db, statement(from, field, true), DB_PARAMS(db_i(q->territory), db_i(q->first), db_i(q->last)), &rows);

	if (err != NULL)
		return err;
	while (db_next(&rows))
		q->found(q->with, from, db_int(&rows, 0), db_int(&rows, 1));
	return db_done(&rows);
}

static const struct err *
by_refs(const struct asking *q, const struct entity *from, size_t field)
{
	struct db_rows rows;
	const struct err *err = db_read(q->db, statement(from, field, false), DB_PARAMS(db_i(q->territory)), &rows), *done;

	if (err != NULL)
		return err;
	while (err == NULL && db_next(&rows)) {
		str refs = db_text(&rows, 1);
		int64_t id = db_int(&rows, 0), target = 0;

		while (err == NULL && refs.len > 0) {
			err = entity_key_of_ref(q->db, q->territory, q->to, str_cut(refs, ';', &refs), &target);
			if (err == NULL && target >= q->first && target <= q->last)
				q->found(q->with, from, id, target);
		}
	}
	done = db_done(&rows);
	return err != NULL ? err : done;
}

static const struct err *
by_lines(const struct asking *q, const struct entity *from)
{
	struct db_rows rows;
	const struct err *err = db_read(q->db, statement(from, 1, false), DB_PARAMS(db_i(q->territory)), &rows);

	if (err != NULL)
		return err;
	while (db_next(&rows)) {
		struct roll_walk w = roll_walk(db_blob(&rows, 1));
		int64_t values[ROLL_VALUES];

		while (roll_walk_next(&w, values)) {
			if (w.who >= q->first && w.who <= q->last)
				q->found(q->with, from, db_int(&rows, 0), w.who);
		}
	}
	return db_done(&rows);
}

const struct err *
links_to(struct db *db, int64_t territory, const struct entity *to, int64_t first, int64_t last, links_found *found, void *with)
{
	const struct asking q = { db, territory, first, last, to, found, with };
	const struct err *err = NULL;

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const struct entity *from = &entities[i];

		for (size_t k = 0; k < from->n && err == NULL; k++) {
			const struct field *f = &from->fields[k];

			if (f->to == NULL || strcmp(f->to, to->name) != 0)
				continue;
			if (f->kind == KIND_LINKS)
				err = by_refs(&q, from, k);
			else if (from->linked && k == 1)
				err = by_lines(&q, from);
			else
				err = by_link(&q, from, k);
		}
	}
	return err;
}
