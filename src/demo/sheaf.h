/* sheaf.h - the files of a bundle while they are written: each is opened by its first record and flushed as it fills, so that
 * memory stays the same however many there are. Cells come from the descriptions of the records. */
#pragma once
#include "base/arena.h"
#include "base/err.h"
#include "model/entity.h"

struct sheaf {
	struct arena *arena;
	const char *folder;
	struct buf files[ENTITY_COUNT];
	int64_t records[ENTITY_COUNT];
	const struct err *err; /* the first refusal; nothing is written after it */
};

void sheaf_open(struct sheaf *s, struct arena *a, const char *folder);
/* refs: those that the link fields which travel point to, in their order; an absent one is an empty cell. */
void sheaf_add(struct sheaf *s, enum entity_number n, const void *record, const str *refs);
const struct err *sheaf_close(struct sheaf *s);
