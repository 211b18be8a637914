/* rights.h - the one table of rights (rights.def) as sentences: for the page, and for jalon rights */
#pragma once
#include "access/viewer.h"
#include "base/arena.h"

/* "may read people's files: those of one's own organisation only", translated. Lives in the arena. */
str right_sentence(struct arena *a, enum role role, enum right right);
/* The reach alone, translated: "the whole city", "one's own organisation", "oneself", "no". */
const char *reach_label(enum role role, enum reach reach);
/* The pages as somebody of that role sees them ("voir comme"): nothing is reached that the viewer does not reach, so each right
 * is the lesser of the two; pages that change something refuse a viewer who is looking. organisation: whose, for the roles
 * that have one; a viewer who is bound to one keeps it. */
struct viewer viewer_as(const struct viewer *v, enum role role, int64_t organisation);
