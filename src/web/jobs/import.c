/* the tasks of an import that take their time: reading a large file, the check, the import itself */
#include <inttypes.h>
#include <time.h>

#include "base/text.h"
#include "web/app.h"
#include "web/import_work.h"
#include "web/jobs/jobs.h"
#include "web/req.h"

static bool
go_on(void *to, int64_t done, int64_t total)
{
	return job_progress(to, done, total);
}

static str
counts(struct arena *a, const struct import *x)
{
	struct outcome o;

	outcome_read(x->report, &o);
	if (x->state == IMPORT_DONE)
		return str_format(a, tr("Imported: %" PRId64 " records new, %" PRId64 " changed."), o.records.all.inserted,
		    o.records.all.updated);
	if (x->state == IMPORT_CHECKED)
		return str_format(
		    a, tr("Checked: %" PRId64 " rows, faults: %" PRId64 ". Nothing is written yet."), o.rows, o.faults);
	return str_of(tr("The file was read."));
}

/* What its owner has dropped meanwhile, or begun otherwise, is no longer wanted. */
static const struct err *
find(struct job_work *j, struct import *x, bool *wanted)
{
	const struct err *e = import_read(j->db, j->arena, &j->viewer, key_long(j->job.parameters), x, wanted);

	*wanted = e == NULL && *wanted && x->doing != IMPORT_REST && x->job == j->job.id;
	return e;
}

static const struct err *
carry_out(struct job_work *j)
{
	struct import x;
	struct import_work w = {
		.db = j->db, .arena = j->arena, .data = j->setting->data, .import = &x, .go_on = go_on, .to = j, .left = &j->leave
	};
	struct timespec now;
	bool wanted;
	const struct err *e = find(j, &x, &wanted);

	if (e != NULL || !wanted)
		return e;
	clock_gettime(CLOCK_REALTIME, &now);
	w.now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
	e = import_carry_out(&w, x.doing);
	if (j->leave && j->job.stop && x.doing != IMPORT_REST)
		import_stopped(&w);
	j->message = counts(j->arena, &x);
	return e;
}

const struct err *
job_import_read(struct job_work *w)
{
	return carry_out(w);
}

const struct err *
job_import_check(struct job_work *w)
{
	return carry_out(w);
}

const struct err *
job_import_write(struct job_work *w)
{
	return carry_out(w);
}
