#include <inttypes.h>

#include "base/text.h"
#include "cli/command.h"
#include "model/person_keys.h"
#include "upkeep/check.h"

/* One broken thing can break thousands of others: so many lines of each part, then a count. */
enum { SHOWN = 50 };

struct printing {
	struct cli *cli;
	int64_t lines_n;
	struct buf lines; /* of the part at hand */
};

static void
print_found(void *to, str line)
{
	struct printing *p = to;

	if (p->lines_n++ < SHOWN) {
		buf_add(&p->lines, S("  "));
		buf_add(&p->lines, line);
		buf_char(&p->lines, '\n');
	}
}

/* The verdict on one part, and the lines found in it. */
static void
print_part(void *to, str words, int64_t found)
{
	struct printing *p = to;
	struct buf *out = &p->cli->out;

	if (found > 0 || !p->cli->quiet) {
		buf_format(out, "%s  %.*s\n", found == 0 ? tr("holds") : tr("BROKEN"), STR_ARG(words));
		buf_add(out, buf_str(&p->lines));
		if (found > SHOWN)
			buf_format(out, tr("  and %" PRId64 " more\n"), found - SHOWN);
	}
	p->lines_n = 0;
	buf_clear(&p->lines);
}

static void
print_settle(void *to, str line)
{
	struct printing *p = to;

	buf_format(&p->cli->out, tr("To settle: %.*s.\n"), STR_ARG(line));
}

static void
print_verdict(struct cli *cli, struct db *db, int64_t found)
{
	if (found == 0 && !cli->quiet)
		buf_format(&cli->out, tr("Everything holds in %s.\n"), db_place(db));
	if (found == 0)
		return;
	buf_format(&cli->out,
	    tr_n("%" PRId64 " thing does not hold in %s.\n", "%" PRId64 " things do not hold in %s.\n", (unsigned long)found),
	    found, db_place(db));
	buf_add(&cli->out, str_of(tr("Keep a copy of it as it is, and restore the last backup.\n")));
}

static int
run(struct cli *cli)
{
	struct printing p = { .cli = cli };
	const struct check ask = { .found = print_found, .part = print_part, .settle = print_settle, .to = &p };
	struct check_report report = { 0 };
	const struct err *e;
	const bool repair = cli_has(cli, "repair");
	struct db *db;
	int code = cli_open(cli, repair ? DB_WRITE : DB_READ, &db);

	if (code != EXIT_DONE)
		return code;
	e = repair ? person_keys_rebuild(db) : NULL;
	if (e == NULL)
		e = check_run(db, &cli->arena, &ask, &report);
	if (e == NULL)
		print_verdict(cli, db, report.found);
	buf_release(&p.lines);
	code = e != NULL ? cli_fail(cli, e) : report.found + report.to_settle > 0 ? EXIT_REFUSED : EXIT_DONE;
	db_close(db);
	return code;
}

static const struct option_rule options[] = {
	{ "repair", NULL, N_("first make again what follows from the records: what people are found by"), NULL },
	{ NULL },
};

const struct command command_check = {
	.name = "check",
	.arguments = "",
	.options = options,
	.summary = N_("prove that the database is what was written into it"),
	.description = N_(
	    "Reads the whole database and compares it with itself: the files and every link between two records, the chain of the "
	    "journal (a row that was changed, added or taken out breaks it), and every record and earlier version against the digest "
	    "that the journal keeps of it; that no secret stands without its account; then what people are found by against the "
	    "people. Nothing is changed, except with --repair.\n"
	    "\n"
	    "Rows cut off at the very end of the journal can only be seen against a copy that was kept elsewhere."),
	.example = "jalon check",
	.run = run,
};
