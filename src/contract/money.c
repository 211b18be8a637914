#include "contract/money.h"

#include <stdlib.h>

static void
add(int64_t *sum, int64_t cents)
{
	if (cents != NUMBER_NONE)
		*sum = (*sum == NUMBER_NONE ? 0 : *sum) + cents;
}

struct money_year
money_of_year(const struct plan *p, int64_t year)
{
	struct money_year m = { .year = year };
	int64_t forecast;

	m.requested = m.granted = m.paid = m.forecast = m.p104 = NUMBER_NONE;
	for (size_t i = 0; i < p->grants.n; i++) {
		if (p->grants.v[i].year != year)
			continue;
		m.grant = &p->grants.v[i];
		add(&m.requested, m.grant->requested_cents);
		add(&m.granted, m.grant->granted_cents);
	}
	for (size_t i = 0; i < p->payments.n; i++) {
		if (p->payments.v[i].year == year)
			add(&m.paid, p->payments.v[i].cents);
	}
	for (size_t i = 0; i < p->forecasts.n; i++) {
		if (p->forecasts.v[i].year != year)
			continue;
		add(&m.forecast, p->forecasts.v[i].cost_cents);
		add(&m.p104, p->forecasts.v[i].p104_cents);
	}
	forecast = m.forecast == NUMBER_NONE ? 0 : m.forecast;
	if (m.requested != NUMBER_NONE && m.requested > forecast)
		m.unexplained = m.requested - forecast;
	return m;
}

period
civil_years(const struct plan *p)
{
	period d = plan_duration(&p->contract);
	int year_from, year_to, month, dayofmonth;

	if (d.from == DAY_NONE || d.to == DAY_NONE)
		return (period){ 1, 0 };
	day_split(d.from, &year_from, &month, &dayofmonth);
	day_split(d.to, &year_to, &month, &dayofmonth);
	return (period){ year_from, year_to };
}

static int
in_order(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

struct money_year *
money_years(struct arena *a, const struct plan *p, size_t *n)
{
	PLAN_LIST(int64_t) years = { 0 };
	struct money_year *v;
	period own = civil_years(p);

	for (day y = own.from; y <= own.to; y++)
		*PLAN_ADD(a, &years) = y;
	for (size_t i = 0; i < p->grants.n; i++)
		*PLAN_ADD(a, &years) = p->grants.v[i].year;
	for (size_t i = 0; i < p->payments.n; i++)
		*PLAN_ADD(a, &years) = p->payments.v[i].year;
	for (size_t i = 0; i < p->forecasts.n; i++)
		*PLAN_ADD(a, &years) = p->forecasts.v[i].year;
	if (years.n > 0)
		qsort(years.v, years.n, sizeof *years.v, in_order);
	v = ARENA_ARRAY(a, years.n, struct money_year);
	*n = 0;
	for (size_t i = 0; i < years.n; i++) {
		if (i == 0 || years.v[i] != years.v[i - 1])
			v[(*n)++] = money_of_year(p, years.v[i]);
	}
	return v;
}
