/* with whom a person lives: who is there, joining others, leaving */
#include "base/text.h"
#include "people/saving.h"
#include "views.h"
#include "web/person_page.h"
#include "web/route.h"

static const char *
done_words(str word)
{
	if (str_is(word, "avec"))
		return tr("They are one household now.");
	return str_is(word, "seul") ? tr("The person lives apart from now on.") : NULL;
}

static const struct err *
show(struct person_page *p, struct person_home *home)
{
	struct req *r = p->req;
	struct page frame = person_frame(p, tr("Household"));
	const struct err *e = NULL;

	p->tab = PERSON_HOUSEHOLD;
	home->person = p;
	home->q = str_trim(req_query(r, "q"));
	if (home->q.len > 0)
		e = people_search(&p->sight, home->q, &home->hits);
	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p->key, PERSON_COURSE));
	frame.done = done_words(req_query(r, "fait"));
	if (home->stale)
		r->out->status = 409;
	person_household_view(page_begin(r, &frame), home);
	return page_end(r);
}

const struct err *
person_household(struct req *r)
{
	struct person_page p;
	struct person_home home = { 0 };
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	return e != NULL ? e : show(&p, &home);
}

const struct err *
person_household_change(struct req *r)
{
	struct person_page p;
	struct person_home home = { .stale = true };
	int64_t with = key_long(req_form(r, "avec"));
	struct save s;
	const struct err *e = person_open(r, RIGHT_PEOPLE_WRITE, &p);

	if (e != NULL)
		return e;
	if (with == 0 && req_form(r, "seul").len == 0)
		return reply_missing(r);
	if ((e = req_begin(r, &s, "household changed")) != NULL)
		return e;
	e = req_end(r, &s, household_change(&s, &p.sight, p.file.person.record.id, person_version_typed(r), with));
	if (e == NULL)
		return reply_see(
		    r, "/personnes/%.*s/menage?fait=%s%s", STR_ARG(p.key), with == 0 ? "seul" : "avec", req_act(r, &s));
	if (e->kind != ERR_CONFLICT)
		return e;
	/* Somebody changed the person meanwhile: what is there now, and the same choice again. */
	if ((e = person_open(r, RIGHT_PEOPLE_WRITE, &p)) != NULL || (e = person_shown(&p)) != NULL)
		return e;
	return show(&p, &home);
}
