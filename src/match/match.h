/* match.h - same person or not: records in, clusters or links out.
 *
 * How: names are compared through what transliterations exchange (sounds.h), dates through how they are mistyped (births.h); each
 * field's agreement is a level; a level weighs by how often records of one person and of different people show it. What is not one
 * person may be two strangers, two of one household or two who share an address or a telephone: the three are weighed against one
 * person, so that a shared telephone proves nothing when given names differ. The weights are learnt from the records themselves,
 * beginning from those shipped in levels.def. Candidates come from keys they share (blocks.c); clusters join by the mean of what
 * all their pairs weigh (cluster.c), so that they do not chain.
 *
 * No clock, no file, no randomness: the same records give the same result, whatever their order and the number of threads. */
#pragma once
#include "base/buf.h"

enum match_field {
	MATCH_REF,
	MATCH_SOURCE,
	MATCH_FAMILY,
	MATCH_GIVEN,
	MATCH_BIRTH,
	MATCH_SEX,
	MATCH_NATIONALITY, /* whatever spelling: the same for the same country */
	MATCH_PHONE,
	MATCH_EMAIL,
	MATCH_ADDRESS,
	MATCH_POSTCODE,
	MATCH_CITY,
	MATCH_AGDREF,
	MATCH_FIELDS,
};

struct match;
struct match *match_new(void);
void match_free(struct match *m);
/* side: 0, or 1 for the other file of a link. Texts are copied. */
void match_add(struct match *m, int side, const str values[MATCH_FIELDS]);

struct match_options {
	int threads;     /* 1 or more */
	bool link;       /* records of side 0 with at most one of side 1 each, instead of clusters */
	bool keep_pairs; /* for match_pair */
	void (*progress)(void *to, int percent);
	void *progress_to;
};
void match_run(struct match *m, const struct match_options *options);

/* --- the result, in an order of its own that only the content decides --- */

size_t match_records(const struct match *m);
str match_ref(const struct match *m, size_t record);
/* The smallest ref of its cluster, as people count (p2 before p10). */
str match_cluster(const struct match *m, size_t record);
size_t match_clusters(const struct match *m);

struct match_pair {
	uint32_t a, b; /* records; a of side 0 when linking */
	double probability;
	bool joined; /* in one cluster, or linked */
};
size_t match_pairs(const struct match *m); /* those that may be one person, best first; links when linking without keep_pairs */
struct match_pair match_pair(const struct match *m, size_t i);
/* Why, in words: "family name: same; birth date: day and month exchanged; ...", translated. */
void match_reasons(const struct match *m, size_t i, struct buf *to);

/* --- two records alone --- */

/* How likely it is that they are one person, by what is shipped; why: in words, added. For a page that asks before somebody is added. */
double match_two(const str a[MATCH_FIELDS], const str b[MATCH_FIELDS], struct buf *why);
