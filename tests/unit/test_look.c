/* "Voir comme": the pages as another role sees them, which takes away and never gives. */
#include "app_case.h"

#include "web/req.h"

static void
begin(struct app_case *c, struct db_case *t, const char *role, const char *of)
{
	with_city(t);
	app_case_open(c, t);
	app_as(c, role, of);
}

static const char *
cookie_set(struct app_case *c)
{
	for (size_t i = 0; i < c->out.n; i++)
		if (str_starts(c->out.headers[i].value, S("vue=")))
			return str_z(&c->t->arena, c->out.headers[i].value);
	return "";
}

static void
a_coordinator_sees_the_pages_of_the_state(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "coordinator", NULL);
	app_page(&c, "/droits");
	app_shows(&c, "See as this role");
	assert_int_equal(app_post(&c, "/droits/voir-comme", "role=state&organisme="), 303);
	assert_non_null(strstr(cookie_set(&c), "vue=state."));
	assert_non_null(strstr(cookie_set(&c), "HttpOnly"));
	c.cookies = "; vue=state.0";
	app_page(&c, "/");
	app_shows(&c, "You see the pages as: State. Nothing can be changed.");
	app_refuses(&c, 403, "/partenaires/op/contacts/nouveau");
	app_refuses(&c, 403, "/journal");
	app_page(&c, "/droits");
	app_hides(&c, "See as this role");
	app_page(&c, "/compte");
	app_shows(&c, "Coordinator");
	assert_int_equal(app_post(&c, "/droits/fin", ""), 303);
	assert_non_null(strstr(cookie_set(&c), "Max-Age=0"));
	app_case_close(&c);
}

static void
nothing_is_changed_while_looking(void **state)
{
	struct app_case c;
	int64_t before;

	begin(&c, case_of(state), "administrator", NULL);
	before = case_journal_rows(c.t->db);
	c.cookies = "; vue=coordinator.0";
	assert_int_equal(app_post(&c, "/acces", "name=A&email=a@example.org&role=finance"), 403);
	assert_int_equal(app_post(&c, "/compte/connexions/fin", ""), 403);
	assert_int_equal(app_post(&c, "/langue", "langue=fr"), 403);
	assert_int_equal(app_post(&c, "/droits/voir-comme", "role=state"), 403);
	assert_int_equal(case_journal_rows(c.t->db), before);
	app_refuses(&c, 403, "/acces"); /* the other role does not reach it */
	assert_int_equal(app_post(&c, "/deconnexion", ""), 303);
	app_case_close(&c);
}

static void
it_gives_nothing_that_one_has_not(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "administrator", NULL);
	c.cookies = "; vue=coordinator.0";
	app_refuses(&c, 403, "/contrat");
	app_as(&c, "finance", NULL); /* whoever may not look stays who they are */
	c.cookies = "; vue=coordinator.0";
	app_page(&c, "/");
	app_hides(&c, "You see the pages as");
	app_refuses(&c, 403, "/partenaires/op/contacts/nouveau");
	assert_int_equal(app_post(&c, "/droits/voir-comme", "role=coordinator"), 403);
	app_case_close(&c);
}

static void
an_operators_pages_are_those_of_one_organisation(void **state)
{
	struct app_case c;
	str key;

	begin(&c, case_of(state), "coordinator", NULL);
	key = key_short(&c.t->arena, id_of(c.t, ENTITY_organisations, "op"));
	c.cookies = str_format(&c.t->arena, "; vue=worker.%.*s", STR_ARG(key)).s;
	app_page(&c, "/partenaires");
	app_shows(&c, "worker, Operateur. Nothing can be changed.");
	assert_int_not_equal(app_get(&c, "/questionnaire"), 403);
	c.cookies = "; vue=worker.0";
	app_refuses(&c, 403, "/questionnaire");
	c.cookies = "; vue=beneficiary.0";
	app_refuses(&c, 403, "/partenaires");
	c.cookies = "; vue=chef.0";
	app_page(&c, "/partenaires");
	app_hides(&c, "You see the pages as");
	c.cookies = "; vue=beneficiary.0; vue=worker.0";
	app_page(&c, "/partenaires"); /* sent twice: not believed */
	app_hides(&c, "You see the pages as");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_coordinator_sees_the_pages_of_the_state),
		ON_BOTH(nothing_is_changed_while_looking),
		ON_BOTH(it_gives_nothing_that_one_has_not),
		ON_BOTH(an_operators_pages_are_those_of_one_organisation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
