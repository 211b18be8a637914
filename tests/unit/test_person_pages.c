/* The pages of one person: who opens which file, what forms change and refuse, what the journal says of it. */
#include "app_case.h"
#include "web/req.h"

#define SECRET "9912345678"

static const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
	"ref,name,category\no1,First,charity\no2,Second,charity\n", "contracts.csv", "ref,territory_ref,kind,title\nc,v,ctai,C\n",
	"sheets.csv",
	"ref,contract_ref,kind,number,title,audience,recording\nf1,c,action,1.1,French,mixed,nominal\nf2,c,action,2,Jobs,mixed,nominal\n",
	"actions.csv", "ref,sheet_ref,title,operator_ref,audience\na1,f1,Lessons,o1,mixed\na2,f2,Coaching,o2,mixed\n",
	"people.csv",
	"ref,family_name,given_name,sex,birth_date,nationality,languages,household_ref,phone,agdref\n"
	"p1,Zwnoori,Zwzahra,F,2001-05-06,AF,fa;ps,m1,0611223344," SECRET "\n"
	"p2,Zwother,Zwali,M,,,,m1,,\n"
	"p3,Zwalone,Zwhidden,,1990,,,,,\n",
	"statuses.csv", "person_ref,status,since,until\np1,refugee,2022-03-02,\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on\ne1,a1,p1,active,2023-01-01\ne2,a2,p1,active,2024-01-01\ne3,a2,p3,active,2024-02-01\n"
	"e4,a1,p2,active,2024-02-01\n",
	"sessions.csv",
	"ref,action_ref,held_on,minutes,kind,theme,audience,state\ns1,a1,2023-01-10,90,workshop,,newcomers,held\n",
	"attendances.csv", "session_ref,person_ref,minutes\ns1,p1,90\n", NULL };

static const char *
place(struct app_case *c, const char *person, const char *end)
{
	int64_t id;

	ok(entity_key_of_ref(c->t->db, 1, &entities[ENTITY_people], str_of(person), &id));
	assert_true(id > 0);
	return str_format(&c->t->arena, "/personnes/%s%s", str_z(&c->t->arena, key_short(&c->t->arena, id)), end).s;
}

static void
begin(struct app_case *c, void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "people", files));
	app_case_open(c, t);
}

static void
hides_everybody(struct app_case *c)
{
	static const char *const planted[] = { "Zwnoori", "Zwzahra", "Zwother", "Zwali", "Zwalone", "Zwhidden", "0611223344" };

	for (size_t i = 0; i < sizeof planted / sizeof *planted; i++)
		app_hides(c, planted[i]);
}

/* The status of each role at its own person's pages and at somebody else's. */
static void
each_role_opens_its_own_people_alone(void **state)
{
	static const struct {
		const char *role, *of;
		int p1, p3;
	} cases[] = {
		{ "coordinator", NULL, 200, 200 },
		{ "manager", "o1", 200, 404 },
		{ "worker", "o1", 200, 404 },
		{ "worker", "o2", 200, 200 },
		{ "finance", NULL, 403, 403 },
		{ "partner", "o1", 403, 403 },
		{ "state", NULL, 403, 403 },
		{ "researcher", NULL, 403, 403 },
		{ "observer", NULL, 403, 403 },
		{ "administrator", NULL, 403, 403 },
	};
	static const char *const ends[] = { "", "/imprimer", "/lecteurs", "/identite", "/statuts", "/menage" };
	struct app_case c;

	begin(&c, state);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
			app_refuses(&c, cases[i].p1, place(&c, "p1", ends[k]));
			app_hides(&c, SECRET);
			app_hides(&c, "<title>Zw");
			if (cases[i].p1 != 200)
				hides_everybody(&c);
			app_refuses(&c, cases[i].p3, place(&c, "p3", ends[k]));
			if (cases[i].p3 != 200)
				hides_everybody(&c);
		}
		app_refuses(&c, cases[i].p1 == 200 ? 404 : 403, "/mon-dossier");
		assert_int_equal(app_post(&c, place(&c, "p3", "/identite"), "version=1&family_name=Zwalone"),
		    cases[i].p3 == 200 ? 303 : cases[i].p3);
		assert_int_equal(
		    app_post(&c, place(&c, "p3", "/menage"), "version=1&avec=zz"), cases[i].p3 == 200 ? 404 : cases[i].p3);
		assert_int_equal(app_post(&c, place(&c, "p3", "/agdref"), "motif=prefecture"), cases[i].p3);
	}
	app_case_close(&c);
}

