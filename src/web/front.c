/* The front: its events and its clock. */
#include "web/front.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "web/log.h"
#include "web/plain.h"

enum { EVENTS = 128, TICK_MS = 500, AGAIN_MS = 10 };

static void
read_clock(struct front *f)
{
	static int64_t written = -1;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	f->now_us = now.tv_sec * 1000000 + now.tv_nsec / 1000;
	f->now_ms = f->now_us / 1000;
	if (f->now_ms / 250 == written / 250)
		return;
	written = f->now_ms;
	clock_gettime(CLOCK_REALTIME, &now);
	f->wall_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
	reply_date(f->date, now.tv_sec);
}

static void
watch(struct front *f, int fd, void *what)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = what };

	if (epoll_ctl(f->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		bug("epoll: %s", strerror(errno));
}

/* Those between two requests go at once, the others when they have been answered. */
static void
stop(struct front *f)
{
	f->stopping = true;
	close(f->birth->listener);
	for (int i = 0; i < f->places; i++) {
		struct conn *c = &f->conns[i];

		c->keep_alive = false;
		if (c->state == CONN_HEAD && c->in.len == 0)
			conn_close(f, c);
	}
}

static void
obey(struct front *f)
{
	struct control_message m;
	int file;
	const ssize_t n = wire_receive(f->birth->control, &m, sizeof m, &file);

	if (n == 0)
		_exit(0); /* without supervisor there is nothing to do */
	if (n != sizeof m)
		return;
	if (m.what == CONTROL_ADD && file >= 0)
		work_add(f, m.worker, file);
	else if (m.what == CONTROL_RETIRE)
		work_retire(f, m.worker);
	else if (m.what == CONTROL_STOP && !f->stopping)
		stop(f);
}

static void
dispatch(struct front *f, const struct epoll_event *event)
{
	enum source *source = event->data.ptr;

	switch (*source) {
	case SOURCE_LISTENER:
		if (!f->stopping)
			conn_accept(f);
		break;
	case SOURCE_CONTROL:
		obey(f);
		break;
	case SOURCE_WORKER:
		work_event(f, (struct worker_end *)(void *)source);
		break;
	case SOURCE_CONN:
		conn_event(f, (struct conn *)(void *)source, event->events);
		break;
	}
}

static void
tick(struct front *f)
{
	if (f->now_ms - f->ticked_ms < TICK_MS)
		return;
	f->ticked_ms = f->now_ms;
	for (int i = 0; i < f->places; i++) {
		if (f->conns[i].state != CONN_FREE)
			conn_tick(f, &f->conns[i]);
	}
	log_flush();
}

/* Each connection may hold two files beside itself. A system that allows less makes newcomers push out the idle earlier. */
static void
allow_files(int n)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) != 0)
		return;
	r.rlim_cur = r.rlim_max == RLIM_INFINITY || r.rlim_max > (rlim_t)n ? (rlim_t)n : r.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &r);
}

static void
prepare(struct front *f, const struct birth *birth)
{
	const int most = birth->setting->limits.connections + ACCEPTED;

	f->places = most;
	f->birth = birth;
	f->limits = &birth->setting->limits;
	f->listener = SOURCE_LISTENER;
	f->control = SOURCE_CONTROL;
	f->conns = calloc((size_t)most, sizeof *f->conns);
	f->workers = calloc((size_t)birth->workers, sizeof *f->workers);
	if (f->conns == NULL || f->workers == NULL)
		bug_oom(sizeof *f->conns * (size_t)most);
	for (int i = most - 1; i >= 0; i--) {
		f->conns[i] = (struct conn){ .source = SOURCE_CONN, .next = f->free };
		f->free = &f->conns[i];
	}
	for (int i = 0; i < birth->workers; i++)
		f->workers[i] = (struct worker_end){ .source = SOURCE_WORKER, .number = i, .fd = -1 };
	allow_files(most * 3 + 64);
	if (getrandom(&f->salt, sizeof f->salt, 0) != sizeof f->salt)
		bug("no randomness");
	if ((f->epoll = epoll_create1(EPOLL_CLOEXEC)) < 0)
		bug("epoll: %s", strerror(errno));
	read_clock(f);
}

_Noreturn void
front_run(const struct birth *birth)
{
	static struct front f;
	struct arena a = { 0 };

	child_begin(birth, CHILD_FRONT);
	plain_make(birth->setting->app.catalogues);
	prepare(&f, birth);
	watch(&f, birth->listener, &f.listener);
	watch(&f, birth->control, &f.control);
	child_ready(birth, CHILD_FRONT, &a);
	while (!f.stopping || f.open > 0) {
		struct epoll_event events[EVENTS];
		const int n = epoll_wait(f.epoll, events, EVENTS, f.later == NULL ? TICK_MS : AGAIN_MS);

		read_clock(&f);
		for (int i = 0; i < n; i++)
			dispatch(&f, &events[i]);
		work_again(&f);
		tick(&f);
		conn_reap(&f);
	}
	log_flush();
	_exit(0);
}
