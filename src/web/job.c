/* The job process: long work, one piece after another, beside the pages and behind them. */
#include "web/job.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "web/child.h"
#include "web/jobs.h"

enum { LOOKS_S = 60 };

int job_bell = -1;
static volatile sig_atomic_t stopping;

void
jobs_ring(void)
{
	const uint64_t one = 1;
	ssize_t n;

	if (job_bell >= 0) {
		n = write(job_bell, &one, sizeof one);
		(void)n; /* full: it rings already */
	}
}

bool
jobs_stopping(void)
{
	return stopping != 0;
}

static void
stop(int signal)
{
	(void)signal;
	stopping = 1;
}

void
job_environment(const struct serve_setting *setting)
{
	if (setting->app.data != NULL)
		(void)setenv("SQLITE_TMPDIR", setting->app.data, 1);
}

/* Waits for the bell, a minute at most. The signal is let in only here and while working, so that none is missed. */
static void
wait_for_bell(const sigset_t *open)
{
	struct pollfd p = { .fd = job_bell, .events = POLLIN };
	const struct timespec minute = { .tv_sec = LOOKS_S };
	uint64_t rung;
	ssize_t n;

	if (!jobs_stopping() && ppoll(&p, 1, &minute, open) > 0) {
		n = read(job_bell, &rung, sizeof rung);
		(void)n;
	}
}

static void
work(struct app *app)
{
	const struct sigaction on_stop = { .sa_handler = stop, .sa_flags = SA_RESTART };
	sigset_t closed, open;

	(void)sigaction(SIGTERM, &on_stop, NULL);
	sigemptyset(&closed);
	sigaddset(&closed, SIGTERM);
	while (!jobs_stopping()) {
		enum app_work did = APP_DONE;

		while (!jobs_stopping() && did == APP_DONE)
			did = app_job(app);
		if (did == APP_LOST)
			return;
		app_idle(app);
		(void)sigprocmask(SIG_BLOCK, &closed, &open);
		wait_for_bell(&open);
		(void)sigprocmask(SIG_SETMASK, &open, NULL);
	}
}

_Noreturn void
job_run(const struct birth *birth)
{
	struct app_setting setting = birth->setting->app;
	struct arena a = { 0 };
	struct app *app;
	const struct err *e;

	child_begin(birth, CHILD_JOB);
	if (nice(5) == -1 && errno != 0)
		errno = 0; /* pages come first; without that it works as well */
	job_bell = birth->bell;
	job_environment(birth->setting);
	setting.job = true;
	if ((e = app_open(&a, &setting, &app)) != NULL)
		child_failed(birth, e);
	child_ready(birth, CHILD_JOB, &a);
	work(app);
	app_close(app);
	_exit(0);
}
