#include "web/import_work.h"

#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/text.h"
#include "web/import_files.h"
#include "web/import_lines.h"

enum { KINDS_GUESSED = 12, WRONG_SHOWN = 3 };

day
import_today(const struct import *x)
{
	return moment_day(x->made_ms);
}

/* ---- opening ---- */

const struct err *
import_open(struct import_work *w, struct opened_import *o)
{
	*o = (struct opened_import){ .file = import_file_open(w->arena, w->data, w->import->file, "") };
	if (o->file < 0)
		return err_new(w->arena, ERR_INPUT, tr("The file is no longer there: it is deleted after 7 days."), NULL,
		    tr("Choose it again."));
	return grid_open(w->arena, o->file, w->import->name, &o->grid);
}

void
import_close(struct opened_import *o)
{
	grid_close(o->grid);
	if (o->file >= 0)
		(void)close(o->file);
}

/* "3 birth_date": the column of that place in the sheet. First all are put down, so that no choice takes another's away. */
static void
apply_choices(struct columns *c, str text)
{
	for (size_t i = 0; i < c->n; i++)
		columns_choose(c, i, WANT_NOTHING);
	while (text.len > 0) {
		str name, line = str_cut(text, '\n', &text);
		number at = str_number(str_cut(line, ' ', &name));
		int want = want_named(name);

		for (size_t i = 0; i < c->n && want >= 0 && at.ok; i++) {
			if (c->v[i].at == at.value && want_fits((enum want)want, c->as))
				columns_choose(c, i, (enum want)want);
		}
	}
}

const struct err *
import_open_columns(struct import_work *w, struct opened_import *o)
{
	struct import *x = w->import;
	int as = as_named(x->rows_are);
	enum rows_as kind = as < 0 ? AS_PEOPLE : (enum rows_as)as;
	const struct err *e = import_open(w, o);

	if (e == NULL && (x->sheet < 0 || (size_t)x->sheet >= grid_sheets(o->grid, &(const struct grid_sheet *){ NULL })))
		e = err_new(
		    w->arena, ERR_INPUT, tr("This sheet is not in the file."), NULL, tr("Choose one of those that are shown."));
	if (e == NULL && as < 0)
		e = columns_kind(w->arena, o->grid, (size_t)x->sheet, import_today(x), &kind);
	if (e == NULL)
		e = columns_guess(w->arena, o->grid, (size_t)x->sheet, kind, import_today(x), &o->columns);
	if (e != NULL)
		return e;
	if (x->columns.len > 0)
		apply_choices(&o->columns, x->columns);
	else
		e = columns_recall(w->db, w->arena, x->territory, x->organisation_ref, &o->columns, &o->remembered);
	return e;
}

/* ---- the sheets ---- */

static const struct err *
add_sheet(struct import_work *w, struct opened_import *o, size_t i, const struct grid_sheet *s, struct buf *to)
{
	struct grid_size size = { 0 };
	enum rows_as as = AS_PEOPLE;
	const struct err *e = grid_measure(o->grid, i, &size);

	if (e == NULL && size.filled > 0 && i < KINDS_GUESSED && !s->hidden)
		e = columns_kind(w->arena, o->grid, i, import_today(w->import), &as);
	line_number(to, s->hidden);
	line_number(to, size.filled);
	line_field(to, i < KINDS_GUESSED && !s->hidden ? str_of(as_names[as]) : S(""));
	line_field(to, s->name);
	line_end(to);
	return e;
}

const struct err *
import_look(struct import_work *w)
{
	const struct grid_sheet *sheets;
	struct opened_import o;
	struct buf to = { 0 };
	const struct err *e = import_open(w, &o);
	size_t n = e == NULL ? grid_sheets(o.grid, &sheets) : 0;

	for (size_t i = 0; i < n && e == NULL; i++)
		e = add_sheet(w, &o, i, &sheets[i], &to);
	import_close(&o);
	if (e == NULL)
		e = import_file_write(w->arena, w->data, w->import->file, ".sheets", buf_str(&to));
	buf_release(&to);
	if (e == NULL)
		w->import->state = IMPORT_SHEET;
	return e;
}

/* ---- the columns ---- */

struct wrong_values { /* of a column: those that are not understood */
	int64_t n;
	str value[WRONG_SHOWN];
};

/* A number that nobody reads by the way is not shown in a list of samples either. */
static str
sample_shown(const struct column *c, str value)
{
	return c->want == WANT_agdref && value.len > 0 ? S("•••") : value;
}

static void
count_row(struct arena *a, struct reading *r, const struct columns *c, const struct grid_row *row, struct wrong_values *wrong)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct grid_cell *cell = c->v[i].want == WANT_NOTHING ? NULL : grid_at(row, c->v[i].at);
		struct wrong_values *x = &wrong[i];

		if (cell == NULL || column_value(r, &c->v[i], cell->text).sense != SENSE_REFUSED)
			continue;
		for (int64_t k = 0; k < WRONG_SHOWN; k++) {
			if (k == x->n || (k < x->n && str_eq(x->value[k], cell->text))) {
				x->value[k] = x->value[k].s == NULL ? str_dup(a, cell->text) : x->value[k];
				break;
			}
		}
		x->n++;
	}
}

