/* sorted.h - sorted keys with the record that each belongs to, for finding people by the beginning of a key and for going
 * through them in order. They are kept in pages of about a thousand bytes, a row each: sixty keys cost one row to read or to
 * write, and going through all of them a few nanoseconds each. They say nothing that the records do not say, and can be made
 * again from them at any time. A key is at most KEY_TEXT_MAX bytes, without NUL; the same key may belong to many records. */
#pragma once
#include "base/buf.h"
#include "db/db.h"

enum { KEY_TEXT_MAX = 200 };

struct key {
	str text;
	int64_t id;
};
int key_cmp(const struct key *a, const struct key *b); /* by bytes of the text, then by id */

/* --- changes, gathered and carried out together --- */
struct sorted_change;
struct sorted_batch {
	struct buf texts;
	struct sorted_change *v;
	size_t n, cap;
};
/* What is added was not there, what is removed was: as it is stored, with the batch so far on top. */
void sorted_add(struct sorted_batch *b, str text, int64_t id);
void sorted_remove(struct sorted_batch *b, str text, int64_t id);
/* Inside a write transaction. The batch is empty afterwards, its memory kept. */
const struct err *sorted_apply(struct db *db, int64_t territory, struct sorted_batch *b);
void sorted_release(struct sorted_batch *b);

/* --- going through those that begin with a prefix --- */
struct sorted_page {
	struct key *v;
	size_t n;
	struct arena arena;
};
struct sorted_walk {
	struct db *db;
	int64_t territory;
	str prefix;
	bool back;
	struct sorted_page page;
	size_t at;    /* how many keys of the page have been given */
	int64_t most; /* pages to ask for at once */
	int64_t left; /* pages of the present read that have not come */
	bool reading, ended;
	struct db_rows rows;
	const struct err *err;
	struct buf from, place; /* where the next read begins */
	bool beyond;            /* what comes has not been given yet */
};
/* From the first key after `after` (before it, when going back); NULL: from the beginning (the end). The prefix must live as
 * long as the walk. */
void sorted_walk(struct sorted_walk *w, struct db *db, int64_t territory, str prefix, const struct key *after, bool back);
bool sorted_next(struct sorted_walk *w, struct key *to); /* its text lives until the next call */
const struct err *sorted_done(struct sorted_walk *w);    /* must follow, also after an error */

/* A page as it is stored. false: it is not one. For the tests; the page's memory is its arena. */
bool sorted_decode(struct sorted_page *p, str stored);
