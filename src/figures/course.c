/* course.c - what each path amounts to: the minutes attended within it, and how far the level of French rose */
#include "figures/course.h"

static day
sooner(day a, day b)
{
	return a < b ? a : b;
}

/* The enrolments of one action, found by person: a chain each. */
struct chains {
	int *head; /* by person: enrolment + 1 */
	int *next; /* by enrolment */
};

static void
chains_fill(struct chains *c, const struct view *v, const struct scope *s)
{
	SCOPE_EACH (v, s, enrolments, e) {
		int i = (int)(e - v->book->enrolments.v);

		if (enrolment_counts(e, v->period) && e->planned > 0) {
			c->next[i] = c->head[e->person];
			c->head[e->person] = i + 1;
		}
	}
}

static void
chains_empty(struct chains *c, const struct view *v, const struct scope *s)
{
	SCOPE_EACH (v, s, enrolments, e)
		c->head[e->person] = 0;
}

static void
attend(struct view *v, const struct chains *c, const struct book_session *x, const struct book_attendance *a)
{
	for (int i = c->head[a->who]; i != 0; i = c->next[i - 1]) {
		const struct book_enrolment *e = &v->book->enrolments.v[i - 1];

		if (x->on >= e->entered && x->on <= sooner(e->left, v->period.to))
			v->courses[i - 1].attended += a->minutes;
	}
}

static void
attended(struct view *v, const struct chains *c, const struct scope *s)
{
	SCOPE_EACH (v, s, sessions, x) {
		if (x->state != WORD_held || x->kind != WORD_training || x->on > v->period.to)
			continue;
		for (int i = x->first_attendance; i < x->end_attendance; i++)
			attend(v, c, x, &v->book->attendances.v[i]);
	}
}

/* On the same day the exit assessment is the later one. */
static bool
is_later(const struct book_assessment *a, const struct book_assessment *b)
{
	return a->on > b->on || (a->on == b->on && a->moment == WORD_exit);
}

static void
rise(struct view *v, int enrolment)
{
	const struct book_enrolment *e = &v->book->enrolments.v[enrolment];
	const struct book_assessment *all = v->book->assessments.v;
	struct course *c = &v->courses[enrolment];

	c->entry = c->later = -1;
	for (int i = e->first_assessment; i < e->end_assessment; i++) {
		if (all[i].moment == WORD_entry && (c->entry < 0 || all[i].on < all[c->entry].on))
			c->entry = i;
	}
	for (int i = e->first_assessment; c->entry >= 0 && i < e->end_assessment; i++) {
		if (all[i].moment == WORD_entry || all[i].on < all[c->entry].on || all[i].on > v->period.to)
			continue;
		if (c->later < 0 || is_later(&all[i], &all[c->later]))
			c->later = i;
	}
	if (c->later >= 0)
		c->rise = all[c->later].rank - all[c->entry].rank;
}

void
view_courses(struct view *v)
{
	const struct book *b = v->book;
	struct chains c = { ARENA_ARRAY(v->arena, b->people.n, int), ARENA_ARRAY(v->arena, b->enrolments.n, int) };

	v->courses = ARENA_ARRAY(v->arena, b->enrolments.n, struct course);
	for (int i = 0; i < b->actions.n; i++) {
		chains_fill(&c, v, &v->actions[i]);
		attended(v, &c, &v->actions[i]);
		chains_empty(&c, v, &v->actions[i]);
	}
	for (int i = 0; i < b->enrolments.n; i++)
		rise(v, i);
}
