/* expected.h - who is expected at a session: those whose enrolment in its action is active on its day; of a session of one group
 * those of that group, and those of none. */
#pragma once
#include "model/model.h"
#include "people/who.h"

struct expected {
	int64_t person;
	str given_name, family_name;
	day entered_on;
	int64_t planned_minutes; /* of the enrolment; NUMBER_NONE: not said */
};
/* In the order of the people's keys, each once; in the sight's arena. */
const struct err *expected_at(const struct sight *s, const struct session *session, struct expected **to, size_t *n);
