#include "web/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REQUEST_MARK = 0x314a7271, ANSWER_MARK = 0x314a6177 };
enum { BESIDE = 1, GZIP = 2, PROBE = 4, SECURE = 8, LEAVE = 16, COMPRESSED = 32, AGAIN = 64 };
enum { ABSENT = UINT32_MAX, ANSWER_HEADERS = sizeof((struct wire_answer *)0)->headers / sizeof(struct header) };

struct request_mark {
	uint32_t mark;
	uint16_t method, flags;
	int64_t now_ms;
	uint64_t length;
	uint32_t fields[WIRE_FIELDS];
	uint32_t zero;
};

struct answer_mark {
	uint32_t mark;
	uint16_t status, flags;
	uint64_t length;
	uint32_t type, n;
};

/* In the order of the message. */
static void
fields_of(struct request *in, str *to[WIRE_FIELDS])
{
	str *const all[WIRE_FIELDS] = { &in->path, &in->query, &in->content_type, &in->cookie, &in->accept_language,
		&in->user_agent, &in->if_none_match, &in->origin, &in->fetch_site, &in->host, &in->peer };

	memcpy(to, all, sizeof all);
}

static void
add(struct buf *to, const void *from, size_t n)
{
	buf_add(to, (str){ from, n });
}

void
wire_request_write(struct buf *to, const struct wire_request *r)
{
	struct request in = r->in;
	struct request_mark m = { .mark = REQUEST_MARK, .method = (uint16_t)in.method, .now_ms = in.now_ms, .length = r->length };
	str *fields[WIRE_FIELDS];

	m.flags = (uint16_t)((r->beside ? BESIDE : 0) | (r->gzip ? GZIP : 0) | (r->probe ? PROBE : 0) | (in.secure ? SECURE : 0));
	fields_of(&in, fields);
	for (size_t i = 0; i < WIRE_FIELDS; i++)
		m.fields[i] = fields[i]->s == NULL ? ABSENT : (uint32_t)fields[i]->len;
	add(to, &m, sizeof m);
	for (size_t i = 0; i < WIRE_FIELDS; i++)
		buf_add(to, *fields[i]);
}

static bool
text(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (((unsigned char)s.s[i] < ' ' && s.s[i] != '\t') || s.s[i] == 0x7f)
			return false;
	}
	return str_utf8(s);
}

/* The next n bytes of the message; false when it is shorter, or they are no text. */
static bool
take(str *from, uint32_t n, str *to)
{
	if (n == ABSENT) {
		*to = (str){ 0 };
		return true;
	}
	if (n > from->len)
		return false;
	*to = (str){ from->s, n };
	*from = (str){ from->s + n, from->len - n };
	return text(*to);
}

/* What is left is the body, whole, or there is none here. */
static bool
take_body(str left, bool beside, uint64_t length, str *to)
{
	if (beside) {
		*to = (str){ 0 };
		return left.len == 0;
	}
	*to = left;
	return left.len == length && length <= WIRE_INLINE;
}

bool
wire_request_read(str message, struct wire_request *out)
{
	struct request_mark m;
	str *fields[WIRE_FIELDS], left;

	*out = (struct wire_request){ 0 };
	if (message.len < sizeof m)
		return false;
	memcpy(&m, message.s, sizeof m);
	left = (str){ message.s + sizeof m, message.len - sizeof m };
	if (m.mark != REQUEST_MARK || m.method > METHOD_POST || (m.flags & ~(BESIDE | GZIP | PROBE | SECURE)) != 0 || m.zero != 0)
		return false;
	out->in.method = (enum method)m.method;
	out->in.now_ms = m.now_ms;
	out->in.secure = (m.flags & SECURE) != 0;
	out->beside = (m.flags & BESIDE) != 0;
	out->gzip = (m.flags & GZIP) != 0;
	out->probe = (m.flags & PROBE) != 0;
	out->length = m.length;
	fields_of(&out->in, fields);
	for (size_t i = 0; i < WIRE_FIELDS; i++) {
		if (!take(&left, m.fields[i], fields[i]))
			return false;
	}
	if (out->in.path.len == 0 || out->in.path.s[0] != '/')
		return false;
	return take_body(left, out->beside, m.length, &out->in.body);
}

void
wire_answer_write(struct buf *to, const struct wire_answer *a)
{
	struct answer_mark m = { .mark = ANSWER_MARK, .status = (uint16_t)a->status, .length = a->length, .n = (uint32_t)a->n };

	m.flags = (uint16_t)((a->beside ? BESIDE : 0) | (a->leave ? LEAVE : 0) | (a->compressed ? COMPRESSED : 0) |
			     (a->again ? AGAIN : 0));
	m.type = a->type.s == NULL ? ABSENT : (uint32_t)a->type.len;
	add(to, &m, sizeof m);
	for (size_t i = 0; i < a->n; i++) {
		const uint32_t lengths[] = { (uint32_t)a->headers[i].name.len, (uint32_t)a->headers[i].value.len };

		add(to, lengths, sizeof lengths);
	}
	buf_add(to, a->type);
	for (size_t i = 0; i < a->n; i++) {
		buf_add(to, a->headers[i].name);
		buf_add(to, a->headers[i].value);
	}
}

