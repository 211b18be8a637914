/* import.h - importing from a command: used by import itself and by demo */
#pragma once
#include "cli/command.h"
#include "exchange/bundle.h"

/* Imports the bundle at path, lists faults and warnings on standard error and the counts on standard output.
 * Reads the options territory, faults and all-warnings when the command has them. An exit_code. */
int cli_import(struct cli *cli, struct db *db, const char *path, const char *cause, bool dry);
void cli_import_counts(struct cli *cli, const struct import_report *report); /* a table on standard output */
int64_t cli_now_ms(void);                                                    /* the clock */

/* An operator's own spreadsheet (import_spreadsheet.c): said by --as, or by the end of the file's name. */
bool cli_is_spreadsheet(const struct cli *cli);
int cli_import_spreadsheet(struct cli *cli);
