/* From bytes to a request, and where it goes. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "web/front.h"
#include "web/plain.h"

/* The bytes that were used leave; what follows them (the next request) moves to the front. */
static void
used(struct conn *c, size_t n)
{
	if (n < c->in.len)
		memmove(c->in.s, c->in.s + n, c->in.len - n);
	c->in.len -= n;
	c->seen = 0;
}

/* A page of another site could have its own name lead here; what only this machine can reach has few names. */
static bool
named_as_expected(const struct front *f, str host)
{
	const char *colon;

	if (!f->birth->local || f->birth->setting->proxy)
		return true;
	if (str_starts(host, S("[::1]")) || str_starts(host, S("127.")))
		return true;
	colon = memchr(host.s, ':', host.len);
	if (colon != NULL)
		host.len = (size_t)(colon - host.s);
	return host.len >= 9 && strncasecmp(host.s + host.len - 9, "localhost", 9) == 0 &&
	       (host.len == 9 || host.s[host.len - 10] == '.');
}

static void
describe(struct front *f, struct conn *c, const struct head *h)
{
	const bool proxy = f->birth->setting->proxy;
	struct wire_request r = { .length = h->length, .gzip = h->gzip, .beside = h->length > WIRE_INLINE };

	r.probe = h->length == 0 && str_is(h->path, "/health");
	r.in = (struct request){ .method = h->method,
		.path = h->path,
		.query = h->query,
		.content_type = h->content_type,
		.cookie = h->cookie,
		.accept_language = h->accept_language,
		.user_agent = h->user_agent,
		.if_none_match = h->if_none_match,
		.origin = h->origin,
		.fetch_site = h->fetch_site,
		.host = h->host,
		.peer = proxy && h->forwarded.len > 0 ? h->forwarded : str_of(c->peer),
		.secure = c->secure };
	c->asker = (uint16_t)(str_hash(r.in.peer, f->salt) % ADDRESSES);
	buf_clear(&c->message);
	wire_request_write(&c->message, &r);
}

/* Room for the body, before its first byte: in the message, or in a file of memory beside it. */
static void
receive_body(struct front *f, struct conn *c, const struct head *h)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";

	if (h->length > f->limits->bodies - f->bodies) {
		reply_refuse(f, c, 503);
		return;
	}
	if (h->length > WIRE_INLINE && (c->body = memfd_create("body", MFD_CLOEXEC | MFD_ALLOW_SEALING)) < 0) {
		reply_refuse(f, c, 503);
		return;
	}
	c->held = h->length;
	f->bodies += c->held;
	c->missing = h->length;
	c->state = CONN_BODY;
	c->deadline = f->now_ms + f->limits->body_ms + (int64_t)h->length / f->limits->slowest;
	if (h->continues && c->in.len == h->size)
		(void)send(c->fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL);
}

bool
request_head(struct front *f, struct conn *c)
{
	struct head *h = &f->head;
	enum head_state state;

	if (c->in.len == 0)
		return false;
	state = head_read(buf_str(&c->in), &c->seen, f->limits->form, f->limits->upload, h);
	if (state == HEAD_MORE) {
		c->deadline = c->since + f->limits->head_ms;
		return false;
	}
	c->began_us = f->now_us;
	c->method = "?";
	c->english = false;
	if (state == HEAD_WHOLE && !named_as_expected(f, h->host)) {
		state = HEAD_REFUSED;
		h->status = 421;
	}
	if (state == HEAD_REFUSED) {
		reply_refuse(f, c, h->status);
		return true;
	}
	c->keep_alive = h->keep_alive && !f->stopping;
	c->head_only = h->head;
	c->method = h->method == METHOD_POST ? "POST" : h->head ? "HEAD" : "GET";
	c->english = plain_english(h->accept_language);
	c->secure = f->birth->setting->proxy && h->proxied_tls;
	if (str_starts(h->path, S("/static/")) && h->method == METHOD_GET) {
		reply_static(f, c, h);
		used(c, h->size);
		return true;
	}
	describe(f, c, h);
	if (h->length > 0) {
		receive_body(f, c, h);
		used(c, h->size);
	} else {
		used(c, h->size);
		work_enqueue(f, c);
	}
	return true;
}

/* What came of the body goes to its place; a file of memory that cannot grow is a server without memory. */
static bool
store(struct conn *c, str bytes)
{
	if (c->body < 0) {
		buf_add(&c->message, bytes);
		return true;
	}
	while (bytes.len > 0) {
		const ssize_t n = write(c->body, bytes.s, bytes.len);

		if (n <= 0)
			return false;
		bytes = (str){ bytes.s + n, bytes.len - (size_t)n };
	}
	return true;
}

bool
request_body(struct front *f, struct conn *c)
{
	const size_t n = c->in.len < c->missing ? c->in.len : c->missing;

	if (n > 0) {
		if (!store(c, (str){ c->in.s, n })) {
			reply_refuse(f, c, 503);
			return true;
		}
		used(c, n);
		c->missing -= n;
	}
	if (c->missing > 0)
		return false;
	if (c->body >= 0 && !wire_seal(c->body))
		reply_refuse(f, c, 503);
	else
		work_enqueue(f, c);
	return true;
}

void
request_done(struct front *f, struct conn *c)
{
	if (c->body >= 0)
		close(c->body);
	c->body = -1;
	f->bodies -= c->held;
	c->held = 0;
}
