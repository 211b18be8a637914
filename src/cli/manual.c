/* manual.c - the manual page, in the language of the moment, from the same tables as the help */
#include <string.h>

#include "base/text.h"
#include "cli/frame.h"

/* Text as troff takes it: dashes stay dashes, so that commands can be copied from the page. */
static void
text(struct buf *to, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] == '\\')
			buf_add(to, S("\\e"));
		else if (s.s[i] == '-')
			buf_add(to, S("\\-"));
		else if ((s.s[i] == '.' || s.s[i] == '\'') && (i == 0 || s.s[i - 1] == '\n'))
			buf_format(to, "\\&%c", s.s[i]);
		else if (str_starts((str){ s.s + i, s.len - i }, S("\u00a0")))
			buf_add(to, S("\\~")), i += 1;
		else if (str_starts((str){ s.s + i, s.len - i }, S("\u202f")))
			buf_add(to, S("\\~")), i += 2;
		else
			buf_char(to, s.s[i]);
	}
}

static void
line(struct buf *to, const char *s)
{
	text(to, str_of(s));
	buf_char(to, '\n');
}

static void
section(struct buf *to, const char *title)
{
	buf_add(to, S(".SH "));
	line(to, title);
}

/* A line of the text is a paragraph; lines that begin with a blank stay as they are. */
static void
paragraphs(struct buf *to, str s)
{
	bool kept = false;

	while (s.len > 0) {
		str one = str_cut(s, '\n', &s);
		bool keep = one.len > 0 && one.s[0] == ' ';

		if (keep && !kept)
			buf_add(to, S(".PP\n.nf\n"));
		if (!keep && kept)
			buf_add(to, S(".fi\n"));
		kept = keep;
		if (one.len == 0)
			continue;
		if (!keep)
			buf_add(to, S(".PP\n"));
		text(to, one);
		buf_char(to, '\n');
	}
	if (kept)
		buf_add(to, S(".fi\n"));
}

static void
options(struct buf *to, const struct option_rule *rules)
{
	for (; rules != NULL && rules->name != NULL; rules++) {
		buf_add(to, S(".TP\n\\fB\\-\\-"));
		text(to, str_of(rules->name));
		buf_add(to, S("\\fR"));
		if (rules->argument != NULL) {
			buf_add(to, S(" \\fI"));
			text(to, str_of(tr(rules->argument)));
			buf_add(to, S("\\fR"));
		}
		buf_char(to, '\n');
		line(to, tr(rules->help));
		if (rules->choices != NULL) {
			buf_char(to, '(');
			for (str rest = str_of(rules->choices), word, before = { 0 }; choice_next(&rest, &word); before = word) {
				if (before.s != NULL)
					buf_add(to, S(", "));
				text(to, word);
			}
			buf_add(to, S(")\n"));
		}
	}
}

static void
command(struct buf *to, const struct command *c)
{
	buf_add(to, S(".SS jalon "));
	text(to, str_of(c->name));
	buf_char(to, ' ');
	line(to, tr(c->arguments));
	paragraphs(to, str_of(tr(c->description)));
	options(to, c->options);
	if (c->example == NULL)
		return;
	buf_add(to, S(".PP\n"));
	line(to, tr("Example:"));
	buf_add(to, S(".PP\n.RS 4\n.nf\n"));
	line(to, c->example);
	buf_add(to, S(".fi\n.RE\n"));
}

static void
entry(struct buf *to, const char *name, const char *meaning)
{
	buf_add(to, S(".TP\n\\fB"));
	text(to, str_of(name));
	buf_add(to, S("\\fR\n"));
	line(to, meaning);
}

void
manual_write(struct buf *to)
{
	buf_add(to, S(".TH JALON 1 \"\" \"Jalon " JALON_VERSION "\" \"Jalon\"\n"));
	section(to, tr("NAME"));
	buf_add(to, S("jalon \\- "));
	line(to, tr("contracts for the welcome and integration of newcomers, their records and their figures"));
	section(to, tr("SYNOPSIS"));
	buf_add(to, S("\\fBjalon\\fR "));
	line(to, tr("COMMAND [OPTIONS] [ARGUMENTS]"));
	section(to, tr("DESCRIPTION"));
	line(to, tr("Jalon keeps the records of territorial contracts for the welcome and integration of newcomers (CTAI), "
		    "and draws the State's figures from them."));
	section(to, tr("OPTIONS OF EVERY COMMAND"));
	options(to, common_options);
	section(to, tr("COMMANDS"));
	for (size_t i = 0; commands[i] != NULL; i++)
		command(to, commands[i]);
	section(to, tr("EXIT STATUS"));
	entry(to, "0", tr("The work is done."));
	entry(to, "1", tr("What was given is refused, or something was found that does not hold."));
	entry(to, "2", tr("The command line is wrong."));
	entry(to, "3", tr("The machine failed: disk, network, database."));
	section(to, tr("ENVIRONMENT"));
	entry(to, "JALON_DATABASE", tr("The database when --database is not given."));
	entry(to, "JALON_KEY",
	    tr("The file of the key that the digests of the journal are made with; without it ~/.config/jalon/key."));
	entry(to, "LC_ALL, LC_MESSAGES, LANG", tr("The language of the messages: French when it begins with fr, else English."));
	section(to, tr("FILES"));
	entry(to, "~/.local/share/jalon/jalon.db",
	    tr("The database when nothing else is said; var/jalon.db of the checkout for a program that runs from its build folder."));
}
