/* whom to call at a partner: added, changed, ended, checked */
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/partners_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_contacts];
static const char fields[] = "name function phone email languages";

/* The contact that the address names, of that partner and still there. */
static const struct err *
read_contact(struct req *r, const struct organisation *o, struct contact *c, bool *there)
{
	const struct err *e = entity_by_id(r->db, r->viewer.territory, kind, key_long(r->parts[1]), r->arena, c, there);

	if (e == NULL && *there)
		*there = c->organisation == o->record.id && c->left_on == DAY_NONE;
	return e;
}

static const struct err *
show_form(struct contact_page *p)
{
	struct req *r = p->req;
	struct page frame = { .menu = MENU_PARTNERS, .fault = p->sheaf.faults != NULL };

	frame.title = str_of(p->id == 0 ? tr("New contact") : tr("Change a contact"));
	page_crumb(&frame, str_of(tr("Partners")), S("/partenaires"));
	page_crumb(&frame, p->organisation->name, str_format(r->arena, "/partenaires/%.*s", STR_ARG(p->organisation->ref)));
	if (p->stored != NULL)
		r->out->status = 409;
	else if (p->sheaf.faults != NULL)
		r->out->status = 422;
	contact_view(page_begin(r, &frame), p);
	return page_end(r);
}

static struct contact_page
page_of(struct req *r, const struct organisation *o, const struct contact *c)
{
	struct contact_page p = { .req = r, .organisation = o };

	p.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = fields, .record = c };
	if (c != NULL) {
		p.id = c->record.id;
		p.version = c->record.version;
	}
	return p;
}

const struct err *
contact_new(struct req *r)
{
	struct organisation *o;
	struct contact_page p;
	const struct err *e = partner_open(r, &o);

	if (o == NULL)
		return e;
	p = page_of(r, o, NULL);
	return show_form(&p);
}

const struct err *
contact_edit(struct req *r)
{
	struct contact *c = ARENA_NEW(r->arena, struct contact);
	struct organisation *o;
	struct contact_page p;
	bool there;
	const struct err *e = partner_open(r, &o);

	if (o == NULL)
		return e;
	if ((e = read_contact(r, o, c, &there)) != NULL)
		return e;
	if (!there)
		return reply_missing(r);
	p = page_of(r, o, c);
	return show_form(&p);
}

/* --- writing --- */

/* Filled from the form; who writes a contact down has just checked it. */
static bool
fill(struct req *r, struct contact *c, struct problems *faults)
{
	uint64_t wrong;

	problems_init(faults, r->arena);
	wrong = form_read(r, kind, fields, c, faults);
	c->checked_on = r->today;
	entity_check(kind, c, wrong, 0, &faults->sink, (str){ 0 }, 0);
	return faults->sink.faults == 0;
}

/* Takes or leaves the change, and answers. old NULL: a new one. */
static const struct err *
keep(struct req *r, struct save *s, const struct organisation *o, struct contact *c, const struct contact *old, const char *done)
{
	const struct err *e = req_end(r, s, entity_save(s, kind, c, old));

	return e != NULL ? e : reply_see(r, "/partenaires/%.*s?fait=%s%s", STR_ARG(o->ref), done, req_act(r, s));
}

const struct err *
contact_add(struct req *r)
{
	struct contact *c = ARENA_NEW(r->arena, struct contact);
	struct problems faults;
	struct organisation *o;
	struct contact_page p;
	struct save s;
	const struct err *e = partner_open(r, &o);

	if (o == NULL)
		return e;
	entity_clear(kind, c);
	c->organisation = o->record.id;
	if (!fill(r, c, &faults)) {
		p = page_of(r, o, NULL);
		p.sheaf.faults = &faults;
		return show_form(&p);
	}
	if ((e = req_begin(r, &s, "contact added")) != NULL)
		return e;
	return keep(r, &s, o, c, NULL, "ajoute");
}

/* The version that the form was filled from; 0: it does not say. */
static int64_t
version_typed(const struct req *r)
{
	number version = str_number(req_form(r, "version"));

	return version.ok ? version.value : 0;
}

/* Inside the transaction: the change is written, or the page says why not. */
static const struct err *
change(struct req *r, struct save *s, const struct organisation *o, struct contact *old)
{
	struct contact *c = arena_copy(r->arena, old, sizeof *old);
	struct contact_page p = page_of(r, o, c);
	struct problems faults;
	bool right = fill(r, c, &faults);
	const struct err *e;

	if (right && version_typed(r) == old->record.version)
		return keep(r, s, o, c, old, "change");
	/* Faults first; who mends them is told of the other change then. */
	p.sheaf.faults = &faults;
	p.stored = right ? old : NULL;
	p.version = right ? old->record.version : version_typed(r);
	e = req_end(r, s, NULL);
	return e != NULL ? e : show_form(&p);
}

const struct err *
contact_change(struct req *r)
{
	struct contact *old = ARENA_NEW(r->arena, struct contact);
	struct organisation *o;
	struct save s;
	bool there;
	const struct err *e = partner_open(r, &o);

	if (o == NULL)
		return e;
	if ((e = req_begin(r, &s, "contact changed")) != NULL)
		return e;
	e = read_contact(r, o, old, &there);
	if (e != NULL || !there) {
		e = req_end(r, &s, e);
		return e != NULL ? e : reply_missing(r);
	}
	return change(r, &s, o, old);
}

/* They stay in the records; the directory shows them no more. */
const struct err *
contact_end(struct req *r)
{
	struct contact old, c;
	struct organisation *o;
	struct save s;
	bool there;
	const struct err *e = partner_open(r, &o);

	if (o == NULL)
		return e;
	if ((e = req_begin(r, &s, "contact ended")) != NULL)
		return e;
	e = read_contact(r, o, &old, &there);
	if (e != NULL || !there) {
		e = req_end(r, &s, e);
		return e != NULL ? e : reply_missing(r);
	}
	c = old;
	c.left_on = r->today;
	return keep(r, &s, o, &c, &old, "fin");
}

static const struct err *
check_all(struct req *r, struct save *s, const struct partner *p)
{
	const struct err *e = NULL;

	for (size_t i = 0; e == NULL && i < p->contacts.n; i++) {
		struct contact old, c;
		bool there;

		e = entity_by_id(r->db, r->viewer.territory, kind, p->contacts.v[i].id, r->arena, &old, &there);
		if (e != NULL || !there)
			continue;
		c = old;
		c.checked_on = r->today;
		e = entity_save(s, kind, &c, &old);
	}
	return e;
}

const struct err *
partner_checked(struct req *r)
{
	struct partner p = { 0 };
	struct organisation *o;
	struct save s;
	const struct err *e = partner_open(r, &o);

	if (o == NULL)
		return e;
	p.id = o->record.id;
	if ((e = req_begin(r, &s, "contacts checked")) != NULL)
		return e;
	e = partner_fill(r, &p);
	if (e == NULL)
		e = check_all(r, &s, &p);
	if ((e = req_end(r, &s, e)) != NULL)
		return e;
	return reply_see(r, "/partenaires/%.*s?fait=a-jour%s", STR_ARG(o->ref), req_act(r, &s));
}