static void
the_file_says_what_is_known_and_what_is_missing(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	app_page(&c, place(&c, "p1", ""));
	app_shows(&c, "Zwzahra Zwnoori</bdi></h1>");
	app_shows(&c, "<title>A person&#39;s file");
	app_shows(&c, "Persian, Pashto");
	app_shows(&c, "Refugee");
	app_shows(&c, "BPI");
	app_shows(&c, "Under 25");
	app_shows(&c, "Zwali Zwother");
	app_shows(&c, "Attended a session</strong>: Workshop, 1 h 30");
	app_shows(&c, "Coaching");
	app_page(&c, place(&c, "p3", ""));
	app_shows(&c, "/identite#sex");
	app_shows(&c, "/statuts#status");
	/* An organisation sees nothing of another's work. */
	app_as(&c, "worker", "o1");
	app_page(&c, place(&c, "p1", ""));
	app_shows(&c, "Lessons");
	app_hides(&c, "Coaching");
	app_page(&c, place(&c, "p1", "/imprimer"));
	app_shows(&c, "Printed on 2025-06-15");
	app_shows(&c, "Afghanistan");
	app_hides(&c, "Coaching");
	app_case_close(&c);
}

static void
reading_is_noted_and_shown(void **state)
{
	struct app_case c;
	int64_t rows;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	rows = case_journal_rows(c.t->db);
	app_page(&c, place(&c, "p1", ""));
	assert_int_equal(case_journal_rows(c.t->db), rows + 1);
	app_page(&c, place(&c, "p1", "/identite"));
	assert_int_equal(case_journal_rows(c.t->db), rows + 1); /* once a day */
	app_page(&c, place(&c, "p1", "/imprimer"));
	assert_int_equal(case_journal_rows(c.t->db), rows + 2);
	app_refuses(&c, 404, place(&c, "p3", ""));
	assert_int_equal(case_journal_rows(c.t->db), rows + 2);
	/* A form that comes back shows the file too. */
	assert_int_equal(app_post(&c, place(&c, "p2", "/identite"), "version=9&given_name=X"), 409);
	assert_int_equal(case_journal_rows(c.t->db), rows + 3);
	app_page(&c, place(&c, "p1", "/lecteurs"));
	app_shows(&c, "<strong><bdi>You</bdi></strong><p>Printed the file");
	app_as(&c, "coordinator", NULL);
	app_page(&c, place(&c, "p1", "/lecteurs"));
	app_shows(&c, "First (Operator&#39;s worker)");
	app_as(&c, "worker", "o2");
	app_page(&c, place(&c, "p1", "/lecteurs"));
	app_shows(&c, "Another organisation");
	app_hides(&c, "First (");
	app_case_close(&c);
}

static void
the_number_is_opened_with_a_reason(void **state)
{
	struct app_case c;
	int64_t rows;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	assert_int_equal(app_post(&c, place(&c, "p1", "/agdref"), ""), 422);
	app_hides(&c, SECRET);
	app_shows(&c, "href=\"#motif\"");
	assert_int_equal(app_post(&c, place(&c, "p1", "/agdref"), "motif=curious"), 422);
	app_hides(&c, SECRET);
	rows = case_journal_rows(c.t->db);
	assert_int_equal(app_post(&c, place(&c, "p1", "/agdref"), "motif=prefecture"), 200);
	app_shows(&c, SECRET);
	assert_int_equal(case_journal_rows(c.t->db), rows + 1);
	app_page(&c, place(&c, "p1", "/lecteurs"));
	app_shows(&c, "Opened the AGDREF number<small>To write to the prefecture or the OFII");
	app_hides(&c, SECRET);
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, place(&c, "p3", "/agdref"), "motif=prefecture"), 404);
	app_case_close(&c);
}

static void
an_identity_is_changed_and_its_faults_told_at_once(void **state)
{
	struct app_case c;
	const char *at;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	at = place(&c, "p1", "/identite");
	app_page(&c, at);
	app_shows(&c, "name=\"nationality\" value=\"Afghanistan\"");
	app_shows(&c, "name=\"version\" value=\"1\"");
	assert_int_equal(
	    app_post(&c, at,
		"version=1&given_name=Kept&nationality=nowhere&languages=martian&birth_date.d=31&birth_date.m=2&birth_date.y=1990"),
	    422);
	app_shows(&c, "There are 3 mistakes");
	app_shows(&c, "value=\"Kept\"");
	app_shows(&c, "value=\"nowhere\"");
	app_shows(&c, "<title>Error: Identity and statuses");
	/* What has the right form and cannot be: all of it at once. */
	assert_int_equal(
	    app_post(&c, at,
		"version=1&birth_date.d=&birth_date.m=&birth_date.y=2999&arrived_on.d=1&arrived_on.m=1&arrived_on.y=1790&phone=12"
		"&email=no+address&french_level=Z9"),
	    422);
	app_shows(&c, "There are 5 mistakes");
	app_shows(&c, "of somebody alive");
	app_shows(&c, "a telephone number, such as");
	app_shows(&c, "an e-mail address, such as");
	app_shows(&c, "a level of French: alpha");
	assert_int_equal(
	    app_post(&c, at,
		"version=1&given_name=Zwnew&nationality=syrienne&birth_date.d=3&birth_date.m=ao%C3%BBt&birth_date.y=1999"
		"&arrived_on.d=12%2F03%2F2021&arrived_on.m=&arrived_on.y=&agdref=1111111111"),
	    303);
	app_page(&c, place(&c, "p1", "/imprimer"));
	app_shows(&c, "Zwnew");
	app_shows(&c, "Syria");
	app_shows(&c, "1999-08-03");
	app_shows(&c, "2021-03-12");
	app_shows(&c, "0611223344"); /* not in the form: kept */
	assert_int_equal(app_post(&c, place(&c, "p1", "/agdref"), "motif=prefecture"), 200);
	app_shows(&c, SECRET);
	app_case_close(&c);
}

