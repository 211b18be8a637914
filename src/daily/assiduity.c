#include "daily/assiduity.h"

#include <stdlib.h>

static bool
eligible_in(const struct scope *s, int person)
{
	for (int i = 0; i < s->n; i++) {
		if (s->v[i].person == person)
			return s->v[i].cells != 0;
	}
	return false;
}

static int
by_day(const void *a, const void *b)
{
	const struct book_session *const *x = a, *const *y = b;

	return (*x)->on != (*y)->on ? ((*x)->on < (*y)->on ? -1 : 1) : (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

/* The training sessions that were held up to today, in order of days. */
static int
sessions_of(struct arena *a, const struct book *b, int action, day today, const struct book_session ***to)
{
	int first = book_first(b, TABLE_sessions, action), end = book_first(b, TABLE_sessions, action + 1), n = 0;

	*to = ARENA_ARRAY(a, end - first + 1, const struct book_session *);
	for (int i = first; i < end; i++) {
		const struct book_session *s = &b->sessions.v[i];

		if (s->state == WORD_held && s->kind == WORD_training && s->on <= today)
			(*to)[n++] = s;
	}
	qsort(*to, (size_t)n, sizeof **to, by_day);
	return n;
}

/* What one session says of somebody who was on its register while enrolled. */
static void
note(struct assiduity *x, const struct book_enrolment *e, const struct book_session *s, int minutes, day today)
{
	if (s->on < e->entered || s->on > e->left)
		return;
	x->absences = minutes > 0 ? 0 : x->absences + 1;
	if (s->on <= today - RECENT_DAYS)
		return;
	x->recent_sessions++;
	x->recent_minutes += s->minutes;
	x->recent_attended += minutes < s->minutes ? minutes : s->minutes;
}

static void
follow(struct arena *a, const struct book *b, struct assiduity_action *to, day today)
{
	const struct book_session **sessions;
	int n = sessions_of(a, b, to->action, today, &sessions);
	int *at = ARENA_ARRAY(a, b->people.n, int); /* place + 1 of a person's running enrolment */

	for (int i = 0; i < to->n; i++) {
		if (to->v[i].running)
			at[to->v[i].person] = i + 1;
	}
	for (int i = 0; i < n; i++) {
		for (int k = sessions[i]->first_attendance; k < sessions[i]->end_attendance; k++) {
			const struct book_attendance *line = &b->attendances.v[k];
			struct assiduity *x = at[line->who] == 0 ? NULL : &to->v[at[line->who] - 1];

			if (x != NULL)
				note(x, &b->enrolments.v[x->enrolment], sessions[i], line->minutes, today);
		}
	}
}

static int
by_need(const void *a, const void *b)
{
	const struct assiduity *x = a, *y = b;

	if (x->dropping != y->dropping)
		return x->dropping ? -1 : 1;
	if ((x->percent < 0) != (y->percent < 0))
		return x->percent < 0 ? 1 : -1;
	if (x->percent != y->percent)
		return x->percent < y->percent ? -1 : 1;
	return x->enrolment - y->enrolment;
}

void
assiduity_of(struct arena *a, const struct view *v, int action, day today, struct assiduity_action *to)
{
	const struct book *b = v->book;
	int first = book_first(b, TABLE_enrolments, action), end = book_first(b, TABLE_enrolments, action + 1);

	*to = (struct assiduity_action){ .action = action, .v = ARENA_ARRAY(a, end - first + 1, struct assiduity) };
	for (int i = first; i < end; i++) {
		const struct book_enrolment *e = &b->enrolments.v[i];
		struct assiduity *x = &to->v[to->n];

		if (!enrolment_counts(e, v->period))
			continue;
		*x = (struct assiduity){
			.enrolment = i, .person = e->person, .planned = e->planned, .attended = v->courses[i].attended
		};
		x->percent = e->planned > 0 ? (int)(x->attended * 100 / e->planned) : -1;
		x->assiduous = e->planned > 0 && x->attended * 100 >= ASSIDUOUS * e->planned;
		x->eligible = eligible_in(&v->actions[action], e->person);
		x->running = e->left >= today && e->entered <= today;
		to->n++;
	}
	follow(a, b, to, today);
	for (int i = 0; i < to->n; i++) {
		struct assiduity *x = &to->v[i];

		x->dropping =
		    x->running && (x->absences >= ABSENCES || (x->recent_sessions >= RECENT_SESSIONS &&
								  x->recent_attended * 100 < ASSIDUOUS * x->recent_minutes));
		to->dropping += x->dropping;
		to->assiduous += x->assiduous;
		to->below += x->percent >= 0 && !x->assiduous;
		to->unplanned += x->percent < 0;
	}
	qsort(to->v, (size_t)to->n, sizeof *to->v, by_need);
}
