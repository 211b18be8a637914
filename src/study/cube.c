#include "study/cube.h"

#include <string.h>

const char *const eight_names[EIGHT] = { "total", "men", "women", "under25", "bpi", "bpi_men", "bpi_women", "bpi_under25" };

/* A count is a choice in each of three directions; 2 is both. */
enum { BOTH = 2 };
#define COUNT_OF(sex, age, status) ((sex)*9 + (age)*3 + (status))

static const int cell_count[EIGHT] = {
	COUNT_OF(BOTH, BOTH, BOTH),
	COUNT_OF(0, BOTH, BOTH),
	COUNT_OF(1, BOTH, BOTH),
	COUNT_OF(BOTH, 0, BOTH),
	COUNT_OF(BOTH, BOTH, 0),
	COUNT_OF(0, BOTH, 0),
	COUNT_OF(1, BOTH, 0),
	COUNT_OF(BOTH, 0, 0),
};

/* The place of men under 25 BPI is 0; status changes fastest, then age, then sex. */
static void
counts_of(const int64_t n[CUBE], int64_t counts[COUNTS])
{
	for (int sex = 0; sex < 2; sex++) {
		for (int age = 0; age < 2; age++) {
			for (int status = 0; status < 2; status++)
				counts[COUNT_OF(sex, age, status)] = n[sex * 4 + age * 2 + status];
			counts[COUNT_OF(sex, age, BOTH)] = n[sex * 4 + age * 2] + n[sex * 4 + age * 2 + 1];
		}
		for (int status = 0; status <= BOTH; status++)
			counts[COUNT_OF(sex, BOTH, status)] = counts[COUNT_OF(sex, 0, status)] + counts[COUNT_OF(sex, 1, status)];
	}
	for (int rest = 0; rest < 9; rest++)
		counts[BOTH * 9 + rest] = counts[rest] + counts[9 + rest];
}

bool
eight_holds(const struct eight *e)
{
	const int64_t *of = e->of;
	int64_t others = of[EIGHT_TOTAL] - of[EIGHT_BPI], others_under25 = of[EIGHT_UNDER25] - of[EIGHT_BPI_UNDER25];

	for (int i = 0; i < EIGHT; i++) {
		if (of[i] < 0)
			return false;
	}
	return of[EIGHT_MEN] + of[EIGHT_WOMEN] == of[EIGHT_TOTAL] && of[EIGHT_BPI_MEN] + of[EIGHT_BPI_WOMEN] == of[EIGHT_BPI] &&
	       of[EIGHT_BPI_MEN] <= of[EIGHT_MEN] && of[EIGHT_BPI_WOMEN] <= of[EIGHT_WOMEN] &&
	       of[EIGHT_BPI_UNDER25] <= of[EIGHT_BPI] && others_under25 >= 0 && others_under25 <= others;
}

/* Men under 25 among those of one status: anything from what must be to what can be; the middle leaves room on both sides. */
static int64_t
men_under25(int64_t all, int64_t men, int64_t under25)
{
	int64_t least = men + under25 - all, most = men < under25 ? men : under25;

	return ((least < 0 ? 0 : least) + most) / 2;
}

struct cube
cube_of(const struct eight *e)
{
	struct cube c;

	for (int status = 0; status < 2; status++) {
		bool bpi = status == 0;
		int64_t all = bpi ? e->of[EIGHT_BPI] : e->of[EIGHT_TOTAL] - e->of[EIGHT_BPI];
		int64_t men = bpi ? e->of[EIGHT_BPI_MEN] : e->of[EIGHT_MEN] - e->of[EIGHT_BPI_MEN];
		int64_t under25 = bpi ? e->of[EIGHT_BPI_UNDER25] : e->of[EIGHT_UNDER25] - e->of[EIGHT_BPI_UNDER25];
		int64_t both = men_under25(all, men, under25);

		c.n[status] = both;
		c.n[2 + status] = men - both;
		c.n[4 + status] = under25 - both;
		c.n[6 + status] = all - men - under25 + both;
	}
	return c;
}

struct eight
cube_cells(const struct cube *c)
{
	int64_t counts[COUNTS];
	struct eight e;

	counts_of(c->n, counts);
	for (int i = 0; i < EIGHT; i++)
		e.of[i] = counts[cell_count[i]];
	return e;
}

struct cube
cube_minus(const struct cube *a, const struct cube *b)
{
	struct cube c;

	for (int i = 0; i < CUBE; i++)
		c.n[i] = a->n[i] - b->n[i];
	return c;
}

uint32_t
cube_small(const struct cube *c, int64_t threshold)
{
	int64_t counts[COUNTS];
	uint32_t set = 0;

	counts_of(c->n, counts);
	for (int i = 0; i < COUNTS; i++) {
		if (counts[i] != 0 && counts[i] < threshold && counts[i] > -threshold)
			set |= 1u << i;
	}
	return set;
}

uint32_t
cube_differ(const struct cube *a, const struct cube *b)
{
	struct cube c = cube_minus(a, b);

	return cube_small(&c, INT64_MAX);
}

void
moves_make(struct move moves[MOVES])
{
	static const int8_t half[MOVES / 2][CUBE] = {
#define MOVE(...) { __VA_ARGS__ },
#include "study/moves.def"
#undef MOVE
	};

	for (int i = 0; i < MOVES; i++) {
		struct move *m = &moves[i];
		int64_t n[CUBE], counts[COUNTS];

		memset(m, 0, sizeof *m);
		for (int place = 0; place < CUBE; place++) {
			m->by[place] = (int8_t)(i % 2 == 0 ? half[i / 2][place] : -half[i / 2][place]);
			n[place] = m->by[place];
		}
		counts_of(n, counts);
		for (int count = 0; count < COUNTS; count++)
			m->counts |= counts[count] != 0 ? 1u << count : 0;
		for (int cell = 0; cell < EIGHT; cell++)
			m->cells |= (uint8_t)(counts[cell_count[cell]] != 0 ? 1u << cell : 0);
	}
}

bool
cube_may(const struct cube *c, const struct move *m, int sign)
{
	for (int i = 0; i < CUBE; i++) {
		if (c->n[i] + sign * m->by[i] < 0)
			return false;
	}
	return true;
}

struct cube
cube_moved(const struct cube *c, const struct move *m)
{
	struct cube to;

	for (int i = 0; i < CUBE; i++)
		to.n[i] = c->n[i] + m->by[i];
	return to;
}
