/* A worker: takes a request from the front, has it answered, sends the answer. It ends when the front closes the socket. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "web/child.h"
#include "web/job.h"
#include "web/libz.h"
#include "web/wire.h"

enum {
	IDLE_S = 5,
	SHORTEST = 700, /* bytes that are worth compressing */
};

struct worker {
	const struct birth *birth;
	struct app *app;
	struct answer answer;
	struct buf head, packed;
	z_stream z;
	char room[WIRE_MESSAGE];
};

static bool
compressible(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || strncmp(type, "application/json", 16) == 0 ||
	       strncmp(type, "image/svg+xml", 13) == 0;
}

/* The fastest level: the link to most clients is faster than a better one would be. */
static bool
compress_body(struct worker *w)
{
	const struct buf *body = &w->answer.body;

	if (w->answer.type == NULL || w->answer.file >= 0 || body->len < SHORTEST || !compressible(w->answer.type))
		return false;
	buf_clear(&w->packed);
	buf_pad(&w->packed, '\0', deflateBound(&w->z, body->len));
	w->z.next_in = (Bytef *)body->s;
	w->z.avail_in = (uInt)body->len;
	w->z.next_out = (Bytef *)w->packed.s;
	w->z.avail_out = (uInt)w->packed.len;
	if (body->len > UINT32_MAX || deflate(&w->z, Z_FINISH) != Z_STREAM_END)
		bug("a page could not be compressed");
	w->packed.len = w->z.total_out;
	(void)deflateReset(&w->z);
	return true;
}

/* false: the front is gone. */
static bool
send_answer(struct worker *w, bool gzip)
{
	struct answer *a = &w->answer;
	struct wire_answer out = { .status = a->status, .leave = a->leave, .again = a->again, .n = a->n };
	str parts[2];
	ssize_t sent;

	out.compressed = gzip && compress_body(w);
	out.body = a->file >= 0 ? (str){ 0 } : buf_str(out.compressed ? &w->packed : &a->body);
	out.length = a->file >= 0 ? (size_t)lseek(a->file, 0, SEEK_END) : out.body.len;
	if (a->type != NULL)
		out.type = str_of(a->type);
	else if (a->file >= 0 || out.length > 0)
		bug("a body without a type");
	if (a->file < 0 && out.length > WIRE_INLINE && (a->file = wire_file(out.body)) < 0)
		bug("no room for an answer");
	out.beside = a->file >= 0;
	memcpy(out.headers, a->headers, sizeof out.headers);
	buf_clear(&w->head);
	wire_answer_write(&w->head, &out);
	parts[0] = buf_str(&w->head);
	parts[1] = out.beside ? (str){ 0 } : out.body;
	sent = wire_send(w->birth->socket, parts, 2, a->file);
	if (a->file >= 0)
		close(a->file);
	if (sent < 0 && errno != EPIPE && errno != ECONNRESET)
		bug("an answer cannot be sent: %s", strerror(errno));
	return sent >= 0;
}

static void
empty(struct answer *a)
{
	buf_clear(&a->body);
	*a = (struct answer){ .status = 200, .body = a->body, .file = -1 };
}

static bool
answer(struct worker *w, struct wire_request *r, int file)
{
	struct timespec now;
	str mapped = { 0 };

	if (r->beside) {
		mapped = r->in.body = file < 0 ? (str){ 0 } : wire_map(file, r->length);
		if (mapped.s == NULL)
			bug("a body that is not what it should be");
	}
	clock_gettime(CLOCK_REALTIME, &now);
	r->in.now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
	note_mine->route[0] = '\0';
	empty(&w->answer);
	if (r->probe) {
		w->answer.type = "text/plain; charset=utf-8";
		buf_add(&w->answer.body, S("ok\n"));
	} else {
		app_answer(w->app, &r->in, &w->answer);
	}
	wire_unmap(mapped);
	if (file >= 0)
		close(file);
	return send_answer(w, r->gzip) && !w->answer.leave;
}

/* Memory that one large answer took is not kept for the next. */
static void
rest(struct worker *w)
{
	enum { KEPT = 1 << 20 };

	if (w->answer.body.cap > KEPT)
		buf_release(&w->answer.body);
	if (w->packed.cap > KEPT)
		buf_release(&w->packed);
	app_idle(w->app);
}

static void
serve_requests(struct worker *w)
{
	bool rested = true;

	for (;;) {
		struct wire_request r;
		int file;
		const ssize_t n = wire_receive(w->birth->socket, w->room, sizeof w->room, &file);

		if (n == 0 || (n < 0 && errno == ECONNRESET))
			return;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			if (!rested)
				rest(w);
			rested = true;
			continue;
		}
		if (n < 0 || !wire_request_read((str){ w->room, (size_t)n }, &r))
			bug("a message that is no request");
		if (!answer(w, &r, file))
			return;
		rested = false;
	}
}

_Noreturn void
worker_run(const struct birth *birth)
{
	static struct worker w;
	const struct timeval idle = { .tv_sec = IDLE_S };
	struct arena a = { 0 };
	const struct err *e;

	child_begin(birth, CHILD_WORKER);
	w.birth = birth;
	note_mine = &birth->notes[birth->number];
	job_bell = birth->bell;
	job_environment(birth->setting);
	if (setsockopt(birth->socket, SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof idle) != 0 ||
	    deflateInit2(&w.z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		bug("a worker cannot begin");
	if ((e = app_open(&a, &birth->setting->app, &w.app)) != NULL)
		child_failed(birth, e);
	child_ready(birth, CHILD_WORKER, &a);
	serve_requests(&w);
	app_close(w.app);
	_exit(0);
}
