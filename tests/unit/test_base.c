/* Dates, numbers and texts: what the parsers take, and what they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/csvout.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/set.h"

static void
refs_stand_in_the_order_in_which_people_read_them(void **state)
{
	static const char *const order[] = { "", "1.2", "1.10", "2", "10", "G", "p2", "p02b", "p10", "p10a", "p10b" };

	(void)state;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
			int c = str_natural(str_of(order[i]), str_of(order[k]));

			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
		}
	}
}

static void
a_date_must_exist(void **state)
{
	static const struct {
		const char *text;
		int y, m, d; /* 0: refused */
	} cases[] = {
		{ "2022-10-17", 2022, 10, 17 },
		{ "2024-02-29", 2024, 2, 29 },
		{ "2023-02-29", 0, 0, 0 },
		{ "2000-02-29", 2000, 2, 29 },
		{ "1900-02-29", 0, 0, 0 },
		{ "2022-13-01", 0, 0, 0 },
		{ "2022-00-10", 0, 0, 0 },
		{ "2022-04-31", 0, 0, 0 },
		{ "2022-1-7", 0, 0, 0 },
		{ "17/10/2022", 0, 0, 0 },
		{ "2022-10-17 ", 0, 0, 0 },
		{ "", 0, 0, 0 },
		{ "2022-10-1a", 0, 0, 0 },
		{ "0999-01-01", 0, 0, 0 },
		{ "9999-12-31", 9999, 12, 31 },
		{ "1000-01-01", 1000, 1, 1 },
		{ "-022-10-17", 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		day got = day_parse(str_of(cases[i].text));
		int y, m, d;
		char text[DAY_TEXT];

		if (cases[i].y == 0) {
			assert_int_equal(got, DAY_NONE);
			continue;
		}
		day_split(got, &y, &m, &d);
		assert_int_equal(y, cases[i].y);
		assert_int_equal(m, cases[i].m);
		assert_int_equal(d, cases[i].d);
		assert_true(str_is(day_text(got, text), cases[i].text));
	}
}

static void
every_day_of_four_centuries_goes_there_and_back(void **state)
{
	day previous = day_of(1799, 12, 31);

	(void)state;
	for (day d = previous + 1; d < day_of(2201, 1, 1); d++) {
		char text[DAY_TEXT];

		assert_int_equal(day_parse(day_text(d, text)), d);
	}
	assert_int_equal(day_of(1970, 1, 1), 0);
	assert_int_equal(day_of(2000, 3, 1) - day_of(2000, 2, 28), 2);
}

static void
missing_parts_of_a_partial_date_count_as_one(void **state)
{
	(void)state;
	assert_int_equal(day_parse_partial(S("1996")), day_of(1996, 1, 1));
	assert_int_equal(day_parse_partial(S("1996-07")), day_of(1996, 7, 1));
	assert_int_equal(day_parse_partial(S("1996-07-03")), day_of(1996, 7, 3));
	assert_int_equal(day_parse_partial(S("1996-7")), DAY_NONE);
	assert_int_equal(day_parse_partial(S("96")), DAY_NONE);
	assert_int_equal(day_parse_partial(S("1996-")), DAY_NONE);
}

static void
who_is_born_on_29_february_has_a_birthday_on_1_march_in_common_years(void **state)
{
	(void)state;
	assert_int_equal(day_birthday(day_of(2000, 2, 29), 25), day_of(2025, 3, 1));
	assert_int_equal(day_birthday(day_of(2000, 2, 29), 24), day_of(2024, 2, 29));
	assert_int_equal(day_birthday(day_of(1998, 1, 1), 25), day_of(2023, 1, 1));
}

static void
a_month_later_stays_in_its_month(void **state)
{
	(void)state;
	assert_int_equal(day_add_months(day_of(2022, 8, 31), 6), day_of(2023, 2, 28));
	assert_int_equal(day_add_months(day_of(2022, 10, 17), 36), day_of(2025, 10, 17));
	assert_int_equal(day_add_months(day_of(2022, 12, 15), 1), day_of(2023, 1, 15));
	assert_int_equal(day_add_months(day_of(2023, 1, 31), -2), day_of(2022, 11, 30));
	assert_int_equal(day_add_months(day_of(2023, 3, 31), -15), day_of(2021, 12, 31));
}

