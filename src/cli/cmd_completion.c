#include <string.h>

#include "base/text.h"
#include "cli/frame.h"

static int
run(struct cli *cli)
{
	if (strcmp(cli->arguments[0], "bash") != 0)
		return cli_usage(cli, tr("no completion for %s: bash is the only shell known"), cli->arguments[0]);
	completion_bash(&cli->out);
	return EXIT_DONE;
}

const struct command command_completion = {
	.name = "completion",
	.arguments = N_("SHELL"),
	.least = 1,
	.most = 1,
	.summary = N_("completion of commands, options and files with the Tab key"),
	.description = N_(
	    "Writes what bash needs to complete the commands of jalon: their names, options, words to choose among, and files.\n"
	    "\n"
	    "To have it in this shell, then in every new one:\n"
	    "\n"
	    "  source <(jalon completion bash)\n"
	    "  jalon completion bash > ~/.local/share/bash-completion/completions/jalon"),
	.example = "jalon completion bash",
	.run = run,
};
