/* accesses.h - the accounts that a viewer gives and ends, as their pages show them (views/accesses.tmpl) */
#pragma once
#include "access/account.h"
#include "access/invitation.h"
#include "web/asked.h"
#include "web/form.h"
#include "web/page.h"
#include "web/parts.h"

/* Whether somebody can get in, and if not, why. */
enum access_state {
	ACCESS_ACTIVE,
	ACCESS_INVITED, /* a code is out, no password yet */
	ACCESS_WAITING, /* neither a code nor a password */
	ACCESS_ENDING,  /* active, for at most 30 days more */
	ACCESS_EXPIRED,
	ACCESS_ENDED,
	ACCESS_STATES
};
extern const char *const access_words[ACCESS_STATES]; /* in addresses */
enum access_state access_state_of(const struct account_line *l, int64_t now_ms);
const char *access_label(enum access_state s); /* translated */
enum flag access_flag(enum access_state s);

struct accesses_page {
	struct req *req;
	str q; /* asked for: these, and ask_role, ask_state, ask_organisation; -1, 0: all */
	int role, state;
	int64_t organisation;
	const struct choice *organisations; /* that can be asked for */
	size_t n_organisations;
	const struct account_line **v; /* of this page */
	size_t n, all;
	struct paging paging;
};
/* Who it is, in a list: the name, or for a beneficiary whose file is not read, the words that say so. */
str access_name(struct arena *a, const struct account_line *l);
str access_url(struct arena *a, int64_t account, const char *rest);
/* The same list with one thing asked for differently; name NULL: none. */
str accesses_url(const struct accesses_page *p, const char *name, str value);

struct access_page {
	struct req *req;
	struct account account;
	struct account_line line;
	bool hidden; /* a beneficiary, whose name and address are not this viewer's to see */
	bool gives;  /* may change it */
	struct asked form;
	/* the form of a new or changed one */
	struct sheaf sheaf;
	struct choices choices[3];
	str person; /* key of the file of a beneficiary, as it was typed */
	bool asks_person;
	int64_t version;
	const struct account *stored; /* changed meanwhile: what is stored now; NULL */
};

/* The account that the address names, before a change; one that is not the viewer's to change is not there. */
const struct err *access_read_given(struct access_page *p, struct req *r, bool *there);

/* One letter to print: the code in it is shown this once. */
struct letter {
	struct holder holder;
	struct invitation invitation;
	bool hidden; /* neither name nor address */
	bool reset;
};
struct letters_page {
	struct req *req;
	const struct letter *v;
	size_t n;
	str place; /* address of the page for codes */
	str back;  /* address */
};
const struct err *letters_show(struct letters_page *p);
/* A code for that account, now. */
const struct err *letter_make(struct req *r, int64_t account, bool reset, bool hidden, struct letter *out);

/* Organisations whose accesses this viewer gives, by name. */
const struct err *access_organisations(struct req *r, const struct choice **v, size_t *n);
/* The roles that this viewer gives, as words with a blank between them; beneficiaries: that of beneficiary too. */
str access_roles(struct req *r, bool beneficiaries);

/* Several at once, from a pasted list: a line a person. */
enum { SEVERAL_MOST = 60 };
struct several_line {
	str email, name, role, organisation; /* as typed */
	int number;
	struct account account;
	struct problems faults;
};
struct several_page {
	struct asked form;
	str typed;
	struct several_line *v;
	size_t n, wrong;
	bool checked; /* the table is shown */
};
const char *several_label(str column); /* N_: of the field that a fault is about */
