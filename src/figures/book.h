/* book.h - the records of one contract in memory: arrays of small records, people numbered from 0, days as numbers.
 * Read once by a few plain queries (book_read.c), never changed, dropped with its arena. What the figures follow from.
 *
 * Order: sheets by key, the actions of a sheet together, the records of an action together. So an action, a sheet (all
 * its actions) and the contract (all of them) are each a range, whatever the kind of record. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "figures/dense.h"
#include "figures/words.h"

struct db;
enum { COHORT_INDICATORS = 3 };
#define NOT_KNOWN INT64_MIN /* a number that nobody gave, a figure that cannot be computed */

/* What is known of a contract before its records are read. */
struct book_contract {
	int64_t territory, id;
	str ref, title;
	day signed_on; /* DAY_NONE */
	int duration_months;
	str eligible_statuses;
};

struct book_sheet {
	int64_t id;
	str ref, number, title;
	int kind, audience; /* words */
	bool aggregate;     /* figures are sent, not counted from records */
	int64_t objective, objective_actors;
	int first_action, end_action;
	int first_aggregate, end_aggregate;
};

/* The kinds of record that belong to an action; in the order of book_action.first. */
enum book_table { TABLE_enrolments, TABLE_sessions, TABLE_acts, TABLE_pairs, TABLE_tools, TABLE_expenses, TABLES };

struct book_action {
	int64_t id;
	str ref, title;
	int sheet;
	int64_t objective, objective_actors;
	int first[TABLES]; /* where its records begin; they end where the next action's begin */
};

struct book_person {
	str ref;
	int sex, household; /* household: a number shared by its people */
	day born;           /* DAY_NONE: not known */
	int first_status, end_status;
};

struct book_status {
	int person, status;
	day since, until; /* until: last day in force, DAY_FOREVER */
};

struct book_enrolment {
	int64_t id;
	str ref;
	int person, state, exit;
	bool durable;      /* a job of more than six months */
	day entered, left; /* DAY_FOREVER: still running */
	int64_t planned;   /* minutes, 0: not known */
	int six_months;    /* situation at the follow-up, WORD_ABSENT: none */
	day six_months_on;
	int first_assessment, end_assessment;
};

struct book_assessment {
	day on;
	int moment, rank;
};

struct book_session {
	int64_t id;
	str ref;
	day on;
	int kind, theme, audience, state;
	unsigned civic_themes; /* one bit each, in the order of civic_theme_names */
	int64_t minutes, public_count;
	int first_attendance, end_attendance;
	int first_trainee, end_trainee;
};

struct book_attendance { /* of a person, or of a trainee */
	int who;
	int minutes;
};

typedef VEC(struct book_attendance) attendance_list;

struct book_trainee {
	str ref;
	bool volunteer;
};

struct book_act {
	int64_t id;
	str ref;
	int person, kind;
	day on;
	int64_t quantity;
};

struct book_pair {
	int64_t id;
	str ref;
	int person;
	day started, ended; /* DAY_FOREVER: still running */
};

struct book_tool {
	day on;
	int audience;
	str label;
};

struct book_expense {
	int64_t id;
	str ref;
	day on;
	int64_t cents, p104;
};

struct book_meeting {
	int64_t id;
	str ref;
	day on;
	bool held;
};

struct book_aggregate {
	period period;
	int indicator; /* a word */
	int cell;
	int64_t hundredths;
};

struct book_member { /* of the restricted cohort */
	int person;
	day joined, left; /* DAY_FOREVER */
};

/* An indicator that the contract knows: the State's, then its own; in the order of their names. */
struct book_indicator {
	const struct indicator *rule;
	str name, label;
	int name_word;
	int word; /* what it is about (kind of act, theme...), WORD_ABSENT */
};

struct book {
	struct arena *arena;
	struct book_contract contract;
	bool refs;         /* the refs of records and people were read too: for explaining */
	unsigned eligible; /* statuses that count */
	struct texts words, households;
	struct keys person_keys, trainee_keys;
	struct keys sheet_keys, action_keys, session_keys; /* of a book that was read: places by key */
	VEC(struct book_sheet) sheets;
	VEC(struct book_action) actions; /* and one more behind the last, that ends its records */
	VEC(struct book_person) people;
	VEC(struct book_status) statuses;
	VEC(struct book_enrolment) enrolments;
	VEC(struct book_assessment) assessments;
	VEC(struct book_session) sessions;
	attendance_list attendances, trainee_attendances;
	VEC(struct book_trainee) trainees;
	VEC(struct book_act) acts;
	VEC(struct book_pair) pairs;
	VEC(struct book_tool) tools;
	VEC(struct book_expense) expenses;
	VEC(struct book_meeting) meetings;
	VEC(struct book_aggregate) aggregates;
	VEC(struct book_member) members;
	VEC(struct book_indicator) indicators;
	struct book_indicator cohort[COHORT_INDICATORS]; /* the contract's own three, by name */
	bool *carried;                                   /* [sheet * indicators.n + indicator]: listed in sheet_indicators */
};

extern const char *const civic_theme_names[]; /* ends with NULL */

/* The contracts of the database, by ref. */
const struct err *book_contracts_read(struct db *db, struct arena *a, struct book_contract **v, size_t *n);
/* The book of one contract; the caller holds a read transaction, so that it shows one moment. */
const struct err *book_read(struct db *db, struct arena *a, const struct book_contract *c, bool refs, struct book **out);
/* A contract by its key; texts live in arena a. ERR_NOTFOUND: there is none. */
const struct err *book_contract_read(struct db *db, struct arena *a, int64_t keeper, int64_t id, struct book_contract *out);
/* Reads some sessions again, with who was there, after a register was written. mended is false when that is not enough (a
 * session is new, gone or of another action now, or somebody came whom the book does not know): then the book is to be read
 * whole, for it is half changed. Sessions of other contracts are passed over. The old lists stay in the arena, unused. */
const struct err *book_mend(struct db *db, struct book *b, const int64_t *sessions, int n, bool *mended);
/* Without a database, for book_read and tests: an empty book that knows the words and the State's indicators. */
struct book *book_new(struct arena *a, const struct book_contract *c, bool refs);
void book_sort_indicators(struct book *b); /* after the contract's own were added */

/* The range of an action's records: those of actions [from, to) are v[first..end). */
static inline int
book_first(const struct book *b, enum book_table t, int action)
{
	return b->actions.v[action].first[t];
}
