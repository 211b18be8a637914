/* roll.c - a roll read, and saved: the one door (save.h) of the kinds of record that are linked */
#include "model/roll.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/save_inside.h"
#include "model/statements.h"
#include "sql.h"

/* ---- reading ---- */

const struct err *
roll_read(struct db *db, int64_t territory, const struct entity *e, int64_t owner, struct arena *a, struct roll *r)
{
	struct db_rows rows;
	const struct err *err = db_read(db, statement_of(e, ST_BY_ID), DB_PARAMS(db_i(territory), db_i(owner)), &rows);
	bool sound = true;

	*r = (struct roll){ .owner = owner };
	if (err != NULL)
		return err;
	if (db_next(&rows)) {
		r->version = db_int(&rows, 1);
		sound = roll_unpack(e, db_blob(&rows, 2), a, r);
	}
	if ((err = db_done(&rows)) == NULL && !sound)
		err = roll_damaged(db, e);
	return err;
}

const struct err *
roll_damaged(struct db *db, const struct entity *e)
{
	return err_new(db_arena(db), ERR_DAMAGED, str_format(db_arena(db), tr("A register of %s is damaged."), db_place(db)).s,
	    e->name, tr("Keep this file aside, and restore the last backup."));
}

/* ---- what changed ---- */

static int
by_who(const void *a, const void *b, void *entity)
{
	int64_t x = roll_who(entity, a), y = roll_who(entity, b);

	return (x > y) - (x < y);
}

static void
sort(const struct entity *e, struct roll *r)
{
	for (size_t i = 1; i < r->n; i++) {
		if (roll_who(e, roll_line(e, r, i)) > roll_who(e, roll_line(e, r, i - 1)))
			continue;
		qsort_r(r->v, r->n, e->size, by_who, (void *)(uintptr_t)e);
		return;
	}
}

struct comparison {
	uint64_t changed; /* a bit for each field; that of who: somebody came or went */
	int64_t inserted, updated, unchanged;
};

static void
compare_line(const struct entity *e, const void *old, const void *line, struct comparison *c)
{
	uint64_t changed = 0;

	for (size_t i = 2; i < e->n; i++) {
		if (!field_equal(&e->fields[i], old, line))
			changed |= UINT64_C(1) << i;
	}
	c->changed |= changed;
	c->updated += changed != 0;
	c->unchanged += changed == 0;
}

/* Both are in order of who. */
static struct comparison
compare(const struct entity *e, const struct roll *old, const struct roll *r)
{
	struct comparison c = { 0 };
	size_t i = 0, k = 0;

	while (i < old->n || k < r->n) {
		int order = i == old->n ? 1
			    : k == r->n ? -1
					: by_who(roll_line(e, old, i), roll_line(e, r, k), (void *)(uintptr_t)e);

		if (order == 0)
			compare_line(e, roll_line(e, old, i), roll_line(e, r, k), &c);
		else
			c.changed |= 2;
		c.updated += order < 0;
		c.inserted += order > 0;
		i += order <= 0;
		k += order >= 0;
	}
	return c;
}

static str
names_of(const struct entity *e, uint64_t fields, struct arena *a)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < e->n; i++) {
		if ((fields >> i & 1) != 0)
			buf_format(&names, "%s%s", names.len > 0 ? "," : "", e->fields[i].name);
	}
	return buf_kept(&names, a);
}

/* ---- writing ---- */

static str
canonical(struct save *s, const struct entity *e, const struct roll *r)
{
	buf_clear(&s->canonical);
	roll_canonical(e, r, &s->canonical);
	return buf_str(&s->canonical);
}

static const struct err *
write(struct save *s, const struct entity *e, const struct roll *r, bool fresh)
{
	struct buf packed = { 0 };
	const struct err *err;

	roll_pack(e, r, &packed);
	err = db_write(s->db, statement_of(e, fresh ? ST_INSERT : ST_UPDATE),
	    DB_PARAMS(db_i(s->territory), db_i(r->owner), db_i(r->version), db_b(buf_str(&packed))));
	buf_release(&packed);
	return err;
}

static const struct err *
keep_version(struct save *s, const struct entity *e, const struct roll *old)
{
	return db_write(s->db, statement_of(e, ST_KEEP_VERSION),
	    DB_PARAMS(db_i(s->territory), db_i(old->owner), db_i(0), db_i(old->version), db_s(canonical(s, e, old))));
}

static const struct err *
rolls_gone(struct save *s)
{
	struct fact_row row;
	struct db_rows rows;
	const struct err *err = fact(s->db, &rows, S("registers taken out"));

	if (err != NULL)
		return err;
	s->rolls_gone = fact_next(&rows, &row) ? ROLLS_GONE_SOME : ROLLS_GONE_NONE;
	return db_done(&rows);
}

