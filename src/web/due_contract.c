/* due_contract.c - what the parties of the contract owe each other: findings, meetings, money, returns, its end */
#include "base/shown.h"
#include "base/text.h"
#include "contract/conformity.h"
#include "web/due.h"
#include "web/reach.h"

static str
contract_place(const struct due_list *to, const struct due_ask *ask, const char *path)
{
	return due_text(to, "/contrats/%.*s%s", STR_ARG(ask->shown.contract.ref), path);
}

/* What a rule found first, and how many more there are. */
static str
first_of(const struct due_list *to, const struct finding *f, size_t n)
{
	return n == 1 ? f->detail
		      : due_text(to, tr_n("%.*s And %zu other.", "%.*s And %zu others.", (unsigned long)n - 1),
			    STR_ARG(f->detail), n - 1);
}

/* One line a rule: the first of what it found stands under it. Warnings and notices wait on the contract's page. */
const struct err *
due_findings(struct due_list *to, const struct due_ask *ask)
{
	struct conformity all;
	bool mends = viewer_may(&ask->req->viewer, RIGHT_IMPORT_BUNDLE);

	if (!ask->contract)
		return NULL;
	conformity_check(ask->req->arena, ask->plan, ask->req->today, false, &all);
	for (size_t i = 0, end; i < all.findings.n; i = end) {
		const struct finding *f = &all.findings.v[i];

		for (end = i + 1; end < all.findings.n && all.findings.v[end].rule == f->rule; end++)
			;
		if (f->rule->severity != SEVERITY_ERROR)
			continue;
		due_add(to, &(struct due){ .object = str_of(tr(f->rule->heading)),
				.detail = first_of(to, f, end - i),
				.on = DAY_NONE,
				.state = tr("to settle"),
				.act = mends ? tr("Settle it") : tr("See it"),
				.url = due_text(
				    to, "/contrats/%.*s/conformite#%s", STR_ARG(ask->shown.contract.ref), f->rule->finding) });
	}
	return NULL;
}

/* --- meetings --- */

static bool
yearly(const struct body *b)
{
	return str_is(b->frequency, "yearly") && (str_is(b->kind, "steering") || str_is(b->kind, "technical"));
}

static bool
meets_within(const struct plan *p, const struct body *b, period year)
{
	for (size_t i = 0; i < p->meetings.n; i++) {
		const struct meeting *m = &p->meetings.v[i];

		if (m->body == b->record.id && !str_is(m->state, "cancelled") && period_has(year, m->on))
			return true;
	}
	return false;
}

static str
body_place(const struct due_list *to, const struct due_ask *ask, const struct body *b)
{
	return due_text(to, "/contrats/%.*s/texte#b-%.*s", STR_ARG(ask->shown.contract.ref), STR_ARG(b->ref));
}

/* A yearly body has met, or will, before its contract year ends. */
static void
add_missing_meeting(struct due_list *to, const struct due_ask *ask, const struct body *b)
{
	struct span year;
	char last[DAY_TEXT];

	for (int n = 1; n <= contract_years(&ask->shown.contract); n++) {
		if (!span_of_year(&ask->shown.contract, CALENDAR_CONTRACT, n, &year) || !period_has(year.days, ask->req->today) ||
		    meets_within(ask->plan, b, year.days))
			continue;
		*PLAN_ADD(to->arena, &to->v) = (struct due){ .object = due_text(to, tr("%.*s to convene"), STR_ARG(b->name)),
			.detail = due_text(to, tr("No meeting is planned in contract year %d, which ends on %s"), n,
			    day_shown(year.days.to, last).s),
			.on = year.days.to,
			.act = tr("See the body"),
			.url = body_place(to, ask, b) };
	}
}

static void
add_meeting(struct due_list *to, const struct due_ask *ask, const struct meeting *m)
{
	const struct body *b = plan_body(ask->plan, m->body);
	bool past = m->on < ask->req->today;

	if (b == NULL || !str_is(m->state, "planned"))
		return;
	if (past && ask->req->viewer.role != ROLE_coordinator)
		return; /* who writes the minutes is the city */
	due_add(to, &(struct due){ .object = past ? due_text(to, tr("%.*s: was it held?"), STR_ARG(b->name)) : b->name,
			.detail = m->subject,
			.on = m->on,
			.act = past ? tr("See the body") : tr("Prepare the meeting"),
			.url = body_place(to, ask, b) });
}

const struct err *
due_meetings(struct due_list *to, const struct due_ask *ask)
{
	for (size_t i = 0; ask->contract && i < ask->plan->bodies.n; i++) {
		if (yearly(&ask->plan->bodies.v[i]))
			add_missing_meeting(to, ask, &ask->plan->bodies.v[i]);
	}
	for (size_t i = 0; ask->contract && i < ask->plan->meetings.n; i++)
		add_meeting(to, ask, &ask->plan->meetings.v[i]);
	return NULL;
}

