/* what was done for a person: the list, one act more, one changed */
#include <stdlib.h>

#include "base/text.h"
#include "views.h"
#include "web/acts_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_acts];

static const char *
done_words(str word)
{
	if (str_is(word, "acte"))
		return tr("The act is saved.");
	if (str_is(word, "retire"))
		return tr("The act is removed.");
	return NULL;
}

str
acts_answer(const struct acts_page *p, const struct act_line *l, size_t i, const char **label)
{
	const struct act_sort *k = act_kind_named(&p->kinds, l->act.kind);
	const struct act_ask *ask = k == NULL ? NULL : act_ask_named(k, l->answers[i].field);
	const struct person_file *f = &p->person.file;

	*label = ask == NULL ? "" : k->id == 0 ? tr(ask->label) : ask->label;
	if (ask == NULL)
		return l->answers[i].value;
	for (size_t n = 0; ask->type == ASK_ENROLMENT && n < f->paths_n; n++) {
		if (str_eq(f->paths[n].enrolment.ref, l->answers[i].value))
			return f->paths[n].place.action_title;
	}
	return act_answer_words(p->req->arena, ask, l->answers[i].value);
}

static const struct err *
open_acts(struct req *r, enum right right, struct acts_page *p)
{
	struct person_page *x = &p->person;
	const struct err *e;

	*p = (struct acts_page){ .req = r };
	if ((e = person_open(r, right, x)) != NULL)
		return e;
	x->tab = PERSON_ACTS;
	p->writes = viewer_may(&r->viewer, RIGHT_ACTS_WRITE) && !r->viewer.looking;
	if ((e = act_kinds_read(r->db, r->arena, r->viewer.territory, r->today, &p->kinds)) != NULL)
		return e;
	return acts_of(&x->sight, &p->kinds, x->file.person.record.id, false, &p->lines, &p->n);
}

static struct page
acts_frame(struct acts_page *p, const char *title)
{
	struct page frame = person_frame(&p->person, title);

	page_crumb(&frame, str_of(tr("File")), person_tab_url(p->req->arena, p->person.key, PERSON_COURSE));
	return frame;
}

const struct err *
acts_show(struct req *r)
{
	struct acts_page p;
	struct page frame;
	const struct err *e = open_acts(r, RIGHT_PEOPLE_READ, &p);

	if (e != NULL)
		return e;
	frame = acts_frame(&p, tr("Acts"));
	frame.done = done_words(req_query(r, "fait"));
	acts_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* --- choosing --- */

static int
by_use(const void *x, const void *y)
{
	const struct act_offer *a = x, *b = y;

	if (a->used != b->used)
		return a->used > b->used ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind); /* as they are described */
}

/* The kinds that may be recorded in the action chosen. */
static const struct err *
read_offers(struct acts_page *p)
{
	struct act_use *uses;
	size_t n;
	const struct err *e = acts_used(&p->person.sight, &uses, &n);

	p->offers = ARENA_ARRAY(p->req->arena, p->kinds.n, struct act_offer);
	for (size_t i = 0; e == NULL && i < p->kinds.n; i++) {
		struct act_offer *o = &p->offers[p->n_offers];

		if (!act_allowed(&p->person.sight, &p->kinds.v[i], p->place))
			continue;
		*o = (struct act_offer){ .kind = &p->kinds.v[i], .place = p->place };
		for (size_t k = 0; k < n; k++)
			o->used += uses[k].action == p->place->action && str_eq(uses[k].kind, o->kind->code) ? uses[k].n : 0;
		p->n_offers++;
	}
	if (p->n_offers > 0)
		qsort(p->offers, p->n_offers, sizeof *p->offers, by_use);
	return e;
}

