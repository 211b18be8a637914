/* contract_tree.h - one contract for pages: its plan (model/plan.h) put together as people read it. Priorities, their axes,
 * the sheets of an axis, the actions of a sheet, each with its operators, forecasts and indicators; the bodies with their
 * members and meetings; the money year by year. Everything points into the plan, which lives as long as the tree does. */
#pragma once
#include "contract/money.h"

struct db;

struct tree_action {
	const struct action *record;
	const struct organisation *operator;          /* NULL: not said */
	PLAN_LIST(const struct forecast *) forecasts; /* its own, by year */
	int64_t cost, p104;                           /* of all its years; NUMBER_NONE: nothing is forecast */
};

struct tree_sheet {
	const struct sheet *record;
	const struct axis *axis;                                    /* NULL: evaluation, governance, or not said */
	const struct priority *priority;                            /* of the axis */
	PLAN_LIST(struct tree_action) actions;                      /* by ref, p2 before p10 */
	PLAN_LIST(const struct organisation *) operators, partners; /* by name */
	PLAN_LIST(const struct forecast *) shared;                  /* forecasts that name no action of the sheet, by year */
	PLAN_LIST(str) indicators; /* listed for it, by name; the mandatory ones are known elsewhere */
	int64_t cost, p104;        /* shared and of its actions, all years; NUMBER_NONE: nothing is forecast */
};

struct tree_axis {
	const struct axis *record;
	PLAN_LIST(const struct tree_sheet *) sheets; /* by number */
};

struct tree_priority {
	const struct priority *record;
	PLAN_LIST(struct tree_axis) axes; /* by number */
};

struct tree_body {
	const struct body *record;
	PLAN_LIST(const struct organisation *) members; /* in the order of the record */
	PLAN_LIST(const struct meeting *) meetings;     /* by day */
};

struct contract_tree {
	const struct plan *plan;
	PLAN_LIST(struct tree_priority) priorities;     /* by number */
	PLAN_LIST(const struct tree_sheet *) elsewhere; /* sheets on no axis of the contract, by number */
	PLAN_LIST(struct tree_sheet) sheets;            /* all of them, by number */
	PLAN_LIST(struct tree_body) bodies;             /* by ref */
	struct money_year *years;
	size_t n_years;
};

const struct contract_tree *contract_tree(struct arena *a, const struct plan *p);
/* Plan and tree; best inside a read transaction, so that all of it is of one moment. */
const struct err *contract_tree_read(
    struct db *db, struct arena *a, int64_t keeper, int64_t contract, const struct contract_tree **out);
/* By key; NULL: none of this contract. */
const struct tree_sheet *tree_sheet(const struct contract_tree *t, int64_t id);
const struct tree_action *tree_action(const struct tree_sheet *s, int64_t id);

/* What a sheet, or one of its actions (else NULL), forecasts for a year; NUMBER_NONE: nothing. A sheet's is the sum of what
 * its actions share and of what each has for itself. */
struct tree_cost {
	int64_t cost, p104;
};
struct tree_cost tree_forecast(const struct contract_tree *t, const struct sheet *s, const struct action *x, int64_t year);
