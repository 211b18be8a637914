/* Pieces that many pages show: what they say at the edges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "views.h"
#include "web/parts.h"

static struct arena arena;
static struct buf out;
static struct html html = { .out = &out, .arena = &arena };

static const char *
written(void)
{
	buf_char(&out, '\0');
	return out.s;
}

static int
clear(void **state)
{
	(void)state;
	buf_clear(&out);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	buf_release(&out);
	arena_release(&arena);
	return 0;
}

static void
a_delay_is_told_in_days(void **state)
{
	const day today = day_of(2023, 6, 14);
	static const struct {
		int days;
		const char *says, *looks;
	} cases[] = { { -1500, ">4 years late<", "bad" }, { -730, ">2 years late<", "bad" }, { -729, ">24 months late<", "bad" },
		{ -60, ">2 months late<", "bad" }, { -59, ">59 days late<", "bad" }, { -3, ">3 days late<", "bad" },
		{ -1, ">1 day late<", "bad" }, { 0, ">today<", "warn" }, { 1, ">in 1 day<", "warn" },
		{ 7, ">in 7 days<", "warn" }, { 8, ">by ", "info" } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		part_delay(&html, today + cases[i].days, today);
		assert_non_null(strstr(written(), cases[i].says));
		assert_non_null(strstr(out.s, cases[i].looks));
	}
}

static void
no_day_is_no_delay(void **state)
{
	(void)state;
	part_delay(&html, DAY_NONE, day_of(2023, 6, 14));
	assert_non_null(strstr(written(), "<span class=\"flag\">no date</span>"));
	buf_clear(&out);
	part_delay(&html, DAY_FOREVER, day_of(2023, 6, 14));
	assert_non_null(strstr(written(), "<span class=\"flag\">no date</span>"));
}

static void
a_list_of_one_page_has_no_pages(void **state)
{
	(void)state;
	part_paging(&html, &(struct paging){ .page = 1, .pages = 1 });
	assert_string_equal(written(), "");
}

static void
the_first_page_leads_on_and_not_back(void **state)
{
	(void)state;
	part_paging(&html, &(struct paging){ .after = S("/personnes?page=2&q=a"), .page = 1, .pages = 14 });
	assert_non_null(strstr(written(), "Page 1 of 14"));
	assert_non_null(strstr(out.s, "href=\"/personnes?page=2&amp;q=a\""));
	assert_null(strstr(out.s, "Previous"));
}

static void
an_empty_place_that_one_may_not_fill_has_no_button(void **state)
{
	(void)state;
	part_empty(&html, "Sessions", "None yet.", NULL, (str){ 0 });
	assert_null(strstr(written(), "<a"));
}

static void
a_figure_without_records_to_show_is_no_link(void **state)
{
	(void)state;
	part_pair(&html, S("300"), S("212"), (str){ 0 });
	assert_null(strstr(written(), "<a"));
	assert_non_null(strstr(out.s, "<dd>212</dd>"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_delay_is_told_in_days, clear),
		cmocka_unit_test_setup(no_day_is_no_delay, clear),
		cmocka_unit_test_setup(a_list_of_one_page_has_no_pages, clear),
		cmocka_unit_test_setup(the_first_page_leads_on_and_not_back, clear),
		cmocka_unit_test_setup(an_empty_place_that_one_may_not_fill_has_no_button, clear),
		cmocka_unit_test_setup(a_figure_without_records_to_show_is_no_link, clear),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
