/* import_page.h - the steps of an import as their pages show them (views/import.tmpl) */
#pragma once
#include "base/moment.h"
#include "exchange/columns.h"
#include "web/control.h"
#include "web/imports.h"
#include "web/jobs_page.h"
#include "web/page.h"

enum import_step { STEP_FILE, STEP_SHEET, STEP_COLUMNS, STEP_CHECK, STEP_IMPORT, IMPORT_STEPS };

struct shown_sheet {
	bool hidden;
	int64_t rows;
	int as; /* enum rows_as; -1: not guessed */
	str name;
};
struct shown_sample {
	str value, read, say; /* read: in words; empty: as it stands */
	enum sense sense;
};
struct shown_column {
	int64_t at;
	str header, letters;
	enum want want;
	enum sense sense;
	bool chosen, dated; /* dated: its heading is a date, so that it can be a session */
	str on, say;
	int64_t filled;
	struct shown_sample sample[COLUMN_SAMPLES];
	int64_t wrong;
	str wrong_value[3];
	const char *fault; /* translated; NULL */
};
struct shown_found {
	enum problem_level level;
	int64_t row;
	str column, heading, value, expected;
};
struct shown_guess {
	str column, heading, value, say;
	int64_t n;
};
struct import_place {                 /* whose rows, and of which action */
	int64_t organisation, action; /* action NUMBER_NONE: people alone */
	str organisation_name, label, value;
};

struct import_page {
	struct req *req;
	struct import x;
	str token;
	const struct job *job; /* under way; NULL */
	enum import_step here;
	str base;            /* "/import/KEY" */
	const char *message; /* why the last task failed; NULL */
	struct fault_line *faults;
	size_t n_faults;
	bool again; /* a form came back: what was typed is shown */

	struct shown_sheet *sheets;
	size_t n_sheets;
	struct import_place *places;
	size_t n_places;

	enum rows_as as;
	bool remembered;
	int64_t header_row;
	struct shown_column *columns;
	size_t n_columns;
	const struct option *kinds; /* of sessions */
	size_t n_kinds;

	struct outcome outcome;
	struct shown_found *found;
	size_t n_found;
	int64_t found_all, page;
	struct paging paging;
	struct shown_guess *guesses;
	size_t n_guesses;
	bool refused; /* its rows can be fetched */
};

/* Its row; *go false: the answer is given (somebody else's, dropped, or it must be looked at elsewhere first). */
const struct err *import_page_open(struct req *r, struct import_page *p, bool *go);
/* The same for the page of a step: sends on to where the import stands when it has not come so far, or is being worked on. */
const struct err *import_step_open(struct req *r, struct import_page *p, enum import_step step, bool *go);
/* For a POST: also refuses a form of an older version. */
const struct err *import_form_open(struct req *r, struct import_page *p, enum import_state least, bool *go);
/* Sets the task to work, here or in the job process, and sends to where it shows. */
const struct err *import_begin(struct import_page *p, enum import_task task, const char *fields);
bool import_may_bring(const struct viewer *v); /* and is not only looking */
bool import_busy(const struct import *x, const struct job *job, int64_t now_ms);
str import_step_url(struct arena *a, const struct import *x); /* where it stands */
struct page import_frame(const struct import_page *p, const char *title);
void import_page_fault(struct import_page *p, const char *id, const char *label, const char *words);

/* --- what stands beside the file, read for a page --- */
const struct err *import_sheets_read(struct import_page *p);
const struct err *import_columns_read(struct import_page *p);
const struct err *import_found_read(struct import_page *p, int64_t page);
const struct err *import_guesses_read(struct import_page *p);
/* The operators and actions that the viewer may import for, by operator. Inside a read transaction. */
const struct err *import_places_read(struct import_page *p);

size_t import_places_of(const struct import_page *p, size_t first); /* the first one of the next operator */

/* --- the list --- */
struct import_line {
	struct import x;
	bool own;
	struct outcome outcome;
};
struct imports_page {
	struct req *req;
	str token;
	struct import_line *v;
	size_t n;
	struct fault_line *faults;
	size_t n_faults;
	bool bundles, whose; /* whose: others' are listed too */
};
const char *import_state_words(const struct import *x);
enum flag import_state_flag(const struct import *x);

/* --- the export --- */
struct export_page {
	struct req *req;
	str token;
	const struct job *job; /* the last one that was asked for; NULL */
	bool ready;
};
