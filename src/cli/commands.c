#include "cli/frame.h"

#include <stdio.h>
#include <string.h>

#define COMMAND(name) extern const struct command command_##name;
#include "cli/commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cli/commands.def"
#undef COMMAND
	NULL,
};

const struct command *
command_named(char *const *words, int n, int *used)
{
	char two[128] = "";

	if (n == 0)
		return NULL;
	if (n > 1)
		snprintf(two, sizeof two, "%s %s", words[0], words[1]);
	for (size_t i = 0; commands[i] != NULL; i++) {
		if (strcmp(commands[i]->name, two) == 0) {
			*used = 2;
			return commands[i];
		}
	}
	for (size_t i = 0; commands[i] != NULL; i++) {
		if (strcmp(commands[i]->name, words[0]) == 0) {
			*used = 1;
			return commands[i];
		}
	}
	return NULL;
}
