/* partners_page.h - the directory of partners, and one of them, as their pages show it (views/partners.tmpl) */
#pragma once
#include "access/account.h"
#include "model/plan.h"
#include "web/form.h"
#include "web/page.h"

struct partner_contact {
	int64_t id;
	str name, function, phone, email, languages;
	day checked_on; /* DAY_NONE: never */
};
struct partner_role {
	bool carries; /* operator, else partner */
	str ref, number, title, contract;
};

struct partner {
	int64_t id;
	str ref, name, category;
	PLAN_LIST(struct partner_contact) contacts;
	PLAN_LIST(struct partner_role) roles; /* by number of the sheet */
	bool hidden;                          /* left out by the search */
};

struct partners_page {
	struct req *req;
	str q, category;   /* asked for */
	struct partner *v; /* by category as contracts list them, then by name */
	size_t n, shown;
	bool writes; /* the whole directory may be changed */
};

struct partner_page {
	struct req *req;
	struct organisation organisation, parent; /* parent.record.id 0: none */
	struct partner partner;
	bool writes;
	bool accesses; /* who may sign in is within reach */
	struct account_line *accounts;
	size_t n_accounts;
};

/* A form for a contact: new, or being changed. */
struct contact_page {
	struct req *req;
	const struct organisation *organisation;
	struct sheaf sheaf;
	int64_t id, version;          /* 0: a new one */
	const struct contact *stored; /* somebody changed it meanwhile: what is stored now; NULL */
};

/* An organisation, new or being changed. */
struct organisation_form {
	struct req *req;
	struct sheaf sheaf;
	str ref; /* absent: a new one */
	int64_t version;
	const struct organisation *stored; /* as in contact_page */
};

/* A contact that nobody has looked at for longer than this is to be checked again. */
enum { CHECKED_MONTHS = 12 };
static inline bool
contact_is_old(const struct partner_contact *c, day today)
{
	return c->checked_on == DAY_NONE || day_add_months(c->checked_on, CHECKED_MONTHS) <= today;
}
day partner_checked_on(const struct partner *p); /* the earliest of its contacts; DAY_NONE: one was never checked, or none */
/* "Operator of 1.2, 3.1; partner of 2.1" */
str partner_does(struct arena *a, const struct partner *p);
/* "tel:+33473..." without the blanks that people write. */
str phone_url(struct arena *a, str phone);

/* Of the viewer's city; organisation 0: all of them. Texts live in the request. */
const struct err *partners_read(struct req *r, struct partner **v, size_t *n);
/* Contacts and roles of one. */
const struct err *partner_fill(struct req *r, struct partner *p);
bool partner_writable(const struct req *r, int64_t organisation);
/* The partner that the address names. *organisation NULL: none, or its directory is not for this viewer to change; the answer is given then. */
const struct err *partner_open(struct req *r, struct organisation **organisation);
