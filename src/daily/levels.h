/* levels.h - levels of French over time: the global one (assessments, which figures read) and the four skills beside it */
#pragma once
#include "model/save.h"
#include "people/who.h"

enum skill { SKILL_LISTENING, SKILL_READING, SKILL_SPEAKING, SKILL_WRITING, SKILLS };
extern const char *const skill_words[SKILLS]; /* as stored */

struct level_line {
	struct assessment assessment;
	str action_title, sheet_number;
	str skills[SKILLS]; /* absent: not assessed */
};
/* The earliest first. */
const struct err *levels_of(const struct sight *s, int64_t person, struct level_line **to, size_t *n);
int level_rank(str level); /* alpha 0, A0 1, A1.1 2 ... C2 8: for pictures; -1: none */

/* An assessment of an enrolment of this viewer's, and its skills. One of the same day and moment is corrected. */
const struct err *level_save(struct save *save, const struct sight *s, struct assessment *a, const str skills[SKILLS],
    uint64_t wrong, struct problem_sink *sink);
