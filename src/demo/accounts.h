/* accounts.h - an account for each role, to try and to show. Their passwords are made for each database and stand readable in its
 * facts, so that the door can show them: only in a database whose people are all invented. */
#pragma once
#include "access/hashing.h"
#include "access/viewer.h"
#include "db/journal.h"

struct demo_account {
	enum role role;
	str email, password;
};

/* Makes those that are not there yet. Refuses a database that holds people, pathways or accounts which no demonstration has made
 * (ERR_INPUT), and one without invented people. Not inside a transaction. */
const struct err *demo_accounts_make(
    struct db *db, struct arena *a, struct hashing *h, const struct change *change, int64_t now_ms);

/* The day on which the demonstration stands still, the last of its records: pages take it for today, so that what is due there is a
 * matter of days and not of years. DAY_NONE in any other database, and once somebody real is in it. */
const struct err *demo_day(struct db *db, struct arena *a, day *out);

/* Whether such accounts may still sign in although somebody real is in the database by now. */
const struct err *demo_accounts_exposed(struct db *db, struct arena *a, bool *exposed);

/* Those of a demonstration, in the order of roles.def; none (*n 0) in any other database, nor once somebody real is in it.
 * Reads the journal: asked once, not at every page. */
const struct err *demo_accounts_read(struct db *db, struct arena *a, struct demo_account v[ROLES], size_t *n);
