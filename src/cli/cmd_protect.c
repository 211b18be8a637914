#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/csvout.h"
#include "base/text.h"
#include "cli/frame.h"
#include "cli/protect.h"
#include "study/audit.h"
#include "study/protect.h"

/* ---- the file ---- */

struct open_file {
	struct csv_source source; /* first */
	struct arena *arena;
	const char *path;
	int file;
};

static int64_t
read_file(struct csv_source *from, void *to, size_t size, const struct err **e)
{
	struct open_file *f = (struct open_file *)from;
	ssize_t n = read(f->file, to, size);

	if (n < 0)
		*e = err_system(f->arena, errno, str_format(f->arena, tr("%s cannot be read."), f->path).s);
	return n;
}

struct told {
	struct problem_sink sink; /* first */
	struct arena *arena;
};

static void
tell(struct problem_sink *sink, const struct problem *p)
{
	struct told *t = (struct told *)sink;
	struct buf line = { 0 };

	problem_line(t->arena, p, &line);
	fwrite(line.s, 1, line.len, stderr);
	buf_release(&line);
}

static int
read_input(struct cli *cli, const char *path, struct told *told, struct protect_input *in)
{
	struct open_file f = { .source.read = read_file, .arena = &cli->arena, .path = path };
	const struct err *e;

	f.file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (f.file < 0)
		return cli_fail(cli, err_system(&cli->arena, errno, str_format(&cli->arena, tr("%s cannot be read."), path).s));
	e = protect_read(&cli->arena, &f.source, str_of(path), &told->sink, in);
	if (f.file != STDIN_FILENO)
		close(f.file);
	return e != NULL ? cli_fail(cli, e) : EXIT_DONE;
}

/* ---- which rows are dates of one table ---- */

struct groups {
	struct cli *cli;
	struct told *told;
	const struct protect_input *in;
	str file;
	int *of; /* group of each row; 0: a table of its own */
	int n;
};

static void
group_fault(struct groups *g, str value, const char *expected)
{
	problem_add(&g->told->sink,
	    &(struct problem){ .file = g->file, .column = S("--linked"), .value = value, .expected = str_of(expected) });
}

static void
link_row(struct groups *g, size_t row)
{
	if (g->of[row] != 0 && g->of[row] != g->n)
		group_fault(g, g->in->v[row].scope, tr("each row in one --linked only"));
	g->of[row] = g->n;
}

static void
link_named(struct groups *g, str name)
{
	struct nearest near = { .word = name };
	size_t found = 0;

	for (size_t i = 0; i < g->in->n; i++) {
		nearest_try(&near, g->in->v[i].scope);
		if (!str_eq(str_trim(g->in->v[i].scope), name))
			continue;
		link_row(g, i);
		found++;
	}
	if (found == 0 && near.best.s != NULL)
		group_fault(
		    g, name, str_format(&g->cli->arena, tr("the scope of a row. Did you mean %.*s?"), STR_ARG(near.best)).s);
	else if (found == 0)
		group_fault(g, name, tr("the scope of a row, as it stands in the file"));
}

/* The rows of one --linked, separated by commas; none named: all. */
static void
link_rows(struct groups *g, str names)
{
	size_t rows = 0;

	if (names.len == 0) {
		for (size_t i = 0; i < g->in->n; i++)
			link_row(g, i);
	}
	while (names.len > 0)
		link_named(g, str_trim(str_cut(names, ',', &names)));
	for (size_t i = 0; i < g->in->n; i++)
		rows += g->of[i] == g->n;
	if (g->told->sink.faults == 0 && rows < 2)
		group_fault(g, S(""), tr("two rows or more: they are dates of one table"));
	if (rows > PROTECT_DATES)
		group_fault(
		    g, str_format(&g->cli->arena, "%zu", rows), tr("at most 16 rows: name those that are dates of one table"));
}

/* `words`: names of rows that followed the option as further arguments. */
static void
link_all(struct groups *g, str words)
{
	struct cli *cli = g->cli;
	int last = 0;

	for (int i = 0; i < cli->options; i++)
		last = strcmp(cli->option_names[i], "linked") == 0 ? i : last;
	for (int i = 0; i < cli->options; i++) {
		str names = str_of(cli->option_values[i]);

		if (strcmp(cli->option_names[i], "linked") != 0)
			continue;
		g->n++;
		if (i == last && words.len > 0)
			names = str_format(&cli->arena, "%.*s%s%.*s", STR_ARG(names), names.len > 0 ? "," : "", STR_ARG(words));
		link_rows(g, names);
	}
}

