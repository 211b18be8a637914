/* An archive: opened as a bundle, and every file of it read to its end. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "exchange/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_file(struct bundle *b, const struct entity *e, struct arena *a)
{
	struct problem_sink silent = problem_silence();
	struct csv_source *source;
	struct csv_record record;
	const struct err *err = bundle_file(b, e, &source);
	struct csv_reader *r;
	int64_t bytes = 0;

	if (err != NULL)
		return;
	r = csv_open(a, source, S("f"), &silent);
	while (csv_next(r, &record, &err)) {
		for (size_t i = 0; i < record.n; i++)
			bytes += (int64_t)record.cells[i].len + 1;
		if (bytes > bundle_bytes(b) + 2)
			abort(); /* more than the archive promised */
	}
	csv_close(r);
	bundle_file_close(source);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problem_sink silent = problem_silence();
	struct arena a = { 0 };
	struct bundle *b;
	char path[64];
	int fd = memfd_create("bundle.zip", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (bundle_open(&a, path, &silent, &b) == NULL) {
		for (size_t i = 0; i < ENTITY_COUNT; i++) {
			if (bundle_has(b, &entities[i]))
				read_file(b, &entities[i], &a);
		}
		bundle_close(b);
	}
	close(fd);
	arena_release(&a);
	return 0;
}
