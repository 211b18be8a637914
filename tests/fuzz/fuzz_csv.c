/* The reader of comma-separated values: the same records and faults however the bytes come, and every cell is fit to use. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct memory {
	struct csv_source source;
	const uint8_t *data;
	size_t size, step;
};

static int64_t
read_memory(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	struct memory *m = (struct memory *)from;
	size_t n = m->size < m->step ? m->size : m->step;

	(void)err;
	n = n < size ? n : size;
	if (n > 0)
		memcpy(to, m->data, n);
	m->data += n;
	m->size -= n;
	return (int64_t)n;
}

/* A digest of all that the reader gave. */
static uint64_t
read_all(const uint8_t *data, size_t size, size_t step)
{
	struct memory m = { .source.read = read_memory, .data = data, .size = size, .step = step };
	struct problem_sink silent = problem_silence();
	struct arena a = { 0 };
	struct csv_reader *r = csv_open(&a, &m.source, S("f"), &silent);
	struct csv_record record;
	const struct err *err;
	uint64_t digest = 7;
	int64_t line = 0;
	size_t width = 0;

	while (csv_next(r, &record, &err)) {
		if (record.n > CSV_CELLS || record.line <= line || (!record.wrong && width > 0 && record.n != width))
			abort();
		line = record.line;
		width = width == 0 ? record.n : width;
		for (size_t i = 0; i < record.n; i++) {
			if (!str_utf8(record.cells[i]) || record.cells[i].len > CSV_FIELD_MAX)
				abort();
			digest = str_hash(record.cells[i], digest);
		}
		digest = digest * 31 + (uint64_t)record.line * 2 + record.wrong;
	}
	if (err != NULL || (csv_cut(r) && silent.faults == 0))
		abort();
	digest = digest * 31 + silent.faults;
	csv_close(r);
	arena_release(&a);
	return digest;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t step = size > 0 ? 1 + data[0] % 64 : 1;

	if (read_all(data, size, SIZE_MAX) != read_all(data, size, step))
		abort();
	return 0;
}
