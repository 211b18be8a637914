#include "access/factor.h"

#include <sodium.h>
#include <stdlib.h>

#include "access/account.h"
#include "access/liboath.h"
#include "access/recovery.h"
#include "access/trail.h"
#include "base/text.h"
#include "db/seal.h"
#include "sql.h"

enum { SECRET = 20, STEP_S = 30, WINDOW = 1, DIGITS = 6, OFFERED_MS = 15 * 60 * 1000 };

/* ---- the digits ---- */

/* The step is counted back from the digits that match, since the library tells only how far from now they are. */
int64_t
totp_step(str secret, str digits, int64_t now_ms)
{
	int64_t now = now_ms / 1000 / STEP_S, step = -1;
	char text[DIGITS + 1], right[DIGITS + 1];

	if (digits.len != DIGITS || now_ms < 0)
		return -1;
	for (int i = 0; i < DIGITS; i++)
		text[i] = digits.s[i];
	text[DIGITS] = '\0';
	for (int64_t s = now + WINDOW; s >= now - WINDOW; s--) {
		if (s < 0 || oath_hotp_generate(secret.s, secret.len, (uint64_t)s, DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION,
				 right) != OATH_OK)
			continue;
		if (sodium_memcmp(text, right, DIGITS) == 0)
			step = s;
	}
	return step;
}

/* ---- what is stored ---- */

struct stored {
	str secret;
	bool found, confirmed;
	int64_t made_ms, last_step;
};

static const struct err *
stored_read(struct db *db, struct arena *a, int64_t territory, int64_t account, struct stored *to)
{
	unsigned char key[SEAL_KEY];
	struct factor_find_row row;
	struct db_rows rows;
	bool whole = true;
	const struct err *e = seal_key(db, FACTOR_PURPOSE, key);

	*to = (struct stored){ 0 };
	if (e != NULL)
		return e;
	(void)factor_find(db, &rows, territory, account);
	while (factor_find_next(&rows, &row)) {
		*to = (struct stored){ .found = true,
			.confirmed = row.confirmed_ms != INT64_MIN,
			.made_ms = row.made_ms,
			.last_step = row.last_step };
		whole = unseal(a, key, FACTOR_PLACE, account, row.secret, &to->secret);
	}
	sodium_memzero(key, sizeof key);
	if ((e = db_done(&rows)) == NULL && !whole)
		e = err_new(a, ERR_DAMAGED, tr("The second factor of this account cannot be opened."), NULL,
		    tr("An administrator can take it away; then it is set up anew."));
	return e;
}

const struct err *
factor_state(struct db *db, const struct viewer *v, bool *in_use, int64_t *codes_left)
{
	struct recovery_codes_left_row left = { 0 };
	struct factor_find_row row;
	struct db_rows rows;
	const struct err *e;

	*in_use = false;
	(void)factor_find(db, &rows, v->territory, v->account);
	while (factor_find_next(&rows, &row))
		*in_use = row.confirmed_ms != INT64_MIN;
	if ((e = db_done(&rows)) != NULL)
		return e;
	(void)recovery_codes_left(db, &rows, v->territory, v->account);
	while (recovery_codes_left_next(&rows, &left))
		;
	*codes_left = left.count;
	return db_done(&rows);
}

/* A step is taken once, and none before it any more: whoever reads the digits over a shoulder comes too late. */
static const struct err *
take(struct db *db, int64_t territory, int64_t account, const struct stored *s, str digits, int64_t now_ms, bool *right)
{
	int64_t step = s->found ? totp_step(s->secret, digits, now_ms) : -1;

	*right = step > s->last_step;
	return *right ? factor_used(db, territory, account, step, now_ms) : NULL;
}

const struct err *
factor_take(struct db *db, struct arena *a, int64_t territory, int64_t account, str digits, int64_t now_ms, bool *right)
{
	struct stored s;
	const struct err *e = stored_read(db, a, territory, account, &s);

	*right = false;
	return e != NULL || !s.confirmed ? e : take(db, territory, account, &s, digits, now_ms, right);
}

/* ---- setting it up ---- */

static str
grouped(struct arena *a, str letters)
{
	char *text = arena_alloc(a, letters.len * 2);
	size_t n = 0;

	for (size_t i = 0; i < letters.len; i++) {
		if (i > 0 && i % 4 == 0)
			text[n++] = ' ';
		text[n++] = letters.s[i];
	}
	return (str){ text, n };
}

static void
offer(struct arena *a, str secret, str email, struct factor_offer *out)
{
	char *letters;
	size_t n;

	if (oath_base32_encode(secret.s, secret.len, &letters, &n) != OATH_OK)
		bug_oom(secret.len * 2);
	while (n > 0 && letters[n - 1] == '=')
		n--;
	out->secret = grouped(a, (str){ letters, n });
	/* An e-mail as email_valid takes it may hold letters that a URL gives a meaning: they are percent-encoded. */
	out->uri = str_format(a, "otpauth://totp/Jalon:%.*s?secret=%.*s&issuer=Jalon", STR_ARG(email), (int)n, letters);
	sodium_memzero(letters, n);
	free(letters);
}

