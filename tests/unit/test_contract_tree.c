/* One contract as pages show it: the real one of Clermont-Ferrand, on each engine; and money year by year. */
#include "bundle_case.h"

#include "contract/contract_tree.h"

static const struct contract_tree *
read_real(struct db_case *t)
{
	const struct contract_tree *tree;
	int64_t keeper, contract;

	case_open(t, DB_CREATE);
	case_imported(t, source_path(t, "data/contract/clermont-ferrand-2022"));
	ok(keeper_find(t->db, &t->arena, (str){ 0 }, &keeper));
	ok(entity_key_of_ref(t->db, keeper, &entities[ENTITY_contracts], S("cf-ctai-2022"), &contract));
	ok(db_begin_read(t->db));
	ok(db_end(t->db, contract_tree_read(t->db, &t->arena, keeper, contract, &tree)));
	return tree;
}

static const struct tree_sheet *
sheet_of(const struct contract_tree *t, const char *ref)
{
	for (size_t i = 0; i < t->sheets.n; i++) {
		if (str_is(t->sheets.v[i].record->ref, ref))
			return &t->sheets.v[i];
	}
	fail_msg("no sheet %s", ref);
	return NULL;
}

/* "p1(1.1 1.2 1.3) ...": each priority with the sheets of its axes; then those on no axis. */
static const char *
drawn(struct db_case *t, const struct contract_tree *tree)
{
	struct buf b = { 0 };
	const char *out;

	for (size_t i = 0; i < tree->priorities.n; i++) {
		const struct tree_priority *p = &tree->priorities.v[i];

		buf_format(&b, "%.*s(", STR_ARG(p->record->ref));
		for (size_t k = 0; k < p->axes.n; k++) {
			buf_format(&b, " %.*s:", STR_ARG(p->axes.v[k].record->ref));
			for (size_t n = 0; n < p->axes.v[k].sheets.n; n++)
				buf_format(&b, " %.*s", STR_ARG(p->axes.v[k].sheets.v[n]->record->number));
		}
		buf_add(&b, S(") "));
	}
	for (size_t i = 0; i < tree->elsewhere.n; i++)
		buf_format(&b, "%.*s ", STR_ARG(tree->elsewhere.v[i]->record->number));
	out = str_z(&t->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void
the_tree_stands_in_the_order_of_the_contract(void **state)
{
	struct db_case *t = case_of(state);
	const struct contract_tree *tree = read_real(t);

	/* The axes of p3 bear the numbers 3 and 2 in the original (a finding): here in the order of their numbers. */
	assert_string_equal(drawn(t, tree), "p1( p1a1: 1.1 p1a2: 1.2 p1a3: 1.3) p2( p2a1: 2.1 p2a2: 2.2 p2a3: 2.3) "
					    "p3( p3a2: 3.2 p3a1: 3.1) p4( p4a1: 4.1 p4a2: 4.2 p4a3: 4.3) E G ");
	assert_int_equal(tree->sheets.n, 13);
	assert_int_equal(tree->bodies.n, 4);
	assert_true(str_is(tree->bodies.v[0].record->ref, "copil"));
	assert_true(tree->bodies.v[0].members.n >= 6);
	assert_true(str_is(tree->bodies.v[0].members.v[0]->ref, "ville"));
}

static void
a_sheet_has_its_actions_operators_and_costs(void **state)
{
	struct db_case *t = case_of(state);
	const struct contract_tree *tree = read_real(t);
	const struct tree_sheet *s = sheet_of(tree, "f12"), *mobility = sheet_of(tree, "f11");
	struct tree_cost cost = tree_forecast(tree, s->record, NULL, 2022);
	int64_t sum = 0;

	assert_true(str_is(s->axis->ref, "p1a2"));
	assert_true(str_is(s->priority->ref, "p1"));
	assert_true(s->actions.n >= 3);
	for (size_t i = 0; i < s->actions.n; i++) {
		const struct tree_action *x = &s->actions.v[i];

		assert_ptr_equal(tree_action(s, x->record->record.id), x);
		assert_int_equal(tree_forecast(tree, s->record, x->record, 2022).cost, x->cost);
		if (x->cost != NUMBER_NONE)
			sum += x->cost;
	}
	assert_int_equal(cost.cost, sum);
	assert_int_equal(cost.cost, s->cost);
	assert_int_equal(cost.p104, NUMBER_NONE); /* its part on the programme is not said */
	assert_int_equal(tree_forecast(tree, s->record, NULL, 2031).cost, NUMBER_NONE);
	assert_int_equal(mobility->operators.n, 1);
	assert_true(str_is(mobility->operators.v[0]->ref, "plateforme-mobilite-63"));
	assert_true(mobility->partners.n >= 12);
	assert_int_equal(mobility->p104, 1500000);
	assert_int_equal(sheet_of(tree, "fgo")->cost, NUMBER_NONE);
	assert_ptr_equal(tree_sheet(tree, s->record->record.id), s);
	assert_null(tree_sheet(tree, 1));
}

/* Nothing of the plan is lost on its way into the tree, and nothing stands twice. */
static void
every_record_has_its_place(void **state)
{
	struct db_case *t = case_of(state);
	const struct contract_tree *tree = read_real(t);
	const struct plan *p = tree->plan;
	size_t actions = 0, partners = 0, indicators = 0, forecasts = 0;
	int64_t cost = 0;

	for (size_t i = 0; i < tree->sheets.n; i++) {
		const struct tree_sheet *s = &tree->sheets.v[i];

		actions += s->actions.n;
		partners += s->operators.n + s->partners.n;
		indicators += s->indicators.n;
		forecasts += s->shared.n;
		for (size_t k = 0; k < s->actions.n; k++)
			forecasts += s->actions.v[k].forecasts.n;
		cost += s->cost == NUMBER_NONE ? 0 : s->cost;
		for (size_t k = 1; k < s->indicators.n; k++)
			assert_true(str_cmp(s->indicators.v[k - 1], s->indicators.v[k]) < 0);
	}
	assert_int_equal(actions, p->actions.n);
	assert_int_equal(partners, p->partnerships.n);
	assert_int_equal(indicators, p->sheet_indicators.n);
	assert_int_equal(forecasts, p->forecasts.n);
	assert_int_equal(cost, 36214700);
}

static void
the_money_of_a_year_compares_the_request_with_the_sheets(void **state)
{
	struct db_case *t = case_of(state);
	const struct contract_tree *tree = read_real(t);
	const struct money_year *y = tree->years;

	assert_int_equal(tree->n_years, 4);
	assert_int_equal(y[0].year, 2022);
	assert_int_equal(y[0].requested, 41042300);
	assert_int_equal(y[0].forecast, 36214700);
	assert_int_equal(y[0].unexplained, 4827600);
	assert_int_equal(y[0].granted, NUMBER_NONE);
	assert_int_equal(y[0].paid, NUMBER_NONE);
	assert_true(str_is(y[0].grant->ref, "cf-2022"));
	assert_int_equal(y[3].year, 2025);
	assert_null(y[3].grant);
	assert_int_equal(y[3].requested, NUMBER_NONE);
	assert_int_equal(y[3].unexplained, 0);
}

static void
several_subsidies_of_a_year_are_added_up(void **state)
{
	struct arena a = { 0 };
	struct grant grants[] = {
		{ .ref = S("g1"), .year = 2023, .requested_cents = 100, .granted_cents = NUMBER_NONE },
		{ .ref = S("g2"), .year = 2023, .requested_cents = 50, .granted_cents = 70 },
	};
	struct payment payments[] = { { .year = 2030, .cents = 5 }, { .year = 2030, .cents = 6 } };
	struct forecast forecasts[] = {
		{ .year = 2023, .cost_cents = 120, .p104_cents = NUMBER_NONE },
		{ .year = 2023, .cost_cents = NUMBER_NONE, .p104_cents = 30 },
		{ .year = 2019, .cost_cents = 1, .p104_cents = 1 },
	};
	struct plan p = { .contract = { .signed_on = DAY_NONE, .duration_months = NUMBER_NONE },
		.grants = { grants, 2, 0 },
		.payments = { payments, 2, 0 },
		.forecasts = { forecasts, 3, 0 } };
	struct money_year *y;
	size_t n;

	(void)state;
	y = money_years(&a, &p, &n);
	assert_int_equal(n, 3);
	assert_int_equal(y[0].year, 2019);
	assert_int_equal(y[0].unexplained, 0);
	assert_int_equal(y[1].requested, 150);
	assert_int_equal(y[1].granted, 70);
	assert_int_equal(y[1].forecast, 120);
	assert_int_equal(y[1].p104, 30);
	assert_int_equal(y[1].unexplained, 30);
	assert_true(str_is(y[1].grant->ref, "g2"));
	assert_int_equal(y[2].paid, 11);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(the_tree_stands_in_the_order_of_the_contract),
		ON_BOTH(a_sheet_has_its_actions_operators_and_costs),
		ON_BOTH(every_record_has_its_place),
		ON_BOTH(the_money_of_a_year_compares_the_request_with_the_sheets),
		cmocka_unit_test(several_subsidies_of_a_year_are_added_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
