#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/moment.h"

static void
a_moment_is_written_and_read_back(void **state)
{
	struct arena a = { 0 };
	static const int64_t moments[] = { 0, 1, 999, 1709251199999, 1769860800123, 4102444799999 };

	(void)state;
	for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++)
		assert_int_equal(moment_parse(moment_text(&a, moments[i])), moments[i]);
	assert_true(str_is(moment_text(&a, 1709251199999), "2024-02-29T23:59:59.999Z"));
	arena_release(&a);
}

static void
what_is_not_a_moment_is_refused(void **state)
{
	static const char *const wrong[] = { "", "yesterday", "2024-02-30T00:00:00.000Z", "2024-02-29 23:59:59.999Z",
		"2024-02-29T23:59:59Z", "2024-02-29T2x:59:59.999Z", "2024-02-29T23:59:59.9x9Z", "2024-02-29T23:59:59.999+" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(moment_parse(str_of(wrong[i])), -1);
}

static void
a_day_begins_where_the_users_are(void **state)
{
	(void)state;
	setenv("TZ", "Europe/Paris", 1);
	tzset();
	assert_int_equal(moment_day(1709247600000 - 1), day_of(2024, 2, 29)); /* 22:59:59.999 UTC, a millisecond to midnight */
	assert_int_equal(moment_day(1709247600000), day_of(2024, 3, 1));
	setenv("TZ", "UTC", 1);
	tzset();
	assert_int_equal(moment_day(1709247600000), day_of(2024, 2, 29));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moment_is_written_and_read_back),
		cmocka_unit_test(what_is_not_a_moment_is_refused),
		cmocka_unit_test(a_day_begins_where_the_users_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
