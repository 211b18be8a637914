/* undo_check.c - what of an act can be taken back: each reason to keep one record may be a reason to keep others */
#include <stdlib.h>
#include <string.h>

#include "model/links.h"
#include "model/statements.h"
#include "model/undo_inside.h"
#include "sql.h"

struct checking {
	struct undo *u;
	const struct entity *target; /* the kind whose pointers are looked at */
	bool changed;                /* something was kept that was open before: look again */
	const struct err *err;
};

static void
keep(struct checking *c, struct undo_record *x, enum undo_state why, const struct entity *by)
{
	x->state = why;
	x->by = by;
	c->changed = true;
}

/* ---- changed since: it does not hold any more what the act left. What was changed and changed back is as it was. ---- */

/* The version that stands now, and its content; 0: it is not there. */
static const struct err *
stands_now(const struct undo *u, const struct undo_record *x, struct buf *content, int64_t *version)
{
	struct arena scratch = { 0 };
	struct record *record = arena_alloc(&scratch, x->e->size);
	struct roll r = { 0 };
	const struct err *err;
	bool found = false;

	*version = 0;
	if (x->e->linked) {
		if ((err = roll_read(u->db, u->territory, x->e, x->id, &scratch, &r)) == NULL && (*version = r.version) != 0)
			roll_canonical(x->e, &r, content);
	} else if ((err = entity_by_id(u->db, u->territory, x->e, x->id, &scratch, record, &found)) == NULL && found) {
		*version = record->version;
		entity_canonical(x->e, record, content);
	}
	arena_release(&scratch);
	return err;
}

/* Whether this is the content of that version; one that was erased is nobody's. */
static const struct err *
same_as_version(const struct undo *u, const struct undo_record *x, int64_t version, str content, bool *same)
{
	struct version_content_row row;
	struct db_rows rows;
	const struct err *err = version_content(u->db, &rows, u->territory, str_of(x->e->name), x->id, 0, version);

	*same = false;
	if (err != NULL)
		return err;
	if (version_content_next(&rows, &row))
		*same = str_eq(row.content, content);
	return db_done(&rows);
}

/* What was taken out, put back and taken out again: its last content must be the one that the act took out. */
static const struct err *
gone_as_left(const struct undo *u, const struct undo_record *x, bool *same)
{
	struct version_is_last_row row;
	struct db_rows rows;
	const struct err *err = version_is_last(u->db, &rows, u->territory, str_of(x->e->name), x->id, x->last - 1);

	*same = false;
	if (err != NULL)
		return err;
	*same = version_is_last_next(&rows, &row);
	return db_done(&rows);
}

static const struct err *
check_untouched(struct checking *c, struct undo_record *x)
{
	struct buf content = { 0 };
	int64_t now;
	bool same = false;
	const struct err *err = stands_now(c->u, x, &content, &now);

	if (err == NULL && x->gone && now == 0)
		err = gone_as_left(c->u, x, &same);
	else if (err == NULL && !x->gone && now == x->last)
		same = true;
	else if (err == NULL && !x->gone && now > x->last)
		err = same_as_version(c->u, x, x->last, buf_str(&content), &same);
	if (!same)
		keep(c, x, UNDO_CHANGED, NULL);
	buf_release(&content);
	return err;
}

/* Whether it is there. */
static const struct err *
there_now(const struct undo *u, const struct entity *e, int64_t id, bool *there)
{
	struct db_rows rows;
	const struct err *err = db_read(u->db, statement_of(e, ST_BY_ID), DB_PARAMS(db_i(u->territory), db_i(id)), &rows);

	*there = false;
	if (err != NULL)
		return err;
	*there = db_next(&rows);
	return db_done(&rows);
}

/* ---- what points at a record that is to be taken out ---- */

static void
pointed(void *to, const struct entity *from, int64_t id, int64_t target)
{
	struct checking *c = to;
	const struct undo_record *pointer = undo_find(c->u, from, id);
	struct undo_record *x = undo_find(c->u, c->target, target);

	if (pointer != NULL && pointer->state == UNDO_OPEN)
		return; /* is taken out too, or put back to what it was before the target was made */
	if (undo_takes_out(x))
		keep(c, x, UNDO_NEEDED, from);
}

