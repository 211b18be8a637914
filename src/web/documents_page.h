/* documents_page.h - papers and photos on pages: the list, the form that takes one, the file itself (views/documents.tmpl).
 * A page about something else than a person (a session) calls documents_take with the links set, and shows document_form in a form of its own
 * (multipart/form-data). */
#pragma once
#include "people/documents.h"
#include "web/form.h"
#include "web/person_page.h"

struct document_form {
	struct req *req;
	struct sheaf sheaf;     /* kind and label */
	const char *file_wrong; /* translated: why the file was refused; NULL */
	bool homes;             /* it may concern the whole household */
};
extern const char document_fields[]; /* "kind label" */

/* Takes the file and the fields that were sent: d has its links (person, session, organisation) set already. *taken false: the form says why, nothing
 * is written, and the page shows it again with 422. act: for the address (req_act). */
const struct err *documents_take(
    struct req *r, struct document *d, struct document_form *form, struct problems *faults, const char **act, bool *taken);
/* Whether this viewer may open it; ERR_NOTFOUND for all others, as for what is not there. */
const struct err *document_may_open(struct req *r, const struct document *d, bool *yes);
/* All faults of the form, at the top of its page. */
void document_faults(struct html *h, const struct document_form *form);
const char *document_size(struct arena *a, int64_t bytes);

struct documents_page {
	const struct person_page *person;
	struct document_line *v;
	size_t n;
	struct document_form form;
	str token;
};
