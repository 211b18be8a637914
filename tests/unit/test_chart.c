/* The pictures of figures: what stands where, and that no word of anybody becomes markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "web/chart.h"

static struct arena arena;
static struct buf out;
static struct html html;

static int
setup(void **state)
{
	(void)state;
	html = (struct html){ .out = &out, .arena = &arena };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	buf_release(&out);
	arena_release(&arena);
	return 0;
}

static void
begin(void)
{
	buf_clear(&out);
}

static int
times(const char *what)
{
	int n = 0;

	buf_char(&out, '\0');
	for (const char *at = out.s; (at = strstr(at, what)) != NULL; at += strlen(what))
		n++;
	out.len--;
	return n;
}
/* So long that the bars are as short as they get: a quarter of the width. */
#define LONG "more words than a narrow screen has room for"
#define HAS(what) assert_int_equal(times(what), 1)
#define HAS_NOT(what) assert_int_equal(times(what), 0)

static void
bars_of(const struct chart_bar *v, size_t n, bool rtl)
{
	const struct chart c = { .id = "b", .title = S("Two of three sheets"), .rtl = rtl };

	begin();
	chart_bars(&html, &c, S("Achieved"), S("Planned"), v, n);
}

static void
bars_are_in_proportion_to_the_largest_value(void **state)
{
	const struct chart_bar v[] = { { S("Mobility"), 150, 300, S(LONG) }, { S("Care"), 75, -1, S("75") } };

	(void)state;
	bars_of(v, 2, false);
	HAS("<rect class=\"c1\" x=\"0.00%\" width=\"12.50%\"");
	HAS("<rect class=\"goal\" x=\"0.00%\" width=\"25.00%\"");
	HAS("<rect class=\"c1\" x=\"0.00%\" width=\"6.25%\"");
	HAS(">" LONG "</text>");
}

static void
bars_start_at_the_right_where_people_read_from_there(void **state)
{
	const struct chart_bar v[] = { { S("Mobility"), 150, 300, S(LONG) } };

	(void)state;
	bars_of(v, 1, true);
	HAS("<rect class=\"c1\" x=\"87.50%\" width=\"12.50%\"");
	HAS("dx=\"-8\" x=\"75.00%\"");
}

static void
a_value_beyond_its_objective_puts_the_words_after_both(void **state)
{
	const struct chart_bar v[] = { { S("Mobility"), 400, 300, S(LONG) } };

	(void)state;
	bars_of(v, 1, false);
	HAS("dx=\"8\" x=\"25.00%\">" LONG);
	assert_int_equal(times("width=\"18.75%\""), 2); /* the track and its outline */
}

static void
words_keep_room_after_the_longest_bar(void **state)
{
	const struct chart_bar v[] = { { S("Mobility"), 300, 300, S("1234567890") } };

	(void)state;
	bars_of(v, 1, false);
	HAS("dx=\"8\" x=\"66.56%\">1234567890"); /* eleven columns of 9 pixels on 296 */
}

static void
nothing_achieved_anywhere_draws_no_length(void **state)
{
	const struct chart_bar v[] = { { S("Mobility"), 0, -1, S("0") }, { S("Care"), INT64_MIN, INT64_MIN, S("not known") } };

	(void)state;
	bars_of(v, 2, false);
	HAS("<rect class=\"c1\" x=\"0.00%\" width=\"0.00%\"");
	HAS("not known");
}

static void
words_never_become_markup(void **state)
{
	const struct chart_bar v[] = { { S("<b>&\"'"), 1, 1, S("</text><script>") } };

	(void)state;
	bars_of(v, 1, false);
	HAS_NOT("<b>");
	HAS_NOT("<script");
	HAS("&lt;b&gt;&amp;");
}

static void
a_long_name_takes_several_lines_and_the_picture_grows(void **state)
{
	const struct chart_bar shorter[] = { { S("Mobility"), 1, 1, S("1") } };
	const struct chart_bar longer[] = { { S("Helping newcomers towards the trades that look for people"), 1, 1, S("1") } };

	(void)state;
	bars_of(shorter, 1, false);
	HAS("width=\"100%\" height=\"60\"");
	bars_of(longer, 1, false);
	HAS("width=\"100%\" height=\"80\"");
	HAS(">Helping newcomers towards the trades</text>");
	HAS(">that look for people</text>");
}

static void
a_word_without_end_stays_whole(void **state)
{
	const struct chart_bar v[] = { { S("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk am Ort"), 1, 1, S("1") } };

	(void)state;
	bars_of(v, 1, false);
	HAS(">Donaudampfschifffahrtselektrizitätenhauptbetriebswerk");
}

