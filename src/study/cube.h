/* cube.h - the eight cells of a table of people, the table that stands behind them, and all that can be counted in it */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order of the interchange. A set of cells is a bit for each. */
enum eight_cell {
	EIGHT_TOTAL,
	EIGHT_MEN,
	EIGHT_WOMEN,
	EIGHT_UNDER25,
	EIGHT_BPI,
	EIGHT_BPI_MEN,
	EIGHT_BPI_WOMEN,
	EIGHT_BPI_UNDER25,
	EIGHT
};
enum { EIGHT_ALL = 255, EIGHT_SETS = 256, EIGHT_MOST = 1000000000 };
struct eight {
	int64_t of[EIGHT];
};
extern const char *const eight_names[EIGHT]; /* of columns */

/* Whether some people give these eight cells: nothing negative, men + women = total, no part above its whole. */
bool eight_holds(const struct eight *e);

/* Sex (men, women) x age (under 25, 25 and over) x status (BPI, others). Counts are of every part of it, wholes included: three
 * choices by three by three. Fifteen of the 27 follow from the eight cells, twelve are bounded by them. */
enum { CUBE = 8, COUNTS = 27 };
struct cube {
	int64_t n[CUBE];
};
/* One table that gives these cells, always the same; they must hold. */
struct cube cube_of(const struct eight *e);
struct eight cube_cells(const struct cube *c);
struct cube cube_minus(const struct cube *a, const struct cube *b);

/* The counts that are from 1 to below the threshold (or the same below zero: a decrease), as a set. */
uint32_t cube_small(const struct cube *c, int64_t threshold);
uint32_t cube_differ(const struct cube *a, const struct cube *b); /* the counts that are not the same */

/* A smallest step from a table to another. */
struct move {
	int8_t by[CUBE];
	uint8_t cells;   /* which of the eight it changes */
	uint32_t counts; /* which counts */
};
enum { MOVES = 284 };
void moves_make(struct move moves[MOVES]);
/* Nothing would be below zero. */
bool cube_may(const struct cube *c, const struct move *m, int sign);
struct cube cube_moved(const struct cube *c, const struct move *m);
