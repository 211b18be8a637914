/* reply.h - the head of every answer that leaves the server, written in this one place: the headers that keep pages safe stand in
 * each, whatever made it. */
#pragma once
#include "web/http.h"

struct reply {
	int status;
	str type; /* absent: no body, but for 304 */
	size_t length;
	bool compressed, keep_alive, secure;
	const struct header *headers; /* of the application; those that frame the message are passed over */
	size_t n;
	str cache; /* Cache-Control; absent: no-store, unless headers have one */
};
/* date: as HTTP writes it (reply_date). */
void reply_head(struct buf *to, const struct reply *r, const char *date);

enum { REPLY_DATE = 32 };
void reply_date(char to[REPLY_DATE], int64_t seconds);
