/* check.h - proves that the database is what was written into it: what `jalon check` prints and what the page of the database
 * starts. Reads all of it; changes nothing. */
#pragma once
#include "base/arena.h"
#include "db/db.h"

enum { CHECK_PARTS = 5 };

struct check {
	/* Each thing that does not hold, as it is found: opaque keys, never a value. */
	void (*found)(void *to, str line);
	/* A part is over: what was compared, translated ("the chain of the journal (rows: 12, territories: 1)"), and how many things
	 * of it do not hold. */
	void (*part)(void *to, str words, int64_t found);
	/* Nothing is damaged by it, but somebody must see to it. */
	void (*settle)(void *to, str line);
	/* Before each part; false: leave. NULL: never. */
	bool (*go_on)(void *to, int done);
	void *to;
};
struct check_report {
	int64_t found;     /* in all parts */
	int64_t to_settle; /* not damage */
	int parts;         /* that were gone through; what people are found by only when the records hold */
	bool left;         /* go_on said so */
};

/* Not inside a transaction. Damage that keeps a part from being read is told by found() as well; other errors are given back. */
const struct err *check_run(struct db *db, struct arena *a, const struct check *c, struct check_report *report);
