/* people in two actions or more: the figure nobody else has */
#include "figures/overlap.h"
#include "base/text.h"
#include "views.h"
#include "web/figure_url.h"
#include "web/overlap_page.h"
#include "web/page.h"
#include "web/reach.h"
#include "web/route.h"

str
overlap_name(struct html *h, const struct overlap_page *p, int part)
{
	const struct book *b = p->overlap->book;
	int place = p->overlap->parts[part]->place;

	if (!p->sheets)
		return str_format(h->arena, "%.*s %.*s", STR_ARG(b->sheets.v[b->actions.v[place].sheet].number),
		    STR_ARG(b->actions.v[place].title));
	return str_format(h->arena, "%.*s %.*s", STR_ARG(b->sheets.v[place].number), STR_ARG(b->sheets.v[place].title));
}

/* The figure of the row itself: 1.1.beneficiaries of that action or sheet, by the records. */
str
overlap_own_url(struct html *h, const struct overlap_page *p, int part)
{
	const struct scope *s = p->overlap->parts[part];
	struct figure_at at = { .contract = p->shown.contract.ref,
		.span = &p->shown.span,
		.kind = s->kind,
		.ref = scope_ref(p->overlap->book, s),
		.opens = true };
	const struct questionnaire *q = p->shown.figures.figures;

	for (int i = 0; i < q->figures.n; i++) {
		const struct figure *f = &q->figures.v[i];

		if (f->scope->kind == s->kind && f->scope->place == s->place && str_is(f->indicator->name, "1.1.beneficiaries"))
			return f->sent ? (str){ 0 } : figure_url(h->arena, &at, f->indicator->name, CELL_TOTAL);
	}
	return (str){ 0 };
}

bool
overlap_sent(const struct overlap_page *p)
{
	for (int i = 0; i < p->overlap->n; i++) {
		const struct scope *s = p->overlap->parts[i];
		int sheet = s->kind == SCOPE_SHEET ? s->place : p->overlap->book->actions.v[s->place].sheet;

		if (p->overlap->book->sheets.v[sheet].aggregate)
			return true;
	}
	return false;
}

str
overlap_url(struct html *h, const struct overlap_page *p, const char *path, bool sheets)
{
	return str_format(h->arena, "%s?%.*s&par=%s", path, STR_ARG(p->query), sheets ? "fiches" : "actions");
}

const char *
overlap_class(const struct overlap_page *p, int i, int j)
{
	int64_t whole = p->overlap->both[i * p->overlap->n + i], both = p->overlap->both[i * p->overlap->n + j];

	if (i == j)
		return "n same";
	if (both == 0 || whole == 0)
		return "n none";
	return both * 10 < whole ? "n d1" : both * 3 < whole ? "n d2" : "n d3";
}

/* The whole contract: an operator sees who is in its own actions, not who is in others' too. */
static const struct err *
take(struct req *r, struct overlap_page *p, bool offers)
{
	const struct err *e;

	p->req = r;
	p->sheets = str_is(req_query(r, "par"), "fiches");
	if (!reaches_contract(&r->viewer, RIGHT_EVIDENCE_COUNT))
		return reply_refused(r, RIGHT_EVIDENCE_COUNT);
	p->shown.offers = offers;
	if ((e = shown_figures(r, req_query(r, "contrat"), &p->shown)) != NULL)
		return e;
	p->periods = period_switch_of(r, &p->shown, p->shown.contract.ref);
	p->query = questionnaire_query(r->arena, &p->shown);
	p->overlap = overlap_make(
	    r->arena, p->shown.figures.view, &p->shown.figures.view->contract, p->sheets ? SCOPE_SHEET : SCOPE_ACTION);
	return NULL;
}

const struct err *
overlap_show(struct req *r)
{
	struct overlap_page o = { 0 };
	struct page p = { .title = str_of(tr("People in several actions")), .menu = MENU_FIGURES, .wide = true };
	const struct err *e = take(r, &o, true);

	if (e != NULL || o.overlap == NULL)
		return e;
	page_crumb(&p, str_of(tr("Questionnaire")), str_format(r->arena, "/questionnaire?%.*s", STR_ARG(o.query)));
	p.fault = period_opens(&o.periods);
	overlap_view(page_begin(r, &p), &o);
	return page_end(r);
}

const struct err *
overlap_csv_file(struct req *r)
{
	struct overlap_page o = { 0 };
	const struct err *e = take(r, &o, false);

	if (e != NULL || o.overlap == NULL)
		return e;
	overlap_csv(o.overlap, &r->out->body);
	return reply_file(r, "text/csv; charset=utf-8", o.sheets ? "recoupements-fiches.csv" : "recoupements-actions.csv");
}
