/* bundle.h - a folder of CSV files, or a .zip of it: how contracts and records travel (interchange.md) */
#pragma once
#include "base/problem.h"
#include "db/db.h"
#include "exchange/csv.h"
#include "model/entity.h"

/* --- its files, whichever way they are packed --- */
struct bundle;
/* Files that are not of the format, paths that climb, and archives that expand beyond reason are faults in the sink. */
const struct err *bundle_open(struct arena *a, const char *path, struct problem_sink *sink, struct bundle **out);
/* Of texts in memory, which outlive it. */
struct bundle *bundle_of_texts(struct arena *a, const str texts[ENTITY_COUNT]);
bool bundle_has(const struct bundle *b, const struct entity *e);
bool bundle_refused(const struct bundle *b, const struct entity *e); /* a file of this name is there and cannot be read */
int64_t bundle_bytes(const struct bundle *b);                        /* expanded size of all files */
/* A file from its start; may be asked again, also while it is being read. */
const struct err *bundle_file(struct bundle *b, const struct entity *e, struct csv_source **out);
void bundle_file_close(struct csv_source *source);
int64_t bundle_done(const struct bundle *b); /* bytes read so far, for the progress bar */
void bundle_close(struct bundle *b);         /* NULL is fine */

/* --- into the database --- */
struct import_options {
	str territory; /* ref of the territory that keeps the records; absent: the bundle's, or the only one of the database */
	str at, actor, cause; /* for the journal */
	int64_t now_ms;
	bool dry_run;    /* everything is done, then undone */
	bool keep_empty; /* a value that is empty leaves the stored one, as if its column were absent */
	void (*progress)(void *to, int64_t done, int64_t total);
	void *progress_to;
	bool (*stopped)(void *progress_to); /* asked now and then; true: nothing is written, and an err says so. NULL: never */
};
struct import_count {
	int64_t rows, inserted, updated, unchanged;
};
struct import_report {
	struct import_count of[ENTITY_COUNT], all;
	int64_t change; /* its number in the journal, by which it can be taken back (undo.h); 0: nothing was written */
};
/* All faults go to the sink, each with file, line, column, value and what is expected; when there is one, nothing is
 * imported and the result is NULL all the same: look at sink->faults. An err is a refusal of the world. */
const struct err *bundle_import(struct db *db, struct arena *a, const char *path, const struct import_options *options,
    struct problem_sink *sink, struct import_report *report);

/* The same from files in memory: texts by entity, absent ones are not in the bundle. */
const struct err *bundle_import_texts(struct db *db, struct arena *a, const str texts[ENTITY_COUNT],
    const struct import_options *options, struct problem_sink *sink, struct import_report *report);

/* --- out of the database --- */
struct export_options {
	str territory; /* ref; absent: the only one */
	void (*progress)(void *to, int64_t done, int64_t total);
	void *progress_to;
};
/* path: a folder (made when missing), or a name ending in .zip; an earlier export there is replaced, nothing else is. Written
 * beside first and put in place at the end in one step: a failure leaves what was there. rows: how many were written. */
const struct err *bundle_export(
    struct db *db, struct arena *a, const char *path, const struct export_options *options, int64_t *rows);

/* Which territory number keeps the records: by the ref of one of its territories, or the only one there is.
 * ERR_INPUT with a list when it is not clear; ERR_NOTFOUND when there is none. */
const struct err *keeper_find(struct db *db, struct arena *a, str territory_ref, int64_t *keeper);
