/* the places that childcare actions offer in each half-day */
#include "base/text.h"
#include "model/plan.h"
#include "sql.h"
#include "views.h"
#include "web/act_kinds_page.h"
#include "web/route.h"
#include "web/shown_figures.h"

static const struct entity *const kind = &entities[ENTITY_childcare_places];
static const char fields[] = "action since places age_from age_to";

static const struct err *
read_places(struct places_page *p)
{
	struct req *r = p->req;
	struct childcare_all_row row;
	struct db_rows rows;

	(void)childcare_all(r->db, &rows, r->viewer.territory);
	while (childcare_all_next(&rows, &row))
		*PLAN_ADD(r->arena, &p->v) = (struct place_line){ .title = str_dup(r->arena, row.title),
			.number = str_dup(r->arena, row.number),
			.place = { .since = row.since, .places = row.places, .age_from = row.age_from, .age_to = row.age_to } };
	return db_done(&rows);
}

static const struct err *
open_places(struct req *r, struct places_page *p)
{
	const struct err *e;

	*p = (struct places_page){ .req = r };
	if ((e = shown_plan(r, &p->plan)) != NULL)
		return e;
	return read_places(p);
}

static const struct err *
show_places(struct places_page *p, const struct childcare_place *typed, const struct problems *faults)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Places of childcare")), .menu = MENU_PEOPLE, .fault = faults != NULL };
	struct choices *c = ARENA_NEW(r->arena, struct choices);
	struct choice *v = ARENA_ARRAY(r->arena, p->plan->actions.n, struct choice);

	*c = (struct choices){ .field = "action", .v = v };
	for (size_t i = 0; i < p->plan->actions.n; i++)
		v[c->n++] = (struct choice){ p->plan->actions.v[i].record.id, p->plan->actions.v[i].title };
	page_crumb(&frame, str_of(tr("Kinds of act")), S("/actes/genres"));
	frame.done = str_is(req_query(r, "fait"), "places") ? tr("The places are saved.") : NULL;
	if (frame.fault)
		r->out->status = 422;
	p->sheaf = (struct sheaf){
		.req = r, .entity = kind, .names = fields, .record = typed, .faults = faults, .choices = c, .n_choices = 1
	};
	places_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
childcare_show(struct req *r)
{
	struct places_page p;
	struct childcare_place x;
	const struct err *e = open_places(r, &p);

	if (e != NULL)
		return e;
	entity_clear(kind, &x);
	x.since = r->today;
	return show_places(&p, &x, NULL);
}

const struct err *
childcare_write(struct req *r)
{
	struct places_page p;
	struct childcare_place x;
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e = open_places(r, &p);

	if (e != NULL)
		return e;
	entity_clear(kind, &x);
	problems_init(&faults, r->arena);
	wrong = form_read(r, kind, fields, &x, &faults);
	if (x.action != NUMBER_NONE && plan_action(p.plan, x.action) == NULL)
		return reply_missing(r);
	if ((e = req_begin(r, &s, "childcare places")) == NULL)
		e = req_end(r, &s, childcare_save(&s, r->db, r->arena, r->viewer.territory, &x, wrong, &faults.sink));
	if (e != NULL)
		return e;
	return faults.sink.faults > 0 ? show_places(&p, &x, &faults)
				      : reply_see(r, "/actes/places?fait=places%s", req_act(r, &s));
}
