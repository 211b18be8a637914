/* cli.c - what every command uses: its options, messages, the database, the clock */
#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/text.h"
#include "cli/frame.h"
#include "model/person_keys.h"

const char *
cli_option(const struct cli *cli, const char *name)
{
	for (int i = cli->options - 1; i >= 0; i--) {
		if (strcmp(cli->option_names[i], name) == 0)
			return cli->option_values[i];
	}
	return NULL;
}

bool
cli_has(const struct cli *cli, const char *name)
{
	return cli_option(cli, name) != NULL;
}

/* Control characters, among them U+0080 to U+009F (c2 80 to c2 9f), become a question mark; ends of lines a blank. */
str
printable(struct arena *a, str s)
{
	str clean = str_dup(a, s);
	char *p = (char *)(uintptr_t)clean.s;

	for (size_t i = 0; i < clean.len; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c == '\n' || c == '\t' || c == '\r')
			p[i] = ' ';
		else if (c < ' ' || c == 0x7f)
			p[i] = '?';
		else if (c == 0xc2 && i + 1 < clean.len && (unsigned char)p[i + 1] < 0xa0)
			p[i] = p[i + 1] = '?';
	}
	return str_trim(clean);
}

/* At most three lines: what happened, in whose words, what to do. */
static void
message(struct cli *cli, const char *what, const char *detail, const char *hint)
{
	const char *const more[] = { detail, hint };

	progress_erase();
	fprintf(stderr, "jalon: %.*s\n", STR_ARG(printable(&cli->arena, str_of(what))));
	for (size_t i = 0; i < 2; i++) {
		if (more[i] != NULL && more[i][0] != '\0')
			fprintf(stderr, "  %.*s\n", STR_ARG(printable(&cli->arena, str_of(more[i]))));
	}
}

int
cli_fail(struct cli *cli, const struct err *e)
{
	message(cli, e->what, e->detail, e->hint);
	switch (e->kind) {
	case ERR_INPUT:
	case ERR_NOTFOUND:
	case ERR_CONFLICT:
		return EXIT_REFUSED;
	case ERR_BUSY:
	case ERR_FULL:
	case ERR_WORLD:
	case ERR_DAMAGED:
		break;
	}
	return EXIT_WORLD;
}

static int
usage(struct cli *cli, const char *hint, const char *format, va_list args)
{
	char what[1024];

	vsnprintf(what, sizeof what, format, args);
	if (hint == NULL && cli->command != NULL)
		hint = str_format(&cli->arena, tr("More: jalon %s --help"), cli->command->name).s;
	if (hint == NULL)
		hint = tr("More: jalon --help");
	message(cli, what, NULL, hint);
	return EXIT_USAGE;
}

int
frame_usage(struct cli *cli, const char *hint, const char *format, ...)
{
	va_list args;
	int code;

	va_start(args, format);
	code = usage(cli, hint, format, args);
	va_end(args);
	return code;
}

int
cli_usage(struct cli *cli, const char *format, ...)
{
	va_list args;
	int code;

	va_start(args, format);
	code = usage(cli, NULL, format, args);
	va_end(args);
	return code;
}

bool
cli_day(struct cli *cli, const char *name, day *to)
{
	const char *given = cli_option(cli, name);
	day d;

	if (given == NULL)
		return true;
	if ((d = day_parse(str_of(given))) == DAY_NONE) {
		frame_usage(
		    cli, tr("A date is written like 2025-08-31: year, month, day."), tr("--%s: %s is not a date"), name, given);
		return false;
	}
	*to = d;
	return true;
}

/* The folder of the default database is ours to make; one that the user names must exist. */
static const struct err *
make_folder(struct cli *cli, const char *file)
{
	char *path = (char *)(uintptr_t)str_z(&cli->arena, str_of(file));
	char *last = strrchr(path, '/');

	for (char *p = path + 1; last != NULL && p <= last; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return err_system(&cli->arena, errno, str_format(&cli->arena, tr("cannot make the folder %s"), path).s);
		*p = '/';
	}
	return NULL;
}

int
cli_open(struct cli *cli, enum db_mode mode, struct db **db)
{
	const struct err *e = NULL;
	const char *named = getenv("JALON_DATABASE");

	if (mode == DB_CREATE && !cli_has(cli, "database") && (named == NULL || *named == '\0'))
		e = make_folder(cli, cli->database);
	if (e == NULL)
		e = db_open(&cli->arena, cli->database, mode, db);
	if (e == NULL && mode != DB_READ && (e = person_keys_ready(*db)) != NULL)
		db_close(*db);
	if (e == NULL)
		return EXIT_DONE;
	(void)cli_fail(cli, e);
	return EXIT_WORLD; /* whatever kept it from opening, the command line was right */
}

static int64_t
the_clock(void)
{
	const char *fixed = getenv("JALON_NOW");
	struct timespec now;

	if (fixed != NULL && *fixed != '\0' && moment_parse(str_of(fixed)) >= 0)
		return moment_parse(str_of(fixed));
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

str
cli_now(struct arena *a)
{
	return moment_text(a, the_clock());
}

day
cli_today(void)
{
	return moment_day(the_clock());
}

str
cli_actor(struct arena *a)
{
	const struct passwd *user = getpwuid(geteuid());

	if (user != NULL && str_utf8(str_of(user->pw_name)))
		return str_dup(a, str_of(user->pw_name));
	return str_format(a, "uid %ld", (long)geteuid());
}
