#include "access/invitation.h"

#include "access/code.h"
#include "access/trail.h"
#include "base/moment.h"
#include "base/shown.h"
#include "base/text.h"
#include "sql.h"

static const int64_t lasts_ms = INT64_C(14) * 24 * 3600 * 1000;
static const char *const kinds[] = { "invitation", "reset" };

/* ---- making one ---- */

static const struct err *
locator_taken(struct db *db, str locator, bool *taken)
{
	struct invitation_of_row row;
	struct db_rows rows;

	*taken = false;
	(void)invitation_of(db, &rows, locator);
	while (invitation_of_next(&rows, &row))
		*taken = true;
	return db_done(&rows);
}

static const struct err *
free_code(struct db *db, struct code *code)
{
	const struct err *e;
	bool taken;

	do {
		*code = code_new();
		e = locator_taken(db, code_locator(code), &taken);
	} while (e == NULL && taken);
	return e;
}

static const struct err *
next_invitation(struct db *db, int64_t territory, int64_t now_ms, int64_t *id)
{
	struct keymaker keys = { .now_ms = now_ms };
	struct invitation_last_row row;
	struct db_rows rows;

	(void)invitation_last(db, &rows, territory);
	while (invitation_last_next(&rows, &row))
		key_above(&keys, row.id);
	*id = key_next(&keys);
	return db_done(&rows);
}

static const struct err *
put(struct db *db, const struct change *change, int64_t account, enum invitation_kind kind, const struct code *code, str hash,
    int64_t now_ms)
{
	int64_t id;
	struct journal j;
	const struct err *e = invitations_drop(db, change->territory, account);

	if (e == NULL)
		e = next_invitation(db, change->territory, now_ms, &id);
	if (e == NULL)
		e = invitation_add(
		    db, change->territory, id, account, str_of(kinds[kind]), code_locator(code), hash, now_ms, now_ms + lasts_ms);
	if (e == NULL)
		e = journal_open(db, change, &j);
	return e == NULL ? trail_add(&j, "invitations", id, account, JOURNAL_INSERT, str_of(kinds[kind])) : e;
}

const struct err *
invitation_make(struct db *db, struct arena *a, struct hashing *h, const struct change *change, int64_t account,
    enum invitation_kind kind, int64_t now_ms, struct invitation *out)
{
	struct holder holder;
	struct code code;
	str hash;
	const struct err *e = holder_by_id(db, a, change->territory, account, now_ms, &holder);

	if (e == NULL && !holder.active)
		e = err_new(a, ERR_INPUT, tr("This account has ended."), NULL, tr("Make it active again first."));
	if (e != NULL || (e = free_code(db, &code)) != NULL)
		return e;
	hash = hash_make(h, a, code_secret(&code));
	if ((e = db_begin_write(db)) != NULL)
		return e;
	*out = (struct invitation){ code_shown(a, &code), now_ms + lasts_ms };
	return db_end(db, put(db, change, account, kind, &code, hash, now_ms));
}

str
invitation_letter(struct arena *a, const struct holder *holder, const struct invitation *i, enum invitation_kind kind, str place)
{
	char until[DAY_TEXT];
	str last = day_shown(moment_day(i->expires_ms), until);
	const char *format =
	    kind == INVITATION_NEW
		? tr("Hello %.*s,\n\nan access to Jalon has been opened for you.\n\n"
		     "1. Open %.*s\n2. Choose “I have a code” and type this code:\n\n    %.*s\n\n"
		     "3. Choose your password. Your login is %.*s.\n\n"
		     "The code works once, until %.*s. Do not give it to anybody.\n")
		: tr("Hello %.*s,\n\nyou can choose a new password for Jalon.\n\n"
		     "1. Open %.*s\n2. Choose “I have a code” and type this code:\n\n    %.*s\n\n"
		     "3. Choose your password. Your login is %.*s.\n\n"
		     "The code works once, until %.*s. Do not give it to anybody. If you did not ask for it, tell the "
		     "person who runs the accounts; your present password still works.\n");

	return str_format(
	    a, format, STR_ARG(holder->name), STR_ARG(place), STR_ARG(i->code), STR_ARG(holder->email), STR_ARG(last));
}

/* ---- using one ---- */

struct using
{
	struct db *db;
	struct arena *a;
	struct hashing *h;
	const struct visitor *visitor;
	struct code code;
	struct holder holder;
	int64_t territory, id; /* 0: no such code, or not any more */
	bool reset;
	str hash;
	struct login_answer *out;
};

/* The invitation of this code while it is good, and its holder. */
static const struct err *
look(struct using *u)
{
	struct invitation_of_row row;
	struct db_rows rows;
	int64_t now = u->visitor->now_ms, account = 0;
	const struct err *e;

	u->id = 0;
	(void)invitation_of(u->db, &rows, code_locator(&u->code));
	while (invitation_of_next(&rows, &row)) {
		if (row.used_ms != NUMBER_NONE || now >= row.expires_ms || now < row.expires_ms - lasts_ms)
			continue;
		u->territory = row.territory;
		u->id = row.id;
		u->reset = str_is(row.kind, kinds[INVITATION_RESET]);
		u->hash = str_dup(u->a, row.hash);
		account = row.account;
	}
	if ((e = db_done(&rows)) == NULL && u->id != 0)
		e = holder_by_id(u->db, u->a, u->territory, account, now, &u->holder);
	if (!u->holder.active)
		u->id = 0;
	return e;
}

