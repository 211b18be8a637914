/* rules_agreements.c - a private body that receives more than 23,000 euros a year needs a written agreement.
 *
 * What counts is the legal entity: the sums of its services are added up. The forecast of an action goes to the action's
 * operator. A cost shared by a sheet, or that of an action without operator, goes to the sheet's operator when there is one
 * legal entity behind them; with several nobody can tell who receives what, so it is only a possible part for each. */
#include "base/text.h"
#include "contract/conformity.h"

enum { THRESHOLD = 2300000 }; /* cents; exactly this much needs none */

struct receipt { /* what a legal entity receives in a year */
	const struct organisation *entity;
	int64_t year, certain, possible;
	str sheets; /* numbers */
	bool known_private, form_unknown, has_siret;
};

struct receipts {
	struct receipt *v;
	size_t n;
};

static struct receipt *
receipt_of(struct receipts *r, const struct organisation *entity, int64_t year)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i].entity == entity && r->v[i].year == year)
			return &r->v[i];
	}
	r->v[r->n] = (struct receipt){ .entity = entity, .year = year };
	return &r->v[r->n++];
}

static bool
named_in(str list, str word)
{
	str rest = list;

	while (rest.s != NULL) {
		if (str_eq(str_trim(str_cut(rest, ',', &rest)), word))
			return true;
	}
	return false;
}

static void
receive(struct conformity *c, struct receipts *r, const struct organisation *o, const struct forecast *f, bool certain)
{
	const struct organisation *entity = plan_legal_entity(c->plan, o);
	const struct sheet *s = plan_sheet(c->plan, f->sheet);
	struct receipt *x = receipt_of(r, entity, f->year);
	str form = entity->legal_form.len > 0 ? entity->legal_form : o->legal_form;

	*(certain ? &x->certain : &x->possible) += f->cost_cents;
	x->known_private |= str_is(form, "private");
	x->form_unknown |= form.len == 0;
	x->has_siret |= entity->siret.len > 0 || o->siret.len > 0;
	if (!named_in(x->sheets, s->number))
		join_words(c, &x->sheets, s->number);
}

/* The cost of a sheet as a whole: each legal entity among its operators once. */
static void
receive_shared(struct conformity *c, struct receipts *r, const struct forecast *f)
{
	const struct plan *p = c->plan;
	const struct organisation *seen[64];
	size_t n = 0;

	for (size_t i = 0; i < p->partnerships.n && n < 64; i++) {
		const struct partnership *x = &p->partnerships.v[i];
		const struct organisation *o = plan_organisation(p, x->organisation);
		bool again = x->sheet != f->sheet || !str_is(x->role, "operator");

		for (size_t k = 0; k < n; k++)
			again |= plan_legal_entity(p, seen[k]) == plan_legal_entity(p, o);
		if (!again)
			seen[n++] = o;
	}
	for (size_t k = 0; k < n; k++)
		receive(c, r, seen[k], f, n == 1);
}

static struct receipts
add_up(struct conformity *c)
{
	const struct plan *p = c->plan;
	/* a forecast brings at most one receipt for each partnership of the contract, or one for its action's operator */
	struct receipts r = { ARENA_ARRAY(c->arena, p->forecasts.n * (p->partnerships.n + 1), struct receipt), 0 };

	for (size_t i = 0; i < p->forecasts.n; i++) {
		const struct forecast *f = &p->forecasts.v[i];
		const struct action *x = plan_action(p, f->action);
		const struct organisation *o = x == NULL ? NULL : plan_organisation(p, x->operator);

		if (f->cost_cents == NUMBER_NONE || plan_sheet(p, f->sheet)->funded == 0)
			continue; /* a sheet that the contract does not fund hands out nothing */
		if (o != NULL)
			receive(c, &r, o, f, true);
		else
			receive_shared(c, &r, f);
	}
	return r;
}

void
check_agreement_needed(struct conformity *c)
{
	struct receipts r = add_up(c);

	for (size_t i = 0; i < r.n; i++) {
		const struct receipt *x = &r.v[i];

		if (x->known_private && x->certain > THRESHOLD)
			finding_add(c, AT(x->entity),
			    tr("%.*s is to receive %s euros in %lld (sheet %.*s), more than %s, and no agreement is recorded."),
			    STR_ARG(x->entity->name), show_money(c, x->certain), (long long)x->year, STR_ARG(x->sheets),
			    show_money(c, THRESHOLD));
	}
}

void
check_agreement_perhaps_needed(struct conformity *c)
{
	struct receipts r = add_up(c);

	for (size_t i = 0; i < r.n; i++) {
		const struct receipt *x = &r.v[i];

		if (x->known_private && x->certain <= THRESHOLD && x->certain + x->possible > THRESHOLD)
			finding_add(c, AT(x->entity),
			    tr("%.*s may receive up to %s euros in %lld (sheet %.*s): how the operators share them is not said."),
			    STR_ARG(x->entity->name), show_money(c, x->certain + x->possible), (long long)x->year,
			    STR_ARG(x->sheets));
	}
}

void
check_legal_form_unknown(struct conformity *c)
{
	struct receipts r = add_up(c);

	for (size_t i = 0; i < r.n; i++) {
		const struct receipt *x = &r.v[i];

		if (x->form_unknown && !x->known_private && x->certain > THRESHOLD)
			finding_add(c, AT(x->entity),
			    tr("%.*s is to receive %s euros in %lld, and its legal form is not recorded."),
			    STR_ARG(x->entity->name), show_money(c, x->certain), (long long)x->year);
	}
}

void
check_payee_without_siret(struct conformity *c)
{
	struct receipts r = add_up(c);

	for (size_t i = 0; i < r.n; i++) {
		const struct receipt *x = &r.v[i];

		if (x->known_private && x->certain > THRESHOLD && !x->has_siret)
			finding_add(c, AT(x->entity),
			    tr("The SIRET of %.*s, which is to receive %s euros in %lld, is not recorded."),
			    STR_ARG(x->entity->name), show_money(c, x->certain), (long long)x->year);
	}
}