/* Two rows of one name are most likely dates that somebody forgot to name. */
static void
warn_of_twins(struct groups *g)
{
	for (size_t i = 1; i < g->in->n; i++) {
		const struct protect_row *row = &g->in->v[i];

		if (!str_eq(row->scope, row[-1].scope) || g->of[i] != 0)
			continue;
		problem_add(&g->told->sink,
		    &(struct problem){ .level = PROBLEM_WARNING,
			.file = g->file,
			.line = row->line,
			.column = S("scope"),
			.value = row->scope,
			.expected = str_of(tr("another scope than the row before: they are protected as separate tables; "
					      "if they are dates of one, name them in --linked")) });
	}
}

/* ---- protecting ---- */

struct work {
	struct cli *cli;
	const struct protect_input *in;
	const struct protector *protector;
	int64_t threshold;
	struct eight *printed; /* of each row */
	struct arena scratch;
	size_t empty;
};

static void
warn_of_all_bpi(struct work *w, const struct protect_row *row, uint8_t hidden)
{
	static const char *const whom[] = { N_("everybody"), N_("all the men"), N_("all the women"), N_("everybody under 25") };
	unsigned said = protect_all_bpi(&row->table, hidden);

	for (int i = 0; i < 4 && !w->cli->quiet; i++) {
		if ((said >> i & 1) != 0)
			fprintf(stderr,
			    tr("warning: %.*s: what is written says of %s that they are under international protection\n"),
			    STR_ARG(printable(&w->scratch, row->scope)), tr(whom[i]));
	}
}

/* Protects the rows, dates of one table, then attacks what would leave. False: it must not leave. */
static bool
protect_rows(struct work *w, const size_t *rows, size_t n)
{
	struct eight tables[PROTECT_DATES], printed[PROTECT_DATES];
	uint8_t hidden[PROTECT_DATES] = { 0 };
	struct audit_found found;

	arena_clear(&w->scratch);
	for (size_t i = 0; i < n; i++)
		tables[i] = w->in->v[rows[i]].table;
	protect(w->protector, n, tables, 0, hidden);
	for (size_t i = 0; i < n; i++) {
		for (int cell = 0; cell < EIGHT; cell++)
			printed[i].of[cell] = (hidden[i] >> cell & 1) != 0 ? EIGHT_EMPTY : tables[i].of[cell];
		w->printed[rows[i]] = printed[i];
		w->empty += (size_t)__builtin_popcount(hidden[i]);
		warn_of_all_bpi(w, &w->in->v[rows[i]], hidden[i]);
	}
	if (audit(&w->scratch, w->threshold, n, tables, printed, &found))
		return true;
	fprintf(stderr,
	    tr("jalon: %.*s: the attack on the protected table found what must not be found (%d); nothing is written\n"),
	    STR_ARG(printable(&w->scratch, w->in->v[rows[found.date]].scope)), (int)found.what);
	return false;
}

static bool
protect_all(struct work *w, const struct groups *g)
{
	size_t rows[PROTECT_DATES], n;

	for (size_t i = 0; i < w->in->n; i++) {
		bool first = true;

		n = 0;
		for (size_t j = i; j < w->in->n && g->of[i] != 0; j++) {
			if (g->of[j] == g->of[i])
				rows[n++] = j;
		}
		for (size_t j = 0; j < i && g->of[i] != 0; j++)
			first &= g->of[j] != g->of[i];
		if (g->of[i] == 0)
			rows[n++] = i;
		if (first && !protect_rows(w, rows, n))
			return false;
	}
	return true;
}

static void
write_out(struct work *w)
{
	struct buf *to = &w->cli->out;

	for (int i = 0; i < PROTECT_COLUMNS; i++) {
		int column = w->in->columns[i];

		csv_cell(to, str_of(column == 0 ? "scope" : eight_names[column - 1]), i == 0);
	}
	buf_char(to, '\n');
	for (size_t row = 0; row < w->in->n; row++) {
		for (int i = 0; i < PROTECT_COLUMNS; i++) {
			int column = w->in->columns[i];
			int64_t n = column == 0 ? 0 : w->printed[row].of[column - 1];

			if (column == 0) {
				csv_cell(to, w->in->v[row].scope, i == 0);
				continue;
			}
			if (i > 0)
				buf_char(to, ',');
			if (n != EIGHT_EMPTY)
				buf_int(to, n);
		}
		buf_char(to, '\n');
	}
}

/* ---- the command ---- */

