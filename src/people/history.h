/* history.h - how a person's own record and statuses came to be what they are: every change, with what stood before and after.
 * From the journal (who, when, which fields) and the versions (the contents). Not limited by organisation: only for whom may read the
 * file; which values they may see is the page's work, field by field. */
#pragma once
#include "model/entity.h"
#include "people/who.h"

struct past {
	str at, actor, cause; /* as the journal holds them */
	int64_t change;       /* the number of the act: what was saved together */
	const struct entity *e;
	int64_t record;
	const void *before, *after; /* NULL: it was not there, or its content was erased */
	bool erased;                /* one of the two cannot be shown any more */
};
/* The latest first, at most most. */
const struct err *person_history(const struct sight *s, int64_t person, size_t most, struct past **to, size_t *n);
