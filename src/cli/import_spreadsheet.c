/* import_spreadsheet.c - jalon import FILE.xlsx: an operator's own spreadsheet, by the calls that the pages use */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/csvout.h"
#include "base/text.h"
#include "cli/frame.h"
#include "cli/import.h"
#include "exchange/workbook.h"

enum { LISTED = 500, SHOWN = 60 }; /* faults on the terminal; letters of a value */

struct spreadsheet {
	struct cli *cli;
	struct db *db;
	struct grid *grid;
	size_t sheet;
	struct columns columns;
	struct workbook_options options;
	struct workbook_report report;
	struct progress progress;
	bool remembered;
};

bool
cli_is_spreadsheet(const struct cli *cli)
{
	static const char *const endings[] = { ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt" };
	str path = str_of(cli->arguments[0]);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (str_ends(path, str_of(endings[i])))
			return true;
	}
	return cli_has(cli, "as");
}

/* ---- options ---- */

static int
take_options(struct spreadsheet *s)
{
	struct cli *cli = s->cli;
	struct workbook_options *o = &s->options;
	const char *minutes = cli_option(cli, "minutes");
	number n = str_number(str_of(minutes));

	*o = (struct workbook_options){ .organisation = str_of(cli_option(cli, "organisation")),
		.action = str_of(cli_option(cli, "action")),
		.today = day_parse((str){ cli_now(&cli->arena).s, 10 }),
		.entered_on = DAY_NONE,
		.from = DAY_NONE,
		.to = DAY_NONE,
		.minutes = NUMBER_NONE,
		.session_kind = str_of(cli_option(cli, "kind")),
		.act = str_of(cli_option(cli, "act")),
		.new_people = cli_has(cli, "new-people") };
	o->import = (struct import_options){ .territory = str_of(cli_option(cli, "territory")),
		.at = cli_now(&cli->arena),
		.actor = cli_actor(&cli->arena),
		.cause = S("import"),
		.now_ms = cli_now_ms(),
		.dry_run = cli_has(cli, "dry-run") };
	if (!cli_day(cli, "entered-on", &o->entered_on) || !cli_day(cli, "from", &o->from) || !cli_day(cli, "to", &o->to))
		return EXIT_USAGE;
	if (minutes == NULL)
		return EXIT_DONE;
	if (!n.ok || n.value <= 0)
		return cli_usage(cli, tr("--minutes wants a whole number, and not %s"), minutes);
	o->minutes = n.value;
	return EXIT_DONE;
}

/* ---- the sheet and its columns ---- */

static int
choose_sheet(struct spreadsheet *s)
{
	const char *wanted = cli_option(s->cli, "sheet");
	const struct grid_sheet *sheets;
	size_t n = grid_sheets(s->grid, &sheets);
	str list = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (wanted == NULL ? !sheets[i].hidden : str_is(sheets[i].name, wanted)) {
			s->sheet = i;
			return EXIT_DONE;
		}
		list =
		    str_format(&s->cli->arena, "%.*s%s%.*s", STR_ARG(list), list.len == 0 ? "" : ", ", STR_ARG(sheets[i].name));
	}
	if (wanted == NULL)
		return EXIT_DONE; /* all are hidden: the first one */
	return cli_fail(s->cli,
	    err_format(&s->cli->arena, ERR_INPUT, NULL, tr("No sheet has the name %s; there are: %.*s."), wanted, STR_ARG(list)));
}

