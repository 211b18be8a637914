#include <string.h>

#include "access/rights.h"
#include "base/csvout.h"
#include "base/text.h"
#include "cli/command.h"

static void
print_csv(struct cli *cli, int only)
{
	static const char *const reaches[] = { "no", "own", "all" };

	buf_add(&cli->out, S("role,right,reach,sentence\n"));
	for (int role = 0; role < ROLES; role++) {
		for (int right = 0; right < RIGHTS && (only < 0 || role == only); right++) {
			csv_cell(&cli->out, str_of(role_names[role]), true);
			csv_cell(&cli->out, str_of(right_names[right]), false);
			csv_cell(&cli->out, str_of(reaches[reach_of((enum role)role, (enum right)right)]), false);
			csv_cell(&cli->out, right_sentence(&cli->arena, (enum role)role, (enum right)right), false);
			buf_char(&cli->out, '\n');
		}
	}
}

/* What a role may comes first, then what it may not. */
static void
print_role(struct cli *cli, enum role role)
{
	buf_format(&cli->out, "%s\n", tr(role_labels[role]));
	for (int may = 1; may >= 0; may--) {
		for (int right = 0; right < RIGHTS; right++) {
			if ((reach_of(role, (enum right)right) != REACH_NO) == may)
				buf_format(&cli->out, "  %s\n", right_sentence(&cli->arena, role, (enum right)right).s);
		}
	}
}

static int
run(struct cli *cli)
{
	const char *format = cli_option(cli, "format"), *named = cli_option(cli, "role");
	int only = named == NULL ? -1 : role_named(str_of(named));

	if (format != NULL && strcmp(format, "csv") == 0) {
		print_csv(cli, only);
		return EXIT_DONE;
	}
	for (int role = 0; role < ROLES; role++) {
		if (only >= 0 && role != only)
			continue;
		if (role > 0 && only < 0)
			buf_char(&cli->out, '\n');
		print_role(cli, (enum role)role);
	}
	return EXIT_DONE;
}

static const struct option_rule options[] = {
	{ "role", N_("ROLE"), N_("this role alone"),
	    "coordinator finance manager worker partner state researcher beneficiary observer administrator" },
	{ "format", N_("FORMAT"), N_("how it is written (table when not given)"), "table csv" },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_rights = {
	.name = "rights",
	.arguments = "",
	.summary = N_("say who may see and do what"),
	.description = N_(
	    "Prints the one table of rights that every page and every record asks, as sentences, role by role. It belongs to the "
	    "program and not to a database."),
	.options = options,
	.example = "jalon rights --role state",
	.run = run,
};
