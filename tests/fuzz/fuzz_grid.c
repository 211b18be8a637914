/* The reader of workbooks: whatever the bytes, it ends, every cell is fit to use, and reading a second time gives the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "exchange/grid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
judge_row(const struct grid_row *row, int64_t *last)
{
	int column = -1;

	if (row->number <= *last || row->number > GRID_ROWS)
		abort();
	*last = row->number;
	for (size_t i = 0; i < row->n; i++) {
		const struct grid_cell *c = &row->cells[i];

		if (c->column <= column || c->column >= GRID_COLUMNS || c->text.len == 0 || c->text.len > GRID_CELL ||
		    !str_utf8(c->text))
			abort();
		if (grid_at(row, c->column) != c)
			abort();
		column = c->column;
	}
}

/* A digest of all that the sheet gave; 0 when it was refused. */
static uint64_t
read_sheet(struct grid *g, size_t sheet)
{
	const struct err *err = grid_start(g, sheet);
	struct grid_row row;
	uint64_t digest = 7;
	int64_t last = 0;

	while (err == NULL && grid_next(g, &row, &err)) {
		judge_row(&row, &last);
		for (size_t i = 0; i < row.n; i++)
			digest = str_hash(row.cells[i].text, digest + (uint64_t)row.cells[i].column);
	}
	return err == NULL ? digest : 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int file = memfd_create("grid", MFD_CLOEXEC);
	const struct grid_sheet *sheets;
	const struct err *err;
	struct arena a = { 0 };
	struct grid *g;
	size_t n;

	if (file < 0 || write(file, data, size) != (ssize_t)size)
		abort();
	err = grid_open(&a, file, S("file"), &g);
	if ((err == NULL) != (g != NULL) || (err != NULL && (err->what == NULL || err->kind != ERR_INPUT)))
		abort();
	if (g != NULL) {
		n = grid_sheets(g, &sheets);
		for (size_t i = 0; i < n && i < 4; i++) {
			if (!str_utf8(sheets[i].name) || read_sheet(g, i) != read_sheet(g, i))
				abort();
		}
	}
	grid_close(g);
	arena_release(&a);
	close(file);
	return 0;
}
