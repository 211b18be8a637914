/* a person's plan: goals, and the steps towards them */
#include "base/text.h"
#include "model/plan.h"
#include "sql.h"
#include "views.h"
#include "web/course_page.h"
#include "web/route.h"

static const struct entity *const goals = &entities[ENTITY_goals], *const steps = &entities[ENTITY_goal_steps];
static const char goal_fields[] = "title due_on", step_fields[] = "what who partner due_on";

static const char *
done_words(str word)
{
	return str_is(word, "objectif") ? tr("The goal is saved.") : str_is(word, "etape") ? tr("The step is saved.") : NULL;
}

static const struct err *
open_goals(struct req *r, enum right right, struct goals_page *p)
{
	const struct err *e;

	*p = (struct goals_page){ .req = r };
	if ((e = person_open(r, right, &p->person)) != NULL)
		return e;
	p->person.tab = PERSON_GOALS;
	p->writes = viewer_may(&r->viewer, RIGHT_ACTS_WRITE) && !r->viewer.looking;
	return goals_of(&p->person.sight, p->person.file.person.record.id, &p->lines, &p->n);
}

static const struct goal_line *
goal_named(const struct goals_page *p, str key)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->lines[i].goal.record.id == key_long(key) && p->lines[i].own)
			return &p->lines[i];
	}
	return NULL;
}

static const struct err *
partners_to_choose(struct req *r, struct choices *c)
{
	struct organisations_all_row row;
	struct {
		PLAN_LIST(struct choice) v;
	} all = { 0 };
	struct db_rows rows;

	(void)organisations_all(r->db, &rows, r->viewer.territory);
	while (organisations_all_next(&rows, &row))
		*PLAN_ADD(r->arena, &all.v) = (struct choice){ row.id, str_dup(r->arena, row.name) };
	*c = (struct choices){ .field = "partner", .v = all.v.v, .n = all.v.n };
	return db_done(&rows);
}

/* goal, step: what was typed, NULL: nothing. */
static const struct err *
show_goals(struct goals_page *p, const void *goal, const void *step, const struct problems *faults)
{
	struct req *r = p->req;
	struct page frame = person_frame(&p->person, tr("Goals and steps"));
	struct choices *c = ARENA_NEW(r->arena, struct choices);
	const struct err *e = partners_to_choose(r, c);

	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p->person.key, PERSON_COURSE));
	frame.done = done_words(req_query(r, "fait"));
	frame.fault = faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	p->goal = (struct sheaf){ .req = r, .entity = goals, .names = goal_fields, .record = goal };
	p->step = (struct sheaf){ .req = r, .entity = steps, .names = step_fields, .record = step, .choices = c, .n_choices = 1 };
	(p->chosen == NULL ? &p->goal : &p->step)->faults = faults;
	goals_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
goals_show(struct req *r)
{
	struct goals_page p;
	const struct err *e = open_goals(r, RIGHT_PEOPLE_READ, &p);

	if (e != NULL)
		return e;
	p.chosen = p.writes ? goal_named(&p, req_query(r, "objectif")) : NULL;
	return show_goals(&p, NULL, NULL, NULL);
}

static const struct err *
wrote(struct goals_page *p, const struct save *s, const char *what)
{
	return reply_see(p->req, "/personnes/%.*s/objectifs?fait=%s%s", STR_ARG(p->person.key), what, req_act(p->req, s));
}

/* A new goal. */
const struct err *
goal_add(struct req *r)
{
	struct goals_page p;
	struct goal *g = ARENA_NEW(r->arena, struct goal);
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e = open_goals(r, RIGHT_ACTS_WRITE, &p);

	if (e != NULL)
		return e;
	entity_clear(goals, g);
	g->person = p.person.file.person.record.id;
	g->set_on = r->today;
	g->state = S("open");
	problems_init(&faults, r->arena);
	wrong = form_read(r, goals, goal_fields, g, &faults);
	if ((e = req_begin(r, &s, "goal added")) == NULL)
		e = req_end(r, &s, goal_save(&s, &p.person.sight, g, wrong, &faults.sink));
	if (e != NULL)
		return e;
	if (faults.sink.faults == 0)
		return wrote(&p, &s, "objectif");
	e = person_shown(&p.person);
	return e != NULL ? e : show_goals(&p, g, NULL, &faults);
}

