/* Answers: of a worker, of the front's own, and of the files that are part of the program. */
#include <errno.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/front.h"
#include "web/log.h"
#include "web/plain.h"
#include "web/static.h"

static void
start(struct front *f, struct conn *c, size_t bytes)
{
	c->state = CONN_WRITING;
	c->out_at = 0;
	c->deadline = f->now_ms + f->limits->write_ms + (int64_t)bytes / f->limits->slowest;
}

void
reply_plain(struct front *f, struct conn *c, int status)
{
	static const struct header later = { { "Retry-After", 11 }, { "5", 1 } },
				   allowed = { { "Allow", 5 }, { "GET, HEAD, POST", 15 } };
	const str body = plain_page(status, c->english);
	const struct reply r = { .status = status,
		.type = S("text/html; charset=utf-8"),
		.length = body.len,
		.keep_alive = c->keep_alive,
		.secure = c->secure,
		.headers = status == 503 ? &later : &allowed,
		.n = status == 503 || status == 405 };

	if (status >= 500 && !f->birth->setting->quiet)
		log_request(f->wall_ms, c->method, "", status, body.len, f->now_us - c->began_us);
	buf_clear(&c->out);
	reply_head(&c->out, &r, f->date);
	if (!c->head_only)
		buf_add(&c->out, body);
	start(f, c, c->out.len);
}

void
reply_refuse(struct front *f, struct conn *c, int status)
{
	c->keep_alive = false;
	c->head_only = false;
	reply_plain(f, c, status);
}

/* "*", or a list of marks, weak ones among them. */
static bool
same_mark(str sent, str mark)
{
	while (sent.s != NULL) {
		str one = str_trim(str_cut(sent, ',', &sent));

		if (str_starts(one, S("W/")))
			one = (str){ one.s + 2, one.len - 2 };
		if (str_eq(one, mark) || str_is(one, "*"))
			return true;
	}
	return false;
}

void
reply_static(struct front *f, struct conn *c, const struct head *h)
{
	bool lasting = false;
	const struct static_file *file = static_find(h->path, &lasting);
	const bool small = file != NULL && file->small.len > 0 && h->gzip;
	struct header headers[3] = { { S("ETag"), { 0 } } };
	struct reply r = {
		.status = 200, .keep_alive = c->keep_alive, .secure = c->secure, .headers = headers, .compressed = small
	};

	if (file == NULL) {
		reply_plain(f, c, 404);
		return;
	}
	headers[0].value = str_of(file->etag);
	r.n = 1;
	if (file->small.len > 0 && !small) /* where it is compressed, the same is said anyway */
		headers[r.n++] = (struct header){ S("Vary"), S("Accept-Encoding") };
	if (strcmp(file->name, "offline.js") == 0) /* the service worker serves pages beside its own folder */
		headers[r.n++] = (struct header){ S("Service-Worker-Allowed"), S("/") };
	r.cache = lasting ? S("public, max-age=31536000, immutable") : S("no-cache");
	r.type = str_of(file->type);
	c->fixed = small ? file->small : file->whole;
	if (same_mark(h->if_none_match, headers[0].value)) {
		r.status = 304;
		r.type = (str){ 0 };
		r.compressed = false;
		c->fixed = (str){ 0 };
	}
	r.length = c->fixed.len;
	if (c->head_only)
		c->fixed = (str){ 0 };
	buf_clear(&c->out);
	reply_head(&c->out, &r, f->date);
	start(f, c, r.length);
}

void
reply_worker(struct front *f, struct conn *c, const struct wire_answer *a, int file)
{
	const struct reply r = { .status = a->status,
		.type = a->type,
		.length = a->length,
		.compressed = a->compressed,
		.keep_alive = c->keep_alive,
		.secure = c->secure,
		.headers = a->headers,
		.n = a->n };

	buf_clear(&c->out);
	reply_head(&c->out, &r, f->date);
	if (file >= 0 && (c->head_only || a->status == 304 || a->status == 204)) {
		close(file);
	} else if (file >= 0) {
		c->file = file;
		c->file_at = 0;
		c->file_left = a->length;
	} else if (!c->head_only && a->status != 304 && a->status != 204) {
		buf_add(&c->out, a->body);
	}
	start(f, c, a->length);
}

/* true when it has all left; false when the socket is full, or it is closed. */
static bool
push(struct front *f, struct conn *c, str *bytes, bool more)
{
	while (bytes->len > 0) {
		const ssize_t n = send(c->fd, bytes->s, bytes->len, MSG_NOSIGNAL | (more ? MSG_MORE : 0));

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return false;
		if (n < 0) {
			conn_close(f, c);
			return false;
		}
		*bytes = (str){ bytes->s + n, bytes->len - (size_t)n };
	}
	return true;
}

static bool
push_file(struct front *f, struct conn *c)
{
	while (c->file_left > 0) {
		const ssize_t n = sendfile(c->fd, c->file, &c->file_at, c->file_left);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return false;
		if (n <= 0) { /* also a file that became shorter: the length was promised */
			conn_close(f, c);
			return false;
		}
		c->file_left -= (size_t)n;
	}
	return true;
}

bool
reply_flush(struct front *f, struct conn *c)
{
	str left = { c->out.s + c->out_at, c->out.len - c->out_at };
	bool all = push(f, c, &left, c->fixed.len > 0 || c->file_left > 0);

	if (c->state != CONN_WRITING)
		return false;
	c->out_at = c->out.len - left.len;
	return all && push(f, c, &c->fixed, false) && push_file(f, c);
}