/* The table is the first argument; what follows it names rows. "--linked TABLE.csv" at the end of the line took the table. */
static int
read_words(struct cli *cli, const char **path, str *rows)
{
	const char *linked = cli_option(cli, "linked");

	*rows = (str){ 0 };
	if (cli->n == 0 && linked != NULL && *linked != '\0') {
		*path = linked;
		for (int i = 0; i < cli->options; i++) {
			if (cli->option_values[i] == linked)
				cli->option_values[i] = "";
		}
		return EXIT_DONE;
	}
	if (cli->n == 0)
		return cli_usage(cli, tr("an argument is missing: jalon %s %s"), "protect", tr(cli->command->arguments));
	if (cli->n > 1 && linked == NULL)
		return cli_usage(
		    cli, tr("unexpected argument %s: jalon %s %s"), cli->arguments[1], "protect", tr(cli->command->arguments));
	*path = cli->arguments[0];
	for (int i = 1; i < cli->n; i++)
		*rows = str_format(&cli->arena, "%.*s%s%s", STR_ARG(*rows), i > 1 ? "," : "", cli->arguments[i]);
	return EXIT_DONE;
}

static int
read_threshold(struct cli *cli, int64_t *to)
{
	const char *typed = cli_option(cli, "threshold");
	number n = str_number(str_of(typed));

	if (typed == NULL)
		return cli_usage(cli, tr("protect needs --threshold: the smallest number of people that may be known "
					 "(11 for the public, 5 between partners)"));
	if (!n.ok || n.value < THRESHOLD_LEAST || n.value > THRESHOLD_MOST)
		return cli_usage(cli, tr("--threshold is a whole number from 2 to 1000, not %s"), typed);
	*to = n.value;
	return EXIT_DONE;
}

static void
conclude(struct work *w)
{
	if (w->cli->quiet)
		return;
	fprintf(stderr,
	    tr_n("%zu table, %zu cells left empty; attacked: no number below %" PRId64 " can be found.\n",
		"%zu tables, %zu cells left empty; attacked: no number below %" PRId64 " can be found.\n",
		(unsigned long)w->in->n),
	    w->in->n, w->empty, w->threshold);
}

static int
run(struct cli *cli)
{
	struct told told = { .sink.add = tell, .arena = &cli->arena };
	struct work w = { .cli = cli };
	struct protect_input in;
	struct groups g;
	const char *path = NULL;
	str rows;
	bool safe;
	int code;

	if ((code = read_words(cli, &path, &rows)) != EXIT_DONE || (code = read_threshold(cli, &w.threshold)) != EXIT_DONE ||
	    (code = read_input(cli, path, &told, &in)) != EXIT_DONE)
		return code;
	g = (struct groups){ .cli = cli, .told = &told, .in = &in, .file = str_of(path) };
	g.of = ARENA_ARRAY(&cli->arena, in.n + 1, int);
	if (told.sink.faults == 0)
		link_all(&g, rows);
	if (told.sink.faults > 0)
		return EXIT_REFUSED;
	warn_of_twins(&g);
	w.in = &in;
	w.protector = protector_new(&cli->arena, w.threshold);
	w.printed = ARENA_ARRAY(&cli->arena, in.n, struct eight);
	safe = protect_all(&w, &g);
	arena_release(&w.scratch);
	if (!safe)
		return EXIT_REFUSED;
	write_out(&w);
	conclude(&w);
	return EXIT_DONE;
}

static const struct option_rule options[] = {
	{ "threshold", N_("K"), N_("no number of people from 1 to below K may be found: 11 for the public, 5 between partners"),
	    NULL },
	{ "linked", N_("[ROWS]"),
	    N_("rows that are dates of one table, by their scope, separated by commas; without names: all rows; may be given "
	       "several times"),
	    NULL, .alone = true },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_protect = {
	.name = "protect",
	.arguments = N_("TABLE.csv"),
	.least = 0,
	.most = 1 + PROTECT_DATES,
	.summary = N_("leave out of tables what would give people away"),
	.description = N_(
	    "Reads tables of people, one a row, with the columns scope, total, men, women, under25, bpi, bpi_men, bpi_women, "
	    "bpi_under25, and writes the same CSV with cells left empty, so that no number of people from 1 to below the threshold can "
	    "be read or worked out: neither in the table, nor as a difference (people without protection, people of 25 and over), "
	    "nor from what was left empty by who knows this program. A total below the threshold leaves its row empty; one below twice the "
	    "threshold (or of at most 8) is written alone.\n\n"
	    "Each row is a table of its own. Rows that are dates of one table (quarters of a year, years of a contract) are named by "
	    "--linked in the order of the file, since what changed between two dates may be a small number too: the first date is protected "
	    "by itself, each later one with those before it as they were written.\n\n"
	    "What would leave is attacked before it is written, by a solver of its own; should it find something, nothing is written. "
	    "All faults of the file are listed at once. The exit status is 0 when the table was written and 1 when it was refused."),
	.options = options,
	.example = "jalon protect table.csv --threshold 11 --linked 2025-T1,2025-T2",
	.run = run,
};