static void
numbers_are_digits_without_useless_zeros(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t value;
	} cases[] = {
		{ "0", true, 0 },
		{ "12", true, 12 },
		{ "-12", true, -12 },
		{ "007", false, 0 },
		{ "-0", false, 0 },
		{ "+1", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "1 000", false, 0 },
		{ "1e3", false, 0 },
		{ "999999999999999999", true, 999999999999999999 },
		{ "9999999999999999999", false, 0 },
		{ "12.0", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		number got = str_number(str_of(cases[i].text));

		assert_int_equal(got.ok, cases[i].ok);
		assert_int_equal(got.value, cases[i].value);
	}
}

static void
decimals_have_at_most_two_places(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t hundredths;
	} cases[] = {
		{ "12", true, 1200 },
		{ "12.5", true, 1250 },
		{ "12.50", true, 1250 },
		{ "12.05", true, 1205 },
		{ "12.", false, 0 },
		{ ".5", false, 0 },
		{ "12.505", false, 0 },
		{ "12,5", false, 0 },
		{ "-1", false, 0 },
		{ "1.-5", false, 0 },
		{ "", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		number got = decimal_parse(str_of(cases[i].text));

		assert_int_equal(got.ok, cases[i].ok);
		assert_int_equal(got.value, cases[i].hundredths);
	}
}

static void
a_length_in_months_compares_whatever_its_decimals(void **state)
{
	(void)state;
	assert_true(decimal_above(S("6.5"), 6));
	assert_true(decimal_above(S("6.001"), 6));
	assert_true(decimal_above(S("12"), 6));
	assert_false(decimal_above(S("6"), 6));
	assert_false(decimal_above(S("6.000"), 6));
	assert_false(decimal_above(S("5.999"), 6));
	assert_false(decimal_above(S(""), 6));
	assert_true(decimal_long(S("0.125")));
	assert_false(decimal_long(S("6.")));
	assert_false(decimal_long(S("-6.5")));
	assert_false(decimal_long(S("6,5")));
}

static void
ratios_round_half_up_exactly(void **state)
{
	(void)state;
	assert_int_equal(decimal_ratio(100, 60), 167); /* an hour and forty minutes */
	assert_int_equal(decimal_ratio(1, 200), 1);    /* half a hundredth goes up */
	assert_int_equal(decimal_ratio(49, 10000), 0);
	assert_int_equal(decimal_ratio(0, 7), 0);
	assert_int_equal(decimal_ratio(INT64_C(90000000000000000), 1), INT64_C(9000000000000000000));
}

static void
check_written(void (*write)(struct buf *, int64_t), int64_t value, const char *expected)
{
	struct buf b = { 0 };

	write(&b, value);
	assert_true(str_is(buf_str(&b), expected));
	buf_release(&b);
}

static void
amounts_are_written_for_files_and_for_people(void **state)
{
	struct buf b = { 0 };

	(void)state;
	check_written(decimal_short, 1250, "12.5");
	check_written(decimal_short, 300, "3");
	check_written(decimal_short, 5, "0.05");
	check_written(decimal_money, 25000, "250.00");
	check_written(decimal_money, -5, "-0.05");
	check_written(decimal_french_short, 123456789, "1\u202f234\u202f567,89");
	check_written(decimal_french_short, 100000, "1\u202f000");
	decimal_french(&b, 41042300, 2);
	assert_true(str_is(buf_str(&b), "410\u202f423,00"));
	buf_release(&b);
}

static void
utf8_without_overlong_forms_surrogates_or_nul(void **state)
{
	(void)state;
	assert_true(str_utf8(S("été, 漢字, ሀ, 😀")));
	assert_false(str_utf8(S("\xc3")));
	assert_false(str_utf8(S("\xe9t\xe9"))); /* Windows-1252 */
	assert_false(str_utf8(S("\xc0\x80")));
	assert_false(str_utf8(S("\xed\xa0\x80")));
	assert_false(str_utf8(S("\xf4\x90\x80\x80")));
	assert_false(str_utf8(S("a\0b")));
	assert_int_equal(str_width(S("e\u0301te")), 3);
}

