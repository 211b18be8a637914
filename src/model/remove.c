/* remove.c - a record taken out, and put back: its number stays its own, its versions go on counting */
#include "base/text.h"
#include "model/links.h"
#include "model/save_inside.h"
#include "model/statements.h"
#include "sql.h"

/* Who opened the file of somebody stands beside the record, and is kept and put back with it. */
static const struct err *
keep_beside(struct save *s, const struct entity *e, int64_t id)
{
	const struct err *err;

	if (entity_number_of(e) != ENTITY_people)
		return NULL;
	if ((err = holdings_keep(s->db, s->territory, id)) != NULL)
		return err;
	return holdings_drop(s->db, s->territory, id);
}

static const struct err *
put_beside(struct save *s, const struct entity *e, int64_t id)
{
	const struct err *err;

	if (entity_number_of(e) != ENTITY_people)
		return NULL;
	if ((err = holdings_put_back(s->db, s->territory, id)) != NULL)
		return err;
	return holdings_forget(s->db, s->territory, id);
}

/* Its versions go on counting: the one after the last that was kept said in the journal that it was taken out. */
const struct err *
save_first_version(struct save *s, const struct entity *e, int64_t id, int64_t *version)
{
	struct version_last_row row;
	struct db_rows rows;
	const struct err *err = version_last(s->db, &rows, s->territory, str_of(e->name), id);

	*version = 1;
	if (err != NULL)
		return err;
	if (version_last_next(&rows, &row) && row.version > 0)
		*version = row.version + 2;
	return db_done(&rows);
}

const struct err *
save_take_out(struct save *s, const struct entity *e, const void *old)
{
	const struct record *r = old;
	const struct err *err;

	arena_clear(&s->scratch);
	if ((err = save_keep_version(s, e, old)) != NULL || (err = keep_beside(s, e, r->id)) != NULL ||
	    (err = db_write(s->db, statement_of(e, ST_REMOVE), DB_PARAMS(db_i(s->territory), db_i(r->id)))) != NULL ||
	    (err = save_follow(s, e, NULL, old)) != NULL)
		return err;
	s->removed++;
	return journal_add(&s->journal,
	    &(struct journal_row){
		.entity = e->name, .record = r->id, .action = JOURNAL_DELETE, .version = r->version + 1, .fields = S("*") });
}

const struct err *
save_put_back(struct save *s, const struct entity *e, void *record)
{
	struct record *r = record;
	const struct err *err = save_first_version(s, e, r->id, &r->version);

	arena_clear(&s->scratch);
	if (err != NULL || (err = db_write(s->db, statement_of(e, ST_INSERT), s->params, save_bind(s, e, record))) != NULL ||
	    (err = put_beside(s, e, r->id)) != NULL || (err = save_follow(s, e, record, NULL)) != NULL)
		return err;
	s->inserted++;
	return save_journal(s, e, record, JOURNAL_INSERT, S("*"));
}

struct pointers { /* how many records of each kind point at it */
	int64_t n[ENTITY_COUNT];
	bool any;
};

static void
count_pointer(void *to, const struct entity *from, int64_t id, int64_t target)
{
	struct pointers *p = to;

	(void)id;
	(void)target;
	p->n[entity_number_of(from)]++;
	p->any = true;
}

static const struct err *
pointed_at(struct save *s, const struct pointers *p)
{
	struct buf kinds = { 0 };
	struct arena *a = db_arena(s->db);

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (p->n[i] > 0)
			buf_format(&kinds, "%s%s (%lld)", kinds.len > 0 ? ", " : "", tr(entities[i].label), (long long)p->n[i]);
	}
	return err_new(a, ERR_INPUT, str_format(a, tr("Other records depend on this one: %s."), buf_kept(&kinds, a).s).s, NULL,
	    tr("Remove those first, or keep it."));
}

const struct err *
entity_remove(struct save *s, const struct entity *e, const void *old, int64_t version)
{
	const struct record *r = old;
	struct pointers p = { 0 };
	const struct err *err;

	if (e->linked)
		bug("a line of %s is taken out by saving its register without it", e->name);
	if (version != 0 && version != r->version)
		return save_conflict(s->db);
	if ((err = links_to(s->db, s->territory, e, r->id, r->id, count_pointer, &p)) != NULL)
		return err;
	return p.any ? pointed_at(s, &p) : save_take_out(s, e, old);
}
