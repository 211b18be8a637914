/* fig_training.c - sessions for newcomers and what they brought: 3.1, 3.3, hours of 3.6 */
#include "figures/tally.h"

/* word: the theme */
void
fig_hours(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, sessions, x) {
		if (x->theme == t->word && x->kind == WORD_training && x->audience == WORD_newcomers &&
		    period_has(t->view->period, x->on))
			mark(t, (struct mark){ EVIDENCE_SESSION, (int)(x - t->view->book->sessions.v), -1, x->minutes,
				    x->state == WORD_held ? WHY_COUNTS : WHY_NOT_HELD });
	}
}

/* The quantity is the set of themes. */
void
fig_themes(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, sessions, x) {
		if (x->theme == WORD_civic && period_has(t->view->period, x->on))
			mark(t, (struct mark){ EVIDENCE_SESSION, (int)(x - t->view->book->sessions.v), -1, x->civic_themes,
				    x->state == WORD_held ? WHY_COUNTS : WHY_NOT_HELD });
	}
}

/* Marks every enrolment, as the rule says of those that count in the period. */
static void
paths(struct tally *t, struct mark (*judge)(const struct book_enrolment *e, const struct course *c))
{
	const struct view *v = t->view;

	SCOPE_EACH (v, t->scope, enrolments, e) {
		int i = (int)(e - v->book->enrolments.v);
		struct mark m = judge(e, &v->courses[i]);

		m.kind = EVIDENCE_ENROLMENT;
		m.record = i;
		m.who = e->person;
		if (e->state != WORD_active)
			m.why = WHY_NOT_ACTIVE;
		else if (!enrolment_counts(e, v->period))
			m.why = WHY_NOT_IN_PERIOD;
		mark(t, m);
	}
}

/* The quantity is the percentage, cut to a whole number. */
static struct mark
by_attendance(const struct book_enrolment *e, const struct course *c)
{
	if (e->planned <= 0)
		return (struct mark){ .why = WHY_NO_PLAN };
	return (struct mark){ .quantity = c->attended * 100 / e->planned,
		.why = c->attended * 100 >= 80 * e->planned ? WHY_COUNTS : WHY_NOT_ASSIDUOUS };
}

/* The quantity is the number of levels. */
static struct mark
by_level(const struct book_enrolment *e, const struct course *c)
{
	(void)e;
	return (struct mark){ .quantity = c->rise,
		.why = c->entry < 0   ? WHY_NO_ENTRY
		       : c->later < 0 ? WHY_NO_LATER
		       : c->rise < 1  ? WHY_NO_RISE
				      : WHY_COUNTS };
}

void
fig_assiduous(struct tally *t)
{
	paths(t, by_attendance);
}

void
fig_progress(struct tally *t)
{
	paths(t, by_level);
}
