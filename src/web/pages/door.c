/* signing in, in one step or two, and out; the language */
#include "web/door.h"
#include "access/account.h"
#include "access/login.h"
#include "base/text.h"
#include "views.h"
#include "web/app_parts.h"
#include "web/door_page.h"
#include "web/page.h"
#include "web/route.h"

/* Of a demonstration: whom a visitor can be. There are none in a database of real records. */
static void
add_demo(struct req *r, struct door_page *d)
{
	size_t n;
	const struct demo_account *v = app_demo_accounts(r->app, &n);
	struct demo_line *lines = ARENA_ARRAY(r->arena, n, struct demo_line);

	for (size_t i = 0; i < n; i++)
		lines[i] = (struct demo_line){ str_of(tr(role_labels[v[i].role])), v[i].email, v[i].password };
	d->demo = lines;
	d->n_demo = n;
}

static const struct err *
show(struct req *r, const struct door_page *d, bool second)
{
	struct page p = { .title = str_of(second ? tr("Second step") : tr("Sign in")), .own_heading = true };

	p.fault = d->fault != NULL;
	if (!p.fault && str_is(req_query(r, "fait"), "mot-de-passe"))
		p.done = tr("Your password is chosen. Sign in with it now.");
	if (d->fault != NULL)
		r->out->status = 422;
	(second ? door_second : door_sign_in)(page_begin(r, &p), d);
	return page_end(r);
}

static struct door_page
door_of(struct req *r, str place)
{
	return (struct door_page){ .token = door_token(r), .place = door_place(place) };
}

const struct err *
door_page(struct req *r)
{
	struct door_page d = door_of(r, req_query(r, "suite"));

	if (r->viewer.account != 0 && !r->viewer.second_step)
		return reply_see(r, "/");
	add_demo(r, &d);
	return show(r, &d, false);
}

const struct err *
door_code(struct req *r)
{
	struct door_page d = door_of(r, req_query(r, "suite"));

	if (!r->viewer.second_step)
		return reply_see(r, "/");
	return show(r, &d, true);
}

static const struct err *
answered(struct req *r, const struct login_answer *login, struct door_page *d, bool second)
{
	switch (login->outcome) {
	case LOGIN_DONE:
		door_cookie(r, login->token);
		door_look(r, -1, 0);
		return reply_see(r, "%.*s", STR_ARG(d->place));
	case LOGIN_SECOND:
		door_cookie(r, login->token);
		return door_reply(r, "/connexion/code", d->place);
	case LOGIN_WAIT:
		d->fault = door_wait_words(r, login->wait_ms);
		break;
	case LOGIN_REFUSED:
		d->fault = second ? tr("This code is not right, or was used already. Wait for the next one.")
				  : tr("The address or the password is not right.");
		break;
	}
	return show(r, d, second);
}

const struct err *
door_enter(struct req *r)
{
	struct door_page d = door_of(r, req_form(r, "suite"));
	struct visitor visitor = door_visitor(r);
	struct login_answer login;
	const struct err *e;

	d.email = req_form(r, "email");
	e = login_try(r->db, r->arena, app_hashing(r->app), &visitor, d.email, req_form(r, "mot_de_passe"), &login);
	if (e != NULL)
		return e;
	return answered(r, &login, &d, false);
}

const struct err *
door_enter_code(struct req *r)
{
	struct door_page d = door_of(r, req_form(r, "suite"));
	struct visitor visitor = door_visitor(r);
	struct login_answer login;
	const struct err *e;

	if (!r->viewer.second_step)
		return reply_see(r, "/connexion");
	e = login_second(r->db, r->arena, app_hashing(r->app), &visitor, r->token, req_form(r, "code"), &login);
	if (e != NULL)
		return e;
	return answered(r, &login, &d, true);
}

const struct err *
door_leave(struct req *r)
{
	const struct err *e = NULL;

	if (r->viewer.account != 0)
		e = login_sign_out(r->db, r->arena, &r->viewer, r->in->now_ms);
	if (e != NULL)
		return e;
	door_cookie(r, (str){ 0 });
	door_look(r, -1, 0);
	answer_header(r->out, S("Clear-Site-Data"), S("\"cache\", \"storage\""));
	return reply_see(r, "/connexion");
}

/* On the account when there is one, so that it follows its holder; else in a cookie of this browser. */
static const struct err *
keep_language(struct req *r, str language)
{
	struct account account, old;
	struct problems faults;
	struct save s;
	const struct err *e;
	bool found, written;

	problems_init(&faults, r->arena);
	if ((e = req_begin(r, &s, "language")) != NULL)
		return e;
	e = entity_by_id(r->db, r->viewer.territory, &entities[ENTITY_accounts], r->viewer.account, r->arena, &old, &found);
	if (e == NULL && found) {
		account = old;
		account.language = language;
		e = account_save(&s, r->arena, &account, &old, &faults.sink, &written);
	}
	return req_end(r, &s, e);
}

const struct err *
door_language(struct req *r)
{
	str language = req_form(r, "langue"), place = door_place(req_form(r, "suite"));
	const struct err *e;

	if (!str_is(language, "fr") && !str_is(language, "en"))
		return reply_missing(r);
	if (r->viewer.account != 0 && !r->viewer.second_step && (e = keep_language(r, language)) != NULL)
		return e;
	door_keep_language(r, language);
	return reply_see(r, "%.*s", STR_ARG(place));
}
