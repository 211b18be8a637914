/* agenda.h - what is planned: the sessions of some days in order, and planning them: one or many, changed, cancelled with a reason */
#pragma once
#include "daily/enrol.h"
#include "daily/repeat.h"

struct agenda_line {
	struct session session; /* without its ref, theme, audience and what was counted */
	str action_ref, title, operator_name;
	bool own; /* given by who asks */
};
struct agenda_ask {
	day from, until;
	int64_t action;        /* 0: every action within the sight */
	int64_t account, only; /* who asks: their own come first in a day; only: sessions of this account alone, 0: all */
	str group;             /* absent: all */
};
/* By day; in a day those of who asks first, then by hour. */
const struct err *agenda_read(const struct sight *s, const struct agenda_ask *ask, struct agenda_line **to, size_t *n);
/* The last day before, the first after, on which there is a session at all; DAY_NONE. */
const struct err *agenda_beside(const struct sight *s, day on, day *before, day *after);
/* By the département of the territory. */
const struct err *agenda_zone(const struct sight *s, enum school_zone *zone);
/* "10:30" from "09:00" and 90 minutes; absent when the beginning is not known. */
str ends_at(struct arena *a, str starts_at, int64_t minutes);

/* A session within the sight, and its action. */
const struct err *session_open(
    const struct sight *s, int64_t session, struct session *to, struct action_place *place, bool *found);

/* --- planning, in the transaction of save --- */

/* The model on each of these days; more than one: a series. Checked by entity_check already. */
const struct err *sessions_plan(struct save *save, const struct sight *s, struct session *model, const day *days, size_t n);
/* Cancelled with a reason: this one, or this one and all of its series that are still planned after it; how many. What was held stays. */
const struct err *sessions_cancel(
    struct save *save, const struct sight *s, const struct session *session, str reason, bool after, size_t *n);
