/* The directory of partners: who reads it, who keeps it up to date. */
#include "app_case.h"

static void
each_role_reads_the_directory(void **state)
{
	static const struct {
		const char *role, *of;
		int reads, writes;
	} cases[] = {
		{ "coordinator", NULL, 200, 200 },
		{ "finance", NULL, 200, 403 },
		{ "manager", "plie", 200, 403 }, /* plie's own: below */
		{ "worker", "plie", 200, 403 },
		{ "partner", "fit", 200, 403 },
		{ "state", NULL, 200, 403 },
		{ "researcher", NULL, 200, 403 },
		{ "observer", NULL, 200, 403 },
		{ "administrator", NULL, 200, 403 },
	};
	struct db_case *t = case_of(state);
	struct app_case c;

	with_contract(t);
	app_case_open(&c, t);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		app_refuses(&c, cases[i].reads, "/partenaires");
		app_shows(&c, "Plateforme Mobilité 63");
		app_refuses(&c, cases[i].reads, "/partenaires/fit");
		app_refuses(&c, cases[i].writes, "/partenaires/fit/contacts/nouveau");
		assert_int_equal(app_post(&c, "/partenaires/fit/contacts", "name=Planted"), cases[i].writes == 200 ? 303 : 403);
		app_page(&c, "/partenaires/fit");
	}
	app_shows(&c, "Planted"); /* once, by the coordinator */
	app_as(&c, "manager", "plie");
	app_page(&c, "/partenaires/plie/contacts/nouveau");
	app_page(&c, "/partenaires/plie");
	app_shows(&c, "Add a contact");
	app_page(&c, "/partenaires/fit");
	app_hides(&c, "Add a contact");
	app_case_close(&c);
}

static void
a_search_forgives_accents_and_says_what_it_found(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	with_contract(t);
	app_case_open(&c, t);
	app_as(&c, "partner", "fit");
	app_page(&c, "/partenaires?q=solidarite+SANT");
	app_shows(&c, "1 partner");
	app_shows(&c, "Solidarité Santé 63");
	app_hides(&c, "Plateforme Mobilité 63");
	app_page(&c, "/partenaires?q=mobilite");
	app_shows(&c, "Plateforme Mobilité 63");
	app_page(&c, "/partenaires?categorie=state");
	app_shows(&c, "DDETS");
	app_hides(&c, "Plateforme Mobilité 63");
	app_page(&c, "/partenaires?q=%3Cscript%3Ezz");
	app_shows(&c, "No partner is called that");
	app_hides(&c, "<script>");
	app_refuses(&c, 404, "/partenaires/nothing");
	app_case_close(&c);
}

static void
before_the_contract_the_directory_says_what_will_be_there(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	case_open(t, DB_CREATE);
	case_imported(
	    t, case_bundle(t, "place", (const char *[]){ "territories.csv", "ref,name,kind\nville,Ville,commune\n", NULL }));
	app_case_open(&c, t);
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/partenaires");
	app_shows(&c, "No organisation is recorded yet");
	app_case_close(&c);
}

/* The address of the only contact on a partner's page, "/partenaires/plie/contacts/...". */
static const char *
contact_place(struct app_case *c, const char *partner)
{
	const char *at, *end;

	app_page(c, str_format(&c->t->arena, "/partenaires/%s", partner).s);
	at = strstr(app_body(c), str_format(&c->t->arena, "href=\"/partenaires/%s/contacts/", partner).s);
	assert_non_null(at);
	at += strlen("href=\"");
	end = strchr(at, '"');
	return str_format(&c->t->arena, "%.*s", (int)(end - at), at).s;
}

