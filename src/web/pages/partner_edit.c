/* an organisation of the directory: added, changed. Who keeps its own up to date does not say of what category it is: rights follow from that. */
#include "base/text.h"
#include "views.h"
#include "web/partners_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_organisations];

static const char *
fields_of(const struct req *r)
{
	return viewer_reach(&r->viewer, RIGHT_PARTNERS_WRITE) == REACH_ALL ? "name category legal_form siret"
									   : "name legal_form siret";
}

static const struct err *
show_form(struct organisation_form *f)
{
	struct req *r = f->req;
	struct page frame = { .menu = MENU_PARTNERS, .fault = f->sheaf.faults != NULL && f->sheaf.faults->sink.faults > 0 };

	frame.title = str_of(f->ref.len == 0 ? tr("New organisation") : tr("Change an organisation"));
	page_crumb(&frame, str_of(tr("Partners")), S("/partenaires"));
	r->out->status = frame.fault ? 422 : f->stored != NULL ? 409 : 200;
	organisation_view(page_begin(r, &frame), f);
	return page_end(r);
}

static struct organisation_form
form_of(struct req *r, const struct organisation *o)
{
	struct organisation_form f = { .req = r };

	f.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = fields_of(r), .record = o };
	if (o != NULL) {
		f.ref = o->ref;
		f.version = o->record.version;
	}
	return f;
}

/* ---- a new one ---- */

const struct err *
partner_new(struct req *r)
{
	struct organisation_form f = form_of(r, NULL);

	return partner_writable(r, 0) ? show_form(&f) : reply_refused(r, RIGHT_PARTNERS_WRITE);
}

const struct err *
partner_add(struct req *r)
{
	struct organisation o;
	struct organisation_form f;
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e;

	if (!partner_writable(r, 0))
		return reply_refused(r, RIGHT_PARTNERS_WRITE);
	entity_clear(kind, &o);
	o.record = (struct record){ 0 };
	o.ref = S("new");
	problems_init(&faults, r->arena);
	wrong = form_read(r, kind, fields_of(r), &o, &faults);
	entity_check(kind, &o, wrong, 0, &faults.sink, (str){ 0 }, 0);
	if (faults.sink.faults > 0) {
		f = form_of(r, NULL);
		f.sheaf.record = &o;
		f.sheaf.faults = &faults;
		return show_form(&f);
	}
	if ((e = req_begin(r, &s, "organisation added")) != NULL)
		return e;
	if ((e = save_reserve(&s, kind, &o.record.id)) == NULL) {
		o.ref = str_format(r->arena, "o-%.*s", STR_ARG(key_short(r->arena, o.record.id)));
		e = entity_save(&s, kind, &o, NULL);
	}
	if ((e = req_end(r, &s, e)) != NULL)
		return e;
	return reply_see(r, "/partenaires/%.*s?fait=organisation%s", STR_ARG(o.ref), req_act(r, &s));
}

/* ---- one that is there ---- */

const struct err *
partner_edit(struct req *r)
{
	struct organisation *o;
	struct organisation_form f;
	const struct err *e = partner_open(r, &o);

	if (e != NULL || o == NULL)
		return e;
	f = form_of(r, o);
	return show_form(&f);
}

/* Inside the transaction. Faults first; who mends them is told of another change then. */
static const struct err *
change(struct req *r, struct save *s, struct organisation *old, struct organisation_form *f, bool *done)
{
	struct organisation *o = arena_copy(r->arena, old, sizeof *old);
	struct problems *faults = ARENA_NEW(r->arena, struct problems);
	number version = str_number(req_form(r, "version"));
	uint64_t wrong;

	problems_init(faults, r->arena);
	wrong = form_read(r, kind, fields_of(r), o, faults);
	entity_check(kind, o, wrong, 0, &faults->sink, (str){ 0 }, 0);
	*f = form_of(r, o);
	*done = faults->sink.faults == 0 && version.ok && version.value == old->record.version;
	if (*done)
		return entity_save(s, kind, o, old);
	f->sheaf.faults = faults;
	f->stored = faults->sink.faults == 0 ? old : NULL;
	f->version = faults->sink.faults == 0 ? old->record.version : version.value;
	return NULL;
}

const struct err *
partner_change(struct req *r)
{
	struct organisation *old = NULL;
	struct organisation_form f;
	struct save s;
	bool done = false;
	const struct err *e = req_begin(r, &s, "organisation changed");

	if (e != NULL)
		return e;
	e = partner_open(r, &old);
	if (e == NULL && old != NULL)
		e = change(r, &s, old, &f, &done);
	if ((e = req_end(r, &s, e)) != NULL || old == NULL)
		return e;
	return done ? reply_see(r, "/partenaires/%.*s?fait=organisation%s", STR_ARG(old->ref), req_act(r, &s)) : show_form(&f);
}
