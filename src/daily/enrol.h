/* enrol.h - the people of an action: who takes part, who asks, who waits for a place; taking them in, refusing them with a reason.
 * Everything is limited by the sight: an organisation enrols the people it follows in the actions it carries out. */
#pragma once
#include "model/plan.h"
#include "model/save.h"
#include "people/file.h"
#include "people/who.h"

struct action_place { /* an action, and where it stands in the contract */
	struct action action;
	int64_t contract;
	str contract_ref, sheet_ref, sheet_number, sheet_title, operator_name;
	str eligible; /* the statuses that count, as the contract writes them */
	bool nominal; /* its people are recorded by name */
};
/* found is false when there is no such action, or it is not the organisation's. */
const struct err *action_place(const struct sight *s, str ref, struct action_place *to, bool *found);

/* Where somebody stands in an action on a day. */
enum standing_in {
	IN_REQUEST, /* asked, nobody has answered */
	IN_WAITING, /* answered: when there is a place */
	IN_ACTIVE,  /* takes a place, today or from a day to come */
	IN_LEFT,
	IN_REFUSED,
	IN_CANCELLED,
	IN_KINDS
};
enum standing_in standing_in(const struct enrolment *e, day today);

struct enrolled {
	struct enrolment e; /* without its ref, referrer and the account of the referent */
	enum standing_in in;
	str given_name, family_name, sex, birth_date;
	day cir_signed_on;
	const struct status *statuses; /* the latest begun first */
	size_t statuses_n;
	struct standing standing; /* on the day of the sight */
};
struct roster {
	struct enrolled *v; /* requests by their day, the waiting by theirs, the others by name; one standing after the other */
	size_t n, count[IN_KINDS];
};
const struct err *roster_read(const struct sight *s, const struct action_place *a, struct roster *to);
/* Places left; NUMBER_NONE: as many as one likes. Below 0: more people than places. */
int64_t places_left(const struct action *a, int64_t active);

/* --- taking in --- */

enum enrol_why { ENROL_DONE, ENROL_WAITING, ENROL_ALREADY, ENROL_UNSEEN }; /* UNSEEN: none of those whom the sight sees */
struct enrol_ask {
	const int64_t *people;
	size_t n;
	bool request;   /* they ask for a place; else they are taken in */
	bool over;      /* take in more than there are places: else the others wait, in the order of the list */
	day entered_on; /* of a request: the day it was made */
	int64_t planned_minutes;
	str group, referent;
	int64_t referent_account; /* NUMBER_NONE */
};
/* A new enrolment for each who has no open one: why says what became of each. Inside the transaction of save. */
const struct err *enrol_several(
    struct save *save, const struct sight *s, const struct action_place *a, const struct enrol_ask *ask, enum enrol_why *why);

/* --- answering --- */

enum verdict { VERDICT_ACCEPT, VERDICT_WAIT, VERDICT_REFUSE, VERDICT_CANCEL, VERDICT_CHANGE, VERDICTS };
/* The words of forms: "accepter", "attente", "refuser", "annuler", "modifier"; -1: none. */
int verdict_named(str word);
/* Whether it can be said of an enrolment that stands so. */
bool verdict_fits(enum verdict a, enum standing_in in);
/* The enrolment with what was typed over it: the state follows from the answer. Told to the sink: a refusal or a cancellation without
 * a reason, whatever entity_check finds. Nothing is written when there is a fault. over: also when there is no place left; when
 * there is none and over is false, *full is set and nothing is written. ERR_CONFLICT: e->record.version is not the stored one's. */
const struct err *enrol_answer(struct save *save, const struct sight *s, const struct action_place *a, struct enrolment *e,
    enum verdict answer, bool over, uint64_t wrong, struct problem_sink *sink, bool *full);

/* "12", "12,5", "12h30", "12 h": minutes; -1: none of these, or more than 10,000 hours. */
int64_t hours_read(str typed);
str hours_written(struct arena *a, int64_t minutes); /* "12 h 30" as people type it again; empty for NUMBER_NONE */
