/* act_kinds.h - the kinds of act: the built-in ones (act_kinds.def) and those that the coordinator added (records), told alike.
 * Forms, lists and checks are made from these descriptions, so that a kind added without programming is as any other. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/problem.h"
#include "db/db.h"
#include "model/model.h"

enum ask_type { ASK_TEXT, ASK_NUMBER, ASK_HOURS, ASK_AMOUNT, ASK_DATE, ASK_YES_NO, ASK_CHOICE, ASK_ENROLMENT };

struct act_ask { /* a question */
	str field;
	enum ask_type type;
	const char *label; /* N_, or as the coordinator wrote it */
	const char *words; /* CHOICE of a built-in kind: codes, with a blank between them; NULL */
	str answers;       /* CHOICE of a local kind: texts, with a ';' between them; the answer stored is the text */
	bool required;
};

struct act_sort {
	str code;          /* as acts.kind has it */
	const char *label; /* as above */
	const char *unit;  /* what the quantity counts; NULL */
	bool health;       /* told to the health operator and the person alone */
	const struct act_ask *asks;
	size_t n;
	/* of a local one */
	int64_t id;    /* 0: built-in */
	int64_t sheet; /* only for this sheet; 0: all */
	bool ended;    /* no longer offered */
};

struct act_kinds {
	const struct act_sort *v; /* the built-in ones first, in the order of the .def; then the others by name */
	size_t n;
};

/* today: kinds that ended before it are marked so. Labels live in the arena, or as long as the program. */
const struct err *act_kinds_read(struct db *db, struct arena *a, int64_t territory, day today, struct act_kinds *to);
/* NULL: a code that no description has (an import may bring any). */
const struct act_sort *act_kind_named(const struct act_kinds *kinds, str code);
const struct act_ask *act_ask_named(const struct act_sort *kind, str field);
/* How a kind is called, translated; the code itself when nobody described it. */
str act_kind_label(const struct act_kinds *kinds, str code);
/* Whether an act of that kind says something of health. */
bool act_kind_health(const struct act_kinds *kinds, str code);
bool act_kind_built_in(str code); /* a local kind may not take its name */

/* An answer as people read it; "x_state" names the words of a built-in CHOICE in choices.def. */
str act_answer_words(struct arena *a, const struct act_ask *ask, str value);
