#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csvout.h"
#include "base/text.h"
#include "cli/frame.h"
#include "cli/match_file.h"

/* --- writing --- */

struct line { /* of a result, sorted by what it says */
	str ref;
	size_t record;
};

static int
by_ref(const void *x, const void *y)
{
	const struct line *a = x, *b = y;
	const int c = str_natural(a->ref, b->ref);

	return c != 0 ? c : str_cmp(a->ref, b->ref);
}

static void
write_clusters(const struct match *m, struct buf *to)
{
	const size_t n = match_records(m);
	struct arena a = { 0 };
	struct line *lines = ARENA_ARRAY(&a, n + 1, struct line);

	for (size_t i = 0; i < n; i++)
		lines[i] = (struct line){ match_ref(m, i), i };
	qsort(lines, n, sizeof *lines, by_ref);
	buf_add(to, S("ref,cluster\n"));
	for (size_t i = 0; i < n; i++) {
		csv_cell(to, lines[i].ref, true);
		csv_cell(to, match_cluster(m, lines[i].record), false);
		buf_char(to, '\n');
	}
	arena_release(&a);
}

static void
write_pair(const struct match *m, size_t i, bool reasons, struct buf *to)
{
	const struct match_pair p = match_pair(m, i);
	struct buf why = { 0 };

	csv_cell(to, match_ref(m, p.a), true);
	csv_cell(to, match_ref(m, p.b), false);
	buf_format(to, ",%.4f", p.probability);
	if (reasons) {
		match_reasons(m, i, &why);
		buf_add(to, p.joined ? S(",yes") : S(",no"));
		csv_cell(to, buf_str(&why), false);
		buf_release(&why);
	}
	buf_char(to, '\n');
}

static void
write_pairs(const struct match *m, struct buf *to)
{
	buf_add(to, S("ref,other_ref,probability,joined,reasons\n"));
	for (size_t i = 0; i < match_pairs(m); i++)
		write_pair(m, i, true, to);
}

static void
write_links(const struct match *m, struct buf *to)
{
	buf_add(to, S("ref,other_ref,probability\n"));
	for (size_t i = 0; i < match_pairs(m); i++)
		if (match_pair(m, i).joined)
			write_pair(m, i, false, to);
}

static int
write_file(struct cli *cli, const char *path, const struct match *m, void (*write)(const struct match *, struct buf *))
{
	struct buf b = { .file = fopen(path, "wb") };
	bool good;

	if (b.file == NULL)
		return cli_fail(cli, err_system(&cli->arena, errno, path));
	write(m, &b);
	good = buf_flush(&b);
	if (fclose(b.file) != 0)
		good = false;
	b.file = NULL;
	buf_release(&b);
	return good ? EXIT_DONE : cli_fail(cli, err_system(&cli->arena, b.error == 0 ? errno : b.error, path));
}

/* --- the command --- */

static void
advance(void *to, int percent)
{
	progress_set(to, percent);
}

static int
threads_of(struct cli *cli, int *to)
{
	const char *asked = cli_option(cli, "threads");
	const number n = str_number(str_of(asked));
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);

	*to = processors < 1 ? 1 : processors > 4 ? 4 : (int)processors;
	if (asked == NULL)
		return EXIT_DONE;
	if (!n.ok || n.value < 1 || n.value > 16)
		return cli_usage(cli, tr("--threads wants a whole number from 1 to 16, and not %s"), asked);
	*to = (int)n.value;
	return EXIT_DONE;
}

static int
read_all(struct cli *cli, struct match *m)
{
	struct match_headers headers = { 0 };
	const char *with = cli_option(cli, "with");
	int code = match_headers_read(cli, &headers), other;

	if (code != EXIT_DONE)
		return code;
	code = match_file_read(cli, cli->arguments[0], 0, &headers, m);
	if (with == NULL || code == EXIT_USAGE)
		return code;
	other = match_file_read(cli, with, 1, &headers, m);
	return code != EXIT_DONE ? code : other;
}

static void
say_result(struct cli *cli, const struct match *m)
{
	size_t links = 0;

	if (cli->quiet)
		return;
	if (!cli_has(cli, "with")) {
		buf_format(&cli->out, tr("%zu records are %zu people.\n"), match_records(m), match_clusters(m));
		return;
	}
	for (size_t i = 0; i < match_pairs(m); i++)
		links += match_pair(m, i).joined;
	buf_format(&cli->out, tr("%zu links between %zu records.\n"), links, match_records(m));
}

static int
run(struct cli *cli)
{
	const char *out = cli_option(cli, "out"), *pairs = cli_option(cli, "pairs");
	struct progress progress;
	struct match_options o = {
		.link = cli_has(cli, "with"), .keep_pairs = pairs != NULL, .progress = advance, .progress_to = &progress
	};
	struct match *m;
	int code = threads_of(cli, &o.threads);

	if (code != EXIT_DONE)
		return code;
	if (out == NULL)
		return cli_usage(cli, tr("where does the result go? Say --out FILE"));
	m = match_new();
	code = read_all(cli, m);
	if (code == EXIT_DONE) {
		progress_start(&progress, cli, tr("Matching"), 100);
		match_run(m, &o);
		progress_end(&progress);
		code = write_file(cli, out, m, o.link ? write_links : write_clusters);
		if (code == EXIT_DONE && pairs != NULL)
			code = write_file(cli, pairs, m, write_pairs);
		if (code == EXIT_DONE)
			say_result(cli, m);
	}
	match_free(m);
	return code;
}

static const struct option_rule options[] = {
	{ "with", N_("FILE"),
	    N_("link with the people of this other list, each with one of them at most, instead of finding clusters"), NULL },
	{ "columns", N_("FIELD=HEADING,..."), N_("how the file calls a field; several columns are joined by +"), NULL },
	{ "out", N_("FILE"), N_("where the result goes: ref,cluster, or with --with ref,other_ref,probability"), NULL },
	{ "pairs", N_("FILE"), N_("also write the pairs that may be one person, with their probability and why"), NULL },
	{ "threads", N_("N"), N_("how many processors are used; the result is the same"), NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_match = {
	.name = "match",
	.arguments = N_("FILE"),
	.least = 1,
	.most = 1,
	.summary = N_("find which records of a list are one person"),
	.description = N_(
	    "Reads a CSV file of people, whoever typed them, and says which records are of one person: names in any order and "
	    "transliteration, dates as they were mistyped, shared telephones and addresses taken for what they are. No example is needed: "
	    "what an agreement weighs is learnt from the file itself. The same records give the same result, in whatever order they stand.\n"
	    "\n"
	    "Fields: ref, source, family_name, given_name, birth_date, sex, nationality, phone, email, address, postcode, city, agdref. "
	    "Only ref must be there; other columns are passed over. A cluster has the name of its first ref.\n"
	    "\n"
	    "Nothing is read from the database or written into it. The files name people: keep them as carefully as the database."),
	.options = options,
	.example = "jalon match people.csv --out clusters.csv",
	.run = run,
};
