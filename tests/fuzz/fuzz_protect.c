/* A file of tables for publication: whatever comes, what is read holds, is protected and withstands the attack. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/protect.h"
#include "study/audit.h"
#include "study/protect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct memory {
	struct csv_source source;
	const uint8_t *data;
	size_t size;
};

static int64_t
read_memory(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	struct memory *m = (struct memory *)from;
	size_t n = m->size < size ? m->size : size;

	(void)err;
	if (n > 0)
		memcpy(to, m->data, n);
	m->data += n;
	m->size -= n;
	return (int64_t)n;
}

static void
publish(struct arena *a, const struct protector *p, int64_t threshold, const struct protect_row *rows, size_t n)
{
	struct eight tables[PROTECT_DATES], printed[PROTECT_DATES];
	uint8_t hidden[PROTECT_DATES] = { 0 };
	struct audit_found found;

	for (size_t i = 0; i < n; i++) {
		if (!eight_holds(&rows[i].table))
			abort();
		tables[i] = rows[i].table;
	}
	protect(p, n, tables, 0, hidden);
	for (size_t i = 0; i < n; i++) {
		for (int cell = 0; cell < EIGHT; cell++)
			printed[i].of[cell] = (hidden[i] >> cell & 1) != 0 ? EIGHT_EMPTY : tables[i].of[cell];
	}
	if (!audit(a, threshold, n, tables, printed, &found))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct memory m = { .source.read = read_memory, .data = data, .size = size };
	int64_t threshold = size > 0 ? THRESHOLD_LEAST + data[size - 1] % 12 : THRESHOLD_LEAST;
	struct problem_sink silent = problem_silence();
	struct arena a = { 0 };
	struct protect_input in;
	const struct protector *p = protector_new(&a, threshold);

	if (protect_read(&a, &m.source, S("f"), &silent, &in) != NULL || (silent.faults == 0 && in.n == 0))
		abort();
	for (size_t i = 0; i < in.n && i < 4; i++)
		publish(&a, p, threshold, &in.v[i], 1);
	if (in.n > 1)
		publish(&a, p, threshold, in.v, in.n < 3 ? in.n : 3);
	arena_release(&a);
	return 0;
}
