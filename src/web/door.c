#include "web/door.h"

#include "access/form_token.h"
#include "access/login.h"
#include "access/rights.h"
#include "base/text.h"
#include "web/resume.h"
#include "web/route.h"

/* Behind TLS the name forbids that another host or path sets it; without (a laptop, a test) the browser would refuse it. */
static const char *
cookie_name(const struct req *r)
{
	return r->in->secure ? "__Host-jalon" : "jalon";
}

static const char language_cookie[] = "langue";

static void
set_cookie(struct req *r, const char *name, str value, const char *more)
{
	answer_header(r->out, S("Set-Cookie"),
	    str_format(r->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", name, STR_ARG(value),
		r->in->secure ? "; Secure" : "", more));
}

void
door_cookie(struct req *r, str token)
{
	set_cookie(r, cookie_name(r), token, token.len == 0 ? "; Max-Age=0" : "");
}

void
door_keep_language(struct req *r, str language)
{
	set_cookie(r, language_cookie, language, "; Max-Age=31536000");
}

static const char look_cookie[] = "vue";

void
door_look(struct req *r, int role, int64_t organisation)
{
	str key = key_short(r->arena, organisation);

	if (role < 0)
		set_cookie(r, look_cookie, (str){ 0 }, "; Max-Age=0");
	else
		set_cookie(r, look_cookie, str_format(r->arena, "%s.%.*s", role_names[role], STR_ARG(key)), "");
}

/* The name of the organisation that the pages are seen from. */
static const struct err *
look_from(struct req *r)
{
	const struct entity *e = &entities[ENTITY_organisations];
	struct organisation o;
	bool found;
	const struct err *err = entity_by_id(r->db, r->viewer.territory, e, r->viewer.organisation, r->arena, &o, &found);

	if (err == NULL && found)
		r->viewer.organisation_name = o.name;
	return err;
}

static const struct err *
look_as(struct req *r)
{
	str key = { 0 }, word = str_cut(cookie_get(r->in->cookie, look_cookie), '.', &key);
	const int role = role_named(word);
	bool own = r->viewer.organisation != 0;

	if (role < 0 || role == (int)r->viewer.role || !viewer_may(&r->viewer, RIGHT_LOOK_AS))
		return NULL;
	r->viewer = viewer_as(&r->viewer, (enum role)role, key_long(key));
	return own || r->viewer.organisation == 0 ? NULL : look_from(r);
}

const struct err *
door_recognise(struct req *r)
{
	const struct err *e;
	bool found;

	r->token = cookie_get(r->in->cookie, cookie_name(r));
	if (r->token.len == 0)
		return NULL;
	e = login_find(r->db, r->arena, r->token, r->in->now_ms, &r->viewer, &found);
	return e != NULL || !found ? e : look_as(r);
}

static bool
spoken(str language)
{
	return str_is(language, "fr") || str_is(language, "en");
}

const char *
door_language_of(const struct req *r)
{
	str chosen = cookie_get(r->in->cookie, language_cookie);
	str asked = { r->in->accept_language.s, r->in->accept_language.len < 2 ? 0 : 2 };

	if (spoken(r->viewer.language))
		return str_z(r->arena, r->viewer.language);
	if (spoken(chosen))
		return str_z(r->arena, chosen);
	return spoken(asked) ? str_z(r->arena, asked) : "fr";
}

/* Long enough for any page with its filters; what is longer comes back escaped three times as long, and from nobody's link. */
enum { PLACE_MOST = 2000 };

str
door_place(str place)
{
	if (place.len == 0 || place.len > PLACE_MOST || place.s[0] != '/' ||
	    (place.len > 1 && (place.s[1] == '/' || place.s[1] == '\\')))
		return S("/");
	for (size_t i = 0; i < place.len; i++)
		if ((unsigned char)place.s[i] <= ' ' || place.s[i] == 127)
			return S("/");
	return place;
}

struct visitor
door_visitor(const struct req *r)
{
	return (struct visitor){ .peer = r->in->peer, .agent = r->in->user_agent, .now_ms = r->in->now_ms };
}

