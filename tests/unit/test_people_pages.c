/* The list of people and the search: who is found by whom, page by page, and no name in an address. */
#include "app_case.h"

static void
begin(struct app_case *c, void **state, const char *role, const char *of)
{
	struct db_case *t = case_of(state);

	with_contract(t);
	with_demonstration(t, 120);
	app_case_open(c, t);
	app_as(c, role, of);
}

static long
count(struct app_case *c)
{
	const char *at = strstr(app_body(c), "class=\"count\" role=\"status\">");

	return at == NULL ? 0 : strtol(at + strlen("class=\"count\" role=\"status\">"), NULL, 10);
}

/* Follows "Next" to the end: every row once, and as many as the page says. */
static void
the_pages_together_are_the_whole_list(void **state)
{
	struct app_case c;
	const char *address = "/personnes";
	long all, rows = 0;

	begin(&c, state, "coordinator", NULL);
	app_page(&c, address);
	all = count(&c);
	for (int page = 0; address != NULL && page < 10; page++) {
		const char *at = app_body(&c), *next;

		app_page(&c, address);
		for (at = app_body(&c); (at = strstr(at, "<li><a class=\"name\"")) != NULL; at++)
			rows++;
		next = strstr(app_body(&c), "\" rel=\"next\"");
		address = NULL;
		if (next != NULL) {
			const char *from = next;

			while (from[-1] != '"')
				from--;
			address = str_z(&c.t->arena, (str){ from, (size_t)(next - from) });
		}
	}
	assert_true(all > 100);
	assert_int_equal(rows, all);
	app_case_close(&c);
}

static void
an_operator_sees_its_own_people_only(void **state)
{
	struct app_case c;
	long all, own;

	begin(&c, state, "coordinator", NULL);
	app_page(&c, "/personnes");
	all = count(&c);
	app_page(&c, "/personnes?fiche=f11");
	app_shows(&c, "<bdi>Sheet: 1.1 Mobilité</bdi>");
	own = count(&c);
	app_as(&c, "worker", "plateforme-mobilite-63");
	app_page(&c, "/personnes");
	assert_int_equal(count(&c), own);
	assert_true(own > 0 && own < all);
	app_page(&c, "/personnes?fiche=f21"); /* others' people do not appear by a filter */
	assert_true(count(&c) <= own);
	app_case_close(&c);
}

static void
who_may_see_nobody_is_told_so(void **state)
{
	static const char *const roles[] = { "state", "finance", "researcher", "observer", "administrator" };
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		app_as(&c, roles[i], NULL);
		app_refuses(&c, 403, "/personnes");
		assert_int_equal(app_post(&c, "/personnes", "q=fictif"), 403);
		app_hides(&c, "-Fictif");
	}
	app_case_close(&c);
}

static void
people_are_found_by_what_is_typed(void **state)
{
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	assert_int_equal(app_post(&c, "/personnes", "q=fictif"), 200);
	app_shows(&c, "-Fictif");
	assert_int_equal(app_post(&c, "/personnes", "q=zzzzzz"), 200);
	app_shows(&c, "Nobody found");
	assert_int_equal(app_post(&c, "/personnes", "q=z"), 200);
	app_shows(&c, "two letters");
	assert_int_equal(app_post(&c, "/personnes", "q=%22%3E%3Cimg%20src%3Dx%3E"), 200);
	app_hides(&c, "<img");
	app_case_close(&c);
}

static void
filters_narrow_and_wrong_ones_are_said(void **state)
{
	struct app_case c;
	long all;

	begin(&c, state, "coordinator", NULL);
	app_page(&c, "/personnes");
	all = count(&c);
	app_page(&c, "/personnes?sexe=F");
	assert_true(count(&c) > 0 && count(&c) < all);
	app_page(&c, "/personnes?bpi=oui&moins-de-25=oui");
	assert_true(count(&c) < all);
	app_page(&c, "/personnes?sexe=nothing&statut=nothing&apres=zzzz");
	assert_int_equal(count(&c), all);
	app_refuses(&c, 404, "/personnes?fiche=nowhere");
	app_page(&c, "/personnes?menage=none-such");
	app_shows(&c, "One household");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(the_pages_together_are_the_whole_list),
		ON_BOTH(an_operator_sees_its_own_people_only),
		ON_BOTH(who_may_see_nobody_is_told_so),
		ON_BOTH(people_are_found_by_what_is_typed),
		ON_BOTH(filters_narrow_and_wrong_ones_are_said),
	};

	return cmocka_run_group_tests_name("people_pages", tests, NULL, NULL);
}
