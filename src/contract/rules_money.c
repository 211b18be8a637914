/* rules_money.c - what is asked for, granted, paid, and what the sheets forecast. Amounts in cents. */
#include "base/text.h"
#include "contract/conformity.h"
#include "contract/money.h"

void
check_contract_without_subsidy(struct conformity *c)
{
	if (c->plan->grants.n == 0)
		finding_add(c, AT(&c->plan->contract), tr("The contract asks for no subsidy."));
}

void
check_subsidy_without_amount(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->grants.n; i++) {
		const struct grant *g = &c->plan->grants.v[i];

		if (g->requested_cents == NUMBER_NONE && g->granted_cents == NUMBER_NONE)
			finding_add(c, AT(g), tr("The subsidy of %lld has no amount."), (long long)g->year);
	}
}

void
check_subsidy_twice(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->grants.n; i++) {
		for (size_t j = 0; j < i; j++) {
			if (p->grants.v[i].year != p->grants.v[j].year)
				continue;
			finding_add(c, AT(&p->grants.v[i]), tr("%.*s is a subsidy of %lld too."), STR_ARG(p->grants.v[j].ref),
			    (long long)p->grants.v[i].year);
			break;
		}
	}
}

static bool
covered(const struct conformity *c, int64_t year)
{
	period years = civil_years(c->plan);

	return years.from > years.to || (year >= years.from && year <= years.to);
}

void
check_subsidy_outside_contract(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->grants.n; i++) {
		const struct grant *g = &c->plan->grants.v[i];

		if (!covered(c, g->year))
			finding_add(c, AT(g), tr("%lld is not a year of the contract."), (long long)g->year);
	}
}

static int64_t
known(int64_t cents)
{
	return cents == NUMBER_NONE ? 0 : cents;
}

void
check_unexplained_subsidy(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->grants.n; i++) {
		const struct grant *g = &c->plan->grants.v[i];
		int64_t sum = known(money_of_year(c->plan, g->year).forecast);

		if (g->requested_cents == NUMBER_NONE || g->requested_cents <= sum)
			continue;
		finding_add(c, AT(g), tr("%s euros are asked for in %lld, the sheets forecast %s: %s euros are not explained."),
		    show_money(c, g->requested_cents), (long long)g->year, show_money(c, sum),
		    show_money(c, g->requested_cents - sum));
	}
}

void
check_p104_above_request(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->grants.n; i++) {
		const struct grant *g = &c->plan->grants.v[i];
		int64_t sum = known(money_of_year(c->plan, g->year).p104);

		if (g->requested_cents != NUMBER_NONE && sum > g->requested_cents)
			finding_add(c, AT(g), tr("The sheets forecast %s euros on programme 104 in %lld, %s are asked for."),
			    show_money(c, sum), (long long)g->year, show_money(c, g->requested_cents));
	}
}

/* Due at the signature for its year and those before, and for any year that is over. */
void
check_subsidy_not_granted(struct conformity *c)
{
	int signature, today, month, dayofmonth;

	if (c->plan->contract.signed_on == DAY_NONE)
		return;
	day_split(c->plan->contract.signed_on, &signature, &month, &dayofmonth);
	day_split(c->today, &today, &month, &dayofmonth);
	for (size_t i = 0; i < c->plan->grants.n; i++) {
		const struct grant *g = &c->plan->grants.v[i];

		if (g->requested_cents != NUMBER_NONE && g->granted_cents == NUMBER_NONE &&
		    (g->year <= signature || g->year < today))
			finding_add(c, AT(g),
			    tr("The amount granted for %lld is not recorded, though the contract was signed on %s."),
			    (long long)g->year, show_day(c, c->plan->contract.signed_on));
	}
}

void
check_granted_above_requested(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->grants.n; i++) {
		const struct grant *g = &c->plan->grants.v[i];

		if (g->requested_cents != NUMBER_NONE && g->granted_cents != NUMBER_NONE && g->granted_cents > g->requested_cents)
			finding_add(c, AT(g), tr("%s euros were granted for %lld, %s had been asked for."),
			    show_money(c, g->granted_cents), (long long)g->year, show_money(c, g->requested_cents));
	}
}

/* The subsidy of a year, or the contract where it has none. */
static struct place
at_year(const struct conformity *c, const struct money_year *m)
{
	return m->grant != NULL ? AT(m->grant) : AT(&c->plan->contract);
}

