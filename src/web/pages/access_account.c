/* one access: what it is, changing it, ending and reopening it, a lost telephone */
#include "access/factor.h"
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/accesses.h"
#include "web/door.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_accounts];
static const char all_fields[] = "name email role organisation language expires_on";
static const char hidden_fields[] = "language expires_on"; /* of a beneficiary whose file is not read */

/* ---- reading ---- */

/* The account that the address names, among those within reach. */
static const struct err *
read_access(struct access_page *p, struct req *r, bool *there)
{
	const int64_t key = key_long(r->parts[0]);
	struct account_line *lines;
	size_t n;
	const struct err *e = accounts_list(r->db, r->arena, &r->viewer, &lines, &n);

	*p = (struct access_page){ .req = r, .form = asked_of(r) };
	*there = false;
	for (size_t i = 0; e == NULL && i < n; i++) {
		if (lines[i].id != key)
			continue;
		p->line = lines[i];
		e = entity_by_id(r->db, r->viewer.territory, kind, key, r->arena, &p->account, there);
	}
	p->hidden = p->line.name.s == NULL;
	p->version = p->account.record.version;
	p->gives = *there && !r->viewer.looking && account_may_give(&r->viewer, p->line.role, p->line.organisation);
	return e;
}

const struct err *
access_read_given(struct access_page *p, struct req *r, bool *there)
{
	const struct err *e = read_access(p, r, there);

	*there = *there && p->gives;
	return e;
}

static const char *
done_words(str word)
{
	if (str_is(word, "ajoute"))
		return tr("The access is added. Now make the code on paper, with which its holder chooses a password.");
	if (str_is(word, "change"))
		return tr("The access is changed.");
	if (str_is(word, "fin"))
		return tr("The access has ended, and all its sign-ins with it.");
	if (str_is(word, "reouverture"))
		return tr("The access is open again, with the password that it had.");
	if (str_is(word, "second-facteur"))
		return tr("The second step is taken away, and all sign-ins of this access have ended.");
	return NULL;
}

static const struct err *
show(struct access_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Access")), .menu = MENU_ACCESSES, .done = done_words(req_query(r, "fait")) };

	frame.heading = access_name(r->arena, &p->line);
	frame.fault = p->form.n > 0;
	if (p->form.n > 0)
		r->out->status = 422;
	page_crumb(&frame, str_of(tr("Accesses")), S("/acces"));
	access_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
access_show(struct req *r)
{
	struct access_page p;
	bool there;
	const struct err *e = read_access(&p, r, &there);

	return e != NULL ? e : there ? show(&p) : reply_missing(r);
}

/* ---- the form ---- */

static const struct err *
make_form(struct access_page *p)
{
	struct req *r = p->req;
	/* Whose file a beneficiary sees is said at the beginning: an access does not become one of theirs later, nor another. */
	const bool kept = p->account.record.id != 0, own = p->line.role == ROLE_beneficiary;
	str roles = kept && own ? S("beneficiary") : access_roles(r, !kept);
	const struct choice *v;
	size_t n;
	const struct err *e = access_organisations(r, &v, &n);

	p->choices[0] = (struct choices){ .field = "organisation", .v = v, .n = n };
	p->choices[1] = (struct choices){ .field = "role", .only = str_z(r->arena, roles) };
	p->choices[2] = (struct choices){ .field = "language", .only = "fr en" };
	p->sheaf.req = r;
	p->sheaf.entity = kind;
	p->sheaf.names = p->hidden ? hidden_fields : all_fields;
	p->sheaf.choices = p->choices;
	p->sheaf.n_choices = 3;
	p->asks_person = p->account.record.id == 0 && account_may_give(&r->viewer, ROLE_beneficiary, 0);
	return e;
}

static const struct err *
show_form(struct access_page *p)
{
	struct req *r = p->req;
	const bool added = p->account.record.id == 0;
	struct page frame = { .title = str_of(added ? tr("New access") : tr("Change an access")), .menu = MENU_ACCESSES };

	frame.fault = p->sheaf.faults != NULL;
	page_crumb(&frame, str_of(tr("Accesses")), S("/acces"));
	if (!added)
		page_crumb(&frame, access_name(r->arena, &p->line), access_url(r->arena, p->account.record.id, ""));
	if (p->stored != NULL)
		r->out->status = 409;
	else if (p->sheaf.faults != NULL)
		r->out->status = 422;
	access_form_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
access_new(struct req *r)
{
	struct access_page p = { .req = r, .form = asked_of(r), .person = req_query(r, "personne") };
	const struct err *e = make_form(&p);

	return e != NULL ? e : show_form(&p);
}

const struct err *
access_edit(struct req *r)
{
	struct access_page p;
	bool there;
	const struct err *e = access_read_given(&p, r, &there);

	if (e == NULL && !there)
		return reply_missing(r);
	if (e == NULL)
		e = make_form(&p);
	p.sheaf.record = &p.account;
	return e != NULL ? e : show_form(&p);
}

/* ---- what was typed ---- */

static void
fault(struct problems *faults, const char *field, const char *expected)
{
	problem_add(&faults->sink,
	    &(struct problem){
		.level = PROBLEM_FAULT, .column = str_of(entity_field(kind, field)->csv), .expected = str_of(expected) });
}

/* The file of a beneficiary, by the key that its page shows. */
static const struct err *
read_person(struct access_page *p, struct account *a, struct problems *faults)
{
	struct req *r = p->req;
	struct person_known_row row;
	struct db_rows rows;

	p->person = str_trim(req_form(r, "dossier"));
	a->person = NUMBER_NONE;
	if (!str_is(a->role, "beneficiary"))
		return NULL;
	(void)person_known(r->db, &rows, r->viewer.territory, key_long(p->person));
	while (person_known_next(&rows, &row))
		a->person = row.id;
	if (a->person == NUMBER_NONE && p->person.len > 0)
		fault(faults, "person", tr("the key of a file, as it stands at the end of its address"));
	return db_done(&rows);
}

static bool
is_choice(const struct choices *c, int64_t key)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].key == key)
			return true;
	return false;
}

