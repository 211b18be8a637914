/* view.h - a book seen over a period: who drew a benefit from what, since when, and who of them is eligible.
 * Reckoned once for every action; a sheet and the contract are merged from their actions. */
#pragma once
#include "figures/book.h"

enum cell {
	CELL_TOTAL,
	CELL_MEN,
	CELL_WOMEN,
	CELL_UNDER25,
	CELL_BPI,
	CELL_BPI_MEN,
	CELL_BPI_WOMEN,
	CELL_BPI_UNDER25, /* the same four, among BPI */
	CELLS
};
extern const char *const cell_names[CELLS];
int cell_named(str name); /* -1: none */

enum scope_kind { SCOPE_ACTION, SCOPE_CONTRACT, SCOPE_SHEET }; /* in the order of their names */
extern const char *const scope_names[];

/* Somebody who drew a benefit from a scope during the period. */
struct beneficiary {
	int person;
	day reference;  /* the first evidence of it */
	unsigned cells; /* the cells that count them, one bit each; 0: not eligible */
};

struct scope {
	enum scope_kind kind;
	int place;    /* the action's or sheet's number in the book */
	int from, to; /* its actions: [from, to) */
	struct beneficiary *v;
	int n;
};

/* What a path amounts to: minutes attended within it, and how far the level of French rose. */
struct course {
	int64_t attended;
	int entry, later; /* assessments compared, -1: none */
	int rise;
};

struct view {
	const struct book *book;
	struct arena *arena;
	period period;
	struct scope *actions, *sheets, contract;
	struct course *courses; /* by enrolment */
	int *actions_of;        /* by person: how many actions they drew a benefit from */
	int *at;                /* by person: place + 1 among the beneficiaries of the scope that is open */
	const struct scope *open;
	unsigned *seen, stamp; /* seen[x] == stamp: x was counted already by the figure at hand */
};

struct view *view_new(struct arena *a, const struct book *b, period p);

/* Figures are counted on one scope at a time. */
void scope_open(struct view *v, const struct scope *s);
void scope_close(struct view *v);
/* NULL: no evidence of benefit in the open scope. */
static inline const struct beneficiary *
scope_beneficiary(const struct view *v, int person)
{
	return v->at[person] == 0 ? NULL : &v->open->v[v->at[person] - 1];
}

/* A status of a set is in force on at least one day of [from, to]. */
bool status_in_force(const struct book *b, int person, unsigned set, day from, day to);

/* Whether an enrolment counts in the period at all. */
static inline bool
enrolment_counts(const struct book_enrolment *e, period p)
{
	return e->state == WORD_active && e->entered <= p.to && e->left >= p.from;
}

/* The records of a scope, whatever their kind: SCOPE_EACH(v, s, acts, a) { a is a const struct book_act * }. */
#define SCOPE_EACH(view, s, table, r)                                                                \
	for (const __typeof__(*(view)->book->table.v) *                                              \
		 r = (view)->book->table.v + book_first((view)->book, TABLE_##table, (s)->from),     \
		*r##_end = (view)->book->table.v + book_first((view)->book, TABLE_##table, (s)->to); \
	     r < r##_end; r++)
