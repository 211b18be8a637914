/* throttle.h - each failed attempt to get in makes the next one wait longer; nobody can lock another out.
 * Counted three ways, under keyed hashes: for a name from one address (5 are free), for an address whatever the names (30), for
 * a name whatever the address (20). The last does not hold where that name got in during the last 90 days, so that attempts from
 * elsewhere never stop the holder at the usual desk. Then 1 s, 2 s, 4 s... up to 15 minutes; forgotten after a day. */
#pragma once
#include "db/db.h"

struct visitor {   /* who stands at the door, as the request tells it */
	str peer;  /* address */
	str agent; /* User-Agent */
	int64_t now_ms;
};

/* name: what is tried ("sign-in", "second", "code"); who: of whom, an e-mail or a locator.
 * Inside a write transaction. The attempt counts as failed until throttle_passed says otherwise, so that many at once count too.
 * *wait_ms > 0: refuse without looking, and do not count it. */
const struct err *throttle_take(struct db *db, const char *name, str who, const struct visitor *visitor, int64_t *wait_ms);
/* It succeeded: takes back what was counted. known: who is at home at this address from now on. */
const struct err *throttle_passed(struct db *db, const char *name, str who, const struct visitor *visitor, bool known);
const struct err *throttle_purge(struct db *db, int64_t now_ms);