static void
a_stale_form_shows_both_and_each_field_is_chosen(void **state)
{
	struct app_case c;
	const char *at;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	at = place(&c, "p1", "/identite");
	assert_int_equal(app_post(&c, at, "version=1&given_name=Zwtheirs&commune=63113"), 303);
	assert_int_equal(app_post(&c, at, "version=1&given_name=Zwmine&commune=63014&phone=0600000000"), 409);
	app_shows(&c, "Zwmine");
	app_shows(&c, "Zwtheirs");
	app_shows(&c, "name=\"version\" value=\"2\"");
	app_shows(&c, "name=\"choisir\" value=\"given_name commune phone\"");
	app_shows(&c, "name=\"phone\" value=\"0600000000\"");
	app_hides(&c, "checked");
	/* Without a version it is stale too; without all the choices nothing is written. */
	assert_int_equal(app_post(&c, at, "given_name=Zwmine"), 409);
	assert_int_equal(
	    app_post(&c, at, "version=2&choisir=given_name+commune&choix.given_name=stored&given_name=Zwmine&commune=63014"),
	    422);
	assert_int_equal(
	    app_post(&c, at,
		"version=2&choisir=given_name+commune+phone&choix.given_name=stored&choix.commune=mine&choix.phone=mine"
		"&given_name=Zwmine&commune=63014&phone=0600000000"),
	    303);
	app_page(&c, place(&c, "p1", "/imprimer"));
	app_shows(&c, "Zwtheirs");
	app_shows(&c, "63014");
	app_shows(&c, "0600000000");
	app_hides(&c, "Zwmine");
	app_case_close(&c);
}

static void
statuses_are_added_changed_and_ended(void **state)
{
	struct app_case c;
	const char *at, *key;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	at = place(&c, "p1", "/statuts");
	app_page(&c, at);
	key = strstr(app_body(&c), "?statut=");
	assert_non_null(key);
	key = str_z(&c.t->arena, (str){ key + 8, strcspn(key + 8, "\"") });
	app_page(&c, str_format(&c.t->arena, "%s?fin=1&statut=%s", at, key).s);
	app_hides(&c, "name=\"since.d\"");
	app_shows(&c, "name=\"until.d\"");
	assert_int_equal(app_post(&c, at, ""), 422);
	app_shows(&c, "There are 2 mistakes");
	assert_int_equal(app_post(&c, at, "status=worker&since.d=2&since.m=3&since.y=2022"), 422); /* that day is taken */
	assert_int_equal(
	    app_post(&c, at, "status=worker&since.d=2&since.m=3&since.y=2024&until.d=1&until.m=1&until.y=2023"), 422);
	assert_int_equal(
	    app_post(&c, at, str_format(&c.t->arena, "version=1&fin=1&statut=%s&until.d=1&until.m=3&until.y=2024", key).s), 303);
	assert_int_equal(app_post(&c, at, "status=worker&since.d=2&since.m=3&since.y=2024"), 303);
	app_page(&c, at);
	app_shows(&c, "from 2022-03-02 to 2024-03-01");
	app_shows(&c, "since 2024-03-02");
	assert_int_equal(
	    app_post(&c, at, str_format(&c.t->arena, "version=1&statut=%s&status=refugee&until.d=&until.m=&until.y=", key).s),
	    409);
	app_shows(&c, "choix.until");
	/* A status is reached through its own person only. */
	assert_int_equal(
	    app_post(&c, place(&c, "p2", "/statuts"), str_format(&c.t->arena, "version=2&statut=%s&status=worker", key).s), 404);
	app_case_close(&c);
}

