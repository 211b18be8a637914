/* indicator.h - the names of the indicators, for checking what is written; what they count is in src/figures/ */
#pragma once
#include <stdbool.h>

#include "base/str.h"

enum indicator_unit {
	UNIT_PEOPLE,
	UNIT_HOURS,
	UNIT_TEXT,
	UNIT_EUROS,
	UNIT_MONTHS,
	UNIT_HOUSEHOLDS,
	UNIT_ACTS,
	UNIT_PAIRS,
	UNIT_EVENTS,
	UNIT_COUNT
};
enum indicator_cells { CELLS_EIGHT, CELLS_TOTAL, CELLS_TEXT };

struct indicator_name {
	const char *name;
	enum indicator_unit unit;
	enum indicator_cells cells;
	bool sent;         /* an operator may send it as a count, in aggregates */
	const char *label; /* N_; NULL: the contract names it itself */
};
/* The State's, in the directory's order; n is set. */
const struct indicator_name *indicator_names(size_t *n);
/* Also for local.* names, which all count and may all be sent. NULL: no such name. */
const struct indicator_name *indicator_named(str name);
