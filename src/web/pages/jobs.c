/* long work: how far it is, how it ended; stopping it */
#include "base/text.h"
#include "views.h"
#include "web/door.h"
#include "web/jobs_page.h"
#include "web/page.h"
#include "web/route.h"

const char *
job_state_label(enum job_state s)
{
	switch (s) {
	case JOB_STATE_WAITING:
		return tr("waiting");
	case JOB_STATE_RUNNING:
		return tr("under way");
	case JOB_STATE_DONE:
		return tr("done");
	case JOB_STATE_FAILED:
		return tr("failed");
	case JOB_STATE_STOPPED:
		break;
	}
	return tr("stopped");
}

enum flag
job_state_flag(enum job_state s)
{
	return s == JOB_STATE_DONE      ? FLAG_GOOD
	       : s == JOB_STATE_FAILED  ? FLAG_BAD
	       : s == JOB_STATE_STOPPED ? FLAG_WARN
					: FLAG_INFO;
}

bool
job_open(const struct job *job)
{
	return job->state == JOB_STATE_WAITING || job->state == JOB_STATE_RUNNING;
}

str
job_url(struct arena *a, int64_t id)
{
	str key = key_short(a, id);

	return str_format(a, "/travaux/%.*s", STR_ARG(key));
}

const char *
job_words(struct html *h, const struct job *job)
{
	if (job->stop && job->state == JOB_STATE_RUNNING)
		return tr("It is being stopped.");
	if (job->state == JOB_STATE_WAITING)
		return tr("It begins when what is under way has ended.");
	if (job->state == JOB_STATE_RUNNING && job->total > 0)
		return str_format(h->arena, tr("%s of %s"), html_number(h, job->done), html_number(h, job->total)).s;
	if (job->state == JOB_STATE_RUNNING)
		return tr("It has begun.");
	if (job->message.len > 0)
		return str_z(h->arena, job->message);
	if (job->state == JOB_STATE_STOPPED)
		return tr("It was stopped. Nothing of it remains.");
	return job->state == JOB_STATE_DONE ? tr("It is done.")
					    : tr("The server was stopped while this was under way. Ask for it again.");
}

bool
job_check_holds(const struct job *job)
{
	str left = job->result, line;

	while ((line = str_cut(left, '\n', &left)).s != NULL)
		if (str_starts(line, S("-")))
			return false;
	return true;
}

const struct err *
jobs_show(struct req *r)
{
	struct jobs_page p = { .req = r, .token = door_token(r) };
	struct page frame = { .title = str_of(tr("Long work")) };
	struct job *list;
	const struct err *e = job_list(r->db, r->arena, &r->viewer, &list, &p.n);

	if (e != NULL)
		return e;
	p.v = list;
	jobs_list_view(page_begin(r, &frame), &p);
	return page_end(r);
}

static const struct err *
find(struct req *r, struct job *job)
{
	bool found;
	const struct err *e = job_read(r->db, r->arena, &r->viewer, key_long(r->parts[0]), job, &found);

	return e != NULL ? e : found ? NULL : reply_missing(r);
}

/* The page asks for itself again, without script: soon at the beginning, then less often. */
static void
refresh(struct req *r, const struct job *job)
{
	const int64_t for_ms = r->in->now_ms - job->made_ms;

	if (job_open(job))
		answer_header(r->out, S("Refresh"), for_ms < 20 * 1000 ? S("1") : for_ms < 120 * 1000 ? S("3") : S("10"));
}

const struct err *
job_show(struct req *r)
{
	struct job job;
	struct jobs_page p = { .req = r, .token = door_token(r), .v = &job, .n = 1 };
	struct page frame = { 0 };
	const struct err *e = find(r, &job);

	if (e != NULL)
		return e;
	frame.title = str_of(tr(job_rules[job.kind].label));
	page_crumb(&frame, str_of(tr("Long work")), S("/travaux"));
	refresh(r, &job);
	job_view(page_begin(r, &frame), &p);
	return page_end(r);
}

const struct err *
job_halt(struct req *r)
{
	struct job job;
	const struct err *e = find(r, &job);

	if (e == NULL)
		e = job_stop(r->db, &job, r->in->now_ms);
	return e != NULL ? e : reply_see(r, "/travaux/%.*s", STR_ARG(r->parts[0]));
}
