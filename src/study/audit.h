/* audit.h - the attacker that every release must withstand before it leaves: it is given what is printed, knows all that holds
 * between the cells, and asks of every count of people, and of every difference between two dates, whether it could be anything
 * else. It shares nothing with protect.c but the names of the cells, and reasons in another way (exact.h). */
#pragma once
#include <stdbool.h>

#include "base/arena.h"
#include "study/cube.h"

enum { EIGHT_EMPTY = -1 };

struct audit_found {
	size_t date, before; /* the same date twice: a count; else what changed between them */
	enum {
		AUDIT_SMALL,
		AUDIT_FALSE,
		AUDIT_LOST
	} what; /* a small number is known; a printed cell is not the table's; not found out */
	int64_t value;
};

/* Dates of one table, at most 16; tables hold (eight_holds); printed: the same, or EIGHT_EMPTY. True: nothing small can be known. */
bool audit(struct arena *a, int64_t threshold, size_t n, const struct eight *tables, const struct eight *printed,
    struct audit_found *found);
