/* draft.h - what somebody was typing when the sign-in expired: kept for 12 hours, for the same account alone, sealed with a key that
 * only the browser holds. */
#pragma once
#include "access/viewer.h"
#include "db/db.h"

enum { DRAFT_MOST = 512 * 1024, DRAFTS_MOST = 10 }; /* bytes of one; how many an account keeps, the newest */

/* login_token: the expired one that came with the form; without it, or when it was signed out, nothing is kept.
 * *draft: to be carried through the sign-in (a hidden field), absent when nothing was kept. */
const struct err *draft_keep(struct db *db, struct arena *a, str login_token, str content, int64_t now_ms, str *draft);
/* After the sign-in: the content, once; absent when it is gone, or somebody else's. */
const struct err *draft_take(struct db *db, struct arena *a, const struct viewer *v, str draft, int64_t now_ms, str *content);
