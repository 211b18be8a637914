/* one figure opened: its rule, why records count or not, and the records themselves for those who may see them */
#include "web/opened.h"
#include "base/text.h"
#include "views.h"
#include "web/page.h"
#include "web/route.h"

const struct err *
figure_page(struct req *r)
{
	struct opened o = { 0 };
	struct page p = { .title = str_of(tr("What a figure counts")), .menu = MENU_FIGURES };
	const struct err *e = opened_read(r, &o);

	if (e != NULL || r->out->status != 200)
		return e;
	page_crumb(&p, str_of(tr("Questionnaire")), o.back);
	p.heading = indicator_label(o.figure->indicator);
	opened_view(page_begin(r, &p), &o);
	return page_end(r);
}

const struct err *
figure_csv_file(struct req *r)
{
	struct opened o = { 0 };
	const struct err *e = opened_read(r, &o);

	if (e == NULL && r->out->status == 200 && !o.reads)
		return reply_refused(r, RIGHT_EVIDENCE_READ);
	if (e == NULL && r->out->status == 200)
		e = opened_csv(r, &o, &r->out->body);
	if (e != NULL || r->out->status != 200)
		return e;
	return reply_file(r, "text/csv; charset=utf-8", str_format(r->arena, "%.*s.csv", STR_ARG(o.figure->indicator->name)).s);
}
