/* The supervisor: starts the children, replaces those that end, stops them in order. It holds no data and reads no request. */
#include "web/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "web/child.h"
#include "web/listen.h"
#include "web/log.h"
#include "web/wire.h"

enum {
	WORKERS = 64,
	SOON_MS = 2000, /* a child that ends before is not started again at once */
	PAUSE_MS = 50,
	LATEST_MS = 10000,
	START_MS = 60000, /* a database that must be brought to this version takes its time */
};

const struct serve_limits serve_usual = {
	.connections = 2048,
	.per_address = 256,
	.queue = 1024,
	.per_asker = 256,
	.form = 8 << 20,
	.upload = 64 << 20,
	.bodies = 256 << 20,
	.head_ms = 10000,
	.idle_ms = 60000,
	.body_ms = 20000,
	.write_ms = 20000,
	.slowest = 16,
	.wait_ms = 10000,
	.answer_ms = 60000,
	.stop_ms = 30000,
};

struct child {
	enum child_kind kind;
	int number; /* of a worker */
	pid_t pid;  /* 0: none now */
	int start;  /* -1: it told */
	int socket; /* -1, or a worker's way from the front, until it is ready */
	bool ready, replaced;
	int64_t born_ms, again_ms;
	int failures;
};

struct server {
	struct arena *a;
	const struct serve_setting *setting;
	struct listener listener;
	struct child children[WORKERS + 2]; /* the front, the job, the workers */
	int n, workers;
	int control; /* to the front; -1: none */
	int signals, bell;
	struct note *notes;
	int64_t now_ms, stop_ms;
	int reloading; /* a worker's number, from there on they are still to be replaced; -1: none */
	bool told, stopping, warned;
	const struct err *err;
};

static void
read_clock(struct server *s)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	s->now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static const char *
name_of(const struct child *c)
{
	return c->kind == CHILD_FRONT ? "front" : c->kind == CHILD_JOB ? "job process" : "worker";
}

static void
fail(struct server *s, const struct err *e)
{
	if (s->err == NULL)
		s->err = e;
}

static bool
tell_front(struct server *s, enum control what, int worker, int file)
{
	const struct control_message m = { .what = what, .worker = worker };
	const str bytes = { (const char *)&m, sizeof m };

	return s->control >= 0 && wire_send(s->control, &bytes, 1, file) >= 0;
}

/* In the child. */
_Noreturn static void
be(const struct server *s, const struct child *c, struct birth *birth)
{
	*birth = (struct birth){ .setting = s->setting,
		.number = c->number,
		.start = birth->start,
		.listener = birth->listener,
		.control = birth->control,
		.socket = birth->socket,
		.bell = s->bell,
		.workers = s->workers,
		.notes = s->notes,
		.local = s->listener.local && !s->listener.is_unix };
	if (c->kind == CHILD_FRONT) {
		birth->listener = s->listener.fd;
		front_run(birth);
	}
	if (c->kind == CHILD_JOB)
		job_run(birth);
	worker_run(birth);
}

