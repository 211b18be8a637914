/* What people write in their spreadsheets: the rows of tests/cases/understand/values.tsv, and what is too odd to stand there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/fold.h"
#include "exchange/understand.h"

static struct understood
choice(struct reading *r, enum entity_number e, const char *field, str text)
{
	return understand_choice(r, entity_field(&entities[e], field), text);
}

static struct understood
name_in_one(struct reading *r, str text, bool given_first)
{
	struct understood_name n = understand_name(r, text, given_first);

	return understood(n.sense, str_format(r->a, "%.*s|%.*s", STR_ARG(n.family), STR_ARG(n.given)), n.say);
}

static bool
read_as(struct reading *r, str reader, str text, struct understood *u)
{
	static const struct {
		const char *name;
		struct understood (*read)(struct reading *r, str text);
	} simple[] = { { "date", understand_date }, { "birth", understand_birth }, { "past", understand_past },
		{ "heading", understand_heading_date }, { "yes", understand_yes_no }, { "country", understand_country },
		{ "languages", understand_languages }, { "level", understand_level }, { "amount", understand_amount },
		{ "count", understand_count }, { "phone", understand_phone }, { "email", understand_email },
		{ "act", understand_act }, { "ending", understand_ending } };
	static const struct {
		const char *name;
		enum entity_number e;
	} choices[] = { { "sex", ENTITY_people }, { "status", ENTITY_statuses }, { "exit", ENTITY_enrolments },
		{ "cell", ENTITY_aggregates } };

	for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
		if (str_is(reader, simple[i].name)) {
			*u = simple[i].read(r, text);
			return true;
		}
	}
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
		if (str_is(reader, choices[i].name)) {
			*u = choice(r, choices[i].e, choices[i].name, text);
			return true;
		}
	}
	if (str_is(reader, "minutes") || str_is(reader, "hours"))
		*u = understand_minutes(r, text, str_is(reader, "hours") ? TIME_HOURS : TIME_UNKNOWN);
	else if (str_is(reader, "mark") || str_is(reader, "hours mark"))
		*u = understand_mark(r, text, str_is(reader, "mark") ? TIME_UNKNOWN : TIME_HOURS);
	else if (str_is(reader, "name") || str_is(reader, "given first"))
		*u = name_in_one(r, text, str_is(reader, "given first"));
	else
		return false;
	return true;
}

static bool
check_line(struct reading *r, str line, int at)
{
	static const char *const senses[] = { "empty", "certain", "guessed", "left out", "refused" };
	str rest = line, reader = str_cut(rest, '\t', &rest), text = str_cut(rest, '\t', &rest),
	    sense = str_cut(rest, '\t', &rest);
	struct understood u = { 0 };
	bool right;

	if (!read_as(r, reader, text, &u)) {
		print_error("line %d: no reader %.*s\n", at, STR_ARG(reader));
		return false;
	}
	right = str_is(sense, senses[u.sense]) && str_eq(rest, u.value);
	if (u.sense == SENSE_REFUSED || u.sense == SENSE_LEFT_OUT)
		right &= u.say != NULL && *u.say != '\0';
	if (!right)
		print_error("line %d: %.*s \"%.*s\": %s \"%.*s\", expected %.*s \"%.*s\"\n", at, STR_ARG(reader), STR_ARG(text),
		    senses[u.sense], STR_ARG(u.value), STR_ARG(sense), STR_ARG(rest));
	return right;
}

static void
every_row_of_the_table_is_read_so(void **state)
{
	const char *source = getenv("JALON_SOURCE");
	struct arena a = { 0 };
	struct reading r = { .a = &a, .today = day_of(2025, 6, 30) };
	char path[4096], line[4096];
	int at = 0, wrong = 0, rows = 0;
	FILE *in;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/cases/understand/values.tsv", source == NULL ? "." : source);
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof line, in) != NULL) {
		str l = str_of(line);

		at++;
		l.len -= l.len > 0 && l.s[l.len - 1] == '\n';
		if (l.len == 0 || l.s[0] == '#')
			continue;
		rows++;
		wrong += !check_line(&r, l, at);
		arena_clear(&a);
	}
	fclose(in);
	arena_release(&a);
	assert_int_equal(wrong, 0);
	assert_true(rows > 500);
}

static void
the_other_values_of_a_column_settle_the_order_of_day_and_month(void **state)
{
	struct arena a = { 0 };
	struct reading r = { .a = &a, .today = day_of(2025, 6, 30), .order = DAY_FIRST };

	(void)state;
	assert_int_equal(understand_date(&r, S("03/04/2025")).sense, SENSE_CERTAIN);
	r.order = MONTH_FIRST;
	assert_true(str_is(understand_date(&r, S("03/04/2025")).value, "2025-03-04"));
	assert_int_equal(date_order(&r, S("25/12/2025")), DAY_FIRST);
	assert_int_equal(date_order(&r, S("12/25/2025")), MONTH_FIRST);
	assert_int_equal(date_order(&r, S("12/11/2025")), ORDER_UNKNOWN);
	assert_int_equal(date_order(&r, S("2025-12-25")), ORDER_UNKNOWN);
	assert_int_equal(date_order(&r, S("Noori")), ORDER_UNKNOWN);
	arena_release(&a);
}

static const struct {
	const char *list, *forms;
} lists[] = {
#define WORDS(list, word, forms) { list, forms },
#define GUESS(list, word, forms) { list, forms },
#include "exchange/words.def"
#undef WORDS
#undef GUESS
#define COUNTRY(code, forms) { "country", forms },
#define GUESS(code, forms) { "country", forms },
#define AMBIGUOUS(forms) { "country", forms },
#include "exchange/countries.def"
#undef COUNTRY
#undef GUESS
#undef AMBIGUOUS
#define LANGUAGE(code, forms) { "language", forms },
#define WITHOUT_CODE(forms) { "language", forms },
#include "exchange/languages.def"
#undef LANGUAGE
#undef WITHOUT_CODE
#define WANT(name, kinds, label, forms) { "heading", forms },
#include "exchange/wants.def"
#undef WANT
};

/* A word with a capital or an accent would never be found: it is compared with folded text. */
static void
every_word_of_every_list_is_folded(void **state)
{
	struct arena a = { 0 };
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		str rest = str_of(lists[i].forms);

		while (rest.s != NULL) {
			str word = str_cut(rest, ',', &rest);

			if (word.len > 0 && str_eq(fold(&a, word), word))
				continue;
			print_error("%s: \"%.*s\"\n", lists[i].list, STR_ARG(word));
			wrong++;
		}
	}
	arena_release(&a);
	assert_int_equal(wrong, 0);
}

