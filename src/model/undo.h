/* undo.h - taking back what one change wrote. An act is what one transaction wrote into the journal: every record that it made, changed
 * or took out. It is taken back by another act, which is in the journal like any other, and can itself be taken back.
 * What was changed since is left as it is, and so is what depends on it: undo_check says of each record whether it can be taken back,
 * and why not. The caller decides whether a part is good enough (an import), or nothing is (a form), and who may do it. */
#pragma once
#include "model/save.h"

enum { UNDO_DAYS = 30 };

enum undo_state {
	UNDO_OPEN,    /* can be taken back */
	UNDO_CHANGED, /* was changed, taken out or put back since */
	UNDO_NEEDED,  /* others point at it, which stay: see by */
	UNDO_LOST, /* what it was can not stand again: it points at what is gone, its key is another's, or its content was erased */
	UNDO_STATES
};

struct undo_record {
	const struct entity *e;
	int64_t id;
	int64_t first, last; /* its versions written by the act */
	bool made, gone;     /* by the act */
	enum undo_state state;
	const struct entity *by; /* UNDO_NEEDED: a kind that points at it; UNDO_LOST: a kind that is gone; NULL: none */
	void *before;            /* what it was: a record, or a struct roll; NULL: it was not there */
};

struct undo {
	struct db *db;
	struct arena *arena;
	int64_t territory, change;
	str at, actor, cause;
	bool beside;           /* it wrote something else than records too, which is not taken back */
	struct undo_record *v; /* in order of kind and key; what it both made and took out is not listed */
	size_t n;
	int64_t open, kept; /* of undo_check: how many can be taken back, how many stay */
};

/* Inside a transaction. found is false when there is no such change. */
const struct err *undo_read(struct db *db, struct arena *a, int64_t territory, int64_t change, struct undo *to, bool *found);
/* Says of each record what its state is, as things stand now. */
const struct err *undo_check(struct undo *u);
bool undo_late(const struct undo *u, int64_t now_ms); /* older than UNDO_DAYS */
/* Takes back the records that undo_check found open, in the transaction of s, which is the one of the check. */
const struct err *undo_apply(struct undo *u, struct save *s);
