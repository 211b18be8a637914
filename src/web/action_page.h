/* action_page.h - an action with its people: who takes part, who asks, who waits; taking them in and answering them
 * (views/action.tmpl, views/enrol.tmpl) */
#pragma once
#include "daily/enrol.h"
#include "people/search.h"
#include "web/parts.h"
#include "web/person_page.h"

enum roster_part { PART_ALL, PART_REQUESTS, PART_WAITING, PART_ACTIVE, PART_PAST, ROSTER_PARTS };
extern const char *const roster_words[ROSTER_PARTS]; /* of the address: ?voir=demandes */

struct action_page {
	struct req *req;
	struct sight sight;
	struct action_place place;
	struct roster roster;
	int64_t left; /* places; NUMBER_NONE */
	enum roster_part part;
	bool enrols, plans; /* may change it */
	struct sheaf places;
};
/* The action that the first part of the address names, when this right reaches it; else found is false and e the answer. */
const struct err *action_open(struct req *r, enum right right, str ref, struct action_page *p, bool *found);
struct page action_frame(const struct action_page *p, const char *title);
str action_url(struct arena *a, str ref);
/* Who may be named as referent. */
const struct err *action_staff(struct action_page *p, int64_t organisation, const struct choice **v, size_t *n);

/* Why somebody counts or does not, in one sentence; and what is missing, each with the address that fills it. */
str standing_words(struct arena *a, const struct standing *s);
enum flag standing_flag(const struct standing *s);
const char *standing_short(const struct standing *s);

enum { CANDIDATES = 60 };
struct candidate { /* somebody who may be enrolled */
	struct person_line line;
	struct standing standing;
	bool chosen, in; /* already: has an open enrolment */
	enum standing_in how;
};

struct enrol_page {
	struct action_page a;
	str q;
	struct candidate v[CANDIDATES]; /* those chosen before first, then the found */
	size_t n, chosen;
	bool searched, more;
	bool request, asked_how;
	bool full;     /* more people than places: what becomes of the others is asked */
	size_t beyond; /* of them */
	struct sheaf sheaf;
	struct choices choices[1];
	struct enrolment record;
	str hours;
	struct problems faults;
};

struct answer_page { /* one enrolment */
	struct action_page a;
	struct enrolment e;
	const struct enrolled *who;
	enum verdict answer; /* asked for: refuse, cancel; VERDICTS: the form of all */
	bool full, stale;
	struct sheaf sheaf;
	struct choices choices[1];
	str hours;
	struct problems faults;
};

struct action_choice { /* an action in which somebody may be enrolled */
	str ref, title, sheet_number;
	bool in; /* takes part, asks or waits already */
};
struct person_enrol {
	const struct person_page *person;
	struct standing standing;
	const struct action_choice *v;
	size_t n;
};
