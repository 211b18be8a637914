/* import_work.h - what is done with an uploaded file between two pages: by the worker that shows them when the file is small, else by the
 * job process. Each task reads the file, leaves what it found beside it (import_files.h) and changes the struct; the caller writes the row. */
#pragma once
#include "exchange/columns.h"
#include "web/imports.h"

struct import_work {
	struct db *db;
	struct arena *arena;
	const char *data; /* folder */
	int64_t now_ms;
	struct import *import;
	/* How far it is; false: leave, nothing is written. NULL: never asked. */
	bool (*go_on)(void *to, int64_t done, int64_t total);
	void *to;
	const bool *left; /* whether go_on said so; NULL: never */
};

/* ERR_INPUT: what the file or the choices make impossible, in words for the user. */
const struct err *import_look(struct import_work *w);  /* the sheets, and what their rows may be */
const struct err *import_guess(struct import_work *w); /* the columns of the chosen sheet */
/* write: for good; else everything is tried and undone. */
const struct err *import_run(struct import_work *w, bool write);
const struct err *import_run_bundle(struct import_work *w, bool write); /* between the two above: import_bundle.c */
const struct err *import_do(struct import_work *w, enum import_task task);

/* Does it and writes into the row what came of it; what was made impossible becomes x->message, and the error is handed on. A row that
 * changed meanwhile (its owner dropped the file) is left as it is, and so is one whose task was left. */
const struct err *import_carry_out(struct import_work *w, enum import_task task);
void import_stopped(struct import_work *w); /* its owner asked for that: nothing was written */

/* --- what the tasks share --- */
struct opened_import {
	int file;
	struct grid *grid;
	struct columns columns;
	bool remembered; /* the columns are those that were chosen the last time */
};
const struct err *import_open(struct import_work *w, struct opened_import *o);          /* the grid alone */
const struct err *import_open_columns(struct import_work *w, struct opened_import *o);  /* and the columns, as they were chosen */
const struct err *import_write_columns(struct import_work *w, struct opened_import *o); /* for the page that shows them */
void import_close(struct opened_import *o);
day import_today(const struct import *x); /* the day of the upload: the check and the import read dates alike */

/* Faults and warnings, as they come; in order of level and row at the end. */
struct found_list;
struct found_list *found_new(struct arena *a);
void found_add(struct found_list *l, enum problem_level level, int64_t row, str column, str heading, str value, str expected);
const struct err *found_write(struct found_list *l, struct import_work *w);
enum { FOUND_MOST = 10000 }; /* kept; all are counted */

/* A value as the import reads it, in words: "Afghanistan" for "AF". */
str value_words(struct arena *a, const struct column *c, str value);
