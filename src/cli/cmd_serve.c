#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/hashing.h"
#include "base/text.h"
#include "cli/frame.h"
#include "web/serve.h"

/* Where uploads and made files stand: beside an embedded database; a server's must be named. */
static const char *
data_folder(struct cli *cli)
{
	const char *named = cli_option(cli, "data");
	const char *file = strstr(cli->database, "://") == NULL ? cli->database : place_database(&cli->arena);

	return named != NULL ? named : dirname((char *)(uintptr_t)str_z(&cli->arena, str_of(file)));
}

static void
ready(void *to, const char *address)
{
	struct cli *cli = to;

	if (cli->quiet)
		return;
	buf_format(&cli->out, tr("Jalon answers at %s\n"), address);
	(void)buf_flush(&cli->out);
	(void)fflush(stdout);
}

static int
run(struct cli *cli)
{
	const char *listen = cli_option(cli, "listen"), *workers = cli_option(cli, "workers");
	struct serve_setting setting = { .listen = listen == NULL ? "127.0.0.1:8080" : listen,
		.proxy = cli_has(cli, "proxy"),
		.exposed = cli_has(cli, "expose"),
		.quiet = cli->quiet,
		.limits = serve_usual,
		.ready = ready,
		.to = cli };
	const struct err *e;

	if (workers != NULL) {
		const number n = str_number(str_of(workers));

		if (!n.ok || n.value < 1 || n.value > 64)
			return cli_usage(cli, tr("--workers: %s is not a number from 1 to 64"), workers);
		setting.workers = (int)n.value;
	}
	if (setting.exposed && !setting.proxy)
		fprintf(stderr, "jalon: %s\n",
		    tr("Warning: nothing is encrypted: whoever is on the way can read every page, and the passwords."));
	setting.app = (struct app_setting){ .database = cli->database,
		.data = data_folder(cli),
		.catalogues = place_catalogues(&cli->arena),
		.hash_slots = hashing_slots() };
	if (setting.app.hash_slots < 0)
		return cli_fail(cli, err_system(&cli->arena, errno, tr("The room for checking passwords cannot be made.")));
	e = serve(&cli->arena, &setting);
	return e == NULL ? EXIT_DONE : cli_fail(cli, e);
}

static const struct option_rule options[] = {
	{ "listen", N_("ADDRESS"), N_("where to answer: 127.0.0.1:8080 (the default), [::1]:8080, unix:/run/jalon/socket"),
	    NULL },
	{ "workers", N_("NUMBER"), N_("how many requests are answered at once: as many as processors, at least two"), NULL },
	{ "data", N_("FOLDER"), N_("for uploads and made files: by default the folder of the database"), NULL },
	{ "proxy", NULL, N_("a proxy stands in front (nginx): believe it about the client's address and about TLS"), NULL },
	{ "expose", NULL, N_("accept an address that other machines can reach, though nothing is encrypted"), NULL },
	{ 0 },
};

const struct command command_serve = {
	.name = "serve",
	.arguments = "",
	.summary = N_("the web application"),
	.description = N_(
	    "Answers browsers until it is told to stop (SIGTERM, or Ctrl-C): requests under way are finished first. SIGHUP replaces the "
	    "workers one by one, without a request lost.\n"
	    "\n"
	    "It answers this machine only. For others put nginx in front, which encrypts: packaging/nginx.conf is an example, "
	    "packaging/jalon.service the unit for systemd.\n"
	    "\n"
	    "Each process is confined to what it needs: the one that speaks with browsers can open no file; those that read the database "
	    "can open nothing outside its folder and the data folder, and run nothing."),
	.options = options,
	.example = "jalon serve --listen 127.0.0.1:8080",
	.run = run,
};
