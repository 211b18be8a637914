/* options.c - reads a command line by the tables of options: --name VALUE, --name=VALUE, --switch, -- */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/frame.h"

const struct option_rule common_options[] = {
	{ "database", N_("PLACE"), N_("the file of the database, or the address of a PostgreSQL server (postgresql://...)"),
	    NULL },
	{ "quiet", NULL, N_("no progress, no summary: only what is wrong or odd"), NULL },
	{ "help", NULL, N_("what the command does, its options, an example"), NULL },
	{ "version", NULL, N_("the version of the program"), NULL },
	{ NULL, NULL, NULL, NULL },
};

bool
choice_next(str *rest, str *word)
{
	do {
		if (rest->len == 0)
			return false;
		*word = str_cut(*rest, ' ', rest);
	} while (word->len == 0);
	return true;
}

static const struct option_rule *
rule_in(const struct option_rule *rules, str name, struct nearest *near)
{
	for (; rules != NULL && rules->name != NULL; rules++) {
		if (str_is(name, rules->name))
			return rules;
		nearest_try(near, str_of(rules->name));
	}
	return NULL;
}

static int
unknown_option(struct cli *cli, const char *typed, const struct nearest *near)
{
	const char *hint = NULL;

	if (near->best.s != NULL)
		hint = str_format(&cli->arena, tr("Did you mean --%.*s?"), STR_ARG(near->best)).s;
	return frame_usage(cli, hint, tr("unknown option %s"), typed);
}

static int
check_choice(struct cli *cli, const struct option_rule *rule, str value)
{
	str rest = str_of(rule->choices), word, list = { 0 };
	struct nearest near = { .word = value };
	const char *hint;

	while (choice_next(&rest, &word)) {
		if (str_eq(word, value))
			return EXIT_DONE;
		nearest_try(&near, word);
		list = str_format(&cli->arena, "%.*s%s%.*s", STR_ARG(list), list.len == 0 ? "" : ", ", STR_ARG(word));
	}
	if (near.best.s != NULL)
		hint =
		    str_format(&cli->arena, tr("Did you mean %.*s? The choice is: %.*s."), STR_ARG(near.best), STR_ARG(list)).s;
	else
		hint = str_format(&cli->arena, tr("The choice is: %.*s."), STR_ARG(list)).s;
	return frame_usage(cli, hint, tr("--%s cannot be %.*s"), rule->name, STR_ARG(value));
}

/* One option at words[0]; *used: how many words it took. */
static int
read_option(struct cli *cli, int n, char **words, int *used)
{
	str value, name = str_cut(str_of(words[0] + 2), '=', &value);
	struct nearest near = { .word = name };
	const struct option_rule *rule = NULL;

	*used = 1;
	if (cli->command != NULL)
		rule = rule_in(cli->command->options, name, &near);
	if (rule == NULL)
		rule = rule_in(common_options, name, &near);
	if (rule == NULL)
		return unknown_option(cli, words[0], &near);
	if (rule->argument == NULL && value.s != NULL)
		return frame_usage(cli, NULL, tr("--%s takes no value"), rule->name);
	if (rule->argument != NULL && value.s == NULL && n > 1 && strncmp(words[1], "--", 2) != 0) {
		value = str_of(words[1]);
		*used = 2;
	}
	if (rule->argument != NULL && value.len == 0 && !rule->alone)
		return frame_usage(cli, NULL, tr("--%s needs a value: --%s %s"), rule->name, rule->name, tr(rule->argument));
	if (rule->choices != NULL && check_choice(cli, rule, value) != EXIT_DONE)
		return EXIT_USAGE;
	if (cli->options == (int)(sizeof cli->option_names / sizeof *cli->option_names))
		return frame_usage(cli, NULL, tr("too many options"));
	cli->option_names[cli->options] = rule->name;
	cli->option_values[cli->options++] = value.len == 0 ? "" : value.s;
	return EXIT_DONE;
}

/* There are no short options, but -h is typed by habit. A dash alone is an argument. */
static int
short_option(struct cli *cli, const char *typed)
{
	const struct option_rule *const tables[] = { cli->command == NULL ? NULL : cli->command->options, common_options };
	struct nearest near = { .word = str_of(typed + 1) };

	for (size_t i = 0; i < 2; i++) {
		for (const struct option_rule *r = tables[i]; r != NULL && r->name != NULL && near.best.s == NULL; r++) {
			if (r->name[0] == typed[1])
				near.best = str_of(r->name);
		}
	}
	return unknown_option(cli, typed, &near);
}

int
frame_unknown_command(struct cli *cli, const char *word)
{
	struct nearest near = { .word = str_of(word) };
	const char *hint = tr("The commands are listed by: jalon help");

	for (size_t i = 0; commands[i] != NULL; i++)
		nearest_try(&near, str_of(commands[i]->name));
	if (near.best.s != NULL)
		hint = str_format(&cli->arena, tr("Did you mean: jalon %.*s?"), STR_ARG(near.best)).s;
	return frame_usage(cli, hint, tr("unknown command %s"), word);
}

int
frame_parse(struct cli *cli, int n, char **words)
{
	bool options = true;

	cli->arguments = ARENA_ARRAY(&cli->arena, n + 1, char *);
	for (int i = 0, used; i < n; i += used) {
		used = 1;
		if (options && strcmp(words[i], "--") == 0) {
			options = false;
		} else if (options && strncmp(words[i], "--", 2) == 0) {
			if (read_option(cli, n - i, words + i, &used) != EXIT_DONE)
				return EXIT_USAGE;
		} else if (options && words[i][0] == '-' && words[i][1] != '\0') {
			return short_option(cli, words[i]);
		} else if (cli->command == NULL) {
			if ((cli->command = command_named(words + i, n - i, &used)) == NULL)
				return frame_unknown_command(cli, words[i]);
		} else {
			cli->arguments[cli->n++] = words[i];
		}
	}
	return EXIT_DONE;
}

int
frame_check_arguments(struct cli *cli)
{
	const struct command *c = cli->command;

	if (cli->n < c->least)
		return frame_usage(cli, NULL, tr("an argument is missing: jalon %s %s"), c->name, tr(c->arguments));
	if (cli->n > c->most && c->most == 0)
		return frame_usage(cli, NULL, tr("unexpected argument %s: this command takes none"), cli->arguments[0]);
	if (cli->n > c->most)
		return frame_usage(
		    cli, NULL, tr("unexpected argument %s: jalon %s %s"), cli->arguments[c->most], c->name, tr(c->arguments));
	return EXIT_DONE;
}
