/* grid_inside.h - what the readers of the formats (grid*.c) share */
#pragma once
#include "base/buf.h"
#include "exchange/grid.h"
#include "exchange/libexpat.h"
#include "exchange/libzip.h"

struct grid_format {
	const struct err *(*start)(struct grid *g, size_t sheet); /* from the first row */
	/* Fills g->line and g->number; false at the end. The row may be empty. */
	bool (*next)(struct grid *g, const struct err **err);
	void (*stop)(struct grid *g); /* ends a reading, also one that was not begun */
	void (*close)(struct grid *g);
};

struct line_cell { /* its text stands in the line's buffer */
	bool there;
	enum grid_kind kind;
	size_t from, len;
};

struct merge { /* cells merged downwards; rows from 1 */
	int64_t row, until;
	int column;
};
struct held { /* what a merged cell says for the rows below it */
	int64_t until;
	enum grid_kind kind;
	str text;
	size_t cap;
};
struct sheet_facts {
	bool measured;
	struct grid_size size;
	struct merge *merges; /* in order of rows, then columns */
	size_t n, cap;
};

struct grid {
	struct arena *arena;
	int file;
	str name;
	const struct grid_format *format;
	void *own; /* the format's */

	struct grid_sheet *sheets;
	struct sheet_facts *facts;
	size_t n;

	/* the reading that goes on */
	size_t sheet;
	bool measuring, reading;
	int64_t number;   /* of the row in line */
	int64_t repeated; /* rows after it that are the same */
	struct line_cell line[GRID_COLUMNS];
	int last;        /* column of the line, -1: none */
	struct buf text; /* of the line's cells */
	const char *fault;
	struct grid_cell cells[GRID_COLUMNS];
	struct held held[GRID_COLUMNS];
	size_t merge_at;
	int lowest_held; /* columns from here on hold nothing */
};

/* --- grid.c --- */
const struct err *grid_refuse(struct grid *g, const char *what, const char *hint); /* what: with one %s for the file's name */
const struct err *grid_damaged(struct grid *g, const char *detail);
void grid_add_sheet(struct grid *g, str name, bool hidden);
/* Begins and ends a cell of the line; its text is added to g->text in between. False: beyond the last column. */
void grid_cell_put(struct grid *g, int column, enum grid_kind kind, size_t from);
const struct err *grid_too_wide(struct grid *g);
const struct err *grid_too_long(struct grid *g);
const struct err *grid_beyond_measure(struct grid *g);
void grid_merge(struct grid *g, size_t sheet, int64_t row, int64_t until, int column);
/* A number as a spreadsheet stores it ("1.1000000000000001", "6.12E8"), written plainly. */
void grid_number(struct buf *to, str stored);

/* --- grid_xml.c: one part of a zip, read as XML piece by piece --- */
struct xml {
	struct grid *g;
	XML_Parser parser;
	zip_file_t *part;
	int64_t left, fed;
	int64_t seen; /* where the last event began: a token that does not end must not be gathered for ever */
	int depth;
	bool ended;
	const struct err *err;                                                   /* what a handler, or the limits, refused */
	void (*begin)(struct xml *x, const char *name, const char **attributes); /* names without their prefix */
	void (*end)(struct xml *x, const char *name);
	void (*letters)(struct xml *x, const char *s, int n);
	void *to;
};
bool xml_has(zip_t *zip, const char *name);
/* name: of the part; a missing one is refused. */
const struct err *xml_open(struct grid *g, zip_t *zip, const char *name, struct xml *x);
/* Goes on until the end or until a handler calls xml_pause. False at the end or on an error. */
bool xml_go_on(struct xml *x);
void xml_pause(struct xml *x);
void xml_refuse(struct xml *x, const struct err *err);
void xml_close(struct xml *x); /* also one that was not opened */
/* The whole part in one go. */
const struct err *xml_read(struct xml *x);
str xml_attribute(const char **attributes, const char *name); /* without prefix; absent: none */
bool xml_is(const char *name, const char *wanted);

/* --- the formats; each takes over a file that grid_open has recognised --- */
const struct err *grid_xlsx_open(struct grid *g, zip_t *zip);
const struct err *grid_ods_open(struct grid *g, zip_t *zip);
const struct err *grid_csv_open(struct grid *g);
