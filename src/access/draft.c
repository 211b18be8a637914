#include "access/draft.h"

#include <sodium.h>
#include <string.h>

#include "access/code.h"
#include "access/limits.h"
#include "db/seal.h"
#include "sql.h"

static const char place[] = "drafts.content";

/* Needs the installation's key and the browser's token, both. */
static const struct err *
key_of(struct db *db, str draft, unsigned char key[SEAL_KEY], bool *ok)
{
	unsigned char own[SEAL_KEY], theirs[32];
	const struct err *e = seal_key(db, "drafts", own);

	*ok = e == NULL && token_derive(draft, "draft", theirs);
	if (*ok)
		crypto_generichash(key, SEAL_KEY, theirs, sizeof theirs, own, sizeof own);
	sodium_memzero(own, sizeof own);
	return e;
}

/* Whose sign-in that was, while its row is still there. */
static const struct err *
owner(struct db *db, str login_token, int64_t *territory, int64_t *account)
{
	unsigned char hash[TOKEN_HASH];
	struct login_of_token_row row;
	struct db_rows rows;

	*territory = *account = 0;
	if (!token_hash(login_token, hash))
		return NULL;
	(void)login_of_token(db, &rows, (str){ (char *)hash, sizeof hash });
	while (login_of_token_next(&rows, &row)) {
		if (row.step == 2 && str_is(row.state, "active"))
			*territory = row.territory, *account = row.account;
	}
	return db_done(&rows);
}

static const struct err *
drop_oldest(struct db *db, int64_t territory, int64_t account)
{
	struct drafts_of_row row;
	struct db_rows rows;
	unsigned char oldest[DRAFTS_MOST * 2][TOKEN_HASH];
	size_t n = 0, over = 0;
	const struct err *e;

	(void)drafts_of(db, &rows, territory, account);
	while (drafts_of_next(&rows, &row)) {
		if (++n >= DRAFTS_MOST && over < DRAFTS_MOST * 2 && row.hash.len == TOKEN_HASH)
			memcpy(oldest[over++], row.hash.s, TOKEN_HASH);
	}
	e = db_done(&rows);
	for (size_t i = 0; e == NULL && i < over; i++)
		e = draft_drop(db, territory, account, (str){ (char *)oldest[i], TOKEN_HASH });
	return e;
}

const struct err *
draft_keep(struct db *db, struct arena *a, str login_token, str content, int64_t now_ms, str *draft)
{
	unsigned char hash[TOKEN_HASH], key[SEAL_KEY];
	int64_t territory, account;
	str token;
	bool ok;
	const struct err *e = db_begin_write(db);

	*draft = (str){ 0 };
	if (e != NULL)
		return e;
	e = owner(db, login_token, &territory, &account);
	if (e != NULL || account == 0 || content.len == 0 || content.len > DRAFT_MOST)
		return db_end(db, e);
	token = token_new(a, hash);
	if ((e = key_of(db, token, key, &ok)) == NULL && (e = drop_oldest(db, territory, account)) == NULL)
		e = draft_add(db, territory, account, (str){ (char *)hash, sizeof hash }, seal(a, key, place, account, content),
		    now_ms + DRAFT_MS);
	sodium_memzero(key, sizeof key);
	if ((e = db_end(db, e)) == NULL)
		*draft = token;
	return e;
}

static const struct err *
open_draft(struct db *db, struct arena *a, const struct viewer *v, str draft, str hash, int64_t now_ms, str *content)
{
	unsigned char key[SEAL_KEY];
	struct draft_find_row row;
	struct db_rows rows;
	bool ok, kept = false;
	const struct err *e = key_of(db, draft, key, &ok);

	if (e != NULL)
		return e;
	(void)draft_find(db, &rows, v->territory, v->account, hash);
	while (draft_find_next(&rows, &row)) {
		kept = true;
		if (ok && now_ms < row.expires_ms && now_ms >= row.expires_ms - DRAFT_MS)
			(void)unseal(a, key, place, v->account, row.content, content);
	}
	sodium_memzero(key, sizeof key);
	if ((e = db_done(&rows)) == NULL && kept)
		e = draft_drop(db, v->territory, v->account, hash);
	return e;
}

const struct err *
draft_take(struct db *db, struct arena *a, const struct viewer *v, str draft, int64_t now_ms, str *content)
{
	unsigned char hash[TOKEN_HASH];
	const struct err *e;

	*content = (str){ 0 };
	if (v->account == 0 || v->second_step || !token_hash(draft, hash))
		return NULL;
	if ((e = db_begin_write(db)) != NULL)
		return e;
	return db_end(db, open_draft(db, a, v, draft, (str){ (char *)hash, sizeof hash }, now_ms, content));
}
