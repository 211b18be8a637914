/* shown_figures.h - the contract and the period that a page is about, and their figures: chosen by the address, shared by all
 * pages that show figures. Inside the read transaction that every page has. */
#pragma once
#include "figures/calendar.h"
#include "figures/shelf.h"
#include "web/period_asked.h"

struct shown {
	struct book_contract contract;
	struct span
	    span; /* ?periode=contract-1, or chosen by today; with figures, of a contract that is over: its last year with records */
	/* Set by a page that offers the choice of a period: it says what is wrong with the one asked for, over the usual one. */
	bool offers;
	struct period_asked asked;
	struct shelved figures;          /* only after shown_figures */
	struct book_contract *contracts; /* of the city, by ref: to change to another */
	size_t n;
};

/* ref: of the contract, absent: the city's only one, else the one in force today, else the last that was signed.
 * ERR_NOTFOUND: no such contract in this city (an observer reaches every city's); ERR_INPUT: a period that is none, unless the page offers
 * others: the answer is then a 422, and out->asked says why. */
const struct err *shown_contract(struct req *r, str ref, struct shown *out);
/* The same, with its figures over the period. */
const struct err *shown_figures(struct req *r, str ref, struct shown *out);
/* What the city's contract sets up, for a form: read now and kept for the request, also while it writes. */
const struct err *shown_plan(struct req *r, const struct plan **out);
