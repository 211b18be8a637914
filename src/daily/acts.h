/* acts.h - what was done for a person: read with its answers, and written with them through the one door. An organisation has the
 * acts of its own actions; what is about health is told to who recorded it and to the person alone (act_line.closed). */
#pragma once
#include "daily/act_kinds.h"
#include "model/save.h"
#include "people/who.h"

struct act_answer {
	str field, value;
};
struct act_line {
	struct act act;
	str action_title, sheet_number, operator_name;
	bool health; /* by its kind, or by its operator */
	bool closed; /* about health, and not for this viewer: kind, quantity and answers are taken away */
	const struct act_answer *answers;
	size_t n;
	struct interpreter interpreter; /* record.id 0: there was none */
	str interpreter_organisation;
};
/* The latest first. s->organisation 0 closes what is about health; own: the person reads about themselves, and all is open. */
const struct err *acts_of(
    const struct sight *s, const struct act_kinds *kinds, int64_t person, bool own, struct act_line **to, size_t *n);

/* Where an act may be recorded by this viewer: the person's own actions first. */
struct act_place {
	int64_t action, sheet;
	str ref, title, number;
	bool health;   /* its operator is one of health */
	bool enrolled; /* the person is in it */
};
const struct err *act_places(const struct sight *s, int64_t person, struct act_place **to, size_t *n);
/* Whether records of this action are the viewer's to make. */
const struct err *action_seen(const struct sight *s, int64_t action, bool *seen);

/* How often each kind was recorded lately in each action, the most used first. */
struct act_use {
	int64_t action, n;
	str kind;
};
const struct err *acts_used(const struct sight *s, struct act_use **to, size_t *n);
/* Whether somebody who sees so much may record this kind there: what is about health, its operator alone. */
bool act_allowed(const struct sight *s, const struct act_sort *kind, const struct act_place *place);

struct act_writing {
	struct act act; /* record.id 0: a new one, whose ref is made */
	const struct act_sort *kind;
	const struct act_answer *answers; /* of all its questions; an absent value takes away what stood there */
	size_t n;
	struct interpreter interpreter; /* what was typed: languages, minutes, organisation */
	uint64_t wrong;                 /* of the act: entity_check */
};
/* What is wrong is told, and nothing is written then. ERR_NOTFOUND: the person or the action is not the viewer's, or there is no such
 * act; ERR_CONFLICT: changed meanwhile. */
const struct err *act_write(struct save *save, const struct sight *s, struct act_writing *w, struct problem_sink *sink);

/* Takes an act out, with its answers and its interpreter; what is taken out can be put back (model/undo.h). version: as read. */
const struct err *act_remove(struct save *save, const struct sight *s, int64_t act, int64_t version);

/* Places of a half-day of childcare: offered -1 when the action does not say. */
struct childcare {
	int64_t offered, taken, age_from, age_to;
};
const struct err *childcare_on(const struct sight *s, int64_t action, day on, str half, int64_t but, struct childcare *to);

/* Whoever is not seen is not there. */
const struct err *daily_missing(const struct sight *s);
