/* intern.h - each distinct text once, as a small number: 0 is the empty text, then in the order of their arrival. */
#pragma once
#include "base/buf.h"

struct intern {
	struct buf text;
	size_t *at;      /* where each begins; at[n]: where the next one will */
	uint32_t *slots; /* number of the text, 0: free */
	uint32_t n, cap, slots_n;
};
void intern_init(struct intern *t);
uint32_t intern_put(struct intern *t, str s);
static inline str
intern_get(const struct intern *t, uint32_t id) /* lives until the next one is put */
{
	return (str){ t->text.s + t->at[id], t->at[id + 1] - t->at[id] };
}
void intern_release(struct intern *t);
