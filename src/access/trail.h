/* trail.h - what happens to accounts, in the journal: sign-ins, refusals, passwords, factors. Never a value.
 * These rows have no record behind them (entities "logins", "refusals", "passwords", "second_factors", "recovery_codes",
 * "invitations"): what stands there is secret, and has no version. */
#pragma once
#include "db/journal.h"

str trail_actor(struct arena *a, int64_t account); /* how an account is named as the author of a change: "account 7123" */
int64_t trail_account(str actor);                  /* back from it; 0: a user of the machine, or nobody */
/* Opens the journal for something that an account does itself, at this moment. */
const struct err *trail_open(
    struct db *db, struct arena *a, int64_t territory, int64_t account, const char *cause, int64_t now_ms, struct journal *j);
/* record: the sign-in, or the account; part: the account, when record is not. */
const struct err *trail_add(
    struct journal *j, const char *what, int64_t record, int64_t part, enum journal_action action, str fields);
