/* jobs_work.c - the job process's side of the table of long work: takes a row, runs its function, notes how it ended */
#include <time.h>

#include "access/account.h"
#include "access/trail.h"
#include "base/text.h"
#include "sql.h"
#include "web/jobs.h"
#include "web/jobs/jobs.h"

const struct job_rule job_rules[] = {
#define JOB(name, label, right, again, run) { #name, label, RIGHT_##right, again, run },
#include "web/job_kinds.def"
#undef JOB
	{ 0 },
};

enum {
	TRIES = 3,
	TOLD_EVERY_MS = 500,
	ALONE_MS = 2 * 60 * 1000, /* on a server shared by several installations: silent for so long, its process is gone */
};

static int64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- how far it is ---- */

static bool
stop_asked(struct job_work *w)
{
	struct job_is_stopped_row row;
	struct db_rows rows;
	bool stop = false;

	(void)job_is_stopped(w->beside, &rows, w->job.territory, w->job.id);
	while (job_is_stopped_next(&rows, &row))
		stop = row.stop == 1;
	return db_done(&rows) == NULL && stop;
}

bool
job_progress(struct job_work *w, int64_t done, int64_t total)
{
	const int64_t now_ms = clock_ms();
	bool begun;

	if (jobs_stopping())
		w->leave = true;
	if (w->leave || (now_ms >= w->told_ms && now_ms - w->told_ms < TOLD_EVERY_MS))
		return !w->leave;
	w->told_ms = now_ms;
	w->job.done = done;
	w->job.total = total;
	if (stop_asked(w))
		w->leave = w->job.stop = true;
	if (db_begin_write_now(w->beside, &begun) == NULL && begun)
		(void)db_end(w->beside, job_told(w->beside, w->job.territory, w->job.id, done, total, now_ms));
	return !w->leave;
}

/* ---- taking one ---- */

static const struct err *
put_end(struct db *db, const struct job *job, enum job_state state, str message, str result, str place)
{
	return job_ended(db, job->territory, job->id, str_of(job_states[state]), message, result, place, clock_ms());
}

/* What a process that is gone left under way waits again, or has failed: its page then says so in its own words. */
static const struct err *
revive(struct db *db, const struct job *job)
{
	if (job->stop)
		return put_end(db, job, JOB_STATE_STOPPED, (str){ 0 }, job->result, job->place);
	if (job_rules[job->kind].again && job->tries < TRIES)
		return job_waits_again(db, job->territory, job->id, job->tries);
	return put_end(db, job, JOB_STATE_FAILED, (str){ 0 }, job->result, job->place);
}

/* An embedded database has one job process, which asks only when it is free: whatever is under way then was left. */
static const struct err *
find_left(struct db *db, struct arena *a, struct job *job, bool *found)
{
	struct job_by_id_row row;
	struct db_rows rows;

	*found = false;
	(void)job_left(db, &rows, db_is_postgres(db) ? clock_ms() - ALONE_MS : INT64_MAX);
	while (job_left_next(&rows, &row))
		*found = job_fill(a, &row, job);
	return db_done(&rows);
}

static const struct err *
find_waiting(struct db *db, struct arena *a, struct job *job, bool *found)
{
	struct job_by_id_row row;
	struct db_rows rows;

	*found = false;
	(void)job_first_waiting(db, &rows);
	while (job_first_waiting_next(&rows, &row))
		*found = job_fill(a, &row, job);
	return db_done(&rows);
}

/* Inside a write transaction, so that no other process takes the same. */
static const struct err *
take(struct db *db, struct arena *a, struct job *job, bool *found)
{
	const struct err *e;
	bool left = true;

	while ((e = find_left(db, a, job, &left)) == NULL && left)
		if ((e = revive(db, job)) != NULL)
			return e;
	if (e != NULL || (e = find_waiting(db, a, job, found)) != NULL || !*found)
		return e;
	job->tries++;
	return job_started(db, job->territory, job->id, clock_ms(), job->tries);
}