/* The action that the address names; else the only one, or the only one that the person is in. */
static void
choose_place(struct acts_page *p, str ref)
{
	size_t enrolled = 0;

	for (size_t i = 0; i < p->n_places; i++)
		enrolled += p->places[i].enrolled;
	for (size_t i = 0; i < p->n_places && p->place == NULL; i++) {
		const struct act_place *x = &p->places[i];
		bool only = p->n_places == 1 || (enrolled == 1 && x->enrolled);

		if (ref.len > 0 ? str_eq(x->ref, ref) : only)
			p->place = x;
	}
}

/* Action and kind, as the address or the form says; form.kind stays NULL until both are known. */
static const struct err *
choose(struct acts_page *p, str action, str code)
{
	int64_t person = p->person.file.person.record.id;
	const struct err *e = act_places(&p->person.sight, person, &p->places, &p->n_places);

	if (e != NULL)
		return e;
	choose_place(p, action);
	if (p->place == NULL)
		return NULL;
	if ((e = read_offers(p)) != NULL)
		return e;
	for (size_t i = 0; i < p->n_offers; i++) {
		if (str_eq(p->offers[i].kind->code, code))
			p->form.kind = p->offers[i].kind;
	}
	p->form.place = p->place;
	p->form.req = p->req;
	return p->form.kind == NULL ? NULL : act_form_make(&p->form, &p->person.sight, person, NULL);
}

str
acts_url(struct arena *a, str key, const struct act_offer *o)
{
	struct buf b = { 0 };

	buf_format(&b, "/personnes/%.*s/actes/nouveau?", STR_ARG(key));
	query_add(&b, S("action"), o->place->ref);
	query_add(&b, S("genre"), o->kind->code);
	return buf_kept(&b, a);
}

