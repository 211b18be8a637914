#include "model/save_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/person_keys.h"
#include "model/statements.h"

enum { FOUND_BY_MOST = 1000000 }; /* kept until they are written together: about 50 MB */

static size_t
most_fields(void)
{
	size_t most = 0;

	for (size_t i = 0; i < ENTITY_COUNT; i++)
		most = entities[i].n > most ? entities[i].n : most;
	return most;
}

const struct err *
save_open(struct save *s, struct db *db, const struct change *change, int64_t now_ms)
{
	*s = (struct save){ .db = db, .territory = change->territory, .keys.now_ms = now_ms };
	s->params = calloc(most_fields() + 4, sizeof *s->params);
	if (s->params == NULL)
		bug_oom(sizeof *s->params);
	return journal_open(db, change, &s->journal);
}

void
save_close(struct save *s)
{
	(void)sorted_apply(s->db, s->territory, &s->found_by);
	sorted_release(&s->found_by);
	arena_release(&s->scratch);
	buf_release(&s->canonical);
	free(s->params);
	s->params = NULL;
}

const struct err *
save_reserve(struct save *s, const struct entity *e, int64_t *key)
{
	bool *above = &s->above[entity_number_of(e)];
	const struct err *err = NULL;
	struct db_rows rows;

	if (!*above && (err = db_read(s->db, statement_of(e, ST_LAST_KEY), DB_PARAMS(db_i(s->territory)), &rows)) == NULL) {
		if (db_next(&rows))
			key_above(&s->keys, db_int(&rows, 0));
		err = db_done(&rows);
		*above = true;
	}
	*key = key_next(&s->keys);
	return err;
}

static struct db_value
field_value(const struct field *f, const void *record, struct arena *a)
{
	const void *at = field_at(f, record);

	if (f->kind == KIND_DATE) {
		char *text = arena_alloc(a, DAY_TEXT);

		return db_s(day_text(*(const day *)at, text));
	}
	return field_is_text(f->kind) ? db_s(*(const str *)at) : db_i(*(const int64_t *)at);
}

/* The parameters of ST_INSERT and ST_UPDATE, which are the same. */
size_t
save_bind(struct save *s, const struct entity *e, const void *record)
{
	const struct record *r = record;
	size_t n = 0;

	s->params[n++] = db_i(s->territory);
	s->params[n++] = db_i(r->id);
	s->params[n++] = db_i(r->version);
	for (size_t i = 0; i < e->n; i++)
		s->params[n++] = field_value(&e->fields[i], record, &s->scratch);
	return n;
}

const struct err *
save_journal(struct save *s, const struct entity *e, const void *record, enum journal_action action, str fields)
{
	const struct record *r = record;

	buf_clear(&s->canonical);
	entity_canonical(e, record, &s->canonical);
	return journal_add(&s->journal, &(struct journal_row){ .entity = e->name,
					    .record = r->id,
					    .action = action,
					    .version = r->version,
					    .fields = fields,
					    .content = buf_str(&s->canonical) });
}

/* What follows from a record that was written. */
const struct err *
save_follow(struct save *s, const struct entity *e, const void *record, const void *old)
{
	if (entity_number_of(e) != ENTITY_people)
		return NULL;
	if (record == NULL)
		person_keys_drop(&s->found_by, old, &s->journal);
	else
		person_keys_change(&s->found_by, record, old, &s->journal);
	return s->found_by.n < FOUND_BY_MOST ? NULL : sorted_apply(s->db, s->territory, &s->found_by);
}

static const struct err *
insert(struct save *s, const struct entity *e, void *record)
{
	struct record *r = record;
	const struct err *err;

	if (r->id == 0 && (err = save_reserve(s, e, &r->id)) != NULL)
		return err;
	r->version = 1;
	if ((err = db_write(s->db, statement_of(e, ST_INSERT), s->params, save_bind(s, e, record))) != NULL)
		return err;
	s->inserted++;
	if ((err = save_follow(s, e, record, NULL)) != NULL)
		return err;
	return save_journal(s, e, record, JOURNAL_INSERT, S("*"));
}

/* The content that is replaced stays as a version: history, undo, "as of a day"; it can be erased, the journal cannot. */
const struct err *
save_keep_version(struct save *s, const struct entity *e, const void *old)
{
	const struct record *r = old;

	buf_clear(&s->canonical);
	entity_canonical(e, old, &s->canonical);
	return db_write(s->db, statement_of(e, ST_KEEP_VERSION),
	    DB_PARAMS(
		db_i(s->territory), db_i(r->id), db_i(0), db_i(r->version), { .type = DB_TEXT, .s = buf_str(&s->canonical) }));
}

static str
changed_fields(struct save *s, const struct entity *e, const void *old, const void *record)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < e->n; i++) {
		if (field_equal(&e->fields[i], old, record))
			continue;
		if (names.len > 0)
			buf_char(&names, ',');
		buf_add(&names, str_of(e->fields[i].name));
	}
	return buf_kept(&names, &s->scratch);
}

const struct err *
save_conflict(struct db *db)
{
	return err_new(db_arena(db), ERR_CONFLICT, tr("This record was changed meanwhile."), NULL,
	    tr("Read it again, then make your change once more."));
}

const struct err *
entity_save(struct save *s, const struct entity *e, void *record, const void *old)
{
	struct record *r = record;
	const struct record *was = old;
	const struct err *err;
	str changed;

	arena_clear(&s->scratch);
	if (e->linked)
		return roll_save_line(s, e, record, old);
	if (old == NULL)
		return insert(s, e, record);
	if (r->version != 0 && r->version != was->version)
		return save_conflict(s->db);
	*r = *was;
	changed = changed_fields(s, e, old, record);
	if (changed.len == 0) {
		s->unchanged++;
		return NULL;
	}
	r->version++;
	if ((err = save_keep_version(s, e, old)) != NULL ||
	    (err = db_write(s->db, statement_of(e, ST_UPDATE), s->params, save_bind(s, e, record))) != NULL ||
	    (err = save_follow(s, e, record, old)) != NULL)
		return err;
	s->updated++;
	return save_journal(s, e, record, JOURNAL_UPDATE, changed);
}

str
record_ref(struct arena *a, const char *begins, int64_t key)
{
	char text[16];
	size_t n = sizeof text;

	for (uint64_t k = (uint64_t)key; k > 0; k /= 36)
		text[--n] = "0123456789abcdefghijklmnopqrstuvwxyz"[k % 36];
	return str_format(a, "%s%.*s", begins, (int)(sizeof text - n), text + n);
}
