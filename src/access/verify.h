/* verify.h - accounts and their secrets, whether they belong together (jalon check). The records themselves are compared with the
 * journal by model/verify.h. */
#pragma once
#include "db/db.h"

/* Inside a read transaction. broken() for each place that does not hold: only opaque keys are told. *accounts: how many. */
const struct err *access_verify(
    struct db *db, struct arena *a, void (*broken)(void *to, int64_t account, const char *what), void *to, int64_t *accounts);
