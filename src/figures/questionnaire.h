/* questionnaire.h - all the figures of a contract over a period, in the order of the interchange's CSV */
#pragma once
#include "base/buf.h"
#include "figures/tally.h"

struct figure {
	const struct scope *scope;
	str ref; /* of the action, sheet or contract */
	const struct book_indicator *indicator;
	int64_t objective;    /* for cell total; NOT_KNOWN: none */
	int64_t value[CELLS]; /* numbers; hundredths of hours and months; cents; NOT_KNOWN: nothing can be computed */
	str text;             /* unit text */
	int64_t not_followed; /* the note; NOT_KNOWN: none */
	bool sent;            /* the operator sent it; check holds the records' own count */
	int64_t check[CELLS];
};

/* What is missing behind the figures of a sheet. */
struct flags {
	int64_t people; /* with evidence of benefit */
	int64_t without_status, unknown_sex, unknown_birth;
	int64_t sessions, without_attendance; /* held in the period */
};

struct questionnaire {
	const struct book *book;
	period period;
	bool all; /* every indicator for every sheet */
	VEC(struct figure) figures;
	struct flags *flags; /* by sheet */
};

struct questionnaire *questionnaire_make(struct arena *a, const struct book *b, period p, bool all);
/* The same over a view that stands already, in its arena. */
struct questionnaire *questionnaire_of(struct view *v, bool all);

/* The sheet lists it, or its audience makes it mandatory; all: every indicator of the book. */
bool indicator_carried(const struct book *b, int sheet, int indicator, bool all);
str scope_ref(const struct book *b, const struct scope *s);
/* The places of the sheets in the order in which the contract is read: 2 before 10. */
int *sheets_by_number(struct arena *a, const struct book *b);

/* One figure of the view's open scope. explain: one cell only, and where its evidence goes; else NULL. */
struct explain_into {
	enum cell cell;
	struct marks *list;
	const struct marks *trail; /* all evidence of benefit in the scope */
};
void figure_make(struct view *v, const struct book_indicator *i, const struct explain_into *explain, struct figure *out);
int figure_cells(const struct figure *f); /* 8 or 1 */

/* A value as the interchange writes it, or the French way; nothing for NOT_KNOWN. */
void figure_write(struct buf *to, enum indicator_unit unit, int64_t value);
void figure_write_french(struct buf *to, enum indicator_unit unit, int64_t value);

void questionnaire_csv(const struct questionnaire *q, struct buf *to);
void questionnaire_json(const struct questionnaire *q, struct buf *to);
