/* The parts of the command line that have no window of their own: tables, near words, text from outside, the clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "cli/frame.h"

static void
same(str got, const char *wanted)
{
	if (!str_is(got, wanted))
		fail_msg("got:\n%.*s\nwanted:\n%s", STR_ARG(got), wanted);
}

static void
columns_are_aligned_by_what_is_seen(void **state)
{
	(void)state;
	static const enum table_align align[] = { TABLE_LEFT, TABLE_RIGHT, TABLE_LEFT };
	const char *const cells[] = { "Nom", "Âge", "Ville", "Émile", "7", "", "Ze\u0301", "1 000", "Riom" };
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct table *t = table_new(&a, 3, align);

	for (size_t i = 0; i < 9; i++) {
		if (i == 3)
			table_rule(t);
		table_cell(t, str_of(cells[i]));
	}
	table_print(t, &b);
	same(buf_str(&b), "Nom      Âge  Ville\n"
			  "───────────────────\n"
			  "Émile      7\n"
			  "Ze\u0301     1 000  Riom\n");
	buf_release(&b);
	arena_release(&a);
}

static void
nothing_from_outside_commands_the_terminal(void **state)
{
	(void)state;
	struct arena a = { 0 };

	same(printable(&a, S("a\033[31mb\177c\001")), "a?[31mb?c?");
	same(printable(&a, S("one\r\ntwo\tthree\n")), "one  two three");
	same(printable(&a, S("\302\233"
			     "2J \303\251t\303\251 \302\240fin")),
	    "??2J été \u00a0fin");
	same(printable(&a, S("")), "");
	arena_release(&a);
}

static const char *
nearest_to(const char *word)
{
	struct nearest n = { .word = str_of(word) };
	static const char *const words[] = { "import", "export", "questionnaire", "check" };

	for (size_t i = 0; i < 4; i++)
		nearest_try(&n, str_of(words[i]));
	return n.best.s == NULL ? "" : n.best.s;
}

static void
a_slip_finds_its_word(void **state)
{
	(void)state;
	assert_string_equal(nearest_to("imprt"), "import");
	assert_string_equal(nearest_to("improt"), "import");
	assert_string_equal(nearest_to("exporrt"), "export");
	assert_string_equal(nearest_to("quest"), "questionnaire");
	assert_string_equal(nearest_to("questionaire"), "questionnaire");
	assert_string_equal(nearest_to("chekc"), "check");
	assert_string_equal(nearest_to("zzz"), "");
	assert_string_equal(nearest_to("x"), "");
	assert_string_equal(nearest_to(""), "");
	assert_string_equal(nearest_to("a word that is much longer than any word could be"), "");
}

static int
parse(struct cli *cli, int n, const char **words)
{
	*cli = (struct cli){ 0 };
	return frame_parse(cli, n, (char **)(uintptr_t)words);
}

static void
words_become_a_command_its_options_and_arguments(void **state)
{
	(void)state;
	const char *words[] = { "--database", "a.db", "import", "--dry-run", "bundle", "--faults=f.csv", "--", "--odd", "-" };
	const char *twice[] = { "import", "--faults", "a", "--faults", "b" };
	struct cli cli;

	assert_int_equal(parse(&cli, 9, words), EXIT_DONE);
	assert_string_equal(cli.command->name, "import");
	assert_string_equal(cli_option(&cli, "database"), "a.db");
	assert_string_equal(cli_option(&cli, "dry-run"), "");
	assert_string_equal(cli_option(&cli, "faults"), "f.csv");
	assert_null(cli_option(&cli, "quiet"));
	assert_int_equal(cli.n, 3);
	assert_string_equal(cli.arguments[0], "bundle");
	assert_string_equal(cli.arguments[1], "--odd");
	assert_string_equal(cli.arguments[2], "-");
	arena_release(&cli.arena);
	assert_int_equal(parse(&cli, 5, twice), EXIT_DONE);
	assert_string_equal(cli_option(&cli, "faults"), "b");
	arena_release(&cli.arena);
}

static void
more_options_than_there_is_room_for_are_refused(void **state)
{
	(void)state;
	const char *words[64] = { "import" };
	struct cli cli;

	for (size_t i = 1; i < 64; i++)
		words[i] = "--quiet";
	assert_int_equal(parse(&cli, 33, words), EXIT_DONE);
	arena_release(&cli.arena);
	assert_int_equal(parse(&cli, 34, words), EXIT_USAGE);
	arena_release(&cli.arena);
}

static void
every_command_says_all_about_itself(void **state)
{
	(void)state;
	for (size_t i = 0; commands[i] != NULL; i++) {
		const struct command *c = commands[i];
		const struct option_rule *o = c->options;

		if (c->name == NULL || c->arguments == NULL || c->summary == NULL || c->description == NULL || c->run == NULL ||
		    c->example == NULL || c->least > c->most || strncmp(c->example, "jalon ", 6) != 0)
			fail_msg("%s", c->name);
		for (; o != NULL && o->name != NULL; o++) {
			if (o->help == NULL || (o->choices != NULL && o->argument == NULL))
				fail_msg("%s --%s", c->name, o->name);
			for (const struct option_rule *common = common_options; common->name != NULL; common++)
				assert_string_not_equal(o->name, common->name);
		}
	}
}

static void
the_clock_can_be_set(void **state)
{
	(void)state;
	struct arena a = { 0 };
	char text[DAY_TEXT];

	setenv("JALON_NOW", "2024-02-29T23:59:59.999Z", 1);
	same(cli_now(&a), "2024-02-29T23:59:59.999Z");
	same(day_text(cli_today(), text), "2024-02-29");
	unsetenv("JALON_NOW");
	assert_int_equal(cli_now(&a).len, 24);
	assert_true(day_parse((str){ cli_now(&a).s, 10 }) >= day_of(2025, 1, 1));
	arena_release(&a);
}

static int
in_english(void **state)
{
	(void)state;
	text_start("en", ".");
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_aligned_by_what_is_seen),
		cmocka_unit_test(nothing_from_outside_commands_the_terminal),
		cmocka_unit_test(a_slip_finds_its_word),
		cmocka_unit_test(words_become_a_command_its_options_and_arguments),
		cmocka_unit_test(more_options_than_there_is_room_for_are_refused),
		cmocka_unit_test(every_command_says_all_about_itself),
		cmocka_unit_test(the_clock_can_be_set),
	};

	return cmocka_run_group_tests_name("cli", tests, in_english, NULL);
}
