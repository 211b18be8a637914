/* chance.h - chance that is the same on every machine: whole numbers only, and a stream of its own for each thing that is
 * decided, named by up to three numbers: nothing is remembered from one to the next. (Two draws never stand in one expression: the
 * language does not say which comes first.) */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct chance {
	uint64_t state;
};

enum stream {
	CHANCE_PERSON,
	CHANCE_STATUS,
	CHANCE_CHOICE,
	CHANCE_PATH,
	CHANCE_SESSION,
	CHANCE_PRESENCE,
	CHANCE_ACT,
	CHANCE_PAIR,
	CHANCE_ACTOR,
	CHANCE_EVENT,
	CHANCE_MONEY,
	CHANCE_RETURN,
	CHANCE_BODY,
	CHANCE_COHORT,
	CHANCE_ACTION,
	CHANCE_PLACE,
	CHANCE_WAIT,
	CHANCE_DAILY,
	CHANCE_SKILL,
	CHANCE_MISSED,
	CHANCE_ANSWER,
};

struct chance chance_of(uint64_t seed, enum stream stream, int64_t a, int64_t b);
int chance_below(struct chance *c, int n); /* 0 to n - 1; n > 0 */
int chance_between(struct chance *c, int low, int high);
bool chance_percent(struct chance *c, int percent);
int chance_weighted(struct chance *c, const int *weights, int n); /* which of them, by weight */