static void
csv_cells_are_quoted_only_where_needed(void **state)
{
	struct buf b = { 0 };

	(void)state;
	csv_cell(&b, S("a b"), true);
	csv_cell(&b, S("a,b"), false);
	csv_cell(&b, S("say \"yes\""), false);
	csv_cell(&b, S("two\nlines"), false);
	csv_cell(&b, S(""), false);
	csv_cell(&b, S("a;b"), false);
	assert_true(str_is(buf_str(&b), "a b,\"a,b\",\"say \"\"yes\"\"\",\"two\nlines\",,a;b"));
	buf_release(&b);
}

static void
a_set_keeps_its_members_while_it_grows(void **state)
{
	struct set s = { 0 };

	(void)state;
	assert_false(set_has(&s, 7));
	for (uint64_t i = 0; i < 100000; i++)
		assert_true(set_add(&s, i * 0x9e3779b97f4a7c15u + 5));
	for (uint64_t i = 0; i < 100000; i++)
		assert_false(set_add(&s, i * 0x9e3779b97f4a7c15u + 5));
	assert_false(set_has(&s, 6));
	assert_int_equal(s.n, 100000);
	set_clear(&s);
}

static void
arena_memory_is_zeroed_aligned_and_reused(void **state)
{
	struct arena a = { 0 };
	char *big = arena_alloc(&a, 1 << 20);

	(void)state;
	assert_int_equal(big[(1 << 20) - 1], 0);
	memset(arena_alloc(&a, 100), 0xff, 100);
	arena_clear(&a);
	for (int i = 0; i < 1000; i++) {
		unsigned char *p = arena_alloc(&a, 33);

		assert_int_equal((uintptr_t)p % 16, 0);
		assert_int_equal(p[32], 0);
	}
	assert_true(a.total <= 128 * 1024);
	arena_release(&a);
}

static void
texts_that_look_like_formulas_are_marked_for_spreadsheets(void **state)
{
	static const struct {
		const char *csv, *desk;
	} cases[] = {
		{ "", "" },
		{ "a,b\nc,d\n", "a,b\nc,d\n" },
		{ "=1+1,b\n", "'=1+1,b\n" },
		{ "a,=1+1\n@x,+y\n", "a,'=1+1\n'@x,'+y\n" },
		{ "-12.50,+33 6 39 98 00 00,-\n", "-12.50,+33 6 39 98 00 00,'-\n" },
		{ "\"=a,\"\"b\"\"\",\"\n=c\"\n", "\"'=a,\"\"b\"\"\",\"\n=c\"\n" },
		{ "\"\tx\",\"\"\n-2+3", "\"'\tx\",\"\"\n'-2+3" },
		{ "a,\"", "a,\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf got = { 0 };

		csv_for_desk(str_of(cases[i].csv), &got);
		assert_int_equal(got.len, strlen(cases[i].desk));
		assert_memory_equal(got.s == NULL ? "" : got.s, cases[i].desk, got.len);
		buf_release(&got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refs_stand_in_the_order_in_which_people_read_them),
		cmocka_unit_test(a_date_must_exist),
		cmocka_unit_test(every_day_of_four_centuries_goes_there_and_back),
		cmocka_unit_test(missing_parts_of_a_partial_date_count_as_one),
		cmocka_unit_test(who_is_born_on_29_february_has_a_birthday_on_1_march_in_common_years),
		cmocka_unit_test(a_month_later_stays_in_its_month),
		cmocka_unit_test(numbers_are_digits_without_useless_zeros),
		cmocka_unit_test(decimals_have_at_most_two_places),
		cmocka_unit_test(a_length_in_months_compares_whatever_its_decimals),
		cmocka_unit_test(ratios_round_half_up_exactly),
		cmocka_unit_test(amounts_are_written_for_files_and_for_people),
		cmocka_unit_test(utf8_without_overlong_forms_surrogates_or_nul),
		cmocka_unit_test(csv_cells_are_quoted_only_where_needed),
		cmocka_unit_test(texts_that_look_like_formulas_are_marked_for_spreadsheets),
		cmocka_unit_test(a_set_keeps_its_members_while_it_grows),
		cmocka_unit_test(arena_memory_is_zeroed_aligned_and_reused),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
