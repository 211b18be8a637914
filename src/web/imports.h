/* imports.h - a file on its way into the records, as a row of the table imports: each step of it is a page that its owner leaves and
 * comes back to. The row says how far it is and what was chosen; what the file holds stands in the data folder (import_files.h).
 * Nobody but the account that brought it finds it. */
#pragma once
#include "access/viewer.h"
#include "base/arena.h"
#include "db/db.h"
#include "exchange/bundle.h"
#include "web/jobs_table.h"

enum import_state {
	IMPORT_FILE,    /* not looked at yet: it is large */
	IMPORT_SHEET,   /* its sheets are known */
	IMPORT_COLUMNS, /* a sheet was chosen, its columns are guessed */
	IMPORT_CHECKED,
	IMPORT_DONE,
	IMPORT_DROPPED, /* by its owner, or because it was left for too long: the file is gone */
	IMPORT_STATES
};
enum import_task { /* what is being done with it just now */
	IMPORT_REST,
	IMPORT_LOOK,
	IMPORT_GUESS,
	IMPORT_CHECK,
	IMPORT_WRITE,
	IMPORT_TASKS
};

enum {
	IMPORT_SMALL = 1 << 20, /* bytes: larger files are read by the job process, and not by the worker that shows pages */
	IMPORTS_OPEN = 10,      /* files of one account at once */
	IMPORTS_LISTED = 50,
};

struct import {
	int64_t territory, id, account, version;
	bool bundle;
	enum import_state state;
	enum import_task doing;
	int64_t job;    /* that does it; NUMBER_NONE: the worker itself */
	str file, name; /* in the data folder (absent: gone); as it was called */
	int64_t bytes;

	int64_t sheet;                /* from 0 */
	str rows_are;                 /* as_names; absent: to be guessed */
	int64_t organisation, action; /* NUMBER_NONE: not chosen; none */
	str organisation_ref, organisation_name, action_ref, action_title;
	str columns; /* columns_text of what was chosen */
	day entered_on, from, to;
	int64_t minutes;
	str session_kind, act;
	bool new_people;

	str message; /* why the last task failed, in words */
	str report;  /* of the last check or import: struct outcome as text */
	int64_t made_ms, changed_ms;
	str who; /* the name of its owner */
};

/* What came of a check or of an import. */
struct outcome {
	int64_t rows, refused, ignored, faults, warnings; /* rows: of a bundle, its records */
	struct import_report records;
	int64_t undone; /* the change that took it back; 0: none did */
};
str outcome_text(struct arena *a, const struct outcome *o);
void outcome_read(str text, struct outcome *o);

/* Texts live in the arena. found: it is the viewer's own. */
const struct err *import_read(struct db *db, struct arena *a, const struct viewer *v, int64_t id, struct import *x, bool *found);
/* Newest first: the viewer's own; those of all for who reaches the whole city; for others what their organisation imported. */
const struct err *imports_list(struct db *db, struct arena *a, const struct viewer *v, struct import **list, size_t *n);
const struct err *imports_open(struct db *db, const struct viewer *v, int64_t *n); /* of this account, under way */

/* Inside a write transaction, each with its row in the journal. */
const struct err *import_insert(struct db *db, struct arena *a, const struct viewer *v, struct import *x, int64_t now_ms);
/* Refuses ERR_CONFLICT when the row is no longer of x's version; else x has the next one. */
const struct err *import_update(struct db *db, struct arena *a, struct import *x, const char *fields, int64_t now_ms);

/* A ref by which importers find the keeper; empty: it has no territory yet. */
const struct err *keeper_ref(struct db *db, struct arena *a, int64_t territory, str *ref);

/* Takes away what was left for too long: files after 7 days, those that no row knows, rows after a year. By the job process. */
const struct err *imports_sweep(struct db *db, struct arena *a, const char *data, int64_t now_ms);
