/* rules_sheets.c - priorities, axes, sheets and actions: how they hang together, their numbers and dates */
#include <string.h>

#include "base/text.h"
#include "contract/conformity.h"

void
check_contract_without_priority(struct conformity *c)
{
	if (c->plan->priorities.n == 0)
		finding_add(c, AT(&c->plan->contract), tr("The contract has no priority."));
}

void
check_contract_without_sheet(struct conformity *c)
{
	if (c->plan->sheets.n == 0)
		finding_add(c, AT(&c->plan->contract), tr("The contract has no sheet."));
}

/* --- numbering --- */

struct numbered {
	str ref;
	int64_t number;
};

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Do two refs differ in their digits alone? Then their order was meant, else it is that of the alphabet by accident. */
static bool
same_words(str a, str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.len && digit(a.s[i]))
			i++;
		while (j < b.len && digit(b.s[j]))
			j++;
		if (i == a.len || j == b.len)
			return i == a.len && j == b.len;
		if (a.s[i++] != b.s[j++])
			return false;
	}
}

static void
sort(struct numbered *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct numbered x = v[i];
		size_t j = i;

		for (; j > 0 && str_natural(v[j - 1].ref, x.ref) > 0; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

/* 1, 2... n: each once, and in the order of the refs when that order means something. */
static bool
numbered_well(const struct numbered *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i].number < 1 || v[i].number > (int64_t)n)
			return false;
		for (size_t j = 0; j < i; j++) {
			if (v[j].number == v[i].number || (v[j].number > v[i].number && same_words(v[j].ref, v[i].ref)))
				return false;
		}
	}
	return true;
}

static str
numbers(struct conformity *c, const struct numbered *v, size_t n)
{
	str list = { 0 };

	for (size_t i = 0; i < n; i++)
		join_words(c, &list, str_format(c->arena, "%lld", (long long)v[i].number));
	return list;
}

void
check_priority_numbering(struct conformity *c)
{
	const struct plan *p = c->plan;
	struct numbered *v = ARENA_ARRAY(c->arena, p->priorities.n, struct numbered);
	str list;

	for (size_t i = 0; i < p->priorities.n; i++)
		v[i] = (struct numbered){ p->priorities.v[i].ref, p->priorities.v[i].number };
	sort(v, p->priorities.n);
	if (numbered_well(v, p->priorities.n))
		return;
	list = numbers(c, v, p->priorities.n);
	finding_add(c, AT(&p->contract), tr("The priorities bear the numbers %.*s."), STR_ARG(list));
}

void
check_axis_numbering(struct conformity *c)
{
	const struct plan *p = c->plan;
	struct numbered *v = ARENA_ARRAY(c->arena, p->axes.n, struct numbered);

	for (size_t i = 0; i < p->priorities.n; i++) {
		const struct priority *of = &p->priorities.v[i];
		size_t n = 0;
		str list;

		for (size_t k = 0; k < p->axes.n; k++) {
			if (p->axes.v[k].priority == of->record.id)
				v[n++] = (struct numbered){ p->axes.v[k].ref, p->axes.v[k].number };
		}
		sort(v, n);
		if (numbered_well(v, n))
			continue;
		list = numbers(c, v, n);
		finding_add(
		    c, AT(of), tr("The axes of priority %lld bear the numbers %.*s."), (long long)of->number, STR_ARG(list));
	}
}

void
check_sheet_number_twice(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->sheets.n; i++) {
		for (size_t j = 0; j < i; j++) {
			if (!str_eq(p->sheets.v[i].number, p->sheets.v[j].number))
				continue;
			finding_add(c, AT(&p->sheets.v[i]), tr("Number %.*s is also that of sheet %.*s."),
			    STR_ARG(p->sheets.v[i].number), STR_ARG(p->sheets.v[j].ref));
			break;
		}
	}
}

/* --- what hangs on what --- */

void
check_priority_without_axis(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->priorities.n; i++) {
		bool has = false;

		for (size_t k = 0; k < p->axes.n; k++)
			has |= p->axes.v[k].priority == p->priorities.v[i].record.id;
		if (!has)
			finding_add(
			    c, AT(&p->priorities.v[i]), tr("Priority %lld has no axis."), (long long)p->priorities.v[i].number);
	}
}

void
check_axis_without_sheet(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->axes.n; i++) {
		const struct priority *of = plan_priority(p, p->axes.v[i].priority);
		bool has = false;

		for (size_t k = 0; k < p->sheets.n; k++)
			has |= p->sheets.v[k].axis == p->axes.v[i].record.id;
		if (!has)
			finding_add(c, AT(&p->axes.v[i]), tr("Axis %lld of priority %lld has no sheet."),
			    (long long)p->axes.v[i].number, (long long)of->number);
	}
}

