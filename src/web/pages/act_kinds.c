/* kinds of act that the coordinator adds, without programming */
#include "base/text.h"
#include "views.h"
#include "web/act_kinds_page.h"
#include "web/person_page.h"
#include "web/route.h"
#include "web/shown_figures.h"

static const struct entity *const kinds = &entities[ENTITY_act_kinds], *const fields = &entities[ENTITY_act_fields];
static const char kind_fields[] = "label unit sheet health", ask_fields[] = "label type choices required";

/* What it counts in the questionnaire, if it does. */
struct measure_form {
	str measure;
};
static const struct field measure_field[] = {
	{ .name = "measure",
	    .column = "measure",
	    .csv = "measure",
	    .kind = KIND_ENUM,
	    .sensitivity = SENS_PUBLIC,
	    .offset = offsetof(struct measure_form, measure),
	    .label = N_("Figure of the questionnaire that it feeds"),
	    .required = true,
	    .choices = "persons_with_act acts no_figure" },
};
static const struct entity measure_kind = {
	.name = "measure", .fields = measure_field, .n = 1, .size = sizeof(struct measure_form)
};

static const char *
done_words(str word)
{
	if (str_is(word, "genre"))
		return tr("The kind of act is added: it can be recorded from now on.");
	if (str_is(word, "question"))
		return tr("The question is added.");
	return str_is(word, "fin") ? tr("The kind of act is changed.") : NULL;
}

const struct local_indicator *
kind_feeds(const struct kinds_page *p, str code)
{
	for (size_t i = 0; i < p->plan->local_indicators.n; i++) {
		const struct local_indicator *x = &p->plan->local_indicators.v[i];

		if (str_eq(x->match, code) && (str_is(x->measure, "acts") || str_is(x->measure, "persons_with_act")))
			return x;
	}
	return NULL;
}

str
kind_sheet(const struct kinds_page *p, const struct act_sort *k)
{
	const struct sheet *s = k->sheet == 0 ? NULL : plan_sheet(p->plan, k->sheet);

	return s == NULL ? (str){ 0 } : str_format(p->req->arena, "%.*s %.*s", STR_ARG(s->number), STR_ARG(s->title));
}

static const struct err *
open_kinds(struct req *r, struct kinds_page *p)
{
	const struct err *e;

	*p = (struct kinds_page){ .req = r };
	if ((e = shown_plan(r, &p->plan)) != NULL)
		return e;
	return act_kinds_read(r->db, r->arena, r->viewer.territory, r->today, &p->kinds);
}

static struct page
kinds_frame(struct kinds_page *p, const char *title)
{
	struct page frame = { .title = str_of(title), .menu = MENU_PEOPLE };
	struct req *r = p->req;

	page_crumb(&frame, str_of(tr("People")), S("/personnes"));
	frame.done = done_words(req_query(r, "fait"));
	frame.fault = p->sheaf.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	return frame;
}

