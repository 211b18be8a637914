/* who a person is: read, changed; and what to do when somebody else changed it meanwhile */
#include "base/text.h"
#include "people/saving.h"
#include "views.h"
#include "web/person_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_people];

static const struct err *
show_form(struct person_form *f)
{
	struct req *r = f->req;
	struct page frame = person_frame(f->person, tr("Identity and statuses"));

	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, f->person->key, PERSON_COURSE));
	frame.fault = f->sheaf.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	person_identity_view(page_begin(r, &frame), f);
	return page_end(r);
}

const struct err *
person_identity(struct req *r)
{
	struct person_page p;
	struct person_form f = { .person = &p, .req = r };
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL)
		return e;
	p.tab = PERSON_IDENTITY;
	f.version = p.file.person.record.version;
	f.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = identity_fields, .record = &p.file.person };
	return show_form(&f);
}

/* Both versions, from what is stored now. */
static const struct err *
show_both(struct person_page *p, struct person *mine, bool undecided)
{
	struct person_both both = {
		.person = p, .to = person_tab_url(p->req->arena, p->key, PERSON_IDENTITY), .undecided = undecided
	};

	both.mine = (struct sheaf){ .req = p->req, .entity = kind, .names = identity_fields, .record = mine };
	both.stored = &p->file.person;
	both.version = p->file.person.record.version;
	return both_show(&both, tr("Changed by somebody else meanwhile"));
}

/* Written, or not: then *conflict or the faults say why. */
static const struct err *
write(struct person_page *p, struct person *mine, uint64_t wrong, struct problems *faults, bool *conflict, const char **act)
{
	struct req *r = p->req;
	struct person stored;
	struct save s;
	const struct err *e = req_begin(r, &s, "identity changed");

	if (e == NULL)
		e = req_end(r, &s, person_save(&s, &p->sight, mine, wrong, &faults->sink, &stored));
	if (e == NULL)
		*act = req_act(r, &s);
	*conflict = e != NULL && e->kind == ERR_CONFLICT;
	return *conflict ? NULL : e;
}

const struct err *
person_identity_change(struct req *r)
{
	struct person_page p;
	struct person_form f = { .person = &p, .req = r, .version = person_version_typed(r) };
	struct problems faults;
	struct person mine;
	const char *act = "";
	uint64_t wrong;
	bool conflict;
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL)
		return e;
	p.tab = PERSON_IDENTITY;
	problems_init(&faults, r->arena);
	mine = p.file.person;
	mine.record.version = f.version;
	wrong = form_read(r, kind, both_wanted(r, identity_fields), &mine, &faults);
	conflict = f.version != p.file.person.record.version;
	if (wrong == 0 && both_undecided(r))
		return show_both(&p, &mine, true);
	if (!conflict && (e = write(&p, &mine, wrong, &faults, &conflict, &act)) != NULL)
		return e;
	if (!conflict && faults.sink.faults == 0)
		return reply_see(r, "/personnes/%.*s?fait=identite%s", STR_ARG(p.key), act);
	if (faults.sink.faults == 0) {
		if ((e = person_open(r, RIGHT_PEOPLE_WRITE, &p)) != NULL) /* as it is now */
			return e;
		return show_both(&p, &mine, false);
	}
	if ((e = person_shown(&p)) != NULL)
		return e;
	f.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = identity_fields, .record = &mine, .faults = &faults };
	return show_form(&f);
}
