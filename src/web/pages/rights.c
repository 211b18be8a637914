/* who can see what: the one table of rights, in sentences; and seeing the pages as another role does */
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/door.h"
#include "web/page.h"
#include "web/rights_page.h"
#include "web/route.h"

/* Of those that are bound to an organisation the pages are empty without one. */
static const struct err *
read_organisations(struct req *r, struct rights_page *p)
{
	enum { MOST = 500 };
	struct organisations_named_row row;
	struct db_rows rows;
	struct choice *v = ARENA_ARRAY(r->arena, MOST, struct choice);

	(void)organisations_named(r->db, &rows, r->viewer.territory);
	while (organisations_named_next(&rows, &row))
		if (p->n < MOST)
			v[p->n++] = (struct choice){ row.id, str_dup(r->arena, row.name) };
	p->organisations = v;
	return db_done(&rows);
}

const struct err *
rights_page(struct req *r)
{
	struct rights_page p = { .req = r, .token = door_token(r) };
	struct page frame = { .title = str_of(tr("Who can see what")) };
	const struct err *e = NULL;

	p.looks = !r->viewer.looking && viewer_may(&r->viewer, RIGHT_LOOK_AS);
	if (p.looks)
		e = read_organisations(r, &p);
	if (e != NULL)
		return e;
	rights_of_roles(page_begin(r, &frame), &p);
	return page_end(r);
}

bool
role_can_be_seen(const struct viewer *v, enum role role)
{
	return role != v->role && role != ROLE_beneficiary; /* whose pages are one person's file */
}

const struct err *
look_begin(struct req *r)
{
	const int role = role_named(req_form(r, "role"));

	if (role < 0 || !role_can_be_seen(&r->viewer, (enum role)role))
		return reply_see(r, "/droits");
	door_look(r, role, key_long(req_form(r, "organisme")));
	return reply_see(r, "/");
}

const struct err *
look_end(struct req *r)
{
	door_look(r, -1, 0);
	return reply_see(r, "/droits");
}
