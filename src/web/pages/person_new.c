/* somebody new: the form, the question whether they are known already, the record */
#include "base/text.h"
#include "people/saving.h"
#include "views.h"
#include "web/person_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_people];

static const struct err *
show_form(struct person_form *f)
{
	struct page frame = { .title = str_of(tr("New person")), .menu = MENU_PEOPLE };

	page_crumb(&frame, str_of(tr("People")), S("/personnes"));
	frame.fault = f->sheaf.faults != NULL && f->sheaf.faults->sink.faults > 0;
	if (frame.fault)
		f->req->out->status = 422;
	person_new_view(page_begin(f->req, &frame), f);
	return page_end(f->req);
}

const struct err *
person_new(struct req *r)
{
	struct person_form f = { .req = r, .sheaf = { .req = r, .entity = kind, .names = identity_fields } };

	return show_form(&f);
}

static void
join(struct person_hits *to, const struct person_hits *from)
{
	for (size_t i = 0; i < from->n && to->n < HITS_MOST; i++) {
		size_t k = 0;

		while (k < to->n && to->v[k].line.id != from->v[i].line.id)
			k++;
		if (k == to->n)
			to->v[to->n++] = from->v[i];
	}
}

/* Those among the people the viewer sees who have that name, phone or e-mail, or nearly. */
static const struct err *
search_likely(const struct sight *s, const struct person *p, struct person_hits *likely)
{
	const str asked[] = { str_trim(str_format(s->arena, "%.*s %.*s", STR_ARG(p->given_name), STR_ARG(p->family_name))),
		p->phone, p->email };
	struct person_hits hits;
	const struct err *e = NULL;

	*likely = (struct person_hits){ 0 };
	for (size_t i = 0; i < sizeof asked / sizeof *asked && e == NULL; i++) {
		if (asked[i].len == 0)
			continue;
		e = people_search(s, asked[i], &hits);
		if (e == NULL)
			join(likely, &hits);
	}
	return e;
}

/* What is wrong, all at once; the reference is made when the person is added. */
static uint64_t
read_new(struct req *r, struct person *p, struct problems *faults)
{
	struct person whole;
	uint64_t wrong;

	entity_clear(kind, p);
	p->record = (struct record){ 0 };
	problems_init(faults, r->arena);
	wrong = form_read(r, kind, identity_fields, p, faults);
	whole = *p;
	whole.ref = S("new");
	entity_check(kind, &whole, wrong, 0, &faults->sink, (str){ 0 }, 0);
	if (p->family_name.len == 0 && p->given_name.len == 0)
		problem_add(&faults->sink, &(struct problem){ .level = PROBLEM_FAULT,
					       .column = S("family_name"),
					       .expected = str_of(tr("a name, the family name or the given name")) });
	return wrong;
}

static const struct err *
add(struct req *r, const struct sight *s, struct person *p)
{
	struct problem_sink sink = problem_silence();
	struct save save;
	str key;
	const struct err *e = req_begin(r, &save, "person added");

	if (e == NULL)
		e = req_end(r, &save, person_add(&save, s, p, 0, &sink));
	if (e == NULL && sink.faults > 0)
		bug("a new person is refused after they were checked");
	if (e != NULL)
		return e;
	key = key_short(r->arena, p->record.id);
	return reply_see(r, "/personnes/%.*s?fait=ajoutee%s", STR_ARG(key), req_act(r, &save));
}

const struct err *
person_create(struct req *r)
{
	const struct sight s = person_sight(r, RIGHT_PEOPLE_WRITE);
	struct person_form f = { .req = r };
	struct person_hits likely;
	struct problems faults;
	struct person p;
	const struct err *e;

	(void)read_new(r, &p, &faults);
	f.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = identity_fields, .record = &p, .faults = &faults };
	if (faults.sink.faults > 0)
		return show_form(&f);
	if (!str_is(req_form(r, "autre"), "1")) {
		if ((e = search_likely(&s, &p, &likely)) != NULL)
			return e;
		if (likely.n > 0) {
			f.likely = &likely;
			return show_form(&f);
		}
	}
	return add(r, &s, &p);
}
