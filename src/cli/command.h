/* command.h - a command of the program: a row of data that help, man page and completion are made from, and one function.
 * One file per command (src/cli/cmd_*.c); the table of all of them is in commands.c. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "db/db.h"

enum exit_code { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_WORLD = 3 };

struct option_rule {
	const char *name;     /* "contract" for --contract */
	const char *argument; /* N_("REF"), or NULL for a switch */
	const char *help;     /* N_ */
	const char *choices;  /* "csv table json": words to complete and to check; NULL: any */
	bool alone;           /* may stand without its argument: its value is then "" */
};

struct cli;
struct command {
	const char *name;                  /* "import"; two words are allowed: "help" */
	const char *arguments;             /* N_("BUNDLE"), or "" */
	int least, most;                   /* how many arguments */
	const char *summary;               /* N_: one line */
	const char *description;           /* N_: paragraphs separated by blank lines */
	const struct option_rule *options; /* ends with name NULL; --database, --help, --quiet are everywhere */
	const char *example;               /* a command line that works on the demonstration data */
	int (*run)(struct cli *cli);       /* an exit_code */
};
extern const struct command *const commands[]; /* ends with NULL */

/* What a command is given. */
struct cli {
	struct arena arena; /* lives as long as the command */
	const struct command *command;
	char **arguments;
	int n;
	const char *option_names[32], *option_values[32]; /* as typed; a switch has value "" */
	int options;
	const char *database; /* --database, $JALON_DATABASE, or the data folder's */
	bool quiet;
	struct buf out; /* standard output, buffered; flushed and checked at the end */
};
const char *cli_option(const struct cli *cli, const char *name); /* NULL: not given; "" for a switch; the last one wins */
bool cli_has(const struct cli *cli, const char *name);

/* Messages go to standard error, translated, prefixed by the program's name. */
int cli_fail(struct cli *cli, const struct err *e); /* prints what, detail, hint; gives the exit code of its kind */
int cli_usage(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3))); /* EXIT_USAGE */
/* "file:line: column: value: expected what", as it is shown: control characters and very long values are not. */
struct problem;
void problem_line(struct arena *a, const struct problem *p, struct buf *to);
/* A date option; absent leaves *to as it is; false after a message when it is not a date. */
bool cli_day(struct cli *cli, const char *name, day *to);

/* Opens cli->database; a failure is printed and gives its exit code, else EXIT_DONE. */
int cli_open(struct cli *cli, enum db_mode mode, struct db **db);

/* The clock and the user stand here, and nowhere below: deeper code takes them as parameters. */
str cli_now(struct arena *a);   /* UTC, 2026-01-31T12:00:00.000Z; $JALON_NOW replaces it in tests */
str cli_actor(struct arena *a); /* the system's user name */
day cli_today(void);

/* An aligned table for the terminal: widths by code points; numbers to the right. */
enum table_align { TABLE_LEFT, TABLE_RIGHT };
struct table;
struct table *table_new(struct arena *a, size_t columns, const enum table_align *align);
void table_cell(struct table *t, str text); /* row by row; the first row is the heading */
void table_rule(struct table *t);           /* a line across */
void table_print(struct table *t, struct buf *to);

/* A progress line on standard error, only on a terminal and without --quiet; done out of total (0: unknown). */
struct progress {
	bool on;
	int64_t total, done, started_at_ms, drawn_at_ms;
	const char *label;
};
void progress_start(struct progress *p, const struct cli *cli, const char *label, int64_t total);
void progress_set(struct progress *p, int64_t done);
void progress_end(struct progress *p);
