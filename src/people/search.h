/* search.h - people found by what somebody types: the beginning of a name in any order, spelled as it may be, in any script;
 * a birth date or year, a phone number or its last digits, an e-mail address, a household, a reference, an AGDREF number.
 * The nearest come first; names that are only like it come when nothing nearer was found. */
#pragma once
#include "people/who.h"

enum hit_why {
	HIT_NAME,  /* as it is spelled */
	HIT_SOUND, /* spelled otherwise */
	HIT_NEAR,  /* a letter or two differ */
	HIT_REF,
	HIT_NUMBER, /* AGDREF, whole */
	HIT_BIRTH,
	HIT_PHONE,
	HIT_EMAIL,
	HIT_HOUSEHOLD,
};
const char *hit_why_label(enum hit_why why); /* translated: "phone number"... */

enum { HITS_MOST = 20, SEARCH_LEAST = 2 };
struct person_hit {
	struct person_line line;
	enum hit_why why;
};
struct person_hits {
	struct person_hit v[HITS_MOST];
	size_t n;
	bool more; /* others were found too: type more */
};
/* Fewer letters than SEARCH_LEAST find nobody. */
const struct err *people_search(const struct sight *s, str typed, struct person_hits *to);
