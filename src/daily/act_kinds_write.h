/* act_kinds_write.h - kinds of act that the coordinator adds, with what they ask and the indicator that they feed */
#pragma once
#include "daily/act_kinds.h"
#include "model/plan.h"
#include "model/save.h"

struct kind_writing {
	struct act_kind kind; /* label, unit, sheet, health; its ref is made of the label */
	str measure;          /* of local_indicators: persons_with_act or acts; absent: it feeds no indicator */
	uint64_t wrong;
};
/* A new kind. With a measure, the contract has the indicator local.<ref> from now on, and its sheet (without one: all its sheets of
 * actions) carries it: the questionnaire shows it at once. What is wrong is told, and nothing is written then. */
const struct err *act_kind_add(struct save *save, struct db *db, struct arena *a, const struct plan *plan, struct kind_writing *w,
    struct problem_sink *sink);
/* A question more, at the end; its code is made of the label. */
const struct err *act_ask_add(struct save *save, struct db *db, struct arena *a, int64_t territory, struct act_field *f,
    size_t asked, uint64_t wrong, struct problem_sink *sink);
/* No longer offered from that day on (DAY_NONE: offered again); what was recorded stays. */
const struct err *act_kind_end(
    struct save *save, struct db *db, struct arena *a, int64_t territory, const struct act_kind *kind, day on, int64_t version);

/* The places of a half-day from that day on. One of the same day is corrected. */
const struct err *childcare_save(struct save *save, struct db *db, struct arena *a, int64_t territory, struct childcare_place *p,
    uint64_t wrong, struct problem_sink *sink);
