/* http.h - one request and its answer, as the application sees them. The front has read the bytes and refused what is
 * not plain HTTP; a worker gives the request to app_answer (app.h) and sends the answer back. Views live as long as the call. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum method { METHOD_GET, METHOD_POST }; /* HEAD is a GET whose body the front keeps to itself */

struct request {
	enum method method;
	str path;  /* decoded once, valid UTF-8, begins with '/', no "//", "." or ".." segment */
	str query; /* as it was sent, without the '?' */
	str body;
	str content_type;
	str cookie, accept_language, user_agent, if_none_match;
	str origin, fetch_site; /* Origin and Sec-Fetch-Site: where a form was sent from */
	str host;               /* as the browser wrote it, with its port: what an honest origin names */
	str peer;               /* the client's address, as the front or the proxy before it saw it */
	bool secure;            /* reached through TLS: cookies are marked so */
	int64_t now_ms;         /* the clock, read once */
};

struct header {
	str name, value;
};

/* Its body is the buffer, or a file. The front adds the headers of every answer (security, length, date, and no-store unless
 * Cache-Control is given here) and compresses pages. A secret that is the same in two answers must not stand in a page
 * beside words that a stranger can choose: compression would let him guess it. So form tokens are masked anew each time. */
struct answer {
	int status;
	const char *type; /* of the body; NULL: none */
	struct buf body;  /* owned by the worker, used again for the next answer */
	int file;         /* -1, or open for reading from its beginning: sent instead of body, then closed by the worker */
	struct header headers[16];
	size_t n;
	bool again; /* nothing was done, somebody else was writing: the front asks once more soon, and shows this in the end */
	bool leave; /* the worker ends after this answer and another takes its place: its database can be trusted no more */
};
/* The texts are kept as they are: they live in the request's arena or longer. No line break may stand in them: bug(). */
void answer_header(struct answer *a, str name, str value);

/* Tells the supervisor which row of the table of routes is at work, for the log: "/people/{id}", never the path itself. */
void answer_route(const char *route);