/* field=HEADING: the user's own word on a column. */
static int
choose_column(struct spreadsheet *s, str pair)
{
	struct arena *a = &s->cli->arena;
	str heading, name = str_cut(pair, '=', &heading);
	int want = want_named(str_trim(name)), column = heading.len == 0 ? -1 : columns_named(a, &s->columns, str_trim(heading));
	struct nearest near = { .word = str_trim(name) };
	const char *hint = NULL;

	if (want >= 0 && column >= 0 && want_fits((enum want)want, s->columns.as)) {
		columns_choose(&s->columns, (size_t)column, (enum want)want);
		return EXIT_DONE;
	}
	if (want >= 0 && want_fits((enum want)want, s->columns.as))
		return cli_usage(s->cli, tr("--columns: no column has the heading or the letters %.*s"), STR_ARG(heading));
	for (int w = 0; w < WANT_COUNT; w++) {
		if (want_fits((enum want)w, s->columns.as))
			nearest_try(&near, str_of(want_names[w]));
	}
	if (near.best.s != NULL)
		hint = str_format(a, tr("Did you mean %.*s?"), STR_ARG(near.best)).s;
	return frame_usage(s->cli, hint, tr("--columns: such rows have no field %.*s"), STR_ARG(name));
}

static int
choose_columns(struct spreadsheet *s)
{
	const char *as = cli_option(s->cli, "as"), *chosen = cli_option(s->cli, "columns");
	enum rows_as kind = as == NULL ? AS_PEOPLE : (enum rows_as)as_named(str_of(as));
	struct arena *a = &s->cli->arena;
	const struct err *err = NULL;
	int64_t keeper = 0;
	int code = EXIT_DONE;
	str rest = str_of(chosen);

	if (as == NULL)
		err = columns_kind(a, s->grid, s->sheet, s->options.today, &kind);
	if (err == NULL)
		err = columns_guess(a, s->grid, s->sheet, kind, s->options.today, &s->columns);
	if (err == NULL)
		err = keeper_find(s->db, a, s->options.import.territory, &keeper);
	if (err == NULL)
		err = columns_recall(s->db, a, keeper, s->options.organisation, &s->columns, &s->remembered);
	if (err != NULL)
		return cli_fail(s->cli, err);
	while (rest.s != NULL && code == EXIT_DONE)
		code = choose_column(s, str_cut(rest, ',', &rest));
	return code;
}

/* ---- what is shown ---- */

static str
short_text(struct arena *a, str s)
{
	size_t n = s.len;

	if (n > SHOWN) {
		n = SHOWN;
		while (n > 0 && ((unsigned char)s.s[n] & 0xc0) == 0x80)
			n--;
		s = str_format(a, "%.*s…", (int)n, s.s);
	}
	return printable(a, s);
}

static str
certainty(const struct column *c)
{
	if (c->want == WANT_NOTHING)
		return S("");
	if (c->chosen)
		return str_of(tr("chosen"));
	return str_of(c->sense == SENSE_CERTAIN ? tr("certain") : tr("guessed"));
}

static void
show_columns(struct spreadsheet *s)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT };
	const char *const heads[] = { tr("column"), tr("heading"), tr("read as"), "", tr("for example") };
	struct cli *cli = s->cli;
	struct table *t = table_new(&cli->arena, 5, align);
	const struct grid_sheet *sheets;
	str name;

	(void)grid_sheets(s->grid, &sheets);
	name = printable(&cli->arena, sheets[s->sheet].name);
	buf_format(&cli->out, tr("Sheet %.*s, headings on row %" PRId64 ", each row: %s\n"), STR_ARG(name), s->columns.header_row,
	    tr(as_labels[s->columns.as]));
	if (s->remembered)
		buf_add(&cli->out, str_of(tr("Columns as they were chosen the last time.\n")));
	for (size_t i = 0; i < 5; i++)
		table_cell(t, str_of(heads[i]));
	for (size_t i = 0; i < s->columns.n; i++) {
		const struct column *c = &s->columns.v[i];
		char letters[GRID_LETTERS], date[DAY_TEXT];

		table_cell(t, str_dup(&cli->arena, grid_letters(c->at, letters)));
		table_cell(t, short_text(&cli->arena, c->header));
		table_cell(t, c->want == WANT_SESSION
				  ? str_format(&cli->arena, tr("session of %s"), str_z(&cli->arena, day_text(c->on, date)))
				  : str_of(tr(want_labels[c->want])));
		table_cell(t, certainty(c));
		table_cell(t, short_text(&cli->arena, c->samples[0]));
	}
	table_print(t, &cli->out);
}

