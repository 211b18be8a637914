/* The people of an action: places, requests, answers, who may; and hours as people type them. */
#include "app_case.h"

#include "base/moment.h"
#include "daily/enrol.h"
#include "web/req.h"

static void
hours_are_read_as_people_type_them(void **state)
{
	struct db_case *t = case_of(state);
	str left = get_file(&t->arena, source_path(t, "tests/cases/hours.tsv")), line;
	int n = 0;

	while ((line = str_cut(left, '\n', &left)).s != NULL) {
		str wanted = { 0 }, typed = str_cut(line, '\t', &wanted);
		int64_t minutes = str_is(wanted, "-") ? -1 : str_number(wanted).value, got;

		if (wanted.len == 0 || typed.s == NULL || (typed.len > 0 && *typed.s == '#'))
			continue;
		if ((got = hours_read(typed)) != minutes)
			fail_msg("%.*s: %lld instead of %lld", STR_ARG(typed), (long long)got, (long long)minutes);
		if (got >= 0 && hours_read(hours_written(&t->arena, got)) != got)
			fail_msg("%.*s does not come back", STR_ARG(typed));
		n++;
	}
	assert_true(n > 15);
}

static const char *const base[] = { "territories.csv", "ref,name,kind\nville,Ville,commune\n", "organisations.csv",
	"ref,name,category\nop,Operateur,charity\nautre,Autre,charity\n", "contracts.csv",
	"ref,territory_ref,kind,title,signed_on,duration_months\nc,ville,ctai,Contrat,2022-10-17,36\n", "priorities.csv",
	"ref,contract_ref,number,title\np,c,1,P\n", "axes.csv", "ref,priority_ref,number,title\nx,p,1,A\n", "sheets.csv",
	"ref,contract_ref,axis_ref,kind,number,title,audience,recording\nf,c,x,action,1.1,Fiche,newcomers,nominal\n",
	"actions.csv",
	"ref,sheet_ref,title,operator_ref,audience,capacity\na1,f,Atelier,op,newcomers,2\na2,f,Cours,autre,newcomers,\n",
	"people.csv",
	"ref,family_name,given_name,sex,birth_date\np1,Arasi,Ana,F,1990-01-01\np2,Balani,Bob,M,\np3,Coradi,Cyr,M,1995-05-05\np4,Duvani,Dia,F,2000-02-02\n",
	"statuses.csv",
	"person_ref,status,since,until\np1,refugee,2022-01-01,\np2,student,2022-01-01,\np3,worker,2020-01-01,2022-12-31\n",
	"enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on\ne1,a1,p1,active,2023-01-02\ne2,a1,p2,requested,2023-06-01\ne3,a1,p3,cancelled,2023-01-05\ne4,a1,p4,cancelled,2023-01-05\n",
	NULL };

static void
open_base(struct app_case *c, struct db_case *t)
{
	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "base", base));
	app_case_open(c, t);
	c->now_ms = case_epoch_ms;
}

static int64_t
key_of(struct db_case *t, enum entity_number e, const char *ref)
{
	int64_t key = 0;

	ok(entity_key_of_ref(t->db, 1, &entities[e], str_of(ref), &key));
	assert_true(key > 0);
	return key;
}

static const char *
place_of(struct db_case *t, const char *before, enum entity_number e, const char *ref)
{
	struct req r = { .arena = &t->arena };
	str key = key_short(r.arena, key_of(t, e, ref));

	return str_format(&t->arena, "%s%.*s", before, STR_ARG(key)).s;
}

static struct enrolment
stored(struct db_case *t, const char *ref)
{
	struct enrolment e;
	bool found;

	ok(entity_by_ref(t->db, 1, &entities[ENTITY_enrolments], str_of(ref), &t->arena, &e, &found));
	assert_true(found);
	return e;
}

static void
an_action_shows_its_people_to_those_who_carry_it_out(void **state)
{
	static const struct {
		const char *role, *of;
		int status;
	} cases[] = { { "coordinator", NULL, 200 }, { "manager", "op", 200 }, { "worker", "op", 200 }, { "worker", "autre", 404 },
		{ "state", NULL, 403 }, { "finance", NULL, 403 }, { "researcher", NULL, 403 }, { "partner", "op", 403 } };
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		app_refuses(&c, cases[i].status, "/actions/a1");
		if (cases[i].status != 200) {
			app_hides(&c, "Arasi");
			assert_int_not_equal(app_post(&c, "/actions/a1/inscriptions", "etape=inscrire"), 422);
			assert_int_not_equal(app_get(&c, place_of(t, "/inscriptions/", ENTITY_enrolments, "e2")), 200);
			continue;
		}
		app_shows(&c, "Arasi");
		app_shows(&c, "1 taken of 2");
		app_shows(&c, "1 request without an answer");
		app_shows(&c, "since 2022-01-01");
		app_shows(&c, "is not among the statuses that the contract counts");
		app_shows(&c, "ended on 2022-12-31");
		app_shows(&c, "No residence status is recorded");
		app_page(&c, "/actions/a1?voir=demandes");
		app_shows(&c, "Balani");
		app_hides(&c, "Arasi");
	}
	app_case_close(&c);
}

