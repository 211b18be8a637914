/* viewer.h - who is asking: an account signed in through the web, and how far each of its rights reaches.
 * Every page and every record asks here, and only here (roles.def, rights.def). */
#pragma once
#include "base/str.h"
#include "model/field.h"

#define ROLE(name, label) ROLE_##name,
enum role {
#include "access/roles.def"
	ROLES
};
#undef ROLE

#define RIGHT(name, ...) RIGHT_##name,
enum right {
#include "access/rights.def"
	RIGHTS
};
#undef RIGHT

enum reach { REACH_NO, REACH_OWN, REACH_ALL };

struct viewer {
	int64_t territory;    /* the keeper whose records are seen */
	int64_t account;      /* 0: nobody is signed in */
	int64_t login;        /* this sign-in, among the account's others */
	int64_t organisation; /* 0: none */
	int64_t person;       /* a beneficiary's own file; 0: not one */
	enum role role;
	str name; /* of the account's holder */
	str organisation_name;
	str city;         /* name of the keeper's first territory */
	str language;     /* "fr", "en"; absent: not chosen */
	str form_token;   /* secret of this sign-in that its forms carry, masked: form_token.h */
	bool second_step; /* the password was right, the second factor is still asked for: may do nothing else */
	bool note_due;    /* login_note has something to write once the answer is sent */
	bool looking;     /* sees the pages as another role does: reaches what both reach, and changes nothing */
	enum role really; /* their own role, when looking */
};

extern const char *const role_names[ROLES];  /* as stored */
extern const char *const role_labels[ROLES]; /* N_ */
extern const char *const right_names[RIGHTS];
extern const char *const right_labels[RIGHTS]; /* N_ */
int role_named(str name);                      /* -1: none */
int right_named(str name);

enum reach reach_of(enum role role, enum right right);
/* How far; NO for nobody and before the second factor. OWN without an organisation (or person) is NO. */
enum reach viewer_reach(const struct viewer *v, enum right right);
static inline bool
viewer_may(const struct viewer *v, enum right right)
{
	return viewer_reach(v, right) != REACH_NO;
}
/* The organisation that queries are limited to: 0 when the right reaches everything, -1 (which is none) for a beneficiary,
 * whose limit is their own file. Only after viewer_may. */
int64_t viewer_limit(const struct viewer *v, enum right right);
/* Reaches the contracts of every city, not of its own alone: an observer, and nobody who only looks as one. */
bool viewer_roams(const struct viewer *v);
/* Whether this viewer may read fields of that sensitivity, in a record that is within its reach. SENS_SENSITIVE is never
 * read by the way: its page asks for a reason first. */
bool viewer_reads(const struct viewer *v, enum sensitivity s);