static void
show_guesses(struct spreadsheet *s)
{
	struct cli *cli = s->cli;

	for (size_t i = 0; i < s->report.guesses_n; i++) {
		const struct guess_seen *g = &s->report.guesses[i];
		str header = short_text(&cli->arena, g->header), value = short_text(&cli->arena, g->value);
		str say = printable(&cli->arena, g->say);

		buf_format(&cli->out,
		    tr_n("%.*s: %" PRId64 " value read by guess: \"%.*s\", %.*s\n",
			"%.*s: %" PRId64 " values read by guess, such as \"%.*s\", %.*s\n", (unsigned long)g->n),
		    STR_ARG(header), g->n, STR_ARG(value), STR_ARG(say));
	}
}

/* ---- faults ---- */

struct listing {
	struct row_problem_sink sink; /* first */
	struct spreadsheet *s;
	FILE *csv;
	int64_t listed;
	struct arena line;
};

static void
list_csv(struct listing *l, const struct row_problem *p)
{
	char letters[GRID_LETTERS];
	struct buf b = { 0 };

	csv_cell(&b, p->level == PROBLEM_FAULT ? S("fault") : S("warning"), true);
	buf_format(&b, ",%" PRId64, p->row);
	csv_cell(&b, p->column < 0 ? S("") : grid_letters(p->column, letters), false);
	csv_cell(&b, p->header, false);
	csv_cell(&b, p->value, false);
	csv_cell(&b, p->expected, false);
	buf_char(&b, '\n');
	fwrite(b.s, 1, b.len, l->csv);
	buf_release(&b);
}

static void
list(struct row_problem_sink *sink, const struct row_problem *p)
{
	struct listing *l = (struct listing *)sink;
	struct buf b = { 0 };
	char letters[GRID_LETTERS];
	str at = p->column < 0 ? S("") : grid_letters(p->column, letters), header, value;

	if (l->csv != NULL)
		list_csv(l, p);
	if (l->listed++ >= LISTED)
		return;
	arena_clear(&l->line);
	header = short_text(&l->line, p->header);
	value = short_text(&l->line, p->value);
	progress_end(&l->s->progress);
	if (p->level == PROBLEM_WARNING)
		buf_add(&b, str_of(tr("warning: ")));
	if (p->row > 0)
		buf_format(&b, tr("row %" PRId64), p->row);
	if (p->column >= 0)
		buf_format(&b, tr(", column %.*s (%.*s)"), STR_ARG(at), STR_ARG(header));
	if (p->value.len > 0)
		buf_format(&b, tr(": \"%.*s\""), STR_ARG(value));
	buf_format(&b, tr(": expected %.*s\n"), STR_ARG(p->expected));
	fwrite(b.s, 1, b.len, stderr);
	buf_release(&b);
}

static const struct err *
write_refused(struct spreadsheet *s, const char *path)
{
	struct arena *a = &s->cli->arena;
	struct buf b = { 0 };
	const struct err *err = workbook_refused(s->grid, s->sheet, &s->columns, &s->report, &b);
	int fd = err != NULL ? -1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600); /* it names people */

	if (err == NULL && (fd < 0 || write(fd, b.s, b.len) != (ssize_t)b.len))
		err = err_system(a, errno, str_format(a, tr("%s cannot be written."), path).s);
	if (fd >= 0)
		close(fd);
	buf_release(&b);
	return err;
}

