/* several accesses at once, from a list that was pasted: checked as a whole, then written as a whole */
#include "base/text.h"
#include "model/choices.h"
#include "model/fold.h"
#include "sql.h"
#include "views.h"
#include "web/accesses.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_accounts];

const char *
several_label(str column)
{
	for (size_t i = 0; i < kind->n; i++)
		if (str_is(column, kind->fields[i].csv))
			return kind->fields[i].label;
	return N_("Line");
}

static const struct err *
show(struct several_page *p)
{
	struct req *r = p->form.req;
	struct page frame = { .title = str_of(tr("Several accesses at once")), .menu = MENU_ACCESSES };

	frame.fault = p->wrong > 0 || p->form.n > 0;
	if (frame.fault)
		r->out->status = 422;
	page_crumb(&frame, str_of(tr("Accesses")), S("/acces"));
	access_several_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
access_several(struct req *r)
{
	struct several_page p = { .form = asked_of(r) };

	return show(&p);
}

/* ---- reading the list ---- */

static bool
same_words(str a, str b)
{
	struct folded x = { 0 }, y = { 0 };

	folded_add(&x, a);
	folded_add(&y, b);
	return x.len > 0 && str_eq(folded_str(&x), folded_str(&y));
}

static void
fault(struct several_line *l, const char *field, const char *expected)
{
	problem_add(&l->faults.sink,
	    &(struct problem){
		.level = PROBLEM_FAULT, .column = str_of(entity_field(kind, field)->csv), .expected = str_of(expected) });
}

/* The word as it is stored, or as the pages say it. A beneficiary's access needs their file, and is added by itself. */
static void
read_role(struct several_line *l)
{
	const struct field *f = entity_field(kind, "role");

	for (int i = 0; i < ROLES; i++)
		if (i != ROLE_beneficiary &&
		    (same_words(l->role, str_of(role_names[i])) || same_words(l->role, str_of(tr(role_labels[i]))) ||
			same_words(l->role, choice_label(f, str_of(role_names[i])))))
			l->account.role = str_of(role_names[i]);
	if (l->account.role.len == 0)
		fault(l, "role", tr("a role, as the page “Who can see what” calls it"));
}

struct known { /* organisations */
	int64_t id;
	str ref, name;
};

static void
read_organisation(struct several_line *l, const struct known *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(l->organisation, v[i].ref) || same_words(l->organisation, v[i].name))
			l->account.organisation = v[i].id;
	if (l->organisation.len > 0 && l->account.organisation == NUMBER_NONE)
		fault(l, "organisation", tr("the name of an organisation of the directory"));
}

static const struct err *
read_known(struct req *r, struct known **v, size_t *n)
{
	const int64_t limit = viewer_limit(&r->viewer, RIGHT_ACCOUNTS);
	enum { MOST = 2000 };
	struct organisations_named_row row;
	struct db_rows rows;

	*v = ARENA_ARRAY(r->arena, MOST, struct known);
	*n = 0;
	(void)organisations_named(r->db, &rows, r->viewer.territory);
	while (organisations_named_next(&rows, &row))
		if (*n < MOST && (limit == 0 || row.id == limit))
			(*v)[(*n)++] = (struct known){ row.id, str_dup(r->arena, row.ref), str_dup(r->arena, row.name) };
	return db_done(&rows);
}

/* "e-mail;name;role;organisation": semicolons, or the tabulators of a spreadsheet. */
static void
split(struct several_line *l, str line)
{
	bool tabs = false;
	char sep;

	for (size_t i = 0; i < line.len; i++)
		tabs |= line.s[i] == '\t';
	sep = tabs ? '\t' : ';';
	l->email = str_trim(str_cut(line, sep, &line));
	l->name = str_trim(str_cut(line, sep, &line));
	l->role = str_trim(str_cut(line, sep, &line));
	l->organisation = str_trim(str_cut(line, sep, &line));
}