/* What the child talks through: a pipe to begin with, and a socket of its own. */
static bool
make_ways(const struct child *c, int start[2], int way[2])
{
	if (pipe2(start, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	if (c->kind == CHILD_JOB || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, way) == 0)
		return true;
	close(start[0]);
	close(start[1]);
	return false;
}

static void
spawn(struct server *s, struct child *c)
{
	int start[2], way[2] = { -1, -1 };

	if (!make_ways(c, start, way)) {
		fail(s, err_system(s->a, errno, tr("A process of the server cannot be started.")));
		return;
	}
	c->pid = fork();
	if (c->pid == 0) {
		struct birth birth = { .start = start[1], .listener = -1, .control = -1, .socket = -1 };

		*(c->kind == CHILD_FRONT ? &birth.control : &birth.socket) = way[1];
		be(s, c, &birth);
	}
	if (c->pid < 0) {
		fail(s, err_system(s->a, errno, tr("A process of the server cannot be started.")));
		c->pid = 0;
	}
	close(start[1]);
	if (way[1] >= 0)
		close(way[1]);
	c->start = start[0];
	c->socket = -1;
	c->ready = c->replaced = false;
	c->born_ms = s->now_ms;
	if (c->kind == CHILD_FRONT) {
		close_fd(&s->control);
		s->control = way[0];
	} else {
		c->socket = way[0];
	}
}

/* Its last words when it could not begin. */
static const struct err *
complaint(struct server *s, const char *words, size_t n)
{
	str rest = { words + 2, n - 2 };
	const char *texts[3] = { NULL, NULL, NULL };

	for (size_t i = 0; i < 3 && rest.s != NULL; i++) {
		str part = str_cut(rest, '\0', &rest);

		texts[i] = part.len == 0 ? NULL : str_z(s->a, part);
	}
	return err_new(s->a, (enum err_kind)words[1], texts[0] == NULL ? "?" : texts[0], texts[1], texts[2]);
}

static void
warn_landlock(struct server *s)
{
	if (!s->warned)
		log_line("warning: this kernel has no Landlock: only its user's rights keep the server from other files");
	s->warned = true;
}

/* The start pipe speaks, or closes: the child has died then, and is met by its signal. */
static void
hear(struct server *s, struct child *c)
{
	char words[4096];
	const ssize_t n = read(c->start, words, sizeof words);

	if (n < 0 && errno == EAGAIN)
		return;
	close_fd(&c->start);
	if (n >= 3 && words[0] == 'e') {
		const struct err *e = complaint(s, words, (size_t)n);

		if (s->told)
			log_line("%s: %s %s", name_of(c), e->what, e->detail == NULL ? "" : e->detail);
		else /* what keeps the first from starting would keep all others */
			fail(s, e);
		return;
	}
	if (n != 1)
		return;
	if (words[0] == 'l')
		warn_landlock(s);
	c->ready = true;
	if (c->kind == CHILD_WORKER) {
		(void)tell_front(s, CONTROL_ADD, c->number, c->socket);
		close_fd(&c->socket);
	}
}

static void
log_end(const struct server *s, const struct child *c, int status)
{
	char route[sizeof s->notes->route] = "";

	if (c->kind == CHILD_WORKER)
		memcpy(route, s->notes[c->number].route, sizeof route);
	route[sizeof route - 1] = '\0';
	if (WIFSIGNALED(status))
		log_line("%s %d ended by signal %d at work on %s; another takes its place", name_of(c), c->number,
		    WTERMSIG(status), route[0] == '\0' ? "-" : route);
	else if (WEXITSTATUS(status) != 0)
		log_line("%s %d ended with status %d", name_of(c), c->number, WEXITSTATUS(status));
}

static void
buried(struct server *s, struct child *c, int status)
{
	const bool early = s->now_ms - c->born_ms < SOON_MS && !c->replaced, began = c->ready || c->replaced;
	int64_t wait;

	if (c->start >= 0)
		hear(s, c);
	if (!s->stopping)
		log_end(s, c, status);
	c->pid = 0;
	c->ready = false;
	close_fd(&c->start);
	close_fd(&c->socket);
	/* One that cannot begin is tried less and less often; one that a request ends, at once unless it is done all the time. */
	c->failures = began ? 0 : c->failures + 1;
	wait = c->failures > 0 ? 50LL << (c->failures > 8 ? 8 : c->failures) : early ? PAUSE_MS : 0;
	c->again_ms = s->now_ms + (wait > LATEST_MS ? LATEST_MS : wait);
	if (!s->told && !s->stopping)
		fail(s, err_new(s->a, ERR_WORLD, tr("A process of the server ended as it began."), NULL,
			    tr("Look at the lines above; if nothing explains it, tell who maintains the program.")));
}

static void
bury(struct server *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (int i = 0; i < s->n; i++) {
			if (s->children[i].pid == pid)
				buried(s, &s->children[i], status);
		}
	}
}

static void
begin_stop(struct server *s)
{
	if (s->stopping) /* asked twice: now */
		s->stop_ms = s->now_ms;
	else
		s->stop_ms = s->now_ms + s->setting->limits.stop_ms;
	s->stopping = true;
	s->reloading = -1;
	close_fd(&s->listener.fd);
	(void)tell_front(s, CONTROL_STOP, 0, -1);
}

/* Said again and again: one that is only just starting does not listen yet. */
static void
stop_long_work(const struct server *s)
{
	for (int i = 0; i < s->n; i++) {
		if (s->children[i].kind == CHILD_JOB && s->children[i].pid > 0)
			(void)kill(s->children[i].pid, SIGTERM);
	}
}

static void
signalled(struct server *s)
{
	struct signalfd_siginfo info;

	while (read(s->signals, &info, sizeof info) == sizeof info) {
		if (info.ssi_signo == SIGCHLD)
			bury(s);
		else if (info.ssi_signo == SIGHUP && !s->stopping)
			s->reloading = 0;
		else if (info.ssi_signo != SIGHUP)
			begin_stop(s);
	}
}

/* The front asks for one thing only: an end to a worker that took too long. */
static void
front_says(struct server *s)
{
	struct control_message m;
	int file;
	const ssize_t n = wire_receive(s->control, &m, sizeof m, &file);

	if (file >= 0)
		close(file);
	if (n == 0)
		close_fd(&s->control);
	if (n != sizeof m || m.what != CONTROL_STUCK)
		return;
	for (int i = 0; i < s->n; i++) {
		struct child *c = &s->children[i];

		if (c->kind == CHILD_WORKER && c->number == m.worker && c->pid > 0) {
			log_line("worker %d takes too long", c->number);
			(void)kill(c->pid, SIGKILL);
		}
	}
}

