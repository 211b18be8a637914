/* rules_indicators.c - what a sheet has to carry by the guide, its objectives, and the contract's own indicators */
#include "base/text.h"
#include "contract/conformity.h"
#include "model/indicator.h"

/* A local indicator has no ref: its name is one. */
static struct place
at_indicator(const struct local_indicator *x)
{
	return (struct place){ ENTITY_local_indicators, x->record.id, x->indicator };
}

/* Those of the names that the sheet does not carry, joined. */
static str
not_carried(struct conformity *c, const struct sheet *s, const char *const *names)
{
	str missing = { 0 };

	for (; *names != NULL; names++) {
		if (!plan_carries(c->plan, s, str_of(*names)))
			join_words(c, &missing, show_indicator(c, str_of(*names)));
	}
	return missing;
}

static void
check_carried(struct conformity *c, bool (*due)(str audience), const char *const *names)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];
		str missing;

		if (due != NULL && !due(s->audience))
			continue;
		missing = not_carried(c, s, names);
		if (missing.len > 0)
			finding_add(c, AT(s), tr("Sheet %.*s does not carry %.*s."), STR_ARG(s->number), STR_ARG(missing));
	}
}

void
check_missing_beneficiaries_indicator(struct conformity *c)
{
	check_carried(c, plan_for_newcomers, (const char *const[]){ "1.1.beneficiaries", NULL });
}

void
check_missing_actor_indicators(struct conformity *c)
{
	check_carried(c, plan_for_actors, (const char *const[]){ "1.2.trained", "1.2.hours", "1.2.tools", NULL });
}

void
check_missing_cost_indicators(struct conformity *c)
{
	check_carried(c, NULL, (const char *const[]){ "2.cost", "2.p104", NULL });
}

void
check_missing_objective(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (plan_for_newcomers(s->audience) && s->objective == NUMBER_NONE)
			finding_add(c, AT(s), tr("Sheet %.*s sets no objective of newcomers."), STR_ARG(s->number));
	}
}

void
check_missing_objective_actors(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (plan_for_actors(s->audience) && s->objective_actors == NUMBER_NONE)
			finding_add(c, AT(s), tr("Sheet %.*s sets no objective of actors of integration."), STR_ARG(s->number));
	}
}

/* A sheet counts distinct people: at least those of its largest action, at most all of its actions together (which is
 * known only when each of them has an objective). */
static void
compare_objectives(struct conformity *c, const struct sheet *s, bool actors)
{
	int64_t own = actors ? s->objective_actors : s->objective, largest = 0, sum = 0;
	bool complete = true;
	int n = 0;

	if (own == NUMBER_NONE)
		return;
	for (size_t i = 0; i < c->plan->actions.n; i++) {
		const struct action *x = &c->plan->actions.v[i];
		int64_t objective = actors ? x->objective_actors : x->objective;

		if (x->sheet != s->record.id || !(actors ? plan_for_actors(x->audience) : plan_for_newcomers(x->audience)))
			continue;
		n++;
		if (objective == NUMBER_NONE) {
			complete = false;
			continue;
		}
		sum += objective;
		largest = objective > largest ? objective : largest;
	}
	if (own < largest)
		finding_add(c, AT(s), tr("Sheet %.*s aims at %lld people, one of its actions alone at %lld."), STR_ARG(s->number),
		    (long long)own, (long long)largest);
	else if (n > 0 && complete && own > sum)
		finding_add(c, AT(s), tr("Sheet %.*s aims at %lld people, its actions together at %lld."), STR_ARG(s->number),
		    (long long)own, (long long)sum);
}

void
check_objective_mismatch(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		compare_objectives(c, &c->plan->sheets.v[i], false);
		compare_objectives(c, &c->plan->sheets.v[i], true);
	}
}

void
check_local_indicator_undefined(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->sheet_indicators.n; i++) {
		const struct sheet_indicator *x = &p->sheet_indicators.v[i];
		bool defined = !str_starts(x->indicator, S("local."));

		for (size_t k = 0; k < p->local_indicators.n && !defined; k++)
			defined = str_eq(p->local_indicators.v[k].indicator, x->indicator);
		if (!defined)
			finding_add(
			    c, AT(plan_sheet(p, x->sheet)), tr("%.*s is carried but nowhere defined."), STR_ARG(x->indicator));
	}
}

static bool
counts_a_kind(const struct local_indicator *x)
{
	return str_is(x->measure, "persons_with_act") || str_is(x->measure, "acts") || str_is(x->measure, "sessions") ||
	       str_is(x->measure, "session_participants");
}

void
check_local_indicator_without_match(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->local_indicators.n; i++) {
		const struct local_indicator *x = &c->plan->local_indicators.v[i];

		str called = show_indicator(c, x->indicator);

		if (counts_a_kind(x) && x->match.len == 0)
			finding_add(c, at_indicator(x), tr("%.*s names no kind: it always counts nothing."), STR_ARG(called));
	}
}

void
check_local_indicator_kind_unknown(struct conformity *c)
{
	static const char *const kinds[] = { "training", "workshop", "group", "sport_event", "culture_event", "public_event",
		"other" };

	for (size_t i = 0; i < c->plan->local_indicators.n; i++) {
		const struct local_indicator *x = &c->plan->local_indicators.v[i];
		bool known = !str_starts(x->measure, S("session")) || x->match.len == 0;
		str called = show_indicator(c, x->indicator);

		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			known |= str_is(x->match, kinds[k]);
		if (!known)
			finding_add(c, at_indicator(x), tr("%.*s counts sessions of the kind %.*s, which does not exist."),
			    STR_ARG(called), STR_ARG(x->match));
	}
}

void
check_local_indicator_unused(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->local_indicators.n; i++) {
		str called = show_indicator(c, p->local_indicators.v[i].indicator);
		bool used = false;

		for (size_t k = 0; k < p->sheets.n; k++)
			used |= plan_carries(p, &p->sheets.v[k], p->local_indicators.v[i].indicator);
		if (!used)
			finding_add(c, at_indicator(&p->local_indicators.v[i]), tr("No sheet carries %.*s."), STR_ARG(called));
	}
}

/* Costs and lists of tools and themes come from records on every sheet: what is left are means, which nobody can add up. */
void
check_indicator_never_sent(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheet_indicators.n; i++) {
		const struct sheet_indicator *x = &c->plan->sheet_indicators.v[i];
		const struct sheet *s = plan_sheet(c->plan, x->sheet);
		const struct indicator_name *name = indicator_named(x->indicator);
		str called = show_indicator(c, x->indicator);

		if (name == NULL || name->sent || name->unit == UNIT_EUROS || name->unit == UNIT_TEXT ||
		    !str_is(s->recording, "aggregate"))
			continue;
		finding_add(c, AT(s), tr("Sheet %.*s sends counts only: %.*s can never be computed."), STR_ARG(s->number),
		    STR_ARG(called));
	}
}
