/* the bin: what was taken out in the last 30 days, and can be put back */
#include "base/moment.h"
#include "base/text.h"
#include "people/who.h"
#include "sql.h"
#include "views.h"
#include "web/bin_page.h"
#include "web/route.h"
#include "web/undoing.h"

enum { MOST = 200, DAY_MS = 86400000 };

static const struct err *
read_removals(struct req *r, struct bin_page *b)
{
	bool all = viewer_reach(&r->viewer, RIGHT_UNDO) == REACH_ALL;
	str since = moment_text(r->arena, r->in->now_ms - (int64_t)UNDO_DAYS * DAY_MS);
	struct removals_row row;
	struct db_rows rows;
	const struct err *e =
	    removals(r->db, &rows, r->viewer.territory, since, all ? (str){ 0 } : viewer_actor(r->arena, &r->viewer), MOST);

	if (e != NULL)
		return e;
	b->v = ARENA_ARRAY(r->arena, MOST, struct removal);
	while (removals_next(&rows, &row)) {
		struct removal *x = &b->v[b->n];

		*x = (struct removal){ .change = row.change,
			.e = entity_named(row.entity),
			.record = row.record,
			.version = row.version,
			.at = str_dup(r->arena, row.at),
			.cause = str_dup(r->arena, row.cause),
			.own = str_eq(row.actor, viewer_actor(r->arena, &r->viewer)) };
		x->at_ms = moment_parse(x->at);
		b->n += x->e != NULL && !x->e->linked;
	}
	return db_done(&rows);
}

/* Put back since, or taken out again later: that row is another's. */
static const struct err *
still_out(struct req *r, struct removal *x, bool *out)
{
	struct version_last_row row;
	struct db_rows rows;
	void *now = arena_alloc(r->arena, x->e->size);
	bool found = false;
	const struct err *e = entity_by_id(r->db, r->viewer.territory, x->e, x->record, r->arena, now, &found);

	*out = false;
	if (e != NULL || found || (e = version_last(r->db, &rows, r->viewer.territory, str_of(x->e->name), x->record)) != NULL)
		return e;
	if (version_last_next(&rows, &row))
		*out = row.version == x->version - 1;
	return db_done(&rows);
}

/* What it was, and whom it was about. */
static const struct err *
read_content(struct req *r, struct removal *x)
{
	struct version_content_row row;
	struct db_rows rows;
	void *record = arena_alloc(r->arena, x->e->size);
	const struct err *e =
	    version_content(r->db, &rows, r->viewer.territory, str_of(x->e->name), x->record, 0, x->version - 1);

	if (e != NULL)
		return e;
	if (version_content_next(&rows, &row) && entity_content_read(x->e, str_dup(r->arena, row.content), r->arena, record))
		x->content = record;
	return db_done(&rows);
}

static const struct err *
read_person(struct req *r, struct removal *x)
{
	const struct field *f = entity_field(x->e, "person");
	struct sight s = { .db = r->db, .arena = r->arena, .territory = r->viewer.territory, .today = r->today };
	size_t found = 0;
	bool seen = false;
	int64_t id;
	const struct err *e;

	if (x->content == NULL || f == NULL || f->kind != KIND_LINK || !viewer_may(&r->viewer, RIGHT_PEOPLE_READ))
		return NULL;
	id = *(const int64_t *)field_at(f, x->content);
	s.organisation = viewer_limit(&r->viewer, RIGHT_PEOPLE_READ);
	if ((e = person_seen(&s, id, &seen)) != NULL || !seen)
		return e;
	x->person = ARENA_NEW(r->arena, struct person_line);
	e = person_lines(&s, &id, 1, x->person, &found);
	if (found == 0)
		x->person = NULL;
	return e;
}

/* Only what this viewer could take back: the page of the change asks the same again. */
static const struct err *
keep_own(struct req *r, struct bin_page *b)
{
	const struct err *e = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < b->n && e == NULL; i++) {
		struct removal *x = &b->v[i];
		bool out = undoing_may_write(&r->viewer, x->e, x->own);

		if (out)
			e = still_out(r, x, &out);
		if (e == NULL && out && (e = read_content(r, x)) == NULL)
			e = read_person(r, x);
		x->key = key_short(r->arena, x->change);
		if (out)
			b->v[kept++] = *x;
	}
	b->n = kept;
	return e;
}

bool
bin_shows(const struct bin_page *b, const struct removal *x, const struct field *f)
{
	return f->kind != KIND_LINK && f->kind != KIND_REF && f->sensitivity != SENS_SENSITIVE &&
	       viewer_reads(&b->req->viewer, f->sensitivity) && !field_absent(f, x->content);
}

const struct err *
bin_show(struct req *r)
{
	struct page frame = { .title = str_of(tr("Removed in the last 30 days")) };
	struct bin_page b = { .req = r };
	const struct err *e = read_removals(r, &b);

	if (e == NULL)
		e = keep_own(r, &b);
	if (e != NULL)
		return e;
	bin_view(page_begin(r, &frame), &b);
	return page_end(r);
}
