/* due_work.c - long work that failed, and work on the database that has not been done for too long */
#include "base/moment.h"
#include "base/text.h"
#include "web/due.h"
#include "web/jobs_page.h"

/* The same was done since, by whoever asked: what failed is settled. */
static bool
done_since(const struct job *v, size_t failed)
{
	for (size_t i = 0; i < failed; i++) { /* newest first */
		if (v[i].kind == v[failed].kind && v[i].state == JOB_STATE_DONE)
			return true;
	}
	return false;
}

const struct err *
due_failures(struct due_list *to, const struct due_ask *ask)
{
	const struct viewer *v = &ask->req->viewer;
	struct job *jobs;
	size_t n;
	const struct err *e = job_list(ask->req->db, ask->req->arena, v, &jobs, &n);

	for (size_t i = 0; e == NULL && i < n; i++) {
		const struct job *job = &jobs[i];

		if (job->state != JOB_STATE_FAILED || job->account != v->account || done_since(jobs, i))
			continue;
		due_add(to, &(struct due){ .object = due_text(to, tr("%s: it failed"), tr(job_rules[job->kind].label)),
				.detail = job->message,
				.on = moment_day(job->ended_ms == NUMBER_NONE ? job->made_ms : job->ended_ms),
				.act = tr("See why"),
				.url = job_url(ask->req->arena, job->id) });
	}
	return e;
}

enum { CHECK_EVERY = 30 }; /* days */

const struct err *
due_verification(struct due_list *to, const struct due_ask *ask)
{
	struct due line = {
		.object = str_of(tr("Verification of the database")), .act = tr("Open the database"), .url = S("/base")
	};
	struct job last;
	bool found;
	const struct err *e = job_last(ask->req->db, ask->req->arena, ask->req->viewer.territory, JOB_check, &last, &found);

	if (e != NULL)
		return e;
	line.detail = str_of(tr("It proves that nothing was changed from outside, and that nothing is damaged."));
	line.on = found ? moment_day(last.ended_ms) + CHECK_EVERY : DAY_NONE;
	line.state = found ? NULL : tr("never done");
	if (!found || line.on <= to->today)
		due_add(to, &line);
	else
		due_later(to, line.on, line.object);
	return NULL;
}
