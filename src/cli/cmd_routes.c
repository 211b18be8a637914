#include <string.h>

#include "base/csvout.h"
#include "base/text.h"
#include "cli/command.h"
#include "web/route.h"

static const char *const methods[] = { [METHOD_GET] = "GET", [METHOD_POST] = "POST" };

static str
right_of(const struct route *r)
{
	return str_of(r->right == RIGHT_OPEN ? tr("open to everybody") : tr(right_labels[r->right]));
}

static void
write_csv(struct cli *cli, const struct route *r)
{
	const str row[] = { str_of(methods[r->method]), str_of(r->path),
		str_of(r->right == RIGHT_OPEN ? "OPEN" : right_names[r->right]), str_of(r->name) };

	for (size_t c = 0; c < sizeof row / sizeof *row; c++)
		csv_cell(&cli->out, row[c], c == 0);
	buf_char(&cli->out, '\n');
}

static void
write_table(struct cli *cli)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT, TABLE_LEFT };
	struct table *t = table_new(&cli->arena, 3, align);

	table_cell(t, str_of(tr("method")));
	table_cell(t, str_of(tr("address")));
	table_cell(t, str_of(tr("for those who may")));
	table_rule(t);
	for (size_t i = 0; i < routes_n; i++) {
		table_cell(t, str_of(methods[routes[i].method]));
		table_cell(t, str_of(routes[i].path));
		table_cell(t, right_of(&routes[i]));
	}
	table_print(t, &cli->out);
}

static int
run(struct cli *cli)
{
	const char *format = cli_option(cli, "format");

	if (format == NULL || strcmp(format, "table") == 0) {
		write_table(cli);
		return EXIT_DONE;
	}
	buf_add(&cli->out, S("method,path,right,page\n"));
	for (size_t i = 0; i < routes_n; i++)
		write_csv(cli, &routes[i]);
	return EXIT_DONE;
}

static const struct option_rule options[] = {
	{ "format", N_("FORMAT"), N_("table or csv"), "table csv" },
	{ NULL },
};

const struct command command_routes = {
	.name = "routes",
	.arguments = "",
	.summary = N_("list every address of the server, with the right that it needs"),
	.description = N_("Prints the table that the server itself follows: an address that does not stand here does not exist."),
	.options = options,
	.example = "jalon routes --format csv",
	.run = run,
};
