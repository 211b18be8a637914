/* the check of an import, the import itself, what came of it, and the rows to mend */
#include <string.h>

#include <unistd.h>

#include "base/text.h"
#include "exchange/grid.h"
#include "views.h"
#include "web/app.h"
#include "web/import_files.h"
#include "web/import_page.h"
#include "web/route.h"
#include "web/xlsx_table.h"

static const struct err *
read_found(struct import_page *p)
{
	number page = str_number(req_query(p->req, "page"));
	int file = import_file_open(p->req->arena, p->req->setting->data, p->x.file, ".refused");
	const struct err *e = import_found_read(p, page.ok ? page.value : 1);

	p->refused = file >= 0;
	if (file >= 0)
		(void)close(file);
	return e != NULL ? e : import_guesses_read(p);
}

const struct err *
import_check_show(struct req *r)
{
	struct import_page p = { 0 };
	struct page frame;
	bool go;
	const struct err *e = import_step_open(r, &p, STEP_CHECK, &go);

	if (e != NULL || !go)
		return e;
	if ((e = read_found(&p)) != NULL)
		return e;
	frame = import_frame(&p, tr("What the import would do"));
	import_check_view(page_begin(r, &frame), &p);
	return page_end(r);
}

const struct err *
import_write_send(struct req *r)
{
	struct import_page p = { 0 };
	bool go;
	const struct err *e = import_form_open(r, &p, IMPORT_CHECKED, &go);

	if (e != NULL || !go)
		return e;
	if (p.outcome.rows - p.outcome.refused <= 0 || (p.x.bundle && p.outcome.faults > 0))
		return reply_see(r, "%.*s/controle", STR_ARG(p.base));
	return import_begin(&p, IMPORT_WRITE, "records");
}

const struct err *
import_result(struct req *r)
{
	struct import_page p = { 0 };
	struct page frame;
	bool go;
	const struct err *e = import_step_open(r, &p, STEP_IMPORT, &go);

	if (e != NULL || !go)
		return e;
	if ((e = read_found(&p)) != NULL)
		return e;
	frame = import_frame(&p, tr("The import is done"));
	import_result_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* ---- the refused rows ---- */

static const struct err *
open_refused(struct req *r, struct import_page *p, bool *go)
{
	const struct err *e = import_page_open(r, p, go);

	if (e == NULL && *go && p->x.state < IMPORT_CHECKED) {
		*go = false;
		return reply_missing(r);
	}
	return e;
}

const struct err *
import_refused_csv(struct req *r)
{
	struct import_page p = { 0 };
	bool go, found;
	str text;
	const struct err *e = open_refused(r, &p, &go);

	if (e != NULL || !go)
		return e;
	e = import_file_read(r->arena, r->setting->data, p.x.file, ".refused", &text, &found);
	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	buf_add(&r->out->body, text);
	return reply_file(r, "text/csv; charset=utf-8", tr("refused-rows.csv"));
}

/* Read back from the CSV, cell by cell. */
static const struct err *
fill_workbook(struct arena *a, int file, struct xlsx_table *t)
{
	struct grid_size size;
	struct grid_row row;
	struct grid *g;
	int64_t at = 0;
	const struct err *e = grid_open(a, file, S("csv"), &g);

	if (e == NULL)
		e = grid_measure(g, 0, &size);
	if (e == NULL)
		xlsx_table_sheet(t, tr("Refused rows"), size.columns);
	if (e == NULL)
		e = grid_start(g, 0);
	for (; e == NULL && grid_next(g, &row, &e); at++) {
		for (size_t i = 0; i < row.n; i++)
			xlsx_table_cell(t, at, row.cells[i].column, row.cells[i].text, at == 0);
	}
	grid_close(g);
	return e;
}

const struct err *
import_refused_xlsx(struct req *r)
{
	struct import_page p = { 0 };
	struct xlsx_table *t;
	bool go;
	int file;
	const struct err *e = open_refused(r, &p, &go), *closed;

	if (e != NULL || !go)
		return e;
	if ((file = import_file_open(r->arena, r->setting->data, p.x.file, ".refused")) < 0)
		return reply_missing(r);
	if ((e = xlsx_table_open(r->arena, r->setting->data, &t)) == NULL) {
		e = fill_workbook(r->arena, file, t);
		closed = xlsx_table_close(t, &r->out->body);
		e = e != NULL ? e : closed;
	}
	(void)close(file);
	return e != NULL
		   ? e
		   : reply_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tr("refused-rows.xlsx"));
}