void
check_payments_above_granted(struct conformity *c)
{
	size_t n;
	const struct money_year *years = money_years(c->arena, c->plan, &n);

	for (size_t i = 0; i < n; i++) {
		const struct money_year *m = &years[i];

		if (m->paid != NUMBER_NONE && m->granted != NUMBER_NONE && m->paid > m->granted)
			finding_add(c, at_year(c, m), tr("%s euros were paid for %lld, %s were granted."), show_money(c, m->paid),
			    (long long)m->year, show_money(c, m->granted));
	}
}

void
check_payment_without_grant(struct conformity *c)
{
	size_t n;
	const struct money_year *years = money_years(c->arena, c->plan, &n);

	for (size_t i = 0; i < n; i++) {
		const struct money_year *m = &years[i];

		if (known(m->paid) > 0 && m->granted == NUMBER_NONE)
			finding_add(c, at_year(c, m), tr("%s euros were paid for %lld, but what was granted is not recorded."),
			    show_money(c, m->paid), (long long)m->year);
	}
}

/* --- forecasts --- */

static bool
has_forecast(const struct plan *p, const struct sheet *s)
{
	for (size_t i = 0; i < p->forecasts.n; i++) {
		if (p->forecasts.v[i].sheet == s->record.id && p->forecasts.v[i].cost_cents != NUMBER_NONE)
			return true;
	}
	return false;
}

void
check_funded_sheet_without_forecast(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (s->funded == 1 && !has_forecast(c->plan, s))
			finding_add(c, AT(s), tr("Sheet %.*s is funded, its cost is not known."), STR_ARG(s->number));
	}
}

void
check_sheet_without_forecast(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (s->funded == NUMBER_NONE && !has_forecast(c->plan, s))
			finding_add(c, AT(s), tr("Sheet %.*s does not say what it costs, nor whether the contract pays for it."),
			    STR_ARG(s->number));
	}
}

void
check_unfunded_sheet_with_p104(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->forecasts.n; i++) {
		const struct forecast *f = &c->plan->forecasts.v[i];
		const struct sheet *s = plan_sheet(c->plan, f->sheet);

		if (s->funded == 0 && f->p104_cents != NUMBER_NONE && f->p104_cents > 0)
			finding_add(c, AT(s),
			    tr("Sheet %.*s is not funded, yet %s euros on programme 104 are forecast for %lld."),
			    STR_ARG(s->number), show_money(c, f->p104_cents), (long long)f->year);
	}
}

void
check_forecast_of_other_sheet(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->forecasts.n; i++) {
		const struct forecast *f = &c->plan->forecasts.v[i];
		const struct action *x = plan_action(c->plan, f->action);

		if (f->action != NUMBER_NONE && (x == NULL || x->sheet != f->sheet))
			finding_add(c, AT(plan_sheet(c->plan, f->sheet)),
			    tr("The forecast for %lld names an action of another sheet."), (long long)f->year);
	}
}

void
check_forecast_outside_contract(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->forecasts.n; i++) {
		const struct forecast *f = &c->plan->forecasts.v[i];

		if (!covered(c, f->year))
			finding_add(c, AT(plan_sheet(c->plan, f->sheet)),
			    tr("A cost is forecast for %lld, which is not a year of the contract."), (long long)f->year);
	}
}

void
check_p104_above_cost(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->forecasts.n; i++) {
		const struct forecast *f = &c->plan->forecasts.v[i];
		const struct action *x = plan_action(c->plan, f->action);

		if (f->cost_cents == NUMBER_NONE || f->p104_cents == NUMBER_NONE || f->p104_cents <= f->cost_cents)
			continue;
		finding_add(c, x != NULL ? AT(x) : AT(plan_sheet(c->plan, f->sheet)),
		    tr("%s euros on programme 104 for a cost of %s in %lld."), show_money(c, f->p104_cents),
		    show_money(c, f->cost_cents), (long long)f->year);
	}
}

/* One line a contract: a line a forecast would hide the rest. */
void
check_forecast_without_p104(struct conformity *c)
{
	size_t unknown = 0, all = 0;

	for (size_t i = 0; i < c->plan->forecasts.n; i++) {
		const struct forecast *f = &c->plan->forecasts.v[i];

		if (f->cost_cents == NUMBER_NONE || f->cost_cents == 0 || plan_sheet(c->plan, f->sheet)->funded == 0)
			continue;
		all++;
		unknown += f->p104_cents == NUMBER_NONE;
	}
	if (unknown > 0)
		finding_add(
		    c, AT(&c->plan->contract), tr("%zu of %zu forecasts do not say their part on programme 104."), unknown, all);
}
