/* explain.h - one figure opened: every record that it considered, whose it is, and whether it counts or why not */
#pragma once
#include "figures/questionnaire.h"

struct explained { /* one record; texts are translated */
	str who;   /* ref of the person or trainee; absent: nobody's */
	enum why why;
	str reason;       /* in words */
	day reference;    /* the person's in the scope; DAY_NONE */
	const char *kind; /* of the record, as the bundle's file is named; "" */
	str ref;
	str action;       /* ref; absent: not an action's */
	day on;           /* the record's own (first) date */
	str quantity;     /* as the CSV writes numbers */
	const char *unit; /* of the quantity: minutes, days, euros... */
};

struct explanation {
	const struct book *book;
	period period;
	enum cell cell;
	struct figure figure;
	VEC(struct explained) rows; /* by person, then date */
};

/* The book was read with refs. place: the action's or sheet's number; cell: one that the indicator has. */
struct explanation *explain_make(struct arena *a, const struct book *b, period p, enum scope_kind kind, int place,
    const struct book_indicator *i, enum cell cell);
/* How many distinct records and people count or do not, told by reason: rows whose why is that. */
int explain_count(const struct explanation *x, enum why why);

const char *explain_verdict(enum why why); /* yes, again (counted through another record), no */
void explain_value(const struct explanation *x, struct buf *to);
void explain_csv(const struct explanation *x, struct buf *to);
void explain_json(const struct explanation *x, struct buf *to);

/* why.c */
struct whose { /* what a reason may have to tell */
	const struct view *view;
	const struct mark *mark;
	day reference;
};
void why_write(struct buf *to, const struct whose *w);
/* A day as the reader's language writes it: 31/08/2025 in French, else 2025-08-31. */
str day_shown(day d, char to[DAY_TEXT]);
