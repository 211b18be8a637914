/* fig_acts.c - acts of a kind: consultations, devices, homes found, and the local ones; pairs */
#include "figures/tally.h"

/* word: the kind of act. Whether their quantities are added, or people or households counted, stands in the directory. */
void
fig_acts(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, acts, a) {
		if (a->kind == t->word && period_has(t->view->period, a->on))
			mark(t,
			    (struct mark){ EVIDENCE_ACT, (int)(a - t->view->book->acts.v), a->person, a->quantity, WHY_COUNTS });
	}
}

void
fig_pairs(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, pairs, p) {
		mark(t, (struct mark){ EVIDENCE_PAIR, (int)(p - t->view->book->pairs.v), p->person, 1,
			    period_has(t->view->period, p->started) ? WHY_COUNTS : WHY_NOT_IN_PERIOD });
	}
}
