#include "web/undoing.h"

#include <string.h>

#include "access/trail.h"
#include "base/moment.h"
#include "base/text.h"
#include "people/who.h"
#include "web/journal_page.h"
#include "web/person_page.h"

enum { NO_RIGHT = -1 };

static int
right_to_write(const struct entity *e)
{
	static const signed char rights[ENTITY_COUNT] = {
#define UNDOES(kind, right) [ENTITY_##kind] = RIGHT_##right + 1,
#include "web/undo_rights.def"
#undef UNDOES
	};

	return rights[entity_number_of(e)] - 1;
}

bool
undoing_may_write(const struct viewer *v, const struct entity *e, bool own)
{
	int right = right_to_write(e);
	enum reach reach = right == NO_RIGHT ? REACH_NO : viewer_reach(v, (enum right)right);

	return reach == REACH_ALL || (reach == REACH_OWN && own);
}

/* ---- whose it is ---- */

/* The record as it was, or as it is; NULL: it is not there. */
static const struct err *
content(const struct undoing *u, const struct undo_record *x, const void **record)
{
	struct arena *a = u->req->arena;
	void *now;
	bool found = false;
	const struct err *e;

	*record = x->before;
	if (x->before != NULL || x->e->linked)
		return NULL;
	now = arena_alloc(a, x->e->size);
	e = entity_by_id(u->undo.db, u->undo.territory, x->e, x->id, a, now, &found);
	*record = found ? now : NULL;
	return e;
}

/* A record whose link of that name is this; 0: it has none. */
static int64_t
linked(const struct undo_record *x, const void *record, const char *name)
{
	const struct field *f = entity_field(x->e, name);

	return record == NULL || x->e->linked || f == NULL || f->kind != KIND_LINK || field_absent(f, record)
		   ? 0
		   : *(const int64_t *)field_at(f, record);
}

/* Whether the viewer still reaches what the record is about. What is gone is nobody's: only who took it out may put it back. */
static const struct err *
reaches(struct undoing *u, const struct undo_record *x, enum right right, bool *yes)
{
	struct sight s = person_sight(u->req, right);
	const void *record = NULL;
	const struct err *e = content(u, x, &record);
	int64_t organisation = linked(x, record, "organisation"), person;
	bool there = false;
	struct person gone;

	*yes = true;
	person = x->e == &entities[ENTITY_people] ? x->id : linked(x, record, "person");
	if (u->person != person)
		u->person = u->person == 0 && person != 0 ? person : person == 0 ? u->person : -1;
	if (e != NULL || s.organisation == 0)
		return e;
	if (organisation != 0 && organisation != s.organisation)
		*yes = false;
	if (person == 0)
		return NULL;
	e = entity_by_id(s.db, s.territory, &entities[ENTITY_people], person, s.arena, &gone, &there);
	return e != NULL || !there ? e : person_seen(&s, person, yes);
}

/* Every kind that it wrote needs its right; with a right that reaches one's own only, it must be one's own change. */
static const struct err *
may(struct undoing *u, bool *yes)
{
	const struct viewer *v = &u->req->viewer;
	const struct err *e = NULL;

	*yes = u->undo.n > 0;
	if (u->undo.beside)
		u->bar = UNDO_BAR_KIND;
	for (size_t i = 0; i < u->undo.n && *yes && e == NULL; i++) {
		const struct entity *kind = u->undo.v[i].e;
		int right = right_to_write(kind);

		if (right == NO_RIGHT && (u->own || viewer_reach(v, RIGHT_UNDO) == REACH_ALL))
			u->bar = UNDO_BAR_KIND;
		else if (!undoing_may_write(v, kind, u->own))
			*yes = false;
		else
			e = reaches(u, &u->undo.v[i], (enum right)right, yes);
	}
	return e;
}

/* The file that it leads back to. */
static const struct err *
check_person(struct undoing *u)
{
	struct sight s = person_sight(u->req, RIGHT_PEOPLE_READ);
	bool seen = false;
	const struct err *e = NULL;

	if (u->person > 0 && viewer_may(&u->req->viewer, RIGHT_PEOPLE_READ))
		e = person_seen(&s, u->person, &seen);
	if (!seen)
		u->person = 0;
	return e;
}

const struct err *
undoing_open(struct req *r, int64_t change, struct undoing *to)
{
	const struct err *e;
	bool found = false, yes = false;

	*to = (struct undoing){ .req = r, .key = key_short(r->arena, change) };
	if (change > 0)
		e = undo_read(r->db, r->arena, r->viewer.territory, change, &to->undo, &found);
	else
		e = NULL;
	to->own = found && trail_account(to->undo.actor) == r->viewer.account;
	if (e == NULL && found)
		e = may(to, &yes);
	if (e != NULL)
		return e;
	if (!yes || r->viewer.looking)
		return reply_missing(r);
	to->at_ms = moment_parse(to->undo.at);
	if ((e = check_person(to)) != NULL || (e = undo_check(&to->undo)) != NULL)
		return e;
	if (undo_late(&to->undo, r->in->now_ms))
		to->bar = UNDO_BAR_LATE;
	else if (to->bar == UNDO_BAR_NONE && to->undo.kept > 0)
		to->bar = UNDO_BAR_KEPT;
	undoing_lines(&to->undo, to->v, UNDO_LINES, &to->n);
	return NULL;
}

/* ---- words ---- */

static const char *
why(struct arena *a, const struct undo_record *x)
{
	switch (x->state) {
	case UNDO_CHANGED:
		return tr("changed since: stays as it is");
	case UNDO_NEEDED:
		return str_format(a, tr("stays, because others depend on it: %s"), tr(x->by->label)).s;
	case UNDO_LOST:
		return x->by == NULL
			   ? tr("what it was is not kept any more")
			   : str_format(a, tr("cannot be put back: something else changed since (%s)"), tr(x->by->label)).s;
	case UNDO_OPEN:
	case UNDO_STATES:
		break;
	}
	return NULL;
}

static bool
alike(const struct undo_line *l, const struct undo_line *x)
{
	return l->e == x->e && l->did == x->did && (l->why == NULL) == (x->why == NULL) &&
	       (l->why == NULL || strcmp(l->why, x->why) == 0);
}

void
undoing_lines(const struct undo *u, struct undo_line *v, size_t most, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < u->n; i++) {
		const struct undo_record *x = &u->v[i];
		struct undo_line l = { .e = x->e, .n = 1, .why = why(u->arena, x) };
		size_t k = 0;

		l.did = journal_action_words(x->made ? S("insert") : x->gone ? S("delete") : S("update"));
		while (k < *n && !alike(&v[k], &l))
			k++;
		if (k < *n)
			v[k].n++;
		else if (*n < most)
			v[(*n)++] = l;
	}
}
