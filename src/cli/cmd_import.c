#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/csvout.h"
#include "base/text.h"
#include "cli/frame.h"
#include "cli/import.h"
#include "exchange/bundle.h"

/* Faults are all listed; warnings of one kind (file and column) only so far, then counted. */
enum { WARNINGS_SHOWN = 20, KINDS = 64 };

struct listing {
	struct problem_sink sink; /* first */
	struct cli *cli;
	struct progress *progress;
	struct arena line; /* of one problem */
	struct buf text;
	FILE *csv;
	bool all;
	struct warning_kind {
		str file, column;
		int64_t seen;
	} kinds[KINDS];
	int n;
};

static void
print_problem(struct listing *l, const struct problem *p)
{
	arena_clear(&l->line);
	buf_clear(&l->text);
	problem_line(&l->line, p, &l->text);
	fwrite(l->text.s, 1, l->text.len, stderr); /* in one piece: there may be a million */
}

static struct warning_kind *
kind_of(struct listing *l, const struct problem *p)
{
	for (int i = 0; i < l->n; i++) {
		struct warning_kind *k = &l->kinds[i];

		if (str_eq(k->file, p->file) && str_eq(k->column, p->column))
			return k;
	}
	if (l->n == KINDS)
		return &l->kinds[KINDS - 1];
	l->kinds[l->n] =
	    (struct warning_kind){ .file = str_dup(&l->cli->arena, p->file), .column = str_dup(&l->cli->arena, p->column) };
	return &l->kinds[l->n++];
}

static void
list_csv(struct listing *l, const struct problem *p)
{
	struct buf b = { 0 };
	const str cells[] = { p->level == PROBLEM_FAULT ? S("fault") : S("warning"), p->file, S(""), p->column, p->value,
		p->expected };

	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		if (i == 2) {
			buf_char(&b, ',');
			buf_int(&b, p->line);
		} else {
			csv_cell(&b, cells[i], i == 0);
		}
	}
	buf_char(&b, '\n');
	fwrite(b.s, 1, b.len, l->csv);
	buf_release(&b);
}

static void
list(struct problem_sink *sink, const struct problem *p)
{
	struct listing *l = (struct listing *)sink;

	if (l->csv != NULL)
		list_csv(l, p);
	if (p->level == PROBLEM_WARNING && !l->all && kind_of(l, p)->seen++ >= WARNINGS_SHOWN)
		return;
	progress_end(l->progress);
	print_problem(l, p);
}

static void
rest_of_warnings(const struct listing *l)
{
	for (int i = 0; i < l->n; i++) {
		int64_t more = l->kinds[i].seen - WARNINGS_SHOWN;

		if (more > 0)
			fprintf(stderr,
			    tr_n("warning: %.*s: %.*s: %" PRId64 " more of the same kind (--all-warnings lists it)\n",
				"warning: %.*s: %.*s: %" PRId64 " more of the same kind (--all-warnings lists them)\n",
				(unsigned long)more),
			    STR_ARG(l->kinds[i].file), STR_ARG(l->kinds[i].column), more);
	}
}

static void
advance(void *to, int64_t done, int64_t total)
{
	struct progress *p = to;

	p->total = total;
	progress_set(p, done);
}

static void
number_cell(struct cli *cli, struct table *t, int64_t v)
{
	table_cell(t, str_format(&cli->arena, "%" PRId64, v));
}

void
cli_import_counts(struct cli *cli, const struct import_report *report)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_RIGHT, TABLE_RIGHT, TABLE_RIGHT, TABLE_RIGHT };
	const char *const heads[] = { tr("file"), tr("rows"), tr("new"), tr("changed"), tr("same") };
	struct table *t = table_new(&cli->arena, 5, align);

	for (size_t i = 0; i < 5; i++)
		table_cell(t, str_of(heads[i]));
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const struct import_count *c = &report->of[i];

		if (c->rows == 0)
			continue;
		table_cell(t, str_format(&cli->arena, "%s.csv", entities[i].name));
		number_cell(cli, t, c->rows);
		number_cell(cli, t, c->inserted);
		number_cell(cli, t, c->updated);
		number_cell(cli, t, c->unchanged);
	}
	table_print(t, &cli->out);
}

static void
conclude(struct cli *cli, const struct listing *l, const struct import_report *report, bool dry)
{
	int64_t changed = report->all.inserted + report->all.updated;

	rest_of_warnings(l);
	if (l->sink.faults > 0) {
		fprintf(stderr,
		    tr_n("%zu fault: nothing was imported. Mend it, then import again.\n",
			"%zu faults: nothing was imported. Mend them, then import again.\n", l->sink.faults),
		    l->sink.faults);
		return;
	}
	if (cli->quiet)
		return;
	cli_import_counts(cli, report);
	if (changed == 0)
		buf_add(&cli->out, str_of(tr("Nothing changed: everything was already there.\n")));
	else if (dry)
		buf_format(&cli->out,
		    tr("Nothing was written (--dry-run): %" PRId64 " records would be new, %" PRId64 " changed.\n"),
		    report->all.inserted, report->all.updated);
	else
		buf_format(&cli->out, tr("Imported: %" PRId64 " records new, %" PRId64 " changed.\n"), report->all.inserted,
		    report->all.updated);
}

