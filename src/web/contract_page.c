#include "web/contract_page.h"

#include "base/text.h"
#include "figures/directory.h"
#include "web/app_parts.h"
#include "web/reach.h"

/* --- opening --- */

const struct err *
contract_open(struct req *r, str ref, struct contract_page *c)
{
	const struct plan *plan;
	const struct err *e;

	*c = (struct contract_page){ .req = r, .figures = viewer_may(&r->viewer, RIGHT_FIGURES_READ) };
	c->shown.offers = true;
	e = (c->figures ? shown_figures : shown_contract)(r, ref, &c->shown);
	if (e == NULL)
		e = shelf_plan(app_shelf(r->app), r->db, c->shown.contract.territory, c->shown.contract.id, &plan);
	if (e != NULL)
		return e;
	c->tree = contract_tree(r->arena, plan);
	c->period = period_switch_of(r, &c->shown, (str){ 0 });
	c->money = reaches_contract(&r->viewer, RIGHT_MONEY_READ);
	return NULL;
}

str
contract_url(struct arena *a, str ref)
{
	return str_format(a, "/contrats/%.*s", STR_ARG(ref));
}

str
partner_url(struct arena *a, str ref)
{
	return str_format(a, "/partenaires/%.*s", STR_ARG(ref));
}

/* The contract is named for those who see several cities' alone: a sheet's ref is its city's own. */
str
sheet_url(const struct contract_page *c, const struct sheet *s)
{
	struct buf b = { 0 };
	char word[SPAN_WORD];

	buf_format(&b, "/fiches/%.*s?", STR_ARG(s->ref));
	if (viewer_roams(&c->req->viewer))
		query_add(&b, S("contrat"), c->shown.contract.ref);
	query_add(&b, S("periode"), span_word(&c->shown.span, word));
	return buf_kept(&b, c->req->arena);
}

/* --- the frame --- */

void
contract_tabs(struct contract_page *c, enum contract_tab here)
{
	static const struct {
		const char *label, *path;
	} all[TABS] = {
		[TAB_TREE] = { N_("Sheets and actions"), "" },
		[TAB_TEXT] = { N_("The contract"), "/texte" },
		[TAB_FINDINGS] = { N_("To settle"), "/conformite" },
		[TAB_MONEY] = { N_("Request and forecasts"), "/comparaison" },
	};

	for (int i = 0; i < TABS; i++) {
		if ((i == TAB_FINDINGS && !viewer_may(&c->req->viewer, RIGHT_CONFORMITY_READ)) || (i == TAB_MONEY && !c->money))
			continue;
		c->tabs[c->n_tabs++] = (struct tab){ all[i].label,
			str_format(c->req->arena, "/contrats/%.*s%s", STR_ARG(c->shown.contract.ref), all[i].path),
			i == (int)here };
	}
}

struct page
contract_frame(const struct contract_page *c, str title)
{
	struct page p = { .title = title, .menu = MENU_CONTRACT, .fault = period_opens(&c->period) };

	if (c->shown.n > 1)
		page_crumb(&p, str_of(tr("Contracts")), S("/contrats"));
	return p;
}

/* --- figures --- */

static int
place_of(const struct keys *keys, int64_t id)
{
	return keys_known(keys, id);
}

/* A sheet, one of its actions, or the contract (both NULL). */
static bool
reaches(const struct contract_page *c, enum right right, const struct sheet *s, const struct action *x)
{
	const struct viewer *v = &c->req->viewer;

	if (x != NULL)
		return reaches_action(v, right, c->tree->plan, x);
	return s == NULL ? reaches_contract(v, right) : reaches_sheet(v, right, c->tree->plan, s->record.id);
}