static void
conclude(struct spreadsheet *s)
{
	const struct workbook_report *r = &s->report;
	const struct import_count *all = &r->records.all;
	struct cli *cli = s->cli;

	if (r->refused > 0)
		fprintf(stderr,
		    tr_n("%" PRId64 " row is refused: it is left out (--refused FILE writes it out, to be mended).\n",
			"%" PRId64 " rows are refused: they are left out (--refused FILE writes them out, to be mended).\n",
			(unsigned long)r->refused),
		    r->refused);
	if (cli->quiet)
		return;
	show_guesses(s);
	cli_import_counts(cli, &r->records);
	buf_format(&cli->out, tr("Rows: %" PRId64 ", of which %" PRId64 " refused; %" PRId64 " more are no record.\n"), r->rows,
	    r->refused, r->ignored);
	if (s->options.import.dry_run)
		buf_format(&cli->out,
		    tr("Nothing was written (--dry-run): %" PRId64 " records would be new, %" PRId64 " changed.\n"),
		    all->inserted, all->updated);
	else
		buf_format(
		    &cli->out, tr("Imported: %" PRId64 " records new, %" PRId64 " changed.\n"), all->inserted, all->updated);
}

/* ---- the import ---- */

static bool
advance(void *to, int64_t done, int64_t total)
{
	struct progress *p = to;

	p->total = total;
	progress_set(p, done < total ? done : total);
	return true;
}

static int
import(struct spreadsheet *s)
{
	const char *faults = cli_option(s->cli, "faults"), *refused = cli_option(s->cli, "refused");
	struct listing l = { .sink.add = list, .s = s };
	struct arena *a = &s->cli->arena;
	const struct err *err = NULL;

	if (faults != NULL && (l.csv = fopen(faults, "we")) == NULL)
		return cli_fail(s->cli, err_system(a, errno, str_format(a, tr("%s cannot be written."), faults).s));
	if (l.csv != NULL)
		fputs("level,row,column,heading,value,expected\n", l.csv);
	s->options.go_on = advance;
	s->options.go_on_to = &s->progress;
	progress_start(&s->progress, s->cli, tr("Importing"), 0);
	err = workbook_run(s->db, a, s->grid, s->sheet, &s->columns, &s->options, &l.sink, &s->report);
	progress_end(&s->progress);
	arena_release(&l.line);
	if (l.csv != NULL && fclose(l.csv) != 0 && err == NULL)
		err = err_system(a, errno, str_format(a, tr("%s cannot be written."), faults).s);
	if (l.listed > LISTED)
		fprintf(stderr,
		    tr_n("%" PRId64 " more (--faults FILE lists it)\n", "%" PRId64 " more (--faults FILE lists them)\n",
			(unsigned long)(l.listed - LISTED)),
		    l.listed - LISTED);
	if (err == NULL && refused != NULL && s->report.refused > 0)
		err = write_refused(s, refused);
	if (err == NULL && !s->options.import.dry_run)
		err = columns_remember(s->db, a, s->options.organisation, &s->columns, &s->options.import);
	if (err != NULL)
		return cli_fail(s->cli, err);
	conclude(s);
	return s->report.refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int
with_grid(struct spreadsheet *s)
{
	int code = choose_sheet(s);

	if (code == EXIT_DONE)
		code = choose_columns(s);
	if (code == EXIT_DONE && !s->cli->quiet)
		show_columns(s);
	return code == EXIT_DONE ? import(s) : code;
}

int
cli_import_spreadsheet(struct cli *cli)
{
	struct spreadsheet *s = ARENA_NEW(&cli->arena, struct spreadsheet);
	const char *path = cli->arguments[0], *slash = strrchr(path, '/');
	const struct err *err;
	int code, file;

	s->cli = cli;
	if ((code = take_options(s)) != EXIT_DONE)
		return code;
	if ((file = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return cli_fail(cli, err_system(&cli->arena, errno, str_format(&cli->arena, tr("%s cannot be read."), path).s));
	if ((err = grid_open(&cli->arena, file, str_of(slash == NULL ? path : slash + 1), &s->grid)) != NULL)
		code = cli_fail(cli, err);
	else if ((code = cli_open(cli, DB_WRITE, &s->db)) == EXIT_DONE) {
		code = with_grid(s);
		db_close(s->db);
	}
	grid_close(s->grid);
	close(file);
	return code;
}
