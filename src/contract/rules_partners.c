/* rules_partners.c - who carries out what */
#include "base/text.h"
#include "contract/conformity.h"
#include "model/identifiers.h"

static int
operators_of(const struct plan *p, const struct sheet *s, int64_t organisation, const char *role)
{
	int n = 0;

	for (size_t i = 0; i < p->partnerships.n; i++) {
		const struct partnership *x = &p->partnerships.v[i];

		n += x->sheet == s->record.id && str_is(x->role, role) && (organisation == 0 || x->organisation == organisation);
	}
	return n;
}

void
check_sheet_without_operator(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (operators_of(c->plan, s, 0, "operator") == 0)
			finding_add(c, AT(s), tr("Sheet %.*s names no operator."), STR_ARG(s->number));
	}
}

/* With one operator on the sheet it is that one; with none the sheet itself is the finding. */
void
check_action_without_operator(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->actions.n; i++) {
		const struct action *x = &c->plan->actions.v[i];
		const struct sheet *s = plan_sheet(c->plan, x->sheet);
		const struct organisation *o = plan_organisation(c->plan, x->operator);
		int n = operators_of(c->plan, s, 0, "operator");

		if (o == NULL && n > 1)
			finding_add(c, AT(x), tr("The action names no operator; sheet %.*s has %d."), STR_ARG(s->number), n);
	}
}

void
check_action_operator_not_on_sheet(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->actions.n; i++) {
		const struct action *x = &c->plan->actions.v[i];
		const struct sheet *s = plan_sheet(c->plan, x->sheet);
		const struct organisation *o = plan_organisation(c->plan, x->operator);

		if (o != NULL && operators_of(c->plan, s, o->record.id, "operator") == 0)
			finding_add(c, AT(x), tr("%.*s carries out the action but is not an operator of sheet %.*s."),
			    STR_ARG(o->name), STR_ARG(s->number));
	}
}

void
check_operator_and_partner(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->partnerships.n; i++) {
		const struct partnership *x = &c->plan->partnerships.v[i];
		const struct sheet *s = plan_sheet(c->plan, x->sheet);
		const struct organisation *o = plan_organisation(c->plan, x->organisation);

		if (str_is(x->role, "partner") && operators_of(c->plan, s, o->record.id, "operator") > 0)
			finding_add(c, AT(s), tr("%.*s is both operator and partner of sheet %.*s."), STR_ARG(o->name),
			    STR_ARG(s->number));
	}
}

static bool
concerned(const struct plan *p, const struct organisation *o)
{
	for (size_t i = 0; i < p->partnerships.n; i++) {
		const struct organisation *x = plan_organisation(p, p->partnerships.v[i].organisation);

		if (x == o || plan_legal_entity(p, x) == o)
			return true;
	}
	for (size_t i = 0; i < p->actions.n; i++) {
		const struct organisation *x = plan_organisation(p, p->actions.v[i].operator);

		if (x != NULL && (x == o || plan_legal_entity(p, x) == o))
			return true;
	}
	return false;
}

void
check_siret_wrong(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->organisations.n; i++) {
		const struct organisation *o = &c->plan->organisations.v[i];

		if (o->siret.len > 0 && !siret_valid(o->siret) && concerned(c->plan, o))
			finding_add(
			    c, AT(o), tr("The SIRET of %.*s is wrong: 14 digits whose check digits hold."), STR_ARG(o->name));
	}
}
