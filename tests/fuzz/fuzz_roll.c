/* A packed register: whatever bytes a damaged database gives, they are refused, or they are what the program would write. */
#include <stdint.h>
#include <stdlib.h>

#include "model/roll.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct entity *e = &entities[size % 2 == 0 ? ENTITY_attendances : ENTITY_trainee_attendances];
	const str packed = { (const char *)data, size };
	struct roll r = { .owner = 1, .version = 1 }, again = r;
	struct roll_walk w = roll_walk(packed);
	int64_t values[ROLL_VALUES];
	struct arena a = { 0 };
	struct buf b = { 0 };
	size_t lines = 0;

	while (roll_walk_next(&w, values))
		lines++;
	if (roll_unpack(e, packed, &a, &r)) {
		check(!w.damaged && lines == r.n);
		roll_pack(e, &r, &b);
		check((size_t)*data < e->n - 2 || str_eq(buf_str(&b), packed));
		check(roll_unpack(e, buf_str(&b), &a, &again) && again.n == r.n);
		roll_canonical(e, &r, &b);
	}
	buf_release(&b);
	arena_release(&a);
	return 0;
}
