#include <inttypes.h>

#include "base/shown.h"
#include "base/text.h"
#include "cli/command.h"
#include "upkeep/backup.h"

static bool
advance(void *to, int64_t done, int64_t total)
{
	struct progress *p = to;

	p->total = total;
	progress_set(p, done);
	return true;
}

static int
run(struct cli *cli)
{
	struct progress progress;
	const struct watch watch = { .go_on = advance, .to = &progress };
	struct buf size = { 0 };
	const struct err *e;
	struct db *db;
	int64_t bytes;
	bool left;
	int code = cli_open(cli, DB_READ, &db);

	if (code != EXIT_DONE)
		return code;
	progress_start(&progress, cli, tr("Backing up"), 0);
	e = backup_make(db, &cli->arena, cli->arguments[0], &watch, &bytes, &left);
	progress_end(&progress);
	db_close(db);
	if (e != NULL)
		return cli_fail(cli, e);
	shown_number(&size, (bytes + 1023) / 1024);
	if (!cli->quiet)
		buf_format(&cli->out, tr("Backed up to %s (%.*s KB), which the key file alone opens.\n"), cli->arguments[0],
		    STR_ARG(buf_str(&size)));
	buf_release(&size);
	return EXIT_DONE;
}

static const struct option_rule options[] = {
	{ NULL, NULL, NULL, NULL },
};

const struct command command_backup = {
	.name = "backup",
	.arguments = N_("FILE"),
	.least = 1,
	.most = 1,
	.summary = N_("copy the whole database into one sealed file"),
	.description = N_(
	    "Copies the database as it is at one moment, also while the server is at work, checks the copy and seals it into a new "
	    "file. Everything is in it: records, earlier versions, the journal, accounts.\n"
	    "\n"
	    "The file opens with the key file of this installation alone: keep a copy of the key file elsewhere, on paper or in a "
	    "safe, and never beside the backups. Keep the backups on another machine.\n"
	    "\n"
	    "A database on a PostgreSQL server is copied by the server's own tools: pg_dump --format=custom, and pg_restore."),
	.options = options,
	.example = "jalon backup jalon-2025-06-30.backup",
	.run = run,
};
