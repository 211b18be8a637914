/* Connections: how they come, what moves them on, and when they have had their time. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/front.h"

enum {
	KEPT = 4096, /* bytes of a buffer that an idle connection may keep */
	DRAIN_MS = 2000,
};

/* Who it is, as text and as a place among the counts. An IPv6 client owns a whole /64. */
static void
name_peer(const struct front *f, struct conn *c, const struct sockaddr_storage *from)
{
	const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)from;
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)from;
	str key = { 0 };

	c->peer[0] = '\0';
	if (from->ss_family == AF_INET) {
		(void)inet_ntop(AF_INET, &four->sin_addr, c->peer, sizeof c->peer);
		key = (str){ (const char *)&four->sin_addr, 4 };
	} else if (from->ss_family == AF_INET6) {
		(void)inet_ntop(AF_INET6, &six->sin6_addr, c->peer, sizeof c->peer);
		key = (str){ (const char *)&six->sin6_addr, 8 };
	}
	c->address = (uint16_t)(str_hash(key, f->salt) % ADDRESSES);
}

/* The one that has been awaited longest, of an address or of all; NULL when all are at work. */
static struct conn *
longest_idle(struct front *f, const uint16_t *address)
{
	struct conn *found = NULL;

	for (int i = 0; i < f->places; i++) {
		struct conn *c = &f->conns[i];

		if (c->state == CONN_HEAD && (address == NULL || c->address == *address) &&
		    (found == NULL || c->since < found->since))
			found = c;
	}
	return found;
}

/* Whoever holds many connections open loses those that ask for nothing: newcomers are always heard. */
static bool
make_room(struct front *f, uint16_t address)
{
	/* Everybody behind a proxy has its address: it does the counting. */
	const bool counted = !f->birth->setting->proxy;
	struct conn *idle = NULL;

	if (counted && f->of_address[address] >= f->limits->per_address) {
		if ((idle = longest_idle(f, &address)) == NULL)
			return false;
		conn_close(f, idle);
	}
	if (f->open >= f->limits->connections) {
		if ((idle = longest_idle(f, NULL)) == NULL)
			return false;
		conn_close(f, idle);
	}
	return f->free != NULL;
}

