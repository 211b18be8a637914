/* the residence statuses of a person over time: one more, one changed, one ended */
#include "base/text.h"
#include "people/saving.h"
#include "views.h"
#include "web/person_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_statuses];
static const char fields[] = "status since until";

static const char *
done_words(str word)
{
	if (str_is(word, "retire"))
		return tr("The status is removed.");
	return str_is(word, "statut") ? tr("The status is saved.") : NULL;
}

static const struct err *
show_form(struct person_form *f)
{
	struct req *r = f->req;
	struct page frame = person_frame(f->person, tr("Residence statuses"));

	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, f->person->key, PERSON_COURSE));
	frame.done = done_words(req_query(r, "fait"));
	frame.fault = f->sheaf.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	person_statuses_view(page_begin(r, &frame), f);
	return page_end(r);
}

/* The status of that key, of this person alone. Absent key: a new one. NULL: none. */
static struct status *
chosen(const struct person_page *p, str key)
{
	struct status *s = ARENA_NEW(p->req->arena, struct status);

	entity_clear(kind, s);
	s->record = (struct record){ 0 };
	s->person = p->file.person.record.id;
	if (key.len == 0)
		return s;
	for (size_t i = 0; i < p->file.statuses_n; i++) {
		if (p->file.statuses[i].record.id == key_long(key)) {
			*s = p->file.statuses[i];
			return s;
		}
	}
	return NULL;
}

static void
fill(struct person_form *f, const struct status *s, bool ending)
{
	f->status = s->record.id;
	f->version = s->record.version;
	f->ending = ending && f->status != 0;
	f->sheaf = (struct sheaf){
		.req = f->req, .entity = kind, .names = f->ending ? "until" : fields, .record = f->status == 0 ? NULL : s
	};
}

const struct err *
person_status(struct req *r)
{
	struct person_page p;
	struct person_form f = { .person = &p, .req = r };
	const struct status *s;
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL)
		return e;
	p.tab = PERSON_IDENTITY;
	if ((s = chosen(&p, req_query(r, "statut"))) == NULL)
		return reply_missing(r);
	fill(&f, s, req_query(r, "fin").len > 0);
	return show_form(&f);
}

static const struct err *
show_both(struct person_page *p, struct status *mine, bool undecided)
{
	struct person_both both = { .person = p, .undecided = undecided };
	const struct status *stored = chosen(p, key_short(p->req->arena, mine->record.id));

	if (stored == NULL)
		return reply_missing(p->req);
	both.to = str_format(p->req->arena, "/personnes/%.*s/statuts", STR_ARG(p->key));
	both.mine = (struct sheaf){ .req = p->req, .entity = kind, .names = fields, .record = mine };
	both.stored = stored;
	both.version = stored->record.version;
	return both_show(&both, tr("Changed by somebody else meanwhile"));
}

static const struct err *
write(struct person_page *p, struct status *mine, uint64_t wrong, struct problems *faults, bool *conflict, const char **act)
{
	struct req *r = p->req;
	struct status stored;
	struct save s;
	const struct err *e = req_begin(r, &s, mine->record.id == 0 ? "status added" : "status changed");

	if (e == NULL)
		e = req_end(r, &s, status_save(&s, &p->sight, mine, wrong, &faults->sink, &stored));
	if (e == NULL)
		*act = req_act(r, &s);
	*conflict = e != NULL && e->kind == ERR_CONFLICT;
	return *conflict ? NULL : e;
}

/* It was not written: the form again, or both versions. */
static const struct err *
show_again(struct person_form *f, struct person_page *p, struct status *mine, struct problems *faults)
{
	int64_t version = mine->record.version;
	const struct err *e;

	if (faults->sink.faults == 0) {
		if ((e = person_open(f->req, RIGHT_PEOPLE_WRITE, p)) != NULL) /* as it is now */
			return e;
		return show_both(p, mine, false);
	}
	if ((e = person_shown(p)) != NULL)
		return e;
	fill(f, mine, req_form(f->req, "fin").len > 0);
	f->version = version;
	f->sheaf.faults = faults;
	return show_form(f);
}

const struct err *
person_status_change(struct req *r)
{
	struct person_page p;
	struct person_form f = { .person = &p, .req = r };
	struct problems faults;
	struct status *mine;
	const char *act = "";
	uint64_t wrong;
	bool conflict = false;
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL)
		return e;
	p.tab = PERSON_IDENTITY;
	if ((mine = chosen(&p, req_form(r, "statut"))) == NULL)
		return reply_missing(r);
	problems_init(&faults, r->arena);
	wrong = form_read(r, kind, both_wanted(r, fields), mine, &faults);
	if (mine->record.id != 0) {
		conflict = person_version_typed(r) != mine->record.version;
		mine->record.version = person_version_typed(r);
	}
	if (wrong == 0 && both_undecided(r))
		return show_both(&p, mine, true);
	if (!conflict && (e = write(&p, mine, wrong, &faults, &conflict, &act)) != NULL)
		return e;
	if (!conflict && faults.sink.faults == 0)
		return reply_see(r, "/personnes/%.*s/statuts?fait=statut%s", STR_ARG(p.key), act);
	return show_again(&f, &p, mine, &faults);
}

/* Somebody changed it meanwhile: the form shows it as it is now, and the same button. */
const struct err *
person_status_remove(struct req *r)
{
	struct person_page p;
	struct person_form f = { .person = &p, .req = r, .stale = true };
	int64_t status = key_long(r->parts[1]);
	const struct status *now;
	struct save s;
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL || (e = req_begin(r, &s, "status removed")) != NULL)
		return e;
	e = req_end(r, &s, status_remove(&s, &p.sight, p.file.person.record.id, status, person_version_typed(r)));
	if (e == NULL)
		return reply_see(r, "/personnes/%.*s/statuts?fait=retire%s", STR_ARG(p.key), req_act(r, &s));
	if (e->kind != ERR_CONFLICT)
		return e;
	if ((e = person_open(r, RIGHT_PEOPLE_WRITE, &p)) != NULL || (e = person_shown(&p)) != NULL)
		return e;
	p.tab = PERSON_IDENTITY;
	if ((now = chosen(&p, r->parts[1])) == NULL)
		return reply_missing(r);
	fill(&f, now, false);
	r->out->status = 409;
	return show_form(&f);
}
