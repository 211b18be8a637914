/* factor.h - the second factor: six digits that a telephone makes from a shared secret (TOTP, RFC 6238), and codes on paper for the
 * day it is lost. The secret is sealed in the database; a code is taken once. None of these is called inside a transaction, but
 * factor_take. */
#pragma once
#include "access/hashing.h"
#include "access/login.h"
#include "db/journal.h"

enum { RECOVERY_CODES = 8 };
#define FACTOR_PURPOSE "second_factors"      /* of its key (db/seal.h) */
#define FACTOR_PLACE "second_factors.secret" /* where the secret stands */

/* A new secret, that is not asked for before factor_confirm: shown as a QR code of the uri, and to be typed. Replaces one that is
 * in use only when that one has been dropped: ERR_CONFLICT. */
struct factor_offer {
	str secret; /* base 32, in groups of four letters */
	str uri;    /* otpauth://totp/... */
};
const struct err *factor_begin(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms, struct factor_offer *out);
/* The same again while it waits for its first code, for a page that is loaded anew: for fifteen minutes; then *found is false. */
const struct err *factor_offered(
    struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms, struct factor_offer *out, bool *found);
/* The first right code puts it in use and gives the recovery codes, shown once; the other sign-ins end. *right false: a wrong code. */
const struct err *factor_confirm(struct db *db, struct arena *a, struct hashing *h, const struct viewer *v, str code,
    int64_t now_ms, bool *right, str codes[RECOVERY_CODES]);
const struct err *factor_new_codes(
    struct db *db, struct arena *a, struct hashing *h, const struct viewer *v, int64_t now_ms, str codes[RECOVERY_CODES]);
/* change: who takes it away, which is somebody else for a lost telephone (an administrator, after seeing the person).
 * kept: the sign-in that goes on, 0: none; the others end. */
const struct err *factor_remove(struct db *db, const struct change *change, int64_t account, int64_t kept);
/* In use; how many recovery codes are left. */
const struct err *factor_state(struct db *db, const struct viewer *v, bool *in_use, int64_t *codes_left);

/* Inside a write transaction: whether these digits are right now and were not taken before; takes them. */
const struct err *factor_take(
    struct db *db, struct arena *a, int64_t territory, int64_t account, str digits, int64_t now_ms, bool *right);

/* The digits themselves, for tests of the standard: the step that they belong to, within one of now; -1: wrong. */
int64_t totp_step(str secret, str digits, int64_t now_ms);
