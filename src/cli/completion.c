/* completion.c - completion for bash, from the same tables as the help */
#include <string.h>

#include "cli/frame.h"

/* Names of arguments (as the tables write them, in English) that stand for something on the disk. */
static bool
is_path(const char *argument)
{
	static const char *const paths[] = { "BUNDLE", "FILE", "FOLDER", "PATH", "PLACE", "OUTPUT" };

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		if (strstr(argument, paths[i]) != NULL)
			return true;
	}
	return false;
}

static void
names(struct buf *to, const struct option_rule *rules)
{
	for (; rules != NULL && rules->name != NULL; rules++)
		buf_format(to, " --%s", rules->name);
}

/* What may follow an option that takes a value; bash looks at "command --option". */
static void
values(struct buf *to, const char *command, const struct option_rule *rules)
{
	for (; rules != NULL && rules->name != NULL; rules++) {
		if (rules->argument == NULL)
			continue;
		buf_format(to, "\t\"%s --%s\") ", command, rules->name);
		if (rules->choices != NULL)
			buf_format(to, "words=\"%s\" ;;\n", rules->choices);
		else
			buf_format(to, "%s ;;\n", is_path(rules->argument) ? "files=yes" : ":");
	}
}

void
completion_bash(struct buf *to)
{
	buf_add(to, S("# bash completion of jalon, made by: jalon completion bash\n"
		      "_jalon()\n"
		      "{\n"
		      "\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
		      "\tlocal command= words= files= i\n"
		      "\n"
		      "\t# --option=value comes in three words\n"
		      "\tif [[ $current == = ]]; then\n"
		      "\t\tcurrent=\n"
		      "\telif [[ $previous == = && COMP_CWORD -gt 1 ]]; then\n"
		      "\t\tprevious=${COMP_WORDS[COMP_CWORD - 2]}\n"
		      "\tfi\n"
		      "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		      "\t\tcase ${COMP_WORDS[i]} in\n"
		      "\t\t--database) [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++)); ((i++)) ;;\n"
		      "\t\t-*) ;;\n"
		      "\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
		      "\t\tesac\n"
		      "\tdone\n"
		      "\tcase \"$command $previous\" in\n"));
	for (size_t i = 0; commands[i] != NULL; i++)
		values(to, commands[i]->name, commands[i]->options);
	buf_add(to, S("\t*\" --database\") files=yes ;;\n"
		      "\t*)\n"
		      "\t\tcase \"$command\" in\n"
		      "\t\t\"\") words=\""));
	for (size_t i = 0; commands[i] != NULL; i++)
		buf_format(to, "%s ", commands[i]->name);
	names(to, common_options);
	buf_add(to, S("\" ;;\n"));
	for (size_t i = 0; commands[i] != NULL; i++) {
		const struct command *c = commands[i];

		buf_format(to, "\t\t%s) words=\"", c->name);
		names(to, common_options);
		names(to, c->options);
		if (strcmp(c->name, "help") == 0) {
			for (size_t j = 0; commands[j] != NULL; j++)
				buf_format(to, " %s", commands[j]->name);
		}
		if (strcmp(c->name, "completion") == 0)
			buf_add(to, S(" bash"));
		if (strcmp(c->name, "account") == 0)
			buf_add(to, S(" add list invite reset end"));
		buf_format(to, "\"%s ;;\n", is_path(c->arguments) ? " files=yes" : "");
	}
	buf_add(to, S("\t\tesac\n"
		      "\t\t[[ $current == -* ]] && files=\n"
		      "\t\t;;\n"
		      "\tesac\n"
		      "\tif [[ $files ]]; then\n"
		      "\t\tcompopt -o filenames 2>/dev/null\n"
		      "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
		      "\telse\n"
		      "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
		      "\tfi\n"
		      "}\n"
		      "complete -F _jalon jalon\n"));
}
