/* money.c - what the actions spent, near their forecasts, and what the State paid */
#include "demo/calendar.h"
#include "demo/making.h"

/* How a cost is made up, in thousandths, and when in the year. */
static const struct {
	int account, part, month;
	const char *label;
} lines[] = {
	{ 60, 70, 2, "Fournitures et petit matériel" },
	{ 61, 90, 3, "Location de salles" },
	{ 62, 60, 5, "Interprétariat" },
	{ 62, 50, 8, "Déplacements" },
	{ 63, 15, 9, "Formation des salariés" },
	{ 64, 180, 2, "Salaires et charges, premier trimestre" },
	{ 64, 180, 5, "Salaires et charges, deuxième trimestre" },
	{ 64, 180, 8, "Salaires et charges, troisième trimestre" },
	{ 64, 145, 11, "Salaires et charges, quatrième trimestre" },
	{ 65, 30, 10, "Frais de gestion" },
};

static void
spend(struct making *m, const struct doing *d, const struct forecast *f, int64_t cost, int64_t p104)
{
	struct chance c = chance_for(m, CHANCE_MONEY, d->index, f->year);
	int used = chance_between(&c, 930, 1020), months = (d->run.to - d->run.from) / 30;

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		int vary = chance_between(&c, 970, 1030), dom = chance_between(&c, 0, 25);
		/* first thousandths, then the others: large amounts must not overflow */
		int64_t cents = cost / 1000 * lines[i].part / 1000 * used / 1000 * vary;
		char ref[REF_SIZE];
		day on = working_day(day_add_months(d->run.from, lines[i].month * (months < 1 ? 1 : months) / 12) + dom);
		struct expense r;

		if (cents <= 0)
			continue;
		entity_clear(&entities[ENTITY_expenses], &r);
		r.ref = made_ref(m, 'x', ++m->expenses, ref);
		r.on = on > d->run.to ? d->run.to : on;
		r.label = str_of(lines[i].label);
		r.cents = cents;
		r.p104_cents = p104 >= cost ? cents : cents / 1000 * (p104 * 1000 / cost);
		r.account = lines[i].account;
		sheaf_add(&m->sheaf, ENTITY_expenses, &r, &d->action->ref);
	}
}

/* The first year that is forecast for a sheet. */
static int64_t
first_year(const struct plan *p, const struct sheet *s)
{
	int64_t year = NUMBER_NONE;

	for (size_t i = 0; i < p->forecasts.n; i++) {
		if (p->forecasts.v[i].sheet == s->record.id && (year == NUMBER_NONE || p->forecasts.v[i].year < year))
			year = p->forecasts.v[i].year;
	}
	return year;
}

static int64_t
actions_of(const struct making *m, const struct sheet *s)
{
	int64_t n = 0;

	for (int i = 0; i < m->doing_count; i++)
		n += m->doings[i].sheet == s;
	return n;
}

static void
spend_forecast(struct making *m, const struct forecast *f)
{
	const struct sheet *s = plan_sheet(m->plan, f->sheet);
	struct chance c = chance_for(m, CHANCE_MONEY, (int64_t)(f - m->plan->forecasts.v), -1);
	int64_t cost = f->cost_cents, p104, among = f->action == NUMBER_NONE ? actions_of(m, s) : 1;

	if (cost == NUMBER_NONE || cost <= 0 || s->funded == 0 || f->year != first_year(m->plan, s) || among == 0)
		return;
	p104 = f->p104_cents != NUMBER_NONE ? f->p104_cents : cost / 100 * chance_between(&c, 70, 100);
	for (int i = 0; i < m->doing_count; i++) {
		const struct doing *d = &m->doings[i];

		if (d->sheet == s && (f->action == NUMBER_NONE || d->action->record.id == f->action))
			spend(m, d, f, cost / among, p104 / among);
	}
}

static int64_t
forecast_of(const struct plan *p, int64_t year)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->forecasts.n; i++) {
		const struct forecast *f = &p->forecasts.v[i];

		if (f->year == year && f->cost_cents != NUMBER_NONE)
			sum += f->cost_cents;
	}
	return sum;
}

/* The first year is paid at the signature: what was granted, else what the sheets explain of what was asked for. */
static void
pay(struct making *m)
{
	const struct plan *p = m->plan;
	const struct grant *first = NULL;
	struct chance c = chance_for(m, CHANCE_MONEY, -1, -1);
	int64_t cents, forecast;
	char ref[REF_SIZE];
	struct payment r;

	for (size_t i = 0; i < p->grants.n; i++) {
		const struct grant *g = &p->grants.v[i];

		if ((g->granted_cents != NUMBER_NONE || g->requested_cents != NUMBER_NONE) &&
		    (first == NULL || g->year < first->year))
			first = g;
	}
	if (first == NULL)
		return;
	forecast = forecast_of(p, first->year);
	cents = first->granted_cents != NUMBER_NONE                 ? first->granted_cents
		: forecast > 0 && forecast < first->requested_cents ? forecast
								    : first->requested_cents;
	if (cents <= 0)
		return;
	entity_clear(&entities[ENTITY_payments], &r);
	r.ref = made_ref(m, 'y', 1, ref);
	r.year = first->year;
	r.on = working_day(m->year.from + chance_between(&c, 30, 60));
	r.cents = cents;
	sheaf_add(&m->sheaf, ENTITY_payments, &r, &p->contract.ref);
}

void
make_money(struct making *m)
{
	for (size_t i = 0; i < m->plan->forecasts.n; i++)
		spend_forecast(m, &m->plan->forecasts.v[i]);
	pay(m);
}
