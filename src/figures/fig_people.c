/* fig_people.c - people with evidence of benefit: 1.1.beneficiaries, and the cohorts */
#include "figures/tally.h"

/* Everybody once, or everything that speaks for them when explaining. why: for those who do count. */
static void
benefits(struct tally *t, enum why (*why)(const struct tally *, int person))
{
	if (t->trail == NULL) {
		for (int i = 0; i < t->scope->n; i++) {
			int who = t->scope->v[i].person;

			mark(t, (struct mark){ EVIDENCE_NONE, -1, who, 1, why(t, who) });
		}
		return;
	}
	for (int i = 0; i < t->trail->n; i++) {
		struct mark m = t->trail->v[i];

		if (m.why == WHY_COUNTS)
			m.why = why(t, m.who);
		mark(t, m);
	}
}

static enum why
anybody(const struct tally *t, int person)
{
	(void)t, (void)person;
	return WHY_COUNTS;
}

static enum why
of_two_actions(const struct tally *t, int person)
{
	return t->view->actions_of[person] >= 2 ? WHY_COUNTS : WHY_ONE_ACTION;
}

void
fig_beneficiaries(struct tally *t)
{
	benefits(t, anybody);
}

void
fig_two_actions(struct tally *t)
{
	benefits(t, of_two_actions);
}

void
fig_restricted(struct tally *t)
{
	const struct book *b = t->view->book;

	for (int i = 0; i < b->members.n; i++) {
		const struct book_member *m = &b->members.v[i];
		bool within = m->joined <= t->view->period.to && m->left >= t->view->period.from;

		mark(t, (struct mark){ EVIDENCE_MEMBER, i, m->person, 1, within ? WHY_COUNTS : WHY_NOT_IN_PERIOD });
	}
}
