/* my account: changing the password */
#include "access/account.h"
#include "access/password.h"
#include "base/text.h"
#include "views.h"
#include "web/account_page.h"
#include "web/app_parts.h"
#include "web/page.h"
#include "web/route.h"

static const struct err *
show(struct account_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Change the password")), .fault = p->form.n > 0 };
	const enum role role = r->viewer.looking ? r->viewer.really : r->viewer.role;

	p->least = str_format(r->arena, tr("At least %d characters. Nothing else is asked of it: neither capitals nor digits."),
	    password_least(role))
		       .s;
	page_crumb(&frame, str_of(tr("My account")), S("/compte"));
	if (p->form.n > 0)
		r->out->status = 422;
	account_password_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
account_password(struct req *r)
{
	struct account_page p;
	const struct err *e = account_page_read(&p, r);

	return e != NULL ? e : show(&p);
}

static const struct err *
change(struct account_page *p, bool *done)
{
	struct req *r = p->req;
	struct problems faults;
	const struct err *e;

	problems_init(&faults, r->arena);
	e = password_change(
	    r->db, r->arena, app_hashing(r->app), &r->viewer, req_form(r, "nouveau"), r->in->now_ms, &faults.sink);
	for (size_t i = 0; i < faults.n; i++)
		asked_fault(&p->form, "nouveau", N_("New password"), faults.v[i].expected);
	*done = e == NULL && p->form.n == 0;
	return e;
}

const struct err *
account_password_change(struct req *r)
{
	struct account_page p;
	bool right, done = false;
	const struct err *e = account_page_read(&p, r);

	if (e == NULL)
		e = asked_confirm(&p.form, &right);
	if (e == NULL && !str_eq(req_form(r, "nouveau"), req_form(r, "encore")))
		asked_fault(&p.form, "encore", N_("New password, once more"), str_of(tr("twice the same: these are different")));
	if (e == NULL && p.form.n == 0)
		e = change(&p, &done);
	if (e != NULL)
		return e;
	return done ? reply_see(r, "/compte?fait=mot-de-passe") : show(&p);
}
