/* fig_exits.c - how paths end: 3.2.* */
#include "figures/tally.h"

static enum why
positive(const struct book_enrolment *e)
{
	return e->exit == WORD_employment || e->exit == WORD_training ? WHY_COUNTS : WHY_NOT_POSITIVE;
}

static enum why
any_exit(const struct book_enrolment *e)
{
	(void)e;
	return WHY_COUNTS;
}

static enum why
to_training(const struct book_enrolment *e)
{
	return e->exit == WORD_training ? WHY_COUNTS : WHY_NOT_TRAINING;
}

static enum why
durable(const struct book_enrolment *e)
{
	return e->exit == WORD_employment && e->durable ? WHY_COUNTS : WHY_NOT_DURABLE;
}

static enum why
six_months_later(const struct book_enrolment *e)
{
	if (positive(e) != WHY_COUNTS)
		return WHY_NOT_POSITIVE;
	if (e->six_months == WORD_ABSENT)
		return WHY_NO_FOLLOWUP;
	return e->six_months == WORD_employment || e->six_months == WORD_training ? WHY_COUNTS : WHY_NOT_KEPT;
}

static bool
left_in_period(const struct tally *t, const struct book_enrolment *e)
{
	return e->state == WORD_active && period_has(t->view->period, e->left);
}

/* The quantity is the number of days. */
static void
exits(struct tally *t, enum why (*judge)(const struct book_enrolment *e))
{
	SCOPE_EACH (t->view, t->scope, enrolments, e) {
		bool left = left_in_period(t, e);

		mark(t, (struct mark){ EVIDENCE_ENROLMENT, (int)(e - t->view->book->enrolments.v), e->person,
			    left ? e->left - e->entered : 0,
			    left                      ? judge(e)
			    : e->state != WORD_active ? WHY_NOT_ACTIVE
						      : WHY_RUNNING });
	}
}

void
fig_months(struct tally *t)
{
	exits(t, any_exit);
}

void
fig_positive(struct tally *t)
{
	exits(t, positive);
}

void
fig_exit_training(struct tally *t)
{
	exits(t, to_training);
}

void
fig_durable(struct tally *t)
{
	exits(t, durable);
}

/* People with a positive exit of whom no positive exit was followed up. */
static int64_t
not_followed(struct tally *t)
{
	unsigned *seen = t->view->seen, stamp = ++t->view->stamp;
	int64_t n = 0;

	SCOPE_EACH (t->view, t->scope, enrolments, e) {
		if (left_in_period(t, e) && positive(e) == WHY_COUNTS && e->six_months != WORD_ABSENT)
			seen[e->person] = stamp;
	}
	SCOPE_EACH (t->view, t->scope, enrolments, e) {
		const struct beneficiary *x = scope_beneficiary(t->view, e->person);

		if (!left_in_period(t, e) || positive(e) != WHY_COUNTS || x == NULL || x->cells == 0)
			continue;
		n += seen[e->person] != stamp;
		seen[e->person] = stamp;
	}
	return n;
}

void
fig_six_months(struct tally *t)
{
	exits(t, six_months_later);
	t->not_followed = not_followed(t);
}