/* Most of the time there is nothing, and the writer's lock is left alone. */
static const struct err *
take_next(struct db *db, struct arena *a, struct job *job, bool *found)
{
	bool left = false, waits = false;
	const struct err *e = find_left(db, a, job, &left);

	*found = false;
	if (e == NULL)
		e = find_waiting(db, a, job, &waits);
	if (e != NULL || (!left && !waits))
		return e;
	return (e = db_begin_write(db)) != NULL ? e : db_end(db, take(db, a, job, found));
}

/* ---- doing it ---- */

static const struct err *
read_words(struct job_work *w)
{
	struct viewer *v = &w->viewer;
	struct holder_words_row row;
	struct db_rows rows;

	(void)holder_words(w->db, &rows, v->territory, v->account);
	while (holder_words_next(&rows, &row)) {
		v->city = str_dup(w->arena, row.city);
		v->organisation_name = str_dup(w->arena, row.organisation_name);
	}
	return db_done(&rows);
}

/* Who asked, as they are now: an account that has ended since, or lost the right, gets nothing done. */
static const struct err *
find_viewer(struct job_work *w, bool *may)
{
	struct holder holder;
	const struct err *e = holder_by_id(w->db, w->arena, w->job.territory, w->job.account, clock_ms(), &holder);

	w->viewer = (struct viewer){ .territory = w->job.territory,
		.account = holder.account,
		.organisation = holder.organisation,
		.person = holder.person,
		.role = holder.role,
		.name = holder.name,
		.language = holder.language };
	if (e == NULL)
		e = read_words(w);
	*may = e == NULL && holder.active && viewer_may(&w->viewer, job_rules[w->job.kind].right);
	return e;
}

/* What the administrator cannot help against is not told in the system's own words: the log has them. */
static str
words_of(struct arena *a, const struct err *e)
{
	return e->hint == NULL ? str_of(e->what) : str_format(a, "%s %s", e->what, e->hint);
}

static const struct err *
put_outcome(struct job_work *w, const struct err *failed)
{
	const struct job *job = &w->job;
	const struct job_rule *rule = &job_rules[job->kind];

	if (failed != NULL)
		return put_end(w->db, job, JOB_STATE_FAILED, words_of(w->arena, failed), w->result, w->place);
	if (!w->leave)
		return put_end(w->db, job, JOB_STATE_DONE, w->message, w->result, w->place);
	if (job->stop || !rule->again)
		return put_end(w->db, job, job->stop ? JOB_STATE_STOPPED : JOB_STATE_FAILED, (str){ 0 }, w->result, w->place);
	return job_waits_again(w->db, job->territory, job->id, job->tries - 1); /* the server stops: that is no failure */
}

static const struct err *
work(struct job_work *w)
{
	bool may;
	const struct err *e = find_viewer(w, &may);

	if (e != NULL)
		return e;
	text_choose(str_z(w->arena, w->job.language));
	if (!may)
		return err_new(w->arena, ERR_INPUT, tr("The account that asked for this may not do it any more."), NULL, NULL);
	return job_rules[w->job.kind].run(w);
}

const struct err *
job_next(struct db *db, struct db *beside, struct arena *a, const struct app_setting *setting, bool *done)
{
	struct job_work w = { .db = db, .beside = beside, .arena = a, .setting = setting };
	const struct err *e = take_next(db, a, &w.job, done), *outcome;

	if (e != NULL || !*done)
		return e;
	w.place = w.job.place;
	outcome = work(&w);
	if ((e = db_begin_write(db)) != NULL)
		return e; /* it is found again as left under way */
	return db_end(db, put_outcome(&w, outcome));
}

const struct err *
job_trail(struct job_work *w, const char *what, enum journal_action action)
{
	struct journal j;
	const struct err *e = db_begin_write(w->db);

	if (e != NULL)
		return e;
	e = trail_open(w->db, w->arena, w->job.territory, w->job.account, job_rules[w->job.kind].name, clock_ms(), &j);
	if (e == NULL)
		e = trail_add(&j, what, w->job.id, 0, action, S("*"));
	return db_end(w->db, e);
}
