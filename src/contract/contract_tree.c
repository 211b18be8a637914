#include "contract/contract_tree.h"

#include <stdlib.h>

/* --- orders --- */

#define ORDER(name, type, comparison)                    \
	static int name(const void *va, const void *vb)  \
	{                                                \
		const __typeof__(type) *a = va, *b = vb; \
                                                         \
		return comparison;                       \
	}
#define COMPARE(x, y) ((x) > (y)) - ((x) < (y))
ORDER(priorities_by_number, struct tree_priority, COMPARE(a->record->number, b->record->number))
ORDER(axes_by_number, struct tree_axis, COMPARE(a->record->number, b->record->number))
ORDER(by_sheet_number, struct tree_sheet, str_natural(a->record->number, b->record->number))
ORDER(actions_by_ref, struct tree_action, str_natural(a->record->ref, b->record->ref))
ORDER(bodies_by_ref, struct tree_body, str_natural(a->record->ref, b->record->ref))
ORDER(by_name, const struct organisation *, str_cmp((*a)->name, (*b)->name))
ORDER(by_year, const struct forecast *, COMPARE((*a)->year, (*b)->year))
ORDER(by_day, const struct meeting *, COMPARE((*a)->on, (*b)->on))
ORDER(by_text, str, str_cmp(*a, *b))

#define SORT(list, order) ((list).n > 0 ? qsort((list).v, (list).n, sizeof *(list).v, (order)) : (void)0)

/* --- money --- */

static void
add(int64_t *sum, int64_t cents)
{
	if (cents != NUMBER_NONE)
		*sum = (*sum == NUMBER_NONE ? 0 : *sum) + cents;
}

struct tree_cost
tree_forecast(const struct contract_tree *t, const struct sheet *s, const struct action *x, int64_t year)
{
	struct tree_cost sum = { NUMBER_NONE, NUMBER_NONE };

	for (size_t i = 0; i < t->plan->forecasts.n; i++) {
		const struct forecast *f = &t->plan->forecasts.v[i];

		if (f->sheet != s->record.id || f->year != year || (x != NULL && f->action != x->record.id))
			continue;
		add(&sum.cost, f->cost_cents);
		add(&sum.p104, f->p104_cents);
	}
	return sum;
}

/* --- a sheet --- */

static void
add_actions(struct arena *a, const struct plan *p, struct tree_sheet *s)
{
	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action *x = &p->actions.v[i];

		if (x->sheet == s->record->record.id)
			*PLAN_ADD(a, &s->actions) = (struct tree_action){ .record = x,
				.operator= plan_organisation(p, x->operator),
				.cost = NUMBER_NONE,
				.p104 = NUMBER_NONE };
	}
	SORT(s->actions, actions_by_ref);
}

static struct tree_action *
action_of(struct tree_sheet *s, int64_t id)
{
	for (size_t i = 0; i < s->actions.n; i++) {
		if (s->actions.v[i].record->record.id == id)
			return &s->actions.v[i];
	}
	return NULL;
}

/* A forecast that names an action of another sheet (a finding) is its sheet's all the same. */
static void
add_forecasts(struct arena *a, const struct plan *p, struct tree_sheet *s)
{
	for (size_t i = 0; i < p->forecasts.n; i++) {
		const struct forecast *f = &p->forecasts.v[i];
		struct tree_action *x = action_of(s, f->action);

		if (f->sheet != s->record->record.id)
			continue;
		add(&s->cost, f->cost_cents);
		add(&s->p104, f->p104_cents);
		if (x == NULL) {
			*PLAN_ADD(a, &s->shared) = f;
			continue;
		}
		add(&x->cost, f->cost_cents);
		add(&x->p104, f->p104_cents);
		*PLAN_ADD(a, &x->forecasts) = f;
	}
	SORT(s->shared, by_year);
	for (size_t i = 0; i < s->actions.n; i++)
		SORT(s->actions.v[i].forecasts, by_year);
}

static void
add_partners(struct arena *a, const struct plan *p, struct tree_sheet *s)
{
	for (size_t i = 0; i < p->partnerships.n; i++) {
		const struct partnership *x = &p->partnerships.v[i];
		const struct organisation *o = x->sheet == s->record->record.id ? plan_organisation(p, x->organisation) : NULL;

		if (o == NULL)
			continue;
		if (str_is(x->role, "operator"))
			*PLAN_ADD(a, &s->operators) = o;
		else
			*PLAN_ADD(a, &s->partners) = o;
	}
	SORT(s->operators, by_name);
	SORT(s->partners, by_name);
}

