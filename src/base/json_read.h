/* json_read.h - reading JSON whose shape is known, as a program of ours sent it: strict, without a tree. The caller asks for what must
 * come; what does not come makes the reader bad, and from then on every answer is empty. Ask once, at the end: json_whole. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct json_reader {
	const char *at, *end;
	struct arena *arena; /* of texts that held escapes */
	bool bad;
};
struct json_reader json_reader(struct arena *a, str text);

/* while (json_more(r, '{', &n)) { name = json_read_name(r); ... }: whether another member (or element, '[') comes. n: 0 before the
 * first call, afterwards how many have come. */
bool json_more(struct json_reader *r, char opening, size_t *n);
str json_read_name(struct json_reader *r);       /* of a member, with its colon */
str json_read_text(struct json_reader *r);       /* UTF-8, without NUL */
int64_t json_read_number(struct json_reader *r); /* a whole one; 0 when bad */
bool json_read_bool(struct json_reader *r);
/* All was as it should be, and nothing follows. */
bool json_whole(struct json_reader *r);
