/* one sheet (fiche-action): what is planned beside what is achieved */
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/reach.h"
#include "web/route.h"
#include "web/sheet_page.h"

/* The contract that the sheet belongs to; absent: no such sheet in this city. Who sees several cities says which contract. */
static const struct err *
contract_of(struct req *r, str ref, str *contract)
{
	struct sheet_contract_row row;
	struct db_rows rows;

	*contract = req_query(r, "contrat");
	if (contract->len > 0 && viewer_roams(&r->viewer))
		return NULL;
	*contract = (str){ 0 };
	(void)sheet_contract(r->db, &rows, r->viewer.territory, ref);
	while (sheet_contract_next(&rows, &row))
		*contract = str_dup(r->arena, row.contract_ref);
	return db_done(&rows);
}

static void
find_sheet(struct sheet_page *p, str ref)
{
	const struct contract_tree *t = p->c.tree;

	for (size_t i = 0; i < t->sheets.n; i++) {
		if (!str_eq(t->sheets.v[i].record->ref, ref))
			continue;
		p->sheet = &t->sheets.v[i];
		p->before = i > 0 ? p->sheet - 1 : NULL;
		p->after = i + 1 < t->sheets.n ? p->sheet + 1 : NULL;
	}
}

str
sheet_url_over(const struct sheet_page *p, int64_t civil_year)
{
	struct contract_page c = p->c;

	if (!span_of_year(&c.shown.contract, CALENDAR_CIVIL, civil_year, &c.shown.span))
		return sheet_url(&p->c, p->sheet->record);
	return sheet_url(&c, p->sheet->record);
}

str
sheet_people_url(const struct sheet_page *p, const char *missing)
{
	struct arena *a = p->c.req->arena;
	str ref = p->sheet->record->ref;

	if (!p->people)
		return (str){ 0 };
	if (missing == NULL)
		return str_format(a, "/personnes?fiche=%.*s", STR_ARG(ref));
	return str_format(a, "/personnes?fiche=%.*s&manque=%s", STR_ARG(ref), missing);
}

/* What of this sheet the viewer reaches. */
static void
reach(struct sheet_page *p)
{
	const struct viewer *v = &p->c.req->viewer;
	const struct plan *plan = p->c.tree->plan;
	int64_t id = p->sheet->record->record.id;

	p->figures = p->c.figures && reaches_sheet(v, RIGHT_FIGURES_READ, plan, id);
	p->money = reaches_sheet(v, RIGHT_MONEY_READ, plan, id);
	p->people = v->role != ROLE_beneficiary && reaches_sheet(v, RIGHT_PEOPLE_READ, plan, id);
	p->flags = contract_flags(&p->c, p->sheet->record);
}

static struct page
frame_of(struct sheet_page *p)
{
	struct arena *a = p->c.req->arena;
	const struct sheet *s = p->sheet->record;
	struct page page = contract_frame(&p->c, str_format(a, tr("Sheet %.*s – %.*s"), STR_ARG(s->number), STR_ARG(s->title)));

	page.own_heading = true;
	page_crumb(&page, p->c.shown.contract.title, contract_url(a, p->c.shown.contract.ref));
	return page;
}

const struct err *
sheet_page(struct req *r)
{
	struct sheet_page p = { 0 };
	struct page page;
	str contract;
	const struct err *e = contract_of(r, r->parts[0], &contract);

	if (e != NULL)
		return e;
	if (contract.len == 0)
		return reply_missing(r);
	if ((e = contract_open(r, contract, &p.c)) != NULL)
		return e;
	find_sheet(&p, r->parts[0]);
	if (p.sheet == NULL)
		return reply_missing(r);
	if (viewer_roams(&r->viewer))
		p.c.period.contract = contract;
	reach(&p);
	sheet_rows(&p);
	page = frame_of(&p);
	sheet_view(page_begin(r, &page), &p);
	return page_end(r);
}
