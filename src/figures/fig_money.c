/* fig_money.c - what the actions cost: 2.* */
#include "figures/tally.h"

static void
expenses(struct tally *t, bool p104)
{
	SCOPE_EACH (t->view, t->scope, expenses, x) {
		if (period_has(t->view->period, x->on))
			mark(t, (struct mark){ EVIDENCE_EXPENSE, (int)(x - t->view->book->expenses.v), -1,
				    p104 ? x->p104 : x->cents, WHY_COUNTS });
	}
}

void
fig_cost(struct tally *t)
{
	expenses(t, false);
}

void
fig_p104(struct tally *t)
{
	expenses(t, true);
}
