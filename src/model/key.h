/* key.h - keys of records: 63-bit numbers that several nodes, or a phone without network, can make without asking:
 * 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter. They grow with time, so new rows land together. */
#pragma once
#include <stdint.h>

struct keymaker {
	int64_t now_ms; /* since 1970: given by the caller, the clock is never read here */
	unsigned node;  /* 0 to 1023 */
	int64_t last;
};

int64_t key_next(struct keymaker *k);
/* The keys to come are larger than this one, whoever made it: clocks are set back, and fast writers borrow from the future. */
void key_above(struct keymaker *k, int64_t stored);
