/* workbook.h - an operator's own spreadsheet into the database. A page or a command calls, in this order:
 *   grid_open            the file (grid.h)
 *   columns_kind/guess   what its columns hold, columns_recall/choose/remember (columns.h)
 *   workbook_run         with dry_run for the check, without for the import
 * The rows become the interchange's rows and go through the importer of bundles, whose checks they get. A row with a fault is
 * refused with all that it says, and the others are imported; nothing of a row is imported by half. */
#pragma once
#include "exchange/bundle.h"
#include "exchange/columns.h"

struct row_problem { /* its texts live as long as the call */
	enum problem_level level;
	int64_t row; /* of the sheet; 0: the whole sheet */
	int column;  /* of the grid, from 0; -1: the whole row */
	str header;  /* of that column */
	str value;   /* as it stands there; empty when it must not be shown */
	str expected;
};
struct row_problem_sink {
	void (*add)(struct row_problem_sink *to, const struct row_problem *p);
};

struct workbook_options {
	struct import_options import; /* territory, clock, actor, cause; dry_run: the check */
	str organisation;             /* ref of the operator whose sheet it is: required */
	str action;                   /* ref of its action; only people can do without */
	day today;
	day entered_on;   /* of enrolments whose row gives no date; DAY_NONE: they are left out, which is said */
	int64_t minutes;  /* length of sessions that say none; NUMBER_NONE */
	str session_kind; /* of sessions that say none; empty: not known */
	str act;          /* kind of acts that say none; empty: not known */
	day from, to;     /* period of aggregates that say none; DAY_NONE */
	bool new_people;  /* attendance, acts and enrolments of somebody who is not known add the person */
	/* Called for each few hundred rows; false: stop, nothing is written. NULL: never. total: an estimate. */
	bool (*go_on)(void *to, int64_t done, int64_t total);
	void *go_on_to;
};

/* Values that could be read in more than one way, by column and reading (a few of each column): how often, and the first one. */
struct guess_seen {
	int column; /* of the grid */
	str header;
	int64_t n;
	str value, say; /* as written; how it was read */
};
struct workbook_report {
	struct import_report records; /* by kind of record: new, changed, same */
	int64_t rows;                 /* that hold something, headings aside */
	int64_t refused, ignored;     /* with faults; remarks, totals and other rows that are no record */
	int64_t faults, warnings;
	struct guess_seen *guesses; /* in the arena */
	size_t guesses_n;
	struct refusals *refusals; /* for workbook_refused; in the arena */
};

/* err: a refusal of the world, a file that cannot be read, or an option that is missing (ERR_INPUT, says which). */
const struct err *workbook_run(struct db *db, struct arena *a, struct grid *g, size_t sheet, const struct columns *columns,
    const struct workbook_options *options, struct row_problem_sink *sink, struct workbook_report *report);

/* The refused rows as they stand in the sheet, below their headings, with a last column that says why. A spreadsheet program opens
 * it with a double click, and it can be imported once mended: semicolons, UTF-8 with its mark, CR and LF. */
const struct err *workbook_refused(
    struct grid *g, size_t sheet, const struct columns *columns, const struct workbook_report *report, struct buf *to);