static str
percent(struct arena *a, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	char *text = arena_alloc(a, s.len * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == '@') {
			text[n++] = (char)c;
		} else {
			text[n++] = '%';
			text[n++] = hex[c >> 4];
			text[n++] = hex[c & 15];
		}
	}
	return (str){ text, n };
}

const struct err *
factor_begin(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms, struct factor_offer *out)
{
	unsigned char secret[SECRET], key[SEAL_KEY];
	struct holder holder;
	const struct err *e = holder_by_id(db, a, v->territory, v->account, now_ms, &holder);

	if (e != NULL || (e = db_begin_write(db)) != NULL)
		return e;
	if (holder.second)
		e = err_new(a, ERR_CONFLICT, tr("A second factor is in use already."), NULL, tr("Take it away first."));
	if (e == NULL)
		e = seal_key(db, FACTOR_PURPOSE, key);
	randombytes_buf(secret, sizeof secret);
	if (e == NULL)
		e = factor_set(db, v->territory, v->account,
		    seal(a, key, FACTOR_PLACE, v->account, (str){ (char *)secret, sizeof secret }), now_ms);
	if ((e = db_end(db, e)) == NULL)
		offer(a, (str){ (char *)secret, sizeof secret }, percent(a, holder.email), out);
	sodium_memzero(secret, sizeof secret);
	sodium_memzero(key, sizeof key);
	return e;
}

const struct err *
factor_offered(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms, struct factor_offer *out, bool *found)
{
	struct stored s;
	struct holder holder;
	const struct err *e = stored_read(db, a, v->territory, v->account, &s);

	*found = e == NULL && s.found && !s.confirmed && now_ms >= s.made_ms && now_ms - s.made_ms < OFFERED_MS;
	if (!*found || (e = holder_by_id(db, a, v->territory, v->account, now_ms, &holder)) != NULL)
		return e;
	offer(a, s.secret, percent(a, holder.email), out);
	return NULL;
}

static const struct err *
put_in_use(
    struct db *db, struct arena *a, const struct viewer *v, str code, int64_t now_ms, const struct recovery *r, bool *right)
{
	struct stored s;
	struct journal j;
	const struct err *e = stored_read(db, a, v->territory, v->account, &s);

	if (e == NULL && !s.confirmed)
		e = take(db, v->territory, v->account, &s, code, now_ms, right);
	if (e != NULL || !*right)
		return e;
	if ((e = recovery_put(db, v->territory, v->account, r)) == NULL)
		e = logins_drop_others(db, v->territory, v->account, v->login);
	if (e == NULL)
		e = trail_open(db, a, v->territory, v->account, "second factor", now_ms, &j);
	return e == NULL ? trail_add(&j, "second_factors", v->account, 0, JOURNAL_INSERT, S("*")) : e;
}

const struct err *
factor_confirm(struct db *db, struct arena *a, struct hashing *h, const struct viewer *v, str code, int64_t now_ms, bool *right,
    str codes[RECOVERY_CODES])
{
	struct recovery r;
	struct stored s;
	const struct err *e = stored_read(db, a, v->territory, v->account, &s);

	*right = false;
	if (e != NULL || !s.found || s.confirmed || totp_step(s.secret, code, now_ms) < 0)
		return e; /* before the slow part */
	recovery_make(a, h, &r);
	if ((e = db_begin_write(db)) == NULL)
		e = db_end(db, put_in_use(db, a, v, code, now_ms, &r, right));
	for (int i = 0; i < RECOVERY_CODES; i++)
		codes[i] = r.shown[i];
	return e;
}

const struct err *
factor_new_codes(
    struct db *db, struct arena *a, struct hashing *h, const struct viewer *v, int64_t now_ms, str codes[RECOVERY_CODES])
{
	struct recovery r;
	struct journal j;
	const struct err *e;

	recovery_make(a, h, &r);
	if ((e = db_begin_write(db)) != NULL)
		return e;
	if ((e = recovery_put(db, v->territory, v->account, &r)) == NULL)
		e = trail_open(db, a, v->territory, v->account, "second factor", now_ms, &j);
	if (e == NULL)
		e = trail_add(&j, "recovery_codes", v->account, 0, JOURNAL_INSERT, S("*"));
	for (int i = 0; i < RECOVERY_CODES; i++)
		codes[i] = r.shown[i];
	return db_end(db, e);
}

const struct err *
factor_remove(struct db *db, const struct change *change, int64_t account, int64_t kept)
{
	struct journal j;
	const struct err *e = db_begin_write(db);

	if (e != NULL)
		return e;
	if ((e = factor_drop(db, change->territory, account)) == NULL)
		e = recovery_codes_drop(db, change->territory, account);
	if (e == NULL)
		e = logins_drop_others(db, change->territory, account, kept);
	if (e == NULL)
		e = journal_open(db, change, &j);
	if (e == NULL)
		e = trail_add(&j, "second_factors", account, 0, JOURNAL_DELETE, S("*"));
	return db_end(db, e);
}
