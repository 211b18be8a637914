#include <string.h>

#include "base/csvout.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/figures.h"
#include "cli/frame.h"

/* Local indicators are named by the contract; the directory has their measures. */
static str
name_of(struct arena *a, const struct indicator *i)
{
	return i->level == LEVEL_LOCAL ? str_format(a, "local.* (%s)", i->name) : str_of(i->name);
}

static const char *
mandatory(const struct indicator *i)
{
	static const char *const words[] = { "", N_("newcomers, mixed"), N_("actors, mixed"), N_("all") };

	return words[i->mandatory][0] == '\0' ? "" : tr(words[i->mandatory]);
}

static const char *
cells(const struct indicator *i)
{
	return i->unit == UNIT_TEXT ? "text" : i->eight ? "total men women under25 bpi bpi_men bpi_women bpi_under25" : "total";
}

static const char *
source(const struct indicator *i)
{
	return i->level == LEVEL_LOCAL      ? tr("the contract")
	       : i->level == LEVEL_CONTRACT ? tr("the contract, article 6")
					    : tr("the State's directory of indicators");
}

static void
write_csv(struct cli *cli, const struct indicator *i)
{
	const str row[] = { name_of(&cli->arena, i), str_of(tr(i->label)), str_of(cells(i)), str_of(directory_unit(i->unit)),
		str_of(mandatory(i)), str_of(source(i)), str_of(tr(i->rule)), str_of(i->choice == NULL ? "" : tr(i->choice)) };

	for (size_t c = 0; c < sizeof row / sizeof *row; c++)
		csv_cell(&cli->out, row[c], c == 0);
	buf_char(&cli->out, '\n');
}

static void
member(struct buf *to, const char *name, str s, char after)
{
	json_name(to, name);
	json_string(to, s);
	buf_char(to, after);
}

static void
write_json(struct cli *cli, const struct indicator *i)
{
	struct buf *to = &cli->out;

	buf_char(to, '{');
	member(to, "name", name_of(&cli->arena, i), ',');
	member(to, "label", str_of(tr(i->label)), ',');
	member(to, "cells", str_of(cells(i)), ',');
	member(to, "unit", str_of(directory_unit(i->unit)), ',');
	member(to, "mandatory", str_of(mandatory(i)), ',');
	member(to, "source", str_of(source(i)), ',');
	member(to, "rule", str_of(tr(i->rule)), ',');
	member(to, "choice", str_of(i->choice == NULL ? NULL : tr(i->choice)), '}');
}

static void
write_full(struct cli *cli, const struct indicator *i)
{
	struct buf *to = &cli->out;

	buf_format(to, "%.*s  %s\n", STR_ARG(name_of(&cli->arena, i)), tr(i->label));
	buf_format(to, tr("  cells: %s\n  unit: %s\n"), cells(i), tr(directory_unit_label(i->unit)));
	if (i->mandatory != MANDATORY_NOT && i->level == LEVEL_SHEET)
		buf_format(to, tr("  mandatory for sheets whose audience is: %s\n"), mandatory(i));
	buf_format(to, tr("  source: %s\n"), source(i));
	wrapped(to, "  ", tr(i->rule));
	if (i->choice != NULL)
		wrapped(to, "  ", str_format(&cli->arena, "\u25c7 %s", tr(i->choice)).s);
}

static void
write_table(struct cli *cli)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT };
	static const char *const words[] = { N_("Indicator"), N_("Label"), N_("Unit"), N_("Mandatory for"), N_("Source") };
	struct table *t = table_new(&cli->arena, sizeof words / sizeof *words, align);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		table_cell(t, str_of(tr(words[i])));
	table_rule(t);
	for (size_t i = 0; i < directory_size; i++) {
		table_cell(t, name_of(&cli->arena, &directory[i]));
		table_cell(t, str_of(tr(directory[i].label)));
		table_cell(t, str_of(tr(directory_unit_label(directory[i].unit))));
		table_cell(t, str_of(mandatory(&directory[i])));
		table_cell(t, str_of(source(&directory[i])));
	}
	table_print(t, &cli->out);
	buf_format(&cli->out, "\n%s\n", tr("The rule of one of them in full: jalon indicators NAME"));
}

/* The rows asked for: [*first, *end). A local name stands for all measures. */
static bool
asked(struct cli *cli, size_t *first, size_t *end)
{
	const char *name = cli->n > 0 ? cli->arguments[0] : NULL;
	struct nearest near = { .word = str_of(name) };

	*first = 0;
	*end = directory_size;
	for (size_t i = 0; name != NULL && i < directory_size; i++) {
		bool local = directory[i].level == LEVEL_LOCAL;

		nearest_try(&near, str_of(directory[i].name));
		if (strcmp(directory[i].name, name) == 0 || (local && str_starts(str_of(name), S("local.")))) {
			*first = i;
			*end = strcmp(directory[i].name, name) == 0 ? i + 1 : directory_size;
			return true;
		}
	}
	if (name == NULL)
		return true;
	(void)frame_usage(cli,
	    near.best.s != NULL ? str_format(&cli->arena, tr("Did you mean %.*s?"), STR_ARG(near.best)).s
				: tr("They are listed by: jalon indicators"),
	    tr("no indicator is named %s"), name);
	return false;
}

static int
run(struct cli *cli)
{
	const char *format = cli_option(cli, "format");
	size_t first, end;

	if (!asked(cli, &first, &end))
		return EXIT_USAGE;
	if (format != NULL && strcmp(format, "csv") == 0) {
		buf_add(&cli->out, S("name,label,cells,unit,mandatory,source,rule,choice\n"));
		for (size_t i = first; i < end; i++)
			write_csv(cli, &directory[i]);
	} else if (format != NULL && strcmp(format, "json") == 0) {
		for (size_t i = first; i < end; i++) {
			buf_add(&cli->out, i == first ? S("[") : S(",\n"));
			write_json(cli, &directory[i]);
		}
		buf_add(&cli->out, S("]\n"));
	} else if (cli->n == 0) {
		write_table(cli);
	} else {
		for (size_t i = first; i < end; i++)
			write_full(cli, &directory[i]);
	}
	return EXIT_DONE;
}

static const struct option_rule options[] = {
	{ "format", N_("FORMAT"), N_("table (default), csv or json"), "csv table json" },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_indicators = {
	.name = "indicators",
	.arguments = N_("[NAME]"),
	.most = 1,
	.summary = N_("show the indicators and their rules"),
	.description =
	    N_("Lists what is counted, in which unit, for which sheets it is mandatory and where the rule comes from; with a "
	       "name, the rule in full. Where the State's directory is silent, the choice made here is marked \u25c7."),
	.options = options,
	.example = "jalon indicators 3.1.assiduous",
	.run = run,
};
