#include "study/protect.h"

#include <string.h>

/* How long tables with the same choice are looked for before a table is withheld: they are found at once, or hardly ever. */
enum { ALIKE_MOST = 32, TRIES_MOST = 800 };

/* So few people are in a few thousand tables only: anybody can go through them all, even knowing how many they are. */
enum { FEW = 8 };

struct protector {
	int64_t threshold;
	struct move moves[MOVES];
	uint8_t order[EIGHT_SETS]; /* sets of empty cells, the best first */
};

/* What leaving out a cell costs beyond their number: bits from the one that matters most. */
static unsigned
loss(unsigned set)
{
	static const uint8_t matter[EIGHT] = { EIGHT_TOTAL, EIGHT_BPI, EIGHT_WOMEN, EIGHT_MEN, EIGHT_UNDER25, EIGHT_BPI_WOMEN,
		EIGHT_BPI_MEN, EIGHT_BPI_UNDER25 };
	unsigned n = (unsigned)__builtin_popcount(set) << EIGHT;

	for (int i = 0; i < EIGHT; i++)
		n |= (set >> matter[i] & 1) << (EIGHT - 1 - i);
	return n;
}

struct protector *
protector_new(struct arena *a, int64_t threshold)
{
	struct protector *p = ARENA_NEW(a, struct protector);
	unsigned losses[EIGHT_SETS];

	p->threshold = threshold;
	moves_make(p->moves);
	for (unsigned i = 0; i < EIGHT_SETS; i++)
		losses[i] = loss(i);
	for (unsigned i = 0; i < EIGHT_SETS; i++) {
		int at = 0;

		for (unsigned other = 0; other < EIGHT_SETS; other++)
			at += losses[other] < losses[i];
		p->order[at] = (uint8_t)i;
	}
	return p;
}

/* For each set of empty cells, the counts that a step can change: from a table from which so many can be taken (room), and, where
 * the next date has no fewer people, to which so many can be added (above). */
struct reach {
	uint32_t of[EIGHT_SETS];
};

static void
reach_of(const struct protector *p, const struct cube *room, const struct cube *above, struct reach *r)
{
	memset(r, 0, sizeof *r);
	for (int i = 0; i < MOVES; i++) {
		const struct move *m = &p->moves[i];

		if (cube_may(room, m, 1) && (above == NULL || cube_may(above, m, -1)))
			r->of[m->cells] |= m->counts;
	}
	for (unsigned cell = 1; cell < EIGHT_SETS; cell <<= 1) {
		for (unsigned set = 0; set < EIGHT_SETS; set++) {
			if ((set & cell) != 0)
				r->of[set] |= r->of[set & ~cell];
		}
	}
}

/* The dates up to the one that is being chosen, the last. A step may be made in any run of dates that follow one another. */
struct dates {
	size_t n;
	struct cube table[PROTECT_DATES];
	struct cube room[PROTECT_DATES];              /* the table, or what came since the date before where it follows that */
	bool follows[PROTECT_DATES];                  /* nothing went away since the date before */
	uint8_t hidden[PROTECT_DATES];                /* not of the last */
	uint8_t must[PROTECT_DATES];                  /* empty whatever their value */
	uint32_t small[PROTECT_DATES][PROTECT_DATES]; /* of a date; of the difference of two, the earlier first */
};

/* Puts a table in the last place. */
static void
dates_put(struct dates *d, const struct protector *p, const struct eight *cells)
{
	size_t last = d->n - 1;
	struct eight since;

	d->table[last] = cube_of(cells);
	d->follows[last] = false;
	if (last > 0) {
		struct eight before = cube_cells(&d->table[last - 1]);

		for (int i = 0; i < EIGHT; i++)
			since.of[i] = cells->of[i] - before.of[i];
		d->follows[last] = eight_holds(&since);
	}
	d->room[last] = d->table[last];
	if (d->follows[last]) {
		d->room[last] = cube_of(&since);
		for (int i = 0; i < CUBE; i++)
			d->table[last].n[i] = d->table[last - 1].n[i] + d->room[last].n[i];
	}
	for (size_t i = 0; i < last; i++) {
		struct cube difference = cube_minus(&d->table[last], &d->table[i]);

		d->small[i][last] = cube_small(&difference, p->threshold);
	}
	d->small[last][last] = cube_small(&d->table[last], p->threshold);
}

/* What steps can change: of a date, or of the difference of two, by the runs that end before the last date (`before`: they are the
 * same whatever is chosen for the last), and by those that end with it, by their first date and its set of empty cells. */
