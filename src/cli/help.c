/* help.c - the help that a terminal shows, from the tables of commands and options */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/frame.h"

enum { MARGIN = 79 };

static str
next_line(str *rest)
{
	return str_cut(*rest, '\n', rest);
}

/* Words of text, from column `at` on, with later lines beginning at column `indent`. */
static void
wrap(struct buf *to, str text, size_t at, size_t indent)
{
	bool first = true;

	while (text.len > 0) {
		str word = str_cut(text, ' ', &text);
		size_t width = str_width(word);

		if (word.len == 0)
			continue;
		if (!first && at + 1 + width > MARGIN) {
			buf_char(to, '\n');
			buf_pad(to, ' ', indent);
			at = indent;
		} else if (!first) {
			buf_char(to, ' ');
			at++;
		}
		buf_add(to, word);
		at += width;
		first = false;
	}
	buf_char(to, '\n');
}

/* Paragraphs: each line of the text is one; a line that begins with a blank stays as it is (lists, examples). */
static void
paragraphs(struct buf *to, str text)
{
	while (text.len > 0) {
		str line = next_line(&text);

		if (line.len > 0 && line.s[0] == ' ') {
			buf_add(to, line);
			buf_char(to, '\n');
		} else {
			wrap(to, line, 0, 0);
		}
	}
}

static void
named(struct buf *to, size_t column, str name, const char *text)
{
	size_t width = 2 + str_width(name);

	buf_add(to, S("  "));
	buf_add(to, name);
	if (width + 2 > column) {
		buf_char(to, '\n');
		width = 0;
	}
	buf_pad(to, ' ', column - width);
	wrap(to, str_of(text), column, column);
}

static void
heading(struct buf *to, const char *text)
{
	buf_char(to, '\n');
	buf_add(to, str_of(text));
	buf_char(to, '\n');
}

static void
options(struct buf *to, const struct option_rule *rules)
{
	for (; rules != NULL && rules->name != NULL; rules++) {
		struct buf name = { 0 }, text = { 0 };

		buf_format(&name, "--%s", rules->name);
		if (rules->argument != NULL)
			buf_format(&name, " %s", tr(rules->argument));
		buf_add(&text, str_of(tr(rules->help)));
		if (rules->choices != NULL) {
			buf_add(&text, S(" ("));
			for (str rest = str_of(rules->choices), word, first = { 0 }; choice_next(&rest, &word); first = word)
				buf_format(&text, "%s%.*s", first.s == NULL ? "" : ", ", STR_ARG(word));
			buf_char(&text, ')');
		}
		buf_char(&text, '\0');
		named(to, 26, buf_str(&name), text.s);
		buf_release(&name);
		buf_release(&text);
	}
}

void
help_program(struct buf *to)
{
	buf_format(to, tr("Usage: jalon COMMAND [OPTIONS] [ARGUMENTS]\n"));
	buf_char(to, '\n');
	wrap(to,
	    str_of(tr("Jalon keeps the records of territorial contracts for the welcome and integration of newcomers (CTAI), "
		      "and draws the State's figures from them.")),
	    0, 0);
	heading(to, tr("Commands:"));
	for (size_t i = 0; commands[i] != NULL; i++)
		named(to, 18, str_of(commands[i]->name), tr(commands[i]->summary));
	heading(to, tr("Options of every command:"));
	options(to, common_options);
	buf_char(to, '\n');
	wrap(to, str_of(tr("A command in detail: jalon help COMMAND. All of it as a manual page: man jalon.")), 0, 0);
}

void
help_command(struct buf *to, const struct command *c)
{
	const char *arguments = tr(c->arguments);

	buf_format(to, tr("Usage: jalon %s%s%s [OPTIONS]\n"), c->name, *arguments == '\0' ? "" : " ", arguments);
	buf_char(to, '\n');
	paragraphs(to, str_of(tr(c->description)));
	if (c->options != NULL && c->options->name != NULL) {
		heading(to, tr("Options:"));
		options(to, c->options);
	}
	heading(to, tr("Options of every command:"));
	options(to, common_options);
	if (c->example != NULL) {
		heading(to, tr("Example:"));
		buf_format(to, "  %s\n", c->example);
	}
}
