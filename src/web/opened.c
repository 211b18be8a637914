#include "web/opened.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"
#include "model/entity.h"
#include "model/model.h"
#include "model/save.h"
#include "web/app_parts.h"
#include "web/figure_url.h"
#include "web/quest_words.h"
#include "web/reach.h"

enum { PAGE = 50 };

/* In addresses: the reasons that a list may be limited to. */
static const char *const why_words[WHYS] = {
	[WHY_COUNTS] = "compte",
	[WHY_AGAIN] = "deja",
	[WHY_NO_STATUS] = "sans-statut",
	[WHY_NOT_ELIGIBLE] = "non-eligible",
	[WHY_NO_SEX] = "sans-sexe",
	[WHY_NO_BIRTH] = "sans-naissance",
};

static str
why_word(struct arena *a, int why)
{
	return why_words[why] != NULL ? str_of(why_words[why]) : str_format(a, "motif-%d", why);
}

static enum why
why_asked(struct req *r)
{
	str word = req_query(r, "motif");

	if (word.len == 0)
		return WHY_COUNTS; /* a figure first opens onto what makes it */
	for (int i = 0; i < WHYS; i++)
		if (str_eq(why_word(r->arena, i), word))
			return (enum why)i;
	return WHYS;
}

static const struct figure *
figure_at(const struct opened *o, enum scope_kind kind, str ref, str indicator)
{
	const struct questionnaire *q = o->shown.figures.figures;

	for (int i = 0; i < q->figures.n; i++) {
		const struct figure *f = &q->figures.v[i];

		if (f->scope->kind == kind && (kind == SCOPE_CONTRACT || str_eq(f->ref, ref)) &&
		    str_eq(f->indicator->name, indicator))
			return f;
	}
	return NULL;
}

static bool
find(struct req *r, struct opened *o)
{
	str sheet = req_query(r, "fiche"), action = req_query(r, "action");
	enum scope_kind kind = action.len > 0 ? SCOPE_ACTION : sheet.len > 0 ? SCOPE_SHEET : SCOPE_CONTRACT;
	str word = req_query(r, "case");
	int cell = word.len == 0 ? CELL_TOTAL : cell_named(word);
	const struct book *b = o->shown.figures.book;

	o->figure = figure_at(o, kind, action.len > 0 ? action : sheet, req_query(r, "indicateur"));
	if (o->figure == NULL || cell < 0 || cell >= figure_cells(o->figure))
		return false;
	o->cell = (enum cell)cell;
	return figure_readable(&r->viewer, o->plan, b, o->figure);
}

static struct figure_at
place_of(const struct opened *o)
{
	return (struct figure_at){ .contract = o->shown.contract.ref,
		.span = &o->shown.span,
		.kind = o->figure->scope->kind,
		.ref = o->figure->ref,
		.opens = true };
}

static str
url_with(struct req *r, const struct opened *o, enum cell cell, enum why only, int64_t page)
{
	struct figure_at at = place_of(o);
	struct buf b = { 0 };

	buf_add(&b, figure_url(r->arena, &at, o->figure->indicator->name, cell));
	if (only != WHY_COUNTS)
		query_add(&b, S("motif"), only == WHYS ? S("tout") : why_word(r->arena, (int)only));
	if (page > 1)
		query_add(&b, S("page"), str_format(r->arena, "%lld", (long long)page));
	return buf_kept(&b, r->arena);
}

static void
describe(struct req *r, struct opened *o)
{
	const struct book *b = o->shown.figures.book;
	const struct scope *s = o->figure->scope;
	struct figure_at at = place_of(o);

	if (s->kind == SCOPE_ACTION)
		o->where = b->actions.v[s->place].title;
	else if (s->kind == SCOPE_SHEET)
		o->where = str_format(
		    r->arena, "%.*s %.*s", STR_ARG(b->sheets.v[s->place].number), STR_ARG(b->sheets.v[s->place].title));
	else
		o->where = b->contract.title;
	o->back = questionnaire_url(r->arena, &at);
	for (int c = 0; c < figure_cells(o->figure); c++)
		o->cells[o->n_cells++] = (struct opened_cell){ (enum cell)c, url_with(r, o, (enum cell)c, WHY_COUNTS, 1) };
}

