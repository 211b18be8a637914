#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/text.h"
#include "cli/figures.h"
#include "figures/write_xlsx.h"

/* Where the figures go: the standard output, or a file that is put in place once it is whole. */
struct output {
	struct cli *cli;
	const char *path; /* NULL: the standard output */
	const char *part;
	struct buf file, *to;
};

static int
output_refused(struct output *o, int errnum, const char *path)
{
	return cli_fail(o->cli, err_system(&o->cli->arena, errnum, str_format(&o->cli->arena, tr("cannot write %s"), path).s));
}

static int
output_open(struct output *o, struct cli *cli, const char *path)
{
	struct stat at;

	*o = (struct output){ .cli = cli, .path = path, .to = &cli->out };
	if (path == NULL)
		return EXIT_DONE;
	/* A pipe or a device is written as it is: putting a file in its place would take it away. */
	o->part = stat(path, &at) == 0 && !S_ISREG(at.st_mode) ? path : str_format(&cli->arena, "%s.part", path).s;
	o->to = &o->file;
	o->file.file = fopen(o->part, "we");
	return o->file.file == NULL ? output_refused(o, errno, path) : EXIT_DONE;
}

static int
output_close(struct output *o, int code)
{
	bool written;
	int errnum;

	if (o->path == NULL)
		return code;
	written = buf_flush(&o->file);
	errnum = o->file.error;
	if (fclose(o->file.file) != 0 && written) {
		written = false;
		errnum = errno;
	}
	buf_release(&o->file);
	if (code == EXIT_DONE && written && (o->part == o->path || rename(o->part, o->path) == 0))
		return EXIT_DONE;
	if (written)
		errnum = errno;
	if (o->part != o->path)
		(void)unlink(o->part);
	return code != EXIT_DONE ? code : output_refused(o, errnum, o->path);
}

static int
write_xlsx(struct cli *cli, struct arena *a, struct view *v, const struct questionnaire *q, const struct span *p, struct buf *to)
{
	const char *folder = getenv("TMPDIR");
	const struct xlsx_asked asked = { .figures = q,
		.view = v,
		.span = *p,
		.now = cli_now(a),
		.folder = folder == NULL || *folder == '\0' ? "/tmp" : folder };
	const struct err *e = questionnaire_xlsx(a, &asked, to);

	return e == NULL ? EXIT_DONE : cli_fail(cli, e);
}

static int
write_questionnaire(
    struct cli *cli, struct arena *a, const struct book *b, const struct span *p, const char *format, struct buf *to)
{
	struct view *v = view_new(a, b, p->days);
	const struct questionnaire *q = questionnaire_of(v, cli_has(cli, "all-indicators"));

	if (strcmp(format, "xlsx") == 0)
		return write_xlsx(cli, a, v, q, p, to);
	if (strcmp(format, "csv") == 0)
		questionnaire_csv(q, to);
	else if (strcmp(format, "json") == 0)
		questionnaire_json(q, to);
	else
		questionnaire_table(a, q, p, to);
	return EXIT_DONE;
}

/* The figures of one contract, or the evidence of one of them. */
static int
one_contract(struct cli *cli, struct db *db, const struct book_contract *c, struct arena *a, const char *format, struct buf *to)
{
	bool explain = cli_has(cli, "explain");
	struct span p;
	const struct err *e;
	struct book *b;
	int code = choose_period(cli, c, &p);

	if (code != EXIT_DONE)
		return code;
	if ((e = book_read(db, a, c, explain, &b)) != NULL)
		return cli_fail(cli, e);
	if (explain)
		return explain_figure(cli, b, &p, format, to);
	if (cli_has(cli, "overlap"))
		return overlap_figures(cli, a, b, &p, format, to);
	return write_questionnaire(cli, a, b, &p, format, to);
}

static int
chosen_contract(struct cli *cli, struct db *db)
{
	const char *format = cli_option(cli, "format");
	struct book_contract c;
	struct output o;
	int code = choose_contract(cli, db, &c);

	if (code == EXIT_DONE)
		code = output_open(&o, cli, cli_option(cli, "output"));
	if (code != EXIT_DONE)
		return code;
	return output_close(&o, one_contract(cli, db, &c, &cli->arena, format == NULL ? "table" : format, o.to));
}

