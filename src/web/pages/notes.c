/* notes about a person: those that are meant for the reader, one more, one's own changed */
#include "base/text.h"
#include "model/plan.h"
#include "sql.h"
#include "views.h"
#include "web/course_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_notes];
static const char fields[] = "on audience";

static const struct err *
open_notes(struct req *r, struct notes_page *p)
{
	const struct err *e;

	*p = (struct notes_page){ .req = r };
	if ((e = person_open(r, RIGHT_PEOPLE_READ, &p->person)) != NULL)
		return e;
	p->person.tab = PERSON_NOTES;
	p->writes = !r->viewer.looking;
	p->reader = (struct note_reader){
		.sight = p->person.sight, .organisation = r->viewer.organisation, .account = r->viewer.account
	};
	return notes_of(&p->reader, p->person.file.person.record.id, &p->lines, &p->n, &p->shut);
}

static bool
in_list(str list, str one)
{
	str left = list, x;

	while ((x = str_cut(left, ';', &left)).s != NULL) {
		if (x.len > 0 && str_eq(x, one))
			return true;
	}
	return false;
}

static const struct err *
read_partners(struct notes_page *p, str readers)
{
	struct req *r = p->req;
	struct organisations_all_row row;
	struct {
		PLAN_LIST(struct note_partner) v;
	} all = { 0 };
	struct db_rows rows;

	(void)organisations_all(r->db, &rows, r->viewer.territory);
	while (organisations_all_next(&rows, &row)) {
		if (row.id != r->viewer.organisation)
			*PLAN_ADD(r->arena, &all.v) = (struct note_partner){ str_dup(r->arena, row.ref),
				str_dup(r->arena, row.name), in_list(readers, row.ref) };
	}
	p->partners = all.v.v;
	p->n_partners = all.v.n;
	return db_done(&rows);
}

static str
fault_of(const struct problems *faults, const char *column)
{
	for (size_t i = 0; faults != NULL && i < faults->n; i++) {
		if (str_is(faults->v[i].column, column))
			return faults->v[i].expected;
	}
	return (str){ 0 };
}

static const struct err *
show_notes(struct notes_page *p, const struct note_record *n, str text, const struct problems *faults)
{
	struct req *r = p->req;
	struct page frame = person_frame(&p->person, tr("Notes"));
	const struct err *e = read_partners(p, n->readers);

	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p->person.key, PERSON_COURSE));
	frame.done = str_is(req_query(r, "fait"), "note") ? tr("The note is saved.") : NULL;
	frame.fault = faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	p->sheaf = (struct sheaf){ .req = r, .entity = kind, .names = fields, .record = n, .faults = faults };
	p->text = text;
	p->wrong = fault_of(faults, "text");
	p->unnamed = fault_of(faults, "readers");
	notes_view(page_begin(r, &frame), p);
	return page_end(r);
}

static const struct note_line *
note_named(const struct notes_page *p, str key)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->lines[i].note.record.id == key_long(key) && p->lines[i].mine)
			return &p->lines[i];
	}
	return NULL;
}

const struct err *
notes_show(struct req *r)
{
	struct notes_page p;
	struct note_record n;
	const struct err *e = open_notes(r, &p);

	if (e != NULL)
		return e;
	entity_clear(kind, &n);
	n.on = r->today;
	p.chosen = note_named(&p, req_query(r, "note"));
	return p.chosen != NULL ? show_notes(&p, &p.chosen->note, p.chosen->text, NULL) : show_notes(&p, &n, (str){ 0 }, NULL);
}

/* The partners that were ticked, as refs. */
static str
ticked(struct req *r)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < r->form.n; i++) {
		if (!str_is(r->form.v[i].name, "partenaire") || r->form.v[i].value.len == 0)
			continue;
		if (b.len > 0)
			buf_char(&b, ';');
		buf_add(&b, r->form.v[i].value);
	}
	return buf_kept(&b, r->arena);
}

static const struct err *
write_note(struct notes_page *p, struct note_record *n, str text)
{
	struct req *r = p->req;
	struct problems faults;
	struct save s;
	uint64_t wrong;
	const struct err *e;

	problems_init(&faults, r->arena);
	wrong = form_read(r, kind, fields, n, &faults);
	n->readers = ticked(r);
	if (p->chosen != NULL)
		n->record.version = person_version_typed(r);
	if ((e = req_begin(r, &s, p->chosen == NULL ? "note added" : "note changed")) == NULL)
		e = req_end(r, &s, note_save(&s, &p->reader, n, text, wrong, &faults.sink));
	if (e != NULL)
		return e;
	if (faults.sink.faults == 0)
		return reply_see(r, "/personnes/%.*s/notes?fait=note", STR_ARG(p->person.key));
	e = person_shown(&p->person);
	return e != NULL ? e : show_notes(p, n, text, &faults);
}

const struct err *
note_write(struct req *r)
{
	struct notes_page p;
	struct note_record *n = ARENA_NEW(r->arena, struct note_record);
	const struct err *e = open_notes(r, &p);

	if (e != NULL)
		return e;
	if (!p.writes)
		return reply_missing(r);
	if (req_form(r, "note").len > 0 && (p.chosen = note_named(&p, req_form(r, "note"))) == NULL)
		return reply_missing(r);
	entity_clear(kind, n);
	if (p.chosen != NULL)
		*n = p.chosen->note;
	n->person = p.person.file.person.record.id;
	return write_note(&p, n, req_form(r, "text"));
}

/* --- about oneself --- */

const struct err *
own_course_read(const struct person_page *p, struct own_course *to)
{
	int64_t person = p->file.person.record.id;
	const struct note_reader reader = { .sight = p->sight, .account = p->req->viewer.account, .own = true };
	const struct err *e;

	*to = (struct own_course){ 0 };
	to->levels.person = to->obstacles.person = to->goals.person = to->notes.person = *p;
	to->levels.req = to->obstacles.req = to->goals.req = to->notes.req = p->req;
	if ((e = levels_of(&p->sight, person, &to->levels.lines, &to->levels.n)) != NULL ||
	    (e = obstacles_of(&p->sight, person, true, &to->obstacles.lines, &to->obstacles.n)) != NULL ||
	    (e = goals_of(&p->sight, person, &to->goals.lines, &to->goals.n)) != NULL)
		return e;
	return notes_of(&reader, person, &to->notes.lines, &to->notes.n, &to->notes.shut);
}
