/* explain.h - one figure opened: every record that it considered, whose it is, and whether it counts or why not */
#pragma once
#include "base/shown.h" /* days as people read them */
#include "figures/questionnaire.h"

struct explained {      /* one record; texts are translated */
	str who;        /* ref of the person or trainee; absent: nobody's */
	int64_t person; /* the person's key; 0: nobody's, or a trainee's */
	enum why why;
	str reason;       /* in words */
	day reference;    /* the person's in the scope; DAY_NONE */
	const char *kind; /* of the record, as the bundle's file is named; "" */
	int64_t key;      /* the record's, of an attendance its session's; 0: a record without a page of its own */
	str ref;
	str action;       /* ref; absent: not an action's */
	day on;           /* the record's own (first) date */
	str quantity;     /* as the CSV writes numbers */
	const char *unit; /* of the quantity: minutes, days, euros... */
};

struct reason_count {
	int records, people; /* people: those whom the records speak of, each once */
};

struct explanation {
	const struct book *book;
	period period;
	enum cell cell;
	struct figure figure;
	struct reason_count counts[WHYS]; /* of all records, by what became of them */
	int total;                        /* rows whose reason is wanted; those asked for stand in rows */
	VEC(struct explained) rows;       /* by person, then date */
};

/* What of a figure is asked for. The value, and the counts by reason, are those of the whole figure in any case. */
struct explain_asked {
	enum scope_kind kind;
	int place; /* the action's or sheet's number in the book */
	const struct book_indicator *indicator;
	enum cell cell;  /* one that the indicator has */
	uint64_t only;   /* the reasons wanted, a bit each; 0: all */
	int first, most; /* a page: rows from first on, at most so many; most 0: all of them */
};
#define WHY_BIT(why) (UINT64_C(1) << (why))
_Static_assert(WHYS <= 64, "a reason is a bit of a set");

/* The records of a view whose book was read with refs. What is given lives in arena a, and nothing is left in the view. */
struct explanation *explain_read(struct arena *a, struct view *v, const struct explain_asked *asked);
/* The same for a book alone, all rows. */
struct explanation *explain_make(struct arena *a, const struct book *b, period p, enum scope_kind kind, int place,
    const struct book_indicator *i, enum cell cell);
/* How many records were treated so. */
int explain_count(const struct explanation *x, enum why why);

/* The figure and how many records and people there are for each reason: for who may see no person. Nothing in it names or
 * points to one. */
struct reasons {
	period period;
	enum cell cell;
	struct figure figure;
	struct reason_count counts[WHYS];
};
struct reasons explain_reasons(struct arena *a, struct view *v, const struct explain_asked *asked);
const char *why_label(enum why why); /* translated, without anything of the record */

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