const struct err *
act_kinds_show(struct req *r)
{
	struct kinds_page p;
	struct page frame;
	const struct err *e = open_kinds(r, &p);

	if (e != NULL)
		return e;
	frame = kinds_frame(&p, tr("Kinds of act"));
	act_kinds_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* --- a new one --- */

static const struct err *
show_new(struct kinds_page *p, const struct act_kind *k, const struct measure_form *m, const struct problems *faults)
{
	struct req *r = p->req;
	struct choices *c = ARENA_NEW(r->arena, struct choices);
	struct choice *v = ARENA_ARRAY(r->arena, p->plan->sheets.n, struct choice);
	struct page frame;

	*c = (struct choices){ .field = "sheet", .v = v };
	for (size_t i = 0; i < p->plan->sheets.n; i++) {
		const struct sheet *s = &p->plan->sheets.v[i];

		if (str_is(s->kind, "action"))
			v[c->n++] = (struct choice){ s->record.id,
				str_format(r->arena, "%.*s %.*s", STR_ARG(s->number), STR_ARG(s->title)) };
	}
	p->sheaf = (struct sheaf){
		.req = r, .entity = kinds, .names = kind_fields, .record = k, .faults = faults, .choices = c, .n_choices = 1
	};
	p->measure = (struct sheaf){ .req = r, .entity = &measure_kind, .names = "measure", .record = m, .faults = faults };
	frame = kinds_frame(p, tr("New kind of act"));
	page_crumb(&frame, str_of(tr("Kinds of act")), S("/actes/genres"));
	act_kind_new_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
act_kind_new(struct req *r)
{
	struct kinds_page p;
	const struct err *e = open_kinds(r, &p);

	return e != NULL ? e : show_new(&p, NULL, NULL, NULL);
}

const struct err *
act_kind_create(struct req *r)
{
	struct kinds_page p;
	struct kind_writing w = { 0 };
	struct measure_form m = { 0 };
	struct problems faults;
	struct save s;
	const struct err *e = open_kinds(r, &p);

	if (e != NULL)
		return e;
	entity_clear(kinds, &w.kind);
	problems_init(&faults, r->arena);
	w.wrong = form_read(r, kinds, kind_fields, &w.kind, &faults);
	(void)form_read(r, &measure_kind, "measure", &m, &faults);
	w.measure = str_is(m.measure, "no_figure") ? (str){ 0 } : m.measure;
	if (m.measure.len == 0)
		problem_add(&faults.sink,
		    &(struct problem){
			.level = PROBLEM_FAULT, .column = S("measure"), .expected = str_of(tr("a choice: none is one")) });
	if ((e = req_begin(r, &s, "kind of act added")) == NULL)
		e = req_end(r, &s, act_kind_add(&s, r->db, r->arena, p.plan, &w, &faults.sink));
	if (e != NULL)
		return e;
	if (faults.sink.faults > 0)
		return show_new(&p, &w.kind, &m, &faults);
	return reply_see(r, "/actes/genres/%.*s?fait=genre%s", STR_ARG(w.kind.ref), req_act(r, &s));
}

/* --- one of them: its questions, its end --- */

static const struct err *
open_kind(struct req *r, struct kinds_page *p)
{
	bool found;
	const struct err *e = open_kinds(r, p);

	if (e == NULL)
		e = entity_by_ref(r->db, r->viewer.territory, kinds, r->parts[0], r->arena, &p->stored, &found);
	if (e != NULL)
		return e;
	p->kind = found ? act_kind_named(&p->kinds, p->stored.ref) : NULL;
	return p->kind == NULL ? reply_missing(r) : NULL;
}

static const struct err *
show_kind(struct kinds_page *p, const struct act_field *f, const struct problems *faults)
{
	struct page frame;

	p->sheaf = (struct sheaf){ .req = p->req, .entity = fields, .names = ask_fields, .record = f, .faults = faults };
	frame = kinds_frame(p, tr("A kind of act"));
	page_crumb(&frame, str_of(tr("Kinds of act")), S("/actes/genres"));
	act_kind_view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

const struct err *
act_kind_show(struct req *r)
{
	struct kinds_page p;
	const struct err *e = open_kind(r, &p);

	return e != NULL || p.kind == NULL ? e : show_kind(&p, NULL, NULL);
}

static const struct err *
end_kind(struct kinds_page *p, bool again)
{
	struct req *r = p->req;
	struct save s;
	const struct err *e = req_begin(r, &s, "kind of act changed");

	if (e == NULL)
		e = req_end(r, &s,
		    act_kind_end(&s, r->db, r->arena, r->viewer.territory, &p->stored, again ? DAY_NONE : r->today,
			person_version_typed(r)));
	return e != NULL ? e : reply_see(r, "/actes/genres/%.*s?fait=fin%s", STR_ARG(p->stored.ref), req_act(r, &s));
}

const struct err *
act_kind_change(struct req *r)
{
	struct kinds_page p;
	struct act_field f;
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e = open_kind(r, &p);

	if (e != NULL || p.kind == NULL)
		return e;
	if (req_form(r, "fin").len > 0)
		return end_kind(&p, str_is(req_form(r, "fin"), "non"));
	entity_clear(fields, &f);
	f.act_kind = p.stored.record.id;
	problems_init(&faults, r->arena);
	wrong = form_read(r, fields, ask_fields, &f, &faults);
	if ((e = req_begin(r, &s, "kind of act changed")) == NULL)
		e = req_end(r, &s, act_ask_add(&s, r->db, r->arena, r->viewer.territory, &f, p.kind->n, wrong, &faults.sink));
	if (e != NULL)
		return e;
	if (faults.sink.faults > 0)
		return show_kind(&p, &f, &faults);
	return reply_see(r, "/actes/genres/%.*s?fait=question%s", STR_ARG(p.stored.ref), req_act(r, &s));
}