static const struct err *
knock(struct using *u)
{
	const struct err *e = db_begin_write(u->db);

	if (e != NULL)
		return e;
	e = throttle_take(u->db, "code", code_locator(&u->code), u->visitor, &u->out->wait_ms);
	if (e == NULL)
		e = look(u);
	if (u->out->wait_ms > 0)
		u->out->outcome = LOGIN_WAIT;
	return db_end(u->db, e);
}

/* Sets the outcome; the same work for a code that never was. */
static const struct err *
open_code(struct using *u, str typed)
{
	const struct err *e;
	bool right;

	*u->out = (struct login_answer){ 0 };
	if (!code_read(typed, &u->code))
		return NULL;
	if ((e = knock(u)) != NULL || u->out->outcome == LOGIN_WAIT)
		return e;
	right = hash_check(u->h, u->id == 0 ? (str){ 0 } : u->hash, code_secret(&u->code), NULL) && u->id != 0;
	if (!right)
		return NULL;
	u->out->outcome = LOGIN_DONE;
	if ((e = db_begin_write(u->db)) != NULL)
		return e;
	return db_end(u->db, throttle_passed(u->db, "code", code_locator(&u->code), u->visitor, false));
}

const struct err *
invitation_read(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str code,
    struct login_answer *out, struct holder *holder)
{
	struct using u = { .db = db, .a = a, .h = h, .visitor = visitor, .out = out };
	const struct err *e = open_code(&u, code);

	*holder = out->outcome == LOGIN_DONE ? u.holder : (struct holder){ 0 };
	return e;
}

/* The record says when the rules were accepted; the rest of it stays. */
static const struct err *
note_rules(struct using *u, struct save *s)
{
	const struct entity *e = &entities[ENTITY_accounts];
	struct account old, account;
	bool found;
	const struct err *err = entity_by_id(u->db, u->territory, e, u->holder.account, u->a, &old, &found);

	if (err != NULL || !found)
		return err;
	account = old;
	account.rules_accepted_on = moment_day(u->visitor->now_ms);
	return entity_save(s, e, &account, &old);
}

static const struct err *
accept(struct using *u, str password_hash)
{
	const struct change change = { .territory = u->territory,
		.at = moment_text(u->a, u->visitor->now_ms),
		.actor = trail_actor(u->a, u->holder.account),
		.cause = str_of(kinds[u->reset]) };
	int64_t id = u->id, now = u->visitor->now_ms;
	struct save s;
	const struct err *e = look(u);

	if (e != NULL || u->id != id) { /* somebody was faster */
		u->out->outcome = LOGIN_REFUSED;
		return e;
	}
	if ((e = save_open(&s, u->db, &change, now)) == NULL)
		e = note_rules(u, &s);
	if (e == NULL)
		e = password_put(u->db, &s.journal, u->holder.account, password_hash, 0, now);
	if (e == NULL)
		e = invitation_used(u->db, u->territory, id, now);
	if (e == NULL)
		e = trail_add(&s.journal, "invitations", id, u->holder.account, JOURNAL_UPDATE, S("used"));
	save_close(&s);
	return e;
}

static const struct err *
read_about(struct using *u, struct password_about *about)
{
	struct holder_words_row row;
	struct db_rows rows;

	*about = (struct password_about){ .role = u->holder.role, .name = u->holder.name, .email = u->holder.email };
	(void)holder_words(u->db, &rows, u->territory, u->holder.account);
	while (holder_words_next(&rows, &row)) {
		about->city = str_dup(u->a, row.city);
		about->organisation = str_dup(u->a, row.organisation_name);
	}
	return db_done(&rows);
}

const struct err *
invitation_accept(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str code, str password,
    bool rules_accepted, struct login_answer *out, struct problem_sink *sink)
{
	struct using u = { .db = db, .a = a, .h = h, .visitor = visitor, .out = out };
	struct password_about about;
	size_t before = sink->faults;
	const struct err *e = open_code(&u, code);
	str hash;

	if (e != NULL || out->outcome != LOGIN_DONE || (e = read_about(&u, &about)) != NULL)
		return e;
	password_check(password, &about, sink);
	if (!rules_accepted)
		problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT,
				      .column = S("rules"),
				      .expected = str_of(tr("that you accept the rules of use")) });
	if (sink->faults > before) {
		out->outcome = LOGIN_REFUSED;
		return NULL;
	}
	hash = hash_make(h, a, password);
	if ((e = db_begin_write(db)) != NULL)
		return e;
	return db_end(db, accept(&u, hash));
}
