/* invitation.h - how somebody gets a password: a code on paper or by mail, single use, good for 14 days. Who gives it never knows the
 * password; a reset is the same for somebody who has lost theirs, which stays good until the code is used. */
#pragma once
#include "access/account.h"
#include "access/login.h"
#include "access/password.h"

enum invitation_kind { INVITATION_NEW, INVITATION_RESET };
struct invitation {
	str code; /* ABCD-EFGH-JKMN-PQRS */
	int64_t expires_ms;
};

/* change: who invites. The unused codes before it are void. Refuses an account that has ended. Not inside a transaction. */
const struct err *invitation_make(struct db *db, struct arena *a, struct hashing *h, const struct change *change, int64_t account,
    enum invitation_kind kind, int64_t now_ms, struct invitation *out);
/* What to print and hand over, or to send: plain text in the language chosen with text_start. place: the address of the sign-in page. */
str invitation_letter(
    struct arena *a, const struct holder *holder, const struct invitation *i, enum invitation_kind kind, str place);

/* Whose code this is: LOGIN_DONE, LOGIN_REFUSED (wrong, used, expired, account ended), LOGIN_WAIT. */
const struct err *invitation_read(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str code,
    struct login_answer *out, struct holder *holder);
/* Sets the password and notes that the rules of use were accepted; uses the code up, ends every sign-in. Then they sign in as always.
 * LOGIN_DONE only without fault: a password that is not taken, rules that are not accepted. */
const struct err *invitation_accept(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str code,
    str password, bool rules_accepted, struct login_answer *out, struct problem_sink *sink);
