#include "web/shown_figures.h"

#include "base/text.h"
#include "web/app_parts.h"

static bool
in_force(const struct book_contract *c, day today)
{
	return c->signed_on != DAY_NONE && c->signed_on <= today && today < day_add_months(c->signed_on, c->duration_months);
}

/* Of two contracts the one a page shows by itself: in force, else signed later. */
static bool
before(const struct book_contract *a, const struct book_contract *b, day today)
{
	if (in_force(a, today) != in_force(b, today))
		return in_force(a, today);
	return a->signed_on > b->signed_on;
}

static bool
reached(const struct req *r, const struct book_contract *c)
{
	return c->territory == r->viewer.territory || viewer_roams(&r->viewer);
}

static const struct err *
choose(struct req *r, str ref, struct shown *out)
{
	const struct book_contract *chosen = NULL;
	size_t n = 0;

	for (size_t i = 0; i < out->n; i++) {
		const struct book_contract *c = &out->contracts[i];

		if (!reached(r, c))
			continue;
		out->contracts[n++] = *c;
		c = &out->contracts[n - 1];
		if (ref.len > 0 ? str_eq(c->ref, ref) : chosen == NULL || before(c, chosen, r->today))
			chosen = c;
	}
	out->n = n;
	if (chosen == NULL && ref.len > 0)
		return reply_missing(r);
	if (chosen == NULL)
		return err_new(r->arena, ERR_NOTFOUND, tr("There is no contract yet."), NULL,
		    tr("The coordinator begins by importing one."));
	out->contract = *chosen;
	return NULL;
}

const struct err *
shown_contract(struct req *r, str ref, struct shown *out)
{
	const struct err *e = book_contracts_read(r->db, r->arena, &out->contracts, &out->n);

	if (e == NULL)
		e = choose(r, ref, out);
	if (e != NULL)
		return e;
	out->span = span_today(&out->contract, r->today);
	period_asked_read(r, &out->contract, &out->asked, &out->span);
	if (!period_asked_wrong(&out->asked))
		return NULL;
	if (!out->offers)
		return err_new(r->arena, ERR_INPUT, tr("The address of this page asks for a period that does not exist."), NULL,
		    tr("Open the questionnaire, and choose the period there."));
	r->out->status = 422;
	return NULL;
}

/* The last day on which something was recorded; DAY_NONE: nothing was. */
static day
last_recorded(const struct book *b)
{
	day last = DAY_NONE;

	for (int i = 0; i < b->sessions.n; i++) {
		if (last == DAY_NONE || b->sessions.v[i].on > last)
			last = b->sessions.v[i].on;
	}
	for (int i = 0; i < b->acts.n; i++) {
		if (last == DAY_NONE || b->acts.v[i].on > last)
			last = b->acts.v[i].on;
	}
	return last;
}

/* A contract that is over is shown in the last of its years of which something is known: an empty page would say that nothing was done. */
static bool
moved_back(const struct req *r, struct shown *s)
{
	day last = last_recorded(s->figures.book);
	struct span back;

	if ((s->asked.any && !period_asked_wrong(&s->asked)) || s->span.calendar != CALENDAR_CONTRACT ||
	    s->span.days.to >= r->today || last == DAY_NONE)
		return false;
	back = span_today(&s->contract, last);
	if (back.year >= s->span.year)
		return false;
	s->span = back;
	return true;
}

const struct err *
shown_figures(struct req *r, str ref, struct shown *out)
{
	const struct err *e = shown_contract(r, ref, out);

	if (e != NULL)
		return e;
	do {
		e = shelf_take(
		    app_shelf(r->app), r->db, out->contract.territory, out->contract.id, out->span.days, &out->figures);
	} while (e == NULL && moved_back(r, out));
	return e;
}

const struct err *
shown_plan(struct req *r, const struct plan **out)
{
	struct plan *plan = ARENA_NEW(r->arena, struct plan);
	struct shown shown = { 0 };
	const struct err *e = shown_contract(r, (str){ 0 }, &shown);

	*out = plan;
	return e != NULL ? e : plan_read(r->db, r->arena, shown.contract.territory, shown.contract.id, plan);
}
