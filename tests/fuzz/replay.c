/* replay.c - runs a target of fuzzing over a folder of files without a fuzzer: `fuzz_csv tests/fuzz/corpus/csv`. Each file
 * is given as it is, then with a few bytes changed, always the same ones. Writes TAP; what is wrong stops the program. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

enum { LARGEST = 1 << 20, CHANGES = 100 };

static uint32_t
chance(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

/* Bytes that mean something to a reader. */
static const char odd[] = { '"', ',', ';', '\n', '\r', '\0', 'x', '0', '9', '-' };

static void
give_changed(const uint8_t *data, size_t size)
{
	uint64_t state = size;
	uint8_t *copy = malloc(size + 1);

	if (copy == NULL)
		abort();
	for (int i = 0; i < CHANGES && size > 0; i++) {
		size_t end = chance(&state) % 4 == 0 ? chance(&state) % size : size;

		memcpy(copy, data, size);
		for (uint32_t n = chance(&state) % 4; n > 0 && end > 0; n--)
			copy[chance(&state) % end] =
			    chance(&state) % 2 == 0 ? (uint8_t)chance(&state) : (uint8_t)odd[chance(&state) % 10];
		(void)LLVMFuzzerTestOneInput(copy, end);
	}
	free(copy);
}

static int
visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
	static uint8_t data[LARGEST];
	struct dirent **entries;
	int n = argc < 2 ? -1 : scandir(argv[1], &entries, visible, alphasort);

	if (n <= 0) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	if (LLVMFuzzerInitialize != NULL)
		(void)LLVMFuzzerInitialize(&argc, &argv);
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		char path[4096];
		FILE *f;
		size_t size;

		snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
		if ((f = fopen(path, "r")) == NULL) {
			perror(path);
			return 1;
		}
		size = fread(data, 1, sizeof data, f);
		fclose(f);
		fflush(stdout);
		(void)LLVMFuzzerTestOneInput(data, size);
		give_changed(data, size);
		printf("ok %d - %s\n", i + 1, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return 0;
}
