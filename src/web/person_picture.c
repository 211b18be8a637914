/* person_picture.c - a person's course in one picture: statuses and enrolments as bars, sessions, acts and levels as points. The list under it says
 * the same in words. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/choices.h"
#include "web/chart.h"
#include "web/person_page.h"

enum { LANES = 24, TICKS = 12 };

struct picture {
	const struct person_page *p;
	struct html *h;
	struct chart_span all;
	struct chart_lane v[LANES];
	size_t n;
	struct chart_tick ticks[TICKS];
	size_t n_ticks;
};

static int64_t
until(const struct picture *x, day to)
{
	return to == DAY_NONE || to == DAY_FOREVER ? x->all.to : to;
}

static void
span_add(struct picture *x, str label, str words, day from, day to)
{
	struct chart_span *s;

	if (x->n == LANES)
		return;
	s = ARENA_NEW(x->h->arena, struct chart_span);
	*s = (struct chart_span){ from, until(x, to) };
	x->v[x->n++] = (struct chart_lane){ .label = label, .words = words, .spans = s, .n_spans = 1 };
}

static str
dates(struct picture *x, day from, day to)
{
	if (to == DAY_NONE)
		return str_format(x->h->arena, tr("since %s"), html_date(x->h, from));
	return str_format(x->h->arena, tr("from %s to %s"), html_date(x->h, from), html_date(x->h, to));
}

/* Of everything that has a date: from the first to today, or to what is still to come. */
static void
find_span(struct picture *x)
{
	const struct person_file *f = &x->p->file;

	x->all = (struct chart_span){ x->p->sight.today, x->p->sight.today };
	for (size_t i = 0; i < f->entries_n; i++) {
		int64_t on = f->entries[i].on;

		x->all.from = on < x->all.from ? on : x->all.from;
		x->all.to = on > x->all.to ? on : x->all.to;
	}
}

static void
add_bars(struct picture *x)
{
	const struct person_file *f = &x->p->file;
	const struct field *word = entity_field(&entities[ENTITY_statuses], "status");

	for (size_t i = f->statuses_n; i-- > 0;)
		span_add(x, choice_label(word, f->statuses[i].status), dates(x, f->statuses[i].since, f->statuses[i].until),
		    f->statuses[i].since, f->statuses[i].until);
	for (size_t i = f->paths_n; i-- > 0;) {
		const struct enrolment *e = &f->paths[i].enrolment;

		if (str_is(e->state, "active"))
			span_add(
			    x, f->paths[i].place.action_title, dates(x, e->entered_on, e->left_on), e->entered_on, e->left_on);
	}
}

static str
level_words(struct picture *x)
{
	const struct person_file *f = &x->p->file;

	if (str_eq(f->first_level, f->last_level))
		return f->last_level;
	return str_format(x->h->arena, tr("%.*s, from %.*s at the beginning"), STR_ARG(f->last_level), STR_ARG(f->first_level));
}

static void
add_points(struct picture *x, enum entry_kind kind, const char *label, str words)
{
	const struct person_file *f = &x->p->file;
	int64_t *days = ARENA_ARRAY(x->h->arena, f->entries_n, int64_t);
	size_t n = 0;

	for (size_t i = f->entries_n; i-- > 0;) {
		if (f->entries[i].kind == kind)
			days[n++] = f->entries[i].on;
	}
	if (n == 0 || x->n == LANES)
		return;
	if (words.s == NULL)
		words = str_of(html_number(x->h, (int64_t)n));
	x->v[x->n++] = (struct chart_lane){ .label = str_of(label), .words = words, .points = days, .n_points = n };
}

/* The first of January of as many years as there is room for. */
static void
add_years(struct picture *x)
{
	int first, last, m, d, step;

	day_split((day)x->all.from, &first, &m, &d);
	day_split((day)x->all.to, &last, &m, &d);
	step = (last - first) / 5 + 1;
	for (int y = first + 1; y <= last && x->n_ticks < TICKS; y += step)
		x->ticks[x->n_ticks++] = (struct chart_tick){ day_of(y, 1, 1), str_format(x->h->arena, "%d", y) };
}

void
person_picture(struct html *h, const struct person_page *p)
{
	struct picture x = { .p = p, .h = h };
	struct chart c = { .id = "parcours" };

	find_span(&x);
	add_bars(&x);
	add_points(&x, ENTRY_SESSION, tr("Sessions attended"), (str){ 0 });
	add_points(&x, ENTRY_ACT, tr("Acts"), (str){ 0 });
	add_points(&x, ENTRY_ASSESSMENT, tr("Levels of French"), level_words(&x));
	if (x.n == 0 || x.all.to <= x.all.from)
		return;
	c.title = str_format(h->arena, tr("Course from %s to %s"), html_date(h, (day)x.all.from), html_date(h, (day)x.all.to));
	add_years(&x);
	chart_course(h, &c, x.all, x.v, x.n, x.ticks, x.n_ticks);
}