const struct figure *
contract_figure(const struct contract_page *c, const struct sheet *s, const struct action *x, const char *indicator)
{
	const struct questionnaire *q = c->shown.figures.figures;
	enum scope_kind kind = x != NULL ? SCOPE_ACTION : s != NULL ? SCOPE_SHEET : SCOPE_CONTRACT;
	int place = 0;

	if (!c->figures || !reaches(c, RIGHT_FIGURES_READ, s, x))
		return NULL;
	if (kind != SCOPE_CONTRACT)
		place = x != NULL ? place_of(&q->book->action_keys, x->record.id) : place_of(&q->book->sheet_keys, s->record.id);
	for (int i = 0; i < q->figures.n; i++) {
		const struct figure *f = &q->figures.v[i];

		if (f->scope->kind == kind && (kind == SCOPE_CONTRACT || f->scope->place == place) &&
		    str_is(f->indicator->name, indicator))
			return f;
	}
	return NULL;
}

static bool
is_cost(str indicator)
{
	const struct indicator *i = directory_find(indicator);

	return i != NULL && i->unit == UNIT_EUROS;
}

str
contract_figure_url(const struct contract_page *c, const struct sheet *s, const struct action *x, str indicator, enum cell cell)
{
	struct figure_at at = { .contract = c->shown.contract.ref, .span = &c->shown.span };

	at.kind = x != NULL ? SCOPE_ACTION : s != NULL ? SCOPE_SHEET : SCOPE_CONTRACT;
	at.ref = x != NULL ? x->ref : s != NULL ? s->ref : (str){ 0 };
	at.opens = reaches(c, RIGHT_EVIDENCE_COUNT, s, x) || (is_cost(indicator) && reaches(c, RIGHT_EXPENSES_READ, s, x));
	return figure_url(c->req->arena, &at, indicator, cell);
}

const struct flags *
contract_flags(const struct contract_page *c, const struct sheet *s)
{
	int place;

	if (!c->figures || !reaches(c, RIGHT_FIGURES_READ, s, NULL))
		return NULL;
	place = place_of(&c->shown.figures.book->sheet_keys, s->record.id);
	return place < 0 ? NULL : &c->shown.figures.figures->flags[place];
}

struct glance
contract_glance(const struct contract_page *c, const struct tree_sheet *s, const struct tree_action *x)
{
	const struct action *action = x == NULL ? NULL : x->record;
	str audience = x == NULL ? s->record->audience : action->audience;
	const char *name;
	const struct figure *f;
	struct glance g = { .achieved = NOT_KNOWN, .actors = !plan_for_newcomers(audience) && plan_for_actors(audience) };

	g.target = x == NULL  ? g.actors ? s->record->objective_actors : s->record->objective
		   : g.actors ? action->objective_actors
			      : action->objective;
	name = g.actors ? "1.2.trained" : "1.1.beneficiaries";
	g.reached = c->figures && reaches(c, RIGHT_FIGURES_READ, s->record, action);
	f = contract_figure(c, s->record, action, name);
	if (f == NULL || f->value[CELL_TOTAL] == NOT_KNOWN)
		return g;
	g.achieved = f->value[CELL_TOTAL];
	g.url = contract_figure_url(c, s->record, action, str_of(name), CELL_TOTAL);
	return g;
}

const char *
glance_words(struct html *h, const struct glance *g)
{
	bool target = g->target != NOT_KNOWN;
	const char *n = html_number(h, g->achieved == NOT_KNOWN ? 0 : g->achieved), *of = html_number(h, target ? g->target : 0);
	unsigned long count = (unsigned long)(g->achieved == NOT_KNOWN ? g->target : g->achieved);

	if (g->achieved == NOT_KNOWN && !target)
		return g->reached ? tr("no figure, and no objective") : tr("no objective");
	if (g->achieved == NOT_KNOWN)
		return str_format(h->arena, tr_n("objective: %s person", "objective: %s people", count), of).s;
	if (!target)
		return str_format(h->arena, tr_n("%s person, without an objective", "%s people, without an objective", count), n)
		    .s;
	return str_format(h->arena, tr("%s of %s people"), n, of).s;
}

/* --- money, names --- */

bool
contract_shows_money(const struct contract_page *c, const struct sheet *s, const struct action *x)
{
	return reaches(c, RIGHT_MONEY_READ, s, x);
}

str
names_joined(struct arena *a, const struct organisation *const *v, size_t n)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add(&b, S(", "));
		buf_add(&b, v[i]->name);
	}
	return buf_kept(&b, a);
}
