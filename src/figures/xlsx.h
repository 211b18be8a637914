/* xlsx.h - a workbook being written: what its worksheets share. Only the files xlsx_*.c and write_xlsx.c include it. */
#pragma once
#include "figures/libxlsxwriter.h"
#include "figures/write_xlsx.h"

enum look {
	LOOK_TEXT,
	LOOK_WRAPPED,
	LOOK_HEADING,
	LOOK_NUMBERS, /* heading of a column of numbers */
	LOOK_TITLE,
	LOOK_STRONG,
	LOOK_UNIT,
	LOOK_WHOLE,
	LOOK_TENTHS,
	LOOK_HUNDREDTHS,
	LOOK_EUROS,
	LOOK_DAY,
	LOOKS
};

struct xlsx {
	struct arena *arena;
	const struct xlsx_asked *asked;
	const struct questionnaire *q;
	const struct book *book;
	lxw_workbook *workbook;
	lxw_format *looks[LOOKS];
	lxw_error failed; /* the first refusal */
};

struct column {
	const char *heading; /* N_ */
	double width;        /* in characters */
	bool numbers;
};

/* A worksheet: A4 landscape, as wide as a page, contract and period above, its name and the page number below. */
lxw_worksheet *xlsx_sheet(struct xlsx *x, const char *name);
/* The headings of a table at that row, frozen and repeated on each printed page; `from` columns stay too. */
void xlsx_headings(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, const struct column *columns, int n, int from);
/* High enough for the longest of these texts, each wrapped in a column of that width. Not every program does it by itself. */
struct wrapped_text {
	str text;
	double width;
};
void xlsx_height(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, const struct wrapped_text *texts, int n);
void xlsx_text(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, str text, enum look look);
void xlsx_count(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, int64_t n); /* NOT_KNOWN leaves the cell empty */
void xlsx_value(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, enum indicator_unit unit, int64_t v);
void xlsx_day(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, day d);
str xlsx_label(const struct figure *f); /* of its indicator, translated */
/* In what a figure counts; of texts and of the contract's own declared values nothing that a reader needs. */
str xlsx_unit(const struct figure *f);
str xlsx_scope_title(const struct xlsx *x, const struct scope *s);
/* What stands beside a figure: those not followed up, the records of a sheet whose figures are sent, a text. */
str xlsx_note(struct xlsx *x, const struct figure *f);

/* The worksheets, in their order. */
void xlsx_reading(struct xlsx *x);
void xlsx_table(struct xlsx *x);
void xlsx_charts(struct xlsx *x);
void xlsx_every_figure(struct xlsx *x);
void xlsx_overlap(struct xlsx *x);
void xlsx_flags(struct xlsx *x);
void xlsx_rules(struct xlsx *x);
