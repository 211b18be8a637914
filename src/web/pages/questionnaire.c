/* the State's questionnaire: objective and achieved, sheet by sheet, each figure a link to its records; as CSV and workbook */
#include "base/moment.h"
#include "base/text.h"
#include "figures/write_xlsx.h"
#include "views.h"
#include "web/app.h"
#include "web/page.h"
#include "web/quest.h"
#include "web/reach.h"
#include "web/route.h"

const struct err *
questionnaire_page(struct req *r)
{
	struct quest q = { 0 };
	struct page p = { .title = str_of(tr("Questionnaire")), .menu = MENU_FIGURES, .wide = true };
	const struct err *e = quest_read(r, &q);

	if (e != NULL)
		return e;
	p.fault = period_opens(&q.periods);
	if (q.one) {
		page_crumb(&p, str_of(tr("Questionnaire")), str_format(r->arena, "/questionnaire?%.*s", STR_ARG(q.query)));
		p.heading =
		    str_format(r->arena, "%.*s %.*s", STR_ARG(q.sheets[0].book->number), STR_ARG(q.sheets[0].book->title));
	}
	quest_view(page_begin(r, &p), &q);
	return page_end(r);
}

/* The whole leaves the page only for those who may read all of it. */
static const struct err *
whole(struct req *r, struct shown *shown)
{
	if (!reaches_contract(&r->viewer, RIGHT_FIGURES_READ))
		return reply_refused(r, RIGHT_FIGURES_READ);
	if (!reaches_contract(&r->viewer, RIGHT_MONEY_READ))
		return reply_refused(r, RIGHT_MONEY_READ);
	return shown_figures(r, req_query(r, "contrat"), shown);
}

static const char *
file_name(struct req *r, const struct shown *s, const char *ending)
{
	char word[SPAN_WORD];
	str stretch = span_word(&s->span, word);

	return str_format(r->arena, "questionnaire-%.*s-%.*s.%s", STR_ARG(s->contract.ref), STR_ARG(stretch), ending).s;
}

const struct err *
questionnaire_csv_file(struct req *r)
{
	struct shown s = { 0 };
	const struct err *e = whole(r, &s);

	if (e != NULL || r->out->status != 200)
		return e;
	questionnaire_csv(s.figures.figures, &r->out->body);
	return reply_file(r, "text/csv; charset=utf-8", file_name(r, &s, "csv"));
}

const struct err *
questionnaire_xlsx_file(struct req *r)
{
	struct shown s = { 0 };
	struct xlsx_asked asked;
	char today[DAY_TEXT];
	const struct err *e = whole(r, &s);

	if (e != NULL || r->out->status != 200)
		return e;
	asked = (struct xlsx_asked){ .figures = s.figures.figures,
		.view = s.figures.view,
		.span = s.span,
		.now = str_format(r->arena, "%.10sT00:00:00.000Z", str_z(r->arena, day_text(r->today, today))),
		.folder = r->setting->data };
	if ((e = questionnaire_xlsx(r->arena, &asked, &r->out->body)) != NULL)
		return e;
	return reply_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file_name(r, &s, "xlsx"));
}