static void
fill(struct req *r, struct several_line *l, const struct known *v, size_t n)
{
	struct account *a = &l->account;
	int role;

	problems_init(&l->faults, r->arena);
	entity_clear(kind, a);
	a->email = l->email;
	a->name = l->name;
	a->state = S("active");
	a->language = str_of(text_language());
	read_role(l);
	read_organisation(l, v, n);
	role = role_named(a->role);
	if (l->faults.sink.faults == 0 &&
	    !account_may_give(&r->viewer, (enum role)role, a->organisation == NUMBER_NONE ? 0 : a->organisation))
		fault(l, "role", tr("a role, and an organisation, whose accesses you give"));
}

/* Everything that is wrong, in every line: nothing is written. */
static const struct err *
read_lines(struct several_page *p)
{
	struct req *r = p->form.req;
	struct known *known;
	size_t n_known;
	str left = p->typed;
	const struct err *e = read_known(r, &known, &n_known);

	p->v = ARENA_ARRAY(r->arena, SEVERAL_MOST, struct several_line);
	for (int at = 1; e == NULL && left.s != NULL; at++) {
		str line = str_trim(str_cut(left, '\n', &left));

		if (line.len == 0)
			continue;
		if (p->n == SEVERAL_MOST) {
			asked_fault(&p->form, "liste", N_("List"),
			    str_of(tr("at most 60 people at once: keep the others for a second list")));
			return NULL;
		}
		p->v[p->n].number = at;
		split(&p->v[p->n], line);
		fill(r, &p->v[p->n], known, n_known);
		p->n++;
	}
	if (e == NULL && p->n == 0)
		asked_fault(&p->form, "liste", N_("List"), str_of(tr("a line a person")));
	return e;
}

/* ---- writing it ---- */

/* What else is wrong with a line that has a fault already; an unreadable role or organisation is not blamed for its absence. */
static void
check_rest(struct several_line *l)
{
	uint64_t wrong = 0;

	if (l->account.role.len == 0)
		wrong |= UINT64_C(1) << (entity_field(kind, "role") - kind->fields);
	if (l->account.organisation == NUMBER_NONE)
		wrong |= UINT64_C(1) << (entity_field(kind, "organisation") - kind->fields);
	entity_check(kind, &l->account, wrong, 0, &l->faults.sink, (str){ 0 }, 0);
}

/* All of them inside the transaction: the second of two lines with the same e-mail is refused like any other that is taken. */
static const struct err *
put_all(struct several_page *p, struct save *s)
{
	const struct err *e = NULL;

	for (size_t i = 0; e == NULL && i < p->n; i++) {
		struct several_line *l = &p->v[i];
		bool written = false;

		if (l->faults.sink.faults == 0)
			e = account_save(s, p->form.req->arena, &l->account, NULL, &l->faults.sink, &written);
		else
			check_rest(l);
		p->wrong += l->faults.sink.faults > 0;
	}
	return e;
}

/* keep false, or a fault: what was written to find the faults is taken back. */
static const struct err *
try_all(struct several_page *p, bool keep)
{
	struct req *r = p->form.req;
	struct save s;
	const struct err *e;

	if (p->form.n > 0 || (e = req_begin(r, &s, "accounts added")) != NULL)
		return p->form.n > 0 ? NULL : e;
	e = put_all(p, &s);
	save_close(&s);
	if (e != NULL || (keep && p->wrong == 0))
		return db_end(r->db, e);
	return db_rollback(r->db);
}

static const struct err *
letters(struct several_page *p)
{
	struct req *r = p->form.req;
	struct letter *v = ARENA_ARRAY(r->arena, p->n, struct letter);
	struct letters_page page = { .req = r, .v = v, .n = p->n, .back = S("/acces") };
	const struct err *e = NULL;

	for (size_t i = 0; e == NULL && i < p->n; i++)
		e = letter_make(r, p->v[i].account.record.id, false, false, &v[i]);
	return e != NULL ? e : letters_show(&page);
}

const struct err *
access_several_read(struct req *r)
{
	struct several_page p = { .form = asked_of(r), .typed = req_form(r, "liste") };
	const bool keep = str_is(req_form(r, "etape"), "ajouter");
	const struct err *e = read_lines(&p);

	p.checked = true;
	if (e == NULL)
		e = try_all(&p, keep);
	if (e != NULL)
		return e;
	return keep && p.wrong == 0 && p.form.n == 0 ? letters(&p) : show(&p);
}
