/* Workers and the queue before them: first come, first served, each address with its share of the places. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/front.h"
#include "web/log.h"

static void
forget_later(struct front *f, struct conn *c)
{
	struct conn **at = &f->later;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	c->next = NULL;
	c->state = CONN_HEAD;
}

void
work_forget(struct front *f, struct conn *c)
{
	struct conn *before = NULL;

	if (c->state == CONN_LATER)
		forget_later(f, c);
	if (c->state != CONN_QUEUED)
		return;
	for (struct conn *q = f->first; q != c; q = q->next)
		before = q;
	if (before == NULL)
		f->first = c->next;
	else
		before->next = c->next;
	if (f->last == c)
		f->last = before;
	f->queued--;
	f->of_asker[c->asker]--;
	c->next = NULL;
	c->state = CONN_HEAD;
}

static void
lost(struct front *f, struct worker_end *w)
{
	struct conn *c = w->conn;

	close(w->fd); /* epoll forgets it */
	w->fd = -1;
	w->conn = NULL;
	for (struct worker_end **at = &f->idle; *at != NULL; at = &(*at)->next_idle) {
		if (*at == w) {
			*at = w->next_idle;
			break;
		}
	}
	if (c == NULL)
		return;
	c->worker = NULL;
	c->state = CONN_HEAD;
	if (c->gone) {
		conn_close(f, c);
		return;
	}
	reply_plain(f, c, w->stuck ? 503 : 500);
	conn_go_on(f, c);
}

static void
give(struct front *f, struct worker_end *w, struct conn *c)
{
	const str message = buf_str(&c->message);

	c->state = CONN_WORKING;
	c->deadline = f->now_ms + f->limits->answer_ms;
	c->worker = w;
	c->body_file = c->body >= 0;
	w->conn = c;
	if (wire_send(w->fd, &message, 1, c->body) < 0)
		lost(f, w);
	else
		request_done(f, c); /* the worker has its own hold on the body */
}

/* The next in the queue, or among the idle: the last to have worked is the first to work, its memory is at hand. */
static void
next_for(struct front *f, struct worker_end *w)
{
	struct conn *c = f->first;

	if (w->retired) {
		lost(f, w); /* it ends when it sees the closed socket */
	} else if (c != NULL) {
		work_forget(f, c);
		give(f, w, c);
	} else {
		w->next_idle = f->idle;
		f->idle = w;
	}
}

void
work_enqueue(struct front *f, struct conn *c)
{
	struct worker_end *w = f->idle;

	if (w != NULL) {
		f->idle = w->next_idle;
		give(f, w, c);
		return;
	}
	if (f->queued >= f->limits->queue || f->of_asker[c->asker] >= f->limits->per_asker) {
		reply_plain(f, c, 503);
		return;
	}
	c->state = CONN_QUEUED;
	c->deadline = f->now_ms + f->limits->wait_ms;
	c->next = NULL;
	if (f->last == NULL)
		f->first = c;
	else
		f->last->next = c;
	f->last = c;
	f->queued++;
	f->of_asker[c->asker]++;
}

/* Another writes (an import takes seconds), and nothing was done: the request is put off, less and less often asked again. One whose
 * body was a file has given it away, and whoever has waited long enough is told. */
static bool
put_off(struct front *f, struct conn *c, const struct wire_answer *a)
{
	enum { SOON_MS = 20, SELDOM_MS = 400 };

	if (!a->again || c->body_file || c->gone || f->stopping)
		return false;
	if (c->give_up_ms == 0)
		c->give_up_ms = f->now_ms + f->limits->wait_ms;
	if (f->now_ms >= c->give_up_ms)
		return false;
	c->again_in = c->again_in == 0 ? SOON_MS : c->again_in * 2 > SELDOM_MS ? SELDOM_MS : c->again_in * 2;
	c->again_ms = f->now_ms + c->again_in;
	c->deadline = c->give_up_ms + SELDOM_MS + 1000;
	c->state = CONN_LATER;
	c->next = f->later;
	f->later = c;
	return true;
}

void
work_again(struct front *f)
{
	struct conn *c = f->later;

	while (c != NULL) {
		struct conn *next = c->next;

		if (f->now_ms >= c->again_ms) {
			forget_later(f, c);
			work_enqueue(f, c);
			conn_go_on(f, c); /* the queue may have been full: then it was told so */
		}
		c = next;
	}
}

void
work_add(struct front *f, int which, int fd)
{
	struct worker_end *w = &f->workers[which];
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = w };

	if (w->fd >= 0)
		lost(f, w);
	*w = (struct worker_end){ .source = SOURCE_WORKER, .number = which, .fd = fd };
	if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0 || epoll_ctl(f->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		bug("epoll: %s", strerror(errno));
	next_for(f, w);
}

void
work_retire(struct front *f, int which)
{
	struct worker_end *w = &f->workers[which];

	w->retired = true;
	if (w->fd >= 0 && w->conn == NULL)
		lost(f, w);
}

static void
note_request(struct front *f, const struct conn *c, const struct worker_end *w, int status, size_t bytes)
{
	char route[sizeof f->birth->notes->route];

	if (f->birth->setting->quiet)
		return;
	memcpy(route, f->birth->notes[w->number].route, sizeof route); /* the worker may write it: an end is set here */
	route[sizeof route - 1] = '\0';
	for (char *p = route; *p != '\0'; p++) {
		if (*p <= ' ' || *p >= 0x7f)
			*p = '?';
	}
	log_request(f->wall_ms, c->method, route, status, bytes, f->now_us - c->began_us);
}

void
work_event(struct front *f, struct worker_end *w)
{
	struct wire_answer a;
	struct conn *c = w->conn;
	int file;
	ssize_t n;

	if (w->fd < 0)
		return; /* lost earlier in this round */
	n = wire_receive(w->fd, f->room, sizeof f->room, &file);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0 || c == NULL || !wire_answer_read((str){ f->room, (size_t)n }, &a) || a.beside != (file >= 0)) {
		if (file >= 0)
			close(file);
		lost(f, w);
		return;
	}
	w->conn = NULL;
	c->worker = NULL;
	c->state = CONN_HEAD;
	if (put_off(f, c, &a)) {
		if (file >= 0)
			close(file);
		next_for(f, w);
		return;
	}
	note_request(f, c, w, a.status, a.length);
	if (c->gone) {
		if (file >= 0)
			close(file);
		conn_close(f, c);
	} else {
		reply_worker(f, c, &a, file);
	}
	w->retired = w->retired || a.leave;
	next_for(f, w); /* first, so that it works while the answer leaves */
	conn_go_on(f, c);
}

void
work_stuck(struct front *f, struct conn *c)
{
	const struct control_message m = { .what = CONTROL_STUCK, .worker = c->worker->number };
	const str bytes = { (const char *)&m, sizeof m };

	c->worker->stuck = true;
	c->deadline = f->now_ms + 1000;
	(void)wire_send(f->birth->control, &bytes, 1, -1); /* the supervisor ends it: lost() does the rest */
}
