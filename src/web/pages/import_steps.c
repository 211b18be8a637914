/* the sheet of an uploaded file, whose rows they are, and what its columns hold */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "exchange/understand.h"
#include "model/choices.h"
#include "views.h"
#include "web/app.h"
#include "web/import_page.h"
#include "web/route.h"

/* ---- the sheet ---- */

static const struct err *
show_sheet(struct import_page *p)
{
	struct page frame = import_frame(p, tr("Which sheet, and whose rows?"));

	p->here = STEP_SHEET;
	if (p->n_faults > 0)
		p->req->out->status = 422;
	import_sheet_view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

const struct err *
import_sheet(struct req *r)
{
	struct import_page p = { 0 };
	bool go;
	const struct err *e = import_step_open(r, &p, STEP_SHEET, &go);

	if (e != NULL || !go)
		return e;
	if ((e = import_sheets_read(&p)) == NULL)
		e = import_places_read(&p);
	return e != NULL ? e : show_sheet(&p);
}

static void
take_sheet(struct import_page *p)
{
	number n = str_number(req_form(p->req, "feuille"));

	if (p->n_sheets == 1)
		n = (number){ 0, true };
	if (!n.ok || n.value < 0 || (size_t)n.value >= p->n_sheets)
		import_page_fault(p, "feuille", N_("Sheet of the file"), tr("Choose the sheet that holds the rows."));
	else
		p->x.sheet = n.value;
}

/* Only what the page offers, which is what this viewer may import for. */
static void
take_place(struct import_page *p)
{
	str value = req_form(p->req, "action");
	const struct import_place *found = NULL;

	for (size_t i = 0; i < p->n_places; i++) {
		if (str_eq(p->places[i].value, value))
			found = &p->places[i];
	}
	if (found == NULL) {
		import_page_fault(p, "action", N_("Operator and action"), tr("Choose whose rows they are."));
		return;
	}
	p->x.organisation = found->organisation;
	p->x.action = found->action;
	if (found->action == NUMBER_NONE && p->x.rows_are.len > 0 && !str_is(p->x.rows_are, as_names[AS_PEOPLE]))
		import_page_fault(p, "action", N_("Operator and action"), tr("Choose the action too: such rows belong to one."));
}

/* The sheet or its rows are others than before: what was said of the columns no longer holds. */
static void
take_rows(struct import_page *p, const struct import *before)
{
	str rows = req_form(p->req, "lignes");

	p->x.rows_are = as_named(rows) < 0 ? (str){ 0 } : str_of(as_names[as_named(rows)]);
	if (p->x.sheet != before->sheet || !str_eq(p->x.rows_are, before->rows_are))
		p->x.columns = (str){ 0 };
}

const struct err *
import_sheet_send(struct req *r)
{
	struct import_page p = { 0 };
	struct import before;
	bool go;
	const struct err *e = import_form_open(r, &p, IMPORT_SHEET, &go), *read;

	if (e != NULL || !go)
		return e;
	if ((e = import_sheets_read(&p)) != NULL || (e = db_begin_read(r->db)) != NULL)
		return e;
	read = import_places_read(&p);
	if ((e = db_end(r->db, read)) != NULL)
		return e;
	before = p.x;
	take_sheet(&p);
	take_rows(&p, &before);
	take_place(&p);
	p.again = true;
	if (p.n_faults > 0)
		return show_sheet(&p);
	if (p.x.organisation != before.organisation)
		p.x.columns = (str){ 0 };
	p.x.state = IMPORT_SHEET;
	if ((e = db_begin_write(r->db)) != NULL ||
	    (e = db_end(r->db, import_update(r->db, r->arena, &p.x, "sheet,action", r->in->now_ms))) != NULL)
		return e;
	/* Names and refs of what was chosen. */
	if ((e = import_read(r->db, r->arena, &r->viewer, p.x.id, &p.x, &go)) != NULL)
		return e;
	return import_begin(&p, IMPORT_GUESS, "columns");
}

/* ---- the columns ---- */

static void
kinds_of_session(struct import_page *p)
{
	const struct field *f = entity_field(&entities[ENTITY_sessions], "kind");
	struct option *v = ARENA_ARRAY(p->req->arena, 32, struct option);
	str rest = str_of(f->choices), word;

	while (p->n_kinds < 32 && rest.len > 0) {
		word = str_cut(rest, ' ', &rest);
		v[p->n_kinds++] = (struct option){ .value = word, .label = choice_label(f, word) };
	}
	p->kinds = v;
}

static const struct err *
show_columns(struct import_page *p)
{
	struct page frame = import_frame(p, tr("What do the columns hold?"));

	p->here = STEP_COLUMNS;
	kinds_of_session(p);
	if (p->n_faults > 0)
		p->req->out->status = 422;
	import_columns_view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

const struct err *
import_columns(struct req *r)
{
	struct import_page p = { 0 };
	bool go;
	const struct err *e = import_step_open(r, &p, STEP_COLUMNS, &go);

	if (e != NULL || !go)
		return e;
	return (e = import_columns_read(&p)) != NULL ? e : show_columns(&p);
}

/* The choice of each column; two that feed the same are told, and not silently one of them. */
static void
take_column(struct import_page *p, struct shown_column *c, const struct shown_column **by_want, struct buf *text)
{
	const char *id = str_format(p->req->arena, "c%lld", (long long)c->at).s;
	str word = req_form(p->req, id);
	int want = want_named(word);

	if (word.s == NULL)
		want = c->want;
	if (want < 0 || !want_fits((enum want)want, p->as) || (want == WANT_SESSION && !c->dated)) {
		c->fault = tr("Choose one of the list.");
		import_page_fault(p, id, N_("Column"), c->fault);
		return;
	}
	c->want = (enum want)want;
	if (want > WANT_SESSION && by_want[want] != NULL) {
		str other = by_want[want]->letters;

		c->fault =
		    str_format(p->req->arena, tr("column %.*s is taken for the same: choose one of the two"), STR_ARG(other)).s;
		import_page_fault(p, id, N_("Column"), str_format(p->req->arena, "%.*s, %s", STR_ARG(c->letters), c->fault).s);
	}
	by_want[want] = c;
	buf_format(text, "%lld %s\n", (long long)c->at, want_names[want]);
}

static const char *
missing(struct import_page *p)
{
	struct columns c = { .as = p->as, .n = p->n_columns };

	c.v = ARENA_ARRAY(p->req->arena, p->n_columns, struct column);
	for (size_t i = 0; i < p->n_columns; i++)
		c.v[i].want = p->columns[i].want;
	return columns_missing(&c);
}

static void
take_columns(struct import_page *p)
{
	const struct shown_column *by_want[WANT_COUNT] = { NULL };
	struct buf text = { 0 };
	const char *lacks;

	for (size_t i = 0; i < p->n_columns; i++)
		take_column(p, &p->columns[i], by_want, &text);
	p->x.columns = str_dup(p->req->arena, buf_str(&text));
	buf_release(&text);
	if (p->n_faults == 0 && (lacks = missing(p)) != NULL && p->n_columns > 0)
		import_page_fault(p, str_format(p->req->arena, "c%lld", (long long)p->columns[0].at).s, N_("Columns"), lacks);
	if (p->as != AS_PEOPLE && p->x.action == NUMBER_NONE)
		import_page_fault(
		    p, NULL, N_("Action"), tr("Such rows belong to an action: go back to the sheet and choose it."));
}

/* A day as people write it; empty: none. */
static day
take_day(struct import_page *p, const char *id, const char *label)
{
	struct reading r = { .a = p->req->arena, .today = p->req->today };
	str typed = str_trim(req_form(p->req, id));
	struct understood u = understand_date(&r, typed);

	if (typed.len == 0)
		return DAY_NONE;
	if (u.sense == SENSE_CERTAIN || u.sense == SENSE_GUESSED)
		return day_parse(u.value);
	import_page_fault(p, id, label, u.say == NULL ? tr("a date, such as 15/09/2024") : u.say);
	return DAY_NONE;
}

static void
take_minutes(struct import_page *p)
{
	struct reading r = { .a = p->req->arena, .today = p->req->today };
	str typed = str_trim(req_form(p->req, "minutes"));
	struct understood u = understand_minutes(&r, typed, TIME_UNKNOWN);
	number n = str_number(u.value);

	p->x.minutes = NUMBER_NONE;
	if (typed.len == 0)
		return;
	if (n.ok && n.value > 0)
		p->x.minutes = n.value;
	else
		import_page_fault(p, "minutes", N_("Length of the sessions"),
		    u.say == NULL ? tr("a length, such as 1 h 30 or 90 minutes") : u.say);
}

static void
take_act(struct import_page *p)
{
	struct reading r = { .a = p->req->arena, .today = p->req->today };
	str typed = str_trim(req_form(p->req, "acte"));
	struct understood u = understand_act(&r, typed);

	p->x.act = typed.len == 0 ? (str){ 0 } : u.value;
	if (typed.len > 0 && u.value.len == 0)
		import_page_fault(
		    p, "acte", N_("Kind of the acts"), u.say == NULL ? tr("a kind of act, such as an appointment") : u.say);
}

static void
take_kind(struct import_page *p)
{
	const struct field *f = entity_field(&entities[ENTITY_sessions], "kind");
	str word = req_form(p->req, "nature"), rest = str_of(f->choices);

	p->x.session_kind = (str){ 0 };
	while (rest.len > 0 && word.len > 0) {
		if (str_eq(str_cut(rest, ' ', &rest), word))
			p->x.session_kind = word;
	}
}

/* What is asked depends on the kind of rows; what is not asked stays unsaid. */
static void
take_settings(struct import_page *p)
{
	const bool enters = p->as == AS_PEOPLE || p->as == AS_ENROLMENTS;

	p->x.new_people = req_form(p->req, "nouvelles").len > 0;
	p->x.entered_on = enters ? take_day(p, "entree", N_("Date of entry")) : DAY_NONE;
	if (p->as == AS_ATTENDANCE) {
		take_minutes(p);
		take_kind(p);
	}
	if (p->as == AS_ACTS)
		take_act(p);
	if (p->as == AS_AGGREGATES) {
		p->x.from = take_day(p, "du", N_("First day of the figures"));
		p->x.to = take_day(p, "au", N_("Last day of the figures"));
	}
}

const struct err *
import_columns_send(struct req *r)
{
	struct import_page p = { 0 };
	bool go;
	const struct err *e = import_form_open(r, &p, IMPORT_COLUMNS, &go);

	if (e != NULL || !go)
		return e;
	if (p.x.bundle)
		return reply_missing(r);
	if ((e = import_columns_read(&p)) != NULL)
		return e;
	take_columns(&p);
	take_settings(&p);
	p.again = true;
	if (p.n_faults > 0)
		return show_columns(&p);
	p.x.state = IMPORT_COLUMNS;
	if (p.x.rows_are.len == 0)
		p.x.rows_are = str_of(as_names[p.as]); /* as it was shown */
	return import_begin(&p, str_is(req_form(r, "suite"), "relire") ? IMPORT_GUESS : IMPORT_CHECK, "columns,options");
}