/* --- money --- */

const struct err *
due_grants(struct due_list *to, const struct due_ask *ask)
{
	for (size_t i = 0; ask->contract && i < ask->plan->grants.n; i++) {
		const struct grant *g = &ask->plan->grants.v[i];

		if (g->requested_cents != NUMBER_NONE || g->granted_cents != NUMBER_NONE)
			continue;
		due_add(to, &(struct due){ .object = due_text(to, tr("Subsidy of %lld: no amount"), (long long)g->year),
				.detail = g->condition,
				.on = day_of((int)g->year, 1, 1),
				.act = tr("See the subsidy"),
				.url = contract_place(to, ask, "/texte#subsidy") });
	}
	return NULL;
}

const struct err *
due_payments(struct due_list *to, const struct due_ask *ask)
{
	struct money_year *years;
	size_t n = 0;

	if (!ask->contract)
		return NULL;
	years = money_years(ask->req->arena, ask->plan, &n);
	for (size_t i = 0; i < n; i++) {
		const struct money_year *m = &years[i];
		struct buf left = { 0 };

		if (m->granted == NUMBER_NONE || (m->paid != NUMBER_NONE && m->paid >= m->granted))
			continue;
		shown_money(&left, m->granted - (m->paid == NUMBER_NONE ? 0 : m->paid));
		due_add(to, &(struct due){ .object = due_text(to, tr("Subsidy of %lld: not all is paid"), (long long)m->year),
				.detail = due_text(to, tr("%.*s are still to come"), (int)left.len, left.s),
				.on = day_of((int)m->year, 12, 31),
				.act = tr("See the subsidy"),
				.url = contract_place(to, ask, "/texte#subsidy") });
		buf_release(&left);
	}
	return NULL;
}

/* --- counts that operators send --- */

static bool
sent_within(const struct book *b, const struct book_sheet *s, period p)
{
	for (int i = s->first_aggregate; i < s->end_aggregate; i++) {
		if (b->aggregates.v[i].period.from >= p.from && b->aggregates.v[i].period.to <= p.to)
			return true;
	}
	return false;
}

static void
add_return(struct due_list *to, const struct due_ask *ask, const struct book_sheet *s, const struct span *year)
{
	str label = span_label(ask->req->arena, year);

	due_add(to, &(struct due){ .object = due_text(to, tr("Counts of sheet %.*s to send"), STR_ARG(s->number)),
			.detail = due_text(to, "%.*s · %.*s", STR_ARG(s->title), STR_ARG(label)),
			.on = year->days.to,
			.act = tr("Import the counts"),
			.url = S("/import") });
}

/* Each contract year that has begun. */
const struct err *
due_returns(struct due_list *to, const struct due_ask *ask)
{
	const struct book *b = ask->contract && ask->figures ? ask->shown.figures.book : NULL;
	struct span year;

	for (int i = 0; b != NULL && i < b->sheets.n; i++) {
		const struct book_sheet *s = &b->sheets.v[i];

		if (!s->aggregate || !reaches_sheet(&ask->req->viewer, RIGHT_IMPORT_LIST, ask->plan, s->id))
			continue;
		for (int n = 1; n <= contract_years(&ask->shown.contract); n++) {
			if (span_of_year(&ask->shown.contract, CALENDAR_CONTRACT, n, &year) &&
			    year.days.from <= ask->req->today && !sent_within(b, s, year.days))
				add_return(to, ask, s, &year);
		}
	}
	return NULL;
}

/* --- the end of the contract --- */

enum { END_AHEAD = 6 }; /* months in which the next one is prepared */

const struct err *
due_end(struct due_list *to, const struct due_ask *ask)
{
	period p = { DAY_NONE, DAY_NONE };
	struct due line = { .act = tr("Open the contract") };

	if (ask->contract)
		p = plan_duration(&ask->plan->contract);
	if (p.from == DAY_NONE || p.to == DAY_NONE)
		return NULL;
	if (day_add_months(ask->req->today, END_AHEAD) < p.to) {
		due_later(to, p.to, str_of(tr("the end of the contract")));
		return NULL;
	}
	line.object = str_of(p.to < ask->req->today ? tr("The contract has ended: none is in force") : tr("The contract ends"));
	line.detail = ask->shown.contract.title;
	line.on = p.to;
	line.url = contract_place(to, ask, "");
	*PLAN_ADD(to->arena, &to->v) = line;
	return NULL;
}
