/* file.h - all that is known of one person, read at once: who they are, what happened in order of dates, and what follows.
 * An organisation sees identity, statuses and household, and of the rest what its own actions recorded: the others' work is
 * shared with the person's consent alone. */
#pragma once
#include "model/model.h"
#include "people/who.h"

/* Where something happened. */
struct file_place {
	int64_t action, sheet, operator; /* keys; operator 0: none named */
	str action_title, sheet_number, sheet_title, operator_name;
	bool health; /* its operator is one of health: why people come there is told to nobody else */
};

enum entry_kind {
	ENTRY_ARRIVED,    /* in France */
	ENTRY_CIR,        /* signed the integration contract */
	ENTRY_STATUS,     /* word: the status */
	ENTRY_STATUS_END, /* word: the status */
	ENTRY_ENROLLED,   /* word: the state */
	ENTRY_LEFT,       /* word: the exit, perhaps absent */
	ENTRY_SESSION,    /* number: minutes attended; word: the kind of session */
	ENTRY_ASSESSMENT, /* word: the level; more: the moment */
	ENTRY_ACT,        /* word: the kind; number: the quantity; more: how the kind is called, once a page has said so */
	ENTRY_PAIR,
	ENTRY_PAIR_END,
	ENTRY_FOLLOWUP, /* word: the situation; number: months after the exit */
	ENTRY_COHORT,   /* joined the restricted cohort of a contract; place is empty */
	ENTRY_COHORT_END,
};
const char *entry_label(enum entry_kind kind); /* translated: "Entered an action"... */
struct entry {
	enum entry_kind kind;
	day on;
	int64_t record; /* of the table that the kind says */
	str word, more;
	int64_t number;          /* NUMBER_NONE: nothing to say */
	struct file_place place; /* action 0: of no action */
};

struct path { /* an enrolment, and what came of it */
	struct enrolment enrolment;
	struct file_place place;
	int64_t attended; /* minutes at held sessions of kind training, from the entry to the exit or today: as for assiduity */
	int64_t sessions; /* attended for more than 0 minutes, of any kind, in the same time */
};

enum eligible { ELIGIBLE_YES, ELIGIBLE_NO_STATUS, ELIGIBLE_ENDED, ELIGIBLE_OTHER };
const char *eligible_label(enum eligible e); /* translated: why */

struct standing { /* by the rules of the figures, the period being one day */
	enum eligible eligible;
	bool bpi;
	const struct status *by; /* the status that decides: in force, else the last that was; NULL: none is recorded */
};
/* v: somebody's statuses, the latest begun first. eligible: the statuses that count, as contracts write them (absent: the usual ones). */
struct standing standing_on(const struct status *v, size_t n, str eligible, day on);

enum lack { LACK_SEX, LACK_BIRTH, LACK_STATUS, LACK_PLAN, LACK_ENTRY_LEVEL, LACK_EXIT, LACK_FOLLOWUP, LACKS };
const char *lack_label(enum lack l);  /* translated: what is missing */
const char *lack_blocks(enum lack l); /* translated: what cannot be counted for that */

struct person_file {
	struct person person;
	struct status *statuses; /* the latest begun first */
	size_t statuses_n;
	struct person_line *household; /* the others of the same household whom the viewer sees */
	size_t household_n;
	struct path *paths; /* the latest entered first */
	size_t paths_n;
	struct entry *entries; /* the latest first */
	size_t entries_n;
	/* as of today, by the rules of the figures */
	str status; /* in force; absent: none */
	enum eligible eligible;
	bool bpi, under25;
	str first_level, last_level; /* of the assessments; else the level on record, in both; absent: not known */
	struct lack_found {
		enum lack what;
		int64_t record; /* the enrolment that lacks it; 0: the person */
	} * lacks;
	size_t lacks_n;
};

/* eligible: the statuses that count, as contracts write them (absent: the usual ones). found is false when there is no such
 * person, or none that the viewer sees. */
const struct err *person_file(const struct sight *s, int64_t person, str eligible, struct person_file *to, bool *found);

/* --- who looked at the file, who changed it --- */
struct opening {
	str at;     /* UTC, as the journal holds it */
	str actor;  /* "account 7123", or a user of the machine */
	str cause;  /* "import", or the reason that was given */
	str action; /* insert, update, read */
	str entity; /* people or statuses */
	str fields; /* names, separated by ','; '*' for all */
};
/* The latest first, at most most. Not limited by organisation: only for whom may read the file. */
const struct err *person_readings(const struct sight *s, int64_t person, size_t most, struct opening **to, size_t *n);

/* Notes that the file was read: fields as above ("*": the file, "agdref": the number, on purpose). One row for each reader,
 * person, day and fields: more would say nothing, and fill the journal. In a write transaction of its own; most calls only read. */
struct change;
const struct err *person_note_reading(const struct sight *s, const struct change *change, int64_t person, str fields);