/* A form that was changed on its way gives neither a role nor an organisation that the viewer does not give. */
static void
check_given(struct access_page *p, const struct account *a, struct problems *faults)
{
	const int role = role_named(a->role);

	if (a->organisation != NUMBER_NONE && !is_choice(&p->choices[0], a->organisation))
		fault(faults, "organisation", tr("one of the list"));
	else if (role >= 0 &&
		 !account_may_give(&p->req->viewer, (enum role)role, a->organisation == NUMBER_NONE ? 0 : a->organisation))
		fault(faults, "role", tr("a role, and an organisation, whose accesses you give"));
}

/* wrong: a bit for each field that was refused, and is not to be blamed a second time for being absent. */
static const struct err *
fill(struct access_page *p, struct account *a, uint64_t *wrong, struct problems *faults)
{
	const struct err *e = NULL;

	problems_init(faults, p->req->arena);
	*wrong = form_read(p->req, kind, p->sheaf.names, a, faults);
	if (p->asks_person)
		e = read_person(p, a, faults);
	if (p->asks_person && a->person == NUMBER_NONE && p->person.len > 0)
		*wrong |= UINT64_C(1) << (entity_field(kind, "person") - kind->fields);
	check_given(p, a, faults);
	return e;
}

/* Writes it, or adds the faults that are left. Inside the transaction. */
static const struct err *
put(struct access_page *p, struct save *s, struct account *a, const struct account *old, uint64_t wrong, struct problems *faults,
    bool *written)
{
	*written = false;
	if (faults->sink.faults == 0)
		return account_save(s, p->req->arena, a, old, &faults->sink, written);
	entity_check(kind, a, wrong, 0, &faults->sink, (str){ 0 }, 0);
	return NULL;
}

static const struct err *
added(struct req *r, int64_t account)
{
	str url = access_url(r->arena, account, "?fait=ajoute");

	return reply_see(r, "%.*s", STR_ARG(url));
}

const struct err *
access_add(struct req *r)
{
	struct access_page p = { .req = r, .form = asked_of(r) };
	struct account *a = ARENA_NEW(r->arena, struct account);
	struct problems faults;
	struct save s;
	uint64_t wrong = 0;
	bool written = false;
	const struct err *e = make_form(&p);

	entity_clear(kind, a);
	a->state = S("active");
	if (e != NULL || (e = req_begin(r, &s, "account added")) != NULL)
		return e;
	if ((e = fill(&p, a, &wrong, &faults)) == NULL)
		e = put(&p, &s, a, NULL, wrong, &faults, &written);
	if ((e = req_end(r, &s, e)) != NULL)
		return e;
	if (written)
		return added(r, a->record.id);
	p.sheaf.faults = &faults;
	return show_form(&p);
}

