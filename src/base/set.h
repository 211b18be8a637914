/* set.h - a growing set of 64-bit fingerprints (str_hash with a random seed): 8 to 16 bytes a member */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct set {
	uint64_t *slots; /* 0: free */
	size_t n, cap;   /* cap: a power of two */
};

bool set_has(const struct set *s, uint64_t member);
bool set_add(struct set *s, uint64_t member); /* false when it was there already */
void set_clear(struct set *s);                /* empty, memory given back */