static const struct err *
count_wrong(struct import_work *w, struct opened_import *o, struct wrong_values *wrong)
{
	struct arena scratch = { 0 };
	struct reading r = { .a = &scratch, .today = import_today(w->import) };
	struct grid_row row;
	const struct err *e = grid_start(o->grid, (size_t)w->import->sheet);

	while (e == NULL && grid_next(o->grid, &row, &e)) {
		if (row.number > o->columns.header_row && row.fault == NULL)
			count_row(w->arena, &r, &o->columns, &row, wrong);
		arena_clear(&scratch);
	}
	arena_release(&scratch);
	return e;
}

static void
add_column(struct import_work *w, const struct column *c, const struct wrong_values *wrong, struct buf *to)
{
	struct reading r = { .a = w->arena, .today = import_today(w->import) };
	char date[DAY_TEXT];

	line_number(to, c->at);
	line_field(to, c->header);
	line_field(to, str_of(want_names[c->want]));
	line_number(to, c->sense);
	line_number(to, c->chosen);
	line_field(to, day_text(c->on, date));
	line_field(to, str_of(c->say));
	line_number(to, c->filled);
	for (int i = 0; i < COLUMN_SAMPLES; i++) {
		struct understood u = { SENSE_EMPTY, { 0 }, NULL };

		if (c->want != WANT_NOTHING && c->samples[i].len > 0)
			u = column_value(&r, c, c->samples[i]);
		line_field(to, sample_shown(c, c->samples[i]));
		line_number(to, u.sense);
		line_field(to, c->want == WANT_agdref ? S("") : value_words(w->arena, c, u.value));
		line_field(to, str_of(u.say));
	}
	line_number(to, wrong->n);
	for (int i = 0; i < WRONG_SHOWN; i++)
		line_field(to, sample_shown(c, wrong->value[i]));
	line_end(to);
}

const struct err *
import_write_columns(struct import_work *w, struct opened_import *o)
{
	const struct columns *c = &o->columns;
	struct wrong_values *wrong = ARENA_ARRAY(w->arena, c->n, struct wrong_values);
	struct buf to = { 0 };
	const struct err *e = count_wrong(w, o, wrong);

	line_field(&to, str_of(as_names[c->as]));
	line_number(&to, c->header_row);
	line_number(&to, o->remembered);
	line_end(&to);
	for (size_t i = 0; i < c->n; i++)
		add_column(w, &c->v[i], &wrong[i], &to);
	if (e == NULL)
		e = import_file_write(w->arena, w->data, w->import->file, ".columns", buf_str(&to));
	buf_release(&to);
	return e;
}

const struct err *
import_guess(struct import_work *w)
{
	struct opened_import o;
	const struct err *e = import_open_columns(w, &o);

	if (e == NULL)
		e = import_write_columns(w, &o);
	import_close(&o);
	if (e == NULL)
		w->import->state = IMPORT_COLUMNS;
	return e;
}

/* ---- */

const struct err *
import_do(struct import_work *w, enum import_task task)
{
	switch (task) {
	case IMPORT_LOOK:
		return import_look(w);
	case IMPORT_GUESS:
		return import_guess(w);
	case IMPORT_CHECK:
	case IMPORT_WRITE:
		return w->import->bundle ? import_run_bundle(w, task == IMPORT_WRITE) : import_run(w, task == IMPORT_WRITE);
	case IMPORT_REST:
	case IMPORT_TASKS:
		break;
	}
	bug("an import has nothing to do");
}

/* ---- the row ---- */

static const struct err *
put_row(struct import_work *w, const char *fields)
{
	const struct err *e = db_begin_write(w->db);

	return e != NULL ? e : db_end(w->db, import_update(w->db, w->arena, w->import, fields, w->now_ms));
}

/* The file itself is needed no more; what was refused stays for its owner to mend. */
static void
tidy(struct import_work *w)
{
	static const char *const over[] = { "", ".sheets", ".columns", ".guesses" };
	struct import *x = w->import;
	struct outcome o;

	if (x->state != IMPORT_DONE)
		return;
	outcome_read(x->report, &o);
	for (size_t i = 0; i < sizeof over / sizeof *over; i++)
		import_file_drop(w->arena, w->data, x->file, over[i]);
	if (o.refused > 0 || o.warnings > 0)
		return;
	import_files_drop(w->arena, w->data, x->file);
	x->file = (str){ 0 };
}

/* Dropped while it was being read: what was written beside it meanwhile goes too. */
static void
drop_remains(struct import_work *w)
{
	int file = import_file_open(w->arena, w->data, w->import->file, "");

	if (file >= 0)
		(void)close(file);
	else
		import_files_drop(w->arena, w->data, w->import->file);
}

const struct err *
import_carry_out(struct import_work *w, enum import_task task)
{
	static const char *const fields[] = { NULL, "sheets", "columns", "check", "records" };
	struct import *x = w->import;
	const struct err *e = import_do(w, task), *put;
	str file = x->file;

	if (e != NULL && w->left != NULL && *w->left)
		return NULL;
	x->doing = IMPORT_REST;
	x->job = NUMBER_NONE;
	x->message = e == NULL ? (str){ 0 } : e->hint == NULL ? str_of(e->what) : str_format(w->arena, "%s %s", e->what, e->hint);
	if (x->state == IMPORT_DONE)
		tidy(w);
	put = put_row(w, fields[task]);
	if (put != NULL && put->kind == ERR_CONFLICT) {
		x->file = file;
		drop_remains(w);
		put = NULL;
	}
	return e != NULL ? e : put;
}

void
import_stopped(struct import_work *w)
{
	w->import->doing = IMPORT_REST;
	w->import->job = NUMBER_NONE;
	w->import->message = str_of(tr("It was stopped: nothing was written."));
	(void)put_row(w, "stopped");
}
