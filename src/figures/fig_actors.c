/* fig_actors.c - training of the actors of integration: 1.2.*, and the tools made for them or for newcomers */
#include "figures/tally.h"

/* Held in the period, kind training, for actors. */
static bool
trains_actors(const struct tally *t, const struct book_session *x)
{
	return x->audience == WORD_actors && x->kind == WORD_training && period_has(t->view->period, x->on);
}

static enum why
trainee_why(const struct tally *t, const struct book_session *x, const struct book_attendance *a, bool volunteers)
{
	if (x->state != WORD_held)
		return WHY_NOT_HELD;
	if (a->minutes <= 0)
		return WHY_ABSENT;
	return volunteers && !t->view->book->trainees.v[a->who].volunteer ? WHY_NOT_VOLUNTEER : WHY_COUNTS;
}

static void
trainees(struct tally *t, bool volunteers)
{
	const struct book *b = t->view->book;

	SCOPE_EACH (t->view, t->scope, sessions, x) {
		if (!trains_actors(t, x))
			continue;
		for (int i = x->first_trainee; i < x->end_trainee; i++) {
			const struct book_attendance *a = &b->trainee_attendances.v[i];

			mark(t, (struct mark){ EVIDENCE_TRAINEE, (int)(x - b->sessions.v), a->who, a->minutes,
				    trainee_why(t, x, a, volunteers) });
		}
	}
}

void
fig_trained(struct tally *t)
{
	trainees(t, false);
}

void
fig_volunteers(struct tally *t)
{
	trainees(t, true);
}

void
fig_actor_hours(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, sessions, x) {
		if (trains_actors(t, x))
			mark(t, (struct mark){ EVIDENCE_SESSION, (int)(x - t->view->book->sessions.v), -1, x->minutes,
				    x->state == WORD_held ? WHY_COUNTS : WHY_NOT_HELD });
	}
}

/* word: the audience of the tool. */
void
fig_tools(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, tools, x) {
		if (x->audience == t->word && period_has(t->view->period, x->on))
			mark(t, (struct mark){ EVIDENCE_TOOL, (int)(x - t->view->book->tools.v), -1, 1, WHY_COUNTS });
	}
}
