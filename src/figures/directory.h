/* directory.h - the indicators: what each is called, in what it is counted, which rule it follows and which function
 * applies it. To add one: a row here, a short function in a fig_*.c, a line in src/model/indicators.def. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/indicator.h"

struct tally;

enum who {            /* whose records count */
	WHO_ELIGIBLE, /* of people eligible in the scope */
	WHO_ANYONE,   /* of anybody, or of nobody */
};
enum once { /* what is counted one time only, however many records speak of it */
	ONCE_NOT,
	ONCE_WHO,
	ONCE_HOUSEHOLD,
	ONCE_RECORD,
};
enum adding {
	ADD_NUMBER,  /* how many */
	ADD_SUM,     /* of the quantities: minutes become hours, money stays in cents */
	ADD_MEAN,    /* of days, in months */
	ADD_LABELS,  /* of tools, in the order of their dates */
	ADD_THEMES,  /* the union of civic themes */
	ADD_NOTHING, /* only what was sent */
};
enum mandatory { MANDATORY_NOT, MANDATORY_NEWCOMERS, MANDATORY_ACTORS, MANDATORY_ALL };
enum level { LEVEL_SHEET, LEVEL_CONTRACT, LEVEL_LOCAL }; /* where its figures stand; LOCAL: a measure for local.* names */

struct indicator {
	const char *name;  /* of a local measure: the measure's */
	const char *label; /* N_ */
	enum level level;
	enum mandatory mandatory; /* for the sheets of which audience */
	enum indicator_unit unit;
	bool eight;   /* broken down into the eight cells */
	bool records; /* holds no person: comes from records even when a sheet's figures are sent as counts */
	enum who who;
	enum once once;
	enum adding adding;
	int word; /* what the function looks for: a theme, a kind of act; a local one has its own */
	void (*mark)(struct tally *t);
	bool trail;                       /* explained by all the evidence of benefit in the scope */
	bool objective, objective_actors; /* the sheet's or action's objective is this one's */
	const char *rule;                 /* N_: in full */
	const char *choice;               /* N_: what was chosen where the directory is silent, NULL: nothing */
};

extern const struct indicator directory[];
extern const size_t directory_size;
const struct indicator *directory_find(str name);        /* not the measures; NULL: none */
const struct indicator *directory_measure(str name);     /* persons_with_act, acts...; NULL: none */
const char *directory_unit(enum indicator_unit u);       /* as the CSV writes it: people, hours... */
const char *directory_unit_label(enum indicator_unit u); /* N_: for people */

/* The functions, by family. */
void fig_beneficiaries(struct tally *t);
void fig_trained(struct tally *t);
void fig_actor_hours(struct tally *t);
void fig_tools(struct tally *t);
void fig_cost(struct tally *t);
void fig_p104(struct tally *t);
void fig_hours(struct tally *t);
void fig_assiduous(struct tally *t);
void fig_progress(struct tally *t);
void fig_months(struct tally *t);
void fig_positive(struct tally *t);
void fig_exit_training(struct tally *t);
void fig_durable(struct tally *t);
void fig_six_months(struct tally *t);
void fig_themes(struct tally *t);
void fig_acts(struct tally *t);
void fig_pairs(struct tally *t);
void fig_events(struct tally *t);
void fig_two_actions(struct tally *t);
void fig_restricted(struct tally *t);
void fig_sessions(struct tally *t);
void fig_participants(struct tally *t);
void fig_volunteers(struct tally *t);
void fig_meetings(struct tally *t);