static void
several_are_enrolled_and_those_beyond_the_places_wait(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *chosen;

	open_base(&c, t);
	app_as(&c, "worker", "op");
	app_page(&c, "/actions/a1/inscriptions");
	assert_int_equal(app_post(&c, "/actions/a1/inscriptions", "etape=chercher&q=arasi"), 200);
	app_shows(&c, "is enrolled already");
	assert_int_equal(app_post(&c, "/actions/a1/inscriptions", "etape=inscrire"), 422);
	app_shows(&c, "Choose one person at least");
	app_shows(&c, "a request, or an enrolment");
	chosen = str_format(&t->arena,
	    "%s&%s&etape=inscrire&comme=inscription&heures=40&entered_on.d=1&entered_on.m=7&entered_on.y=2023",
	    place_of(t, "personne=", ENTITY_people, "p3"), place_of(t, "personne=", ENTITY_people, "p4"))
		     .s;
	assert_int_equal(app_post(&c, "/actions/a1/inscriptions", chosen), 422);
	app_shows(&c, "1 place is left");
	app_shows(&c, "On the waiting list");
	chosen = str_format(&t->arena, "%s&au_dela=attente", chosen).s;
	assert_int_equal(app_post(&c, "/actions/a1/inscriptions", chosen), 303);
	assert_string_equal(app_place(&c), "/actions/a1?fait=inscrits&n=1&a=1");
	app_page(&c, app_place(&c));
	app_shows(&c, "Enrolled: 1. Put on the waiting list: 1.");
	app_shows(&c, "2 taken of 2");
	app_shows(&c, "1 person waits");
	app_shows(&c, "40 h planned");
	assert_int_equal(app_post(&c, "/actions/a1/inscriptions", chosen), 422); /* both are in it now */
	app_shows(&c, "is on the waiting list");
	app_case_close(&c);
}

static void
a_request_is_answered_with_a_reason_where_it_is_refused(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *place, *version = "version=1&";

	open_base(&c, t);
	app_as(&c, "manager", "op");
	place = place_of(t, "/inscriptions/", ENTITY_enrolments, "e2");
	app_page(&c, place);
	assert_int_equal(app_post(&c, place, "version=1&reponse=refuser"), 422);
	app_shows(&c, "the reason, in a few words");
	assert_true(str_is(stored(t, "e2").state, "requested"));
	assert_int_equal(app_post(&c, place, "version=7&reponse=accepter"), 409);
	app_shows(&c, "nothing of yours is written");
	assert_int_equal(app_post(&c, place, "version=1&reponse=accepter&heures=beaucoup"), 422);
	app_shows(&c, "hours, such as 40");
	assert_int_equal(app_post(&c, place, str_format(&t->arena, "%sreponse=attente", version).s), 303);
	assert_int_equal(stored(t, "e2").waiting_since, moment_day(case_epoch_ms));
	app_page(&c, "/actions/a1?voir=demandes");
	app_shows(&c, "0 requests without an answer");
	assert_int_equal(app_post(&c, place, "version=2&reponse=refuser&reason=Trop+loin"), 303);
	assert_true(str_is(stored(t, "e2").state, "refused"));
	app_page(&c, "/actions/a1?voir=anciens");
	app_shows(&c, "Trop loin");
	assert_int_equal(app_post(&c, place, "version=3&reponse=accepter&group=Groupe+A&heures=12"), 303);
	assert_true(str_is(stored(t, "e2").state, "active"));
	assert_true(str_is(stored(t, "e2").group, "Groupe A"));
	assert_int_equal(stored(t, "e2").planned_minutes, 720);
	assert_int_equal(stored(t, "e2").reason.len, 0);
	app_case_close(&c);
}

static void
a_full_action_asks_before_it_takes_one_more(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *place;

	open_base(&c, t);
	app_as(&c, "coordinator", NULL);
	assert_int_equal(app_post(&c, "/actions/a1/places", "version=1&capacity=0"), 422);
	assert_int_equal(app_post(&c, "/actions/a1/places", "version=1&capacity=1"), 303);
	place = place_of(t, "/inscriptions/", ENTITY_enrolments, "e2");
	assert_int_equal(app_post(&c, place, "version=1&reponse=accepter"), 422);
	app_shows(&c, "The action has no place left");
	assert_true(str_is(stored(t, "e2").state, "requested"));
	assert_int_equal(app_post(&c, place, "version=1&reponse=accepter&au_dela=inscrire"), 303);
	app_page(&c, "/actions/a1");
	app_shows(&c, "more people than places");
	app_page(&c, place_of(t, "/personnes/", ENTITY_people, "p1"));
	app_shows(&c, "inscriptions/nouvelle");
	app_page(&c, str_format(&t->arena, "%s/inscriptions/nouvelle", place_of(t, "/personnes/", ENTITY_people, "p1")).s);
	app_shows(&c, "is in it already");
	app_shows(&c, "/actions/a2/inscriptions?personne=");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(hours_are_read_as_people_type_them),
		ON_BOTH(an_action_shows_its_people_to_those_who_carry_it_out),
		ON_BOTH(several_are_enrolled_and_those_beyond_the_places_wait),
		ON_BOTH(a_request_is_answered_with_a_reason_where_it_is_refused),
		ON_BOTH(a_full_action_asks_before_it_takes_one_more),
	};

	return cmocka_run_group_tests_name("enrol", tests, NULL, NULL);
}
