#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "upkeep/backup.h"
#include "upkeep/check.h"

static void
found(void *to, str line)
{
	struct cli *cli = to;

	if (!cli->quiet)
		buf_format(&cli->out, "  %.*s\n", STR_ARG(line));
}

static void
part(void *to, str words, int64_t n)
{
	struct cli *cli = to;

	if (!cli->quiet || n > 0)
		buf_format(&cli->out, "%s  %.*s\n", n == 0 ? tr("holds") : tr("BROKEN"), STR_ARG(words));
}

static void
settle(void *to, str line)
{
	struct cli *cli = to;

	buf_format(&cli->out, tr("To settle: %.*s.\n"), STR_ARG(line));
}

/* What came back is what was written, or it is said: a backup may be of a database that was broken already. */
static int
prove(struct cli *cli)
{
	const struct check ask = { .found = found, .part = part, .settle = settle, .to = cli };
	struct check_report report = { 0 };
	const struct err *e;
	struct db *db;
	int code = cli_open(cli, DB_READ, &db);

	if (code != EXIT_DONE)
		return code;
	e = check_run(db, &cli->arena, &ask, &report);
	db_close(db);
	if (e != NULL)
		return cli_fail(cli, e);
	if (report.found == 0 && !cli->quiet)
		buf_format(&cli->out, tr("Restored to %s, and everything holds.\n"), cli->database);
	if (report.found > 0)
		buf_format(&cli->out,
		    tr("Restored to %s, as it was when it was backed up: it did not hold then either. Try an earlier backup.\n"),
		    cli->database);
	return report.found > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int
run(struct cli *cli)
{
	const struct err *e;

	if (strstr(cli->database, "://") != NULL)
		return cli_usage(cli, tr("restore makes an embedded database: give the path of a new file with --database"));
	e = backup_restore(&cli->arena, cli->arguments[0], cli->database);
	return e != NULL ? cli_fail(cli, e) : prove(cli);
}

static const struct option_rule options[] = {
	{ NULL, NULL, NULL, NULL },
};

const struct command command_restore = {
	.name = "restore",
	.arguments = N_("FILE"),
	.least = 1,
	.most = 1,
	.summary = N_("make a database again from a backup, and prove it"),
	.description = N_(
	    "Opens a file of “jalon backup”, or one downloaded from the page of the database, into a new file, and checks it as "
	    "“jalon check” does. Nothing that exists is written over: stop the server, move the old database and the files that begin "
	    "with its name aside, restore under the old name, start the server.\n"
	    "\n"
	    "The key file of the installation that made the backup must be in place first (JALON_KEY names it)."),
	.options = options,
	.example = "jalon restore jalon-2025-06-30.backup --database again.db",
	.run = run,
};
