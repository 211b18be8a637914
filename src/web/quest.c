#include "web/quest.h"

#include <stdlib.h>

#include "base/text.h"
#include "web/app_parts.h"
#include "web/figure_url.h"
#include "web/reach.h"

str
indicator_label(const struct book_indicator *i)
{
	if (i->rule->level == LEVEL_LOCAL)
		return i->label.len > 0 ? i->label : i->name;
	return str_of(tr(i->rule->label));
}

/* Place of an indicator among all: the directory's order, the contract's own behind. */
static int64_t
rank(const struct quest *q, const struct figure *f)
{
	const struct book *b = q->shown.figures.book;

	return (int64_t)(f->indicator->rule - directory) * (b->indicators.n + 1) + (f->indicator - b->indicators.v);
}

static int
sheet_of(const struct book *b, const struct figure *f)
{
	return f->scope->kind == SCOPE_SHEET ? f->scope->place : b->actions.v[f->scope->place].sheet;
}

/* An indicator's line of the sheet, then those of its actions. */
static int
in_order(const void *a, const void *b, void *context)
{
	const struct figure *x = ((const struct quest_line *)a)->figure, *y = ((const struct quest_line *)b)->figure;
	int64_t p = rank(context, x), q = rank(context, y);

	if (p != q)
		return p < q ? -1 : 1;
	if (x->scope->kind != y->scope->kind)
		return x->scope->kind == SCOPE_SHEET ? -1 : 1;
	return x->scope->place - y->scope->place;
}

bool
figure_reached(const struct viewer *v, enum right right, const struct plan *plan, const struct book *b, const struct figure *f)
{
	const struct action *x;

	if (f->scope->kind == SCOPE_CONTRACT)
		return reaches_contract(v, right);
	if (f->scope->kind == SCOPE_SHEET)
		return reaches_sheet(v, right, plan, b->sheets.v[f->scope->place].id);
	x = plan_action(plan, b->actions.v[f->scope->place].id);
	return x != NULL && reaches_action(v, right, plan, x);
}

bool
figure_readable(const struct viewer *v, const struct plan *plan, const struct book *b, const struct figure *f)
{
	return figure_reached(v, RIGHT_FIGURES_READ, plan, b, f) &&
	       (f->indicator->rule->unit != UNIT_EUROS || figure_reached(v, RIGHT_MONEY_READ, plan, b, f));
}

bool
figure_opened(const struct viewer *v, enum right right, const struct plan *plan, const struct book *b, const struct figure *f)
{
	return figure_reached(v, right, plan, b, f) ||
	       (f->indicator->rule->unit == UNIT_EUROS && figure_reached(v, RIGHT_EXPENSES_READ, plan, b, f));
}

static bool
readable(const struct quest *q, const struct figure *f)
{
	return figure_readable(&q->req->viewer, q->plan, q->shown.figures.book, f);
}

static void
line_make(const struct quest *q, const struct figure *f, struct quest_line *line)
{
	struct figure_at at = {
		.contract = q->shown.contract.ref, .span = &q->shown.span, .kind = f->scope->kind, .ref = f->ref
	};

	*line = (struct quest_line){ .figure = f, .action = f->scope->kind == SCOPE_ACTION };
	if (f->scope->kind == SCOPE_SHEET && f->indicator->rule->level == LEVEL_SHEET)
		line->absent = !plan_carries(
		    q->plan, plan_sheet(q->plan, q->shown.figures.book->sheets.v[f->scope->place].id), f->indicator->name);
	line->title = line->action ? q->shown.figures.book->actions.v[f->scope->place].title : indicator_label(f->indicator);
	line->opens = at.opens = figure_opened(&q->req->viewer, RIGHT_EVIDENCE_COUNT, q->plan, q->shown.figures.book, f);
	for (int c = 0; line->opens && c < figure_cells(f); c++)
		line->url[c] = figure_url(q->req->arena, &at, f->indicator->name, (enum cell)c);
}

