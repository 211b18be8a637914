/* exits_page.h - what the pages of an exit and of a follow-up give to their templates (views/exits.tmpl) */
#pragma once
#include "daily/exits.h"
#include "model/plan.h"
#include "web/person_page.h"

struct exit_page {
	struct person_page person;
	struct req *req;
	const struct path *path; /* the enrolment, and where */
	str action;              /* the ref of its action */
	struct sheaf sheaf;      /* the exit, or the follow-up that was done */
	struct sheaf missed;     /* the one that was not */
	struct followups later;
	int64_t version;
	str to;
};

struct followup_line { /* one that is due */
	int64_t enrolment, person;
	day due;
	str name, exit;
};
struct followups_page {
	struct req *req;
	struct action action;
	PLAN_LIST(struct followup_line) v;
};
