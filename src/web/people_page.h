/* people_page.h - the list of people, or those found by what was typed; shown by views/people.tmpl */
#pragma once
#include "model/plan.h"
#include "people/list.h"
#include "people/search.h"
#include "web/parts.h"
#include "web/req.h"

struct people_chip {        /* a filter in force */
	str words, without; /* address of the list without it */
};

struct people_choice {
	str value, label;
	bool chosen;
};

struct people_view {
	struct req *req;
	str token, typed; /* typed: what is looked for; absent: the list */
	bool add;         /* may add people */
	bool all;         /* everybody of the city, not an organisation's own */
	struct person_hits hits;
	struct people_page page;
	struct people_filter filter;
	enum list_order order;
	int64_t count;
	str before, after; /* pages beside */
	str by_name, by_newest;
	struct people_chip chips[12];
	int n_chips;
	struct people_choice *actions, *sheets, *organisations, *statuses;
	size_t n_actions, n_sheets, n_organisations, n_statuses;
};

/* The name as people write it, family name first; a number when there is none. */
str person_called(struct arena *a, const struct person_line *p);
const char *person_born(struct html *h, const struct person_line *p);       /* "27/03/1990", "1990"; "" */
const char *person_born_words(struct html *h, const struct person_line *p); /* "born in 1989" */
const char *person_standing(struct html *h, const struct person_line *p);   /* in words; "" */
