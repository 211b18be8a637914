/* goals.h - what a person wants to reach, and the steps towards it: who does what by when. An organisation has the goals that it agreed
 * with the person; the city's team reads all of them, and changes its own. */
#pragma once
#include "model/save.h"
#include "people/who.h"

struct step_line {
	struct goal_step step;
	str partner_name;
};
struct goal_line {
	struct goal goal;
	str organisation_name;
	bool own; /* this viewer may change it */
	struct step_line *steps;
	size_t n;
};
/* The latest agreed first, each with its steps by day. */
const struct err *goals_of(const struct sight *s, int64_t person, struct goal_line **to, size_t *n);

struct step_due {
	int64_t person;
	str what, goal, name, given;
	day due;
};
/* Still to be done by that day, in goals of the viewer's organisation. */
const struct err *steps_due_by(const struct sight *s, day until, struct step_due **to, size_t *n);

/* record.id 0: a new one; else its version is checked. A goal is the organisation's that makes it. */
const struct err *goal_save(struct save *save, const struct sight *s, struct goal *g, uint64_t wrong, struct problem_sink *sink);
const struct err *step_save(
    struct save *save, const struct sight *s, int64_t person, struct goal_step *x, uint64_t wrong, struct problem_sink *sink);
