/* blocks.h - which records are worth comparing: those that share a key of some pass. Blocks that are large are parted by further
 * keys, in several ways, and at last cut into pieces: no step is quadratic in the number of records. */
#pragma once
#include "match/columns.h"

enum { BLOCK_PASSES = 6, BLOCK_MOST = 64 };

struct blocks {
	uint32_t *records; /* of all blocks, one after the other */
	size_t *from;      /* n + 1 */
	size_t n, n_cap, records_n, records_cap;
	/* memory of the passes */
	struct keyed {
		uint64_t key;
		uint32_t record;
	} * keys, *spare;
	size_t keys_n, keys_cap;
	const struct columns *c;
	uint32_t *skeleton_of; /* of each word */
};
void blocks_init(struct blocks *b, const struct columns *c);
void blocks_pass(struct blocks *b, int pass); /* the blocks of one pass instead of those before */
void blocks_release(struct blocks *b);
