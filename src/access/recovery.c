#include "access/recovery.h"

#include "access/code.h"
#include "access/trail.h"
#include "sql.h"

static const struct err *
unused(struct db *db, struct arena *a, int64_t territory, int64_t account, str locator, str *hash)
{
	struct recovery_code_find_row row;
	struct db_rows rows;

	*hash = (str){ 0 };
	(void)recovery_code_find(db, &rows, territory, account, locator);
	while (recovery_code_find_next(&rows, &row)) {
		if (row.used_ms == INT64_MIN)
			*hash = str_dup(a, row.hash);
	}
	return db_done(&rows);
}

const struct err *
recovery_find(struct db *db, struct arena *a, struct hashing *h, int64_t territory, int64_t account, str typed, str *locator)
{
	struct code code;
	str hash = { 0 };
	const struct err *e = NULL;

	*locator = (str){ 0 };
	if (code_read(typed, &code))
		e = unused(db, a, territory, account, code_locator(&code), &hash);
	if (e == NULL && hash_check(h, hash, code_secret(&code), NULL))
		*locator = str_dup(a, code_locator(&code));
	return e;
}

const struct err *
recovery_take(struct db *db, struct arena *a, int64_t territory, int64_t account, str locator, int64_t now_ms, bool *right)
{
	struct journal j;
	str hash;
	const struct err *e = unused(db, a, territory, account, locator, &hash);

	*right = e == NULL && hash.s != NULL;
	if (!*right)
		return e;
	if ((e = recovery_code_used(db, territory, account, locator, now_ms)) == NULL)
		e = trail_open(db, a, territory, account, "second factor", now_ms, &j);
	return e == NULL ? trail_add(&j, "recovery_codes", account, 0, JOURNAL_UPDATE, S("used")) : e;
}

void
recovery_make(struct arena *a, struct hashing *h, struct recovery *r)
{
	for (int i = 0; i < RECOVERY_CODES; i++) {
		struct code code;
		bool again;

		do {
			code = code_new();
			again = false;
			for (int k = 0; k < i; k++)
				again |= str_eq(r->locator[k], code_locator(&code));
		} while (again);
		r->shown[i] = code_shown(a, &code);
		r->locator[i] = str_dup(a, code_locator(&code));
		r->hash[i] = hash_make(h, a, code_secret(&code));
	}
}

const struct err *
recovery_put(struct db *db, int64_t territory, int64_t account, const struct recovery *r)
{
	const struct err *e = recovery_codes_drop(db, territory, account);

	for (int i = 0; e == NULL && i < RECOVERY_CODES; i++)
		e = recovery_code_add(db, territory, account, r->locator[i], r->hash[i]);
	return e;
}
