/* import.h - importing from a command: used by import itself and by demo */
#pragma once
#include "cli/command.h"

/* Imports the bundle at path, lists faults and warnings on standard error and the counts on standard output.
 * Reads the options territory, faults and all-warnings when the command has them. An exit_code. */
int cli_import(struct cli *cli, struct db *db, const char *path, const char *cause, bool dry);
int64_t cli_now_ms(void); /* the clock */
