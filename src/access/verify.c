#include "access/verify.h"

#include <sodium.h>

#include "access/account.h"
#include "access/factor.h"
#include "base/text.h"
#include "db/seal.h"
#include "sql.h"

struct verifying {
	struct arena *a;
	unsigned char key[SEAL_KEY];
	void (*broken)(void *to, int64_t account, const char *what);
	void *to;
};

static const struct err *
orphans(struct verifying *v, struct db *db)
{
	struct secrets_without_account_row row;
	struct db_rows rows;

	(void)secrets_without_account(db, &rows);
	while (secrets_without_account_next(&rows, &row))
		v->broken(v->to, row.account,
		    str_format(v->a, tr("%.*s: a secret of an account that is not there"), STR_ARG(row.name)).s);
	return db_done(&rows);
}

static void
verify_account(struct verifying *v, const struct secrets_all_row *row)
{
	str secret;

	if (role_named(row->role) < 0)
		v->broken(v->to, row->account, tr("a role that the table of rights does not know"));
	if (!str_is(row->state, "active") && row->logins > 0)
		v->broken(v->to, row->account, tr("the account has ended, and is still signed in"));
	if (row->hash.s != NULL && !str_starts(row->hash, S("$argon2id$")))
		v->broken(v->to, row->account, tr("what is kept of the password is not what the program writes"));
	if (row->secret.s != NULL && !unseal(v->a, v->key, FACTOR_PLACE, row->account, row->secret, &secret))
		v->broken(v->to, row->account, tr("the second factor cannot be opened with the key of this installation"));
}

const struct err *
access_verify(
    struct db *db, struct arena *a, void (*broken)(void *to, int64_t account, const char *what), void *to, int64_t *accounts)
{
	struct verifying v = { .a = a, .broken = broken, .to = to };
	struct secrets_all_row row;
	struct db_rows rows;
	const struct err *e = orphans(&v, db);
	bool key = false;

	*accounts = 0;
	if (e != NULL)
		return e;
	(void)secrets_all(db, &rows);
	while (e == NULL && secrets_all_next(&rows, &row)) {
		++*accounts;
		if (!key && row.secret.s != NULL) { /* a database without a change has no key yet */
			e = seal_key(db, FACTOR_PURPOSE, v.key);
			key = true;
		}
		if (e == NULL)
			verify_account(&v, &row);
	}
	sodium_memzero(v.key, sizeof v.key);
	if (e != NULL) {
		(void)db_done(&rows);
		return e;
	}
	return db_done(&rows);
}
