/* columns.h - which column of somebody's spreadsheet holds what: guessed from its heading and its values, put right by the user,
 * and remembered for the next file of the same shape. */
#pragma once
#include "db/db.h"
#include "exchange/grid.h"
#include "exchange/understand.h"

enum rows_as {         /* what a row of the sheet is */
	AS_PEOPLE,     /* a person, with status, and their enrolment when an action is chosen */
	AS_ENROLMENTS, /* a person's path in the action */
	AS_ATTENDANCE, /* long: a person at a session; wide: a person, with a column for each session's date */
	AS_ACTS,       /* an act for a person */
	AS_AGGREGATES, /* an indicator: a cell of it, or a column for each cell */
	AS_COUNT,
};
extern const char *const as_names[AS_COUNT];  /* "people"... as commands and pages write them */
extern const char *const as_labels[AS_COUNT]; /* N_ */
int as_named(str name);                       /* -1: none */

enum want {
	WANT_NOTHING, /* the column is not imported */
	WANT_SESSION, /* wide attendance: the heading is the date of a session */
#define WANT(name, ...) WANT_##name,
#include "exchange/wants.def"
#undef WANT
	WANT_COUNT,
};
extern const char *const want_names[WANT_COUNT];
extern const char *const want_labels[WANT_COUNT];   /* N_ */
extern const char *const want_headings[WANT_COUNT]; /* folded, separated by commas */
int want_named(str name);                           /* -1: none */
bool want_fits(enum want w, enum rows_as as);       /* whether such rows can have such a column */

enum { COLUMN_SAMPLES = 3 };
struct column {
	int at;     /* in the grid, from 0 */
	str header; /* as it stands there; empty: none */
	enum want want;
	enum sense sense; /* how sure the guess is; EMPTY: nothing was guessed */
	bool chosen;      /* by the user, or remembered */
	day on;           /* WANT_SESSION: its date */
	const char *say;  /* WANT_SESSION: why the date is a guess, or NULL */
	int64_t filled;   /* rows that hold something */
	str samples[COLUMN_SAMPLES];

	/* how its values are to be read, found out over the whole column */
	enum day_order order;
	enum unit_of_time unit;
	bool given_first; /* of a name in one column */
};
struct columns {
	enum rows_as as;
	int64_t header_row; /* 0: none was found, the rows begin at 1 */
	struct column *v;   /* from left to right, those that hold something */
	size_t n;
	str shape; /* the same for files of the same headings, dates of sessions aside */
};

/* Reads the sheet through. today: for dates without a year. Texts live in the arena. */
const struct err *columns_guess(struct arena *a, struct grid *g, size_t sheet, enum rows_as as, day today, struct columns *out);
/* The kind of rows whose columns fit best. */
const struct err *columns_kind(struct arena *a, struct grid *g, size_t sheet, day today, enum rows_as *as);
/* The user's choice: this column (number in v) feeds that; another one that did no longer does. */
void columns_choose(struct columns *c, size_t column, enum want want);
const struct column *columns_of(const struct columns *c, enum want want); /* NULL: none */
/* By heading (folded) or by letters; -1: none. */
int columns_named(struct arena *a, const struct columns *c, str header);

/* One cell of this column as the import reads it. */
struct understood column_value(struct reading *r, const struct column *c, str text);
const struct field *want_choices(enum want want); /* whose words such values are; NULL: they are no choice */
/* What such rows cannot do without, and no column holds: translated words; NULL: nothing is missing. */
const char *columns_missing(const struct columns *c);

/* As a value: a line "want<TAB>heading" for each column that is used, and back. Columns that are not there are passed over. */
str columns_text(struct arena *a, const struct columns *c);
void columns_apply(struct arena *a, struct columns *c, str text);

/* Remembered for an operator (its ref; empty: nobody's) and a shape of headings, as a record (mappings.def).
 * found: the columns were put as they were chosen the last time. */
const struct err *columns_recall(
    struct db *db, struct arena *a, int64_t keeper, str organisation, struct columns *c, bool *found);
struct import_options;
const struct err *columns_remember(
    struct db *db, struct arena *a, str organisation, const struct columns *c, const struct import_options *how);