/* The goal itself: reached, given up, taken up again. */
static const struct err *
change_goal(struct goals_page *p, str state)
{
	struct req *r = p->req;
	struct goal g = p->chosen->goal;
	struct problems faults;
	struct save s;
	const struct err *e;

	problems_init(&faults, r->arena);
	g.record.version = person_version_typed(r);
	g.state = state;
	if ((e = req_begin(r, &s, "goal changed")) == NULL)
		e = req_end(r, &s, goal_save(&s, &p->person.sight, &g, 0, &faults.sink));
	return e != NULL ? e : wrote(p, &s, "objectif");
}

static const struct step_line *
step_named(const struct goals_page *p, str key)
{
	for (size_t i = 0; i < p->chosen->n; i++) {
		if (p->chosen->steps[i].step.record.id == key_long(key))
			return &p->chosen->steps[i];
	}
	return NULL;
}

static const struct err *
change_step(struct goals_page *p, const struct step_line *line, str state)
{
	struct req *r = p->req;
	struct goal_step x = line->step;
	struct problems faults;
	struct save s;
	const struct err *e;

	problems_init(&faults, r->arena);
	x.record.version = person_version_typed(r);
	x.state = state;
	x.done_on = str_is(state, "done") ? r->today : DAY_NONE;
	if ((e = req_begin(r, &s, "step changed")) == NULL)
		e = req_end(r, &s, step_save(&s, &p->person.sight, p->person.file.person.record.id, &x, 0, &faults.sink));
	return e != NULL ? e : wrote(p, &s, "etape");
}

static const struct err *
add_step(struct goals_page *p)
{
	struct req *r = p->req;
	struct goal_step *x = ARENA_NEW(r->arena, struct goal_step);
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e;

	entity_clear(steps, x);
	x->goal = p->chosen->goal.record.id;
	x->state = S("to_do");
	problems_init(&faults, r->arena);
	wrong = form_read(r, steps, step_fields, x, &faults);
	if ((e = req_begin(r, &s, "step added")) == NULL)
		e = req_end(r, &s, step_save(&s, &p->person.sight, p->person.file.person.record.id, x, wrong, &faults.sink));
	if (e != NULL)
		return e;
	if (faults.sink.faults == 0)
		return wrote(p, &s, "etape");
	e = person_shown(&p->person);
	return e != NULL ? e : show_goals(p, NULL, x, &faults);
}

static bool
is_choice(const struct entity *e, str word)
{
	return choice_index(entity_field(e, "state")->choices, word) >= 0;
}

/* A goal of the address: its state, a step of it, or a step more. */
const struct err *
goal_change(struct req *r)
{
	struct goals_page p;
	const struct step_line *step;
	str state = req_form(r, "etat"), key = req_form(r, "etape");
	const struct err *e = open_goals(r, RIGHT_ACTS_WRITE, &p);

	if (e != NULL)
		return e;
	if ((p.chosen = goal_named(&p, r->parts[1])) == NULL)
		return reply_missing(r);
	if (state.len == 0)
		return add_step(&p);
	if (key.len == 0)
		return is_choice(goals, state) ? change_goal(&p, state) : reply_missing(r);
	step = step_named(&p, key);
	return step != NULL && is_choice(steps, state) ? change_step(&p, step, state) : reply_missing(r);
}

/* --- all that is due --- */

const struct err *
steps_due_show(struct req *r)
{
	struct steps_page p = { .req = r };
	struct page frame = { .title = str_of(tr("Steps due")), .menu = MENU_PEOPLE };
	struct sight s = person_sight(r, RIGHT_ACTS_WRITE);
	const struct err *e = steps_due_by(&s, r->today + 7, &p.v, &p.n);

	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("People")), S("/personnes"));
	steps_due_view(page_begin(r, &frame), &p);
	return page_end(r);
}