/* Keys of one import lie together: one question for each kind of link, whatever their number. */
static void
check_pointers(struct checking *c)
{
	for (size_t i = 0; i < c->u->n && c->err == NULL;) {
		const struct entity *e = c->u->v[i].e;
		int64_t first = 0, last = 0;

		c->target = e;
		for (; i < c->u->n && c->u->v[i].e == e; i++) {
			if (!undo_takes_out(&c->u->v[i]) || e->linked)
				continue;
			first = first == 0 ? c->u->v[i].id : first;
			last = c->u->v[i].id;
		}
		if (first != 0)
			c->err = links_to(c->u->db, c->u->territory, e, first, last, pointed, c);
	}
}

/* ---- what a record that is to be put back points at, and is known by ---- */

static bool
will_be_there(struct checking *c, const struct entity *e, int64_t id)
{
	const struct undo_record *x = undo_find(c->u, e, id);
	bool there = false;

	if (undo_puts_back(x))
		return true;
	if (undo_takes_out(x) || c->err != NULL)
		return false;
	c->err = there_now(c->u, e, id, &there);
	return there;
}

static void
check_links(struct checking *c, struct undo_record *x, const void *before)
{
	for (size_t i = 0; i < x->e->n && x->state == UNDO_OPEN; i++) {
		const struct field *f = &x->e->fields[i];
		const struct entity *to = f->kind == KIND_LINK ? entity_named(str_of(f->to)) : NULL;

		if (to != NULL && !field_absent(f, before) && !will_be_there(c, to, *(const int64_t *)field_at(f, before)))
			keep(c, x, UNDO_LOST, to);
	}
}

/* Another record may have taken its ref or natural key. */
static void
check_key(struct checking *c, struct undo_record *x)
{
	struct arena scratch = { 0 };
	void *other = arena_alloc(&scratch, x->e->size);
	bool found = false;

	memcpy(other, x->before, x->e->size);
	if (x->e->has_ref)
		c->err = entity_by_ref(c->u->db, c->u->territory, x->e, *(const str *)field_at(&x->e->fields[0], x->before),
		    &scratch, other, &found);
	else if (!x->e->inner)
		c->err = entity_by_key(c->u->db, c->u->territory, x->e, &scratch, other, &found);
	if (found && ((struct record *)other)->id != x->id &&
	    !undo_takes_out(undo_find(c->u, x->e, ((struct record *)other)->id)))
		keep(c, x, UNDO_LOST, x->e);
	arena_release(&scratch);
}

static void
check_before(struct checking *c, struct undo_record *x)
{
	const struct roll *r = x->before;

	if (!x->e->linked) {
		check_links(c, x, x->before);
		if (x->state == UNDO_OPEN && c->err == NULL)
			check_key(c, x);
		return;
	}
	for (size_t i = 0; i < r->n && x->state == UNDO_OPEN; i++)
		check_links(c, x, roll_line(x->e, r, i));
	if (r->n == 0 && !will_be_there(c, entity_named(str_of(x->e->fields[0].to)), r->owner))
		keep(c, x, UNDO_LOST, entity_named(str_of(x->e->fields[0].to)));
}

const struct err *
undo_check(struct undo *u)
{
	struct checking c = { .u = u };

	for (size_t i = 0; i < u->n && c.err == NULL; i++) {
		if (u->v[i].state == UNDO_OPEN)
			c.err = check_untouched(&c, &u->v[i]);
	}
	do {
		c.changed = false;
		for (size_t i = 0; i < u->n && c.err == NULL; i++) {
			if (u->v[i].state == UNDO_OPEN && u->v[i].before != NULL)
				check_before(&c, &u->v[i]);
		}
		check_pointers(&c);
	} while (c.changed && c.err == NULL);
	u->open = u->kept = 0;
	for (size_t i = 0; i < u->n; i++)
		*(u->v[i].state == UNDO_OPEN ? &u->open : &u->kept) += 1;
	return c.err;
}
