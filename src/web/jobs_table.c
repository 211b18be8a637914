#include "web/jobs_table.h"

#include "base/text.h"
#include "model/key.h"
#include "sql.h"
#include "web/jobs.h"

enum { LISTED = 50 };
static const int64_t kept_ms = INT64_C(30) * 24 * 3600 * 1000;

const char *const job_states[] = { "waiting", "running", "done", "failed", "stopped" };

static int
state_named(str s)
{
	for (size_t i = 0; i < sizeof job_states / sizeof *job_states; i++)
		if (str_is(s, job_states[i]))
			return (int)i;
	return -1;
}

static int
kind_named(str s)
{
	for (int i = 0; i < JOB_KINDS; i++)
		if (str_is(s, job_rules[i].name))
			return i;
	return -1;
}

bool
job_fill(struct arena *a, const struct job_by_id_row *row, struct job *job)
{
	const int kind = kind_named(row->kind), state = state_named(row->state);

	if (kind < 0 || state < 0)
		return false;
	*job = (struct job){
		.territory = row->territory,
		.id = row->id,
		.account = row->account,
		.kind = (enum job_kind)kind,
		.language = str_dup(a, row->language),
		.state = (enum job_state)state,
		.stop = row->stop == 1,
		.tries = row->tries,
		.done = row->done,
		.total = row->total,
		.parameters = str_dup(a, row->parameters),
		.result = str_dup(a, row->result),
		.message = str_dup(a, row->message),
		.place = str_dup(a, row->place),
		.made_ms = row->made_ms,
		.started_ms = row->started_ms,
		.ended_ms = row->ended_ms,
	};
	return true;
}

static bool
may_see(const struct viewer *v, const struct job *job)
{
	return job->account == v->account || viewer_reach(v, job_rules[job->kind].right) == REACH_ALL;
}

/* ---- in a page ---- */

const struct err *
job_put(struct db *db, const struct viewer *v, enum job_kind kind, str parameters, const char *place, int64_t now_ms, int64_t *id)
{
	struct keymaker keys = { .now_ms = now_ms };
	struct job_by_id_row row;
	struct db_rows rows;
	const struct err *e;

	if (!viewer_may(v, job_rules[kind].right))
		bug("work %s is left by somebody who may not", job_rules[kind].name);
	(void)jobs_newest(db, &rows, v->territory, 1);
	while (jobs_newest_next(&rows, &row))
		key_above(&keys, row.id);
	if ((e = db_done(&rows)) != NULL)
		return e;
	*id = key_next(&keys);
	e = job_insert(db, v->territory, *id, v->account, str_of(job_rules[kind].name), str_of(text_language()), parameters,
	    str_of(place), now_ms);
	return e != NULL ? e : jobs_purge(db, v->territory, now_ms - kept_ms);
}

const struct err *
job_add(struct db *db, struct arena *a, const struct viewer *v, enum job_kind kind, str parameters, const char *place,
    int64_t now_ms, int64_t *id)
{
	const struct err *e;

	(void)a;
	if ((e = db_begin_write(db)) != NULL)
		return e;
	if ((e = db_end(db, job_put(db, v, kind, parameters, place, now_ms, id))) == NULL)
		jobs_ring();
	return e;
}

const struct err *
job_read(struct db *db, struct arena *a, const struct viewer *v, int64_t id, struct job *job, bool *found)
{
	struct job_by_id_row row;
	struct db_rows rows;

	*found = false;
	(void)job_by_id(db, &rows, v->territory, id);
	while (job_by_id_next(&rows, &row))
		*found = job_fill(a, &row, job) && may_see(v, job);
	return db_done(&rows);
}

const struct err *
job_list(struct db *db, struct arena *a, const struct viewer *v, struct job **list, size_t *n)
{
	struct job_by_id_row row;
	struct db_rows rows;

	*list = ARENA_ARRAY(a, LISTED, struct job);
	*n = 0;
	(void)jobs_newest(db, &rows, v->territory, LISTED);
	while (jobs_newest_next(&rows, &row))
		if (job_fill(a, &row, &(*list)[*n]) && may_see(v, &(*list)[*n]))
			++*n;
	return db_done(&rows);
}

const struct err *
job_last(struct db *db, struct arena *a, int64_t territory, enum job_kind kind, struct job *job, bool *found)
{
	struct job_by_id_row row;
	struct db_rows rows;

	*found = false;
	(void)job_last_of_kind(db, &rows, territory, str_of(job_rules[kind].name), str_of(job_states[JOB_STATE_DONE]));
	while (job_last_of_kind_next(&rows, &row))
		*found = job_fill(a, &row, job);
	return db_done(&rows);
}

const struct err *
job_stop(struct db *db, const struct job *job, int64_t now_ms)
{
	const struct err *e = db_begin_write(db);

	return e != NULL ? e : db_end(db, job_stop_asked(db, job->territory, job->id, now_ms));
}
