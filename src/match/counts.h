/* counts.h - how often each 64-bit value was met. 0 is no value. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct counts {
	struct count {
		uint64_t value;
		uint32_t n, last; /* last: for whoever counts each of its own once */
	} * slots;
	size_t n, cap; /* cap: a power of two */
};
void counts_add(struct counts *c, uint64_t value);
/* Counts at most once in a row for the same owner (> 0). */
void counts_add_once(struct counts *c, uint64_t value, uint32_t owner);
uint32_t counts_of(const struct counts *c, uint64_t value);
void counts_release(struct counts *c);

static inline uint64_t
mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a + 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu ^ (b + 0x2545f4914f6cdd1du);

	h = (h ^ h >> 32) * 0xc4ceb9fe1a85ec53u;
	h = (h ^ h >> 29) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}
