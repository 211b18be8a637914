/* rules_contract.c - articles 2 to 4: signature, duration, parties, money's way, and the places of the territory */
#include "base/text.h"
#include "contract/conformity.h"
#include "model/identifiers.h"

void
check_contract_not_signed(struct conformity *c)
{
	if (c->plan->contract.signed_on == DAY_NONE)
		finding_add(c, AT(&c->plan->contract), tr("The contract has no date of signature."));
}

void
check_contract_without_duration(struct conformity *c)
{
	if (c->plan->contract.duration_months == NUMBER_NONE)
		finding_add(c, AT(&c->plan->contract), tr("The contract does not say how long it lasts."));
}

void
check_contract_incomplete(struct conformity *c)
{
	const struct contract *k = &c->plan->contract;
	const struct {
		str value;
		const char *name;
	} parts[] = {
		{ k->state_party, tr("the party for the State") },
		{ k->local_party, tr("the party for the city") },
		{ k->programme, tr("the programme") },
		{ k->programme_action, tr("the action of the programme") },
		{ k->authorising_officer, tr("the authorising officer") },
		{ k->public_accountant, tr("the public accountant") },
		{ k->payee_name, tr("the payee") },
		{ k->payee_iban, tr("the IBAN") },
		{ k->payee_bic, tr("the BIC") },
	};
	str missing = { 0 };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].value.len == 0)
			join_words(c, &missing, str_of(parts[i].name));
	}
	if (missing.len > 0)
		finding_add(c, AT(k), tr("Missing from the contract: %.*s."), STR_ARG(missing));
}

void
check_iban_wrong(struct conformity *c)
{
	const struct contract *k = &c->plan->contract;

	if (k->payee_iban.len > 0 && !iban_valid(k->payee_iban))
		finding_add(c, AT(k), tr("The IBAN of the payee is wrong: its length or its check digits do not hold."));
}

void
check_bic_wrong(struct conformity *c)
{
	const struct contract *k = &c->plan->contract;

	if (k->payee_bic.len > 0 && !bic_valid(k->payee_bic))
		finding_add(c, AT(k), tr("The BIC of the payee is wrong: 8 or 11 characters, the six first of them letters."));
}

void
check_insee_code_wrong(struct conformity *c)
{
	const struct territory *t = &c->plan->place;

	if (str_is(t->kind, "commune") && t->insee_code.len > 0 && !insee_commune(t->insee_code))
		finding_add(c, AT(t), tr("%.*s is not the INSEE code of a commune."), STR_ARG(t->insee_code));
}

/* Each pair is told once, in the findings of the contract that is looked at. */
void
check_contracts_overlap(struct conformity *c)
{
	period own = plan_duration(&c->plan->contract);

	for (size_t i = 0; i < c->plan->others.n; i++) {
		const struct contract *k = &c->plan->others.v[i];
		period other = plan_duration(k);

		if (own.from == DAY_NONE || own.to == DAY_NONE || other.from == DAY_NONE || other.to == DAY_NONE)
			continue;
		if (own.from <= other.to && other.from <= own.to)
			finding_add(c, AT(&c->plan->contract), tr("Contract %.*s of the same territory runs from %s to %s."),
			    STR_ARG(k->ref), show_day(c, other.from), show_day(c, other.to));
	}
}
