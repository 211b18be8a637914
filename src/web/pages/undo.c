/* taking back a change: what it would do, and doing it */
#include "base/text.h"
#include "views.h"
#include "web/route.h"
#include "web/undoing.h"

static const struct err *
show(struct undoing *u)
{
	struct req *r = u->req;
	struct page frame = { .title = str_of(tr("Take back a change")) };

	if (str_is(req_query(r, "fait"), "annule"))
		frame.done = tr("It is taken back.");
	undo_view(page_begin(r, &frame), u);
	return page_end(r);
}

const struct err *
undo_show(struct req *r)
{
	struct undoing u;
	const struct err *e = undoing_open(r, key_long(r->parts[0]), &u);

	return e != NULL ? e : show(&u);
}

/* All of it, or nothing: what was saved together is taken back together. */
static const struct err *
take_back(struct req *r, struct undoing *u, const char **act)
{
	struct save s;
	const struct err *e = req_begin(r, &s, "undo");

	*act = NULL;
	if (e != NULL)
		return e;
	e = undoing_open(r, key_long(r->parts[0]), u);
	if (e == NULL && u->bar == UNDO_BAR_NONE)
		e = undo_apply(&u->undo, &s);
	e = req_end(r, &s, e);
	if (e == NULL && s.journal.written > 0)
		*act = req_act(r, &s);
	return e;
}

const struct err *
undo_do(struct req *r)
{
	struct undoing u;
	const char *act;
	const struct err *e = take_back(r, &u, &act);
	struct sight s;
	bool seen = false;

	if (e != NULL)
		return e;
	if (act == NULL) {
		r->out->status = 409;
		return show(&u);
	}
	s = (struct sight){ .db = r->db, .arena = r->arena, .territory = r->viewer.territory, .today = r->today };
	if (u.person != 0 && (e = person_seen(&s, u.person, &seen)) != NULL) /* it may have taken the person out */
		return e;
	if (!seen)
		return reply_see(r, "/annulations/%s?fait=annule", act + sizeof "&acte=" - 1);
	return reply_see(r, "/personnes/%.*s?fait=annule%s", STR_ARG(key_short(r->arena, u.person)), act);
}
