#include "model/key.h"

enum { NODE_BITS = 10, COUNTER_BITS = 12 };
static const int64_t epoch_ms = 1577836800000; /* 2020-01-01 */

int64_t
key_next(struct keymaker *k)
{
	const int64_t counter_mask = (1 << COUNTER_BITS) - 1;
	int64_t since = k->now_ms - epoch_ms, key;

	if (since < 0)
		since = 0;
	key = since << (NODE_BITS + COUNTER_BITS) | (int64_t)(k->node & 1023u) << COUNTER_BITS;
	if (key <= k->last) {
		/* More than one in the same millisecond: the counter runs, then time is borrowed from the next one. */
		key = k->last + 1;
		if ((key & counter_mask) == 0)
			key = (((k->last >> (NODE_BITS + COUNTER_BITS)) + 1) << (NODE_BITS + COUNTER_BITS)) |
			      (int64_t)(k->node & 1023u) << COUNTER_BITS;
	}
	k->last = key;
	return key;
}

void
key_above(struct keymaker *k, int64_t stored)
{
	const int shift = NODE_BITS + COUNTER_BITS;
	int64_t last;

	if (stored <= 0)
		return;
	/* The last key that this node could have made in the same millisecond. */
	last = stored >> shift << shift | (int64_t)(k->node & 1023u) << COUNTER_BITS | ((1 << COUNTER_BITS) - 1);
	if (last > k->last)
		k->last = last;
}
