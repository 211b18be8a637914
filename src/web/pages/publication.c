/* what is made public: prepared and released by the coordinator; read by anybody, without signing in */
#include "web/publication.h"

#include <string.h>

#include "base/csvout.h"
#include "base/text.h"
#include "views.h"
#include "web/page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_publications];

/* --- preparing --- */

/* What the page shows, in a few digits: the release is of the same, or the page is shown again. */
static str
seen_of(struct arena *a, const struct publishable *p)
{
	uint64_t n = str_hash((str){ (const char *)p->figures.of, sizeof p->figures.of }, 1);

	n = str_hash((str){ (const char *)&p->hidden, 1 }, n);
	return str_format(a, "%016llx", (unsigned long long)n);
}

static bool
released_today(const struct publication_page *p)
{
	for (size_t i = 0; i < p->before.n; i++) {
		const struct publication *one = &p->before.v[i].record;

		if (one->on == p->req->today && one->from == p->shown.span.days.from && one->to == p->shown.span.days.to)
			return true;
	}
	return false;
}

/* The threshold of the first release holds for all. */
static int64_t
threshold_of(struct publication_page *p)
{
	number typed = str_number(str_trim(p->threshold));

	if (!p->first)
		return p->before.v[0].record.threshold;
	if (p->threshold.len == 0)
		return PUBLIC_THRESHOLD;
	if (typed.ok && typed.value >= PUBLIC_THRESHOLD_LEAST && typed.value <= THRESHOLD_MOST)
		return typed.value;
	p->fault = tr("Write a whole number from 5 to 1000.");
	return PUBLIC_THRESHOLD;
}

/* What was released, and what would be: inside a transaction. */
static const struct err *
prepare(struct publication_page *p, const struct eight *figures)
{
	const struct err *e = released_of(p->req, p->shown.contract.id, &p->before);

	if (e != NULL)
		return e;
	p->first = p->before.n == 0;
	p->today = released_today(p);
	p->full = p->before.n > RELEASES_MOST - 1;
	if (!p->full)
		publication_prepare(p->req->arena, &p->before, threshold_of(p), figures, &p->now);
	p->seen = seen_of(p->req->arena, &p->now);
	return NULL;
}

static const struct err *
show(struct publication_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Publish figures")), .menu = MENU_FIGURES, .fault = p->fault != NULL };

	if (p->fault != NULL)
		r->out->status = 422;
	else if (p->moved)
		r->out->status = 409;
	if (str_is(req_query(r, "fait"), "publie") && !frame.fault)
		frame.done = tr("The figures are public.");
	p->periods = period_switch_of(r, &p->shown, p->shown.contract.ref);
	page_crumb(&frame, str_of(tr("Questionnaire")), S("/questionnaire"));
	publication_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
publication_show(struct req *r)
{
	struct publication_page p = { .req = r };
	const struct err *e = shown_figures(r, req_query(r, "contrat"), &p.shown);
	struct eight figures;

	if (e != NULL)
		return e;
	figures = published_figures(p.shown.figures.view);
	if ((e = prepare(&p, &figures)) != NULL)
		return e;
	return show(&p);
}

/* --- releasing --- */

static void
fill(const struct publication_page *p, struct publication *to)
{
	const int64_t *of = p->now.figures.of;
	struct buf empty = { 0 };

	entity_clear(kind, to);
	to->contract = p->shown.contract.id;
	to->from = p->shown.span.days.from;
	to->to = p->shown.span.days.to;
	to->on = p->req->today;
	to->threshold = p->now.threshold;
	for (int i = 0; i < EIGHT; i++) {
		if ((p->now.hidden >> i & 1) != 0)
			buf_format(&empty, "%s%s", empty.len > 0 ? ";" : "", eight_names[i]);
	}
	to->empty = buf_kept(&empty, p->req->arena);
	to->total = of[EIGHT_TOTAL];
	to->men = of[EIGHT_MEN];
	to->women = of[EIGHT_WOMEN];
	to->under25 = of[EIGHT_UNDER25];
	to->bpi = of[EIGHT_BPI];
	to->bpi_men = of[EIGHT_BPI_MEN];
	to->bpi_women = of[EIGHT_BPI_WOMEN];
	to->bpi_under25 = of[EIGHT_BPI_UNDER25];
}

/* Inside the transaction: what was released before is read here, so that two releases cannot miss each other. */
static const struct err *
release(struct publication_page *p, struct save *s, const struct eight *figures)
{
	struct publication record;
	const struct err *e = prepare(p, figures);

	p->moved = e == NULL && !str_eq(p->seen, req_form(p->req, "vu"));
	if (e != NULL || p->fault != NULL || p->moved || p->full || p->today || !p->now.safe)
		return e;
	fill(p, &record);
	return entity_save(s, kind, &record, NULL);
}

const struct err *
publication_release(struct req *r)
{
	struct publication_page p = { .req = r, .threshold = req_form(r, "seuil") };
	struct eight figures;
	struct save s;
	const struct err *e;
	char word[SPAN_WORD];

	if ((e = db_begin_read(r->db)) != NULL)
		return e;
	e = shown_figures(r, req_query(r, "contrat"), &p.shown);
	if (e == NULL)
		figures = published_figures(p.shown.figures.view);
	if ((e = db_end(r->db, e)) != NULL)
		return e;
	if ((e = req_begin(r, &s, "published")) != NULL)
		return e;
	e = release(&p, &s, &figures);
	if ((e = req_end(r, &s, e)) != NULL)
		return e;
	if (s.inserted == 0)
		return show(&p);
	return reply_see(r, "/publication?contrat=%.*s&periode=%.*s&fait=publie", STR_ARG(p.shown.contract.ref),
	    STR_ARG(span_word(&p.shown.span, word)));
}

/* --- reading --- */

const struct err *
open_data_show(struct req *r)
{
	struct page frame = { .title = str_of(tr("Open data")) };
	struct open_data o = { .req = r };
	const struct err *e = released_public(r, &o.all);

	if (e != NULL)
		return e;
	open_data_view(page_begin(r, &frame), &o);
	return page_end(r);
}

static void
write_day(struct buf *to, day d)
{
	char text[DAY_TEXT];

	csv_cell(to, day_text(d, text), false);
}

const struct err *
open_data_csv(struct req *r)
{
	struct buf *to = &r->out->body;
	struct releases all;
	const struct err *e = released_public(r, &all);

	if (e != NULL)
		return e;
	buf_add(to, S("city,contract,from,to,published_on,threshold"));
	for (int cell = 0; cell < EIGHT; cell++)
		buf_format(to, ",%s", eight_names[cell]);
	buf_char(to, '\n');
	for (size_t i = 0; i < all.n; i++) {
		const struct released *one = &all.v[i];

		csv_cell(to, one->city, true);
		csv_cell(to, one->contract, false);
		write_day(to, one->record.from);
		write_day(to, one->record.to);
		write_day(to, one->record.on);
		buf_char(to, ',');
		buf_int(to, one->record.threshold);
		for (int cell = 0; cell < EIGHT; cell++) {
			buf_char(to, ',');
			if ((one->hidden >> cell & 1) == 0)
				buf_int(to, one->table.of[cell]);
		}
		buf_char(to, '\n');
	}
	return reply_file(r, "text/csv; charset=utf-8", "jalon-donnees.csv");
}
