/* acts_page.h - what the pages of acts give to their templates (views/acts.tmpl) */
#pragma once
#include "web/act_form.h"

struct act_offer { /* a kind that may be recorded in an action */
	const struct act_sort *kind;
	const struct act_place *place;
	int64_t used; /* lately */
};
struct acts_page {
	struct person_page person; /* of an act for one person */
	struct req *req;
	struct act_kinds kinds;
	struct act_line *lines;
	size_t n;
	struct act_place *places;
	size_t n_places;
	const struct act_place *place; /* chosen; NULL: not yet */
	struct act_offer *offers;      /* there, the most used first */
	size_t n_offers;
	struct act_form form; /* kind NULL: none is chosen yet */
	str to;               /* where the form goes */
	int64_t version;
	bool writes;
	/* an act for several people at once */
	struct act_attending {
		int64_t person;
		str name;
		bool ticked;
	} * people;
	size_t n_people;
	str nobody; /* what is wrong when nobody was ticked */
};
/* An answer as people read it: enrolments by their action. */
str acts_answer(const struct acts_page *p, const struct act_line *l, size_t i, const char **label);
str acts_url(struct arena *a, str key, const struct act_offer *o); /* of the form of this kind */