/* Looked up only where some register was ever taken out: an import writes thousands. */
static const struct err *
first_version(struct save *s, const struct entity *e, int64_t owner, int64_t *version)
{
	const struct err *err = NULL;

	*version = 1;
	if (s->rolls_gone == ROLLS_GONE_UNKNOWN)
		err = rolls_gone(s);
	return err != NULL || s->rolls_gone == ROLLS_GONE_NONE ? err : save_first_version(s, e, owner, version);
}

const struct err *
roll_save(struct save *s, const struct entity *e, struct roll *r, const struct roll *old)
{
	const bool fresh = old->version == 0;
	const struct err *err = NULL;
	struct comparison c;

	if (r->version != 0 && r->version != old->version)
		return save_conflict(s->db);
	sort(e, r);
	c = compare(e, old, r);
	r->version = old->version + (c.changed != 0);
	if (fresh && c.changed != 0 && (err = first_version(s, e, r->owner, &r->version)) != NULL)
		return err;
	for (size_t i = 0; i < r->n; i++)
		*(struct record *)roll_line(e, r, i) = (struct record){ r->owner, r->version };
	s->inserted += c.inserted;
	s->updated += c.updated;
	s->unchanged += c.unchanged;
	if (c.changed == 0)
		return NULL;
	arena_clear(&s->scratch);
	if ((!fresh && (err = keep_version(s, e, old)) != NULL) || (err = write(s, e, r, fresh)) != NULL)
		return err;
	return journal_add(&s->journal, &(struct journal_row){ .entity = e->name,
					    .record = r->owner,
					    .action = fresh ? JOURNAL_INSERT : JOURNAL_UPDATE,
					    .version = r->version,
					    .fields = fresh ? S("*") : names_of(e, c.changed, &s->scratch),
					    .content = canonical(s, e, r) });
}

const struct err *
roll_take_out(struct save *s, const struct entity *e, const struct roll *old)
{
	const struct err *err;

	arena_clear(&s->scratch);
	if ((err = keep_version(s, e, old)) != NULL ||
	    (err = db_write(s->db, statement_of(e, ST_REMOVE), DB_PARAMS(db_i(s->territory), db_i(old->owner)))) != NULL)
		return err;
	s->updated += (int64_t)old->n;
	if (s->rolls_gone != ROLLS_GONE_SOME && (err = fact_put(s->db, S("registers taken out"), S("yes"))) != NULL)
		return err;
	s->rolls_gone = ROLLS_GONE_SOME;
	return journal_add(&s->journal, &(struct journal_row){ .entity = e->name,
					    .record = old->owner,
					    .action = JOURNAL_DELETE,
					    .version = old->version + 1,
					    .fields = S("*") });
}

/* ---- one line ---- */

static void *
line_of(const struct entity *e, const struct roll *r, int64_t who)
{
	for (size_t i = 0; i < r->n; i++) {
		if (roll_who(e, roll_line(e, r, i)) == who)
			return roll_line(e, r, i);
	}
	return NULL;
}

const struct err *
roll_find_line(struct db *db, int64_t territory, const struct entity *e, struct arena *a, void *line, bool *found)
{
	const struct err *err;
	const void *stored;
	struct roll r;

	*found = false;
	if ((err = roll_read(db, territory, e, roll_owner(e, line), a, &r)) != NULL)
		return err;
	stored = line_of(e, &r, roll_who(e, line));
	if (stored != NULL)
		memcpy(line, stored, e->size);
	*found = stored != NULL;
	return NULL;
}

const struct err *
roll_save_line(struct save *s, const struct entity *e, void *line, const void *old)
{
	struct arena a = { 0 };
	struct record *record = line;
	struct roll was, r;
	const struct err *err = roll_read(s->db, s->territory, e, roll_owner(e, line), &a, &was);
	void *place;

	if (err == NULL && (line_of(e, &was, roll_who(e, line)) == NULL) != (old == NULL))
		err = save_conflict(s->db);
	if (err == NULL) {
		r = was;
		r.version = record->version;
		r.v = arena_array(&a, was.n + 1, e->size);
		if (was.n > 0)
			memcpy(r.v, was.v, was.n * e->size);
		place = line_of(e, &r, roll_who(e, line));
		memcpy(place != NULL ? place : roll_line(e, &r, r.n++), line, e->size);
		err = roll_save(s, e, &r, &was);
		*record = (struct record){ r.owner, r.version };
	}
	arena_release(&a);
	return err;
}
