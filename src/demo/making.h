/* making.h - what the files of this room share: the contract as things to do, and the block of people at work.
 *
 * People are made in blocks, one after the other: their records, what they take part in, the sessions of their groups, and
 * who came. All references grow with the blocks, so every file comes out in the order of its key, and only one block is in
 * memory. What belongs to the contract once (events, training of actors, money, meetings) goes with the first block. */
#pragma once
#include "demo/chance.h"
#include "demo/demo.h"
#include "demo/names.h"
#include "demo/sheaf.h"

enum { BLOCK = 1000, STATUSES_MAX = 3, KINDS_MAX = 8, DATES_MAX = 120, REF_SIZE = 96, STAFF_TEXT = NAME_TEXT + 24 };

/* --- what an action does --- */

enum theme {
	THEME_LANGUAGE,
	THEME_CIVIC,
	THEME_DIGITAL,
	THEME_EMPLOYMENT,
	THEME_HEALTH,
	THEME_MOBILITY,
	THEME_CHILDCARE,
	THEME_HOUSING,
	THEME_EDUCATION,
	THEME_CULTURE,
	THEME_SPORT,
	THEME_OTHER,
	THEMES,
};
extern const char *const theme_words[THEMES];

/* what the indicators of the sheet ask of the action */
enum need {
	NEED_LANGUAGE = 1,
	NEED_EMPLOYMENT = 2,
	NEED_CIVIC = 4,
	NEED_HOUSING = 8,
	NEED_HEALTH = 16,
	NEED_DIGITAL = 32,
	NEED_PAIRS = 64,
	NEED_SPORT = 128,
	NEED_CULTURE = 256,
};

enum way {
	WAY_GROUPS,     /* people of the groups meet week after week */
	WAY_PAIRS,      /* the same, each with a partner for some months */
	WAY_CASES,      /* acts alone: its operator keeps its register to itself, or there is nothing to gather for */
	WAY_INTERVIEWS, /* the restricted cohort */
	WAY_EVENTS,     /* the public comes, nobody is enrolled */
	WAY_ACTORS,     /* professionals and volunteers are trained */
};

struct doing {
	const struct action *action;
	const struct sheet *sheet;
	int index;  /* place of the action in the plan: names its chance */
	period run; /* its year */
	enum way way;
	enum theme theme;
	unsigned needs;
	bool women, young, bpi, schooled;   /* whom it is for */
	int wanted;                         /* active enrolments for DEMO_PEOPLE people */
	int per_week, weeks, minutes, size; /* of a group */
	int months;                         /* of a pair */
	const char *kind;                   /* of its sessions */
	str acts[KINDS_MAX];                /* local kinds of act that its sheet counts */
	int act_count;
	str session_kind;       /* local kind of session that its sheet counts, or absent */
	day mondays[DATES_MAX]; /* weeks in which groups meet */
	int monday_count;
	int64_t groups; /* made so far */
	day last_held;  /* the last day on which one of them met; DAY_NONE: none yet */
};

/* --- people --- */

enum standing { /* of a person: what is behind the statuses */
	STANDING_BPI,
	STANDING_FAMILY_OF_FRENCH,
	STANDING_PARENT_OF_FRENCH,
	STANDING_REUNIFICATION,
	STANDING_WORKER,
	STANDING_OTHER,
	STANDING_ASYLUM_SEEKER,
	STANDING_STUDENT,
	STANDING_PROTECTION,
	STANDING_EUROPEAN,
	STANDING_FRENCH,
	STANDING_NONE,
	STANDING_UNRECORDED,
	STANDINGS,
};

struct made_status {
	const char *status;
	day since, until;
};

struct made_person {
	int64_t number; /* from 1 */
	const struct origin *origin;
	enum standing standing;
	bool woman, other_sex;
	day born, arrived;
	int64_t household; /* number of its first person */
	char family[NAME_TEXT];
	int level;           /* first level of French: place in level_words */
	int presence;        /* how regularly they come, in percent */
	bool eligible, bpi;  /* at some time of the year */
	int appetite, taken; /* enrolments: how many they would take, have taken */
	struct made_status statuses[STATUSES_MAX];
	int status_count;
};
enum { LEVELS = 9 };
extern const char *const level_words[LEVELS];

