/* assiduity, live: by action, then person by person */
#include "base/text.h"
#include "views.h"
#include "web/assiduity_page.h"
#include "web/reach.h"
#include "web/route.h"

/* The actions of nominal sheets within reach where somebody is enrolled. */
static void
read_actions(struct assiduity_page *p)
{
	struct req *r = p->c.req;
	const struct view *v = p->c.shown.figures.view;
	const struct plan *plan = p->c.tree->plan;

	p->v = ARENA_ARRAY(r->arena, v->book->actions.n + 1, struct assiduity_row);
	for (int i = 0; i < v->book->actions.n; i++) {
		const struct action *x = plan_action(plan, v->book->actions.v[i].id);
		struct assiduity_row *row = &p->v[p->n];

		if (x == NULL || v->book->sheets.v[v->book->actions.v[i].sheet].aggregate ||
		    !reaches_action(&r->viewer, RIGHT_EVIDENCE_READ, plan, x))
			continue;
		*row = (struct assiduity_row){ .action = x, .operator= plan_organisation(plan, x->operator) };
		assiduity_of(r->arena, v, i, r->today, &row->a);
		p->n += row->a.n > 0;
	}
	for (size_t i = 0; i < p->n; i++) {
		if (str_eq(p->v[i].action->ref, req_query(r, "action")))
			p->one = &p->v[i];
	}
}

static const struct err *
read_people(struct assiduity_page *p)
{
	struct req *r = p->c.req;
	const struct assiduity_action *a = &p->one->a;
	struct sight s = person_sight(r, RIGHT_PEOPLE_READ);
	int64_t *ids = ARENA_ARRAY(r->arena, a->n, int64_t);
	struct person_line *lines = ARENA_ARRAY(r->arena, a->n, struct person_line);
	size_t found;
	const struct err *e;

	p->people = ARENA_ARRAY(r->arena, a->n, const struct person_line *);
	for (int i = 0; i < a->n; i++)
		ids[i] = p->c.shown.figures.book->person_keys.v[a->v[i].person];
	if ((e = person_lines(&s, ids, (size_t)a->n, lines, &found)) != NULL)
		return e;
	for (int i = 0; i < a->n; i++) {
		for (size_t k = 0; k < found; k++) {
			if (lines[k].id == ids[i])
				p->people[i] = &lines[k];
		}
	}
	return NULL;
}

/* The figure beside: the same hours, of eligible people alone. */
static void
read_figure(struct assiduity_page *p)
{
	const struct sheet *s = plan_sheet(p->c.tree->plan, p->one->action->sheet);
	const struct figure *f = s == NULL ? NULL : contract_figure(&p->c, s, p->one->action, "3.1.assiduous");

	if (f == NULL || f->value[CELL_TOTAL] == NOT_KNOWN)
		return;
	p->figure = str_format(p->c.req->arena, "%lld", (long long)f->value[CELL_TOTAL]);
	p->figure_url = contract_figure_url(&p->c, s, p->one->action, S("3.1.assiduous"), CELL_TOTAL);
}

const struct err *
assiduity_page(struct req *r)
{
	struct assiduity_page p = { 0 };
	struct page frame = { .title = str_of(tr("Assiduity")), .menu = MENU_AGENDA };
	const struct err *e = contract_open(r, (str){ 0 }, &p.c);

	if (e != NULL)
		return e;
	read_actions(&p);
	if (req_query(r, "action").len > 0 && p.one == NULL)
		return reply_missing(r);
	if (p.one != NULL) {
		if ((e = read_people(&p)) != NULL)
			return e;
		read_figure(&p);
		page_crumb(&frame, str_of(tr("Assiduity")), S("/assiduite"));
		page_crumb(&frame, p.one->action->title, str_format(r->arena, "/actions/%.*s", STR_ARG(p.one->action->ref)));
	}
	assiduity_view(page_begin(r, &frame), &p);
	return page_end(r);
}
