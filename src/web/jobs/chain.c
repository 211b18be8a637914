/* the chain of the journal walked from its first row, asked for from its page */
#include <inttypes.h>

#include "base/text.h"
#include "web/jobs/jobs.h"

static void
broken(void *to, int64_t territory, int64_t seq, const char *what)
{
	int64_t *n = to;

	(void)territory;
	(void)seq;
	(void)what;
	++*n;
}

const struct err *
job_chain(struct job_work *w)
{
	struct journal_report report = { 0 };
	int64_t n = 0;
	const struct err *e = NULL;

	if (!job_progress(w, 0, 0) || (e = db_begin_read(w->db)) != NULL)
		return w->leave ? NULL : e;
	if ((e = db_end(w->db, journal_verify(w->db, broken, &n, &report))) != NULL)
		return e;
	if (n == 0)
		w->message = str_format(w->arena, tr("The chain holds: %" PRId64 " rows, none changed, taken out or put in."), report.rows);
	else
		w->message = str_format(w->arena,
		    tr("The chain is broken in %" PRId64 " places: somebody has changed the journal. Keep a copy of the database as it is, "
		       "and call who maintains it."),
		    n);
	w->result = n == 0 ? S("holds") : S("broken");
	return job_trail(w, "checks", JOURNAL_INSERT);
}