static void
a_contact_is_added_changed_checked_and_ended(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *place;
	int64_t rows;

	with_contract(t);
	app_case_open(&c, t);
	app_as(&c, "manager", "plie");

	/* What is wrong is told at once, and what was typed is kept. */
	assert_int_equal(
	    app_post(&c, "/partenaires/plie/contacts", "name=&email=no+address&phone=04+73&languages=fran%C3%A7ais,+blabla"),
	    422);
	app_shows(&c, "There are 3 mistakes");
	app_shows(&c, "value=\"no address\"");
	app_shows(&c, "value=\"04 73\"");
	app_shows(&c, "value=\"français, blabla\"");
	app_shows(&c, "<title>Error: New contact");

	assert_int_equal(app_post(&c, "/partenaires/plie/contacts",
			     "name=Camille+Exemple&function=R%C3%A9f%C3%A9rente&phone=04+73+00+00+00&email=camille%40plie.example"
			     "&languages=fran%C3%A7ais%2C+arabe%2C+dari"),
	    303);
	assert_true(str_starts(str_of(app_place(&c)), S("/partenaires/plie?fait=ajoute&acte=")));
	app_page(&c, app_place(&c));
	app_shows(&c, "The contact is added.");
	app_shows(&c, "href=\"tel:0473000000\"");
	app_shows(&c, "href=\"mailto:camille@plie.example\"");
	app_shows(&c, "Speaks: French, Arabic, Persian");
	app_shows(&c, "checked on 2025-06-15");
	app_page(&c, "/partenaires");
	app_shows(&c, "04 73 00 00 00");

	place = contact_place(&c, "plie");
	app_page(&c, place);
	app_shows(&c, "value=\"Camille Exemple\"");
	app_shows(&c, "name=\"version\" value=\"1\"");
	assert_int_equal(app_post(&c, place, "version=1&name=Camille+Exemple&phone=04+73+11+11+11"), 303);
	app_page(&c, place);
	app_shows(&c, "04 73 11 11 11");
	app_shows(&c, "camille@plie.example"); /* a field that was not in the form keeps its value */

	/* Somebody else was quicker: both are shown, nothing is written. */
	assert_int_equal(app_post(&c, place, "version=1&name=Camille+Autre"), 409);
	app_shows(&c, "What you typed");
	app_shows(&c, "Camille Autre");
	app_shows(&c, "Camille Exemple");
	app_shows(&c, "name=\"version\" value=\"2\"");
	assert_int_equal(app_post(&c, place, "name=Camille+Autre"), 409);

	/* A year later. */
	c.now_ms += INT64_C(400) * 24 * hour_ms;
	app_as(&c, "manager", "plie");
	app_page(&c, "/partenaires");
	app_shows(&c, "checked on 2025-06-15: to check again");
	app_page(&c, "/");
	app_shows(&c, "1 contact not checked for a year");
	rows = case_journal_rows(t->db);
	assert_int_equal(app_post(&c, "/partenaires/plie/a-jour", ""), 303);
	assert_int_equal(case_journal_rows(t->db), rows + 1);
	app_page(&c, app_place(&c));
	app_shows(&c, "checked on 2026-07-20");
	app_page(&c, "/");
	app_hides(&c, "not checked for a year");

	assert_int_equal(app_post(&c, str_format(&t->arena, "%s/fin", place).s, ""), 303);
	app_page(&c, "/partenaires/plie");
	app_hides(&c, "Camille");
	app_refuses(&c, 404, place);
	assert_int_equal(app_post(&c, str_format(&t->arena, "%s/fin", place).s, ""), 404);
	app_case_close(&c);
}

/* A contact is reached through its own partner only, and by a form of one's own sign-in. */
static void
what_is_not_one_s_own_is_not_changed(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *place, *through;

	with_contract(t);
	app_case_open(&c, t);
	app_as(&c, "coordinator", NULL);
	assert_int_equal(app_post(&c, "/partenaires/fit/contacts", "name=Planted"), 303);
	place = contact_place(&c, "fit");
	through = str_format(&t->arena, "/partenaires/plie/contacts/%s", strrchr(place, '/') + 1).s;
	app_refuses(&c, 404, through);
	assert_int_equal(app_post(&c, through, "version=1&name=Changed"), 404);
	app_refuses(&c, 404, "/partenaires/plie/contacts/zzz");
	app_as(&c, "manager", "plie");
	app_refuses(&c, 403, place);
	app_refuses(&c, 404, through);
	app_hides(&c, "Planted");
	assert_int_equal(app_post(&c, place, "version=1&name=Changed"), 403);
	assert_int_equal(app_post(&c, through, "version=1&name=Changed"), 404);
	assert_int_equal(app_post(&c, str_format(&t->arena, "%s/fin", through).s, ""), 404);
	assert_int_equal(app_post(&c, "/partenaires/fit/a-jour", ""), 403);
	app_page(&c, "/partenaires/fit");
	app_shows(&c, "Planted");
	assert_int_equal(app_ask(&c,
			     &(struct request){ .method = METHOD_POST,
				 .content_type = S("application/x-www-form-urlencoded"),
				 .body = S("name=Forged&jeton=nothing") },
			     "/partenaires/plie/contacts"),
	    400);
	app_page(&c, "/partenaires/plie");
	app_hides(&c, "Forged");
	app_case_close(&c);
}

