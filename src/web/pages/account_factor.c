/* my account: the second step of signing in */
#include "access/account.h"
#include "base/text.h"
#include "views.h"
#include "web/account_page.h"
#include "web/app_parts.h"
#include "web/page.h"
#include "web/route.h"

typedef void view_function(struct html *h, const struct account_page *p);

static const struct err *
show(struct account_page *p, const char *title, view_function *view)
{
	struct page frame = { .title = str_of(title), .fault = p->form.n > 0 };

	page_crumb(&frame, str_of(tr("My account")), S("/compte"));
	if (p->form.n > 0)
		p->req->out->status = 422;
	view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

static const struct err *
show_state(struct account_page *p)
{
	return show(p, tr("Second step at sign-in"), account_factor_view);
}

const struct err *
account_factor(struct req *r)
{
	struct account_page p;
	const struct err *e = account_page_read(&p, r);

	return e != NULL ? e : show_state(&p);
}

const struct err *
account_factor_begin(struct req *r)
{
	struct account_page p;
	bool right;
	const struct err *e = account_page_read(&p, r);

	if (e == NULL)
		e = asked_confirm(&p.form, &right);
	if (e != NULL)
		return e;
	if (!right)
		return show_state(&p);
	e = factor_begin(r->db, r->arena, &r->viewer, r->in->now_ms, &p.offer);
	return e != NULL ? e : reply_see(r, "/compte/second-facteur/telephone");
}

/* The secret while it waits for its first code; else back to where it is begun. */
static const struct err *
read_offer(struct account_page *p, struct req *r, bool *found)
{
	const struct err *e = account_page_read(p, r);

	*found = false;
	return e != NULL ? e : factor_offered(r->db, r->arena, &r->viewer, r->in->now_ms, &p->offer, found);
}

const struct err *
account_factor_phone(struct req *r)
{
	struct account_page p;
	bool found;
	const struct err *e = read_offer(&p, r, &found);

	if (e != NULL)
		return e;
	return found ? show(&p, tr("Join your telephone"), account_phone_view) : reply_see(r, "/compte/second-facteur");
}

static str
digits_of(struct arena *a, str typed)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < typed.len; i++)
		if (typed.s[i] != ' ')
			buf_char(&b, typed.s[i]);
	return buf_kept(&b, a);
}

const struct err *
account_factor_confirm(struct req *r)
{
	struct account_page p;
	str codes[RECOVERY_CODES];
	bool found, right = false;
	const struct err *e = read_offer(&p, r, &found);

	if (e != NULL)
		return e;
	if (!found)
		return reply_see(r, "/compte/second-facteur");
	e = factor_confirm(r->db, r->arena, app_hashing(r->app), &r->viewer, digits_of(r->arena, req_form(r, "code")),
	    r->in->now_ms, &right, codes);
	if (e != NULL)
		return e;
	p.codes = codes;
	if (right)
		return show(&p, tr("The second step is in use"), account_codes_view);
	asked_fault(&p.form, "code", N_("Code of your telephone"),
	    str_of(tr("the six digits that the application shows now; if they are right, set the clock of the telephone")));
	return show(&p, tr("Join your telephone"), account_phone_view);
}

const struct err *
account_factor_codes(struct req *r)
{
	struct account_page p;
	str codes[RECOVERY_CODES];
	bool right;
	const struct err *e = account_page_read(&p, r);

	if (e != NULL)
		return e;
	if (!p.second)
		return reply_see(r, "/compte/second-facteur");
	if ((e = asked_confirm(&p.form, &right)) != NULL)
		return e;
	if (!right)
		return show_state(&p);
	p.codes = codes;
	e = factor_new_codes(r->db, r->arena, app_hashing(r->app), &r->viewer, r->in->now_ms, codes);
	return e != NULL ? e : show(&p, tr("New recovery codes"), account_codes_view);
}

const struct err *
account_factor_remove(struct req *r)
{
	struct account_page p;
	bool right;
	const struct change change = req_change(r, "second factor");
	const struct err *e = account_page_read(&p, r);

	if (e == NULL)
		e = asked_confirm(&p.form, &right);
	if (e != NULL)
		return e;
	if (!right)
		return show_state(&p);
	e = factor_remove(r->db, &change, r->viewer.account, r->viewer.login);
	return e != NULL ? e : reply_see(r, "/compte?fait=retrait");
}
