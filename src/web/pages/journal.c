/* the journal: what was written, by whom, why; narrowed, as a file, and whether its chain holds */
#include "access/trail.h"
#include "base/csvout.h"
#include "base/moment.h"
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/journal_page.h"
#include "web/route.h"

enum {
	CHANGES = 30,
	ROWS = 1000,      /* read for a page; a change with more goes on at the next */
	CSV_ROWS = 50000, /* of a file */
};

/* ---- who ---- */

/* The name where the viewer gives accesses; else what any page says of an account: its role and organisation. */
static str
words_of(struct req *r, const struct journal_accounts_row *row, bool names)
{
	const int role = role_named(row->role);
	str label = role < 0 ? row->role : str_of(tr(role_labels[role]));

	if (names && role != ROLE_beneficiary)
		return str_format(r->arena, "%.*s (%.*s)", STR_ARG(row->name), STR_ARG(label));
	if (row->organisation_name.len > 0)
		return str_format(r->arena, "%.*s, %.*s", STR_ARG(label), STR_ARG(row->organisation_name));
	return str_dup(r->arena, label);
}

static const struct err *
read_holders(struct journal_page *p)
{
	enum { MOST = 5000 };
	struct req *r = p->req;
	const bool names = viewer_reach(&r->viewer, RIGHT_ACCOUNTS) == REACH_ALL;
	struct journal_accounts_row row;
	struct db_rows rows;

	p->holders = ARENA_ARRAY(r->arena, MOST, struct journal_holder);
	(void)journal_accounts(r->db, &rows, r->viewer.territory);
	while (journal_accounts_next(&rows, &row))
		if (p->n_holders < MOST)
			p->holders[p->n_holders++] =
			    (struct journal_holder){ row.id, words_of(r, &row, names), trail_actor(r->arena, row.id) };
	return db_done(&rows);
}

/* ---- what is asked for ---- */

static bool
known_kind(str word)
{
	for (size_t i = 0; i < trail_words_n; i++)
		if (str_is(word, trail_words[i].word))
			return true;
	return entity_named(word) != NULL;
}

/* A day as the browser's own field sends it, or as people type it: absent, or said to be wrong. */
static day
read_day(struct journal_page *p, const char *name, const char *label)
{
	str typed = str_trim(req_query(p->req, name));
	day d = day_parse(typed);

	if (typed.len > 0 && d == DAY_NONE)
		asked_fault(&p->form, name, label, str_of(tr("a date such as 2026-03-27")));
	return d;
}

static void
read_asked(struct journal_page *p)
{
	struct req *r = p->req;
	const number before = str_number(req_query(r, "avant"));
	str entity = req_query(r, "genre"), action = req_query(r, "acte");

	p->form = asked_of(r);
	p->entity = known_kind(entity) ? entity : (str){ 0 };
	p->action = str_is(action, "insert") || str_is(action, "update") || str_is(action, "delete") || str_is(action, "read")
			? action
			: (str){ 0 };
	p->cause = req_query(r, "motif");
	p->account = key_long(req_query(r, "qui"));
	p->since = read_day(p, "du", N_("From"));
	p->until = read_day(p, "au", N_("Until"));
	p->before = before.ok && before.value > 0 ? before.value : INT64_MAX;
	if (p->form.n > 0)
		r->out->status = 422;
}

/* A day begins at midnight where the users are; the journal keeps the time of Greenwich. */
static str
midnight(struct journal_page *p, day d)
{
	return d == DAY_NONE ? (str){ 0 } : moment_text(p->req->arena, moment_midnight(d));
}

static const struct err *
ask(struct journal_page *p, struct db_rows *rows, int64_t most)
{
	struct arena *a = p->req->arena;

	return journal_page(p->req->db, rows, p->req->viewer.territory, p->before, p->entity, p->action,
	    p->account == 0 ? (str){ 0 } : trail_actor(a, p->account), p->cause, midnight(p, p->since),
	    midnight(p, p->until == DAY_NONE ? DAY_NONE : p->until + 1), most);
}

str
journal_url(const struct journal_page *p, const char *path, const char *without, int64_t before)
{
	struct arena *a = p->req->arena;
	char text[DAY_TEXT];
	const struct {
		const char *name;
		str value;
	} parts[] = {
		{ "genre", p->entity },
		{ "acte", p->action },
		{ "qui", p->account == 0 ? (str){ 0 } : key_short(a, p->account) },
		{ "motif", p->cause },
		{ "du", str_dup(a, day_text(p->since, text)) },
		{ "au", str_dup(a, day_text(p->until, text)) },
		{ "avant", before == 0 ? (str){ 0 } : str_format(a, "%lld", (long long)before) },
	};
	struct buf to = { 0 };

	buf_format(&to, "%s?", path);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].value.len > 0 && (without == NULL || !str_is(str_of(parts[i].name), without)))
			query_add(&to, str_of(parts[i].name), parts[i].value);
	return buf_kept(&to, a);
}

/* ---- the changes of a page ---- */

static bool
same_group(const struct journal_group *g, const struct journal_page_row *row)
{
	return str_eq(g->entity, row->entity) && str_eq(g->action, row->action) && str_eq(g->fields, row->fields);
}

static void
add_row(struct arena *a, struct journal_change *c, const struct journal_page_row *row)
{
	for (int i = 0; i < c->n; i++)
		if (same_group(&c->v[i], row)) {
			c->v[i].n++;
			return;
		}
	if (c->n == JOURNAL_GROUPS) {
		c->more++;
		return;
	}
	c->v[c->n++] = (struct journal_group){ .entity = str_dup(a, row->entity),
		.action = str_dup(a, row->action),
		.fields = str_dup(a, row->fields),
		.record = row->record,
		.part = row->part,
		.n = 1 };
}

