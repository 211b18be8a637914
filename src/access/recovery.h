/* recovery.h - the codes on paper that replace a telephone, between the files of this room */
#pragma once
#include "access/factor.h"
#include "access/hashing.h"

/* Outside a transaction, for it hashes: the locator of the code that this is, absent when it is none. */
const struct err *recovery_find(
    struct db *db, struct arena *a, struct hashing *h, int64_t territory, int64_t account, str typed, str *locator);
/* Inside a write transaction: takes it, unless somebody was faster. */
const struct err *recovery_take(
    struct db *db, struct arena *a, int64_t territory, int64_t account, str locator, int64_t now_ms, bool *right);

/* Outside: new codes and their hashes. Inside: put in place of the ones before. */
struct recovery {
	str shown[RECOVERY_CODES], locator[RECOVERY_CODES], hash[RECOVERY_CODES];
};
void recovery_make(struct arena *a, struct hashing *h, struct recovery *r);
const struct err *recovery_put(struct db *db, int64_t territory, int64_t account, const struct recovery *r);