str
door_token(const struct req *r)
{
	return form_token_mask(r->arena, &r->viewer);
}

/* Where somebody was going, as a value of a query. */
static str
going_to(struct req *r)
{
	struct buf b = { 0 };

	if (r->in->query.len > 0)
		buf_format(&b, "%.*s?%.*s", STR_ARG(r->in->path), STR_ARG(r->in->query));
	else
		buf_add(&b, r->in->path);
	return buf_kept(&b, r->arena);
}

const struct err *
door_send(struct req *r)
{
	str draft = { 0 };
	struct buf to = { 0 };
	const struct err *e = NULL;

	if (r->in->method == METHOD_POST && r->viewer.account == 0)
		e = resume_keep(r, &draft);
	if (e != NULL)
		return e;
	if (draft.len > 0) {
		buf_add(&to, S("/reprise?"));
		query_add(&to, S("brouillon"), draft);
	} else if (r->in->method == METHOD_GET) {
		buf_add(&to, door_place(going_to(r)));
	}
	e = door_reply(r, r->viewer.second_step ? "/connexion/code" : "/connexion", buf_str(&to));
	buf_release(&to);
	return e;
}

const struct err *
door_reply(struct req *r, const char *page, str place)
{
	struct buf to = { 0 };
	const struct err *e;

	buf_add(&to, str_of(page));
	if (place.len > 0 && !str_is(place, "/")) {
		buf_char(&to, '?');
		query_add(&to, S("suite"), place);
	}
	e = reply_see(r, "%.*s", (int)to.len, to.s);
	buf_release(&to);
	return e;
}

/* A browser tells where a form was sent from; one that tells nothing is believed when the token is right. */
static bool
from_here(const struct req *r)
{
	str origin = r->in->origin, host;

	if (r->in->fetch_site.len > 0 && !str_is(r->in->fetch_site, "same-origin") && !str_is(r->in->fetch_site, "none"))
		return false;
	if (origin.len == 0)
		return true;
	if (str_starts(origin, S("https://")))
		host = (str){ origin.s + 8, origin.len - 8 };
	else if (str_starts(origin, S("http://")))
		host = (str){ origin.s + 7, origin.len - 7 };
	else
		return false;
	return str_eq(host, r->in->host);
}

const struct err *
door_form(struct req *r)
{
	const char *wrong = form_decode(r->arena, r->in->content_type, r->in->body, &r->form);

	if (wrong != NULL)
		return err_new(r->arena, ERR_INPUT, tr("This form cannot be read."), tr(wrong),
		    tr("Go back, and send it again from its page."));
	if (from_here(r) && (r->viewer.account == 0 || form_token_check(&r->viewer, req_form(r, "jeton"))))
		return NULL;
	return err_new(r->arena, ERR_INPUT, tr("This form does not come from a page of this sign-in."), NULL,
	    tr("Go back, load the page again and send the form from there. Nothing was written."));
}

/* A form of another site can send neither this type nor, from a script, anything that we answer to: browsers ask us first, and we
 * do not answer. */
const struct err *
door_json(struct req *r)
{
	if (str_is(r->in->content_type, "application/json") && r->in->origin.len > 0 && from_here(r))
		return NULL;
	return err_new(r->arena, ERR_INPUT, tr("This does not come from a page of ours."), NULL, NULL);
}

const struct err *
door_json_closed(struct req *r)
{
	r->out->status = 401;
	r->out->type = "application/json";
	buf_add(&r->out->body, S("{\"result\":\"closed\"}"));
	return NULL;
}

/* Minutes said as minutes, so that nobody counts seconds. */
const char *
door_wait_words(struct req *r, int64_t ms)
{
	unsigned long seconds = (unsigned long)(ms / 1000 + 1), minutes = (seconds + 59) / 60;

	if (seconds < 60)
		return str_format(r->arena,
		    tr_n("Too many attempts. Try again in %lu second.", "Too many attempts. Try again in %lu seconds.", seconds),
		    seconds)
		    .s;
	return str_format(r->arena,
	    tr_n("Too many attempts. Try again in %lu minute.", "Too many attempts. Try again in %lu minutes.", minutes), minutes)
	    .s;
}
