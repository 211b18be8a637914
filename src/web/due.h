/* due.h - what is due or missing for somebody, and the one act that settles each: the start page.
 * A source is a function of one subject (due_*.c) that looks at what stands in memory or asks one indexed query, and adds lines;
 * due.c has the table of them, with the right that each needs and the roles that it concerns. To add one: a line there. */
#pragma once
#include "contract/contract_tree.h"
#include "web/figure_url.h"
#include "web/shown_figures.h"

struct due {
	str object;        /* what it is about, translated */
	str detail;        /* where, how many; absent: nothing more to say */
	day on;            /* when it was or will be due; DAY_NONE: as soon as possible */
	const char *state; /* instead of the delay; NULL */
	const char *act;   /* the button */
	str url;
	bool first; /* to be done within the day, whatever is late: before all others */
};

struct due_ask {
	struct req *req;
	bool contract;      /* there is one; else what follows is empty */
	struct shown shown; /* the contract in force; its figures where the viewer reaches some */
	bool figures;       /* shown.figures is filled */
	const struct plan *plan;
};

enum { DUE_FIRST = 12 }; /* lines that the page opens with; those after them are one tap away */

struct due_list {
	struct arena *arena;
	day today;
	PLAN_LIST(struct due) v; /* the most urgent first, once due_read has ended */
	day next;                /* the first thing to come after those; DAY_NONE: none is known */
	str next_object;
};

typedef const struct err *due_source(struct due_list *to, const struct due_ask *ask);

/* Of this viewer, sorted. */
const struct err *due_read(struct req *r, struct due_list *to);

/* --- for the sources --- */
/* A line; what is due in more than thirty days is only a candidate for what comes next. */
void due_add(struct due_list *to, const struct due *line);
/* Something to come that asks for nothing yet. */
void due_later(struct due_list *to, day on, str object);
str due_text(const struct due_list *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* due_records.c: sessions, enrolments, follow-ups, people, as the book of the contract has them */
due_source due_sessions, due_requests, due_followups, due_incomplete;
/* due_daily.c: what was agreed with people */
due_source due_steps;
/* due_today.c: the sheets of today's sessions, one tap away */
due_source due_today;
/* due_contract.c: what the parties owe each other */
due_source due_findings, due_meetings, due_grants, due_payments, due_returns, due_end;
/* due_people.c: the cohort, one's own file, what one has sent elsewhere */
due_source due_cohort, due_own_file, due_referrals;
/* due_access.c: accounts, invitations, contacts */
due_source due_accounts, due_invitations, due_contacts;
/* due_work.c: long work that failed, the verification and the backup of the database */
due_source due_failures, due_verification, due_backup;