void
check_sheet_without_axis(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (str_is(s->kind, "action") && s->axis == NUMBER_NONE)
			finding_add(c, AT(s), tr("Sheet %.*s belongs to no axis."), STR_ARG(s->number));
	}
}

void
check_axis_of_other_contract(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (s->axis != NUMBER_NONE && plan_axis(c->plan, s->axis) == NULL)
			finding_add(c, AT(s), tr("The axis of sheet %.*s belongs to another contract."), STR_ARG(s->number));
	}
}

void
check_sheet_without_action(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->sheets.n; i++) {
		bool has = false;

		for (size_t k = 0; k < p->actions.n; k++)
			has |= p->actions.v[k].sheet == p->sheets.v[i].record.id;
		if (!has)
			finding_add(c, AT(&p->sheets.v[i]), tr("Sheet %.*s has no action."), STR_ARG(p->sheets.v[i].number));
	}
}

/* --- audiences --- */

void
check_audience_outside_sheet(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action *x = &p->actions.v[i];
		const struct sheet *s = plan_sheet(p, x->sheet);

		if (plan_for_newcomers(x->audience) && !plan_for_newcomers(s->audience))
			finding_add(c, AT(x), tr("The action is for newcomers, sheet %.*s is not."), STR_ARG(s->number));
		if (plan_for_actors(x->audience) && !plan_for_actors(s->audience))
			finding_add(
			    c, AT(x), tr("The action is for actors of integration, sheet %.*s is not."), STR_ARG(s->number));
	}
}

void
check_audience_without_action(struct conformity *c)
{
	const struct plan *p = c->plan;

	for (size_t i = 0; i < p->sheets.n; i++) {
		const struct sheet *s = &p->sheets.v[i];
		bool newcomers = false, actors = false, any = false;

		for (size_t k = 0; k < p->actions.n; k++) {
			if (p->actions.v[k].sheet != s->record.id)
				continue;
			any = true;
			newcomers |= plan_for_newcomers(p->actions.v[k].audience);
			actors |= plan_for_actors(p->actions.v[k].audience);
		}
		if (any && !newcomers && plan_for_newcomers(s->audience))
			finding_add(c, AT(s), tr("Sheet %.*s is for newcomers, none of its actions is."), STR_ARG(s->number));
		if (any && !actors && plan_for_actors(s->audience))
			finding_add(
			    c, AT(s), tr("Sheet %.*s is for actors of integration, none of its actions is."), STR_ARG(s->number));
	}
}

/* --- dates --- */

void
check_sheet_without_dates(struct conformity *c)
{
	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (s->starts_on == DAY_NONE || s->ends_on == DAY_NONE)
			finding_add(c, AT(s), tr("Sheet %.*s does not say when it starts and ends."), STR_ARG(s->number));
	}
}

void
check_sheet_before_signature(struct conformity *c)
{
	day signed_on = c->plan->contract.signed_on;

	for (size_t i = 0; signed_on != DAY_NONE && i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (s->starts_on != DAY_NONE && s->starts_on < signed_on)
			finding_add(c, AT(s), tr("Sheet %.*s starts on %s, before the signature on %s."), STR_ARG(s->number),
			    show_day(c, s->starts_on), show_day(c, signed_on));
	}
}

void
check_sheet_after_contract(struct conformity *c)
{
	period d = plan_duration(&c->plan->contract);

	for (size_t i = 0; i < c->plan->sheets.n; i++) {
		const struct sheet *s = &c->plan->sheets.v[i];

		if (d.from != DAY_NONE && s->ends_on != DAY_NONE && s->ends_on < d.from)
			finding_add(c, AT(s), tr("Sheet %.*s ends on %s, before the signature on %s."), STR_ARG(s->number),
			    show_day(c, s->ends_on), show_day(c, d.from));
		else if (d.to != DAY_NONE && s->starts_on != DAY_NONE && s->starts_on > d.to)
			finding_add(c, AT(s), tr("Sheet %.*s starts on %s, after the contract ended on %s."), STR_ARG(s->number),
			    show_day(c, s->starts_on), show_day(c, d.to));
		else if (d.to != DAY_NONE && s->ends_on != DAY_NONE && s->ends_on > d.to)
			finding_add(c, AT(s), tr("Sheet %.*s ends on %s, after the contract on %s."), STR_ARG(s->number),
			    show_day(c, s->ends_on), show_day(c, d.to));
	}
}
