/* login_try.c - getting in: password, then second factor. Two transactions around the slow hash: what was tried is counted before it,
 * what came of it is written after, and both are the same for an e-mail that nobody has. */
#include "access/account.h"
#include "access/code.h"
#include "access/factor.h"
#include "access/limits.h"
#include "access/recovery.h"
#include "access/trail.h"
#include "sql.h"

enum { PASSWORD_BYTES = 800 }; /* 200 characters */

struct trying {
	struct db *db;
	struct arena *a;
	struct hashing *h;
	const struct visitor *visitor;
	struct holder holder;
	struct login_answer *out;
};

/* Counts the attempt, and reads whom it is about. */
static const struct err *
knock(struct trying *t, const char *name, str who)
{
	const struct err *e = db_begin_write(t->db);

	if (e != NULL)
		return e;
	e = throttle_take(t->db, name, who, t->visitor, &t->out->wait_ms);
	if (e == NULL)
		e = holder_by_email(t->db, t->a, who, t->visitor->now_ms, &t->holder);
	if (t->out->wait_ms > 0)
		t->out->outcome = LOGIN_WAIT;
	return db_end(t->db, e);
}

/* The journal of whom it was about; an unknown e-mail goes to the first territory, so that it costs the same. */
static const struct err *
refused(struct trying *t, const char *cause)
{
	struct keeper_first_row row = { 0 };
	struct db_rows rows;
	struct journal j;
	const struct err *e;
	int64_t territory = t->holder.territory;

	t->out->outcome = LOGIN_REFUSED;
	(void)keeper_first(t->db, &rows);
	while (keeper_first_next(&rows, &row))
		;
	if ((e = db_done(&rows)) != NULL || row.territory == 0)
		return e;
	e = trail_open(t->db, t->a, territory == 0 ? row.territory : territory, 0, cause, t->visitor->now_ms, &j);
	return e == NULL ? trail_add(&j, "refusals", t->holder.account, 0, JOURNAL_INSERT, S("")) : e;
}

/* ---- the password ---- */

static const struct err *
next_login(struct db *db, int64_t territory, int64_t now_ms, int64_t *id)
{
	struct keymaker keys = { .now_ms = now_ms };
	struct login_last_row row;
	struct db_rows rows;

	(void)login_last(db, &rows, territory);
	while (login_last_next(&rows, &row))
		key_above(&keys, row.id);
	*id = key_next(&keys);
	return db_done(&rows);
}

static const struct err *
purge(struct db *db, int64_t now_ms)
{
	const struct err *e = logins_purge(db, now_ms - limits_of(ROLE_coordinator, false).whole_ms - DRAFT_MS);

	if (e == NULL)
		e = drafts_purge(db, now_ms);
	return e == NULL ? throttle_purge(db, now_ms) : e;
}

static const struct err *
open_login(struct trying *t)
{
	const struct holder *holder = &t->holder;
	int64_t now = t->visitor->now_ms, id;
	unsigned char hash[TOKEN_HASH];
	struct journal j;
	const struct err *e = purge(t->db, now);

	t->out->outcome = holder->second ? LOGIN_SECOND : LOGIN_DONE;
	t->out->token = token_new(t->a, hash);
	if (e == NULL && (e = next_login(t->db, holder->territory, now, &id)) == NULL)
		e = login_add(t->db, holder->territory, id, holder->account, (str){ (char *)hash, sizeof hash },
		    holder->second ? 1 : 2, now, agent_words(t->a, t->visitor->agent));
	if (e == NULL)
		e = trail_open(t->db, t->a, holder->territory, holder->account, "sign-in", now, &j);
	return e == NULL ? trail_add(&j, "logins", id, holder->account, JOURNAL_INSERT, S("*")) : e;
}

const struct err *
login_try(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str email, str password,
    struct login_answer *out)
{
	struct trying t = { .db = db, .a = a, .h = h, .visitor = visitor, .out = out };
	const struct err *e;
	bool right, renew;
	str who = email_folded(a, email), again = { 0 };

