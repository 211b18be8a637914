/* the database compared with itself (jalon check), asked for from its page */
#include <inttypes.h>

#include "access/trail.h"
#include "base/text.h"
#include "upkeep/check.h"
#include "web/jobs/jobs.h"

enum { SHOWN = 50 };

struct telling {
	struct job_work *work;
	struct buf parts, lines; /* a line each; "+": the part holds, "-": it does not, " ": what of it, "!": to settle */
	int64_t lines_n;
};

static void
found(void *to, str line)
{
	struct telling *t = to;

	if (t->lines_n++ < SHOWN)
		buf_format(&t->lines, " %.*s\n", STR_ARG(line));
}

static void
part(void *to, str words, int64_t n)
{
	struct telling *t = to;

	buf_format(&t->parts, "%c%.*s\n", n == 0 ? '+' : '-', STR_ARG(words));
	buf_add(&t->parts, buf_str(&t->lines));
	if (n > SHOWN)
		buf_format(&t->parts, tr(" and %" PRId64 " more\n"), n - SHOWN);
	buf_clear(&t->lines);
	t->lines_n = 0;
}

static void
settle(void *to, str line)
{
	struct telling *t = to;

	buf_format(&t->parts, "!%.*s\n", STR_ARG(line));
}

static bool
go_on(void *to, int done)
{
	struct telling *t = to;

	return job_progress(t->work, done, CHECK_PARTS);
}

static str
verdict(struct arena *a, int64_t n, int64_t to_settle)
{
	if (n == 0 && to_settle > 0)
		return str_of(tr("Nothing is damaged. There is something to settle."));
	if (n == 0)
		return str_of(tr("Everything holds."));
	return str_format(a,
	    tr_n("%" PRId64 " thing does not hold. Keep a copy of the database as it is, and restore the last backup.",
		"%" PRId64 " things do not hold. Keep a copy of the database as it is, and restore the last backup.",
		(unsigned long)n),
	    n);
}

const struct err *
job_check(struct job_work *w)
{
	struct telling t = { .work = w };
	const struct check ask = { .found = found, .part = part, .settle = settle, .go_on = go_on, .to = &t };
	struct check_report report;
	const struct err *e = check_run(w->db, w->arena, &ask, &report);

	w->result = str_dup(w->arena, buf_str(&t.parts));
	w->message = verdict(w->arena, report.found, report.to_settle);
	buf_release(&t.parts);
	buf_release(&t.lines);
	return e != NULL || report.left ? e : job_trail(w, "checks", JOURNAL_INSERT);
}
