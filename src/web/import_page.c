#include "web/import_page.h"
#include "web/app.h"

#include <stdlib.h>

#include "base/text.h"
#include "web/app_parts.h"
#include "web/door.h"
#include "web/import_files.h"
#include "web/import_lines.h"
#include "web/import_work.h"
#include "web/jobs.h"
#include "web/reach.h"
#include "web/shown_figures.h"

enum { WORKER_MS = 60 * 1000, FOUND_PAGE = 50, FAULTS_MOST = 64 };

bool
import_may_bring(const struct viewer *v)
{
	return viewer_may(v, RIGHT_IMPORT_LIST) && !v->looking;
}

/* ---- where it stands ---- */

bool
import_busy(const struct import *x, const struct job *job, int64_t now_ms)
{
	if (x->doing == IMPORT_REST)
		return false;
	return job != NULL ? job_open(job) : x->job == NUMBER_NONE && now_ms - x->changed_ms < WORKER_MS;
}

str
import_step_url(struct arena *a, const struct import *x)
{
	static const char *const places[IMPORT_STATES] = { "", "/feuille", "/colonnes", "/controle", "/resultat", "" };
	str key = key_short(a, x->id);

	return str_format(a, "/import/%.*s%s", STR_ARG(key), places[x->state]);
}

static const struct err *
read_job(struct import_page *p)
{
	struct job *job = ARENA_NEW(p->req->arena, struct job);
	bool found = false;
	const struct err *e = NULL;

	if (p->x.doing != IMPORT_REST && p->x.job != NUMBER_NONE)
		e = job_read(p->req->db, p->req->arena, &p->req->viewer, p->x.job, job, &found);
	if (found)
		p->job = job;
	return e;
}

static const char *
message_of(struct import_page *p)
{
	const struct import *x = &p->x;

	if (x->message.len > 0)
		return str_z(p->req->arena, x->message);
	if (x->doing == IMPORT_REST)
		return NULL;
	if (p->job != NULL && p->job->state == JOB_STATE_STOPPED)
		return tr("It was stopped: nothing was written.");
	return tr("This was interrupted, and nothing was written. Begin it again.");
}

const struct err *
import_page_open(struct req *r, struct import_page *p, bool *go)
{
	str key;
	bool found;
	const struct err *e = import_read(r->db, r->arena, &r->viewer, key_long(r->parts[0]), &p->x, &found);

	*go = false;
	p->req = r;
	p->token = door_token(r);
	if (e != NULL)
		return e;
	if (!found)
		return reply_missing(r);
	if (p->x.state == IMPORT_DROPPED)
		return reply_see(r, "/import?fait=efface");
	key = key_short(r->arena, p->x.id);
	p->base = str_format(r->arena, "/import/%.*s", STR_ARG(key));
	if ((e = read_job(p)) != NULL)
		return e;
	outcome_read(p->x.report, &p->outcome);
	if (!import_busy(&p->x, p->job, r->in->now_ms))
		p->message = message_of(p);
	*go = true;
	return NULL;
}

const struct err *
import_step_open(struct req *r, struct import_page *p, enum import_step step, bool *go)
{
	static const enum import_state least[IMPORT_STEPS] = { IMPORT_FILE, IMPORT_SHEET, IMPORT_COLUMNS, IMPORT_CHECKED,
		IMPORT_DONE };
	const struct err *e = import_page_open(r, p, go);
	bool there;
	str url;

	p->here = step;
	if (e != NULL || !*go)
		return e;
	there = p->x.state >= least[step] && (p->x.state != IMPORT_DONE || step == STEP_IMPORT) &&
		(!p->x.bundle || step == STEP_CHECK || step == STEP_IMPORT);
	if (there && !import_busy(&p->x, p->job, r->in->now_ms))
		return NULL;
	*go = false;
	url = import_busy(&p->x, p->job, r->in->now_ms) ? p->base : import_step_url(r->arena, &p->x);
	return reply_see(r, "%.*s", STR_ARG(url));
}

