/* Long work: left by a page, done beside it, found again, stopped, taken up after a crash. */
#include "app_case.h"

#include "web/jobs.h"
#include "web/jobs_table.h"
#include "web/req.h"

static int64_t
asked(struct app_case *c)
{
	struct viewer v = viewer_of(c->t, c->token, c->now_ms);
	int64_t id;

	ok(job_add(c->t->db, &c->t->arena, &v, JOB_check, (str){ 0 }, "/base", c->now_ms, &id));
	return id;
}

static struct job
job_now(struct app_case *c, int64_t id)
{
	struct viewer v = viewer_of(c->t, c->token, c->now_ms);
	struct job job;
	bool found;

	ok(job_read(c->t->db, &c->t->arena, &v, id, &job, &found));
	assert_true(found);
	return job;
}

static const char *
page_of(struct app_case *c, int64_t id)
{
	str key = key_short(&c->t->arena, id);

	return str_format(&c->t->arena, "/travaux/%.*s", STR_ARG(key)).s;
}

static void
begin(struct app_case *c, struct db_case *t)
{
	with_city(t);
	app_case_open(c, t);
	app_as(c, "administrator", NULL);
}

static void
work_is_done_and_found_again(void **state)
{
	struct app_case c;
	int64_t id;

	begin(&c, case_of(state));
	assert_int_equal(app_job(c.app), APP_NOTHING);
	id = asked(&c);
	app_page(&c, page_of(&c, id));
	app_shows(&c, "waiting");
	app_shows(&c, "Stop this work");
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, page_of(&c, id));
	app_shows(&c, "Everything holds.");
	app_shows(&c, "href=\"/base\"");
	app_hides(&c, "Stop this work");
	app_page(&c, "/travaux");
	app_shows(&c, "Verification of the database");
	assert_int_equal(app_job(c.app), APP_NOTHING);
	assert_int_equal(rows_of(c.t, "journal where entity = 'checks'"), 1);
	app_case_close(&c);
}

static void
the_page_renews_itself_until_the_end(void **state)
{
	struct app_case c;
	int64_t id;
	bool renews = false;

	begin(&c, case_of(state));
	id = asked(&c);
	app_page(&c, page_of(&c, id));
	for (size_t i = 0; i < c.out.n; i++)
		renews |= str_is(c.out.headers[i].name, "Refresh");
	assert_true(renews);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, page_of(&c, id));
	for (size_t i = 0; i < c.out.n; i++)
		assert_false(str_is(c.out.headers[i].name, "Refresh"));
	app_case_close(&c);
}

static void
what_waits_is_stopped_at_once(void **state)
{
	struct app_case c;
	int64_t id;

	begin(&c, case_of(state));
	id = asked(&c);
	assert_int_equal(app_post(&c, str_format(&c.t->arena, "%s/arret", page_of(&c, id)).s, ""), 303);
	assert_int_equal(job_now(&c, id).state, JOB_STATE_STOPPED);
	assert_int_equal(app_job(c.app), APP_NOTHING);
	app_page(&c, page_of(&c, id));
	app_shows(&c, "It was stopped.");
	app_case_close(&c);
}

static void
work_under_way_leaves_when_asked(void **state)
{
	struct app_case c;
	struct job_work w = { 0 };
	int64_t id;

	begin(&c, case_of(state));
	id = asked(&c);
	behind(c.t, "update jobs set state = 'running', started_ms = 1, told_ms = 1");
	w = (struct job_work){ .job = job_now(&c, id), .beside = c.t->db };
	assert_true(job_progress(&w, 3, 10));
	assert_int_equal(job_now(&c, id).done, 3);
	assert_true(job_progress(&w, 4, 10)); /* too soon to be told */
	assert_int_equal(job_now(&c, id).done, 3);
	app_page(&c, page_of(&c, id));
	app_shows(&c, "3 of 10");
	assert_int_equal(app_post(&c, str_format(&c.t->arena, "%s/arret", page_of(&c, id)).s, ""), 303);
	app_page(&c, page_of(&c, id));
	app_shows(&c, "It is being stopped.");
	w.told_ms = 0;
	assert_false(job_progress(&w, 5, 10));
	assert_false(job_progress(&w, 6, 10));
	app_case_close(&c);
}

