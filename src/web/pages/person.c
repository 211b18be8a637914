/* a person's file: what is known and what is missing, what happened, on paper, and the AGDREF number on purpose */
#include "base/moment.h"
#include "base/text.h"
#include "views.h"
#include "web/acts_page.h"
#include "web/course_page.h"
#include "web/documents_page.h"
#include "web/person_page.h"
#include "web/route.h"

static const char *
done_words(str word)
{
	if (str_is(word, "ajoutee"))
		return tr("The person is added.");
	if (str_is(word, "annule"))
		return tr("It is taken back.");
	if (str_is(word, "identite"))
		return tr("The identity is saved.");
	return NULL;
}

static const struct err *
show_file(struct person_page *p)
{
	struct req *r = p->req;
	struct page frame = person_frame(p, tr("A person's file"));

	frame.done = done_words(req_query(r, "fait"));
	frame.fault = p->why.n > 0;
	if (p->why.n > 0)
		r->out->status = 422;
	p->every = req_query(r, "tout").len > 0;
	person_view(page_begin(r, &frame), p);
	return page_end(r);
}

/* A beneficiary has a page of their own. */
const struct err *
person_show(struct req *r)
{
	struct person_page p;
	const struct err *e;

	if (r->viewer.role == ROLE_beneficiary && key_long(r->parts[0]) == r->viewer.person)
		return reply_see(r, "/mon-dossier");
	e = person_open(r, RIGHT_PEOPLE_READ, &p);
	return e != NULL ? e : show_file(&p);
}

static const struct err *
note_print(struct req *r)
{
	return person_note(r, r->after_key, "file printed", S("print"));
}

/* Apart from the page on screen, so that the journal knows what was put on paper. */
const struct err *
person_print(struct req *r)
{
	struct person_page p;
	struct page frame;
	const struct err *e = person_open(r, RIGHT_PEOPLE_READ, &p);

	if (e != NULL)
		return e;
	r->after = note_print;
	p.every = true;
	frame = person_frame(&p, tr("A person's file, for printing"));
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p.key, PERSON_COURSE));
	person_print_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* What was done for oneself, with all that it says. */
static const struct err *
own_acts(const struct person_page *p, struct acts_page *to)
{
	const struct err *e;

	*to = (struct acts_page){ .req = p->req, .person = *p };
	e = act_kinds_read(p->req->db, p->req->arena, p->sight.territory, p->sight.today, &to->kinds);
	return e != NULL ? e : acts_of(&p->sight, &to->kinds, p->file.person.record.id, true, &to->lines, &to->n);
}

const struct err *
own_file(struct req *r)
{
	struct own_course course;
	struct acts_page acts;
	struct documents_page documents = { 0 };
	struct person_lookers lookers;
	struct person_page p;
	struct page frame;
	const struct err *e = person_open_own(r, &p);

	if (e == NULL)
		e = lookers_read(&p, &lookers);
	if (e == NULL)
		e = own_course_read(&p, &course);
	if (e == NULL)
		e = own_acts(&p, &acts);
	if (e == NULL)
		e = documents_of(&p.sight, p.file.person.record.id, (str){ 0 }, &documents.v, &documents.n);
	if (e != NULL)
		return e;
	p.every = true;
	frame = person_frame(&p, tr("My file"));
	frame.heading = frame.title;
	own_file_view(page_begin(r, &frame), &p, &lookers, &documents, &acts, &course);
	return page_end(r);
}

const struct err *
person_lookers(struct req *r)
{
	struct person_lookers lookers;
	struct person_page p;
	struct page frame;
	const struct err *e = person_open(r, RIGHT_PEOPLE_READ, &p);

	if (e == NULL)
		e = lookers_read(&p, &lookers);
	if (e != NULL)
		return e;
	p.tab = PERSON_READERS;
	frame = person_frame(&p, tr("Who looked at this file"));
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p.key, PERSON_COURSE));
	person_lookers_view(page_begin(r, &frame), &lookers);
	return page_end(r);
}

/* --- the AGDREF number --- */

const char *const secret_reasons[][2] = {
	{ "prefecture", N_("To write to the prefecture or the OFII") },
	{ "doublon", N_("To tell two people of the same name apart") },
	{ "verification", N_("To check the number with the person") },
	{ NULL, NULL },
};

/* Fixed words, so that nothing about anybody gets into the journal. */
static const char *
reason_given(const struct req *r)
{
	for (int i = 0; secret_reasons[i][0] != NULL; i++)
		if (str_is(req_form(r, "motif"), secret_reasons[i][0]))
			return secret_reasons[i][1];
	return NULL;
}

const struct err *
person_secret(struct req *r)
{
	struct person_page p;
	const char *reason = reason_given(r);
	struct page frame;
	const struct err *e = person_open(r, RIGHT_PEOPLE_SECRET, &p);

	if (e == NULL)
		e = person_shown(&p);
	if (e != NULL)
		return e;
	if (reason == NULL) {
		asked_fault(&p.why, "motif", N_("Reason"), str_of(tr("choose why you need the number")));
		return show_file(&p);
	}
	if ((e = person_note(r, p.file.person.record.id, reason, S("agdref"))) != NULL)
		return e;
	frame = person_frame(&p, tr("AGDREF number"));
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p.key, PERSON_COURSE));
	person_secret_view(page_begin(r, &frame), &p);
	return page_end(r);
}
