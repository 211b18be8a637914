/* documents.h - papers and photos attached to a person, a household or a session. What they are is a record (documents.def); what they hold is
 * sealed (db/seal.h) in a table of its own: one transaction and one backup hold both. A record that is removed can be put back while its content
 * stays: 30 days. None is kept longer than its day (keep_until). */
#pragma once
#include "model/model.h"
#include "model/save.h"
#include "people/document_check.h"
#include "people/who.h"

/* How long a document of that kind is kept from the day it came, in months. */
int document_months(str kind);
/* Writes it with its content (what document_check kept); type, bytes, digest, added_on and keep_until are set here, the rest stands in d. */
const struct err *document_add(
    struct save *s, struct arena *a, struct document *d, enum document_type type, str content, day today);
/* What it holds. ERR_DAMAGED when it is not what was written, ERR_NOTFOUND when it is there no more. */
const struct err *document_content_read(
    struct db *db, struct arena *a, int64_t territory, const struct document *d, str *content);

struct document_line {
	struct document document; /* without its digest */
	str organisation_name;
	bool health; /* added by an operator of health: what it is is not told to the city */
};
/* Those of a person and of their household, the latest first: of everybody, or of the sight's organisation alone. household: absent, none. */
const struct err *documents_of(const struct sight *s, int64_t person, str household, struct document_line **to, size_t *n);
const struct err *documents_at_session(const struct sight *s, int64_t session, struct document_line **to, size_t *n);

/* Removes those whose day has come, and forgets the contents of those that were removed more than 30 days ago. In a write transaction of its own. */
const struct err *documents_sweep(struct db *db, struct arena *a, day today, int64_t now_ms);
