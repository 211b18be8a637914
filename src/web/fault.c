#include "web/fault.h"

#include "base/text.h"
#include "views.h"
#include "web/page.h"
#include "web/route.h"

static const struct {
	int status;
	const char *title; /* N_ */
} kinds[] = {
	[ERR_INPUT] = { 400, N_("This cannot be done as asked") },
	[ERR_NOTFOUND] = { 404, N_("This page does not exist") },
	[ERR_CONFLICT] = { 409, N_("Somebody changed it meanwhile") },
	[ERR_BUSY] = { 503, N_("Somebody else is writing just now") },
	[ERR_FULL] = { 507, N_("There is no room left to write") },
	[ERR_WORLD] = { 500, N_("Something outside the program failed") },
	[ERR_DAMAGED] = { 500, N_("The stored data is not what it should be") },
};

/* Of the system's own words (a path, a server's answer), people see only those that they can act upon. */
static bool
for_people(enum err_kind kind)
{
	return kind == ERR_INPUT || kind == ERR_NOTFOUND || kind == ERR_CONFLICT;
}

void
fault_page(struct req *r, const struct err *e)
{
	struct page p = { .title = str_of(tr(kinds[e->kind].title)) };

	buf_clear(&r->out->body);
	r->out->n = 0;
	r->out->status = kinds[e->kind].status;
	if (e->kind == ERR_BUSY)
		answer_header(r->out, S("Retry-After"), S("5"));
	fault_told(page_begin(r, &p), e, for_people(e->kind));
	page_end(r);
}

const struct err *
fault_method(struct req *r)
{
	struct page p = { .title = str_of(tr("This page cannot be asked for that way")) };

	r->out->status = 405;
	answer_header(r->out, S("Allow"), r->in->method == METHOD_GET ? S("POST") : S("GET, HEAD"));
	fault_other_method(page_begin(r, &p));
	return page_end(r);
}

const struct err *
fault_refused(struct req *r, enum right right)
{
	struct page p = { .title = str_of(tr("This page is not open to you")) };

	r->out->status = 403;
	fault_not_for_you(page_begin(r, &p), &r->viewer, right);
	return page_end(r);
}

const struct err *
fault_looking(struct req *r)
{
	struct page p = { .title = str_of(tr("Nothing was changed")) };

	r->out->status = 403;
	fault_only_looking(page_begin(r, &p));
	return page_end(r);
}
