/* what stands in a person's way: its course, one rating more */
#include "base/text.h"
#include "model/choices.h"
#include "views.h"
#include "web/chart.h"
#include "web/course_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_obstacles];
static const char fields[] = "domain rating on";

/* --- picture: of each domain the first rating as the frame, the last one in it --- */

struct weight {
	const struct obstacle_line *first, *last;
};

static struct weight
weight_of(const struct obstacles_page *p, const char *domain)
{
	struct weight w = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		if (!str_is(p->lines[i].obstacle.domain, domain) || p->lines[i].closed)
			continue;
		if (w.first == NULL)
			w.first = &p->lines[i];
		w.last = &p->lines[i];
	}
	return w;
}

static int64_t
rating_of(const struct obstacle_line *l)
{
	return str_number(l->obstacle.rating).value;
}

static str
words_of(struct arena *a, const struct weight *w)
{
	const struct field *f = entity_field(kind, "rating");
	str first = choice_label(f, w->first->obstacle.rating), last = choice_label(f, w->last->obstacle.rating);

	return w->first == w->last || str_eq(first, last) ? last
							  : str_format(a, tr("%.*s, then %.*s"), STR_ARG(first), STR_ARG(last));
}

void
obstacles_chart(struct html *h, const struct obstacles_page *p)
{
	struct chart_bar v[DOMAINS];
	struct chart c = { .id = "obstacles-chart" };
	size_t n = 0, lighter = 0;

	for (int i = 0; i < DOMAINS; i++) {
		struct weight w = weight_of(p, obstacle_domain(i));

		if (w.first == NULL)
			continue;
		lighter += rating_of(w.last) < rating_of(w.first);
		v[n++] = (struct chart_bar){ .label = choice_label(entity_field(kind, "domain"), str_of(obstacle_domain(i))),
			.achieved = rating_of(w.last),
			.objective = rating_of(w.first),
			.words = words_of(h->arena, &w) };
	}
	if (n == 0)
		return;
	c.title = str_format(h->arena,
	    tr_n("%zu obstacle weighs less than at the beginning", "%zu obstacles weigh less than at the beginning", lighter),
	    lighter);
	chart_bars(h, &c, str_of(tr("Today")), str_of(tr("At the beginning")), v, n);
}

/* --- pages --- */

static const struct err *
open_obstacles(struct req *r, enum right right, struct obstacles_page *p)
{
	const struct err *e;

	*p = (struct obstacles_page){ .req = r };
	if ((e = person_open(r, right, &p->person)) != NULL)
		return e;
	p->person.tab = PERSON_OBSTACLES;
	p->writes = viewer_may(&r->viewer, RIGHT_ACTS_WRITE) && !r->viewer.looking;
	return obstacles_of(&p->person.sight, p->person.file.person.record.id, false, &p->lines, &p->n);
}

static const struct err *
show_obstacles(struct obstacles_page *p, const struct obstacle *o, const struct problems *faults)
{
	struct req *r = p->req;
	struct page frame = person_frame(&p->person, tr("Obstacles"));

	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p->person.key, PERSON_COURSE));
	frame.done = str_is(req_query(r, "fait"), "frein") ? tr("The rating is saved.") : NULL;
	frame.fault = faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	p->sheaf = (struct sheaf){ .req = r, .entity = kind, .names = fields, .record = o, .faults = faults };
	obstacles_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
obstacles_show(struct req *r)
{
	struct obstacles_page p;
	struct obstacle o;
	const struct err *e = open_obstacles(r, RIGHT_PEOPLE_READ, &p);

	if (e != NULL)
		return e;
	entity_clear(kind, &o);
	o.on = r->today;
	return show_obstacles(&p, &o, NULL);
}

const struct err *
obstacle_write(struct req *r)
{
	struct obstacles_page p;
	struct obstacle o;
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e = open_obstacles(r, RIGHT_ACTS_WRITE, &p);

	if (e != NULL)
		return e;
	entity_clear(kind, &o);
	o.person = p.person.file.person.record.id;
	problems_init(&faults, r->arena);
	wrong = form_read(r, kind, fields, &o, &faults);
	if ((e = req_begin(r, &s, "obstacle rated")) == NULL)
		e = req_end(r, &s, obstacle_save(&s, &p.person.sight, &o, wrong, &faults.sink));
	if (e != NULL)
		return e;
	if (faults.sink.faults == 0)
		return reply_see(r, "/personnes/%.*s/freins?fait=frein%s", STR_ARG(p.person.key), req_act(r, &s));
	if ((e = person_shown(&p.person)) != NULL)
		return e;
	return show_obstacles(&p, &o, &faults);
}