	*out = (struct login_answer){ 0 };
	if ((e = knock(&t, "sign-in", who)) != NULL || out->outcome == LOGIN_WAIT)
		return e;
	if (password.len > PASSWORD_BYTES)
		password.len = 0;
	right = hash_check(h, t.holder.hash, password, &renew) && t.holder.active && password.len > 0;
	if (right && renew)
		again = hash_make(h, a, password);
	if ((e = db_begin_write(db)) != NULL)
		return e;
	if (!right)
		return db_end(db, refused(&t, "sign-in"));
	e = open_login(&t);
	if (e == NULL)
		e = throttle_passed(db, "sign-in", who, visitor, !t.holder.second);
	if (e == NULL && again.len > 0)
		e = password_set(db, t.holder.territory, t.holder.account, again, visitor->now_ms);
	return db_end(db, e);
}

const struct err *
login_confirm(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, const struct viewer *v,
    str password, struct login_answer *out)
{
	struct trying t = { .db = db, .a = a, .h = h, .visitor = visitor, .out = out };
	const struct err *e;
	bool right;

	*out = (struct login_answer){ 0 };
	if ((e = holder_by_id(db, a, v->territory, v->account, visitor->now_ms, &t.holder)) != NULL)
		return e;
	if ((e = knock(&t, "sign-in", t.holder.email)) != NULL || out->outcome == LOGIN_WAIT)
		return e;
	right =
	    password.len > 0 && password.len <= PASSWORD_BYTES && hash_check(h, t.holder.hash, password, NULL) && t.holder.active;
	if ((e = db_begin_write(db)) != NULL)
		return e;
	if (!right)
		return db_end(db, refused(&t, "confirmation"));
	out->outcome = LOGIN_DONE;
	return db_end(db, throttle_passed(db, "sign-in", t.holder.email, visitor, false));
}

/* ---- the second factor ---- */

static bool
six_digits(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return false;
	}
	return s.len == 6;
}

/* What people type: "123 456" as their telephone shows it. */
static str
without_blanks(struct arena *a, str typed)
{
	char *p = arena_alloc(a, typed.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < typed.len; i++) {
		if (typed.s[i] != ' ' && typed.s[i] != '\t')
			p[n++] = typed.s[i];
	}
	return (str){ p, n };
}

static const struct err *
complete(struct trying *t, const struct viewer *v)
{
	unsigned char hash[TOKEN_HASH];
	struct journal j;
	const struct err *e;

	t->out->outcome = LOGIN_DONE;
	t->out->token = token_new(t->a, hash);
	e = login_complete(t->db, v->territory, v->login, (str){ (char *)hash, sizeof hash }, t->visitor->now_ms);
	if (e == NULL)
		e = throttle_passed(t->db, "second", t->holder.email, t->visitor, true);
	if (e == NULL)
		e = trail_open(t->db, t->a, v->territory, v->account, "second factor", t->visitor->now_ms, &j);
	return e == NULL ? trail_add(&j, "logins", v->login, v->account, JOURNAL_UPDATE, S("step")) : e;
}

const struct err *
login_second(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str token, str code,
    struct login_answer *out)
{
	struct trying t = { .db = db, .a = a, .h = h, .visitor = visitor, .out = out };
	struct viewer v;
	bool found, right = false;
	str digits = without_blanks(a, code), paper = { 0 };
	const struct err *e;

	*out = (struct login_answer){ 0 };
	if ((e = login_find(db, a, token, visitor->now_ms, &v, &found)) != NULL || !found || !v.second_step)
		return e;
	if ((e = holder_by_id(db, a, v.territory, v.account, visitor->now_ms, &t.holder)) != NULL)
		return e;
	if ((e = knock(&t, "second", t.holder.email)) != NULL || out->outcome == LOGIN_WAIT)
		return e;
	if (!six_digits(digits) && (e = recovery_find(db, a, h, v.territory, v.account, code, &paper)) != NULL)
		return e;
	if ((e = db_begin_write(db)) != NULL)
		return e;
	if (six_digits(digits))
		e = factor_take(db, a, v.territory, v.account, digits, visitor->now_ms, &right);
	else if (paper.len > 0)
		e = recovery_take(db, a, v.territory, v.account, paper, visitor->now_ms, &right);
	if (e == NULL)
		e = right ? complete(&t, &v) : refused(&t, "second factor");
	return db_end(db, e);
}
