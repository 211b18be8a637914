/* names.h - where invented people come from and what they are called. Family names are made of syllables and end in a marker,
 * so that nobody takes them for real ones. */
#pragma once
#include "base/str.h"
#include "demo/chance.h"

struct origin {
	const char *country;   /* ISO 3166-1 */
	const char *languages; /* ISO 639-1, separated by ; */
	int naming;            /* which names */
	/* how often people come from here, by reason: asylum, family, work and studies, temporary protection, EU */
	int weights[5];
	int schooling; /* first level of French: 0 little schooling, 1 schooled, 2 schooled in French */
};
enum reason { REASON_ASYLUM, REASON_FAMILY, REASON_WORK, REASON_PROTECTION, REASON_EUROPE };

const struct origin *origin_pick(struct chance *c, enum reason reason);

enum { NAME_TEXT = 48 };
str name_family(struct chance *c, int naming, char to[NAME_TEXT]);
str name_given(struct chance *c, int naming, bool woman);
/* Somebody of the host society: volunteers, professionals, partners of a pair. */
str name_host_family(struct chance *c, char to[NAME_TEXT]);
str name_host_given(struct chance *c);
