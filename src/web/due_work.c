/* due_work.c - long work that failed, and work on the database: not done for too long, or with a bad end */
#include "base/moment.h"
#include "base/text.h"
#include "web/base_page.h"
#include "web/due.h"
#include "web/jobs_page.h"

/* A day of the real clock as this page counts days: a demonstration stands still (app_demo_day). */
static day
told_day(const struct due_ask *ask, int64_t ms)
{
	return ask->req->today + (moment_day(ms) - moment_day(ask->req->in->now_ms));
}

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
				.on = told_day(ask, job->ended_ms == NUMBER_NONE ? job->made_ms : job->ended_ms),
				.act = tr("See why"),
				.url = job_url(ask->req->arena, job->id) });
	}
	return e;
}

/* Work on the database that is to be done every so many days. */
static const struct err *
due_again(struct due_list *to, const struct due_ask *ask, enum job_kind kind, int days, struct due *line)
{
	struct job last;
	bool found;
	const struct err *e = job_last(ask->req->db, ask->req->arena, ask->req->viewer.territory, kind, &last, &found);

	if (e != NULL)
		return e;
	line->act = tr("Open the database");
	line->url = S("/base");
	line->on = found ? told_day(ask, last.ended_ms) + days : DAY_NONE;
	line->state = found ? NULL : tr("never done");
	if (found && kind == JOB_check && !job_check_holds(&last)) {
		line->object = str_of(tr("The database does not hold"));
		line->on = told_day(ask, last.ended_ms);
		line->act = tr("See what was found");
		line->url = job_url(ask->req->arena, last.id);
	}
	if (!found || line->on <= to->today)
		due_add(to, line);
	else
		due_later(to, line->on, line->object);
	return NULL;
}

const struct err *
due_verification(struct due_list *to, const struct due_ask *ask)
{
	struct due line = { .object = str_of(tr("Verification of the database")),
		.detail = str_of(tr("It proves that nothing was changed from outside, and that nothing is damaged.")) };

	return due_again(to, ask, JOB_check, CHECK_DAYS, &line);
}

const struct err *
due_backup(struct due_list *to, const struct due_ask *ask)
{
	struct due line = { .object = str_of(tr("Backup of the database")),
		.detail = str_of(tr("Without one, a broken disk takes every record with it.")) };

	if (db_is_postgres(ask->req->db)) /* the server's own tools do it */
		return NULL;
	return due_again(to, ask, JOB_backup, BACKUP_DAYS, &line);
}