static void
parts_of_a_whole_touch_and_differ_by_pattern(void **state)
{
	const struct chart c = { .id = "s", .title = S("Half are women") };
	const str names[] = { S("Women"), S("Men"), S("Unknown") };
	const struct chart_stack v[] = { { S("Mobility"), { 50, 30, 20 }, S("50, 30, 20") },
		{ S("Care"), { 10, -1, 0 }, S("10") } };

	(void)state;
	begin();
	chart_stacks(&html, &c, names, 3, v, 2);
	HAS("<rect class=\"c1\" x=\"0.00%\" width=\"49.50%\"");
	HAS("<rect class=\"c2\" x=\"49.50%\" width=\"29.70%\"");
	HAS("<rect class=\"c3\" x=\"79.20%\" width=\"19.80%\"");
	HAS("<rect fill=\"url(#s-1)\" x=\"49.50%\"");
	HAS("<pattern id=\"s-2\"");
	HAS_NOT("<pattern id=\"s-0\"");
	HAS("<rect class=\"c1\" x=\"0.00%\" width=\"9.90%\"");
}

static void
a_line_is_interrupted_where_nothing_is_known(void **state)
{
	const struct chart c = { .id = "l", .title = S("More and more") };
	const struct chart_point v[] = { { S("Jan"), 10, S("10") }, { S("Feb"), INT64_MIN, S("") }, { S("Mar"), 20, S("20") },
		{ S("Apr"), 40, S("40") } };

	(void)state;
	begin();
	chart_line(&html, &c, v, 4, 40, S("Objective: 40"));
	assert_int_equal(times("class=\"dot\""), 3);
	HAS("class=\"ln\"");
	HAS("class=\"dash\" y1=\"34\" y2=\"34\"");
	HAS(">Feb</text>");
}

static void
a_long_time_shows_a_few_of_its_words_and_always_the_last(void **state)
{
	const struct chart c = { .id = "l", .title = S("Two years") };
	struct chart_point v[24];

	(void)state;
	for (int i = 0; i < 24; i++)
		v[i] = (struct chart_point){ str_format(&arena, "m%d", i), i, S("v") };
	begin();
	chart_line(&html, &c, v, 24, -1, S(""));
	assert_int_equal(times("class=\"k\""), 6);
	HAS(">m23</text>");
	HAS_NOT("class=\"dash\"");
}

static void
a_course_has_bars_and_points_that_do_not_cover_each_other(void **state)
{
	const struct chart c = { .id = "p", .title = S("A course") };
	const struct chart_span all = { 0, 1000 }, bar = { 500, 1000 };
	const int64_t days[] = { 0, 1, 2, 500, 1000 };
	const struct chart_lane v[] = { { S("Status"), S("since then"), &bar, 1, NULL, 0 },
		{ S("Sessions"), S("5"), NULL, 0, days, 5 } };
	const struct chart_tick ticks[] = { { 500, S("2023") } };

	(void)state;
	begin();
	chart_course(&html, &c, all, v, 2, ticks, 1);
	HAS("<rect class=\"c1\" x=\"50.00%\" width=\"49.00%\"");
	assert_int_equal(times("class=\"dot\""), 3); /* three of the first days are one */
	HAS(">since then</text>");
	HAS(">2023</text>");
}

static void
nothing_to_show_is_an_empty_picture(void **state)
{
	const struct chart c = { .id = "e", .title = S("Nothing yet") };

	(void)state;
	begin();
	chart_line(&html, &c, NULL, 0, -1, S(""));
	chart_bars(&html, &c, S("a"), S("b"), NULL, 0);
	assert_int_equal(times("</svg></figure>"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars_are_in_proportion_to_the_largest_value),
		cmocka_unit_test(bars_start_at_the_right_where_people_read_from_there),
		cmocka_unit_test(a_value_beyond_its_objective_puts_the_words_after_both),
		cmocka_unit_test(words_keep_room_after_the_longest_bar),
		cmocka_unit_test(nothing_achieved_anywhere_draws_no_length),
		cmocka_unit_test(words_never_become_markup),
		cmocka_unit_test(a_long_name_takes_several_lines_and_the_picture_grows),
		cmocka_unit_test(a_word_without_end_stays_whole),
		cmocka_unit_test(parts_of_a_whole_touch_and_differ_by_pattern),
		cmocka_unit_test(a_line_is_interrupted_where_nothing_is_known),
		cmocka_unit_test(a_long_time_shows_a_few_of_its_words_and_always_the_last),
		cmocka_unit_test(a_course_has_bars_and_points_that_do_not_cover_each_other),
		cmocka_unit_test(nothing_to_show_is_an_empty_picture),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
