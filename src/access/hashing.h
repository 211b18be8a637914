/* hashing.h - passwords and codes made slow to guess (argon2id). One hash takes 64 MiB and a tenth of a second: at most two are
 * at work at once, over all processes, or signing in would be a way to stop the machine. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct hashing {
	int slots;     /* from hashing_slots, the same in every process; -1: no limit (the command line) */
	size_t memory; /* bytes */
	unsigned turns;
	int64_t done; /* how many were computed, right or wrong */
};

/* Two slots for all processes that inherit this descriptor across a fork; -1 and errno when the system refuses.
 * A process that dies gives its slot back. */
int hashing_slots(void);
struct hashing hashing_of(int slots); /* with the memory and turns of the product */

str hash_make(struct hashing *h, struct arena *a, str secret);
/* stored absent: the same work for nothing, and false. *renew (NULL is fine): the hash was made with other settings. */
bool hash_check(struct hashing *h, str stored, str secret, bool *renew);
