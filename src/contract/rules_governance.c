/* rules_governance.c - article 7: the bodies, who sits there, and whether they met */
#include "base/text.h"
#include "contract/conformity.h"

static bool
has_body(const struct plan *p, const char *kind)
{
	for (size_t i = 0; i < p->bodies.n; i++) {
		if (str_is(p->bodies.v[i].kind, kind))
			return true;
	}
	return false;
}

static bool
committee(const struct body *b)
{
	return str_is(b->kind, "steering") || str_is(b->kind, "technical");
}

void
check_no_steering_committee(struct conformity *c)
{
	if (!has_body(c->plan, "steering"))
		finding_add(c, AT(&c->plan->contract), tr("The contract sets up no steering committee."));
}

void
check_no_technical_committee(struct conformity *c)
{
	if (!has_body(c->plan, "technical"))
		finding_add(c, AT(&c->plan->contract), tr("The contract sets up no technical committee."));
}

void
check_committee_not_yearly(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->bodies.n; i++) {
		const struct body *b = &c->plan->bodies.v[i];

		if (committee(b) && !str_is(b->frequency, "yearly"))
			finding_add(c, AT(b), tr("%.*s is to meet as needed."), STR_ARG(b->name));
	}
}

/* Members are refs of organisations. The category of a party that is not a commune is not fixed: then only the State is looked for. */
static bool
sits(const struct plan *p, const struct body *b, const char *category)
{
	str rest = b->members;

	while (rest.s != NULL) {
		str ref = str_cut(rest, ';', &rest);

		for (size_t i = 0; i < p->organisations.n; i++) {
			if (str_eq(p->organisations.v[i].ref, ref) && str_is(p->organisations.v[i].category, category))
				return true;
		}
	}
	return false;
}

void
check_committee_without_party(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->bodies.n; i++) {
		const struct body *b = &c->plan->bodies.v[i];

		if (!str_is(b->kind, "steering"))
			continue;
		if (str_is(c->plan->place.kind, "commune") && !sits(c->plan, b, "city"))
			finding_add(c, AT(b), tr("No service of the city is a member of %.*s."), STR_ARG(b->name));
		if (!sits(c->plan, b, "state"))
			finding_add(c, AT(b), tr("No service of the State is a member of %.*s."), STR_ARG(b->name));
	}
}

static bool
met_in(const struct conformity *c, const struct body *b, period year)
{
	for (size_t i = 0; i < c->plan->meetings.n; i++) {
		const struct meeting *m = &c->plan->meetings.v[i];

		if (m->body == b->record.id && str_is(m->state, "held") && period_has(year, m->on))
			return true;
	}
	return false;
}

/* Years of the contract that are over; one line a body, however many years. */
void
check_yearly_meeting_missing(struct conformity *c)
{
	period d = plan_duration(&c->plan->contract);

	for (size_t i = 0; i < c->plan->bodies.n; i++) {
		const struct body *b = &c->plan->bodies.v[i];
		str missing = { 0 };

		if (!str_is(b->frequency, "yearly") || d.from == DAY_NONE)
			continue;
		for (int y = 0;; y++) {
			period year = { day_add_months(d.from, 12 * y), day_add_months(d.from, 12 * (y + 1)) - 1 };

			if (year.to >= c->today || (d.to != DAY_NONE && year.to > d.to))
				break;
			if (!met_in(c, b, year))
				join_words(c, &missing, str_of(show_day(c, year.from)));
		}
		if (missing.len > 0)
			finding_add(c, AT(b), tr("No meeting of %.*s is recorded in the contract years that began on: %.*s."),
			    STR_ARG(b->name), STR_ARG(missing));
	}
}
