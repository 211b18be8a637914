/* importing.h - the state of one import, shared by the files that carry it out (import*.c) */
#pragma once
#include "base/set.h"
#include "exchange/bundle.h"
#include "model/save.h"

struct pending_link { /* points to a row of the same file that has not come yet */
	uint64_t hash;
	int64_t id, line;
	str ref, column;
	bool met;
};

struct importing {
	struct db *db;
	struct arena *arena; /* as long as the import */
	struct bundle *bundle;
	const struct import_options *options;
	struct problem_sink *sink;
	struct import_report *report;
	struct save save;
	int64_t keeper;
	uint64_t seed; /* of the fingerprints: nobody outside can aim at a collision */

	/* refs already resolved: a direct-mapped cache, so that memory stays flat; the database knows the rest */
	struct ref_slot {
		uint64_t hash;
		int64_t id;
	} * refs;
	size_t refs_cap, learned;
	/* Refs of rows with faults: they exist, so what points to them is not a fault of its own. Where some could not even be
	 * read, any ref may be one of them. */
	struct set blocked;
	bool incomplete[ENTITY_COUNT];

	/* the file being read */
	const struct entity *entity;
	str file;
	const struct field *columns[CSV_CELLS];  /* NULL: unknown, already reported */
	const struct entity *targets[CSV_CELLS]; /* what a link of this column points to */
	size_t width;
	size_t ref_at;             /* the column that other rows point to; SIZE_MAX: none */
	uint64_t present, missing; /* by field: its column is in the header; it should be */
	bool fresh;
	void *record, *old;
	struct arena row; /* texts of one row */
	struct pending_link *pending;
	size_t pending_n, pending_cap;
	size_t *pending_at; /* by hash: its number in pending, from 1; twice as many places as pending has */

	/* the row being read */
	int64_t line;
	uint64_t wrong; /* a bit for each field whose value was refused */
	uint64_t kept;  /* whose value is the stored one */
	bool key_wrong, is_blocked;

	/* keys seen in this file: only the last one while they come in order */
	struct buf key, last_key;
	struct set seen;
	bool in_order;

	/* lines of registers, until they are written */
	void *lines;
	size_t lines_n, lines_cap;
	bool flushed; /* some of this file's are written */
	bool parted;  /* and maybe not all of a session's */

	/* the record that several rows in a turn point to */
	struct session session;
	struct enrolment enrolment;
	struct arena session_arena, enrolment_arena;

	struct aggregate_line { /* where each aggregate of the bundle stands */
		int64_t id, line;
	} * aggregates;
	size_t aggregates_n, aggregates_cap;
};

void import_fault(struct importing *im, enum problem_level level, int64_t line, str column, str value, const char *expected);

/* import_links.c: the record a ref points to. >0 its key; 0 nothing (the caller reports it); -1 it exists but is faulty. */
const struct err *import_resolve(struct importing *im, const struct entity *to, str ref, str column, int64_t *id);
void import_learn(struct importing *im, const struct entity *e, str ref, int64_t id);
void import_block(struct importing *im, const struct entity *e, str ref);
bool import_blocked(const struct importing *im, const struct entity *e, str ref); /* it may stand on a faulty row */
int64_t import_expected(struct importing *im, str ref); /* the key reserved for this ref by an earlier row; 0: none */
const struct err *import_settle(struct importing *im);  /* end of the file: pending links must have been met */
void import_links_release(struct importing *im);

/* import_seen.c: the same key twice in one file */
const struct err *import_seen(struct importing *im, const str *cells, bool *again);

/* import_rolls.c: records that are linked */
extern size_t import_gathered;                            /* lines held at most; tests make it small */
const struct err *import_line(struct importing *im);      /* a row without faults: written with the others of its register */
const struct err *import_lines_end(struct importing *im); /* at the end of the file: all are written */
void import_lines_release(struct importing *im);

/* import_cross.c: rules between records */
const struct err *import_cross_row(struct importing *im);  /* of a row without faults, before it is saved */
const struct err *import_cross_file(struct importing *im); /* at the end of a file */
const struct err *import_cross_all(struct importing *im);  /* at the end */
void import_cross_saved(struct importing *im);             /* after the row was saved */
void import_cross_release(struct importing *im);

/* import_file.c: one file, row by row */
const struct err *import_file(struct importing *im, const struct entity *e);
/* A column that is absent leaves the stored value, and an empty one too where the options say so; wrong: it is empty for a
 * fault. A bit for each field that was kept. */
uint64_t import_keep_absent(const struct importing *im, void *record, const void *old, uint64_t wrong);
/* The columns of a header; what is wrong with it is reported when loud. */
void import_header(struct importing *im, const struct csv_record *header, bool loud);
