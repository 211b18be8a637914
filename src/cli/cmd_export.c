#include <inttypes.h>

#include "base/text.h"
#include "cli/command.h"
#include "exchange/bundle.h"

static void
advance(void *to, int64_t done, int64_t total)
{
	struct progress *p = to;

	p->total = total;
	progress_set(p, done);
}

static int
run(struct cli *cli)
{
	const char *path = cli->arguments[0], *territory = cli_option(cli, "territory");
	struct progress progress;
	struct export_options o = { .territory = str_of(territory), .progress = advance, .progress_to = &progress };
	const struct err *e;
	struct db *db;
	int64_t rows;
	int code = cli_open(cli, DB_READ, &db);

	if (code != EXIT_DONE)
		return code;
	progress_start(&progress, cli, tr("Exporting"), 0);
	e = bundle_export(db, &cli->arena, path, &o, &rows);
	progress_end(&progress);
	db_close(db);
	if (e != NULL)
		return cli_fail(cli, e);
	if (!cli->quiet)
		buf_format(&cli->out, tr("Exported: %" PRId64 " records to %s.\n"), rows, path);
	return EXIT_DONE;
}

static const struct option_rule options[] = {
	{ "territory", N_("REF"), N_("the territory whose records are written, when the database has several"), NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_export = {
	.name = "export",
	.arguments = N_("BUNDLE"),
	.least = 1,
	.most = 1,
	.summary = N_("write all records as a bundle of CSV files"),
	.description =
	    N_("Writes a folder of CSV files, or a .zip of it when the name ends so. It holds everything; the same records "
	       "always give the same bytes, and importing them into an empty database gives the same records.\n\n"
	       "The files name people: keep them as carefully as the database."),
	.options = options,
	.example = "jalon export copy.zip",
	.run = run,
};