static void
add_indicators(struct arena *a, const struct plan *p, struct tree_sheet *s)
{
	for (size_t i = 0; i < p->sheet_indicators.n; i++) {
		if (p->sheet_indicators.v[i].sheet == s->record->record.id)
			*PLAN_ADD(a, &s->indicators) = p->sheet_indicators.v[i].indicator;
	}
	SORT(s->indicators, by_text);
}

static void
add_sheets(struct arena *a, struct contract_tree *t)
{
	const struct plan *p = t->plan;

	for (size_t i = 0; i < p->sheets.n; i++) {
		struct tree_sheet *s = PLAN_ADD(a, &t->sheets);

		*s = (struct tree_sheet){ .record = &p->sheets.v[i], .cost = NUMBER_NONE, .p104 = NUMBER_NONE };
		s->axis = plan_axis(p, s->record->axis);
		s->priority = s->axis == NULL ? NULL : plan_priority(p, s->axis->priority);
		add_actions(a, p, s);
		add_forecasts(a, p, s);
		add_partners(a, p, s);
		add_indicators(a, p, s);
	}
	SORT(t->sheets, by_sheet_number);
}

/* --- what stands above the sheets, and beside them --- */

static void
hang_sheets(struct arena *a, struct contract_tree *t, struct tree_axis *x)
{
	for (size_t i = 0; i < t->sheets.n; i++) {
		if (t->sheets.v[i].axis == x->record)
			*PLAN_ADD(a, &x->sheets) = &t->sheets.v[i];
	}
}

static void
add_priorities(struct arena *a, struct contract_tree *t)
{
	const struct plan *p = t->plan;

	for (size_t i = 0; i < p->priorities.n; i++) {
		struct tree_priority *of = PLAN_ADD(a, &t->priorities);

		*of = (struct tree_priority){ .record = &p->priorities.v[i] };
		for (size_t k = 0; k < p->axes.n; k++) {
			struct tree_axis *x;

			if (p->axes.v[k].priority != of->record->record.id)
				continue;
			x = PLAN_ADD(a, &of->axes);
			*x = (struct tree_axis){ .record = &p->axes.v[k] };
			hang_sheets(a, t, x);
		}
		SORT(of->axes, axes_by_number);
	}
	SORT(t->priorities, priorities_by_number);
	for (size_t i = 0; i < t->sheets.n; i++) {
		if (t->sheets.v[i].axis == NULL)
			*PLAN_ADD(a, &t->elsewhere) = &t->sheets.v[i];
	}
}

static const struct organisation *
organisation_of_ref(const struct plan *p, str ref)
{
	for (size_t i = 0; i < p->organisations.n; i++) {
		if (str_eq(p->organisations.v[i].ref, ref))
			return &p->organisations.v[i];
	}
	return NULL;
}

static void
add_bodies(struct arena *a, struct contract_tree *t)
{
	const struct plan *p = t->plan;

	for (size_t i = 0; i < p->bodies.n; i++) {
		struct tree_body *b = PLAN_ADD(a, &t->bodies);
		str rest = p->bodies.v[i].members;

		*b = (struct tree_body){ .record = &p->bodies.v[i] };
		while (rest.len > 0) {
			const struct organisation *o = organisation_of_ref(p, str_cut(rest, ';', &rest));

			if (o != NULL)
				*PLAN_ADD(a, &b->members) = o;
		}
		for (size_t k = 0; k < p->meetings.n; k++) {
			if (p->meetings.v[k].body == b->record->record.id)
				*PLAN_ADD(a, &b->meetings) = &p->meetings.v[k];
		}
		SORT(b->meetings, by_day);
	}
	SORT(t->bodies, bodies_by_ref);
}

const struct contract_tree *
contract_tree(struct arena *a, const struct plan *p)
{
	struct contract_tree *t = ARENA_NEW(a, struct contract_tree);

	t->plan = p;
	add_sheets(a, t);
	add_priorities(a, t);
	add_bodies(a, t);
	t->years = money_years(a, p, &t->n_years);
	return t;
}

const struct err *
contract_tree_read(struct db *db, struct arena *a, int64_t keeper, int64_t contract, const struct contract_tree **out)
{
	struct plan *p = ARENA_NEW(a, struct plan);
	const struct err *e = plan_read(db, a, keeper, contract, p);

	*out = e == NULL ? contract_tree(a, p) : NULL;
	return e;
}

const struct tree_sheet *
tree_sheet(const struct contract_tree *t, int64_t id)
{
	for (size_t i = 0; i < t->sheets.n; i++) {
		if (t->sheets.v[i].record->record.id == id)
			return &t->sheets.v[i];
	}
	return NULL;
}

const struct tree_action *
tree_action(const struct tree_sheet *s, int64_t id)
{
	for (size_t i = 0; i < s->actions.n; i++) {
		if (s->actions.v[i].record->record.id == id)
			return &s->actions.v[i];
	}
	return NULL;
}
