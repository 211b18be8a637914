/* who.h - which people a viewer sees, and what a list shows of each. Everything about people asks here: the list, the search,
 * the file and the export cannot disagree about who belongs to an organisation (the view people_of, 0005-search.sql). */
#pragma once
#include "base/date.h"
#include "base/set.h"
#include "db/db.h"

/* A view on the people of one keeper. organisation 0: everybody; else those of the organisation alone. Whoever may see nobody
 * makes no such view (access decides). */
struct sight {
	struct db *db;
	struct arena *arena; /* of what is given back */
	int64_t territory, organisation;
	day today;
	struct people_memory *memory; /* what is kept between requests (memory.h); NULL: nothing */
};

/* Whether this person exists and is seen. */
const struct err *person_seen(const struct sight *s, int64_t person, bool *seen);

/* Numbers of records, for asking whether one is in. */
static inline uint64_t
id_mark(int64_t id) /* one to one, so that numbers which lie together are spread */
{
	uint64_t x = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);

	return x ^ x >> 32;
}
const struct err *people_of_organisation(const struct sight *s, int64_t organisation, struct set *to);

/* Everybody of a household, whether they are seen or not, at most `most`. */
const struct err *people_in_household(const struct sight *s, str household, int64_t *ids, size_t most, size_t *n);

struct person_line {
	int64_t id;
	str ref, family_name, given_name, sex, birth_date, commune, household;
	str status;         /* in force today, the latest begun; absent: none */
	int64_t enrolments; /* in the actions that the viewer sees, whatever their state */
};
/* In the order of the ids; who is not there (or was taken away meanwhile) is left out: gives how many were found. */
const struct err *person_lines(const struct sight *s, const int64_t *ids, size_t n, struct person_line *to, size_t *found);