static void
who_may_sign_in_is_for_who_gives_accesses(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	with_contract(t);
	app_case_open(&c, t);
	app_as(&c, "worker", "plie");
	app_page(&c, "/partenaires/plie");
	app_hides(&c, "worker.plie@example.org");
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/partenaires/plie");
	app_hides(&c, "worker.plie@example.org");
	app_as(&c, "manager", "plie");
	app_page(&c, "/partenaires/plie");
	app_shows(&c, "worker.plie@example.org");
	app_page(&c, "/partenaires/fit");
	app_hides(&c, "People who may sign in");
	app_as(&c, "administrator", NULL);
	app_page(&c, "/partenaires/plie");
	app_shows(&c, "worker.plie@example.org");
	app_hides(&c, "administrator@example.org");
	app_page(&c, "/partenaires/fit");
	app_shows(&c, "Nobody of this organisation may sign in yet.");
	app_case_close(&c);
}

static void
an_organisation_is_added_and_changed(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *at, *undo;

	with_contract(t);
	app_case_open(&c, t);
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/partenaires/nouveau");
	assert_int_equal(app_post(&c, "/partenaires/nouveau", "name=&category="), 422);
	app_shows(&c, "href=\"#name\"");
	app_shows(&c, "href=\"#category\"");
	assert_int_equal(app_post(&c, "/partenaires/nouveau", "name=Zwplanted&category=charity"), 303);
	undo = str_format(&t->arena, "/annulations/%s", strstr(app_place(&c), "&acte=") + 6).s;
	at = str_z(&t->arena, str_cut(str_of(app_place(&c)), '?', &(str){ 0 }));
	app_page(&c, at);
	app_shows(&c, "Zwplanted");
	at = str_format(&t->arena, "%s/modifier", at).s;
	app_page(&c, at);
	assert_int_equal(app_post(&c, at, "version=7&name=Zwother"), 409);
	app_shows(&c, "Somebody changed this organisation");
	assert_int_equal(app_post(&c, at, "version=1&name=Zwother&siret=1"), 303);
	assert_int_equal(app_post(&c, undo, ""), 409); /* changed since */
	/* an operator's manager: its own, and not what it is */
	app_as(&c, "manager", "plie");
	app_refuses(&c, 403, "/partenaires/nouveau");
	assert_int_equal(app_post(&c, "/partenaires/nouveau", "name=Zwno&category=charity"), 403);
	app_refuses(&c, 403, at);
	app_page(&c, "/partenaires/plie/modifier");
	app_hides(&c, "name=\"category\"");
	assert_int_equal(app_post(&c, "/partenaires/plie/modifier", "version=1&name=PLIE&category=health"), 303);
	assert_int_equal(rows_of(t, "organisations where ref = 'plie' and name = 'PLIE' and category <> 'health'"), 1);
	app_as(&c, "worker", "plie");
	app_refuses(&c, 403, "/partenaires/plie/modifier");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(each_role_reads_the_directory),
		ON_SQLITE(a_search_forgives_accents_and_says_what_it_found),
		ON_SQLITE(before_the_contract_the_directory_says_what_will_be_there),
		ON_BOTH(a_contact_is_added_changed_checked_and_ended),
		ON_BOTH(what_is_not_one_s_own_is_not_changed),
		ON_BOTH(an_organisation_is_added_and_changed),
		ON_BOTH(who_may_sign_in_is_for_who_gives_accesses),
	};

	return cmocka_run_group_tests_name("partners_pages", tests, NULL, NULL);
}