static const struct err *
change(struct access_page *p, struct save *s)
{
	struct req *r = p->req;
	struct account *a = arena_copy(r->arena, &p->account, sizeof p->account);
	const number version = str_number(req_form(r, "version"));
	struct problems faults;
	uint64_t wrong = 0;
	bool written = false;
	const struct err *e = fill(p, a, &wrong, &faults);

	if (e == NULL && faults.sink.faults == 0 && (!version.ok || version.value != p->version))
		p->stored = &p->account;
	else if (e == NULL)
		e = put(p, s, a, &p->account, wrong, &faults, &written);
	if ((e = req_end(r, s, e)) != NULL)
		return e;
	if (written)
		return reply_see(r, "/acces/%.*s?fait=change", STR_ARG(r->parts[0]));
	p->sheaf.faults = &faults;
	p->sheaf.record = a;
	if (p->stored == NULL && version.ok) /* who mends faults is told of the other change then */
		p->version = version.value;
	return show_form(p);
}

const struct err *
access_change(struct req *r)
{
	struct access_page p;
	struct save s;
	bool there;
	const struct err *e = req_begin(r, &s, "account changed");

	if (e != NULL)
		return e;
	e = access_read_given(&p, r, &there);
	if (e == NULL && there)
		e = make_form(&p);
	if (e != NULL || !there) {
		e = req_end(r, &s, e);
		return e != NULL ? e : reply_missing(r);
	}
	return change(&p, &s);
}

/* ---- ending and reopening ---- */

static const struct err *
set_state(struct req *r, str state, const char *cause, const char *done)
{
	struct access_page p;
	struct account a;
	struct problems faults;
	struct save s;
	bool there = false, written = false;
	const struct err *e = req_begin(r, &s, cause);

	if (e != NULL)
		return e;
	problems_init(&faults, r->arena);
	if ((e = access_read_given(&p, r, &there)) == NULL && there) {
		a = p.account;
		a.state = state;
		e = account_save(&s, r->arena, &a, &p.account, &faults.sink, &written);
	}
	if ((e = req_end(r, &s, e)) != NULL)
		return e;
	if (!there)
		return reply_missing(r);
	if (written)
		return reply_see(r, "/acces/%.*s?fait=%s", STR_ARG(r->parts[0]), done);
	for (size_t i = 0; i < faults.n; i++)
		asked_fault(&p.form, NULL, NULL, faults.v[i].expected);
	return show(&p);
}

const struct err *
access_end(struct req *r)
{
	return set_state(r, S("ended"), "account ended", "fin");
}

const struct err *
access_reopen(struct req *r)
{
	return set_state(r, S("active"), "account reopened", "reouverture");
}

/* ---- a lost telephone ---- */

static const struct err *
show_factor(struct access_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Take the second step away?")), .menu = MENU_ACCESSES, .fault = p->form.n > 0 };

	page_crumb(&frame, str_of(tr("Accesses")), S("/acces"));
	page_crumb(&frame, access_name(r->arena, &p->line), access_url(r->arena, p->line.id, ""));
	if (p->form.n > 0)
		r->out->status = 422;
	access_factor_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
access_factor(struct req *r)
{
	struct access_page p;
	bool there;
	const struct err *e = access_read_given(&p, r, &there);

	if (e != NULL)
		return e;
	return there && p.line.factor ? show_factor(&p) : reply_missing(r);
}

const struct err *
access_factor_remove(struct req *r)
{
	struct access_page p;
	const struct change change = req_change(r, "lost telephone");
	bool there, right;
	const struct err *e = access_read_given(&p, r, &there);

	if (e == NULL && (!there || !p.line.factor))
		return reply_missing(r);
	if (e == NULL)
		e = asked_confirm(&p.form, &right);
	if (e != NULL)
		return e;
	if (!right)
		return show_factor(&p);
	e = factor_remove(r->db, &change, p.line.id, 0);
	return e != NULL ? e : reply_see(r, "/acces/%.*s?fait=second-facteur", STR_ARG(r->parts[0]));
}
