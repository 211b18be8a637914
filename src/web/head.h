/* head.h - the head of a request, read strictly from its raw bytes: the only reader of HTTP that the bytes ever meet, so nothing
 * can be understood in two ways. What RFC 9112 lets a server refuse, and no browser or nginx sends, is refused: bare LF,
 * folded lines, chunked bodies, a repeated header of those that matter, a sign before a length, a path not in normal form. */
#pragma once
#include "web/http.h"

enum {
	HEAD_SIZE = 16 * 1024,  /* bytes of the request line and headers together */
	HEAD_PATH = 2 * 1024,   /* of the path, as sent */
	HEAD_TARGET = 8 * 1024, /* of path and query together */
	HEAD_LINES = 100,
};

enum head_state { HEAD_MORE, HEAD_WHOLE, HEAD_REFUSED };

struct head {
	int status;  /* of a refusal: 400, 405, 411, 413, 414, 417, 431, 505 */
	size_t size; /* bytes up to the body */
	size_t length;
	enum method method;
	bool head;       /* HEAD: as GET, and the body is not sent */
	bool keep_alive; /* the connection may serve again */
	bool continues;  /* the client waits for "100 Continue" before the body */
	bool gzip;       /* the answer may be compressed */
	bool proxied_tls;
	/* Absent when not sent. Views of the bytes, but for path, which lies in room. Valid UTF-8, without controls. */
	str path, query, host, content_type, cookie, accept_language, user_agent, if_none_match, origin, fetch_site;
	str forwarded; /* the last address of X-Forwarded-For: the proxy's own word */
	char room[HEAD_PATH];
};

/* bytes: all that came since the end of the request before. *seen: how many were looked at before, 0 at first.
 * On HEAD_MORE nothing but *seen is set. limit: the longest body; forms with files may have upload bytes. */
enum head_state head_read(str bytes, size_t *seen, size_t limit, size_t upload, struct head *out);
