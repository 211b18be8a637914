/* The stretches of time that figures are read over: their days, their words, what is offered, what is refused. */
/* cmocka.h wants these first */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "figures/calendar.h"

static struct arena arena;
static struct book_contract signed_for_30, unsigned_yet = { .signed_on = DAY_NONE };

static int
clear(void **state)
{
	(void)state;
	arena_clear(&arena);
	signed_for_30 = (struct book_contract){ .signed_on = day_of(2022, 10, 17), .duration_months = 30 };
	return 0;
}

static void
check_days(const struct span *s, const char *days)
{
	struct span free = { .calendar = CALENDAR_FREE, .days = s->days };
	char text[SPAN_WORD];

	assert_string_equal(span_word(&free, text).s, days);
}

static void
a_word_is_a_period_and_is_written_back_as_the_same_word(void **state)
{
	static const char *const words[][2] = {
		{ "contract-1", "2022-10-17..2023-10-16" },
		{ "contract-2", "2023-10-17..2024-10-16" },
		{ "contract-3", "2024-10-17..2025-04-16" }, /* thirty months: the last is half a year */
		{ "civil-2023", "2023-01-01..2023-12-31" },
		{ "school-2023", "2023-09-01..2024-08-31" },
		{ "2024-02-29..2024-02-29", "2024-02-29..2024-02-29" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		char text[SPAN_WORD];
		struct span s;

		assert_null(span_parse(&arena, str_of(words[i][0]), &signed_for_30, &s));
		check_days(&s, words[i][1]);
		assert_string_equal(span_word(&s, text).s, words[i][0]);
	}
}

static void
a_word_that_is_none_is_refused_with_what_is_expected(void **state)
{
	static const char *const words[][2] = {
		{ "contract-0", "1 to 3" },
		{ "contract-4", "1 to 3" },
		{ "contract-01", "1 to 3" },
		{ "contract-", "1 to 3" },
		{ "civil-0999", "1900 to 2999" },
		{ "civil-3000", "1900 to 2999" },
		{ "school--2022", "1900 to 2999" },
		{ "", "contract-1" },
		{ "2022", "contract-1" },
		{ "2022-10-17", "contract-1" },
		{ "2022-10-17...2023-10-16", "contract-1" },
		{ "2022-10-17..2023-02-29", "contract-1" },
		{ "2023-10-17..2023-10-16", "before the last" },
	};
	struct span s;

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *expected = span_parse(&arena, str_of(words[i][0]), &signed_for_30, &s);

		if (expected == NULL || strstr(expected, words[i][1]) == NULL)
			fail_msg("%s: %s", words[i][0], expected == NULL ? "accepted" : expected);
	}
	assert_non_null(strstr(span_parse(&arena, S("contract-1"), &unsigned_yet, &s), "no date of signature"));
	assert_null(span_parse(&arena, S("civil-2023"), &unsigned_yet, &s));
}

static void
today_is_in_the_contract_year_in_progress(void **state)
{
	static const struct {
		int y, m, d, year;
	} days[] = { { 2021, 1, 1, 1 }, { 2022, 10, 17, 1 }, { 2023, 10, 16, 1 }, { 2023, 10, 17, 2 }, { 2025, 4, 16, 3 },
		{ 2030, 1, 1, 3 } };
	struct span s;

	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		s = span_today(&signed_for_30, day_of(days[i].y, days[i].m, days[i].d));
		assert_int_equal(s.calendar, CALENDAR_CONTRACT);
		assert_int_equal(s.year, days[i].year);
	}
	s = span_today(&unsigned_yet, day_of(2024, 5, 5));
	check_days(&s, "2024-01-01..2024-12-31");
}

static str
choices(const struct book_contract *c)
{
	struct buf list = { 0 };
	char text[SPAN_WORD];
	struct span *v;
	str out;
	int n;

	v = span_choices(&arena, c, day_of(2024, 8, 31), &n);
	for (int i = 0; i < n; i++) {
		buf_add(&list, span_word(&v[i], text));
		buf_char(&list, ' ');
	}
	out = str_dup(&arena, buf_str(&list));
	buf_release(&list);
	return out;
}

static void
a_contract_offers_every_year_that_it_touches(void **state)
{
	(void)state;
	assert_true(
	    str_is(choices(&signed_for_30), "contract-1 contract-2 contract-3 civil-2022 civil-2023 civil-2024 civil-2025 "
					    "school-2022 school-2023 school-2024 "));
	signed_for_30.duration_months = 0; /* not said: three years are usual */
	assert_true(str_starts(choices(&signed_for_30), S("contract-1 contract-2 contract-3 civil-2022")));
	assert_true(str_is(choices(&unsigned_yet), "civil-2024 school-2023 "));
}

static void
a_stretch_says_its_name_and_whether_it_is_a_year(void **state)
{
	static const struct {
		const char *word, *label;
		bool year;
	} spans[] = { { "contract-3", "Contract year 3", true }, { "school-2022", "School year 2022-2023", true },
		{ "civil-2022", "Civil year 2022", true }, { "2022-10-17..2023-10-16", "From 2022-10-17 to 2023-10-16", true },
		{ "2022-10-17..2023-10-17", "From 2022-10-17 to 2023-10-17", false },
		{ "2024-02-29..2025-02-27", "From 2024-02-29 to 2025-02-27", true } };
	struct span s;

	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		assert_null(span_parse(&arena, str_of(spans[i].word), &signed_for_30, &s));
		assert_string_equal(span_label(&arena, &s).s, spans[i].label);
		assert_true(str_starts(span_title(&arena, &s), str_of(spans[i].label)));
		assert_int_equal(span_is_year(&s), spans[i].year);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_word_is_a_period_and_is_written_back_as_the_same_word, clear),
		cmocka_unit_test_setup(a_word_that_is_none_is_refused_with_what_is_expected, clear),
		cmocka_unit_test_setup(today_is_in_the_contract_year_in_progress, clear),
		cmocka_unit_test_setup(a_contract_offers_every_year_that_it_touches, clear),
		cmocka_unit_test_setup(a_stretch_says_its_name_and_whether_it_is_a_year, clear),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_release(&arena);
	return failed;
}
