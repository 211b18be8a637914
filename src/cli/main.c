/* main.c - from the words typed to one command, and out by one door */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/frame.h"

/* A closed standard stream would give its number to the next file opened, and messages would land in the database. */
static void
keep_standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		/* Opened the wrong way round on purpose: using it still fails. */
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			_exit(EXIT_WORLD);
	}
}

/* The last check: what could not be written was not done. */
static int
close_output(struct cli *cli, int code)
{
	bool written = buf_flush(&cli->out);
	int refusal = cli->out.error;

	if (written && fclose(stdout) != 0) {
		written = false;
		refusal = errno;
	}
	if (written)
		return code;
	if (refusal != EPIPE) /* else the reader had enough: nothing to tell */
		(void)cli_fail(
		    cli, err_new(&cli->arena, ERR_WORLD, tr("cannot write to the standard output"), tr(strerror(refusal)), NULL));
	return code == EXIT_DONE || code == EXIT_REFUSED ? EXIT_WORLD : code;
}

static int
run(struct cli *cli, int n, char **words)
{
	int code = frame_parse(cli, n, words);
	const char *now = getenv("JALON_NOW");

	if (code != EXIT_DONE)
		return code;
	cli->quiet = cli_has(cli, "quiet");
	if (cli_has(cli, "version")) {
		buf_add(&cli->out, S("jalon " JALON_VERSION "\n"));
		return EXIT_DONE;
	}
	if (cli_has(cli, "help")) {
		if (cli->command == NULL)
			help_program(&cli->out);
		else
			help_command(&cli->out, cli->command);
		return EXIT_DONE;
	}
	if (cli->command == NULL)
		return frame_usage(cli, tr("The commands are listed by: jalon help"), tr("what to do is missing: jalon COMMAND"));
	if (now != NULL && *now != '\0' && (strlen(now) != 24 || day_parse((str){ now, 10 }) == DAY_NONE))
		return frame_usage(cli, NULL, tr("JALON_NOW is not a moment written like 2026-01-31T12:00:00.000Z"));
	if ((code = frame_check_arguments(cli)) != EXIT_DONE)
		return code;
	cli->database = cli_option(cli, "database");
	if (cli->database == NULL)
		cli->database = place_database(&cli->arena);
	return cli->command->run(cli);
}

int
main(int argc, char **argv)
{
	struct cli cli = { .out.file = stdout };
	int code;

	keep_standard_streams();
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, met at the end */
	text_start(text_system_language(), place_catalogues(&cli.arena));
	code = close_output(&cli, argc == 0 ? EXIT_USAGE : run(&cli, argc - 1, argv + 1));
	buf_release(&cli.out);
	arena_release(&cli.arena);
	return code;
}