/* The work holds the writer's lock itself: nothing waits for it, and it can be asked to stop all the same. */
static void
progress_waits_for_nobody(void **state)
{
	struct app_case c;
	struct job_work w = { 0 };
	struct db *beside;
	int64_t id;

	begin(&c, case_of(state));
	id = asked(&c);
	behind(c.t, "update jobs set state = 'running', started_ms = 1, told_ms = 1");
	ok(db_open(&c.t->arena, c.t->where, DB_WRITE, &beside));
	w = (struct job_work){ .job = job_now(&c, id), .beside = beside };
	ok(db_begin_write(c.t->db));
	assert_true(job_progress(&w, 3, 10));
	ok(db_end(c.t->db, NULL));
	assert_int_equal(job_now(&c, id).done, 0);
	w.told_ms = 0;
	assert_true(job_progress(&w, 4, 10));
	assert_int_equal(job_now(&c, id).done, 4);
	db_close(beside);
	app_case_close(&c);
}

static void
work_that_a_crash_left_begins_again_but_not_for_ever(void **state)
{
	struct app_case c;
	int64_t id;

	begin(&c, case_of(state));
	id = asked(&c);
	behind(c.t, "update jobs set state = 'running', started_ms = 1, told_ms = 1, tries = 1");
	assert_int_equal(app_job(c.app), APP_DONE);
	assert_int_equal(job_now(&c, id).state, JOB_STATE_DONE);
	assert_int_equal(job_now(&c, id).tries, 2);
	behind(c.t, "update jobs set state = 'running', ended_ms = null, message = null, told_ms = 1, tries = 3");
	assert_int_equal(app_job(c.app), APP_NOTHING);
	assert_int_equal(job_now(&c, id).state, JOB_STATE_FAILED);
	app_page(&c, page_of(&c, id));
	app_shows(&c, "The server was stopped");
	behind(c.t, "update jobs set state = 'running', ended_ms = null, stop = 1, told_ms = 1, tries = 1");
	assert_int_equal(app_job(c.app), APP_NOTHING);
	assert_int_equal(job_now(&c, id).state, JOB_STATE_STOPPED);
	app_case_close(&c);
}

static void
an_account_that_has_ended_gets_nothing_done(void **state)
{
	struct app_case c;
	int64_t id;

	begin(&c, case_of(state));
	id = asked(&c);
	behind(c.t, "update accounts set expires_on = '2020-01-01' where role = 'administrator'");
	assert_int_equal(app_job(c.app), APP_DONE);
	assert_int_equal(rows_of(c.t, "jobs where state = 'failed' and message is not null"), 1);
	assert_int_equal(rows_of(c.t, "journal where entity = 'checks'"), 0);
	(void)id;
	app_case_close(&c);
}

static void
nobody_sees_the_work_of_others(void **state)
{
	struct app_case c;
	const char *page, *stop;

	begin(&c, case_of(state));
	page = page_of(&c, asked(&c));
	stop = str_format(&c.t->arena, "%s/arret", page).s;
	app_as(&c, "coordinator", NULL);
	app_refuses(&c, 404, page);
	assert_int_equal(app_post(&c, stop, ""), 404);
	app_page(&c, "/travaux");
	app_hides(&c, "Verification of the database");
	assert_int_equal(rows_of(c.t, "jobs where state = 'waiting'"), 1);
	app_refuses(&c, 404, "/travaux/zz");
	app_case_close(&c);
}

static void
old_rows_go_but_the_last_of_each_kind(void **state)
{
	struct app_case c;

	begin(&c, case_of(state));
	(void)asked(&c);
	(void)asked(&c);
	(void)asked(&c);
	behind(c.t, "update jobs set state = 'done', ended_ms = 1000");
	(void)asked(&c);
	assert_int_equal(rows_of(c.t, "jobs where state = 'done'"), 1);
	assert_int_equal(rows_of(c.t, "jobs where state = 'waiting'"), 1);
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(work_is_done_and_found_again),
		ON_BOTH(the_page_renews_itself_until_the_end),
		ON_BOTH(what_waits_is_stopped_at_once),
		ON_BOTH(work_under_way_leaves_when_asked),
		ON_BOTH(progress_waits_for_nobody),
		ON_BOTH(work_that_a_crash_left_begins_again_but_not_for_ever),
		ON_BOTH(an_account_that_has_ended_gets_nothing_done),
		ON_BOTH(nobody_sees_the_work_of_others),
		ON_BOTH(old_rows_go_but_the_last_of_each_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
