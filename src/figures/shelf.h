/* shelf.h - contracts that stay in memory between the requests of a process: the records of each, seen over a few periods,
 * with their figures; and what the contract sets up. They are exact as of the last write: at each question the journal is asked what was written since the book
 * was read (one row by its key when nothing was), whichever process wrote it. A file that was opened, an account, a note
 * leave all as it is, a payment leaves the figures; a register alone is read again by itself; any other change of what figures are made of has the
 * whole book read again.
 *
 * Memory is bounded: what was not asked for the longest is dropped. A single contract may be larger than the bound, and is
 * then kept alone. */
#pragma once
#include "figures/questionnaire.h"
#include "model/plan.h"

struct db;
struct shelf;

struct shelf *shelf_new(size_t most_bytes);
void shelf_free(struct shelf *s); /* NULL is fine */

/* An answer lives until the read transaction ends, or the shelf was asked so many times more: enough for a page that shows the
 * plan and the figures of two periods. */
enum { SHELF_ANSWERS = 4 };

/* What a page shows. The book was read with refs; the view may be opened,
 * counted in and explained; none of it may be changed otherwise. */
struct shelved {
	const struct book *book;
	struct view *view;
	const struct questionnaire *figures; /* of the indicators that each sheet carries */
};

/* Inside db_begin_read (so that the page shows one moment); never inside a write, which may yet be taken back.
 * ERR_NOTFOUND: no such contract. */
const struct err *shelf_take(struct shelf *s, struct db *db, int64_t keeper, int64_t contract, period p, struct shelved *out);

/* What the contract sets up, in the same way. */
const struct err *shelf_plan(struct shelf *s, struct db *db, int64_t keeper, int64_t contract, const struct plan **out);

/* How often it was asked, and what it had to do: for measuring and tests. */
struct shelf_report {
	int64_t asked, read, mended, viewed, planned; /* books read whole; of which some registers were; views, plans read */
	size_t bytes, contracts, views;               /* what it holds now */
};
struct shelf_report shelf_report(const struct shelf *s);
/* Whether a change of such a record changes figures, or what the contract sets up. */
bool shelf_concerns(str entity);
bool shelf_concerns_plan(str entity);
