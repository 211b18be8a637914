#include "match/counts.h"

#include "match/room.h"

static struct count *
slot(const struct counts *c, uint64_t value)
{
	size_t i = mix(value, 0) & (c->cap - 1);

	while (c->slots[i].value != 0 && c->slots[i].value != value)
		i = (i + 1) & (c->cap - 1);
	return &c->slots[i];
}

static void
widen(struct counts *c)
{
	struct counts old = *c;

	c->cap = old.cap == 0 ? 64 : old.cap * 2;
	c->slots = room_take(c->cap, sizeof *c->slots);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].value != 0)
			*slot(c, old.slots[i].value) = old.slots[i];
	room_give(old.slots);
}

static struct count *
slot_for(struct counts *c, uint64_t value)
{
	struct count *s;

	if (c->n * 2 >= c->cap)
		widen(c);
	s = slot(c, value);
	if (s->value == 0) {
		s->value = value;
		c->n++;
	}
	return s;
}

void
counts_add(struct counts *c, uint64_t value)
{
	if (value != 0)
		slot_for(c, value)->n++;
}

void
counts_add_once(struct counts *c, uint64_t value, uint32_t owner)
{
	struct count *s;

	if (value == 0)
		return;
	s = slot_for(c, value);
	s->n += s->last != owner;
	s->last = owner;
}

uint32_t
counts_of(const struct counts *c, uint64_t value)
{
	return c->cap == 0 || value == 0 ? 0 : slot(c, value)->n;
}

void
counts_release(struct counts *c)
{
	room_give(c->slots);
	*c = (struct counts){ 0 };
}
