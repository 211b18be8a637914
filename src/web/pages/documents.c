/* documents of a person's file: the list, a new one, the file itself, taking one out */
#include "base/text.h"
#include "views.h"
#include "web/documents_page.h"
#include "web/door.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_documents];

static const char *
done_words(str word)
{
	if (str_is(word, "ajoute"))
		return tr("The document is kept.");
	return str_is(word, "retire") ? tr("The document is removed. It can be put back for 30 days.") : NULL;
}

static void
fresh(const struct person_page *p, struct document *d)
{
	const struct viewer *v = &p->req->viewer;

	entity_clear(kind, d);
	d->record = (struct record){ 0 };
	d->person = p->file.person.record.id;
	d->organisation = v->organisation != 0 ? v->organisation : NUMBER_NONE;
}

/* What an operator of health brought is told to nobody else. */
static void
hide_health(struct documents_page *d)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->n; i++) {
		if (!d->v[i].health || d->person->own || d->person->sight.organisation != 0)
			d->v[kept++] = d->v[i];
	}
	d->n = kept;
}

static const struct err *
show(struct person_page *p, struct documents_page *d)
{
	struct req *r = p->req;
	struct page frame = person_frame(p, tr("Documents of a file"));
	const struct err *e = documents_of(&p->sight, p->file.person.record.id, p->file.person.household_ref, &d->v, &d->n);

	if (e != NULL)
		return e;
	p->tab = PERSON_DOCUMENTS;
	d->person = p;
	d->token = door_token(r);
	d->form.homes = p->file.person.household_ref.len > 0;
	hide_health(d);
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p->key, PERSON_COURSE));
	frame.done = done_words(req_query(r, "fait"));
	frame.fault = d->form.sheaf.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	person_documents_view(page_begin(r, &frame), d);
	return page_end(r);
}

const struct err *
person_documents(struct req *r)
{
	struct documents_page d = { .form.req = r };
	struct person_page p;
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL)
		return e;
	d.form.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = document_fields };
	return show(&p, &d);
}

const struct err *
person_document_add(struct req *r)
{
	struct documents_page d = { .form.req = r };
	struct document mine;
	struct problems faults;
	struct person_page p;
	const char *act = "";
	bool taken;
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL)
		return e;
	fresh(&p, &mine);
	if (str_is(req_form(r, "pour"), "menage") && p.file.person.household_ref.len > 0)
		mine.household = p.file.person.household_ref;
	if ((e = documents_take(r, &mine, &d.form, &faults, &act, &taken)) != NULL)
		return e;
	if (taken)
		return reply_see(r, "/personnes/%.*s/documents?fait=ajoute%s", STR_ARG(p.key), act);
	if ((e = person_shown(&p)) != NULL)
		return e;
	d.form.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = document_fields, .record = &mine, .faults = &faults };
	return show(&p, &d);
}

/* ---- one of them ---- */

static const struct err *
open_one(struct req *r, struct document *d)
{
	int64_t id = key_long(r->parts[0]);
	bool found = false;
	const struct err *e = NULL;

	if (id > 0)
		e = entity_by_id(r->db, r->viewer.territory, kind, id, r->arena, d, &found);
	if (e == NULL && found)
		e = document_may_open(r, d, &found);
	return e != NULL || found ? e : reply_missing(r);
}

static const struct err *
note_reading(struct req *r)
{
	return person_note(r, r->after_key, "document read", S("document"));
}

/* Always to be kept, never shown inside of a page of ours. The name says nothing about anybody. */
const struct err *
document_fetch(struct req *r)
{
	struct document d;
	enum document_type type;
	str content, key;
	const struct err *e = open_one(r, &d);

	if (e == NULL)
		e = document_content_read(r->db, r->arena, r->viewer.territory, &d, &content);
	if (e != NULL)
		return e;
	if (d.person != NUMBER_NONE) {
		r->after = note_reading;
		r->after_key = d.person;
	}
	type = document_named(d.type);
	key = key_short(r->arena, d.record.id);
	buf_add(&r->out->body, content);
	return reply_file(
	    r, document_mimes[type], str_format(r->arena, "document-%.*s.%s", STR_ARG(key), document_words[type]).s);
}

const struct err *
document_remove(struct req *r)
{
	struct document d;
	struct save s;
	str key;
	const struct err *e = open_one(r, &d);

	if (e != NULL || (e = req_begin(r, &s, "document removed")) != NULL)
		return e;
	if ((e = req_end(r, &s, entity_remove(&s, kind, &d, d.record.version))) != NULL)
		return e;
	if (d.person == NUMBER_NONE)
		return reply_see(r, "/corbeille");
	key = key_short(r->arena, d.person);
	return reply_see(r, "/personnes/%.*s/documents?fait=retire%s", STR_ARG(key), req_act(r, &s));
}
