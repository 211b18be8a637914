/* my account: who I am, where I am signed in, what is held on me */
#include <inttypes.h>

#include "access/account.h"
#include "access/trail.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/account_page.h"
#include "web/page.h"
#include "web/route.h"

const struct err *
account_page_read(struct account_page *p, struct req *r)
{
	const struct viewer *v = &r->viewer;
	struct account_proofs_row row = { 0 };
	struct db_rows rows;
	bool found;
	const struct err *e;

	*p = (struct account_page){ .req = r, .form = asked_of(r), .password_ms = NUMBER_NONE };
	e = entity_by_id(r->db, v->territory, &entities[ENTITY_accounts], v->account, r->arena, &p->account, &found);
	if (e != NULL)
		return e;
	if (!found)
		return reply_missing(r);
	(void)account_proofs(r->db, &rows, v->territory, v->account);
	while (account_proofs_next(&rows, &row))
		p->password_ms = row.password_ms;
	if ((e = db_done(&rows)) != NULL)
		return e;
	return factor_state(r->db, v, &p->second, &p->codes_left);
}

static const char *
done_words(str word)
{
	if (str_is(word, "mot-de-passe"))
		return tr("Your password is changed. Your other sign-ins have ended.");
	if (str_is(word, "fin"))
		return tr("That sign-in has ended.");
	if (str_is(word, "fins"))
		return tr("All your other sign-ins have ended.");
	if (str_is(word, "retrait"))
		return tr("The second step is taken away. Your other sign-ins have ended.");
	return NULL;
}

const struct err *
account_show(struct req *r)
{
	struct account_page p;
	struct page frame = { .title = str_of(tr("My account")), .done = done_words(req_query(r, "fait")) };
	struct login_line *logins;
	const struct err *e = account_page_read(&p, r);

	if (e == NULL)
		e = login_list(r->db, r->arena, &r->viewer, r->in->now_ms, &logins, &p.n_logins);
	if (e != NULL)
		return e;
	p.logins = logins;
	account_view(page_begin(r, &frame), &p);
	return page_end(r);
}

const struct err *
account_login_end(struct req *r)
{
	const int64_t login = key_long(r->parts[0]);
	const struct err *e;

	if (login == r->viewer.login)
		return reply_see(r, "/compte");
	e = login_end(r->db, r->arena, &r->viewer, login, r->in->now_ms);
	return e != NULL ? e : reply_see(r, "/compte?fait=fin");
}

const struct err *
account_logins_end(struct req *r)
{
	const struct err *e = login_end_others(r->db, r->arena, &r->viewer, r->in->now_ms);

	return e != NULL ? e : reply_see(r, "/compte?fait=fins");
}

/* ---- what is held ---- */

static const struct err *
show_export(struct account_page *p)
{
	struct page frame = { .title = str_of(tr("What is held on your account")), .fault = p->form.n > 0 };

	page_crumb(&frame, str_of(tr("My account")), S("/compte"));
	if (p->form.n > 0)
		p->req->out->status = 422;
	account_export_view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

const struct err *
account_export(struct req *r)
{
	struct account_page p;
	const struct err *e = account_page_read(&p, r);

	return e != NULL ? e : show_export(&p);
}

static void
write_moment(struct req *r, struct buf *to, const char *name, int64_t ms)
{
	json_name(to, name);
	json_string(to, ms == NUMBER_NONE ? (str){ 0 } : moment_text(r->arena, ms));
}

static void
write_record(struct account_page *p, struct buf *to)
{
	const struct entity *e = &entities[ENTITY_accounts];
	struct buf value = { 0 };

	for (size_t i = 0; i < e->n; i++) {
		buf_add(to, i == 0 ? S("") : S(",\n    "));
		json_name(to, e->fields[i].csv);
		buf_clear(&value);
		if (!field_absent(&e->fields[i], &p->account) && e->fields[i].kind == KIND_LINK)
			buf_int(&value, *(int64_t *)field_at(&e->fields[i], &p->account));
		else if (!field_absent(&e->fields[i], &p->account))
			field_write(&e->fields[i], &p->account, &value);
		json_string(to, value.len == 0 ? (str){ 0 } : buf_str(&value));
	}
	buf_release(&value);
}

static void
write_logins(struct account_page *p, struct buf *to)
{
	for (size_t i = 0; i < p->n_logins; i++) {
		buf_add(to, i == 0 ? S("\n    {") : S(",\n    {"));
		write_moment(p->req, to, "since", p->logins[i].made_ms);
		buf_char(to, ',');
		write_moment(p->req, to, "last_used", p->logins[i].seen_ms);
		buf_char(to, ',');
		json_name(to, "device");
		json_string(to, p->logins[i].agent);
		buf_char(to, '}');
	}
}

/* What the account did: when and why, as the journal has it. What was done to which record stands there without a value. */
static const struct err *
write_changes(struct req *r, struct buf *to)
{
	struct changes_by_row row;
	struct db_rows rows;

	(void)changes_by(r->db, &rows, r->viewer.territory, trail_actor(r->arena, r->viewer.account));
	while (changes_by_next(&rows, &row)) {
		buf_add(to, rows.row == 1 ? S("\n    {") : S(",\n    {"));
		json_name(to, "at");
		json_string(to, row.at);
		buf_char(to, ',');
		json_name(to, "cause");
		json_string(to, row.cause);
		buf_char(to, '}');
	}
	return db_done(&rows);
}

static const struct err *
write_export(struct account_page *p)
{
	struct buf *to = &p->req->out->body;
	const struct err *e;

	buf_clear(to);
	buf_add(to, S("{\n  \"account\": {\n    "));
	write_record(p, to);
	buf_add(to, S("\n  },\n  "));
	write_moment(p->req, to, "password_set", p->password_ms);
	buf_format(to, ",\n  \"second_factor\": %s,\n  \"recovery_codes_left\": %" PRId64 ",\n  \"sign_ins\": [",
	    p->second ? "true" : "false", p->codes_left);
	write_logins(p, to);
	buf_add(to, S("\n  ],\n  \"changes\": ["));
	e = write_changes(p->req, to);
	buf_add(to, S("\n  ]\n}\n"));
	return e != NULL ? e : reply_file(p->req, "application/json; charset=utf-8", "jalon-compte.json");
}

/* With the password again: somebody else may have found the screen open. */
const struct err *
account_export_file(struct req *r)
{
	struct account_page p;
	struct login_line *logins;
	bool right;
	const struct err *e = account_page_read(&p, r);

	if (e == NULL)
		e = asked_confirm(&p.form, &right);
	if (e == NULL)
		e = login_list(r->db, r->arena, &r->viewer, r->in->now_ms, &logins, &p.n_logins);
	if (e != NULL)
		return e;
	p.logins = logins;
	return right ? write_export(&p) : show_export(&p);
}
