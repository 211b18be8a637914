/* one contract: its tree, its text, what does not hold in it, its request against the forecasts */
#include "base/text.h"
#include "views.h"
#include "web/app_parts.h"
#include "web/contract_page.h"
#include "web/route.h"

/* The contract that the address names, or the page that says why not. *shown: c may be shown. */
static const struct err *
open_asked(struct req *r, struct contract_page *c, enum contract_tab tab)
{
	const struct err *e = contract_open(r, r->parts[0], c);

	if (e == NULL)
		contract_tabs(c, tab);
	return e;
}

static struct html *
begin(struct contract_page *c)
{
	struct page p = contract_frame(c, c->shown.contract.title);

	p.own_heading = true;
	return page_begin(c->req, &p);
}

/* Nothing is recorded yet: who may fill it is told how. */
static const struct err *
none_yet(struct req *r)
{
	struct page p = { .title = str_of(tr("Contract")), .menu = MENU_CONTRACT };
	bool imports = viewer_may(&r->viewer, RIGHT_IMPORT_BUNDLE);

	part_empty(page_begin(r, &p), tr("The contract will stand here: its priorities, axes, sheets and actions"),
	    tr("No contract is recorded yet."), imports ? tr("Import a contract") : NULL, S("/import"));
	return page_end(r);
}

const struct err *
contract_in_force(struct req *r)
{
	struct shown s = { 0 };
	const struct err *e = shown_contract(r, (str){ 0 }, &s);

	if (e != NULL)
		return e->kind == ERR_NOTFOUND && s.n == 0 ? none_yet(r) : e;
	if (viewer_roams(&r->viewer) && s.n > 1)
		return reply_see(r, "/contrats");
	return reply_see(
	    r, "/contrats/%.*s%s%.*s", STR_ARG(s.contract.ref), r->in->query.len > 0 ? "?" : "", STR_ARG(r->in->query));
}

const struct err *
contract_tree_page(struct req *r)
{
	struct contract_page c;
	const struct err *e = open_asked(r, &c, TAB_TREE);

	if (e != NULL)
		return e;
	contract_tree_view(begin(&c), &c);
	return page_end(r);
}

const struct err *
contract_text_page(struct req *r)
{
	struct contract_page c;
	const struct err *e = open_asked(r, &c, TAB_TEXT);

	if (e != NULL)
		return e;
	contract_text_view(begin(&c), &c);
	return page_end(r);
}

const struct err *
contract_findings_page(struct req *r)
{
	struct contract_page c;
	struct conformity all;
	const struct err *e = open_asked(r, &c, TAB_FINDINGS);

	if (e != NULL)
		return e;
	conformity_check(r->arena, c.tree->plan, r->today, false, &all);
	contract_findings_view(begin(&c), &c, &all);
	return page_end(r);
}

const struct err *
contract_money_page(struct req *r)
{
	struct contract_page c;
	const struct err *e = open_asked(r, &c, TAB_MONEY);

	if (e != NULL)
		return e;
	if (!c.money) /* a manager sees the money of their own sheets, not the whole */
		return reply_refused(r, RIGHT_MONEY_READ);
	contract_money_view(begin(&c), &c);
	return page_end(r);
}
