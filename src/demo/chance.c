#include "demo/chance.h"

/* splitmix64: every seed gives a good stream, also 0, 1, 2... */
static uint64_t
mix(uint64_t z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static uint64_t
next(struct chance *c)
{
	return mix(c->state += 0x9e3779b97f4a7c15u);
}

struct chance
chance_of(uint64_t seed, enum stream stream, int64_t a, int64_t b)
{
	uint64_t s = mix(seed + 0x9e3779b97f4a7c15u);

	s = mix(s ^ ((uint64_t)stream + 1) * 0xd1342543de82ef95u);
	s = mix(s ^ ((uint64_t)a + 1) * 0xaf251af3b0f025b5u);
	return (struct chance){ mix(s ^ ((uint64_t)b + 1) * 0xb564ef22ec7aece5u) };
}

int
chance_below(struct chance *c, int n)
{
	return (int)((next(c) >> 32) * (uint64_t)n >> 32);
}

int
chance_between(struct chance *c, int low, int high)
{
	return high <= low ? low : low + chance_below(c, high - low + 1);
}

bool
chance_percent(struct chance *c, int percent)
{
	return chance_below(c, 100) < percent;
}

int
chance_weighted(struct chance *c, const int *weights, int n)
{
	int total = 0, at, i = 0;

	for (int k = 0; k < n; k++)
		total += weights[k];
	for (at = chance_below(c, total); at >= weights[i]; i++)
		at -= weights[i];
	return i;
}
