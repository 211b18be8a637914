#include "cli/frame.h"

#include <string.h>

enum { WORD_MAX = 31 };

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to add, drop, change or swap with their neighbour to turn one word into the other. */
static size_t
distance(str a, str b)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= a.len; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= b.len; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.s[i - 1] == b.s[j - 1];

			d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + !same);
			if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[a.len][b.len];
}

void
nearest_try(struct nearest *n, str candidate)
{
	size_t d;

	if (n->word.len == 0 || n->word.len > WORD_MAX || candidate.len > WORD_MAX)
		return;
	/* A beginning is as good as one slip; otherwise about a quarter of the letters may be wrong. */
	d = n->word.len >= 2 && str_starts(candidate, n->word) ? 1 : distance(n->word, candidate);
	if (d > 1 + n->word.len / 4 || (n->best.s != NULL && d >= n->distance))
		return;
	n->best = candidate;
	n->distance = d;
}
