#include "cli/frame.h"

#include <stdio.h>
#include <string.h>

extern const struct command command_import, command_export, command_questionnaire, command_indicators, command_conformity,
    command_demo, command_check, command_serve, command_help, command_completion;

/* In the order of the help. */
const struct command *const commands[] = {
	&command_import,
	&command_export,
	&command_questionnaire,
	&command_indicators,
	&command_conformity,
	&command_demo,
	&command_check,
	&command_serve,
	&command_help,
	&command_completion,
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