static size_t
lines_of(const struct quest *q, int sheet, bool text, struct quest_line *v)
{
	const struct questionnaire *all = q->shown.figures.figures;
	size_t n = 0;

	for (int i = 0; i < all->figures.n; i++) {
		const struct figure *f = &all->figures.v[i];

		if (f->scope->kind == SCOPE_CONTRACT || sheet_of(all->book, f) != sheet || !readable(q, f))
			continue;
		if ((f->indicator->rule->unit == UNIT_TEXT) == text && (!text || f->text.len > 0))
			line_make(q, f, &v[n++]);
	}
	if (n > 0)
		qsort_r(v, n, sizeof *v, in_order, (void *)(uintptr_t)q);
	return n;
}

/* The line that the overview shows: the people whom the sheet helped, or trained. */
static void
sum_up(struct quest_sheet *s)
{
	s->objective = s->achieved = NOT_KNOWN;
	for (size_t i = 0; i < s->n; i++) {
		const struct figure *f = s->lines[i].figure;

		if (s->lines[i].action || (!f->indicator->rule->objective && !f->indicator->rule->objective_actors))
			continue;
		if (s->achieved != NOT_KNOWN && s->objective != NOT_KNOWN)
			break;
		s->objective = f->objective;
		s->achieved = f->value[CELL_TOTAL];
		s->achieved_url = s->lines[i].url[CELL_TOTAL];
	}
}

static void
sheet_make(struct quest *q, int place, struct quest_sheet *s)
{
	const struct questionnaire *all = q->shown.figures.figures;
	size_t most = (size_t)all->figures.n;

	*s = (struct quest_sheet){ .book = &all->book->sheets.v[place], .flags = &all->flags[place] };
	s->record = plan_sheet(q->plan, s->book->id);
	s->lines = ARENA_ARRAY(q->req->arena, most, struct quest_line);
	s->n = lines_of(q, place, false, s->lines);
	s->texts = ARENA_ARRAY(q->req->arena, s->n + most / 4 + 8, struct quest_line);
	s->n_texts = lines_of(q, place, true, s->texts);
	sum_up(s);
	quest_flags(q, s);
}

static void
whole_make(struct quest *q)
{
	const struct questionnaire *all = q->shown.figures.figures;

	q->whole = ARENA_ARRAY(q->req->arena, COHORT_INDICATORS, struct quest_line);
	for (int i = 0; i < all->figures.n; i++) {
		const struct figure *f = &all->figures.v[i];

		if (f->scope->kind == SCOPE_CONTRACT && readable(q, f))
			line_make(q, f, &q->whole[q->n_whole++]);
	}
}

const struct err *
quest_read(struct req *r, struct quest *q)
{
	const struct viewer *v = &r->viewer;
	str wanted = req_query(r, "fiche");
	const struct err *e;
	const struct book *b;
	const int *order;

	q->req = r;
	q->shown.offers = true;
	e = shown_figures(r, req_query(r, "contrat"), &q->shown);
	if (e == NULL)
		e = shelf_plan(app_shelf(r->app), r->db, q->shown.contract.territory, q->shown.contract.id, &q->plan);
	if (e != NULL)
		return e;
	b = q->shown.figures.book;
	q->periods = period_switch_of(r, &q->shown, q->shown.contract.ref);
	q->query = questionnaire_query(r->arena, &q->shown);
	q->one = wanted.len > 0;
	q->exports = reaches_contract(v, RIGHT_FIGURES_READ) && reaches_contract(v, RIGHT_MONEY_READ);
	q->sheets = ARENA_ARRAY(r->arena, b->sheets.n, struct quest_sheet);
	order = sheets_by_number(r->arena, b);
	for (int i = 0; i < b->sheets.n; i++) {
		const struct book_sheet *s = &b->sheets.v[order[i]];

		if ((q->one && !str_eq(s->ref, wanted)) || !reaches_sheet(v, RIGHT_FIGURES_READ, q->plan, s->id))
			continue;
		sheet_make(q, order[i], &q->sheets[q->n++]);
	}
	if (q->one && q->n == 0)
		return reply_missing(r);
	if (!q->one)
		whole_make(q);
	return NULL;
}