static void
list_reasons(struct req *r, struct opened *o, const struct reason_count *counts)
{
	for (int i = 0; i < WHYS; i++) {
		if (counts[i].records == 0)
			continue;
		o->reasons[o->n_reasons++] = (struct opened_reason){ .why = (enum why)i,
			.count = counts[i],
			.url = o->reads ? url_with(r, o, o->cell, (enum why)i, 1) : (str){ 0 } };
	}
}

static const struct action *
action_of(const struct opened *o, str ref)
{
	for (size_t i = 0; i < o->plan->actions.n; i++)
		if (str_eq(o->plan->actions.v[i].ref, ref))
			return &o->plan->actions.v[i];
	return NULL;
}

/* A record of an action that is not the viewer's own: counted in the sheet's figure, known to its own operator. */
static bool
own(const struct req *r, const struct opened *o, const struct explained *x)
{
	enum right right = o->figure->indicator->rule->unit == UNIT_EUROS ? RIGHT_EXPENSES_READ : RIGHT_EVIDENCE_READ;
	const struct action *a;

	if (reaches_contract(&r->viewer, right))
		return true;
	a = action_of(o, x->action);
	return a != NULL && reaches_action(&r->viewer, right, o->plan, a);
}

static const struct err *
name_of(struct req *r, const struct explained *x, struct opened_row *row)
{
	const struct entity *e = &entities[ENTITY_people];
	struct person p;
	bool found;
	const struct err *err;

	if (x->person == 0)
		return NULL;
	err = entity_by_id(r->db, r->viewer.territory, e, x->person, r->arena, &p, &found);
	if (err != NULL || !found)
		return err;
	row->name = str_trim(str_format(r->arena, "%.*s %.*s", STR_ARG(p.family_name), STR_ARG(p.given_name)));
	if (row->name.len == 0)
		row->name = x->who;
	row->url = str_format(r->arena, "/personnes/%s", str_z(r->arena, key_short(r->arena, x->person)));
	return NULL;
}

static str
action_title(const struct opened *o, str ref)
{
	const struct action *a = action_of(o, ref);

	return a == NULL ? ref : a->title;
}

/* "1 071,00 €", "80 %", "90 minutes" */
static str
quantity_words(struct arena *a, const struct explained *x)
{
	struct html h = { .arena = a };
	number n = decimal_parse(x->quantity);

	if (x->quantity.len == 0 || x->unit[0] == '\0' || !n.ok)
		return x->quantity;
	if (strcmp(x->unit, "euros") == 0)
		return str_of(html_money(&h, n.value));
	if (strcmp(x->unit, "percent") == 0)
		return str_format(a, tr("%.*s %%"), STR_ARG(x->quantity));
	return str_format(a, "%s %s", html_decimal(&h, n.value), tr(x->unit));
}

static const struct err *
row_make(struct req *r, const struct opened *o, const struct explained *x, struct opened_row *row)
{
	const struct entity *e = entity_named(str_of(x->kind));
	const struct err *err;

	*row = (struct opened_row){ .record = x,
		.kind = e == NULL ? "" : tr(e->label),
		.action = action_title(o, x->action),
		.quantity = quantity_words(r->arena, x),
		.counts = x->why == WHY_COUNTS };
	err = name_of(r, x, row);
	return err != NULL ? err : opened_about(r, o, x, &row->about);
}

static int64_t
page_asked(struct req *r)
{
	number n = str_number(req_query(r, "page"));

	return n.ok && n.value > 0 && n.value < 1000000 ? n.value : 1;
}

static struct explanation *
explanation(struct req *r, const struct opened *o)
{
	struct explain_asked asked = { .kind = o->figure->scope->kind,
		.place = o->figure->scope->place,
		.indicator = o->figure->indicator,
		.cell = o->cell,
		.only = o->only == WHYS ? 0 : WHY_BIT(o->only) };

	return explain_read(r->arena, o->shown.figures.view, &asked);
}

static int
by_date(const void *x, const void *y)
{
	const struct explained *a = x, *b = y;
	int c = (a->on > b->on) - (a->on < b->on);

	return c != 0 ? c : str_cmp(a->who, b->who);
}

/* Keeps the rows that this viewer may see, and counts the others. */
static void
keep_own(const struct req *r, struct opened *o, struct explanation *x)
{
	int n = 0;

	for (int i = 0; i < x->rows.n; i++) {
		if (own(r, o, &x->rows.v[i]))
			x->rows.v[n++] = x->rows.v[i];
		else
			o->elsewhere++;
	}
	x->rows.n = n;
	if (n > 0)
		qsort(x->rows.v, (size_t)n, sizeof *x->rows.v, by_date);
}