/* One worker after another is told to end when it has answered; the next only when its successor is ready. */
static void
go_on_reloading(struct server *s)
{
	for (int i = 0; i < s->n && s->reloading >= 0; i++) {
		struct child *c = &s->children[i];

		if (c->kind != CHILD_WORKER || c->number > s->reloading)
			continue;
		if (!c->ready)
			return;
		if (c->number < s->reloading)
			continue;
		c->replaced = true;
		c->ready = false;
		(void)tell_front(s, CONTROL_RETIRE, c->number, -1);
		s->reloading++;
		return;
	}
	s->reloading = s->reloading >= s->workers ? -1 : s->reloading;
}

static void
kill_all(struct server *s)
{
	for (int i = 0; i < s->n; i++) {
		if (s->children[i].pid > 0)
			(void)kill(s->children[i].pid, SIGKILL);
	}
}

static bool
all_ready(const struct server *s)
{
	for (int i = 0; i < s->n; i++) {
		if (!s->children[i].ready)
			return false;
	}
	return true;
}

static bool
all_gone(const struct server *s)
{
	for (int i = 0; i < s->n; i++) {
		if (s->children[i].pid > 0)
			return false;
	}
	return true;
}

/* What the moment asks for: children to start again, an end to wait no longer for. */
static void
attend(struct server *s)
{
	for (int i = 0; i < s->n && !s->stopping; i++) {
		struct child *c = &s->children[i];

		if (c->pid == 0 && s->now_ms >= c->again_ms)
			spawn(s, c);
		else if (c->pid > 0 && c->start >= 0 && s->now_ms - c->born_ms > START_MS)
			(void)kill(c->pid, SIGKILL);
	}
	if (!s->told && all_ready(s)) {
		s->told = true;
		if (s->setting->ready != NULL)
			s->setting->ready(s->setting->to, s->listener.address);
	}
	go_on_reloading(s);
	if (s->stopping)
		stop_long_work(s);
	if (s->stopping && s->now_ms >= s->stop_ms)
		kill_all(s);
}

static void
wait_for_news(struct server *s)
{
	struct pollfd p[WORKERS + 4] = { { .fd = s->signals, .events = POLLIN }, { .fd = s->control, .events = POLLIN } };
	bool late = s->stopping;

	for (int i = 0; i < s->n; i++) {
		p[i + 2] = (struct pollfd){ .fd = s->children[i].start, .events = POLLIN };
		late = late || !s->children[i].ready;
	}
	(void)poll(p, (nfds_t)s->n + 2, late ? 50 : -1);
	read_clock(s);
	for (int i = 0; i < s->n; i++) {
		if (p[i + 2].revents != 0)
			hear(s, &s->children[i]);
	}
	if (p[0].revents != 0)
		signalled(s);
	if (p[1].revents != 0 && s->control >= 0)
		front_says(s);
}

static void
run(struct server *s)
{
	while (s->err == NULL && !(s->stopping && all_gone(s))) {
		attend(s);
		wait_for_news(s);
	}
	kill_all(s);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static int
worker_count(const struct serve_setting *setting)
{
	cpu_set_t set;
	int n = setting->workers;

	if (n == 0 && sched_getaffinity(0, sizeof set, &set) == 0)
		n = CPU_COUNT(&set);
	if (n < 2 && setting->workers == 0)
		n = 2; /* one may wait for the disk, or check a password */
	return n < 1 ? 1 : n > WORKERS ? WORKERS : n;
}

static bool
prepare(struct server *s, sigset_t *before)
{
	static const int wanted[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		sigaddset(&set, wanted[i]);
	if (sigprocmask(SIG_BLOCK, &set, before) != 0)
		return false;
	s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	s->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	s->workers = worker_count(s->setting);
	s->notes = mmap(NULL, sizeof *s->notes * (size_t)s->workers, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s->signals < 0 || s->bell < 0 || s->notes == MAP_FAILED)
		return false;
	s->n = s->workers + 2;
	for (int i = 0; i < s->n; i++)
		s->children[i] = (struct child){ .kind = i == 0   ? CHILD_FRONT
							 : i == 1 ? CHILD_JOB
								  : CHILD_WORKER,
			.number = i < 2 ? 0 : i - 2,
			.start = -1,
			.socket = -1 };
	return true;
}

const struct err *
serve(struct arena *a, const struct serve_setting *setting)
{
	static struct server s;
	sigset_t before;
	const struct err *e;

	s = (struct server){ .a = a, .setting = setting, .control = -1, .signals = -1, .bell = -1, .reloading = -1 };
	if ((e = listener_open(a, setting->listen, setting->proxy || setting->exposed, &s.listener)) != NULL) {
		close_fd(&s.listener.fd);
		return e;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	if (prepare(&s, &before)) {
		read_clock(&s);
		run(&s);
		munmap(s.notes, sizeof *s.notes * (size_t)s.workers);
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
	} else {
		s.err = err_system(a, errno, tr("The server cannot be started."));
	}
	if (s.listener.is_unix)
		(void)unlink(s.listener.address + sizeof "unix:" - 1);
	close_fd(&s.listener.fd);
	close_fd(&s.control);
	close_fd(&s.signals);
	close_fd(&s.bell);
	return s.err;
}
