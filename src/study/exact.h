/* exact.h - whole numbers that satisfy equations: can a sum of them be anything else? Rational arithmetic without rounding
 * (a simplex tableau of whole numbers over one denominator), then branches where a corner is not whole. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { EXACT_VARIABLES = 128, EXACT_EQUATIONS = 160 };

/* equations: rows of `variables` factors; each sum equals its `equal`. known: a solution of whole numbers from 0 up. */
struct exact_system {
	size_t variables, n;
	const int8_t *factors;
	const int64_t *equal, *known;
};

enum exact_answer {
	EXACT_FIXED, /* the sum is the same in every solution */
	EXACT_FREE,  /* another solution gives another sum */
	EXACT_LOST,  /* not found out: numbers too large, or too many branches */
};

struct exact; /* lives in the arena */
struct exact *exact_new(struct arena *a, const struct exact_system *s);
/* Of the sum of the variables, each times its factor. */
enum exact_answer exact_ask(struct exact *x, const int8_t *sum);