struct made_enrolment {
	int person, doing; /* places in the block, among the doings */
	const char *state;
	bool active, dropped;
	int group;         /* -1: none */
	day entered, left; /* DAY_NONE: still running */
	int64_t planned;   /* minutes; NUMBER_NONE */
	const char *exit;  /* or NULL */
	int64_t number;
};

struct making {
	const struct plan *plan;
	struct demo_options options;
	struct arena *arena;
	struct sheaf sheaf;
	period year; /* the contract's first, from its signature */
	period life; /* from the first day of any action to the last of the year or of any action */
	struct doing *doings;
	int doing_count;
	str commune;                                         /* where people live, when the contract says */
	int person_digits, digits;                           /* of the references that are made */
	int64_t enrolments, sessions, acts, pairs, expenses; /* numbers given so far */
	int64_t interpreters, obstacles, goals, steps, notes;
	/* the block at work */
	bool first_block;
	int64_t overlong; /* the session with one attendance longer than itself; 0: not yet */
	day last_held;    /* the last day on which a group met; DAY_NONE: none yet */
	int unrecorded;   /* people without any status so far */
	struct made_person *people;
	int people_count;
	struct made_enrolment *enrolled;
	int enrolled_count, enrolled_cap;
	bool *joined; /* [person * doing_count + doing] */
};

/* shape.c: reads the plan; false when there is nothing to do or no date to start from */
bool shape(struct making *m);
/* each of these makes its part of the block and writes the files named */
void make_people(struct making *m, int64_t first, int count); /* people, statuses */
void make_paths(struct making *m);                            /* enrolments, assessments, followups */
void make_sessions(struct making *m);                         /* sessions and attendances of the groups */
void make_acts(struct making *m);                             /* acts, pairs */
void make_daily(struct making *m);                            /* obstacles, goals, goal_steps, notes */
/* beside what paths.c and acts.c write: assessment_skills, followups_missed; act_values, interpreters */
void make_skills(struct making *m, const struct made_enrolment *e, const struct assessment *a, int level);
void make_missed(struct making *m, const struct made_enrolment *e);
void make_answers(struct making *m, const struct made_enrolment *e, const struct act *a);
/* first block only */
void make_cohort(struct making *m);  /* cohort_members; adds their enrolments, so before make_paths writes */
void make_actors(struct making *m);  /* trainees, their sessions and attendances */
void make_events(struct making *m);  /* sessions with the public, attendances */
void make_tools(struct making *m);   /* tools */
void make_money(struct making *m);   /* expenses, payments */
void make_returns(struct making *m); /* aggregates */
void make_meetings(struct making *m);
void make_kinds(struct making *m); /* act_kinds, act_fields, childcare_places */

/* --- helpers --- */
struct settings { /* room for the words of a session */
	char trainer[STAFF_TEXT], series[REF_SIZE];
};
struct chance chance_for(const struct making *m, enum stream stream, int64_t a, int64_t b);
/* p000001, with the prefix; to must live as long as the result */
str made_ref(const struct making *m, char letter, int64_t which, char to[REF_SIZE]);
str person_ref(const struct making *m, int64_t which, char to[REF_SIZE]);
/* A session of an action; gives its number. held_on, minutes, kind, theme, audience, state, group... are the caller's; when, where
 * and by whom is added here. */
int64_t session_add(struct making *m, const struct doing *d, struct session *s);
void attendance_add(struct making *m, int64_t session, int64_t person, int64_t minutes, int64_t excused);
/* The days on which a group meets, in order; how many. */
int group_days(const struct doing *d, int group, int groups, day days[DATES_MAX]);
int groups_of(int members, int size);
/* When, where and by whom an action is carried out: the same for each of its groups. */
void place_session(const struct making *m, const struct doing *d, struct session *s, struct settings *to);
str staff_of(const struct making *m, const struct doing *d, int64_t which, char to[STAFF_TEXT]);
/* The organisations of a sheet in this role (NULL: any), to choose from. */
str partner_pick(const struct making *m, const struct sheet *s, const char *role, struct chance *c);
/* A new, empty enrolment of the block. */
struct made_enrolment *enrolment_add(struct making *m, int person, int doing);