int64_t
cli_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int
cli_import(struct cli *cli, struct db *db, const char *path, const char *cause, bool dry)
{
	struct progress progress;
	struct listing l = { .sink.add = list, .cli = cli, .progress = &progress, .all = cli_has(cli, "all-warnings") };
	struct import_options o = { .at = cli_now(&cli->arena),
		.actor = cli_actor(&cli->arena),
		.cause = str_of(cause),
		.now_ms = cli_now_ms(),
		.dry_run = dry,
		.progress = advance,
		.progress_to = &progress };
	const char *faults = cli_option(cli, "faults");
	struct import_report report;
	const struct err *e;
	bool lost = false;

	if (cli_option(cli, "territory") != NULL)
		o.territory = str_of(cli_option(cli, "territory"));
	if (faults != NULL) {
		if ((l.csv = fopen(faults, "we")) == NULL)
			return cli_fail(
			    cli, err_system(&cli->arena, errno, str_format(&cli->arena, tr("%s cannot be written."), faults).s));
		fputs("level,file,line,column,value,expected\n", l.csv);
	}
	progress_start(&progress, cli, tr("Importing"), 0);
	e = bundle_import(db, &cli->arena, path, &o, &l.sink, &report);
	progress_end(&progress);
	arena_release(&l.line);
	buf_release(&l.text);
	if (l.csv != NULL) {
		lost = ferror(l.csv) != 0;
		lost |= fclose(l.csv) != 0;
	}
	if (lost && e == NULL)
		e = err_new(&cli->arena, ERR_WORLD, str_format(&cli->arena, tr("%s cannot be written."), faults).s, NULL,
		    l.sink.faults > 0 ? NULL : tr("The bundle itself was imported."));
	if (e != NULL)
		return cli_fail(cli, e);
	conclude(cli, &l, &report, dry);
	return l.sink.faults > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int
run(struct cli *cli)
{
	struct db *db;
	int code;

	if (cli_is_spreadsheet(cli))
		return cli_import_spreadsheet(cli);
	if ((code = cli_open(cli, DB_CREATE, &db)) != EXIT_DONE)
		return code;
	code = cli_import(cli, db, cli->arguments[0], "import", cli_has(cli, "dry-run"));
	db_close(db);
	return code;
}

static const struct option_rule options[] = {
	{ "dry-run", NULL, N_("check everything and write nothing"), NULL },
	{ "territory", N_("REF"), N_("the territory that keeps the records, when the database has several"), NULL },
	{ "faults", N_("FILE"), N_("also write faults and warnings to a CSV file"), NULL },
	{ "all-warnings", NULL, N_("list every warning, not only the first of each kind"), NULL },
	{ "as", N_("KIND"), N_("what a row of the spreadsheet is; guessed from its headings when not given"),
	    "people enrolments attendance acts aggregates" },
	{ "organisation", N_("REF"), N_("the operator whose spreadsheet it is"), NULL },
	{ "action", N_("REF"), N_("the operator's action that the rows belong to"), NULL },
	{ "sheet", N_("NAME"), N_("the sheet of the workbook; the first one that is shown when not given"), NULL },
	{ "columns", N_("LIST"), N_("columns that were guessed wrong: field=HEADING or field=LETTER, separated by commas"),
	    NULL },
	{ "entered-on", N_("DATE"), N_("date of entry in the action of people whose row gives none"), NULL },
	{ "minutes", N_("N"), N_("length of sessions that the sheet does not give"), NULL },
	{ "kind", N_("KIND"), N_("kind of sessions that the sheet does not give"),
	    "training workshop group sport_event culture_event public_event other" },
	{ "act", N_("KIND"), N_("kind of acts that the sheet does not give"), NULL },
	{ "from", N_("DATE"), N_("first day of the figures, when the sheet does not give it"), NULL },
	{ "to", N_("DATE"), N_("last day of the figures, when the sheet does not give it"), NULL },
	{ "new-people", NULL, N_("add the people of a sheet of attendance, acts or enrolments who are not known"), NULL },
	{ "refused", N_("FILE"), N_("write the refused rows to a CSV file, with the reasons, to mend and import again"), NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_import = {
	.name = "import",
	.arguments = N_("BUNDLE|FILE"),
	.least = 1,
	.most = 1,
	.summary = N_("bring a bundle of CSV files, or an operator's own spreadsheet, into the database"),
	.description = N_(
	    "Reads a folder of CSV files, or a .zip of it: contracts, people, sessions, attendances and the rest. "
	    "Records with a known reference are updated, the others are added; records that are not in the bundle stay.\n\n"
	    "All faults are listed at once, each with its file, line, column and value and what is expected; when there is one, "
	    "nothing is imported. Warnings do not stop the import.\n\n"
	    "A file .xlsx, .ods or .csv is an operator's own spreadsheet: its columns are guessed from their headings and values, and "
	    "shown; dates, countries, statuses and the rest are understood as people write them. Rows with a fault are listed and left "
	    "out, the others are imported; importing the same file again changes nothing. Begin with --dry-run."),
	.options = options,
	.example = "jalon import data/contract/clermont-ferrand-2022",
	.run = run,
};
