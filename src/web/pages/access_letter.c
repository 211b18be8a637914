/* codes on paper: made, and printed as letters to hand over or to send; a code is shown this once */
#include "base/shown.h"
#include "base/text.h"
#include "views.h"
#include "web/accesses.h"
#include "web/app_parts.h"
#include "web/route.h"

const struct err *
letter_make(struct req *r, int64_t account, bool reset, bool hidden, struct letter *out)
{
	const struct change change = req_change(r, reset ? "reset" : "invitation");
	const struct err *e = holder_by_id(r->db, r->arena, r->viewer.territory, account, r->in->now_ms, &out->holder);

	out->reset = reset;
	out->hidden = hidden;
	if (e != NULL)
		return e;
	return invitation_make(r->db, r->arena, app_hashing(r->app), &change, account, reset ? INVITATION_RESET : INVITATION_NEW,
	    r->in->now_ms, &out->invitation);
}

const struct err *
letters_show(struct letters_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Code on paper")), .menu = MENU_ACCESSES };

	p->place = str_format(r->arena, "%s://%.*s/invitation", r->in->secure ? "https" : "http", STR_ARG(r->in->host));
	page_crumb(&frame, str_of(tr("Accesses")), S("/acces"));
	letters_view(page_begin(r, &frame), p);
	return page_end(r);
}

/* For a first password, or another one. */
const struct err *
access_code(struct req *r)
{
	struct letters_page p = { .req = r, .n = 1 };
	struct letter letter = { 0 };
	struct access_page access;
	bool there;
	const struct err *e = access_read_given(&access, r, &there);

	if (e == NULL && !there)
		return reply_missing(r);
	if (e == NULL)
		e = letter_make(r, access.line.id, access.line.password, access.hidden, &letter);
	p.v = &letter;
	p.back = access_url(r->arena, access.line.id, "");
	return e != NULL ? e : letters_show(&p);
}
