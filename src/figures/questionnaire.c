#include "figures/questionnaire.h"

#include <stdlib.h>

bool
indicator_carried(const struct book *b, int sheet, int indicator, bool all)
{
	int audience = b->sheets.v[sheet].audience;

	if (all || b->carried[sheet * b->indicators.n + indicator])
		return true;
	switch (b->indicators.v[indicator].rule->mandatory) {
	case MANDATORY_ALL:
		return true;
	case MANDATORY_NEWCOMERS:
		return audience == WORD_newcomers || audience == WORD_mixed;
	case MANDATORY_ACTORS:
		return audience == WORD_actors || audience == WORD_mixed;
	case MANDATORY_NOT:
		break;
	}
	return false;
}

static void
add_figure(struct questionnaire *q, struct view *v, const struct book_indicator *i)
{
	figure_make(v, i, NULL, VEC_ADD(v->arena, &q->figures));
}

/* The figures of an action or a sheet: those that the sheet carries. */
static void
add_carried(struct questionnaire *q, struct view *v, const struct scope *s, int sheet)
{
	scope_open(v, s);
	for (int i = 0; i < q->book->indicators.n; i++) {
		if (indicator_carried(q->book, sheet, i, q->all))
			add_figure(q, v, &q->book->indicators.v[i]);
	}
	scope_close(v);
}

/* How many there will be. */
static int
count_figures(const struct book *b, bool all)
{
	int n = COHORT_INDICATORS;

	for (int sheet = 0; sheet < b->sheets.n; sheet++) {
		const struct book_sheet *s = &b->sheets.v[sheet];
		const int scopes = 1 + (s->aggregate ? 0 : s->end_action - s->first_action);

		for (int i = 0; i < b->indicators.n; i++)
			n += indicator_carried(b, sheet, i, all) ? scopes : 0;
	}
	return n;
}

static void
add_contract(struct questionnaire *q, struct view *v)
{
	scope_open(v, &v->contract);
	for (int i = 0; i < COHORT_INDICATORS; i++)
		add_figure(q, v, &q->book->cohort[i]);
	scope_close(v);
}

static int
by_ref(const void *a, const void *b, void *book)
{
	return str_cmp(scope_ref(book, *(const struct scope *const *)a), scope_ref(book, *(const struct scope *const *)b));
}

static const struct scope **
sorted(struct view *v, const struct scope *all, int n)
{
	const struct scope **order = ARENA_ARRAY(v->arena, n, const struct scope *);

	for (int i = 0; i < n; i++)
		order[i] = &all[i];
	if (n > 0)
		qsort_r(order, (size_t)n, sizeof *order, by_ref, (void *)(uintptr_t)v->book);
	return order;
}

static int
by_number(const void *a, const void *b, void *book)
{
	const struct book_sheet *sheets = ((const struct book *)book)->sheets.v;
	int x = *(const int *)a, y = *(const int *)b, c = str_natural(sheets[x].number, sheets[y].number);

	return c != 0 ? c : x - y;
}

int *
sheets_by_number(struct arena *a, const struct book *b)
{
	int *order = ARENA_ARRAY(a, b->sheets.n, int);

	for (int i = 0; i < b->sheets.n; i++)
		order[i] = i;
	if (b->sheets.n > 0)
		qsort_r(order, (size_t)b->sheets.n, sizeof *order, by_number, (void *)(uintptr_t)b);
	return order;
}

static bool
has_attendance(const struct book_session *x)
{
	return x->end_attendance > x->first_attendance || x->end_trainee > x->first_trainee || x->public_count > 0;
}

static struct flags
flags_of(const struct view *v, const struct scope *s)
{
	struct flags f = { .people = s->n };

	for (int i = 0; i < s->n; i++) {
		const struct book_person *p = &v->book->people.v[s->v[i].person];

		f.without_status += p->first_status == p->end_status;
		f.unknown_sex += p->sex == WORD_ABSENT;
		f.unknown_birth += p->born == DAY_NONE;
	}
	SCOPE_EACH (v, s, sessions, x) {
		bool held = x->state == WORD_held && period_has(v->period, x->on);

		f.sessions += held;
		f.without_attendance += held && !has_attendance(x);
	}
	return f;
}

struct questionnaire *
questionnaire_of(struct view *v, bool all)
{
	const struct book *b = v->book;
	struct questionnaire *q = ARENA_NEW(v->arena, struct questionnaire);
	const struct scope **actions = sorted(v, v->actions, b->actions.n), **sheets = sorted(v, v->sheets, b->sheets.n);

	*q = (struct questionnaire){
		.book = b, .period = v->period, .all = all, .flags = ARENA_ARRAY(v->arena, b->sheets.n, struct flags)
	};
	VEC_RESERVE(v->arena, &q->figures, count_figures(b, all));
	for (int i = 0; i < b->actions.n; i++) {
		int sheet = b->actions.v[actions[i]->place].sheet;

		if (!b->sheets.v[sheet].aggregate)
			add_carried(q, v, actions[i], sheet);
	}
	add_contract(q, v);
	for (int i = 0; i < b->sheets.n; i++) {
		add_carried(q, v, sheets[i], sheets[i]->place);
		q->flags[i] = flags_of(v, &v->sheets[i]);
	}
	return q;
}

struct questionnaire *
questionnaire_make(struct arena *a, const struct book *b, period p, bool all)
{
	return questionnaire_of(view_new(a, b, p), all);
}
