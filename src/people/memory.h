/* memory.h - what every page of a list asks for again: who an organisation's people are, whom another filter chooses, and how many
 * a list has. Kept between the requests of a process, exact as of the last write: at each question the journal is asked what was
 * written since (one row by its key when nothing was), whichever process wrote it. Anything written that could change an answer
 * drops them all, but that a person's own fields leave the lists that do not choose by them. */
#pragma once
#include "people/list.h"

struct people_memory;

struct people_memory *people_memory_new(size_t most_bytes); /* of the sets; a single larger one is kept alone */
void people_memory_free(struct people_memory *m);           /* NULL is fine */

/* Drops what is no longer true. Before the two below, inside db_begin_read: never inside a write, which may yet be taken back. */
const struct err *people_memory_refresh(struct people_memory *m, struct db *db, int64_t keeper);

/* Which people: those of an organisation, an action..., or with a status, as they are on a day (0: whatever the day). */
struct people_question {
	enum people_choice {
		PEOPLE_OF_ORGANISATION = 1,
		PEOPLE_IN_ACTION,
		PEOPLE_IN_SHEET,
		PEOPLE_IN_COHORT,
		PEOPLE_WITH_STATUS,
		PEOPLE_PROTECTED,
		PEOPLE_WITH_ANY_STATUS,
	} choice;
	int64_t of; /* the organisation, the action... */
	day today;
	str status;
};
/* The set is the memory's, and stays until the next refresh. NULL: not kept; ask, and give it. */
const struct set *people_memory_set(struct people_memory *m, const struct people_question *q);
/* *taken is empty then; NULL: it does not fit beside those of the same list, and remains the caller's. */
const struct set *people_memory_keep_set(struct people_memory *m, const struct people_question *q, struct set *taken);

bool people_memory_count(const struct people_memory *m, const struct sight *s, const struct people_filter *f, int64_t *n);
void people_memory_keep_count(struct people_memory *m, const struct sight *s, const struct people_filter *f, int64_t n);
