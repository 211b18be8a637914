/* import_run.c - an operator's spreadsheet checked, or imported */
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "exchange/workbook.h"
#include "web/import_files.h"
#include "web/import_lines.h"
#include "web/import_work.h"
#include "web/req.h"

struct hearing {
	struct row_problem_sink sink; /* first */
	struct found_list *found;
};

static void
hear(struct row_problem_sink *sink, const struct row_problem *p)
{
	struct hearing *h = (struct hearing *)sink;
	char letters[GRID_LETTERS];

	found_add(h->found, p->level, p->row, p->column < 0 ? S("") : grid_letters(p->column, letters), p->header, p->value,
	    p->expected);
}

static const struct err *
fill_options(struct import_work *w, bool write, struct workbook_options *o)
{
	const struct import *x = w->import;
	const struct viewer who = { .account = x->account };

	*o = (struct workbook_options){ .organisation = x->organisation_ref,
		.action = x->action_ref,
		.today = import_today(x),
		.entered_on = x->entered_on,
		.minutes = x->minutes,
		.session_kind = x->session_kind,
		.act = x->act,
		.from = x->from,
		.to = x->to,
		.new_people = x->new_people,
		.go_on = w->go_on,
		.go_on_to = w->to };
	o->import = (struct import_options){ .at = moment_text(w->arena, w->now_ms),
		.actor = viewer_actor(w->arena, &who),
		.cause = S("import"),
		.now_ms = w->now_ms,
		.dry_run = !write };
	return keeper_ref(w->db, w->arena, x->territory, &o->import.territory);
}

static const struct err *
write_guesses(struct import_work *w, const struct workbook_report *report)
{
	struct buf to = { 0 };
	const struct err *e;

	for (size_t i = 0; i < report->guesses_n; i++) {
		const struct guess_seen *g = &report->guesses[i];
		char letters[GRID_LETTERS];

		line_field(&to, grid_letters(g->column, letters));
		line_field(&to, g->header);
		line_number(&to, g->n);
		line_field(&to, g->value);
		line_field(&to, g->say);
		line_end(&to);
	}
	e = import_file_write(w->arena, w->data, w->import->file, ".guesses", buf_str(&to));
	buf_release(&to);
	return e;
}

static const struct err *
write_refused(struct import_work *w, struct opened_import *o, const struct workbook_report *report)
{
	struct buf to = { 0 };
	const struct err *e;

	if (report->refused == 0) {
		import_file_drop(w->arena, w->data, w->import->file, ".refused");
		return NULL;
	}
	e = workbook_refused(o->grid, (size_t)w->import->sheet, &o->columns, report, &to);
	if (e == NULL)
		e = import_file_write(w->arena, w->data, w->import->file, ".refused", buf_str(&to));
	buf_release(&to);
	return e;
}

static void
keep_outcome(struct import_work *w, const struct workbook_report *r)
{
	const struct outcome o = { .rows = r->rows,
		.refused = r->refused,
		.ignored = r->ignored,
		.faults = r->faults,
		.warnings = r->warnings,
		.records = r->records };

	w->import->report = outcome_text(w->arena, &o);
}

/* Once the records are written nothing may undo the answer: what is kept beside them comes before. */
static const struct err *
run(struct import_work *w, struct opened_import *o, bool write)
{
	struct hearing h = { .sink.add = hear, .found = found_new(w->arena) };
	struct workbook_options options;
	struct workbook_report report;
	const char *missing = columns_missing(&o->columns);
	const struct err *e = fill_options(w, write, &options);

	if (e == NULL && missing != NULL)
		e = err_new(w->arena, ERR_INPUT, missing, NULL, tr("Choose the column that does."));
	if (e == NULL && !write)
		e = import_write_columns(w, o);
	if (e == NULL)
		e = workbook_run(w->db, w->arena, o->grid, (size_t)w->import->sheet, &o->columns, &options, &h.sink, &report);
	if (e != NULL)
		return e;
	if ((e = found_write(h.found, w)) == NULL && (e = write_guesses(w, &report)) == NULL)
		e = write_refused(w, o, &report);
	if (e == NULL && write)
		e = columns_remember(w->db, w->arena, w->import->organisation_ref, &o->columns, &options.import);
	keep_outcome(w, &report);
	return e;
}

const struct err *
import_run(struct import_work *w, bool write)
{
	struct opened_import o;
	const struct err *e = import_open_columns(w, &o);

	if (e == NULL)
		e = run(w, &o, write);
	import_close(&o);
	if (e == NULL)
		w->import->state = write ? IMPORT_DONE : IMPORT_CHECKED;
	return e;
}
