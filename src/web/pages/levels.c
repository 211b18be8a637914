/* a person's levels of French: their course, one assessment more */
#include "base/shown.h"
#include "base/text.h"
#include "model/choices.h"
#include "model/plan.h"
#include "views.h"
#include "web/chart.h"
#include "web/course_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_assessments];
static const char fields[] = "enrolment on moment level";

/* The four skills as a form: they are records of their own, with the date and the moment of the assessment. */
struct skills_form {
	str listening, reading, speaking, writing;
};
#define SKILL(word, text)                                                                                                 \
	{                                                                                                                 \
		.name = #word, .column = #word, .csv = #word, .kind = KIND_ENUM, .sensitivity = SENS_PERSONAL,            \
		.offset = offsetof(struct skills_form, word), .label = text, .choices = "alpha A0 A1.1 A1 A2 B1 B2 C1 C2" \
	}
static const struct field skill_fields[] = {
	SKILL(listening, N_("Listening")),
	SKILL(reading, N_("Reading")),
	SKILL(speaking, N_("Speaking")),
	SKILL(writing, N_("Writing")),
};
static const struct entity skills_kind = {
	.name = "skills", .fields = skill_fields, .n = SKILLS, .size = sizeof(struct skills_form)
};
static const char skill_names[] = "listening reading speaking writing";

/* --- picture --- */

void
levels_chart(struct html *h, const struct levels_page *p)
{
	struct chart_point *v = ARENA_ARRAY(h->arena, p->n, struct chart_point);
	str first, last;
	char text[DAY_TEXT];
	struct chart c = { .id = "levels-chart" };

	if (p->n < 2)
		return;
	for (size_t i = 0; i < p->n; i++) {
		const struct assessment *a = &p->lines[i].assessment;

		v[i] = (struct chart_point){ str_dup(h->arena, day_shown(a->on, text)), level_rank(a->level), a->level };
	}
	first = v[0].words;
	last = v[p->n - 1].words;
	c.title = str_eq(first, last) ? str_format(h->arena, tr("The level is still %.*s"), STR_ARG(last))
				      : str_format(h->arena, tr("From %.*s to %.*s"), STR_ARG(first), STR_ARG(last));
	chart_line(h, &c, v, p->n, -1, (str){ 0 });
}

/* --- pages --- */

static const struct err *
open_levels(struct req *r, enum right right, struct levels_page *p)
{
	const struct err *e;

	*p = (struct levels_page){ .req = r };
	if ((e = person_open(r, right, &p->person)) != NULL)
		return e;
	p->person.tab = PERSON_LEVELS;
	p->writes = viewer_may(&r->viewer, RIGHT_ACTS_WRITE) && !r->viewer.looking;
	return levels_of(&p->person.sight, p->person.file.person.record.id, &p->lines, &p->n);
}

/* The enrolments of which a level may be recorded: those that the viewer sees. */
static struct choices *
enrolments_to_choose(const struct levels_page *p)
{
	const struct person_file *f = &p->person.file;
	struct arena *a = p->req->arena;
	struct choices *c = ARENA_NEW(a, struct choices);
	struct choice *v = ARENA_ARRAY(a, f->paths_n, struct choice);

	*c = (struct choices){ .field = "enrolment", .v = v };
	for (size_t i = 0; i < f->paths_n; i++) {
		const struct path *x = &f->paths[i];

		if (str_is(x->enrolment.state, "active"))
			v[c->n++] = (struct choice){ x->enrolment.record.id,
				str_format(a, "%.*s %.*s", STR_ARG(x->place.sheet_number), STR_ARG(x->place.action_title)) };
	}
	return c;
}

static const struct err *
show_levels(struct levels_page *p, const struct assessment *a, const struct skills_form *skills, const struct problems *faults)
{
	struct req *r = p->req;
	struct page frame = person_frame(&p->person, tr("Levels of French"));
	struct choices *c = enrolments_to_choose(p);

	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p->person.key, PERSON_COURSE));
	frame.done = str_is(req_query(r, "fait"), "niveau") ? tr("The level is saved.") : NULL;
	frame.fault = faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	p->sheaf = (struct sheaf){
		.req = r, .entity = kind, .names = fields, .record = a, .faults = faults, .choices = c, .n_choices = 1
	};
	p->skills = (struct sheaf){ .req = r, .entity = &skills_kind, .names = skill_names, .record = skills, .faults = faults };
	levels_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
levels_show(struct req *r)
{
	struct levels_page p;
	struct assessment a;
	struct skills_form skills = { 0 };
	const struct choices *c;
	const struct err *e = open_levels(r, RIGHT_PEOPLE_READ, &p);

	if (e != NULL)
		return e;
	entity_clear(kind, &a);
	a.on = r->today;
	c = enrolments_to_choose(&p);
	if (c->n == 1)
		a.enrolment = c->v[0].key;
	return show_levels(&p, &a, &skills, NULL);
}

const struct err *
level_write(struct req *r)
{
	struct levels_page p;
	struct assessment a;
	struct skills_form form = { 0 };
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e = open_levels(r, RIGHT_ACTS_WRITE, &p);

	if (e != NULL)
		return e;
	entity_clear(kind, &a);
	problems_init(&faults, r->arena);
	wrong = form_read(r, kind, fields, &a, &faults);
	(void)form_read(r, &skills_kind, skill_names, &form, &faults);
	if ((e = req_begin(r, &s, "level recorded")) == NULL) {
		const str skills[SKILLS] = { form.listening, form.reading, form.speaking, form.writing };

		e = req_end(r, &s, level_save(&s, &p.person.sight, &a, skills, wrong, &faults.sink));
	}
	if (e != NULL)
		return e;
	if (faults.sink.faults == 0)
		return reply_see(r, "/personnes/%.*s/niveaux?fait=niveau%s", STR_ARG(p.person.key), req_act(r, &s));
	if ((e = person_shown(&p.person)) != NULL)
		return e;
	return show_levels(&p, &a, &form, &faults);
}
