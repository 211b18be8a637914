/* A command line: words separated by NUL. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* The messages of wrong usage go nowhere; those of the sanitizers go past stdio. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	stderr = fopen("/dev/null", "w");
	return stderr == NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = malloc(size + 1), *words[40];
	struct cli cli = { 0 };
	int n = 0;

	if (line == NULL)
		abort();
	if (size > 0)
		memcpy(line, data, size);
	line[size] = '\0';
	for (char *p = line; p <= line + size && n < 39; p += strlen(p) + 1)
		words[n++] = p;
	words[n] = NULL;
	if (frame_parse(&cli, n, words) == EXIT_DONE && cli.command != NULL && !cli_has(&cli, "help")) {
		if (cli.n < 0 || cli.n > n)
			abort();
		(void)frame_check_arguments(&cli);
	}
	buf_release(&cli.out);
	arena_release(&cli.arena);
	free(line);
	return 0;
}