static void
folding_takes_away_what_people_vary(void **state)
{
	static const char *const pairs[][2] = { { "Date de naiss. :", "date de naiss" }, { "N° dossier", "n dossier" },
		{ "PRÉNOM(S)", "prenom" }, { "Né(e) le", "ne le" }, { "Œuvre", "oeuvre" }, { "Straße", "strasse" },
		{ "Đurić", "duric" }, { "  a\tb\n c ", "a b c" }, { "٢٠٢٥", "2025" }, { "\xff\xfe", "" }, { "", "" },
		{ "نوري", "نوري" } };
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		assert_true(str_is(fold(&a, str_of(pairs[i][0])), pairs[i][1]));
	arena_release(&a);
}

static void
endless_texts_are_refused_and_cost_little(void **state)
{
	static char endless[200000];
	str texts[] = { { endless, sizeof endless }, S("") };
	struct arena a = { 0 };
	struct reading r = { .a = &a, .today = day_of(2025, 6, 30) };

	(void)state;
	for (int fill = 0; fill < 3; fill++) {
		memset(endless, "1a/"[fill], sizeof endless);
		assert_int_equal(understand_date(&r, texts[0]).sense, SENSE_REFUSED);
		assert_int_equal(understand_country(&r, texts[0]).sense, SENSE_REFUSED);
		assert_int_equal(understand_languages(&r, texts[0]).sense, SENSE_LEFT_OUT);
		assert_int_equal(understand_amount(&r, texts[0]).sense, SENSE_REFUSED);
		assert_int_equal(understand_minutes(&r, texts[0], TIME_UNKNOWN).sense, SENSE_REFUSED);
		assert_int_equal(choice(&r, ENTITY_statuses, "status", texts[0]).sense, SENSE_REFUSED);
		arena_clear(&a);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_table_is_read_so),
		cmocka_unit_test(the_other_values_of_a_column_settle_the_order_of_day_and_month),
		cmocka_unit_test(every_word_of_every_list_is_folded),
		cmocka_unit_test(folding_takes_away_what_people_vary),
		cmocka_unit_test(endless_texts_are_refused_and_cost_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