static const struct err *
conflict(struct req *r)
{
	return err_new(r->arena, ERR_CONFLICT, tr("This import went on in another window meanwhile."), NULL,
	    tr("Open it again: it is shown as it stands now."));
}

const struct err *
import_form_open(struct req *r, struct import_page *p, enum import_state least, bool *go)
{
	number version = str_number(req_form(r, "version"));
	const struct err *e = import_page_open(r, p, go);

	if (e != NULL || !*go)
		return e;
	*go = false;
	if (!import_may_bring(&r->viewer))
		return reply_refused(r, RIGHT_IMPORT_LIST);
	if (import_busy(&p->x, p->job, r->in->now_ms))
		return reply_see(r, "%.*s", STR_ARG(p->base));
	if (p->x.state < least || (p->x.state != least && p->x.state >= IMPORT_DONE) || !version.ok ||
	    version.value != p->x.version)
		return conflict(r);
	*go = true;
	return NULL;
}

/* ---- work ---- */

static bool
by_job(const struct import *x, enum import_task task)
{
	return x->bytes > IMPORT_SMALL || task == IMPORT_CHECK || task == IMPORT_WRITE;
}

static const struct err *
put_work(struct import_page *p, enum import_task task, const char *fields)
{
	struct req *r = p->req;
	const enum job_kind kind = task == IMPORT_WRITE   ? JOB_import_write
				   : task == IMPORT_CHECK ? JOB_import_check
							  : JOB_import_read;
	const struct err *e = NULL;

	p->x.doing = task;
	p->x.job = NUMBER_NONE;
	p->x.message = (str){ 0 };
	if (by_job(&p->x, task))
		e = job_put(
		    r->db, &r->viewer, kind, key_short(r->arena, p->x.id), str_z(r->arena, p->base), r->in->now_ms, &p->x.job);
	return e != NULL ? e : import_update(r->db, r->arena, &p->x, fields, r->in->now_ms);
}

const struct err *
import_begin(struct import_page *p, enum import_task task, const char *fields)
{
	struct req *r = p->req;
	struct import_work w = {
		.db = r->db, .arena = r->arena, .data = r->setting->data, .now_ms = r->in->now_ms, .import = &p->x
	};
	const struct err *e = db_begin_write(r->db);
	str url;

	if (e != NULL || (e = db_end(r->db, put_work(p, task, fields))) != NULL)
		return e;
	if (p->x.job != NUMBER_NONE)
		jobs_ring();
	else if ((e = import_carry_out(&w, task)) != NULL && e->kind != ERR_INPUT)
		return e;
	url = p->x.job != NUMBER_NONE ? p->base : import_step_url(r->arena, &p->x);
	return reply_see(r, "%.*s", STR_ARG(url));
}

/* ---- what pages share ---- */

struct page
import_frame(const struct import_page *p, const char *title)
{
	struct page frame = { .title = str_of(title), .menu = MENU_IMPORT, .fault = p->n_faults > 0 || p->message != NULL };

	page_crumb(&frame, str_of(tr("Import")), S("/import"));
	return frame;
}

void
import_page_fault(struct import_page *p, const char *id, const char *label, const char *words)
{
	if (p->faults == NULL)
		p->faults = ARENA_ARRAY(p->req->arena, FAULTS_MOST, struct fault_line);
	if (p->n_faults < FAULTS_MOST)
		p->faults[p->n_faults++] = (struct fault_line){ .id = id, .label = label, .words = str_of(words) };
}

/* ---- what stands beside the file ---- */

static const struct err *
read_lines(struct import_page *p, const char *part, str *text, bool *found)
{
	return import_file_read(p->req->arena, p->req->setting->data, p->x.file, part, text, found);
}

static size_t
count_lines(str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.s[i] == '\n';
	return n;
}

const struct err *
import_sheets_read(struct import_page *p)
{
	struct line l;
	bool found;
	str text;
	const struct err *e = read_lines(p, ".sheets", &text, &found);

	if (e != NULL)
		return e;
	p->sheets = ARENA_ARRAY(p->req->arena, count_lines(text), struct shown_sheet);
	while (line_next(&text, &l)) {
		struct shown_sheet *s = &p->sheets[p->n_sheets++];

		s->hidden = line_int(&l) == 1;
		s->rows = line_int(&l);
		s->as = as_named(line_text(&l));
		s->name = line_text(&l);
	}
	return NULL;
}

