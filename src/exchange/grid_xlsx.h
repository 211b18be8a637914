/* grid_xlsx.h - what the two halves of the XLSX reader share: the book (sheets, styles, shared texts) and the rows */
#pragma once
#include "exchange/grid_inside.h"

enum xlsx_style { STYLE_NUMBER, STYLE_DATE, STYLE_TIME };
struct xlsx {
	zip_t *zip;
	bool from_1904;
	const char *parts[GRID_SHEETS]; /* of the sheets */
	const char *styles_part, *texts_part;

	bool loaded;           /* styles and texts: at the first reading of a sheet */
	unsigned char *styles; /* enum xlsx_style of each cell format */
	size_t styles_n, styles_cap;
	str *texts; /* shared by all sheets */
	size_t texts_n, texts_cap;
	struct arena texts_arena;

	struct xml rows; /* of the sheet that is read */
	struct row_state *state;
};

const struct err *xlsx_book(struct grid *g, struct xlsx *x); /* sheets and where their parts stand */
const struct err *xlsx_load(struct grid *g, struct xlsx *x); /* styles and shared texts */
