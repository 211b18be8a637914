#include "web/reply.h"

#include <stdio.h>
#include <strings.h>
#include <time.h>

static const struct {
	int status;
	const char *words;
} reasons[] = {
	{ 200, "OK" },
	{ 204, "No Content" },
	{ 206, "Partial Content" },
	{ 301, "Moved Permanently" },
	{ 302, "Found" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 408, "Request Timeout" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 411, "Length Required" },
	{ 412, "Precondition Failed" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 417, "Expectation Failed" },
	{ 421, "Misdirected Request" },
	{ 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
	{ 505, "HTTP Version Not Supported" },
	{ 507, "Insufficient Storage" },
};

/* Nothing but what comes from here is loaded, framed, run or told to others; scripts cannot turn text into HTML, but for the one
 * policy named jalon. Where a page was opened from is told to nobody else; told to nobody at all, browsers would not say
 * either from which site they send a form. Pages hold personal data: no cache keeps them unless they say so themselves. */
static const char safety[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types jalon\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()\r\n";
static const char through_tls[] = "Strict-Transport-Security: max-age=63072000\r\n";

static const char *
reason(int status)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		if (reasons[i].status == status)
			return reasons[i].words;
	}
	return "Other";
}

static bool
is_word(str s, str word)
{
	return s.len == word.len && strncasecmp(s.s, word.s, s.len) == 0;
}

/* Where a message ends is not the application's business. */
static bool
frames(str name)
{
	return is_word(name, S("content-length")) || is_word(name, S("transfer-encoding")) || is_word(name, S("connection")) ||
	       is_word(name, S("content-encoding")) || is_word(name, S("content-type")) || is_word(name, S("date"));
}

static void
line(struct buf *to, str name, str value)
{
	buf_add(to, name);
	buf_add(to, S(": "));
	buf_add(to, value);
	buf_add(to, S("\r\n"));
}

static void
body_lines(struct buf *to, const struct reply *r)
{
	if (r->type.s != NULL)
		line(to, S("Content-Type"), r->type);
	if (r->compressed)
		buf_add(to, S("Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"));
	if (r->status == 304 || r->status == 204)
		return;
	buf_add(to, S("Content-Length: "));
	buf_int(to, (int64_t)r->length);
	buf_add(to, S("\r\n"));
}

void
reply_head(struct buf *to, const struct reply *r, const char *date)
{
	bool cache = r->cache.s != NULL;

	buf_add(to, S("HTTP/1.1 "));
	buf_int(to, r->status);
	buf_char(to, ' ');
	buf_add(to, str_of(reason(r->status)));
	buf_add(to, S("\r\nDate: "));
	buf_add(to, str_of(date));
	buf_add(to, S("\r\n"));
	body_lines(to, r);
	for (size_t i = 0; i < r->n; i++) {
		if (frames(r->headers[i].name))
			continue;
		cache = cache || is_word(r->headers[i].name, S("cache-control"));
		line(to, r->headers[i].name, r->headers[i].value);
	}
	if (r->cache.s != NULL)
		line(to, S("Cache-Control"), r->cache);
	else if (!cache)
		buf_add(to, S("Cache-Control: no-store\r\n"));
	buf_add(to, (str){ safety, sizeof safety - 1 });
	if (r->secure)
		buf_add(to, (str){ through_tls, sizeof through_tls - 1 });
	if (!r->keep_alive)
		buf_add(to, S("Connection: close\r\n"));
	buf_add(to, S("\r\n"));
}

void
reply_date(char to[REPLY_DATE], int64_t seconds)
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const time_t at = (time_t)seconds;
	struct tm t;

	gmtime_r(&at, &t);
	snprintf(to, REPLY_DATE, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + t.tm_wday * 3, t.tm_mday,
	    months + t.tm_mon * 3, t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}