static void
read_column(struct import_page *p, struct line *l, struct shown_column *c)
{
	char letters[GRID_LETTERS];
	int want;

	c->at = line_int(l);
	c->letters = str_dup(p->req->arena, grid_letters((int)c->at, letters));
	c->header = line_text(l);
	want = want_named(line_text(l));
	c->want = want < 0 ? WANT_NOTHING : (enum want)want;
	c->sense = (enum sense)line_int(l);
	c->chosen = line_int(l) == 1;
	c->on = line_text(l);
	c->dated = c->want == WANT_SESSION || day_parse(c->on) != DAY_NONE;
	c->say = line_text(l);
	c->filled = line_int(l);
	for (int i = 0; i < COLUMN_SAMPLES; i++) {
		c->sample[i].value = line_text(l);
		c->sample[i].sense = (enum sense)line_int(l);
		c->sample[i].read = line_text(l);
		c->sample[i].say = line_text(l);
	}
	c->wrong = line_int(l);
	for (int i = 0; i < 3; i++)
		c->wrong_value[i] = line_text(l);
}

const struct err *
import_columns_read(struct import_page *p)
{
	struct line l;
	bool found;
	str text;
	int as;
	const struct err *e = read_lines(p, ".columns", &text, &found);

	if (e != NULL)
		return e;
	p->columns = ARENA_ARRAY(p->req->arena, count_lines(text) + 1, struct shown_column);
	if (!line_next(&text, &l))
		return NULL;
	as = as_named(line_text(&l));
	p->as = as < 0 ? AS_PEOPLE : (enum rows_as)as;
	p->header_row = line_int(&l);
	p->remembered = line_int(&l) == 1;
	while (line_next(&text, &l))
		read_column(p, &l, &p->columns[p->n_columns++]);
	return NULL;
}

static void
page_urls(struct import_page *p, int64_t pages)
{
	struct arena *a = p->req->arena;

	p->paging = (struct paging){ .page = p->page, .pages = pages };
	if (p->page > 1)
		p->paging.before = str_format(a, "%.*s?page=%lld#constats", STR_ARG(p->req->in->path), (long long)p->page - 1);
	if (p->page < pages)
		p->paging.after = str_format(a, "%.*s?page=%lld#constats", STR_ARG(p->req->in->path), (long long)p->page + 1);
}

const struct err *
import_found_read(struct import_page *p, int64_t page)
{
	int64_t pages, at = 0;
	struct line l;
	bool found;
	str text;
	const struct err *e = read_lines(p, ".faults", &text, &found);

	if (e != NULL)
		return e;
	p->found_all = (int64_t)count_lines(text);
	pages = (p->found_all + FOUND_PAGE - 1) / FOUND_PAGE;
	p->page = page < 1 ? 1 : page > pages && pages > 0 ? pages : page;
	page_urls(p, pages);
	p->found = ARENA_ARRAY(p->req->arena, FOUND_PAGE, struct shown_found);
	for (; line_next(&text, &l) && p->n_found < FOUND_PAGE; at++) {
		struct shown_found *f = &p->found[p->n_found];

		if (at < (p->page - 1) * FOUND_PAGE)
			continue;
		f->level = line_int(&l) == PROBLEM_WARNING ? PROBLEM_WARNING : PROBLEM_FAULT;
		f->row = line_int(&l);
		f->column = line_text(&l);
		f->heading = line_text(&l);
		f->value = line_text(&l);
		f->expected = line_text(&l);
		p->n_found++;
	}
	return NULL;
}

const struct err *
import_guesses_read(struct import_page *p)
{
	struct line l;
	bool found;
	str text;
	const struct err *e = read_lines(p, ".guesses", &text, &found);

	if (e != NULL)
		return e;
	p->guesses = ARENA_ARRAY(p->req->arena, count_lines(text), struct shown_guess);
	while (line_next(&text, &l)) {
		struct shown_guess *g = &p->guesses[p->n_guesses++];

		g->column = line_text(&l);
		g->heading = line_text(&l);
		g->n = line_int(&l);
		g->value = line_text(&l);
		g->say = line_text(&l);
	}
	return NULL;
}

