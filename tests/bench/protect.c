/* protect.c - what protecting a table for publication costs, and attacking it: mean and worst, one table and pairs of dates.
 *
 *     protect [TABLES] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "study/audit.h"
#include "study/protect.h"

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t seed = 1;

static int64_t
up_to(int64_t most)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)(seed >> 33) % (most + 1);
}

static struct eight
some_people(int64_t most)
{
	int64_t all = up_to(most), b = up_to(all), bm = up_to(b), m = bm + up_to(all - b), bu = up_to(b);

	return (struct eight){ { all, m, all - m, bu + up_to(all - b), b, bm, b - bm, bu } };
}

/* Milliseconds; false when something is found. */
static bool
one(const struct protector *p, struct arena *a, size_t dates, int64_t threshold, double *protecting, double *attacking)
{
	struct eight tables[2] = { some_people(300) }, printed[2], came = some_people(30);
	uint8_t hidden[2] = { 0 };
	struct audit_found found;
	double begun = seconds();
	bool safe;

	for (int i = 0; i < EIGHT; i++)
		tables[1].of[i] = tables[0].of[i] + came.of[i];
	protect(p, dates, tables, 0, hidden);
	*protecting = 1e3 * (seconds() - begun);
	for (size_t d = 0; d < dates; d++) {
		for (int i = 0; i < EIGHT; i++)
			printed[d].of[i] = (hidden[d] >> i & 1) != 0 ? EIGHT_EMPTY : tables[d].of[i];
	}
	begun = seconds();
	arena_clear(a);
	safe = audit(a, threshold, dates, tables, printed, &found);
	*attacking = 1e3 * (seconds() - begun);
	return safe;
}

int
main(int argc, char **argv)
{
	static const int64_t thresholds[] = { 5, 11 };
	int n = argc > 1 ? atoi(argv[1]) : 10000;
	struct arena kept = { 0 }, a = { 0 };
	int found = 0;

	for (int t = 0; t < 4; t++) {
		int64_t threshold = thresholds[t / 2];
		size_t dates = 1 + (size_t)(t % 2);
		const struct protector *p = protector_new(&kept, threshold);
		double sum = 0, worst = 0, attack = 0;

		for (int i = 0; i < n; i++) {
			double protecting, attacking;

			found += !one(p, &a, dates, threshold, &protecting, &attacking);
			sum += protecting + attacking;
			attack += attacking;
			worst = protecting + attacking > worst ? protecting + attacking : worst;
		}
		printf("threshold %2d, %s: %.3f ms (%.3f of them the attack), worst %.1f ms\n", (int)threshold,
		    dates == 1 ? "a table" : "two dates", sum / n, attack / n, worst);
	}
	printf("found by the attack: %d of %d\n", found, 4 * n);
	arena_release(&kept);
	arena_release(&a);
	return found > 0;
}
