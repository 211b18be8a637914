#include "web/due.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "web/app_parts.h"

enum { AHEAD = 30 }; /* days: what is due later is not said yet */

#define ROLE_BIT(role) (1u << ROLE_##role)
static const struct {
	due_source *source;
	enum right right;
	unsigned roles;
} sources[] = {
	{ due_today, RIGHT_ATTENDANCE, ROLE_BIT(coordinator) | ROLE_BIT(manager) | ROLE_BIT(worker) },
	{ due_sessions, RIGHT_EVIDENCE_READ, ROLE_BIT(coordinator) | ROLE_BIT(manager) | ROLE_BIT(worker) },
	{ due_requests, RIGHT_ENROL, ROLE_BIT(coordinator) | ROLE_BIT(manager) | ROLE_BIT(worker) },
	{ due_followups, RIGHT_EVIDENCE_READ, ROLE_BIT(coordinator) | ROLE_BIT(manager) | ROLE_BIT(worker) },
	{ due_steps, RIGHT_ACTS_WRITE, ROLE_BIT(coordinator) | ROLE_BIT(manager) | ROLE_BIT(worker) },
	{ due_incomplete, RIGHT_EVIDENCE_READ, ROLE_BIT(coordinator) | ROLE_BIT(manager) | ROLE_BIT(worker) },
	{ due_returns, RIGHT_IMPORT_LIST, ROLE_BIT(coordinator) | ROLE_BIT(manager) },
	{ due_findings, RIGHT_CONFORMITY_READ, ROLE_BIT(coordinator) | ROLE_BIT(finance) | ROLE_BIT(state) },
	{ due_meetings, RIGHT_CONTRACT_READ, ROLE_BIT(coordinator) | ROLE_BIT(state) },
	{ due_grants, RIGHT_MONEY_READ, ROLE_BIT(coordinator) | ROLE_BIT(finance) },
	{ due_payments, RIGHT_MONEY_READ, ROLE_BIT(finance) },
	{ due_end, RIGHT_CONTRACT_READ, ROLE_BIT(coordinator) | ROLE_BIT(finance) | ROLE_BIT(state) | ROLE_BIT(observer) },
	{ due_cohort, RIGHT_EVIDENCE_COUNT, ROLE_BIT(coordinator) | ROLE_BIT(researcher) },
	{ due_referrals, RIGHT_HOME, ROLE_BIT(partner) },
	{ due_own_file, RIGHT_PEOPLE_READ, ROLE_BIT(beneficiary) },
	{ due_accounts, RIGHT_ACCOUNTS, ROLE_BIT(administrator) | ROLE_BIT(manager) },
	{ due_invitations, RIGHT_ACCOUNTS, ROLE_BIT(administrator) | ROLE_BIT(manager) },
	{ due_verification, RIGHT_MACHINERY, ROLE_BIT(administrator) },
	{ due_backup, RIGHT_MACHINERY, ROLE_BIT(administrator) },
	{ due_failures, RIGHT_IMPORT_LIST, ROLE_BIT(coordinator) | ROLE_BIT(manager) },
	{ due_failures, RIGHT_MACHINERY, ROLE_BIT(administrator) },
	{ due_contacts, RIGHT_PARTNERS_WRITE, ROLE_BIT(coordinator) | ROLE_BIT(manager) },
};

str
due_text(const struct due_list *to, const char *format, ...)
{
	char *text;
	va_list args;
	str out;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0)
		bug_oom(0);
	out = str_dup(to->arena, (str){ text, (size_t)n });
	free(text);
	return out;
}

void
due_later(struct due_list *to, day on, str object)
{
	if (on == DAY_NONE || on == DAY_FOREVER || on <= to->today || (to->next != DAY_NONE && to->next <= on))
		return;
	to->next = on;
	to->next_object = object;
}

void
due_add(struct due_list *to, const struct due *line)
{
	if (line->on != DAY_NONE && line->on > to->today + AHEAD)
		due_later(to, line->on, line->object);
	else
		*PLAN_ADD(to->arena, &to->v) = *line;
}

/* What has no date stands where today is: after what is late, before what is to come. */
static int
by_urgency(const void *va, const void *vb, void *list)
{
	const struct due *a = va, *b = vb;
	day today = ((const struct due_list *)list)->today, x = a->on, y = b->on;

	if (a->first != b->first)
		return a->first ? -1 : 1;
	if (x == DAY_NONE)
		x = today;
	if (y == DAY_NONE)
		y = today;
	if (x != y)
		return x < y ? -1 : 1;
	return str_cmp(a->object, b->object) != 0 ? str_cmp(a->object, b->object) : str_cmp(a->detail, b->detail);
}

/* The contract in force, when there is one and the viewer may know of it. */
static const struct err *
open_contract(struct req *r, struct due_ask *ask)
{
	const struct err *e;

	if (!viewer_may(&r->viewer, RIGHT_CONTRACT_READ))
		return NULL;
	ask->figures = viewer_may(&r->viewer, RIGHT_FIGURES_READ);
	e = (ask->figures ? shown_figures : shown_contract)(r, (str){ 0 }, &ask->shown);
	if (e != NULL)
		return e->kind == ERR_NOTFOUND ? NULL : e;
	ask->contract = true;
	return shelf_plan(app_shelf(r->app), r->db, ask->shown.contract.territory, ask->shown.contract.id, &ask->plan);
}

const struct err *
due_read(struct req *r, struct due_list *to)
{
	struct due_ask ask = { .req = r };
	const struct err *e = open_contract(r, &ask);

	*to = (struct due_list){ .arena = r->arena, .today = r->today, .next = DAY_NONE };
	for (size_t i = 0; e == NULL && i < sizeof sources / sizeof *sources; i++) {
		if ((sources[i].roles >> r->viewer.role & 1) != 0 && viewer_may(&r->viewer, sources[i].right))
			e = sources[i].source(to, &ask);
	}
	if (e == NULL && to->v.n > 0)
		qsort_r(to->v.v, to->v.n, sizeof *to->v.v, by_urgency, to);
	return e;
}