static void
households_are_joined_and_left(void **state)
{
	struct app_case c;
	const char *at, *other;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	at = place(&c, "p3", "/menage");
	other = strrchr(place(&c, "p1", ""), '/') + 1;
	app_page(&c, str_format(&c.t->arena, "%s?q=zwnoori", at).s);
	app_shows(&c, "1 person found");
	assert_int_equal(app_post(&c, at, str_format(&c.t->arena, "version=9&avec=%s", other).s), 409);
	assert_int_equal(app_post(&c, at, str_format(&c.t->arena, "version=1&avec=%s", other).s), 303);
	app_page(&c, app_place(&c));
	app_shows(&c, "They are one household now.");
	app_shows(&c, "Zwzahra");
	app_shows(&c, "Zwali");
	assert_int_equal(app_post(&c, at, "version=2&seul=1"), 303);
	app_page(&c, at);
	app_hides(&c, "Zwali");
	/* Nobody is joined, or found, beyond one's own people. */
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, place(&c, "p1", "/menage"),
			     str_format(&c.t->arena, "version=1&avec=%s", strrchr(place(&c, "p3", ""), '/') + 1).s),
	    404);
	app_page(&c, str_format(&c.t->arena, "%s?q=zwalone", place(&c, "p1", "/menage")).s);
	app_hides(&c, "Zwhidden");
	app_case_close(&c);
}

static void
somebody_new_is_asked_about_first(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "manager", "o1");
	app_page(&c, "/personnes/nouvelle");
	assert_int_equal(app_post(&c, "/personnes/nouvelle", "family_name=&birth_date.y=30"), 422);
	app_shows(&c, "There are 2 mistakes");
	assert_int_equal(app_post(&c, "/personnes/nouvelle", "family_name=zwnouri&given_name=Zwzahra&sex=F"), 200);
	app_shows(&c, "Is it one of these people?");
	app_shows(&c, "Zwzahra Zwnoori");
	app_shows(&c, "value=\"zwnouri\"");
	/* Of people beyond reach nothing is said. */
	assert_int_equal(app_post(&c, "/personnes/nouvelle", "family_name=Zwalone&given_name=Zwhidden"), 303);
	assert_int_equal(app_post(&c, "/personnes/nouvelle", "autre=1&family_name=zwnouri&given_name=Zwzahra&sex=F"), 303);
	app_page(&c, app_place(&c));
	app_shows(&c, "The person is added.");
	app_shows(&c, "Zwzahra zwnouri");
	app_as(&c, "worker", "o2");
	app_refuses(&c, 404, str_z(&c.t->arena, str_of(app_place(&c))));
	app_as(&c, "state", NULL);
	app_refuses(&c, 403, "/personnes/nouvelle");
	assert_int_equal(app_post(&c, "/personnes/nouvelle", "family_name=Planted"), 403);
	app_case_close(&c);
}

static void
a_beneficiary_reads_their_own_file(void **state)
{
	struct app_case c;
	int64_t rows;

	begin(&c, state);
	app_as(&c, "worker", "o2");
	app_page(&c, place(&c, "p1", ""));
	app_as(&c, "beneficiary", "p1");
	rows = case_journal_rows(c.t->db);
	app_page(&c, "/mon-dossier");
	assert_int_equal(case_journal_rows(c.t->db), rows);
	app_shows(&c, "Zwnoori");
	app_shows(&c, "Afghanistan");
	app_shows(&c, "Lessons");
	app_shows(&c, "Coaching");
	app_shows(&c, "Second (Operator&#39;s worker)");
	app_shows(&c, "1 other person");
	app_hides(&c, "Zwali");
	app_shows(&c, SECRET); /* all that is held on them */
	app_hides(&c, "Une Personne</strong>");
	app_refuses(&c, 303, place(&c, "p1", ""));
	assert_string_equal(app_place(&c), "/mon-dossier");
	app_refuses(&c, 404, place(&c, "p2", ""));
	app_refuses(&c, 404, place(&c, "p1", "/imprimer"));
	app_refuses(&c, 404, place(&c, "p2", "/lecteurs"));
	app_refuses(&c, 403, place(&c, "p1", "/identite"));
	app_page(&c, "/");
	app_shows(&c, "href=\"/mon-dossier\"");
	app_hides(&c, "href=\"/personnes\"");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(each_role_opens_its_own_people_alone),
		ON_BOTH(the_file_says_what_is_known_and_what_is_missing),
		ON_BOTH(reading_is_noted_and_shown),
		ON_BOTH(the_number_is_opened_with_a_reason),
		ON_BOTH(an_identity_is_changed_and_its_faults_told_at_once),
		ON_BOTH(a_stale_form_shows_both_and_each_field_is_chosen),
		ON_BOTH(statuses_are_added_changed_and_ended),
		ON_BOTH(households_are_joined_and_left),
		ON_BOTH(somebody_new_is_asked_about_first),
		ON_BOTH(a_beneficiary_reads_their_own_file),
	};

	return cmocka_run_group_tests_name("person_pages", tests, NULL, NULL);
}
