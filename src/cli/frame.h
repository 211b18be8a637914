/* frame.h - what stands around the commands: reading the command line, where things lie, help in its three forms.
 * Commands themselves need command.h only. */
#pragma once
#include "cli/command.h"

extern const struct option_rule common_options[]; /* accepted by every command; ends with name NULL */

/* The command whose name begins these words (one word or two), and how many it took; NULL: none. */
const struct command *command_named(char *const *words, int n, int *used);

/* Fills cli->command, arguments and options from the words after the program's name.
 * EXIT_DONE, or EXIT_USAGE after a message. The number of arguments is checked apart, since --help needs none. */
int frame_parse(struct cli *cli, int n, char **words);
int frame_check_arguments(struct cli *cli);
/* A message of wrong usage with its own hint (NULL: where the help stands). */
int frame_usage(struct cli *cli, const char *hint, const char *format, ...) __attribute__((format(printf, 3, 4)));
int frame_unknown_command(struct cli *cli, const char *word);

/* The word that was probably meant: start with the word given, offer every candidate, read best (absent: none is near). */
struct nearest {
	str word, best;
	size_t distance;
};
void nearest_try(struct nearest *n, str candidate);

/* Words of a rule's choices, one by one: false after the last. */
bool choice_next(str *rest, str *word);

/* Where things lie. From a build folder: its own catalogues and the checkout's var/; installed: share/ and the user's data folder. */
const char *place_catalogues(struct arena *a);
const char *place_database(struct arena *a); /* without --database */

void help_program(struct buf *to);
void help_command(struct buf *to, const struct command *c);
void manual_write(struct buf *to); /* troff, for man */
void completion_bash(struct buf *to);

/* Text from outside goes to a terminal through this: control characters could move the cursor or hide what follows. */
str printable(struct arena *a, str s);
void progress_erase(void); /* before a message, so that it does not end up on the same line */
