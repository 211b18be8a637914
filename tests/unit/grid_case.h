/* grid_case.h - workbooks made of their parts, for tests: the XML stands in the test, the zip is made here */
#pragma once
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

#include "base/buf.h"
#include "exchange/grid.h"

struct grid_case {
	struct arena arena;
	struct grid *grid;
	int file;
};

static inline int
grid_case_start(void **state)
{
	struct grid_case *t = calloc(1, sizeof *t);

	assert_non_null(t);
	t->file = -1;
	*state = t;
	return 0;
}

static inline void
grid_case_close(struct grid_case *t)
{
	grid_close(t->grid);
	t->grid = NULL;
	if (t->file >= 0)
		close(t->file);
	t->file = -1;
}

static inline int
grid_case_end(void **state)
{
	struct grid_case *t = *state;

	grid_case_close(t);
	arena_release(&t->arena);
	free(t);
	return 0;
}

/* A file of these bytes. */
static inline void
file_of(struct grid_case *t, str bytes)
{
	grid_case_close(t);
	t->file = memfd_create("workbook", MFD_CLOEXEC);
	assert_true(t->file >= 0);
	assert_int_equal(write(t->file, bytes.s, bytes.len), (ssize_t)bytes.len);
}

/* A zip of parts: name, content, name, content, NULL. */
static inline void
file_of_parts(struct grid_case *t, const char *const *parts)
{
	char path[] = "/tmp/jalon-grid-XXXXXX";
	int fd = mkstemp(path), code;
	static char bytes[1 << 22];
	zip_t *zip;
	ssize_t n;

	assert_true(fd >= 0);
	close(fd);
	zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
	assert_non_null(zip);
	for (; parts[0] != NULL; parts += 2)
		assert_true(zip_file_add(zip, parts[0], zip_source_buffer(zip, parts[1], strlen(parts[1]), 0), 0) >= 0);
	assert_int_equal(zip_close(zip), 0);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	n = read(fd, bytes, sizeof bytes);
	assert_true(n > 0 && n < (ssize_t)sizeof bytes);
	close(fd);
	file_of(t, (str){ bytes, (size_t)n });
}

static const char case_types[] = "<Types/>";
static const char case_rels[] = "<Relationships><Relationship Id='rId1' Type='http://x/relationships/officeDocument' "
				"Target='xl/workbook.xml'/></Relationships>";
static const char case_book[] = "<workbook xmlns:r='r'><sheets><sheet name='Liste' sheetId='1' r:id='rId1'/></sheets></workbook>";
static const char case_book_rels[] = "<Relationships><Relationship Id='rId1' Type='http://x/relationships/worksheet' "
				     "Target='worksheets/sheet1.xml'/></Relationships>";

/* An XLSX file of one sheet: its rows, as the XML inside sheetData, and what follows them. */
static inline void
xlsx_of(struct grid_case *t, const char *rows, const char *after)
{
	str sheet = str_format(&t->arena, "<worksheet><sheetData>%s</sheetData>%s</worksheet>", rows, after);
	const char *const parts[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml", case_book,
		"xl/_rels/workbook.xml.rels", case_book_rels, "xl/worksheets/sheet1.xml", sheet.s, NULL };

	file_of_parts(t, parts);
}

static inline void
ods_of(struct grid_case *t, const char *tables)
{
	str content = str_format(&t->arena,
	    "<office:document-content><office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>",
	    tables);
	const char *const parts[] = { "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", content.s,
		NULL };

	file_of_parts(t, parts);
}

static inline const struct err *
try_open(struct grid_case *t)
{
	return grid_open(&t->arena, t->file, S("fichier"), &t->grid);
}

static inline void
must_open(struct grid_case *t)
{
	const struct err *err = try_open(t);

	if (err != NULL)
		fail_msg("%s (%s)", err->what, err->detail == NULL ? "" : err->detail);
}

/* "1: A=Nom B#12", a line each row: = text, # number, @ date, % time, ? yes or no, ! error; ^ after the letters: merged. */
static inline const struct err *
sheet_lines(struct grid_case *t, size_t sheet, struct buf *to)
{
	const struct err *err = grid_start(t->grid, sheet);
	struct grid_row row;
	char letters[GRID_LETTERS];

	while (err == NULL && grid_next(t->grid, &row, &err)) {
		buf_format(to, "%lld:", (long long)row.number);
		for (size_t i = 0; i < row.n; i++) {
			buf_char(to, ' ');
			buf_add(to, grid_letters(row.cells[i].column, letters));
			buf_add(to, row.cells[i].merged ? S("^") : S(""));
			buf_char(to, "=#@%?!"[row.cells[i].kind]);
			buf_add(to, row.cells[i].text);
		}
		buf_add(to, row.fault != NULL ? S(" fault\n") : S("\n"));
	}
	return err;
}

static inline void
must_read(struct grid_case *t, size_t sheet, const char *wanted)
{
	struct buf b = { 0 };
	const struct err *err;

	if (t->grid == NULL)
		must_open(t);
	err = sheet_lines(t, sheet, &b);
	if (err != NULL)
		fail_msg("%s (%s)", err->what, err->detail == NULL ? "" : err->detail);
	buf_char(&b, '\0');
	assert_string_equal(b.s, wanted);
	buf_release(&b);
}

/* Refused when it is opened or read, in words that begin so, with something to do about it. */
static inline void
must_refuse(struct grid_case *t, const char *what)
{
	struct buf b = { 0 };
	const struct err *err = try_open(t);

	if (err == NULL)
		err = sheet_lines(t, 0, &b);
	buf_release(&b);
	if (err == NULL)
		fail_msg("not refused: %s", what);
	assert_int_equal(err->kind, ERR_INPUT);
	assert_true(err->hint != NULL && *err->hint != '\0');
	if (strstr(err->what, what) == NULL)
		fail_msg("\"%s\" (%s) instead of \"%s\"", err->what, err->detail == NULL ? "" : err->detail, what);
}