/* REF.csv; two territories may have contracts of one ref: then the number of the territory tells them apart. */
static const char *
file_of(struct cli *cli, const char *folder, const struct book_contract *v, size_t i, size_t n, const char *format)
{
	bool twice = (i > 0 && str_eq(v[i - 1].ref, v[i].ref)) || (i + 1 < n && str_eq(v[i + 1].ref, v[i].ref));

	if (twice)
		return str_format(&cli->arena, "%s/%.*s.%lld.%s", folder, STR_ARG(v[i].ref), (long long)v[i].territory, format).s;
	return str_format(&cli->arena, "%s/%.*s.%s", folder, STR_ARG(v[i].ref), format).s;
}

/* The contracts of this process: every parts-th, from part on. */
struct share {
	size_t part, parts;
};

static int
every_contract(struct cli *cli, struct db *db, struct share share)
{
	const char *folder = cli_option(cli, "output"), *format = cli_option(cli, "format");
	struct book_contract *v;
	struct progress progress;
	struct arena a = { 0 };
	struct output o;
	size_t n;
	int code = list_contracts(cli, db, &v, &n);

	if (format == NULL)
		format = "csv";
	if (code == EXIT_DONE && mkdir(folder, 0777) != 0 && errno != EEXIST)
		return cli_fail(
		    cli, err_system(&cli->arena, errno, str_format(&cli->arena, tr("cannot make the folder %s"), folder).s));
	progress_start(&progress, cli, tr("Counting"), code == EXIT_DONE ? (int64_t)n : 0);
	for (size_t i = share.part; code == EXIT_DONE && i < n; i += share.parts) {
		code = output_open(&o, cli, file_of(cli, folder, v, i, n, format));
		if (code == EXIT_DONE)
			code = output_close(&o, one_contract(cli, db, &v[i], &a, format, o.to));
		arena_clear(&a);
		progress_set(&progress, (int64_t)i + 1);
	}
	progress_end(&progress);
	arena_release(&a);
	return code;
}

static int
check_options(struct cli *cli)
{
	const char *format = cli_option(cli, "format");
	bool every = cli_has(cli, "every-contract"), explain = cli_has(cli, "explain");

	if (every && !cli_has(cli, "output"))
		return cli_usage(cli, tr("--every-contract needs --output FOLDER"));
	if (every && (explain || cli_has(cli, "contract")))
		return cli_usage(cli, tr("--every-contract goes neither with --contract nor with --explain"));
	if (cli_has(cli, "overlap") && (every || explain || cli_has(cli, "action") || cli_has(cli, "cell")))
		return cli_usage(cli, tr("--overlap goes with --sheet alone, not with --explain nor --every-contract"));
	if (every && format != NULL && strcmp(format, "table") == 0)
		return cli_usage(cli, tr("--every-contract writes csv, json or xlsx"));
	if (format != NULL && strcmp(format, "xlsx") == 0 && (explain || cli_has(cli, "overlap")))
		return cli_usage(
		    cli, tr("the workbook holds the whole questionnaire: it goes neither with --explain nor with --overlap"));
	if (format != NULL && strcmp(format, "xlsx") == 0 && !cli_has(cli, "output"))
		return cli_usage(cli, tr("a workbook is written to a file: --output FILE.xlsx"));
	if (!explain && ((cli_has(cli, "sheet") && !cli_has(cli, "overlap")) || cli_has(cli, "action") || cli_has(cli, "cell")))
		return cli_usage(cli, tr("--sheet, --action and --cell go with --explain INDICATOR"));
	return EXIT_DONE;
}

/* One contract or all of a share, as the database stands at one moment. */
static int
from_database(struct cli *cli, struct share share)
{
	const struct err *e;
	struct db *db;
	int code = cli_open(cli, DB_READ, &db);

	if (code != EXIT_DONE)
		return code;
	if ((e = db_one_pass(db)) != NULL || (e = db_begin_read(db)) != NULL) {
		code = cli_fail(cli, e);
	} else {
		code = cli_has(cli, "every-contract") ? every_contract(cli, db, share) : chosen_contract(cli, db);
		if ((e = db_end(db, NULL)) != NULL && code == EXIT_DONE)
			code = cli_fail(cli, e);
	}
	db_close(db);
	return code;
}

