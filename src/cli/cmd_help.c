#include "base/text.h"
#include "cli/frame.h"

static int
run(struct cli *cli)
{
	const struct command *about;
	int used = 0;

	if (cli_has(cli, "man") && cli->n > 0)
		return cli_usage(cli, tr("--man is the whole manual: it takes no command"));
	if (cli_has(cli, "man")) {
		manual_write(&cli->out);
		return EXIT_DONE;
	}
	if (cli->n == 0) {
		help_program(&cli->out);
		return EXIT_DONE;
	}
	about = command_named(cli->arguments, cli->n, &used);
	if (about == NULL || used < cli->n)
		return frame_unknown_command(cli, cli->arguments[about == NULL ? 0 : used]);
	help_command(&cli->out, about);
	return EXIT_DONE;
}

static const struct option_rule options[] = {
	{ "man", NULL, N_("write the manual page, for man to show"), NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_help = {
	.name = "help",
	.arguments = N_("[COMMAND]"),
	.most = 2,
	.summary = N_("what the commands do"),
	.description = N_("Lists the commands, or says all about one of them."),
	.options = options,
	.example = "jalon help import",
	.run = run,
};
