/* account.h - accounts as records, and what a sign-in needs to know of one */
#pragma once
#include "access/viewer.h"
#include "base/problem.h"
#include "db/db.h"
#include "model/save.h"

/* An e-mail as it is stored and compared: without blanks around it, in small letters. */
str email_folded(struct arena *a, str typed);

/* Somebody who may sign in, read for that purpose. Texts live in the arena. */
struct holder {
	int64_t territory, account; /* account 0: there is none */
	str email, name, language;
	enum role role;
	int64_t organisation, person; /* 0: none */
	bool active;                  /* neither ended nor expired */
	bool second;                  /* a second factor is in use */
	str hash;                     /* of the password; absent: none is set yet */
};
const struct err *holder_by_email(struct db *db, struct arena *a, str email, int64_t now_ms, struct holder *to);
const struct err *holder_by_id(
    struct db *db, struct arena *a, int64_t territory, int64_t account, int64_t now_ms, struct holder *to);

/* Whether an account may still be used on the day of now_ms, on the wall's clock: its last day counts. */
bool account_active(str state, day expires_on, int64_t now_ms);

/* The one way to write an account: folds the e-mail; refuses one that another account has, a role that is not known, and the end of
 * the last administrator, all into the sink (then nothing is written: *written false). An account that ends, or changes its e-mail,
 * loses its sign-ins. Inside the save's transaction. */
const struct err *account_save(struct save *s, struct arena *a, struct account *account, const struct account *old,
    struct problem_sink *sink, bool *written);

/* Who may give which accesses: an administrator all of them; an operator's manager those of their own staff. */
bool account_may_give(const struct viewer *v, enum role role, int64_t organisation);

struct account_line {
	int64_t id;
	str email, name; /* absent for beneficiaries, unless the viewer reads people's files */
	enum role role;
	int64_t organisation, person; /* 0: none */
	str organisation_name;
	bool ended;
	day expires_on;
	bool password, factor;             /* are set */
	int64_t invited_until_ms, seen_ms; /* 0: never */
};
/* Those that the viewer may see by RIGHT_ACCOUNTS: only after viewer_may. */
const struct err *accounts_list(struct db *db, struct arena *a, const struct viewer *v, struct account_line **list, size_t *n);
