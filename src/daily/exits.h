/* exits.h - how a path ends, and what became of the person six months later. The figures read both: a follow-up that was not done is
 * a record of its own (followups_missed), so that it never counts as one, and is no longer due. */
#pragma once
#include "model/save.h"
#include "people/who.h"

enum { FOLLOWUP_MONTHS = 6 };

/* The day it is due; DAY_NONE: the person has not left. */
day followup_due(const struct enrolment *e);

/* What the form gave over the stored enrolment: left_on, exit, contract_kind, contract_months. What says nothing about another
 * outcome than a job is taken away, and an open-ended contract has no months. stored: as it is now, after ERR_CONFLICT too. */
const struct err *exit_save(struct save *save, const struct sight *s, struct enrolment *e, uint64_t wrong,
    struct problem_sink *sink, struct enrolment *stored);
/* The person is in the action again: no exit. */
const struct err *exit_take_back(struct save *save, const struct sight *s, int64_t enrolment, int64_t version);

struct followups { /* of one enrolment; record.id 0: none */
	struct followup done;
	struct followup_missed missed;
};
const struct err *followups_read(const struct sight *s, int64_t enrolment, struct followups *to);
const struct err *followup_save(
    struct save *save, const struct sight *s, struct followup *f, uint64_t wrong, struct problem_sink *sink);
const struct err *followup_miss(
    struct save *save, const struct sight *s, struct followup_missed *f, uint64_t wrong, struct problem_sink *sink);