/* Contracts do not need each other: a process for each processor, each with its own connection, takes its share of them.
 * Every contract is read at one moment, but not all at the same one. The worst exit code of the processes is the command's. */
static int
shared_out(struct cli *cli)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t parts = processors < 1 ? 1 : processors > 8 ? 8 : (size_t)processors;
	pid_t children[8];
	int code, status;

	fflush(NULL);
	for (size_t i = 1; i < parts; i++) {
		children[i] = fork();
		if (children[i] == 0) {
			cli->quiet = true; /* the first process tells how far it is, for all */
			_exit(from_database(cli, (struct share){ i, parts }));
		}
		if (children[i] < 0)
			return cli_fail(cli, err_system(&cli->arena, errno, tr("No other process can be started.")));
	}
	code = from_database(cli, (struct share){ 0, parts });
	for (size_t i = 1; i < parts; i++) {
		if (waitpid(children[i], &status, 0) != children[i] || !WIFEXITED(status))
			code = EXIT_WORLD;
		else if (WEXITSTATUS(status) > code)
			code = WEXITSTATUS(status);
	}
	return code;
}

static int
run(struct cli *cli)
{
	int code = check_options(cli);

	if (code != EXIT_DONE)
		return code;
	heap_for_one_pass();
	return cli_has(cli, "every-contract") ? shared_out(cli) : from_database(cli, (struct share){ 0, 1 });
}

static const struct option_rule options[] = {
	{ "contract", N_("REF"), N_("the contract, when the database holds several"), NULL },
	{ "territory", N_("REF"), N_("the territory that keeps it, when several have a contract of that ref"), NULL },
	{ "period", N_("WORD"),
	    N_("contract-1, civil-2023, school-2022 or 2022-10-17..2023-10-16: the same as the options below"), NULL },
	{ "contract-year", N_("N"), N_("year 1, 2, 3... counted from the signature (default: the one in progress, or the last)"),
	    NULL },
	{ "civil-year", N_("YYYY"), N_("January to December: the calendar of the subsidy"), NULL },
	{ "school-year", N_("YYYY"), N_("September of that year to August: the calendar of the sheets"), NULL },
	{ "from", N_("DATE"), N_("first day of the period; with --to"), NULL },
	{ "to", N_("DATE"), N_("last day of the period"), NULL },
	{ "format", N_("FORMAT"), N_("table (default), csv, json or xlsx (a workbook)"), "csv json table xlsx" },
	{ "all-indicators", NULL, N_("every indicator for every sheet, not only those it carries"), NULL },
	{ "output", N_("PATH"), N_("write to this file; with --every-contract, to this folder"), NULL },
	{ "every-contract", NULL, N_("all contracts of the database: one REF.csv each"), NULL },
	{ "explain", N_("INDICATOR"), N_("open one figure: each record considered, whether it counts and why"), NULL },
	{ "overlap", N_("PARTS"), N_("people in several parts of the contract: its actions or its sheets"), "actions sheets" },
	{ "sheet", N_("REF"), N_("with --explain: the sheet's figure; with --overlap actions: those of the sheet"), NULL },
	{ "action", N_("REF"), N_("with --explain: the action's figure"), NULL },
	{ "cell", N_("CELL"), N_("with --explain: which cell of 1.1.beneficiaries"),
	    "total men women under25 bpi bpi_men bpi_women bpi_under25" },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_questionnaire = {
	.name = "questionnaire",
	.arguments = "",
	.summary = N_("compute the figures of a contract over a period"),
	.description = N_(
	    "Computes every indicator of every sheet and action from the records, by the rules of the State's directory: "
	    "objective, achieved, and the cells by sex, age and protection.\n\n"
	    "With --explain a figure opens onto the records behind it: who counts, who does not, and why. People are shown by their "
	    "reference only."),
	.options = options,
	.example = "jalon questionnaire --contract-year 1",
	.run = run,
};