static const struct err *
show_form(struct acts_page *p, const char *title)
{
	struct req *r = p->req;
	struct page frame = acts_frame(p, title);

	page_crumb(&frame, str_of(tr("Acts")), person_tab_url(r->arena, p->person.key, PERSON_ACTS));
	frame.fault = p->form.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	act_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
act_new(struct req *r)
{
	struct acts_page p;
	const struct err *e = open_acts(r, RIGHT_ACTS_WRITE, &p);

	if (e == NULL)
		e = choose(&p, req_query(r, "action"), req_query(r, "genre"));
	if (e != NULL)
		return e;
	p.to = str_format(r->arena, "/personnes/%.*s/actes/nouveau", STR_ARG(p.person.key));
	return show_form(&p, tr("Record an act"));
}

/* --- writing --- */

static const struct err *
save_act(struct acts_page *p, struct act_writing *w, struct problems *faults, bool *conflict, const char **act)
{
	struct save s;
	const struct err *e = req_begin(p->req, &s, w->act.record.id == 0 ? "act added" : "act changed");

	if (e == NULL)
		e = req_end(p->req, &s, act_write(&s, &p->person.sight, w, &faults->sink));
	if (e == NULL)
		*act = req_act(p->req, &s);
	*conflict = e != NULL && e->kind == ERR_CONFLICT;
	return *conflict ? NULL : e;
}

static const struct err *
again(struct acts_page *p, const struct problems *faults, const char *title)
{
	const struct err *e = person_shown(&p->person);

	if (e != NULL)
		return e;
	p->form.faults = faults;
	return show_form(p, title);
}

const struct err *
act_add(struct req *r)
{
	struct acts_page p;
	struct problems faults;
	struct act_writing w;
	const char *act = "";
	bool conflict;
	const struct err *e = open_acts(r, RIGHT_ACTS_WRITE, &p);

	if (e == NULL)
		e = choose(&p, req_form(r, "action"), req_form(r, "genre"));
	if (e != NULL)
		return e;
	p.to = str_format(r->arena, "/personnes/%.*s/actes/nouveau", STR_ARG(p.person.key));
	if (p.form.kind == NULL)
		return reply_missing(r);
	problems_init(&faults, r->arena);
	act_form_read(&p.form, &w, &faults);
	if ((e = save_act(&p, &w, &faults, &conflict, &act)) != NULL)
		return e;
	if (faults.sink.faults > 0)
		return again(&p, &faults, tr("Record an act"));
	return reply_see(r, "/personnes/%.*s/actes?fait=acte%s", STR_ARG(p.person.key), act);
}

/* --- changing --- */

/* The act that the address names, if it is this viewer's to change; its form. */
static const struct err *
open_act(struct req *r, struct acts_page *p, const struct act_line **line)
{
	const struct act_line *found = NULL;
	const struct err *e = open_acts(r, RIGHT_ACTS_WRITE, p);

	*line = NULL;
	if (e != NULL)
		return e;
	for (size_t i = 0; i < p->n; i++) {
		if (p->lines[i].act.record.id == key_long(r->parts[1]) && !p->lines[i].closed)
			found = &p->lines[i];
	}
	if (found == NULL || (p->form.kind = act_kind_named(&p->kinds, found->act.kind)) == NULL)
		return reply_missing(r);
	p->form.req = r;
	p->version = found->act.record.version;
	p->to = str_format(r->arena, "/personnes/%.*s/actes/%.*s", STR_ARG(p->person.key), STR_ARG(r->parts[1]));
	*line = found;
	return act_form_make(&p->form, &p->person.sight, found->act.person, found);
}

const struct err *
act_edit(struct req *r)
{
	struct acts_page p;
	const struct act_line *line;
	const struct err *e = open_act(r, &p, &line);

	return e != NULL || line == NULL ? e : show_form(&p, tr("Change an act"));
}

static const struct err *
show_both(struct acts_page *p, const struct act_writing *w, const struct act_line *stored)
{
	struct person_both both = { .person = &p->person, .to = p->to };

	both.mine = (struct sheaf){ .req = p->req, .entity = kind, .names = "on quantity", .record = &w->act };
	both.stored = &stored->act;
	both.version = stored->act.record.version;
	return both_show(&both, tr("Changed by somebody else meanwhile"));
}

const struct err *
act_change(struct req *r)
{
	struct acts_page p;
	struct problems faults;
	struct act_writing w;
	const struct act_line *line;
	const char *act = "";
	bool conflict;
	const struct err *e = open_act(r, &p, &line);

	if (e != NULL || line == NULL)
		return e;
	problems_init(&faults, r->arena);
	act_form_read(&p.form, &w, &faults);
	w.act.record.version = person_version_typed(r);
	conflict = w.act.record.version != line->act.record.version;
	if (!conflict && (e = save_act(&p, &w, &faults, &conflict, &act)) != NULL)
		return e;
	if (faults.sink.faults > 0)
		return again(&p, &faults, tr("Change an act"));
	if (conflict) {
		if ((e = open_act(r, &p, &line)) != NULL || line == NULL)
			return e;
		return show_both(&p, &w, line);
	}
	return reply_see(r, "/personnes/%.*s/actes?fait=acte%s", STR_ARG(p.person.key), act);
}

/* Changed by somebody else meanwhile: the form as it is now, with the same button. */
const struct err *
act_take_out(struct req *r)
{
	struct acts_page p;
	const struct act_line *line;
	struct save s;
	const struct err *e = open_act(r, &p, &line);

	if (e != NULL || line == NULL || (e = req_begin(r, &s, "act removed")) != NULL)
		return e;
	e = req_end(r, &s, act_remove(&s, &p.person.sight, line->act.record.id, person_version_typed(r)));
	if (e == NULL)
		return reply_see(r, "/personnes/%.*s/actes?fait=retire%s", STR_ARG(p.person.key), req_act(r, &s));
	if (e->kind != ERR_CONFLICT)
		return e;
	if ((e = open_act(r, &p, &line)) != NULL || line == NULL || (e = person_shown(&p.person)) != NULL)
		return e;
	r->out->status = 409;
	return show_form(&p, tr("Change an act"));
}
