/* xlsx_table.h - a plain workbook: tables of text under bold headings, for people to fill in and send back */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct xlsx_table;
/* folder: for files on the way. */
const struct err *xlsx_table_open(struct arena *a, const char *folder, struct xlsx_table **out);
void xlsx_table_sheet(struct xlsx_table *t, const char *name, int columns); /* the cells that follow stand in it */
void xlsx_table_cell(struct xlsx_table *t, int64_t row, int column, str text, bool heading); /* from 0; always as text */
const struct err *xlsx_table_close(struct xlsx_table *t, struct buf *to);                    /* the bytes; must follow open */
