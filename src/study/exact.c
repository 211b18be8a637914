#include "study/exact.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"

enum { STEPS_MOST = 20000, BRANCHES_MOST = 400, NONE = -1 };

/* Rows of the equations solved for the variables of the basis, one each; every number stands for itself over `under` (which is above
 * 0). The last column is the right side, the last row what is to be made larger. */
struct tableau {
	size_t rows, columns; /* without the last ones */
	int64_t *v, under;
	int *basis; /* of each row; NONE: one that the equations do not need */
	bool lost;  /* a number grew too large */
};

struct exact {
	struct arena *arena;
	struct exact_system system;
	struct tableau t;
	bool lost;
};

static int64_t *
at(const struct tableau *t, size_t row, size_t column)
{
	return &t->v[row * (t->columns + 1) + column];
}

/* a*b - c*d over under, which always divides it. */
static int64_t
crossed(struct tableau *t, int64_t a, int64_t b, int64_t c, int64_t d)
{
	int64_t ab, cd, n;

	if (__builtin_mul_overflow(a, b, &ab) || __builtin_mul_overflow(c, d, &cd) || __builtin_sub_overflow(ab, cd, &n)) {
		t->lost = true;
		return 0;
	}
	return n / t->under;
}

/* The variable of the column takes the place of the one of the row. */
static void
pivot(struct tableau *t, size_t row, size_t column)
{
	int64_t by = *at(t, row, column);

	for (size_t i = 0; i <= t->rows; i++) {
		int64_t own = *at(t, i, column);

		if (i == row)
			continue;
		for (size_t j = 0; j <= t->columns; j++)
			*at(t, i, j) = crossed(t, *at(t, i, j), by, own, *at(t, row, j));
	}
	t->under = by;
	t->basis[row] = (int)column;
	if (by > 0)
		return;
	t->under = -by;
	for (size_t i = 0; i < (t->rows + 1) * (t->columns + 1); i++)
		t->v[i] = -t->v[i];
}

/* The row that first stops the column's variable from growing; of equals the one whose variable comes first, so that the search
 * ends. t->rows: nothing stops it. */
static size_t
stopping(struct tableau *t, size_t column)
{
	size_t best = t->rows;

	for (size_t i = 0; i < t->rows; i++) {
		int64_t mine, others;

		if (*at(t, i, column) <= 0)
			continue;
		if (best == t->rows) {
			best = i;
			continue;
		}
		if (__builtin_mul_overflow(*at(t, i, t->columns), *at(t, best, column), &mine) ||
		    __builtin_mul_overflow(*at(t, best, t->columns), *at(t, i, column), &others)) {
			t->lost = true;
			return best;
		}
		if (mine < others || (mine == others && t->basis[i] < t->basis[best]))
			best = i;
	}
	return best;
}

enum step { STEP_DONE, STEP_BEST, STEP_ENDLESS };

/* One step that does not make the last row's sum smaller. */
static enum step
step(struct tableau *t)
{
	size_t column = 0, row;

	while (column < t->columns && *at(t, t->rows, column) <= 0)
		column++;
	if (column == t->columns)
		return STEP_BEST;
	row = stopping(t, column);
	if (row == t->rows)
		return STEP_ENDLESS;
	pivot(t, row, column);
	return STEP_DONE;
}

/* Solves the equations for a first basis. False: they have no solution, or numbers grew too large. */
static bool
start(struct tableau *t)
{
	size_t last = t->rows;
	enum step s = STEP_DONE;

	/* Every row begins with a variable of its own that should be 0: what is left of them all is to vanish. */
	for (size_t i = 0; i < t->rows; i++) {
		for (size_t j = 0; j <= t->columns; j++) {
			if (__builtin_add_overflow(*at(t, last, j), *at(t, i, j), at(t, last, j)))
				t->lost = true;
		}
	}
	for (int n = 0; s == STEP_DONE && !t->lost && n < STEPS_MOST; n++)
		s = step(t);
	if (s != STEP_BEST || t->lost || *at(t, last, t->columns) != 0)
		return false;
	for (size_t i = 0; i < t->rows && !t->lost; i++) {
		for (size_t j = 0; t->basis[i] >= (int)t->columns && j < t->columns; j++) {
			if (*at(t, i, j) != 0)
				pivot(t, i, j);
		}
		if (t->basis[i] >= (int)t->columns)
			t->basis[i] = NONE; /* the others say the same: all zeros */
	}
	return !t->lost;
}

static void
tableau_make(struct arena *a, struct tableau *t, const struct exact_system *s)
{
	*t = (struct tableau){ .rows = s->n, .columns = s->variables, .under = 1 };
	t->v = ARENA_ARRAY(a, (t->rows + 1) * (t->columns + 1), int64_t);
	t->basis = ARENA_ARRAY(a, t->rows + 1, int);
	for (size_t i = 0; i < t->rows; i++) {
		int sign = s->equal[i] < 0 ? -1 : 1;

		for (size_t j = 0; j < t->columns; j++)
			*at(t, i, j) = sign * s->factors[i * t->columns + j];
		*at(t, i, t->columns) = sign * s->equal[i];
		t->basis[i] = (int)(t->columns + i);
	}
}

