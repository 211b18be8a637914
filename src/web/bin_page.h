/* bin_page.h - what the bin shows (views/undo.tmpl) */
#pragma once
#include "people/who.h"
#include "web/form.h"
#include "web/page.h"

struct removal {
	int64_t change, at_ms, record, version;
	const struct entity *e;
	str at, cause, key; /* key: of the change, in addresses */
	bool own;
	const void *content;        /* what it was; NULL: not kept any more */
	struct person_line *person; /* whom it was about; NULL: nobody, or nobody whom this viewer sees */
};
struct bin_page;
/* A value that says to this viewer what it was. */
bool bin_shows(const struct bin_page *b, const struct removal *x, const struct field *f);
struct bin_page {
	struct req *req;
	struct removal *v;
	size_t n;
};