static struct journal_change *
change_of(struct journal_page *p, const struct journal_page_row *row)
{
	struct arena *a = p->req->arena;
	struct journal_change *c;

	if (p->n > 0 && p->v[p->n - 1].id == row->change)
		return &p->v[p->n - 1];
	if (p->n == CHANGES)
		return NULL;
	c = &p->v[p->n++];
	c->id = row->change;
	c->at_ms = moment_parse(row->at);
	c->actor = str_dup(a, row->actor);
	c->cause = str_dup(a, row->cause);
	return c;
}

static const struct err *
read_changes(struct journal_page *p)
{
	struct journal_page_row row;
	struct db_rows rows;
	int64_t n = 0, last = 0;
	bool full = false;

	p->v = ARENA_ARRAY(p->req->arena, CHANGES, struct journal_change);
	(void)ask(p, &rows, ROWS);
	while (journal_page_next(&rows, &row)) {
		struct journal_change *c = full ? NULL : change_of(p, &row);

		n++;
		full = full || c == NULL;
		if (full)
			continue;
		add_row(p->req->arena, c, &row);
		last = row.seq;
	}
	p->next = full || n == ROWS ? last : 0;
	return db_done(&rows);
}

/* The page of the one record that a line is about, where this viewer has one. */
static const struct err *
find_place(struct journal_page *p, struct journal_group *g)
{
	struct req *r = p->req;
	const struct viewer *v = &r->viewer;
	const bool sheet = str_is(g->entity, "sheets"), partner = str_is(g->entity, "organisations");
	str key = key_short(r->arena, g->record);
	bool found = false;
	const struct err *e = NULL;

	if (g->n != 1 || str_is(g->action, "delete"))
		return NULL;
	if (str_is(g->entity, "accounts") && viewer_may(v, RIGHT_ACCOUNTS))
		g->url = str_format(r->arena, "/acces/%.*s", STR_ARG(key));
	else if (str_is(g->entity, "people") && viewer_reach(v, RIGHT_PEOPLE_READ) == REACH_ALL)
		g->url = str_format(r->arena, "/personnes/%.*s", STR_ARG(key));
	else if (sheet && viewer_may(v, RIGHT_CONTRACT_READ)) {
		struct sheet s;

		e = entity_by_id(r->db, v->territory, entity_named(g->entity), g->record, r->arena, &s, &found);
		g->url = found ? str_format(r->arena, "/fiches/%.*s", STR_ARG(s.ref)) : (str){ 0 };
	} else if (partner && viewer_may(v, RIGHT_PARTNERS_READ)) {
		struct organisation o;

		e = entity_by_id(r->db, v->territory, entity_named(g->entity), g->record, r->arena, &o, &found);
		g->url = found ? str_format(r->arena, "/partenaires/%.*s", STR_ARG(o.ref)) : (str){ 0 };
	}
	return e;
}

static const struct err *
find_places(struct journal_page *p)
{
	const struct err *e = NULL;

	for (size_t i = 0; e == NULL && i < p->n; i++)
		for (int k = 0; e == NULL && k < p->v[i].n; k++)
			e = find_place(p, &p->v[i].v[k]);
	return e;
}

const struct err *
journal_show(struct req *r)
{
	struct journal_page p = { .req = r };
	struct page frame = { .title = str_of(tr("Journal")), .menu = MENU_JOURNAL, .own_heading = true };
	const struct err *e = read_holders(&p);

	read_asked(&p);
	frame.fault = p.form.n > 0;
	if (e == NULL)
		e = read_changes(&p);
	if (e == NULL)
		e = find_places(&p);
	if (e == NULL)
		e = job_last(r->db, r->arena, r->viewer.territory, JOB_chain, &p.chain, &p.verified);
	if (e != NULL)
		return e;
	journal_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* A row a line. No key: whose records they are is not everybody's to know who reads the journal. */
const struct err *
journal_csv(struct req *r)
{
	struct journal_page p = { .req = r };
	struct buf *to = &r->out->body;
	struct journal_page_row row;
	struct db_rows rows;
	const struct err *e = read_holders(&p);

	read_asked(&p);
	if (e != NULL)
		return e;
	r->out->status = 200;
	buf_add(to, S("row,at,who,cause,kind,action,fields\n"));
	(void)ask(&p, &rows, CSV_ROWS);
	while (journal_page_next(&rows, &row)) {
		buf_int(to, row.seq);
		csv_cell(to, row.at, false);
		csv_cell(to, journal_who(&p, row.actor), false);
		csv_cell(to, row.cause, false);
		csv_cell(to, row.entity, false);
		csv_cell(to, row.action, false);
		csv_cell(to, row.fields, false);
		buf_char(to, '\n');
	}
	if ((e = db_done(&rows)) != NULL)
		return e;
	return reply_file(r, "text/csv; charset=utf-8", "journal.csv");
}

const struct err *
journal_verify_begin(struct req *r)
{
	int64_t id;
	const struct err *e = job_add(r->db, r->arena, &r->viewer, JOB_chain, (str){ 0 }, "/journal", r->in->now_ms, &id);
	str key = key_short(r->arena, id);

	return e != NULL ? e : reply_see(r, "/travaux/%.*s", STR_ARG(key));
}