struct exact *
exact_new(struct arena *a, const struct exact_system *s)
{
	struct exact *x = ARENA_NEW(a, struct exact);

	if (s->variables > EXACT_VARIABLES || s->n > EXACT_EQUATIONS)
		bug("a system of %zu variables and %zu equations", s->variables, s->n);
	*x = (struct exact){ .arena = a, .system = *s };
	tableau_make(a, &x->t, s);
	x->lost = !start(&x->t);
	return x;
}

/* The last row for a sum: what a variable outside the basis would add to it; at its end the sum here, below zero. */
static void
aim(struct tableau *t, const int8_t *sum, int sign)
{
	for (size_t j = 0; j <= t->columns; j++) {
		int64_t n = j < t->columns ? sign * sum[j] * t->under : 0;

		for (size_t i = 0; i < t->rows; i++) {
			if (t->basis[i] != NONE)
				n -= sign * sum[t->basis[i]] * *at(t, i, j);
		}
		*at(t, t->rows, j) = n;
	}
}

static bool
is_whole(const struct tableau *t)
{
	for (size_t i = 0; i < t->rows; i++) {
		if (t->basis[i] != NONE && *at(t, i, t->columns) % t->under != 0)
			return false;
	}
	return true;
}

/* Whether a solution of whole numbers has the sum at least so large: more equations with more variables, solved anew. */
struct branch {
	struct arena *arena;
	int left;
	bool lost;
};

/* The system with one equation more: sum - rest = least, or sum + rest = most; the rest is a new variable. */
static struct exact_system
with_bound(struct arena *a, const struct exact_system *s, const int8_t *sum, int64_t bound, int rest)
{
	struct exact_system more = { .variables = s->variables + 1, .n = s->n + 1 };
	int8_t *factors = ARENA_ARRAY(a, more.variables * more.n, int8_t);
	int64_t *equal = ARENA_ARRAY(a, more.n, int64_t);

	for (size_t i = 0; i < s->n; i++)
		memcpy(factors + i * more.variables, s->factors + i * s->variables, s->variables);
	memcpy(factors + s->n * more.variables, sum, s->variables);
	factors[s->n * more.variables + s->variables] = (int8_t)rest;
	if (s->n > 0)
		memcpy(equal, s->equal, s->n * sizeof *equal);
	equal[s->n] = bound;
	more.factors = factors;
	more.equal = equal;
	return more;
}

static bool
has_whole(struct branch *b, const struct exact_system *s)
{
	struct tableau t;
	int8_t *one;

	if (b->left-- <= 0) {
		b->lost = true;
		return false;
	}
	tableau_make(b->arena, &t, s);
	if (!start(&t)) {
		b->lost |= t.lost;
		return false;
	}
	for (size_t i = 0; i < t.rows; i++) {
		int64_t n = *at(&t, i, t.columns);
		struct exact_system less, more;

		if (t.basis[i] == NONE || n % t.under == 0)
			continue;
		one = ARENA_ARRAY(b->arena, s->variables, int8_t);
		one[t.basis[i]] = 1;
		less = with_bound(b->arena, s, one, n / t.under, 1);
		more = with_bound(b->arena, s, one, n / t.under + 1, -1);
		return has_whole(b, &less) || has_whole(b, &more);
	}
	return true;
}

/* Looks on one side: is there a solution whose sum, times sign, is above the known one's? */
static enum exact_answer
look(struct exact *x, const int8_t *sum, int sign, int64_t known)
{
	struct tableau *t = &x->t;
	int8_t signed_sum[EXACT_VARIABLES];
	struct branch branch = { .arena = x->arena, .left = BRANCHES_MOST };
	struct exact_system above;
	enum step s = STEP_DONE;
	bool found;

	aim(t, sum, sign);
	for (int n = 0; n < STEPS_MOST; n++) {
		int64_t here = -*at(t, t->rows, t->columns), there;

		if (t->lost || __builtin_mul_overflow(known, t->under, &there))
			return EXACT_LOST;
		if (here != there && is_whole(t))
			return EXACT_FREE;
		if (s == STEP_BEST && here / t->under <= known) /* no whole number in between */
			return EXACT_FIXED;
		if (s == STEP_BEST)
			break;
		if ((s = step(t)) == STEP_ENDLESS)
			return EXACT_FREE;
	}
	for (size_t i = 0; i < x->system.variables; i++)
		signed_sum[i] = (int8_t)(sign * sum[i]);
	above = with_bound(x->arena, &x->system, signed_sum, known + 1, -1);
	found = s == STEP_BEST && has_whole(&branch, &above);
	return found ? EXACT_FREE : s != STEP_BEST || branch.lost ? EXACT_LOST : EXACT_FIXED;
}

enum exact_answer
exact_ask(struct exact *x, const int8_t *sum)
{
	enum exact_answer up, down;
	int64_t known = 0;

	if (x->lost)
		return EXACT_LOST;
	for (size_t i = 0; i < x->system.variables; i++)
		known += sum[i] * x->system.known[i];
	if ((up = look(x, sum, 1, known)) != EXACT_FIXED)
		return up;
	if ((down = look(x, sum, -1, -known)) != EXACT_FIXED)
		return down;
	return EXACT_FIXED;
}
