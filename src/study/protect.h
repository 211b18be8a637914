/* protect.h - which cells of a table are left empty, so that no small number can be read in it or worked out from it
 *
 * A number is small from 1 to below the threshold. It is given away when all tables that print the same cells have it in common: then
 * whoever counts finds it. So a choice of empty cells is safe when each small count can be changed by a step of cube.h that changes no
 * printed cell: the fewest empty cells that are safe are chosen, of equals those that matter least.
 *
 * Whoever has this program can also try which tables would have led it to leave those cells empty. Therefore
 * - a total below the threshold, zero too, leaves the whole table empty: what is empty says nothing of one table;
 * - a total below twice the threshold is printed alone: any cut through so few people has a small side, whoever they are; so is one of
 *   at most 8, whatever the threshold;
 * - above, the choice is kept only when other tables with the same printed cells lead to the same choice, and each small count differs
 *   between them; else the whole table is left empty.
 *
 * Dates of one table are chosen in their order, each with those before it as they were printed: nor may the difference of a count
 * between two dates be small and known. When everything only grows from a date to the next, who reads them is taken to know that
 * nobody ever goes away. */
#pragma once
#include "base/arena.h"
#include "study/cube.h"

enum { PROTECT_DATES = 16, THRESHOLD_LEAST = 2, THRESHOLD_MOST = 1000 };

struct protector; /* what is prepared once, for any number of tables; lives in the arena */
struct protector *protector_new(struct arena *a, int64_t threshold);

/* tables: n dates, each of which holds (eight_holds). hidden: a set of empty cells for each; those of the first `given` dates are
 * taken as they are, what was published once is published; the others are chosen, and hold those that stand in them already: cells
 * that must be empty whatever their value. */
void protect(const struct protector *p, size_t n, const struct eight *tables, size_t given, uint8_t *hidden);

/* The parts of a printed table in which everybody is under protection: no small number, yet it says of each of them that they are a
 * refugee. Bits; EVERYBODY stands alone. */
enum { EVERYBODY = 1, EVERY_MAN = 2, EVERY_WOMAN = 4, EVERY_UNDER25 = 8 };
unsigned protect_all_bpi(const struct eight *table, uint8_t hidden);
