/* protect.h - tables of the eight cells as a CSV: what `jalon protect` reads */
#pragma once
#include "base/arena.h"
#include "exchange/csv.h"
#include "study/cube.h"

enum { PROTECT_COLUMNS = 1 + EIGHT }; /* the first is "scope", the others eight_names */

struct protect_row {
	str scope;
	struct eight table; /* holds */
	int64_t line;
};
struct protect_input {                /* in the arena */
	int columns[PROTECT_COLUMNS]; /* in the order of the file */
	struct protect_row *v;
	size_t n, cap;
};

/* Everything that is wrong goes to the sink; rows with a fault are left out. */
const struct err *protect_read(
    struct arena *a, struct csv_source *from, str file, struct problem_sink *sink, struct protect_input *to);