struct runs {
	uint32_t before[PROTECT_DATES][PROTECT_DATES];
	struct reach with[PROTECT_DATES];
	uint8_t hidden[PROTECT_DATES]; /* in all dates of the run but the last */
};

/* A run changes a date when it has it, a difference when it has one of the two. */
static bool
run_changes(size_t first, size_t end, size_t a, size_t b)
{
	bool has_a = first <= a && a <= end, has_b = first <= b && b <= end;

	return a == b ? has_a : has_a != has_b;
}

static void
runs_find(const struct protector *p, const struct dates *d, struct runs *r)
{
	memset(r, 0, sizeof *r);
	for (size_t first = 0; first < d->n; first++) {
		uint8_t hidden = EIGHT_ALL;

		for (size_t end = first; end < d->n && (end == first || d->follows[end]); end++) {
			struct reach reach;

			if (end + 1 == d->n) {
				reach_of(p, &d->room[first], NULL, &r->with[first]);
				r->hidden[first] = hidden;
				break;
			}
			hidden &= d->hidden[end];
			reach_of(p, &d->room[first], d->follows[end + 1] ? &d->room[end + 1] : NULL, &reach);
			for (size_t a = 0; a <= end; a++) {
				for (size_t b = a; b < d->n; b++)
					r->before[a][b] |= run_changes(first, end, a, b) ? reach.of[hidden] : 0;
			}
		}
	}
}

static bool
is_safe(const struct dates *d, const struct runs *r, uint8_t hidden)
{
	size_t last = d->n - 1;

	for (size_t b = d->n; b-- > 0;) {
		for (size_t a = 0; a <= b; a++) {
			uint32_t left = d->small[a][b] & ~r->before[a][b];

			for (size_t first = 0; left != 0 && first <= last; first++) {
				if (run_changes(first, last, a, b))
					left &= ~r->with[first].of[r->hidden[first] & hidden];
			}
			if (left != 0)
				return false;
		}
	}
	return true;
}

/* The choice for the last date, before asking what the choice itself says. */
static uint8_t
choose(const struct protector *p, const struct dates *d)
{
	struct eight cells = cube_cells(&d->table[d->n - 1]);
	bool few = cells.of[EIGHT_TOTAL] < 2 * p->threshold || cells.of[EIGHT_TOTAL] <= FEW;
	struct runs runs;

	if (cells.of[EIGHT_TOTAL] < p->threshold)
		return EIGHT_ALL;
	runs_find(p, d, &runs);
	for (int i = 0; i < EIGHT_SETS; i++) {
		uint8_t hidden = p->order[i];

		if ((d->must[d->n - 1] & ~hidden) != 0)
			continue;
		if ((!few || (hidden | 1u << EIGHT_TOTAL) == EIGHT_ALL) && is_safe(d, &runs, hidden))
			return hidden;
	}
	return EIGHT_ALL;
}

/* Other people in the same dates, who print the same cells and lead to the same choices: one is found from another, a step in a run
 * of dates away. */
struct alike {
	size_t n, tries;
	const struct dates *own;
	uint32_t same[PROTECT_DATES][PROTECT_DATES]; /* the small counts that nobody yet has otherwise */
	struct people {
		struct cube at[PROTECT_DATES];
	} v[ALIKE_MOST];
};

/* Forgets the small counts that these people have otherwise. Whether some are left. */
static bool
compare(struct alike *a, const struct people *who)
{
	const struct dates *own = a->own;
	uint32_t left = 0;

	for (size_t i = 0; i < own->n; i++) {
		for (size_t j = i; j < own->n; j++) {
			struct cube mine = own->table[j], theirs = who->at[j];

			if (a->same[i][j] == 0)
				continue;
			if (i != j) {
				mine = cube_minus(&mine, &own->table[i]);
				theirs = cube_minus(&theirs, &who->at[i]);
			}
			a->same[i][j] &= ~cube_differ(&mine, &theirs);
			left |= a->same[i][j];
		}
	}
	return left != 0;
}

static bool
is_known(const struct alike *a, const struct people *who)
{
	for (size_t i = 0; i < a->n; i++) {
		if (memcmp(a->v[i].at, who->at, a->own->n * sizeof *who->at) == 0)
			return true;
	}
	return false;
}

/* The step, if these people allow it: nobody below zero at its first date, nobody who goes away after its end. */
static bool
take_step(const struct dates *own, struct people *who, const struct move *m, size_t first, size_t end)
{
	struct cube room = own->follows[first] ? cube_minus(&who->at[first], &who->at[first - 1]) : who->at[first];

	if (!cube_may(&room, m, 1))
		return false;
	if (end + 1 < own->n && own->follows[end + 1]) {
		room = cube_minus(&who->at[end + 1], &who->at[end]);
		if (!cube_may(&room, m, -1))
			return false;
	}
	for (size_t i = first; i <= end; i++)
		who->at[i] = cube_moved(&who->at[i], m);
	return true;
}

