/* a whole import taken back: what it would do, what stays and why, and the one button */
#include "web/import_undo.h"
#include "base/text.h"
#include "views.h"
#include "web/app.h"
#include "web/jobs.h"
#include "web/route.h"

static const struct err *
read_act(struct import_undo *u)
{
	struct req *r = u->page.req;
	const struct outcome *o = &u->page.outcome;
	bool found = false;
	const struct err *e = NULL;

	if (o->records.change > 0)
		e = undo_read(r->db, r->arena, u->page.x.territory, o->records.change, &u->undo, &found);
	if (e != NULL || !found)
		return e;
	u->late = undo_late(&u->undo, r->in->now_ms);
	if (u->late || o->undone != 0)
		return NULL;
	if ((e = undo_check(&u->undo)) != NULL)
		return e;
	u->can = u->undo.open > 0;
	undoing_lines(&u->undo, u->v, UNDO_LINES, &u->n);
	return NULL;
}

const struct err *
import_undo_show(struct req *r)
{
	struct import_undo u = { 0 };
	struct page frame;
	bool go;
	const struct err *e = import_step_open(r, &u.page, STEP_IMPORT, &go);

	if (e != NULL || !go || (e = read_act(&u)) != NULL)
		return e;
	frame = import_frame(&u.page, tr("Take back the import"));
	import_undo_view(page_begin(r, &frame), &u);
	return page_end(r);
}

const struct err *
import_undo_do(struct req *r)
{
	struct import_undo u = { 0 };
	bool go;
	int64_t id;
	str parameters;
	const struct err *e = import_form_open(r, &u.page, IMPORT_DONE, &go);

	if (e != NULL || !go)
		return e;
	parameters = key_short(r->arena, u.page.x.id);
	e = job_add(r->db, r->arena, &r->viewer, JOB_import_undo, parameters,
	    str_format(r->arena, "%.*s/annulation", STR_ARG(u.page.base)).s, r->in->now_ms, &id);
	if (e != NULL)
		return e;
	return reply_see(r, "/travaux/%.*s", STR_ARG(key_short(r->arena, id)));
}
