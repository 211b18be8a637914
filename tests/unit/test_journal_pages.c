/* The journal on screen: who, what, why; never a value, and no name of those whose accesses one does not give. */
#include "app_case.h"

#include "web/req.h"

static void
begin(struct app_case *c, struct db_case *t, const char *role)
{
	with_city(t);
	app_case_open(c, t);
	app_as(c, "finance", NULL);
	app_as(c, role, NULL);
}

static const char *
with_key(struct app_case *c, const char *format, int64_t key)
{
	return str_format(&c->t->arena, format, str_z(&c->t->arena, key_short(&c->t->arena, key))).s;
}

static void
changes_are_told_without_their_values(void **state)
{
	struct app_case c;
	struct account a;

	begin(&c, case_of(state), "administrator");
	a = with_account(c.t, "a@example.org", "finance", NULL);
	assert_int_equal(app_post(&c, with_key(&c, "/acces/%s/modifier", a.record.id),
			     "version=1&name=Valeur&email=autre@example.org&role=state"),
	    303);
	app_page(&c, "/journal");
	app_shows(&c, "an access changed");
	app_shows(&c, "Account</a>, change: E-mail, Name, Role");
	app_shows(&c, with_key(&c, "/acces/%s", a.record.id));
	app_shows(&c, "Une Personne (Administrator)");
	app_shows(&c, "a sign-in");
	app_hides(&c, "autre@example.org");
	app_page(&c, "/journal.csv");
	app_shows(&c, ",update,\"email,name,role\"");
	app_case_close(&c);
}

static void
a_coordinator_reads_it_without_the_names_of_accounts(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "coordinator");
	app_page(&c, "/journal");
	app_shows(&c, "Finance officer");
	app_hides(&c, "Une Personne");
	app_hides(&c, "/acces/");
	app_shows(&c, with_key(&c, "/personnes/%s", id_of(c.t, ENTITY_people, "p1")));
	app_page(&c, "/journal.csv");
	app_hides(&c, "Une Personne");
	app_as(&c, "administrator", NULL);
	app_page(&c, "/journal");
	app_hides(&c, "/personnes/");
	app_as(&c, "manager", "op");
	app_refuses(&c, 403, "/journal");
	app_refuses(&c, 403, "/journal.csv");
	app_case_close(&c);
}

static void
it_is_narrowed(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "administrator");
	app_page(&c, "/journal?genre=people");
	app_shows(&c, "<strong>an import</strong>");
	app_hides(&c, "Organisation, addition");
	app_hides(&c, "<strong>a sign-in</strong>");
	app_page(&c, "/journal?motif=sign-in&acte=insert");
	app_shows(&c, "<strong>a sign-in</strong>");
	app_hides(&c, "Organisation, addition");
	app_page(&c, with_key(&c, "/journal?qui=%s", c.account.record.id));
	app_shows(&c, "<strong>a sign-in</strong>");
	app_hides(&c, "Finance officer)</bdi>");
	app_page(&c, "/journal?du=2031-01-01");
	app_shows(&c, "Nothing was written that answers to this");
	app_page(&c, "/journal?du=2024-01-01&au=2031-01-01");
	app_hides(&c, "Nothing was written");
	app_refuses(&c, 422, "/journal?du=hier");
	app_shows(&c, "a date such as");
	app_case_close(&c);
}

/* An attribute as the browser reads it. */
static const char *
address(struct app_case *c, const char *from, const char *end)
{
	struct buf b = { 0 };
	const char *plain;

	for (; from < end; from++) {
		buf_char(&b, *from);
		if (strncmp(from, "&amp;", 5) == 0)
			from += 4;
	}
	plain = str_z(&c->t->arena, buf_str(&b));
	buf_release(&b);
	return plain;
}

static void
it_goes_on_page_after_page(void **state)
{
	struct app_case c;
	const char *body, *at;
	int pages = 1;

	begin(&c, case_of(state), "administrator");
	for (int i = 0; i < 70; i++)
		app_as(&c, "finance", NULL);
	app_as(&c, "administrator", NULL);
	app_page(&c, "/journal?motif=sign-in");
	while ((body = app_body(&c), at = strstr(body, "rel=\"next\"")) != NULL && pages < 10) {
		const char *from = at;

		while (strncmp(from, "href=\"", 6) != 0)
			from--;
		app_page(&c, address(&c, from + 6, at - 2));
		pages++;
	}
	assert_int_equal(pages, 3);
	app_shows(&c, "The newest");
	app_case_close(&c);
}

static void
the_chain_is_verified(void **state)
{
	struct app_case c;
	const char *place;

	begin(&c, case_of(state), "coordinator");
	app_page(&c, "/journal");
	app_shows(&c, "not verified in the last 30 days");
	assert_int_equal(app_post(&c, "/journal/verification", ""), 303);
	place = app_place(&c);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, place);
	app_shows(&c, "The chain holds");
	app_page(&c, "/journal");
	app_shows(&c, "flag good");
	behind(c.t, "update journal set action = 'read' where seq = 1");
	assert_int_equal(app_post(&c, "/journal/verification", ""), 303);
	place = app_place(&c);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, place);
	app_shows(&c, "The chain is broken");
	app_page(&c, "/journal");
	app_shows(&c, "flag bad");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(changes_are_told_without_their_values),
		ON_BOTH(a_coordinator_reads_it_without_the_names_of_accounts),
		ON_BOTH(it_is_narrowed),
		ON_BOTH(it_goes_on_page_after_page),
		ON_BOTH(the_chain_is_verified),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