static str
csv_url(struct req *r, str url)
{
	(void)str_cut(url, '?', &url);
	return str_format(r->arena, "/questionnaire/chiffre.csv?%.*s", STR_ARG(url));
}

static const struct err *
list_rows(struct req *r, struct opened *o)
{
	struct explanation *x = explanation(r, o);
	int64_t page = page_asked(r);
	const struct err *e = NULL;
	size_t first;

	keep_own(r, o, x);
	list_reasons(r, o, x->counts);
	o->all = (size_t)x->rows.n;
	o->paging.pages = (int64_t)(o->all + PAGE - 1) / PAGE;
	if (page > o->paging.pages)
		page = 1;
	o->paging.page = page;
	if (page > 1)
		o->paging.before = url_with(r, o, o->cell, o->only, page - 1);
	if (page < o->paging.pages)
		o->paging.after = url_with(r, o, o->cell, o->only, page + 1);
	first = (size_t)(page - 1) * PAGE;
	o->rows = ARENA_ARRAY(r->arena, PAGE, struct opened_row);
	for (size_t i = first; e == NULL && i < o->all && o->n < PAGE; i++) {
		struct opened_row *row = &o->rows[o->n++];

		e = row_make(r, o, &x->rows.v[i], row);
		o->people |= x->rows.v[i].person != 0 || x->rows.v[i].who.len > 0;
		o->about |= row->about.len > 0;
	}
	o->every = url_with(r, o, o->cell, WHYS, 1);
	o->csv = csv_url(r, url_with(r, o, o->cell, o->only, 1));
	return e;
}

/* Who had a consultation is told to who gave it and to the person alone: the city's team, who reads all other records, sees how many there
 * were, and why they count. */
static bool
of_health(const struct opened *o)
{
	return str_is(o->figure->indicator->name, "3.5.consultations");
}

const struct err *
opened_read(struct req *r, struct opened *o)
{
	const struct err *e = shown_figures(r, req_query(r, "contrat"), &o->shown);
	struct explain_asked asked;

	o->req = r;
	if (e == NULL)
		e = shelf_plan(app_shelf(r->app), r->db, o->shown.contract.territory, o->shown.contract.id, &o->plan);
	if (e != NULL)
		return e;
	if (!find(r, o))
		return reply_missing(r);
	if (!figure_opened(&r->viewer, RIGHT_EVIDENCE_COUNT, o->plan, o->shown.figures.book, o->figure))
		return viewer_may(&r->viewer, RIGHT_EVIDENCE_COUNT) ? reply_missing(r) : reply_refused(r, RIGHT_EVIDENCE_COUNT);
	describe(r, o);
	o->reads = figure_opened(&r->viewer, RIGHT_EVIDENCE_READ, o->plan, o->shown.figures.book, o->figure) &&
		   !(of_health(o) && reaches_contract(&r->viewer, RIGHT_EVIDENCE_READ));
	o->only = o->reads ? why_asked(r) : WHYS;
	if (o->reads)
		return list_rows(r, o);
	asked = (struct explain_asked){ .kind = o->figure->scope->kind,
		.place = o->figure->scope->place,
		.indicator = o->figure->indicator,
		.cell = o->cell };
	list_reasons(r, o, explain_reasons(r->arena, o->shown.figures.view, &asked).counts);
	return NULL;
}

const struct err *
opened_csv(struct req *r, struct opened *o, struct buf *to)
{
	struct explanation *x = explanation(r, o);

	keep_own(r, o, x);
	explain_csv(x, to);
	return NULL;
}

const char *
opened_words(struct html *h, const struct opened *o)
{
	const char *value = figure_words(h, o->figure, o->figure->value[o->cell]);
	enum indicator_unit unit = o->figure->indicator->rule->unit;

	if (unit == UNIT_TEXT)
		return o->figure->text.len == 0 ? NULL : html_cz(h, o->figure->text);
	if (o->figure->value[o->cell] == NOT_KNOWN)
		return NULL;
	if (unit == UNIT_PEOPLE)
		return str_format(h->arena,
		    tr_n("%s person", "%s people",
			strcmp(value, "0") == 0   ? 0
			: strcmp(value, "1") == 0 ? 1
						  : 2),
		    value)
		    .s;
	return unit == UNIT_EUROS ? value : str_format(h->arena, "%s %s", value, tr(directory_unit_label(unit))).s;
}
