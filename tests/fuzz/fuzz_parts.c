/* The parts of a workbook: the first byte chooses the part, the rest is its XML; the other parts are right. What is read ends, and
 * every cell is fit to use. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "exchange/grid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct part {
	const char *name, *content;
};
static const struct part xlsx[] = {
	{ "xl/worksheets/sheet1.xml",
	    "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>45900</v></c></row></sheetData></worksheet>" },
	{ "xl/sharedStrings.xml", "<sst><si><t>Nom</t></si><si><t>x</t></si></sst>" },
	{ "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>" },
	{ "xl/workbook.xml", "<workbook xmlns:r='r'><sheets><sheet name='Liste' sheetId='1' r:id='a'/></sheets></workbook>" },
	{ "xl/_rels/workbook.xml.rels",
	    "<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='x/styles' "
	    "Target='styles.xml'/><Relationship Id='c' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>" },
	{ "[Content_Types].xml", "<Types/>" },
	{ "_rels/.rels",
	    "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>" },
};
static const struct part ods[] = { { "content.xml", "" }, { "mimetype", "x" } };

static int
make_file(const struct part *parts, size_t n, size_t chosen, const uint8_t *data, size_t size)
{
	int file = memfd_create("parts", MFD_CLOEXEC);
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(to, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	char piece[4096];
	zip_int64_t got;

	if (file < 0 || zip == NULL)
		abort();
	zip_source_keep(to);
	for (size_t i = 0; i < n; i++) {
		const void *bytes = i == chosen ? (const void *)data : parts[i].content;
		zip_source_t *from = zip_source_buffer(zip, bytes, i == chosen ? size : strlen(parts[i].content), 0);
		zip_int64_t at = zip_file_add(zip, parts[i].name, from, 0);

		if (at < 0 || zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) != 0)
			abort();
	}
	if (zip_close(zip) != 0 || zip_source_open(to) != 0)
		abort();
	while ((got = zip_source_read(to, piece, sizeof piece)) > 0) {
		if (write(file, piece, (size_t)got) != got)
			abort();
	}
	zip_source_close(to);
	zip_source_free(to);
	return file;
}

static void
read_sheet(struct grid *g, size_t sheet)
{
	const struct err *err = grid_start(g, sheet);
	struct grid_row row;
	int64_t last = 0;

	while (err == NULL && grid_next(g, &row, &err)) {
		if (row.number <= last || row.number > GRID_ROWS)
			abort();
		last = row.number;
		for (size_t i = 0; i < row.n; i++) {
			const struct grid_cell *c = &row.cells[i];

			if (c->column >= GRID_COLUMNS || c->text.len == 0 || c->text.len > GRID_CELL || !str_utf8(c->text))
				abort();
		}
	}
	if (err != NULL && err->kind != ERR_INPUT)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct grid_sheet *sheets;
	struct arena a = { 0 };
	struct grid *g;
	size_t chosen, n;
	int file;

	if (size == 0)
		return 0;
	chosen = data[0] % 6;
	file = chosen == 5 ? make_file(ods, 2, 0, data + 1, size - 1) : make_file(xlsx, 7, chosen, data + 1, size - 1);
	if (grid_open(&a, file, S("file"), &g) == NULL) {
		n = grid_sheets(g, &sheets);
		for (size_t i = 0; i < n && i < 3; i++)
			read_sheet(g, i);
		grid_close(g);
	}
	arena_release(&a);
	close(file);
	return 0;
}
