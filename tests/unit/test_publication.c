/* What is made public: prepared, released once, held against what was released before, and read without signing in. */
#include "app_case.h"

#include "model/model.h"
#include "web/req.h"

static const char year_1[] = "/publication?contrat=cf-ctai-2022&periode=contract-1";

static void
begin(struct app_case *c, struct db_case *t, int people)
{
	with_contract(t);
	with_demonstration(t, people);
	app_case_open(c, t);
	app_as(c, "coordinator", NULL);
}

/* Sends the form of the page that was shown last. */
static int
publish(struct app_case *c, const char *address, const char *threshold)
{
	static const char mark[] = "name=\"vu\" value=\"";
	str body = buf_str(&c->out.body);
	const char *at;

	app_page(c, address);
	body = buf_str(&c->out.body);
	at = memmem(body.s, body.len, mark, sizeof mark - 1);
	assert_non_null(at);
	return app_post(
	    c, address, str_format(&c->t->arena, "vu=%.16s%s%s", at + sizeof mark - 1, *threshold ? "&seuil=" : "", threshold).s);
}

static void
a_release_is_public_and_dated(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), 120);
	app_page(&c, "/donnees");
	app_shows(&c, "Nothing is public yet");
	app_page(&c, year_1);
	app_shows(&c, "What would be published");
	app_shows(&c, "value=\"11\"");
	assert_int_equal(publish(&c, year_1, ""), 303);
	app_page(&c, "/publication?contrat=cf-ctai-2022&periode=contract-1&fait=publie");
	app_shows(&c, "The figures are public.");
	app_shows(&c, "This period was published today.");
	c.token = (str){ 0 }; /* nobody is signed in */
	app_page(&c, "/donnees");
	app_shows(&c, "From 2022-10-17 to 2023-10-16");
	app_page(&c, "/donnees.csv");
	app_shows(&c, "city,contract,from,to,published_on,threshold,total,men");
	app_shows(&c, ",cf-ctai-2022,2022-10-17,2023-10-16,");
	app_case_close(&c);
}

static void
few_people_are_withheld_even_in_the_file(void **state)
{
	struct app_case c;
	str body;

	begin(&c, case_of(state), 6);
	assert_int_equal(publish(&c, year_1, "11"), 303);
	app_page(&c, "/donnees");
	app_shows(&c, "Nothing is published of this period");
	app_page(&c, "/donnees.csv");
	body = buf_str(&c.out.body);
	assert_true(str_ends(body, S(",11,,,,,,,,\n")));
	app_case_close(&c);
}

static void
what_was_not_seen_is_not_released(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), 120);
	app_page(&c, year_1);
	assert_int_equal(app_post(&c, year_1, "vu=0000000000000000&seuil=11"), 409);
	app_shows(&c, "Look again, then publish");
	assert_int_equal(publish(&c, year_1, "4"), 422);
	app_shows(&c, "Write a whole number from 5 to 1000.");
	app_shows(&c, "value=\"4\"");
	assert_int_equal(publish(&c, year_1, "eleven"), 422);
	app_page(&c, "/donnees");
	app_shows(&c, "Nothing is public yet");
	app_case_close(&c);
}

static void
the_threshold_is_chosen_once(void **state)
{
	struct app_case c;
	static const char year_2[] = "/publication?contrat=cf-ctai-2022&periode=civil-2023";

	begin(&c, case_of(state), 120);
	assert_int_equal(publish(&c, year_1, "11"), 303);
	app_page(&c, year_2);
	app_hides(&c, "name=\"seuil\"");
	assert_int_equal(publish(&c, year_2, "5"), 303);
	app_page(&c, "/donnees.csv");
	app_shows(&c, ",2023-01-01,2023-12-31,");
	app_hides(&c, ",5,");
	app_case_close(&c);
}

/* The figures of the released period stay what they were: a second release of it is of today's, held against the first. */
static void
a_period_is_released_once_a_day(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), 120);
	assert_int_equal(publish(&c, year_1, "11"), 303);
	assert_int_equal(app_post(&c, year_1, "vu=0000000000000000"), 409);
	c.now_ms += INT64_C(86400000) * 3;
	app_as(&c, "coordinator", NULL);
	assert_int_equal(publish(&c, year_1, ""), 303);
	app_case_close(&c);
}

static void
only_a_coordinator_publishes(void **state)
{
	static const char *const others[][2] = { { "state", NULL }, { "finance", NULL }, { "manager", "plie" },
		{ "observer", NULL }, { "administrator", NULL } };
	struct app_case c;

	begin(&c, case_of(state), 20);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		app_as(&c, others[i][0], others[i][1]);
		app_refuses(&c, 403, year_1);
		assert_int_equal(app_post(&c, year_1, "vu=0"), 403);
	}
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_release_is_public_and_dated),
		ON_BOTH(few_people_are_withheld_even_in_the_file),
		ON_BOTH(what_was_not_seen_is_not_released),
		ON_BOTH(the_threshold_is_chosen_once),
		ON_BOTH(a_period_is_released_once_a_day),
		ON_BOTH(only_a_coordinator_publishes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
