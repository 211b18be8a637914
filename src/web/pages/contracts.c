/* the list of contracts: an observer's of every city, else those of one's own */
#include "web/app_parts.h"

#include <stdlib.h>

#include "base/text.h"
#include "contract/money.h"
#include "views.h"
#include "web/contract_page.h"
#include "web/reach.h"
#include "web/route.h"

enum { CONTRACTS_PAGE = 20 }; /* each is read whole for its figures, once in the life of a process */

static int
latest_first(const void *va, const void *vb)
{
	const struct book_contract *a = va, *b = vb;

	if (a->signed_on != b->signed_on)
		return (a->signed_on < b->signed_on) - (a->signed_on > b->signed_on);
	return str_cmp(a->ref, b->ref);
}

static int64_t
plus(int64_t sum, int64_t cents)
{
	if (cents == NUMBER_NONE)
		return sum;
	return (sum == NUMBER_NONE ? 0 : sum) + cents;
}

static const struct err *
add_money(struct req *r, struct contract_line *l)
{
	const struct plan *plan;
	const struct money_year *years;
	size_t n;
	const struct err *e = shelf_plan(app_shelf(r->app), r->db, l->contract->territory, l->contract->id, &plan);

	if (e != NULL)
		return e;
	years = money_years(r->arena, plan, &n);
	for (size_t i = 0; i < n; i++) {
		l->requested = plus(l->requested, years[i].requested);
		l->forecast = plus(l->forecast, years[i].forecast);
	}
	return NULL;
}

static const struct err *
add_people(struct req *r, struct contract_line *l)
{
	struct figure_at at = { .contract = l->contract->ref, .span = &l->span, .kind = SCOPE_CONTRACT };
	struct shelved got;
	const struct err *e = shelf_take(app_shelf(r->app), r->db, l->contract->territory, l->contract->id, l->span.days, &got);

	for (int i = 0; e == NULL && i < got.figures->figures.n; i++) {
		const struct figure *f = &got.figures->figures.v[i];

		if (f->scope->kind == SCOPE_CONTRACT && str_is(f->indicator->name, "cohort.enlarged"))
			l->people = f->value[CELL_TOTAL];
	}
	at.opens = reaches_contract(&r->viewer, RIGHT_EVIDENCE_COUNT);
	l->people_url = figure_url(r->arena, &at, S("cohort.enlarged"), CELL_TOTAL);
	return e;
}

static const struct err *
fill_line(struct req *r, const struct book_contract *c, struct contract_line *l)
{
	const struct err *e = NULL;

	*l = (struct contract_line){ .contract = c, .url = contract_url(r->arena, c->ref), .span = span_today(c, r->today) };
	l->requested = l->forecast = NUMBER_NONE;
	l->figures = reaches_contract(&r->viewer, RIGHT_FIGURES_READ);
	l->money = reaches_contract(&r->viewer, RIGHT_MONEY_READ);
	if (l->figures)
		e = add_people(r, l);
	if (e == NULL && l->money)
		e = add_money(r, l);
	return e;
}

static int64_t
page_asked(const struct req *r, int64_t pages)
{
	number n = str_number(req_query(r, "page"));

	return !n.ok || n.value < 1 ? 1 : n.value > pages ? pages : n.value;
}

const struct err *
contracts_page(struct req *r)
{
	struct contracts_page p = { .req = r };
	struct page frame = { .title = str_of(tr("Contracts")), .menu = MENU_CONTRACT };
	struct shown s = { 0 };
	size_t first;
	const struct err *e = shown_contract(r, (str){ 0 }, &s);

	if (e != NULL && (e->kind != ERR_NOTFOUND || s.n > 0))
		return e;
	p.all = s.n;
	if (s.n > 0)
		qsort(s.contracts, s.n, sizeof *s.contracts, latest_first);
	p.pages = (int64_t)((s.n + CONTRACTS_PAGE - 1) / CONTRACTS_PAGE);
	p.page = page_asked(r, p.pages == 0 ? 1 : p.pages);
	first = (size_t)(p.page - 1) * CONTRACTS_PAGE;
	p.v = ARENA_ARRAY(r->arena, CONTRACTS_PAGE, struct contract_line);
	for (size_t i = first; i < s.n && p.n < CONTRACTS_PAGE; i++)
		if ((e = fill_line(r, &s.contracts[i], &p.v[p.n++])) != NULL)
			return e;
	contracts_view(page_begin(r, &frame), &p);
	return page_end(r);
}
