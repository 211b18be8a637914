/* password.h - which passwords are taken, and changing one */
#pragma once
#include "access/hashing.h"
#include "access/viewer.h"
#include "base/problem.h"
#include "db/db.h"
#include "db/journal.h"

enum { PASSWORD_LEAST = 12, PASSWORD_LEAST_ADMINISTRATOR = 16, PASSWORD_MOST = 200 };

/* Whom it is for: what others would try first. */
struct password_about {
	enum role role;
	str name, email, city, organisation;
};

/* Long enough, and at least eight letters or digits of it are not what anybody would guess: common words in French and English,
 * keyboard rows, sequences, repetitions, years, the product, and the words of password_about. Nothing else is asked of it: no
 * capital, no digit, no change every so often. Faults in words, on the column "password". */
void password_check(str password, const struct password_about *about, struct problem_sink *sink);
int password_least(enum role role); /* characters */

/* After login_confirm. Refused by the sink: nothing is written. The other sign-ins of the account end. */
const struct err *password_change(struct db *db, struct arena *a, struct hashing *h, const struct viewer *v, str password,
    int64_t now_ms, struct problem_sink *sink);
/* Inside a write transaction, checked and hashed already; kept: the sign-in that goes on, 0: none. */
const struct err *password_put(struct db *db, struct journal *j, int64_t account, str hash, int64_t kept, int64_t now_ms);
