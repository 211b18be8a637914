/* grid.h - a spreadsheet from somebody else as rows of text cells with their places: XLSX, ODS, CSV.
 * Rows come one by one, in bounded memory, and hostile files are refused early: nothing of the file is ever executed, followed or
 * expanded beyond the limits below. A file that cannot be read is an err that says what to do. */
#pragma once
#include "base/arena.h"
#include "base/err.h"

enum {
	GRID_ROWS = 50000,  /* the last row that may hold something */
	GRID_COLUMNS = 512, /* likewise */
	GRID_SHEETS = 200,
	GRID_CELL = 32 * 1024, /* bytes of one cell; what is longer is cut, as spreadsheets do */
};

enum grid_kind {
	GRID_TEXT,
	GRID_NUMBER, /* "1000.5": digits, a dot */
	GRID_DATE,   /* "2025-08-31", or "2025-08-31 14:30": the cell is formatted as a date */
	GRID_TIME,   /* "3:30": hours and minutes, which may be more than a day */
	GRID_YES_NO, /* "true", "false" */
	GRID_ERROR,  /* "#REF!" */
};
struct grid_cell {
	int column; /* from 0 */
	enum grid_kind kind;
	bool merged; /* stands in a row above: the cell is merged downwards, and its text counts for every row */
	str text;    /* UTF-8; never empty */
};
struct grid_row {       /* its views live until the next one is read */
	int64_t number; /* as the spreadsheet shows it, from 1; the line of a CSV file */
	const struct grid_cell *cells;
	size_t n; /* those that hold something, from left to right */
	const char
	    *fault; /* translated, or NULL: the row of a CSV file cannot be trusted (quotation marks, bytes that are no text) */
};
struct grid_sheet {
	str name;
	bool hidden;
};
struct grid_size {
	int64_t rows;   /* number of the last row that holds something */
	int64_t filled; /* rows that hold something */
	int columns;    /* the last one that holds something, from 1 */
};

struct grid;
/* file: open for reading, stays the caller's; name: in messages. The format is told by the bytes, not by the name. */
const struct err *grid_open(struct arena *a, int file, str name, struct grid **out);
void grid_close(struct grid *g); /* NULL is fine */
size_t grid_sheets(const struct grid *g, const struct grid_sheet **sheets);
/* Reads the sheet through once; the answer is kept. */
const struct err *grid_measure(struct grid *g, size_t sheet, struct grid_size *size);
/* From its first row; a sheet may be read again and again, one reading of the grid at a time. */
const struct err *grid_start(struct grid *g, size_t sheet);
bool grid_next(struct grid *g, struct grid_row *row, const struct err **err); /* false: the end, or *err */

const struct grid_cell *grid_at(const struct grid_row *row, int column); /* NULL: empty */
enum { GRID_LETTERS = 4 };
str grid_letters(int column, char to[GRID_LETTERS]); /* "A", "AB" */
