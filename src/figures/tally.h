/* tally.h - evidence and what it adds up to. The function of an indicator goes over the book and marks each record that
 * it considers: whose, how much, and whether it counts. The value is the sum of the marks and nothing else; explaining
 * keeps the marks themselves, so that a number and the list behind it cannot disagree. */
#pragma once
#include "figures/directory.h"
#include "figures/view.h"

enum evidence { /* the kinds of record behind a figure */
	EVIDENCE_NONE,
	EVIDENCE_ENROLMENT,
	EVIDENCE_ATTENDANCE, /* the record is the session */
	EVIDENCE_TRAINEE,    /* an actor's attendance; the record is the session */
	EVIDENCE_SESSION,
	EVIDENCE_ACT,
	EVIDENCE_PAIR,
	EVIDENCE_TOOL,
	EVIDENCE_EXPENSE,
	EVIDENCE_MEETING,
	EVIDENCE_AGGREGATE,
	EVIDENCE_MEMBER,
};

enum why { /* what became of a record; the words are in why.c */
	WHY_COUNTS,
	WHY_AGAIN,
	WHY_NOT_IN_PERIOD,
	WHY_NOT_HELD,
	WHY_FOR_ACTORS,
	WHY_ABSENT,
	WHY_NOT_ACTIVE,
	WHY_NO_PLAN,
	WHY_NOT_ASSIDUOUS,
	WHY_NO_ENTRY,
	WHY_NO_LATER,
	WHY_NO_RISE,
	WHY_RUNNING,
	WHY_NOT_POSITIVE,
	WHY_NOT_TRAINING,
	WHY_NOT_DURABLE,
	WHY_NO_FOLLOWUP,
	WHY_NOT_KEPT,
	WHY_ONE_ACTION,
	WHY_NOT_VOLUNTEER,
	WHY_NO_STATUS,
	WHY_NOT_ELIGIBLE,
	WHY_NO_BENEFIT,
	WHY_NOT_BPI,
	WHY_NO_SEX,
	WHY_OTHER_SEX,
	WHY_NO_BIRTH,
	WHY_NOT_UNDER25,
	WHY_NOT_WITHIN,
	WHYS
};

struct mark {
	enum evidence kind;
	int record; /* its number among its kind in the book */
	int who;    /* a person, or a trainee for EVIDENCE_TRAINEE; -1: nobody */
	int64_t quantity;
	enum why why;
};

struct marks {
	struct mark *v;
	int n, cap;
};

struct tally {
	struct view *view;
	const struct scope *scope; /* the view's open one */
	const struct indicator *rule;
	int word;                  /* what the indicator is about: a theme, a kind of act... */
	enum cell cell;            /* explaining: the one asked for, else CELL_TOTAL */
	const struct marks *trail; /* explaining: the evidence of benefit in the scope (if the rule needs it), else NULL */
	struct marks *list;        /* NULL: marks only count */
	int64_t n, sum;            /* marks that count, and their quantities */
	int64_t cells[CELLS];
	int64_t not_followed; /* for the note; NOT_KNOWN: none */
};

/* Why a person is not in a cell of the scope (bits: the cells that do count them). */
enum why why_not_in_cell(const struct tally *t, int person, unsigned cells);

static inline void
tally_cells(struct tally *t, unsigned cells)
{
	for (int c = 0; cells != 0; c++, cells >>= 1)
		t->cells[c] += cells & 1;
}

static inline int
tally_key(const struct tally *t, const struct mark *m)
{
	switch (t->rule->once) {
	case ONCE_WHO:
		return m->who;
	case ONCE_HOUSEHOLD:
		return t->view->book->people.v[m->who].household;
	case ONCE_RECORD:
		return m->record;
	case ONCE_NOT:
		break;
	}
	return -1;
}

static inline bool
tally_seen(struct tally *t, int key)
{
	if (key < 0)
		return false;
	if (t->view->seen[key] == t->view->stamp)
		return true;
	t->view->seen[key] = t->view->stamp;
	return false;
}

static inline void
mark(struct tally *t, struct mark m)
{
	unsigned cells = 1u << CELL_TOTAL;

	if (m.why == WHY_COUNTS && t->rule->who == WHO_ELIGIBLE) {
		const struct beneficiary *b = scope_beneficiary(t->view, m.who);

		cells = b == NULL ? 0 : b->cells;
	}
	if (m.why == WHY_COUNTS && (cells >> t->cell & 1) == 0)
		m.why = t->list == NULL ? WHY_NOT_ELIGIBLE : why_not_in_cell(t, m.who, cells);
	if (m.why == WHY_COUNTS && tally_seen(t, tally_key(t, &m)))
		m.why = WHY_AGAIN;
	if (m.why == WHY_COUNTS) {
		t->n++;
		t->sum += m.quantity;
		if (t->rule->eight)
			tally_cells(t, cells);
	}
	if (t->list != NULL)
		*VEC_ADD(t->view->arena, t->list) = m;
}

/* Goes over the evidence of benefit of the actions [from, to) and keeps it all, counting or not. */
void trail_read(struct view *v, int from, int to, struct marks *trail);
