/* login.h - signing in through the web, and who is asking at each request.
 * A sign-in is a random token in the browser; only its hash is stored. It ends by itself (OWASP ASVS 7.3, NIST SP 800-63B AAL2):
 *     staff            after 1 hour without use, 12 hours in all
 *     administrators   30 minutes, 8 hours
 *     beneficiaries    15 minutes, 2 hours: their phones are often shared
 *     between password and second factor   10 minutes
 * The time is a parameter everywhere; a clock that is set back revives nothing. None of these is called inside a transaction. */
#pragma once
#include "access/hashing.h"
#include "access/throttle.h"
#include "access/viewer.h"

enum login_outcome {
	LOGIN_REFUSED, /* e-mail, password or code are not right: which, is not said */
	LOGIN_WAIT,    /* too many attempts: not before wait_ms */
	LOGIN_SECOND,  /* the token serves for login_second alone */
	LOGIN_DONE
};
struct login_answer {
	enum login_outcome outcome;
	str token; /* for the cookie; in the arena */
	int64_t wait_ms;
};

/* The same work, hashes and writes whether the e-mail is known or not. */
const struct err *login_try(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str email,
    str password, struct login_answer *out);
/* code: six digits of the telephone, or a recovery code. Gives a new token; the one before is worth nothing any more. */
const struct err *login_second(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor, str token,
    str code, struct login_answer *out);

/* Who holds this token; found is false for a wrong, ended or expired one. One indexed query, nothing is written (but that a sign-in
 * has expired, once). Texts of the viewer live in the arena. */
const struct err *login_find(struct db *db, struct arena *a, str token, int64_t now_ms, struct viewer *v, bool *found);
/* When viewer.note_due: notes that it was used, at most every five minutes. Somebody else who is writing is not waited for: the
 * next request notes it. */
const struct err *login_note(struct db *db, const struct viewer *v, int64_t now_ms);

struct login_line {
	int64_t id, made_ms, seen_ms;
	str agent; /* "Firefox, Windows"; absent: not known */
	bool this_one;
};
const struct err *login_list(
    struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms, struct login_line **list, size_t *n);
/* Another sign-in of the same account; one that is not theirs, or gone, is no error. */
const struct err *login_end(struct db *db, struct arena *a, const struct viewer *v, int64_t login, int64_t now_ms);
const struct err *login_end_others(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms);
const struct err *login_sign_out(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms);

/* Whether the holder is there again, before what deserves it (password, factor, export): counted and slowed like a sign-in. */
const struct err *login_confirm(struct db *db, struct arena *a, struct hashing *h, const struct visitor *visitor,
    const struct viewer *v, str password, struct login_answer *out);

/* A User-Agent in short words, of which none is translated. */
str agent_words(struct arena *a, str agent);