static void
begin(struct front *f, int fd, const struct sockaddr_storage *from)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET };
	struct conn who = { 0 }, *c;
	const int on = 1;

	name_peer(f, &who, from);
	if (!make_room(f, who.address)) {
		close(fd);
		return;
	}
	c = f->free;
	f->free = c->next;
	*c = (struct conn){ .source = SOURCE_CONN,
		.state = CONN_HEAD,
		.fd = fd,
		.address = who.address,
		.body = -1,
		.file = -1,
		.in = c->in,
		.out = c->out,
		.message = c->message,
		.since = f->now_ms,
		.deadline = f->now_ms + f->limits->head_ms };
	memcpy(c->peer, who.peer, sizeof c->peer);
	f->of_address[c->address]++;
	f->open++;
	if (from->ss_family != AF_UNIX)
		(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	event.data.ptr = c;
	if (epoll_ctl(f->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		conn_close(f, c);
}

void
conn_accept(struct front *f)
{
	for (int i = 0; i < ACCEPTED; i++) {
		struct sockaddr_storage from = { 0 };
		socklen_t size = sizeof from;
		struct conn *idle;
		const int fd = accept4(f->birth->listener, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd >= 0)
			begin(f, fd, &from);
		else if (errno == EMFILE && (idle = longest_idle(f, NULL)) != NULL)
			conn_close(f, idle);
		else if (errno != EINTR && errno != ECONNABORTED)
			break;
	}
}

static void
slim(struct buf *b)
{
	if (b->cap > KEPT)
		buf_release(b);
	else
		buf_clear(b);
}

void
conn_close(struct front *f, struct conn *c)
{
	if (c->state == CONN_FREE)
		return;
	if (c->state == CONN_WORKING) { /* the worker's answer comes all the same, and must find somebody */
		c->gone = true;
		return;
	}
	work_forget(f, c);
	request_done(f, c);
	close(c->fd);
	if (c->file >= 0)
		close(c->file);
	slim(&c->in);
	slim(&c->out);
	slim(&c->message);
	c->file = -1;
	c->fixed = (str){ 0 };
	c->state = CONN_FREE;
	f->of_address[c->address]--;
	f->open--;
	c->next = f->closed;
	f->closed = c;
}

void
conn_reap(struct front *f)
{
	while (f->closed != NULL) {
		struct conn *c = f->closed;

		f->closed = c->next;
		c->next = f->free;
		f->free = c;
	}
}

/* The next bytes into c->in; false when there are none now, or the connection was closed. */
static bool
take_bytes(struct front *f, struct conn *c)
{
	const ssize_t n = recv(c->fd, f->room, sizeof f->room, 0);

	if (n > 0) {
		if (c->in.len == 0)
			c->since = f->now_ms;
		buf_add(&c->in, (str){ f->room, (size_t)n });
		/* A short read emptied it, unless the other end has said that nothing more comes: that is read too. */
		c->readable = (size_t)n == sizeof f->room || c->ended;
		return true;
	}
	c->readable = false;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	conn_close(f, c);
	return false;
}

static bool
drain(struct front *f, struct conn *c)
{
	for (int i = 0; i < 16; i++) {
		const ssize_t n = recv(c->fd, f->room, sizeof f->room, 0);

		if (n < 0 && errno == EAGAIN)
			return false;
		if (n <= 0)
			break;
		if (i == 15)
			return false; /* the rest is cut off by the deadline */
	}
	conn_close(f, c);
	return false;
}

/* The answer has left: the next request, or the end. */
static bool
finish(struct front *f, struct conn *c)
{
	request_done(f, c);
	slim(&c->out);
	slim(&c->message);
	c->fixed = (str){ 0 };
	c->give_up_ms = c->again_in = 0;
	if (c->file >= 0)
		close(c->file);
	c->file = -1;
	if (c->keep_alive && !f->stopping) {
		c->state = CONN_HEAD;
		c->seen = 0;
		c->since = f->now_ms;
		if (c->in.len == 0)
			slim(&c->in);
		c->deadline = f->now_ms + (c->in.len > 0 ? f->limits->head_ms : f->limits->idle_ms);
		return true;
	}
	/* Closing while bytes of the client wait would throw away the answer on its way. */
	(void)shutdown(c->fd, SHUT_WR);
	c->state = CONN_DRAINING;
	c->deadline = f->now_ms + DRAIN_MS;
	return true;
}

void
conn_go_on(struct front *f, struct conn *c)
{
	bool more = true;

	while (more) {
		switch (c->state) {
		case CONN_HEAD:
			more = request_head(f, c) || (c->state == CONN_HEAD && c->readable && take_bytes(f, c));
			break;
		case CONN_BODY:
			more = request_body(f, c) || (c->state == CONN_BODY && c->readable && take_bytes(f, c));
			break;
		case CONN_WRITING:
			more = reply_flush(f, c) && c->state == CONN_WRITING && finish(f, c);
			break;
		case CONN_DRAINING:
			more = drain(f, c);
			break;
		case CONN_FREE:
		case CONN_QUEUED:
		case CONN_LATER:
		case CONN_WORKING:
			more = false;
			break;
		}
	}
}

void
conn_event(struct front *f, struct conn *c, uint32_t events)
{
	if (c->state == CONN_FREE)
		return; /* closed earlier in this round */
	if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
		conn_close(f, c);
		return;
	}
	if ((events & EPOLLRDHUP) != 0)
		c->ended = true;
	if ((events & (EPOLLIN | EPOLLRDHUP)) != 0)
		c->readable = true;
	conn_go_on(f, c);
}

void
conn_tick(struct front *f, struct conn *c)
{
	if (f->now_ms < c->deadline)
		return;
	switch (c->state) {
	case CONN_HEAD:
		if (c->in.len == 0)
			conn_close(f, c);
		else
			reply_refuse(f, c, 408);
		break;
	case CONN_BODY:
		reply_refuse(f, c, 408);
		break;
	case CONN_QUEUED:
	case CONN_LATER:
		work_forget(f, c);
		reply_plain(f, c, 503);
		break;
	case CONN_WORKING:
		work_stuck(f, c);
		return;
	case CONN_WRITING:
	case CONN_DRAINING:
		conn_close(f, c);
		return;
	case CONN_FREE:
		return;
	}
	conn_go_on(f, c);
}
