/* returns.c - what operators that keep their registers to themselves send: counts, quarter by quarter, that hold together */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "demo/making.h"
#include "model/indicator.h"

struct line {
	const char *indicator; /* or that of the contract's own */
	const char *cell;
	int64_t hundredths;
};

struct lines {
	struct line v[64];
	int n;
};

static void
line(struct lines *l, const char *indicator, const char *cell, int64_t hundredths)
{
	if (l->n < 64)
		l->v[l->n++] = (struct line){ indicator, cell, hundredths };
}

/* Men and women need not make the total; every part fits into what it is a part of. */
static void
eight_cells(struct lines *l, const char *indicator, int total, struct chance *c)
{
	int unknown = total > 20 && chance_percent(c, 30), women = total * chance_between(c, 42, 58) / 100,
	    men = total - women - unknown;
	int bpi = total * chance_between(c, 50, 78) / 100;
	int bpi_women = women * bpi / (total < 1 ? 1 : total), bpi_men = bpi - bpi_women < men ? bpi - bpi_women : men;
	int under25 = total * chance_between(c, 18, 34) / 100, bpi_under25 = under25 * chance_between(c, 45, 80) / 100;

	bpi = bpi_women + bpi_men;
	if (bpi_under25 > bpi)
		bpi_under25 = bpi;
	line(l, indicator, "total", (int64_t)total * 100);
	line(l, indicator, "men", (int64_t)men * 100);
	line(l, indicator, "women", (int64_t)women * 100);
	line(l, indicator, "under25", (int64_t)under25 * 100);
	line(l, indicator, "bpi", (int64_t)bpi * 100);
	line(l, indicator, "bpi_men", (int64_t)bpi_men * 100);
	line(l, indicator, "bpi_women", (int64_t)bpi_women * 100);
	line(l, indicator, "bpi_under25", (int64_t)bpi_under25 * 100);
}

static int
beneficiaries(const struct sheet *s, int quarter, struct chance *c)
{
	static const int parts[] = { 38, 27, 22, 13 }; /* a person counts in the quarter of the first benefit */
	int64_t objective = s->objective;

	if (objective == NUMBER_NONE || objective <= 0 || objective > 1000000)
		objective = 45;
	return (int)(objective * parts[quarter] * chance_between(c, 82, 108) / 10000);
}

/* In hundredths; whole but for hours. */
static int64_t
guess(const struct indicator_name *name, int people, struct chance *c)
{
	switch (name->unit) {
	case UNIT_HOURS:
		return (int64_t)chance_between(c, 4, 40) * 150;
	case UNIT_PEOPLE:
		return (int64_t)(people * chance_between(c, 15, 60) / 100) * 100;
	case UNIT_ACTS:
		return (int64_t)people * chance_between(c, 180, 340) / 100 * 100;
	default:
		return (int64_t)chance_between(c, 1, 9) * 100;
	}
}

static void
count(const struct sheet *s, const struct indicator_name *name, const char *indicator, int people, struct lines *l,
    struct chance *c)
{
	if (name->cells == CELLS_EIGHT)
		eight_cells(l, indicator, people, c);
	else if (str_starts(str_of(indicator), S("1.2.")) && !plan_for_actors(s->audience))
		return;
	else if (strcmp(indicator, "1.2.trained") == 0)
		line(l, indicator, "total", (int64_t)chance_between(c, 4, 14) * 100);
	else
		line(l, indicator, "total", guess(name, people, c));
}

static int
by_key(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int c = strcmp(x->indicator, y->indicator);

	return c != 0 ? c : strcmp(x->cell, y->cell);
}

static void
write_lines(struct making *m, const struct sheet *s, period p, struct lines *l)
{
	qsort(l->v, (size_t)l->n, sizeof *l->v, by_key);
	for (int i = 0; i < l->n; i++) {
		struct buf value = { 0 };
		struct aggregate r;

		decimal_short(&value, l->v[i].hundredths);
		entity_clear(&entities[ENTITY_aggregates], &r);
		r.from = p.from;
		r.to = p.to;
		r.indicator = str_of(l->v[i].indicator);
		r.cell = str_of(l->v[i].cell);
		r.value = buf_str(&value);
		sheaf_add(&m->sheaf, ENTITY_aggregates, &r, &s->ref);
		buf_release(&value);
	}
}

/* A quarter of the contract's year, so that the questionnaire of that year takes them all; not beyond the sheet. */
static period
quarter_of(const struct making *m, const struct sheet *s, int quarter)
{
	period p = { day_add_months(m->year.from, 3 * quarter), day_add_months(m->year.from, 3 * (quarter + 1)) - 1 };

	if (s->ends_on != DAY_NONE && p.to > s->ends_on)
		p.to = s->ends_on;
	return p;
}

/* The mandatory indicators of the sheet and those on its list, as far as they are sent. */
static void
send_sheet(struct making *m, const struct sheet *s, int quarter, struct lines *l)
{
	struct chance c = chance_for(m, CHANCE_RETURN, (int64_t)(s - m->plan->sheets.v), quarter);
	int people = beneficiaries(s, quarter, &c);
	const struct indicator_name *names;
	size_t n;

	names = indicator_names(&n);
	for (size_t i = 0; i < n; i++) {
		bool mandatory =
		    (names[i].cells == CELLS_EIGHT && plan_for_newcomers(s->audience)) || strncmp(names[i].name, "1.2.", 4) == 0;

		if (names[i].sent && (mandatory || plan_carries(m->plan, s, str_of(names[i].name))))
			count(s, &names[i], names[i].name, people, l, &c);
	}
	for (size_t i = 0; i < m->plan->local_indicators.n; i++) {
		const struct local_indicator *x = &m->plan->local_indicators.v[i];

		if (plan_carries(m->plan, s, x->indicator) && !str_is(x->measure, "meetings"))
			count(s, indicator_named(x->indicator), str_z(m->arena, x->indicator), people, l, &c);
	}
}

/* What a nominal sheet declares beside its records. */
static void
declare(struct making *m, const struct sheet *s, int quarter, struct lines *l)
{
	struct chance c = chance_for(m, CHANCE_RETURN, (int64_t)(s - m->plan->sheets.v), quarter);

	for (size_t i = 0; i < m->plan->local_indicators.n; i++) {
		const struct local_indicator *x = &m->plan->local_indicators.v[i];

		if (str_is(x->measure, "declared") && plan_carries(m->plan, s, x->indicator))
			line(l, str_z(m->arena, x->indicator), "total", (int64_t)chance_between(&c, 1, 6) * 100);
	}
}

void
make_returns(struct making *m)
{
	for (size_t i = 0; i < m->plan->sheets.n; i++) {
		const struct sheet *s = &m->plan->sheets.v[i];

		for (int quarter = 0; quarter < 4; quarter++) {
			period p = quarter_of(m, s, quarter);
			struct lines l = { .n = 0 };

			if (p.to < p.from)
				break;
			if (str_is(s->recording, "aggregate"))
				send_sheet(m, s, quarter, &l);
			else
				declare(m, s, quarter, &l);
			write_lines(m, s, p, &l);
		}
	}
}
