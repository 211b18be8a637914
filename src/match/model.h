/* model.h - what an agreement weighs: levels of each field, their frequencies, and the odds that follow */
#pragma once
#include "match/columns.h"

enum part { GIVEN, FAMILY, ORDER, BIRTH, SEX, NATION, AGDREF, PHONE, EMAIL, ADDRESS, PLACE, SOURCE, PARTS };
enum { LEVELS_MAX = 10, NO_LEVEL = 255 };
/* Names of levels as they stand in levels.def: GIVEN_SAME... */
enum {
	NAME_SAME,
	NAME_SOUND,
	NAME_NEAR,
	NAME_TYPO,
	NAME_PART,
	NAME_SOME,
	NAME_ELSEWHERE,
	NAME_WEAK,
	NAME_INITIAL,
	NAME_OTHER,
};
enum { LEVEL_SAME, LEVEL_NEAR, LEVEL_OTHER_OF_THREE };

/* How two records agree. */
struct compared {
	uint8_t level[PARTS];
	float log_frequency[PARTS]; /* of what agrees, among strangers; 0 where the level says all */
};

struct model {
	/* by part and level, logarithms: among records of one person, of strangers, of a household */
	float one[PARTS][LEVELS_MAX], strangers[PARTS][LEVELS_MAX], house[PARTS][LEVELS_MAX];
	float prior_one, prior_house, prior_shared; /* log odds of a random pair */

	const struct columns *c;
	/* frequencies: by class of a word, as given and as family name */
	float *given_log, *family_log;
	struct counts given_nation, family_nation, given_sex; /* (class, nation or sex) */
	struct counts given_n, family_n;                      /* class */
	struct counts nation_n, birth_n, phone_n, email_n, agdref_n, address_n, place_n;
	double people;                    /* what frequencies are counted among */
	double class_given, class_family; /* chance that two strangers have a word of one class */
};

void model_init(struct model *m, const struct columns *c);
/* Counts frequencies: among records, or once for each cluster when cluster_of is given. */
void model_count(struct model *m, const uint32_t *cluster_of);
/* What strangers show, from pairs taken all over the records. */
void model_strangers(struct model *m);
/* What records of one person show, by expectation-maximisation over candidate pairs of which every share-th was taken. */
struct candidate {
	uint32_t a, b;
};
void model_learn(struct model *m, const struct candidate *pairs, size_t n, double share, bool link);
void model_release(struct model *m);

/* One worker's memory of pairs of words. */
struct cache {
	uint64_t *slots;
};
void cache_init(struct cache *c);
void cache_release(struct cache *c);

void compare(const struct model *m, struct cache *cache, const struct record *a, const struct record *b, struct compared *to);
/* The logarithm of the odds that they are one person. */
float model_odds(const struct model *m, const struct compared *c);
/* The words of a level; NULL: nothing to say. Translated. */
const char *agreement_words(enum part part, unsigned level);
const char *part_words(enum part part);
void compared_words(const struct compared *c, struct buf *to); /* "family name: same; birth date: one digit apart" */
