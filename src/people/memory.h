/* memory.h - what every page of a list asks for again: who an organisation's people are, and how many a list has. Kept between the
 * requests of a process, exact as of the last write: at each question the journal is asked what was written since (one row by its
 * key when nothing was), whichever process wrote it. Anything written that could change an answer drops them all, but that a
 * person's own fields leave the lists that do not choose by them. */
#pragma once
#include "people/list.h"

struct people_memory;

struct people_memory *people_memory_new(size_t most_bytes); /* of the sets; a single larger one is kept alone */
void people_memory_free(struct people_memory *m);           /* NULL is fine */

/* Drops what is no longer true. Before the two below, inside db_begin_read: never inside a write, which may yet be taken back. */
const struct err *people_memory_refresh(struct people_memory *m, struct db *db, int64_t keeper);

/* The people of an organisation; the set is the memory's, and stays until the next question for one. NULL: not kept, ask and give it. */
const struct set *people_memory_set(struct people_memory *m, int64_t organisation);
const struct set *people_memory_keep_set(
    struct people_memory *m, int64_t organisation, struct set *taken); /* *taken is empty then */

bool people_memory_count(const struct people_memory *m, const struct sight *s, const struct people_filter *f, int64_t *n);
void people_memory_keep_count(struct people_memory *m, const struct sight *s, const struct people_filter *f, int64_t n);