bool
wire_answer_read(str message, struct wire_answer *out)
{
	struct answer_mark m;
	uint32_t lengths[ANSWER_HEADERS * 2];
	str left;

	*out = (struct wire_answer){ 0 };
	if (message.len < sizeof m)
		return false;
	memcpy(&m, message.s, sizeof m);
	left = (str){ message.s + sizeof m, message.len - sizeof m };
	if (m.mark != ANSWER_MARK || m.status < 200 || m.status > 599 || m.n > ANSWER_HEADERS ||
	    (m.flags & ~(BESIDE | LEAVE | COMPRESSED | AGAIN)) != 0 || left.len < m.n * 2 * sizeof *lengths)
		return false;
	memcpy(lengths, left.s, m.n * 2 * sizeof *lengths);
	left = (str){ left.s + m.n * 2 * sizeof *lengths, left.len - m.n * 2 * sizeof *lengths };
	out->status = m.status;
	out->beside = (m.flags & BESIDE) != 0;
	out->leave = (m.flags & LEAVE) != 0;
	out->compressed = (m.flags & COMPRESSED) != 0;
	out->again = (m.flags & AGAIN) != 0;
	out->length = m.length;
	out->n = m.n;
	if (!take(&left, m.type, &out->type))
		return false;
	for (size_t i = 0; i < m.n; i++) {
		struct header *h = &out->headers[i];

		if (lengths[i * 2 + 1] == ABSENT || !take(&left, lengths[i * 2], &h->name) ||
		    !take(&left, lengths[i * 2 + 1], &h->value) || h->name.len == 0 ||
		    memchr(h->name.s, ':', h->name.len) != NULL)
			return false;
	}
	return take_body(left, out->beside, m.length, &out->body);
}

ssize_t
wire_send(int fd, const struct str *parts, size_t n, int file)
{
	struct iovec pieces[4];
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} room = { 0 };
	struct msghdr m = { .msg_iov = pieces, .msg_iovlen = n };

	for (size_t i = 0; i < n; i++)
		pieces[i] = (struct iovec){ (void *)(uintptr_t)parts[i].s, parts[i].len };
	if (file >= 0) {
		m.msg_control = room.bytes;
		m.msg_controllen = sizeof room.bytes;
		*CMSG_FIRSTHDR(&m) =
		    (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof file), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
		memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), &file, sizeof file);
	}
	return sendmsg(fd, &m, MSG_NOSIGNAL);
}

ssize_t
wire_receive(int fd, void *room, size_t size, int *file)
{
	struct iovec piece = { room, size };
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct msghdr m = {
		.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
	};
	const ssize_t n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);

	*file = -1;
	if (n < 0)
		return -1;
	if (m.msg_controllen >= CMSG_LEN(sizeof *file)) {
		const struct cmsghdr *c = CMSG_FIRSTHDR(&m);

		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
			memcpy(file, CMSG_DATA(c), sizeof *file);
	}
	if ((m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0)
		return n;
	if (*file >= 0)
		close(*file);
	*file = -1;
	errno = EPROTO;
	return -1;
}

bool
wire_seal(int file)
{
	return fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0;
}

int
wire_file(str bytes)
{
	const int file = memfd_create("body", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	for (size_t at = 0; file >= 0 && at < bytes.len;) {
		const ssize_t n = write(file, bytes.s + at, bytes.len - at);

		if (n <= 0) {
			close(file);
			return -1;
		}
		at += (size_t)n;
	}
	if (file >= 0 && !wire_seal(file)) {
		close(file);
		return -1;
	}
	return file;
}

str
wire_map(int file, size_t length)
{
	const int seals = fcntl(file, F_GET_SEALS);
	struct stat st;
	void *at;

	if (length == 0 || seals < 0 || (seals & F_SEAL_SHRINK) == 0 || (seals & F_SEAL_WRITE) == 0 || fstat(file, &st) != 0 ||
	    (uint64_t)st.st_size != length)
		return (str){ 0 };
	at = mmap(NULL, length, PROT_READ, MAP_SHARED, file, 0);
	return at == MAP_FAILED ? (str){ 0 } : (str){ at, length };
}

void
wire_unmap(str mapped)
{
	if (mapped.s != NULL)
		munmap((void *)(uintptr_t)mapped.s, mapped.len);
}
