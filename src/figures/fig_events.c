/* fig_events.c - events, sessions of a kind and who was there, meetings */
#include "figures/tally.h"

static enum why
held(const struct book_session *x)
{
	return x->state == WORD_held ? WHY_COUNTS : WHY_NOT_HELD;
}

static void
mark_present(struct tally *t, const struct book_session *x)
{
	const struct book *b = t->view->book;

	for (int i = x->first_attendance; i < x->end_attendance; i++) {
		const struct book_attendance *a = &b->attendances.v[i];
		enum why why = a->minutes > 0 ? held(x) : WHY_ABSENT;

		mark(t, (struct mark){ EVIDENCE_ATTENDANCE, (int)(x - b->sessions.v), a->who, 1, why });
	}
}

static void
mark_present_trainees(struct tally *t, const struct book_session *x)
{
	const struct book *b = t->view->book;

	for (int i = x->first_trainee; i < x->end_trainee; i++) {
		const struct book_attendance *a = &b->trainee_attendances.v[i];
		enum why why = a->minutes > 0 ? held(x) : WHY_ABSENT;

		mark(t, (struct mark){ EVIDENCE_TRAINEE, (int)(x - b->sessions.v), a->who, 1, why });
	}
}

/* word: the kind of session. Each counts once, whoever was there. */
void
fig_events(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, sessions, x) {
		if (x->kind == t->word && period_has(t->view->period, x->on))
			mark_present(t, x);
	}
}

void
fig_sessions(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, sessions, x) {
		if (x->kind == t->word && period_has(t->view->period, x->on))
			mark(t, (struct mark){ EVIDENCE_SESSION, (int)(x - t->view->book->sessions.v), -1, 1, held(x) });
	}
}

void
fig_participants(struct tally *t)
{
	SCOPE_EACH (t->view, t->scope, sessions, x) {
		if (x->kind != t->word || !period_has(t->view->period, x->on))
			continue;
		mark_present(t, x);
		mark_present_trainees(t, x);
		if (x->public_count > 0)
			mark(t, (struct mark){
				    EVIDENCE_SESSION, (int)(x - t->view->book->sessions.v), -1, x->public_count, held(x) });
	}
}

/* The contract's, whatever the scope. */
void
fig_meetings(struct tally *t)
{
	const struct book *b = t->view->book;

	for (int i = 0; i < b->meetings.n; i++) {
		if (period_has(t->view->period, b->meetings.v[i].on))
			mark(t, (struct mark){ EVIDENCE_MEETING, i, -1, 1, b->meetings.v[i].held ? WHY_COUNTS : WHY_NOT_HELD });
	}
}
