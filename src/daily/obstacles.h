/* obstacles.h - what stands in a person's way, rated over time by whoever helps them. An organisation has its own ratings; the city's
 * team has all, but how much health weighs: it sees that it was spoken of, no more (obstacle_line.closed). */
#pragma once
#include "model/save.h"
#include "people/who.h"

enum { DOMAINS = 7, RATING_MOST = 4 };

struct obstacle_line {
	struct obstacle obstacle;
	str organisation_name;
	bool closed; /* about health, and not for this viewer: the rating is taken away */
};
/* The earliest first. own: the person reads about themselves, and all is open. */
const struct err *obstacles_of(const struct sight *s, int64_t person, bool own, struct obstacle_line **to, size_t *n);
const char *obstacle_domain(int i); /* the word, from 0 */

/* A rating more, by the viewer's organisation (0: the city's team). A second one of the same domain and day corrects the first. */
const struct err *obstacle_save(
    struct save *save, const struct sight *s, struct obstacle *o, uint64_t wrong, struct problem_sink *sink);
