/* a whole import taken back: all of it but what was changed since, and what that needs */
#include <inttypes.h>
#include <time.h>

#include "base/moment.h"
#include "base/text.h"
#include "model/undo.h"
#include "web/imports.h"
#include "web/jobs/jobs.h"
#include "web/req.h"

/* Records and the row that says so, in one transaction: done once, however often the work begins anew. */
static const struct err *
take_back(struct job_work *w, struct import *x, struct outcome *o, struct undo *u, struct save *s, int64_t now_ms)
{
	bool found;
	const struct err *e = undo_read(w->db, w->arena, x->territory, o->records.change, u, &found);

	if (e != NULL || !found || undo_late(u, now_ms))
		return e;
	if ((e = undo_check(u)) != NULL || (e = undo_apply(u, s)) != NULL)
		return e;
	o->undone = s->journal.written > 0 ? s->journal.change : o->records.change;
	x->report = outcome_text(w->arena, o);
	return NULL;
}

static const struct err *
run(struct job_work *w, struct import *x, struct outcome *o, struct undo *u)
{
	struct timespec now;
	struct save s;
	const struct err *e = db_begin_write(w->db);
	int64_t now_ms;

	if (e != NULL)
		return e;
	clock_gettime(CLOCK_REALTIME, &now);
	now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
	e = save_open(&s, w->db,
	    &(struct change){ .territory = x->territory,
		.at = moment_text(w->arena, now_ms),
		.actor = viewer_actor(w->arena, &w->viewer),
		.cause = S("import undone") },
	    now_ms);
	if (e == NULL)
		e = take_back(w, x, o, u, &s, now_ms);
	save_close(&s);
	if (e == NULL && o->undone != 0)
		e = import_update(w->db, w->arena, x, "undone", now_ms);
	return db_end(w->db, e);
}

const struct err *
job_import_undo(struct job_work *w)
{
	struct import x;
	struct outcome o;
	struct undo u = { 0 };
	bool found;
	const struct err *e = import_read(w->db, w->arena, &w->viewer, key_long(w->job.parameters), &x, &found);

	if (e != NULL || !found || x.state != IMPORT_DONE)
		return e;
	outcome_read(x.report, &o);
	if (o.undone != 0 || o.records.change == 0 || !job_progress(w, 0, 0))
		return NULL;
	if ((e = run(w, &x, &o, &u)) != NULL)
		return e;
	w->message =
	    str_format(w->arena, tr("Taken back: %" PRId64 " records. Kept: %" PRId64 "."), o.undone == 0 ? 0 : u.open, u.kept);
	return NULL;
}
