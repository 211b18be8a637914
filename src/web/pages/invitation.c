/* a code on paper: choosing a password with it, for the first time or again; the rules of use */
#include "access/invitation.h"
#include "base/text.h"
#include "views.h"
#include "web/app_parts.h"
#include "web/door.h"
#include "web/invitation_page.h"
#include "web/page.h"
#include "web/route.h"

static const struct err *
show_code(struct invitation_page *p)
{
	struct req *r = p->form.req;
	struct page frame = { .title = str_of(tr("I have a code on paper")), .own_heading = true, .fault = p->form.n > 0 };

	if (p->form.n > 0)
		r->out->status = 422;
	invitation_code_view(page_begin(r, &frame), p);
	return page_end(r);
}

static const struct err *
show_password(struct invitation_page *p)
{
	struct req *r = p->form.req;
	struct page frame = { .title = str_of(tr("Choose your password")), .own_heading = true, .fault = p->form.n > 0 };

	p->least = str_format(r->arena, tr("At least %d characters. Nothing else is asked of it: neither capitals nor digits."),
	    password_least(p->holder.role))
		       .s;
	if (p->form.n > 0)
		r->out->status = 422;
	invitation_password_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
invitation_page(struct req *r)
{
	struct invitation_page p = { .form = asked_of(r) };

	return show_code(&p);
}

/* Which of the reasons it is, is not said: a stranger who guesses learns nothing. */
static void
refuse(struct invitation_page *p, const struct login_answer *answer)
{
	if (answer->outcome == LOGIN_WAIT)
		asked_fault(&p->form, "code", N_("Code"), str_of(door_wait_words(p->form.req, answer->wait_ms)));
	else
		asked_fault(&p->form, "code", N_("Code"),
		    str_of(
			tr("it is not right, was used already, or is older than 14 days. Look again, or ask for another one")));
}

/* Reads the code of the form; *known: it is good, and whose. */
static const struct err *
read_code(struct invitation_page *p, struct req *r, bool *known)
{
	const struct visitor visitor = door_visitor(r);
	struct login_answer answer;
	const struct err *e;

	*p = (struct invitation_page){ .form = asked_of(r), .code = req_form(r, "code") };
	e = invitation_read(r->db, r->arena, app_hashing(r->app), &visitor, p->code, &answer, &p->holder);
	*known = e == NULL && answer.outcome == LOGIN_DONE;
	if (e == NULL && !*known)
		refuse(p, &answer);
	return e;
}

const struct err *
invitation_open(struct req *r)
{
	struct invitation_page p;
	bool known;
	const struct err *e = read_code(&p, r, &known);

	if (e != NULL)
		return e;
	return known ? show_password(&p) : show_code(&p);
}

static void
keep_fault(struct invitation_page *p, const struct problem *fault)
{
	if (str_is(fault->column, "rules"))
		asked_fault(&p->form, "regles", N_("Rules of use"), fault->expected);
	else
		asked_fault(&p->form, "nouveau", N_("Your password"), fault->expected);
}

static const struct err *
accept(struct invitation_page *p, struct login_answer *answer)
{
	struct req *r = p->form.req;
	const struct visitor visitor = door_visitor(r);
	struct problems faults;
	const struct err *e;

	problems_init(&faults, r->arena);
	e = invitation_accept(
	    r->db, r->arena, app_hashing(r->app), &visitor, p->code, req_form(r, "nouveau"), p->accepted, answer, &faults.sink);
	for (size_t i = 0; i < faults.n; i++)
		keep_fault(p, &faults.v[i]);
	return e;
}

const struct err *
invitation_take(struct req *r)
{
	struct invitation_page p;
	struct login_answer answer;
	bool known;
	const struct err *e = read_code(&p, r, &known);

	if (e != NULL)
		return e;
	if (!known)
		return show_code(&p);
	p.accepted = req_form(r, "regles").len > 0;
	if (!str_eq(req_form(r, "nouveau"), req_form(r, "encore"))) {
		asked_fault(&p.form, "encore", N_("Your password, once more"), str_of(tr("twice the same: these are different")));
		return show_password(&p);
	}
	if ((e = accept(&p, &answer)) != NULL)
		return e;
	if (p.form.n > 0)
		return show_password(&p);
	if (answer.outcome != LOGIN_DONE) { /* somebody was faster */
		refuse(&p, &answer);
		return show_code(&p);
	}
	return reply_see(r, "/connexion?fait=mot-de-passe");
}

const struct err *
rules_of_use(struct req *r)
{
	struct page frame = { .title = str_of(tr("Rules of use")) };

	rules_view(page_begin(r, &frame), r->viewer.role == ROLE_beneficiary && r->viewer.account != 0);
	return page_end(r);
}