/* Would these people, other than some who are alike from a date on, have led to the same choices? A date that was withheld could have been
 * for many reasons. */
static bool
same_choices(const struct protector *p, const struct dates *own, uint8_t hidden, const struct people *who, size_t first)
{
	struct dates d = { 0 };

	memcpy(d.must, own->must, sizeof d.must);
	for (size_t i = 0; i < own->n; i++) {
		uint8_t mine = i + 1 < own->n ? own->hidden[i] : hidden;
		struct eight cells = cube_cells(&who->at[i]);

		d.n = i + 1;
		dates_put(&d, p, &cells);
		if (d.follows[i] != own->follows[i])
			return false;
		if (i >= first && (mine != EIGHT_ALL || i + 1 == own->n) && choose(p, &d) != mine)
			return false;
		d.hidden[i] = mine;
	}
	return true;
}

/* Looks at the people a step away from some; false: nothing is left to look for, or it took too long. */
static bool
look_around(const struct protector *p, struct alike *a, uint8_t hidden, const struct people *from, size_t first, size_t end)
{
	uint8_t free = EIGHT_ALL;

	for (size_t i = first; i <= end; i++)
		free &= i + 1 < a->own->n ? a->own->hidden[i] : hidden;
	for (int i = 0; i < MOVES; i++) {
		struct people who = *from;

		if ((p->moves[i].cells & ~free) != 0 || !take_step(a->own, &who, &p->moves[i], first, end) || is_known(a, &who))
			continue;
		if (a->tries-- == 0) {
			a->tries = 0;
			return false;
		}
		if (p->moves[i].cells != 0 && !same_choices(p, a->own, hidden, &who, first))
			continue;
		if (!compare(a, &who))
			return false;
		if (p->moves[i].cells != 0 && a->n < ALIKE_MOST)
			a->v[a->n++] = who;
	}
	return true;
}

/* Whether the choice leaves every small count open even to who tries what else would have led to it. */
static bool
choice_says_nothing(const struct protector *p, const struct dates *d, uint8_t hidden)
{
	struct alike a = { .n = 1, .tries = TRIES_MOST / d->n, .own = d };

	memcpy(a.v[0].at, d->table, sizeof d->table);
	memcpy(a.same, d->small, sizeof d->small);
	if (!compare(&a, &a.v[0]))
		return true;
	for (size_t at = 0; at < a.n; at++) {
		for (size_t first = d->n; first-- > 0;) {
			for (size_t end = first; end < d->n && (end == first || d->follows[end]); end++) {
				struct people from = a.v[at];

				if (!look_around(p, &a, hidden, &from, first, end))
					return !compare(&a, &a.v[0]);
			}
		}
	}
	return false;
}

void
protect(const struct protector *p, size_t n, const struct eight *tables, size_t given, uint8_t *hidden)
{
	struct dates d = { 0 };

	for (size_t i = 0; i < n; i++) {
		d.n = i + 1;
		dates_put(&d, p, &tables[i]);
		d.must[i] = i < given ? 0 : hidden[i];
		if (i >= given) {
			hidden[i] = choose(p, &d);
			if (hidden[i] != EIGHT_ALL && !choice_says_nothing(p, &d, hidden[i]))
				hidden[i] = EIGHT_ALL;
		}
		d.hidden[i] = hidden[i];
	}
}

unsigned
protect_all_bpi(const struct eight *table, uint8_t hidden)
{
	static const struct {
		uint8_t whole, part;
		unsigned said;
	} all[] = {
		{ EIGHT_TOTAL, EIGHT_BPI, EVERYBODY },
		{ EIGHT_MEN, EIGHT_BPI_MEN, EVERY_MAN },
		{ EIGHT_WOMEN, EIGHT_BPI_WOMEN, EVERY_WOMAN },
		{ EIGHT_UNDER25, EIGHT_BPI_UNDER25, EVERY_UNDER25 },
	};
	unsigned said = 0;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		bool printed = (hidden >> all[i].whole & 1) == 0 && (hidden >> all[i].part & 1) == 0;

		if (printed && table->of[all[i].whole] > 0 && table->of[all[i].whole] == table->of[all[i].part])
			said |= all[i].said;
	}
	return (said & EVERYBODY) != 0 ? EVERYBODY : said;
}
