/* partners.c - reading the directory of partners */
#include <stdlib.h>

#include "base/text.h"
#include "model/choices.h"
#include "model/fold.h"
#include "sql.h"
#include "web/partners_page.h"

/* --- words --- */

day
partner_checked_on(const struct partner *p)
{
	day earliest = DAY_FOREVER;

	for (size_t i = 0; i < p->contacts.n; i++) {
		if (p->contacts.v[i].checked_on < earliest)
			earliest = p->contacts.v[i].checked_on;
	}
	return earliest == DAY_FOREVER ? DAY_NONE : earliest;
}

static void
add_numbers(struct buf *b, const struct partner *p, bool carries)
{
	bool any = false;

	for (size_t i = 0; i < p->roles.n; i++) {
		if (p->roles.v[i].carries != carries)
			continue;
		if (any)
			buf_add(b, S(", "));
		buf_add(b, p->roles.v[i].number);
		any = true;
	}
}

static bool
has_role(const struct partner *p, bool carries)
{
	for (size_t i = 0; i < p->roles.n; i++) {
		if (p->roles.v[i].carries == carries)
			return true;
	}
	return false;
}

str
partner_does(struct arena *a, const struct partner *p)
{
	struct buf b = { 0 };

	if (has_role(p, true)) {
		buf_format(&b, "%s ", tr("Operator of"));
		add_numbers(&b, p, true);
	}
	if (has_role(p, false)) {
		buf_format(&b, "%s ", b.len > 0 ? tr("; partner of") : tr("Partner of"));
		add_numbers(&b, p, false);
	}
	return buf_kept(&b, a);
}

str
phone_url(struct arena *a, str phone)
{
	struct buf b = { 0 };

	buf_add(&b, S("tel:"));
	for (size_t i = 0; i < phone.len; i++) {
		if ((phone.s[i] >= '0' && phone.s[i] <= '9') || (phone.s[i] == '+' && i == 0))
			buf_char(&b, phone.s[i]);
	}
	return buf_kept(&b, a);
}

/* --- reading --- */

static int
by_id(const void *a, const void *b)
{
	int64_t x = ((const struct partner *)a)->id, y = ((const struct partner *)b)->id;

	return (x > y) - (x < y);
}

static struct partner *
of_id(struct partner *v, size_t n, int64_t id)
{
	struct partner key = { .id = id };

	return n == 0 ? NULL : bsearch(&key, v, n, sizeof *v, by_id);
}

static void
add_contact(struct req *r, struct partner *p, const struct directory_contacts_row *row)
{
	*PLAN_ADD(r->arena, &p->contacts) = (struct partner_contact){ .id = row->id,
		.name = str_dup(r->arena, row->name),
		.function = str_dup(r->arena, row->function),
		.phone = str_dup(r->arena, row->phone),
		.email = str_dup(r->arena, row->email),
		.languages = str_dup(r->arena, row->languages),
		.checked_on = row->checked_on };
}

static void
add_role(struct req *r, struct partner *p, const struct directory_roles_row *row)
{
	*PLAN_ADD(r->arena, &p->roles) = (struct partner_role){ .carries = str_is(row->role, "operator"),
		.ref = str_dup(r->arena, row->ref),
		.number = str_dup(r->arena, row->number),
		.title = str_dup(r->arena, row->title),
		.contract = str_dup(r->arena, row->contract_ref) };
}

static int
by_number(const void *a, const void *b)
{
	return str_natural(((const struct partner_role *)a)->number, ((const struct partner_role *)b)->number);
}

/* organisation NUMBER_NONE: of all; v by id. */
static const struct err *
fill(struct req *r, int64_t organisation, struct partner *v, size_t n)
{
	struct directory_contacts_row contact;
	struct directory_roles_row role;
	struct db_rows rows;
	struct partner *p;
	const struct err *e;

	(void)directory_contacts(r->db, &rows, r->viewer.territory, organisation);
	while (directory_contacts_next(&rows, &contact))
		if ((p = of_id(v, n, contact.organisation_id)) != NULL)
			add_contact(r, p, &contact);
	if ((e = db_done(&rows)) != NULL)
		return e;
	(void)directory_roles(r->db, &rows, r->viewer.territory, organisation);
	while (directory_roles_next(&rows, &role))
		if ((p = of_id(v, n, role.organisation_id)) != NULL)
			add_role(r, p, &role);
	for (size_t i = 0; i < n; i++) {
		if (v[i].roles.n > 0)
			qsort(v[i].roles.v, v[i].roles.n, sizeof *v[i].roles.v, by_number);
	}
	return db_done(&rows);
}

const struct err *
partner_fill(struct req *r, struct partner *p)
{
	return fill(r, p->id, p, 1);
}

/* As contracts list them: the order of the words in the .def; then by name, whatever its accents. */
static int
in_order(const void *va, const void *vb)
{
	const struct partner *a = va, *b = vb;
	const char *choices = entity_field(&entities[ENTITY_organisations], "category")->choices;
	int x = choice_index(choices, a->category), y = choice_index(choices, b->category), c;
	struct folded p = { 0 }, q = { 0 };

	if (x != y)
		return x - y;
	folded_add(&p, a->name);
	folded_add(&q, b->name);
	c = str_cmp(folded_str(&p), folded_str(&q));
	return c != 0 ? c : by_id(a, b);
}

const struct err *
partners_read(struct req *r, struct partner **v, size_t *n)
{
	PLAN_LIST(struct partner) all = { 0 };
	struct directory_names_row row;
	struct db_rows rows;
	const struct err *e;

	(void)directory_names(r->db, &rows, r->viewer.territory);
	while (directory_names_next(&rows, &row))
		*PLAN_ADD(r->arena, &all) = (struct partner){ .id = row.id,
			.ref = str_dup(r->arena, row.ref),
			.name = str_dup(r->arena, row.name),
			.category = str_dup(r->arena, row.category) };
	if ((e = db_done(&rows)) != NULL)
		return e;
	if (all.n > 0)
		qsort(all.v, all.n, sizeof *all.v, by_id);
	e = fill(r, NUMBER_NONE, all.v, all.n);
	if (all.n > 0)
		qsort(all.v, all.n, sizeof *all.v, in_order);
	*v = all.v;
	*n = all.n;
	return e;
}

bool
partner_writable(const struct req *r, int64_t organisation)
{
	const struct viewer *v = &r->viewer;

	if (v->looking || !viewer_may(v, RIGHT_PARTNERS_WRITE))
		return false;
	return viewer_limit(v, RIGHT_PARTNERS_WRITE) == 0 || viewer_limit(v, RIGHT_PARTNERS_WRITE) == organisation;
}

const struct err *
partner_open(struct req *r, struct organisation **organisation)
{
	struct organisation *o = ARENA_NEW(r->arena, struct organisation);
	bool there;
	const struct err *e =
	    entity_by_ref(r->db, r->viewer.territory, &entities[ENTITY_organisations], r->parts[0], r->arena, o, &there);

	*organisation = NULL;
	if (e != NULL)
		return e;
	if (!there)
		return reply_missing(r);
	if (!partner_writable(r, o->record.id))
		return reply_refused(r, RIGHT_PARTNERS_WRITE);
	*organisation = o;
	return NULL;
}
