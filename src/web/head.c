#include "web/head.h"

#include <string.h>
#include <strings.h>

static enum head_state
refuse(struct head *h, int status)
{
	h->status = status;
	return HEAD_REFUSED;
}

/* Of RFC 9110: what names of headers and methods are made of. */
static bool
token(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.s[i];

		if (!(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') &&
		    (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
			return false;
	}
	return s.len > 0;
}

static bool
is_word(str s, str word)
{
	return s.len == word.len && strncasecmp(s.s, word.s, s.len) == 0;
}

/* The end of the head, 0 when it has not come. Lines end with CR LF and with nothing else: false. */
static bool
find_end(str bytes, size_t *seen, size_t *end)
{
	size_t line = *seen; /* where the line at hand begins */
	const char *lf;

	*end = 0;
	while (line < bytes.len && (lf = memchr(bytes.s + line, '\n', bytes.len - line)) != NULL) {
		const size_t at = (size_t)(lf - bytes.s);

		if (at == line || lf[-1] != '\r')
			return false;
		if (at == line + 1) {
			*end = at + 1;
			return true;
		}
		line = at + 1;
	}
	*seen = line;
	return true;
}

/* Percent signs decoded once into room; false when it is not a path in normal form. A slash that was encoded could be a
 * separator for one reader and a letter for another. */
static bool
read_path(str raw, struct head *h)
{
	size_t n = 0;

	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.s[i];

		if (strchr("\"<>\\^`{}", c) != NULL)
			return false;
		if (c == '%') {
			if (raw.len - i < 3 || str_hex(raw.s[i + 1]) < 0 || str_hex(raw.s[i + 2]) < 0)
				return false;
			c = (char)(str_hex(raw.s[i + 1]) * 16 + str_hex(raw.s[i + 2]));
			i += 2;
			if ((unsigned char)c < ' ' || c == 0x7f || c == '/' || c == '\\')
				return false;
		}
		h->room[n++] = c;
	}
	h->path = (str){ h->room, n };
	return str_utf8(h->path);
}

static bool
normal(str path)
{
	str rest = { path.s + 1, path.len - 1 };

	while (rest.s != NULL) {
		str part = str_cut(rest, '/', &rest);

		if ((part.len == 0 && rest.s != NULL) || str_eq(part, S(".")) || str_eq(part, S("..")))
			return false;
	}
	return true;
}

/* "name", "name:8080", "[::1]:8080" */
static bool
host_formed(str host)
{
	size_t i = 0;

	if (host.len > 0 && host.s[0] == '[') {
		for (i = 1; i < host.len && host.s[i] != ']'; i++) {
			if (str_hex(host.s[i]) < 0 && host.s[i] != ':' && host.s[i] != '.')
				return false;
		}
		if (i++ == host.len)
			return false;
	} else {
		for (; i < host.len && host.s[i] != ':'; i++) {
			const char c = host.s[i];

			if (!(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && c != '.' && c != '-' &&
			    c != '_')
				return false;
		}
	}
	if (i == 0 || i == host.len)
		return i > 0;
	if (host.s[i] != ':' || host.len - i > 6)
		return false;
	for (i++; i < host.len; i++) {
		if (host.s[i] < '0' || host.s[i] > '9')
			return false;
	}
	return true;
}

/* "/path?query", or the same after "http://host", which must be the Host then: kept in *named until it is known. */
static enum head_state
read_target(str target, struct head *h, str *named)
{
	const bool tls = str_starts(target, S("https://"));
	str path;

	for (size_t i = 0; i < target.len; i++) {
		if (target.s[i] <= ' ' || target.s[i] >= 0x7f || strchr("\"<>#", target.s[i]) != NULL)
			return refuse(h, 400);
	}
	if (tls || str_starts(target, S("http://"))) {
		const size_t scheme = tls ? 8 : 7;
		const char *slash = memchr(target.s + scheme, '/', target.len - scheme);

		if (slash == NULL)
			return refuse(h, 400);
		*named = (str){ target.s + scheme, (size_t)(slash - target.s) - scheme };
		target = (str){ slash, target.len - scheme - named->len };
	}
	path = str_cut(target, '?', &h->query);
	if (path.len > HEAD_PATH || target.len > HEAD_TARGET)
		return refuse(h, 414);
	if (path.len == 0 || path.s[0] != '/' || !read_path(path, h) || !normal(h->path))
		return refuse(h, 400);
	return HEAD_WHOLE;
}

static enum head_state
read_request_line(str line, struct head *h, str *named)
{
	str rest, method = str_cut(line, ' ', &rest), version, target = str_cut(rest, ' ', &version);

	if (!token(method) || rest.s == NULL || version.s == NULL)
		return refuse(h, 400);
	if (!str_is(version, "HTTP/1.1") && !str_is(version, "HTTP/1.0"))
		return refuse(h, version.len == 8 && str_starts(version, S("HTTP/")) ? 505 : 400);
	h->keep_alive = str_is(version, "HTTP/1.1");
	h->head = str_is(method, "HEAD");
	h->method = str_is(method, "POST") ? METHOD_POST : METHOD_GET;
	if (h->method != METHOD_POST && !h->head && !str_is(method, "GET"))
		return refuse(h, 405);
	return read_target(target, h, named);
}

/* The headers that the program reads, each at most once. */
struct once {
	str length, coding, connection, encodings, expect, forwarded_for, forwarded_proto;
};
enum rule { ONCE, FIRST };
struct known {
	str name;
	enum rule rule;
	str *to;
};

static enum head_state
read_header(str line, struct head *h, const struct known *known, size_t n)
{
	str value, name = str_cut(line, ':', &value);

	if (!token(name) || value.s == NULL)
		return refuse(h, 400); /* a folded line among them: it begins with a blank */
	for (size_t i = 0; i < value.len; i++) {
		if (((unsigned char)value.s[i] < ' ' && value.s[i] != '\t') || value.s[i] == 0x7f)
			return refuse(h, 400);
	}
	value = str_trim(value);
	for (size_t i = 0; i < n; i++) {
		if (!is_word(name, known[i].name))
			continue;
		if (known[i].to->s != NULL)
			return known[i].rule == FIRST ? HEAD_WHOLE : refuse(h, 400);
		*known[i].to = value;
	}
	return HEAD_WHOLE;
}

/* Whether a list "a, b;q=0.5" names this word with a weight above nothing. */
static bool
lists(str list, str word)
{
	while (list.s != NULL) {
		str weight, part = str_cut(list, ',', &list);

		if (!is_word(str_trim(str_cut(part, ';', &weight)), word))
			continue;
		weight = str_trim(weight);
		if (!str_starts(weight, S("q=0")))
			return true;
		for (size_t i = 3; i < weight.len; i++) {
			if (weight.s[i] >= '1' && weight.s[i] <= '9')
				return true;
		}
		return false;
	}
	return false;
}

static enum head_state
judge_body(struct head *h, const struct once *o, size_t limit, size_t upload)
{
	str rest;
	number n = { 0 };

	if (o->coding.s != NULL)
		return refuse(h, o->length.s != NULL ? 400 : 411);
	if (o->length.s != NULL && (!(n = str_number(o->length)).ok || n.value < 0))
		return refuse(h, 400);
	if (h->method == METHOD_POST && o->length.s == NULL)
		return refuse(h, 411);
	if (h->method != METHOD_POST && n.value > 0)
		return refuse(h, 400);
	if (is_word(str_trim(str_cut(h->content_type, ';', &rest)), S("multipart/form-data")))
		limit = upload;
	if ((uint64_t)n.value > limit)
		return refuse(h, 413);
	h->length = (size_t)n.value;
	if (o->expect.s != NULL && !is_word(o->expect, S("100-continue")))
		return refuse(h, 417);
	h->continues = o->expect.s != NULL && h->length > 0;
	return HEAD_WHOLE;
}

/* The last address is the one that the proxy itself saw. */
static str
last_address(str list)
{
	size_t from = list.len;

	while (from > 0 && list.s[from - 1] != ',')
		from--;
	return str_trim((str){ list.s + from, list.len - from });
}

static enum head_state
judge(struct head *h, const struct once *o, str named, size_t limit, size_t upload)
{
	str *const texts[] = { &h->content_type, &h->cookie, &h->accept_language, &h->user_agent, &h->if_none_match, &h->origin,
		&h->fetch_site };

	if (h->host.s == NULL || !host_formed(h->host) || (named.s != NULL && !is_word(named, h->host)))
		return refuse(h, 400);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (!str_utf8(*texts[i]))
			*texts[i] = (str){ 0 }; /* as good as not sent: no text of ours was in it */
	}
	if (lists(o->connection, S("close")))
		h->keep_alive = false;
	h->gzip = lists(o->encodings, S("gzip"));
	h->proxied_tls = is_word(o->forwarded_proto, S("https"));
	if (o->forwarded_for.s != NULL && str_utf8(o->forwarded_for))
		h->forwarded = last_address(o->forwarded_for);
	return judge_body(h, o, limit, upload);
}

static enum head_state
read_lines(str head, struct head *h, size_t limit, size_t upload)
{
	struct once o = { 0 };
	const struct known known[] = {
		{ S("host"), ONCE, &h->host },
		{ S("content-length"), ONCE, &o.length },
		{ S("transfer-encoding"), ONCE, &o.coding },
		{ S("content-type"), ONCE, &h->content_type },
		{ S("cookie"), ONCE, &h->cookie },
		{ S("origin"), ONCE, &h->origin },
		{ S("sec-fetch-site"), ONCE, &h->fetch_site },
		{ S("expect"), ONCE, &o.expect },
		{ S("if-none-match"), ONCE, &h->if_none_match },
		{ S("x-forwarded-for"), ONCE, &o.forwarded_for },
		{ S("x-forwarded-proto"), ONCE, &o.forwarded_proto },
		{ S("connection"), ONCE, &o.connection },
		{ S("user-agent"), FIRST, &h->user_agent },
		{ S("accept-language"), FIRST, &h->accept_language },
		{ S("accept-encoding"), FIRST, &o.encodings },
	};
	str named = { 0 };
	size_t lines = 0;

	while (head.len > 0) {
		const char *lf = memchr(head.s, '\n', head.len); /* each is there, after a CR: find_end saw to it */
		const str line = { head.s, (size_t)(lf - head.s) - 1 };
		enum head_state state;

		head = (str){ lf + 1, head.len - line.len - 2 };
		if (memchr(line.s, '\r', line.len) != NULL)
			return refuse(h, 400);
		state =
		    lines == 0 ? read_request_line(line, h, &named) : read_header(line, h, known, sizeof known / sizeof *known);
		if (state != HEAD_WHOLE)
			return state;
		if (lines++ > HEAD_LINES)
			return refuse(h, 431);
	}
	return judge(h, &o, named, limit, upload);
}

enum head_state
head_read(str bytes, size_t *seen, size_t limit, size_t upload, struct head *out)
{
	const bool large = bytes.len > HEAD_SIZE;
	size_t end;

	if (!find_end((str){ bytes.s, large ? HEAD_SIZE : bytes.len }, seen, &end))
		return refuse(out, 400);
	if (end == 0) /* a request line that never ends is a target too long; else the headers are */
		return !large ? HEAD_MORE : refuse(out, *seen == 0 ? 414 : 431);
	memset(out, 0, offsetof(struct head, room));
	out->size = end;
	if (end == 2)
		return refuse(out, 400); /* an empty line where a request should begin */
	return read_lines((str){ bytes.s, end - 2 }, out, limit, upload);
}
