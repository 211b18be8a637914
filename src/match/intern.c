#include "match/intern.h"

#include "match/room.h"

enum { SEED = 0x6a616c6f };

void
intern_init(struct intern *t)
{
	*t = (struct intern){ .cap = 64, .slots_n = 128 };
	t->at = room_take(t->cap + 1, sizeof *t->at);
	t->slots = room_take(t->slots_n, sizeof *t->slots);
	buf_reserve(&t->text, 1);
	t->n = 1; /* the empty text */
}

static uint32_t
slot_of(const struct intern *t, str s)
{
	uint32_t i = (uint32_t)str_hash(s, SEED) & (t->slots_n - 1);

	while (t->slots[i] != 0 && !str_eq(intern_get(t, t->slots[i]), s))
		i = (i + 1) & (t->slots_n - 1);
	return i;
}

static void
widen(struct intern *t)
{
	room_give(t->slots);
	t->slots_n *= 2;
	t->slots = room_take(t->slots_n, sizeof *t->slots);
	for (uint32_t id = 1; id < t->n; id++)
		t->slots[slot_of(t, intern_get(t, id))] = id;
}

uint32_t
intern_put(struct intern *t, str s)
{
	uint32_t i;

	if (s.len == 0)
		return 0;
	i = slot_of(t, s);
	if (t->slots[i] != 0)
		return t->slots[i];
	if (t->n == t->cap) {
		t->cap *= 2;
		t->at = room_more(t->at, t->cap + 1, sizeof *t->at);
	}
	buf_add(&t->text, s);
	t->at[t->n + 1] = t->text.len;
	t->slots[i] = t->n++;
	if (t->n > t->slots_n / 2)
		widen(t);
	return t->n - 1;
}

void
intern_release(struct intern *t)
{
	buf_release(&t->text);
	room_give(t->at);
	room_give(t->slots);
	*t = (struct intern){ 0 };
}