/* ---- whose rows ---- */

enum { CONTRACTS = 20 };

typedef PLAN_LIST(struct import_place) places;

static void
add_place(struct req *r, places *all, const struct organisation *o, const struct plan *plan, const struct action *x)
{
	const struct sheet *s = x == NULL ? NULL : plan_sheet(plan, x->sheet);
	str org = key_short(r->arena, o->record.id), key = x == NULL ? S("") : key_short(r->arena, x->record.id);
	struct import_place *place;
	int64_t action = x == NULL ? NUMBER_NONE : x->record.id;

	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].organisation == o->record.id && all->v[i].action == action)
			return;
	}
	place = PLAN_ADD(r->arena, all);
	*place = (struct import_place){ .organisation = o->record.id,
		.action = action,
		.organisation_name = str_dup(r->arena, o->name),
		.value = str_format(r->arena, "%.*s-%.*s", STR_ARG(org), STR_ARG(key)) };
	if (x == NULL)
		place->label = str_format(r->arena, tr("%.*s: people only, no action"), STR_ARG(place->organisation_name));
	else if (s == NULL)
		place->label = str_dup(r->arena, x->title);
	else
		place->label = str_format(r->arena, "%.*s – %.*s", STR_ARG(s->number), STR_ARG(x->title));
}

static void
add_operator(struct req *r, places *all, const struct plan *plan, const struct action *x, int64_t organisation)
{
	int64_t own = viewer_limit(&r->viewer, RIGHT_IMPORT_LIST);
	const struct organisation *o = plan_organisation(plan, organisation);

	if (o == NULL || (own != 0 && own != organisation))
		return;
	add_place(r, all, o, plan, NULL);
	add_place(r, all, o, plan, x);
}

/* Who carries it out, as in reach.h: its own operator, else those of its sheet. */
static void
add_action(struct req *r, places *all, const struct plan *plan, const struct action *x)
{
	if (x->operator!= NUMBER_NONE) {
		add_operator(r, all, plan, x, x->operator);
		return;
	}
	for (size_t i = 0; i < plan->partnerships.n; i++) {
		const struct partnership *of = &plan->partnerships.v[i];

		if (of->sheet == x->sheet && str_is(of->role, "operator"))
			add_operator(r, all, plan, x, of->organisation);
	}
}

static int
in_order(const void *va, const void *vb)
{
	const struct import_place *a = va, *b = vb;
	int c = str_natural(a->organisation_name, b->organisation_name);

	if (c == 0)
		c = (a->organisation > b->organisation) - (a->organisation < b->organisation);
	if (c == 0)
		c = (a->action == NUMBER_NONE) - (b->action == NUMBER_NONE);
	return c != 0 ? c : str_natural(a->label, b->label);
}

const struct err *
import_places_read(struct import_page *p)
{
	struct req *r = p->req;
	struct shown shown = { 0 };
	places all = { 0 };
	const struct err *e = shown_contract(r, (str){ 0 }, &shown);

	if (e != NULL && e->kind != ERR_NOTFOUND)
		return e;
	e = NULL;
	for (size_t i = 0; i < shown.n && i < CONTRACTS && e == NULL; i++) {
		const struct plan *plan;

		e = shelf_plan(app_shelf(r->app), r->db, r->viewer.territory, shown.contracts[i].id, &plan);
		for (size_t k = 0; e == NULL && k < plan->actions.n; k++)
			add_action(r, &all, plan, &plan->actions.v[k]);
	}
	if (all.n > 0)
		qsort(all.v, all.n, sizeof *all.v, in_order);
	p->places = all.v;
	p->n_places = all.n;
	return e;
}

size_t
import_places_of(const struct import_page *p, size_t first)
{
	size_t i = first;

	while (i < p->n_places && p->places[i].organisation == p->places[first].organisation)
		i++;
	return i;
}
