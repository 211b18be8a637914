/* Acts by their pages: who records which kind, what every kind asks, what is told of health, places of childcare, kinds that the
 * contract adds, and the exit with its follow-up. */
#include "app_case.h"
#include "daily/acts.h"
#include "web/req.h"

static const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
	"ref,name,category\no1,First,charity\no2,Second,charity\noh,Doctors,health\n", "contracts.csv",
	"ref,territory_ref,kind,title,signed_on,duration_months\nc,v,ctai,C,2024-10-17,36\n", "sheets.csv",
	"ref,contract_ref,kind,number,title,audience,recording\nf1,c,action,1.1,French,mixed,nominal\n"
	"f2,c,action,2,Jobs,mixed,nominal\nf3,c,action,3,Care,mixed,nominal\n",
	"actions.csv",
	"ref,sheet_ref,title,operator_ref,audience\na1,f1,Lessons,o1,mixed\na2,f2,Coaching,o2,mixed\na3,f3,Zwcare,oh,mixed\n",
	"people.csv", "ref,family_name,given_name,sex,birth_date\np1,Zwnoori,Zwzahra,F,2001-05-06\np2,Zwother,Zwali,M,1990\n",
	"statuses.csv", "person_ref,status,since\np1,refugee,2022-03-02\np2,refugee,2022-03-02\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on\ne1,a1,p1,active,2025-01-01\ne2,a2,p1,active,2025-01-01\n"
	"e3,a3,p1,active,2025-02-01\ne4,a1,p2,active,2025-02-01\n",
	"sheet_indicators.csv", "sheet_ref,indicator\nf1,3.2.durable\nf1,3.2.six_months\n", "childcare_places.csv",
	"action_ref,since,places,age_from,age_to\na1,2025-01-01,2,0,3\n", NULL };

static void
begin(struct app_case *c, void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "acts", files));
	app_case_open(c, t);
}

static const char *
key_of(struct app_case *c, enum entity_number kind, const char *ref)
{
	int64_t id;

	ok(entity_key_of_ref(c->t->db, 1, &entities[kind], str_of(ref), &id));
	assert_true(id > 0);
	return str_z(&c->t->arena, key_short(&c->t->arena, id));
}

static const char *
place(struct app_case *c, const char *person, const char *end)
{
	return str_format(&c->t->arena, "/personnes/%s/actes%s", key_of(c, ENTITY_people, person), end).s;
}

static const char *
path_of(struct app_case *c, const char *enrolment, const char *end)
{
	return str_format(&c->t->arena, "/inscriptions/%s/%s", key_of(c, ENTITY_enrolments, enrolment), end).s;
}

static void
each_role_records_in_its_own_actions_alone(void **state)
{
	static const struct {
		const char *role, *of;
		int list, form, p2, exit1, exit2;
	} cases[] = {
		{ "coordinator", NULL, 200, 200, 200, 200, 200 },
		{ "manager", "o1", 200, 200, 200, 200, 404 },
		{ "worker", "o2", 200, 200, 404, 404, 200 },
		{ "finance", NULL, 403, 403, 403, 403, 403 },
		{ "partner", "o1", 403, 403, 403, 403, 403 },
		{ "state", NULL, 403, 403, 403, 403, 403 },
		{ "researcher", NULL, 403, 403, 403, 403, 403 },
		{ "administrator", NULL, 403, 403, 403, 403, 403 },
	};
	struct app_case c;

	begin(&c, state);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		app_refuses(&c, cases[i].list, place(&c, "p1", ""));
		app_refuses(&c, cases[i].form, place(&c, "p1", "/nouveau"));
		app_refuses(&c, cases[i].p2, place(&c, "p2", "/nouveau"));
		app_refuses(&c, cases[i].exit1, path_of(&c, "e1", "sortie"));
		app_refuses(&c, cases[i].exit2, path_of(&c, "e2", "sortie"));
	}
	/* Not in another's action, whatever the form says. */
	app_as(&c, "worker", "o2");
	assert_int_equal(app_post(&c, place(&c, "p1", "/nouveau"), "action=a1&genre=diagnostic&on.d=1&on.m=6&on.y=2025"), 404);
	app_case_close(&c);
}

static void
an_act_is_recorded_with_its_answers_and_changed(void **state)
{
	struct app_case c;
	const char *edit;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	app_page(&c, place(&c, "p1", ""));
	app_shows(&c, "No act is recorded");
	app_page(&c, place(&c, "p1", "/nouveau"));
	app_shows(&c, "What was done?"); /* in the one action of theirs */
	app_page(&c, place(&c, "p1", "/nouveau?action=a1&genre=travel_aid"));
	app_shows(&c, "Kind of aid");
	app_shows(&c, "value=\"2025\""); /* today, and it shows */
	assert_int_equal(app_post(&c, place(&c, "p1", "/nouveau"),
			     "action=a1&genre=travel_aid&on.d=31&on.m=2&on.y=2025&x_amount=douze&i_minutes=60"),
	    422);
	app_shows(&c, "id=\"on-e\"");
	app_shows(&c, "id=\"x_amount-e\"");
	app_shows(&c, "id=\"i_languages-e\"");
	app_shows(&c, "douze");
	assert_int_equal(app_post(&c, place(&c, "p1", "/nouveau"),
			     "action=a1&genre=travel_aid&on.d=2&on.m=6&on.y=2025&quantity=2&x_aid=bicycle&x_amount=1 050,50"
			     "&i_languages=Dari&i_minutes=60"),
	    303);
	app_page(&c, app_place(&c));
	app_shows(&c, "The act is saved.");
	app_shows(&c, "Travel aid");
	app_shows(&c, "Kind of aid: Bicycle");
	app_shows(&c, "€1,050.50");
	app_shows(&c, "Interpreter: Persian (1 h)");
	edit = strstr(app_body(&c), "/actes/");
	for (const char *at = edit; at != NULL; at = strstr(at + 1, "/actes/")) {
		if (strncmp(at, "/actes/nouveau", 14) != 0)
			edit = at;
	}
	edit = str_z(&c.t->arena, str_cut(str_of(edit + 7), '"', &(str){ 0 }));
	edit = place(&c, "p1", str_format(&c.t->arena, "/%s", edit).s);
	app_page(&c, edit);
	app_shows(&c, "value=\"1050.5\"");
	assert_int_equal(app_post(&c, edit, "version=1&on.d=3&on.m=6&on.y=2025&quantity=&x_aid=ticket&x_amount="), 303);
	app_page(&c, place(&c, "p1", ""));
	app_shows(&c, "Kind of aid: Ticket");
	app_hides(&c, "Amount");
	/* From an older version: both are shown, nothing is lost. */
	assert_int_equal(app_post(&c, edit, "version=1&on.d=4&on.m=6&on.y=2025&quantity=7"), 409);
	app_shows(&c, "what is stored now");
	app_page(&c, place(&c, "p1", ""));
	app_hides(&c, "Quantity: 7");
	/* Taken out, with what it said; only as it was last seen. */
	assert_int_equal(app_post(&c, str_format(&c.t->arena, "%s/retrait", edit).s, "version=1"), 409);
	assert_int_equal(app_post(&c, str_format(&c.t->arena, "%s/retrait", edit).s, "version=2"), 303);
	app_page(&c, app_place(&c));
	app_shows(&c, "The act is removed.");
	app_shows(&c, "No act is recorded");
	app_refuses(&c, 404, edit);
	app_case_close(&c);
}

/* Every question of every kind makes a form. */
static void
every_kind_has_its_form(void **state)
{
	struct app_case c;
	struct act_kinds kinds;

	begin(&c, state);
	ok(act_kinds_read(c.t->db, &c.t->arena, 1, day_parse(S("2025-06-15")), &kinds));
	app_as(&c, "worker", "oh");
	for (size_t i = 0; i < kinds.n; i++) {
		app_page(
		    &c, place(&c, "p1", str_format(&c.t->arena, "/nouveau?action=a3&genre=%.*s", STR_ARG(kinds.v[i].code)).s));
		app_shows(&c, "Save the act");
		for (size_t k = 0; k < kinds.v[i].n; k++)
			app_shows(&c, str_format(&c.t->arena, "id=\"x_%.*s\"", STR_ARG(kinds.v[i].asks[k].field)).s);
	}
	app_case_close(&c);
}

static void
health_is_told_to_the_health_operator_and_nobody_else(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "oh");
	assert_int_equal(app_post(&c, place(&c, "p1", "/nouveau"),
			     "action=a3&genre=medical_consultation&on.d=2&on.m=6&on.y=2025&quantity=3&x_seen_by=psychologist"),
	    303);
	app_page(&c, place(&c, "p1", ""));
	app_shows(&c, "Medical consultation");
	app_shows(&c, "Psychologist");
	app_as(&c, "coordinator", NULL);
	app_page(&c, place(&c, "p1", ""));
	app_shows(&c, "Appointment");
	app_hides(&c, "Medical");
	app_hides(&c, "Psychologist");
	app_hides(&c, "Quantity: 3");
	/* The city's team records nothing of health either. */
	app_page(&c, place(&c, "p1", "/nouveau?action=a1"));
	app_hides(&c, "Medical");
	app_page(&c, place(&c, "p1", "/nouveau?action=a3"));
	app_hides(&c, "genre=");
	app_as(&c, "worker", "o1");
	app_page(&c, place(&c, "p1", ""));
	app_hides(&c, "<strong>Appointment");
	app_hides(&c, "Zwcare");
	app_case_close(&c);
}

static void
a_half_day_of_childcare_has_so_many_places(void **state)
{
	static const char morning[] = "action=a1&genre=childcare&on.d=2&on.m=6&on.y=2025&x_half_day=morning";
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, place(&c, "p1", "/nouveau"), morning), 303);
	assert_int_equal(app_post(&c, place(&c, "p2", "/nouveau"), morning), 303);
	assert_int_equal(app_post(&c, place(&c, "p2", "/nouveau"), morning), 422);
	app_shows(&c, "of its places, 0 are left");
	assert_int_equal(app_post(&c, place(&c, "p2", "/nouveau"),
			     "action=a1&genre=childcare&on.d=2&on.m=6&on.y=2025&x_half_day=afternoon&x_child_age=7"),
	    422);
	app_shows(&c, "an age of 3 years or less");
	assert_int_equal(app_post(&c, place(&c, "p2", "/nouveau"),
			     "action=a1&genre=childcare&on.d=2&on.m=6&on.y=2025&x_half_day=afternoon&x_child_age=2"),
	    303);
	app_case_close(&c);
}

static void
an_exit_plans_its_follow_up(void **state)
{
	struct app_case c;

	begin(&c, state);
	c.now_ms += INT64_C(200) * 86400000; /* 2026-01-01 */
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, path_of(&c, "e1", "sortie"), "version=1&left_on.d=1&left_on.m=2&left_on.y=2024"), 422);
	app_shows(&c, "id=\"left_on-e\"");
	app_shows(&c, "id=\"exit-e\"");
	assert_int_equal(
	    app_post(&c, path_of(&c, "e1", "sortie"),
		"version=1&left_on.d=15&left_on.m=6&left_on.y=2025&exit=employment&contract_kind=open_ended&contract_months="),
	    303);
	app_page(&c, app_place(&c));
	app_shows(&c, "The exit is saved.");
	app_page(&c, "/");
	app_shows(&c, "1 follow-up at six months");
	app_shows(&c, path_of(&c, "e1", "suivi"));
	app_page(&c, "/suivis?action=a1");
	app_shows(&c, "Zwzahra");
	assert_int_equal(app_post(&c, path_of(&c, "e1", "suivi"), "non_fait=1"), 422);
	app_shows(&c, "id=\"reason-e\"");
	assert_int_equal(app_post(&c, path_of(&c, "e1", "suivi"), "non_fait=1&reason=no_details"), 303);
	app_page(&c, app_place(&c));
	app_shows(&c, "Follow-up not done");
	app_page(&c, "/");
	app_hides(&c, "follow-up at six months");
	/* It is no follow-up for the figures. */
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/questionnaire.csv?periode=2025-01-01..2025-12-31");
	app_shows(&c, "sheet,f1,3.2.durable,total,,1,people,");
	app_shows(&c, "sheet,f1,3.2.six_months,total,,0,people,not_followed=1");
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, path_of(&c, "e1", "suivi"), "on.d=20&on.m=12&on.y=2025&situation=employment"), 303);
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/questionnaire.csv?periode=2025-01-01..2025-12-31");
	app_shows(&c, "sheet,f1,3.2.six_months,total,,1,people,not_followed=0");
	app_case_close(&c);
}

static void
an_exit_is_taken_back(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(
	    app_post(&c, path_of(&c, "e1", "sortie"),
		"version=1&left_on.d=1&left_on.m=6&left_on.y=2025&exit=dropped_out&contract_kind=fixed_term&contract_months=8"),
	    303);
	app_page(&c, path_of(&c, "e1", "sortie"));
	app_hides(&c, "value=\"8\""); /* no job: nothing of a contract */
	assert_int_equal(app_post(&c, path_of(&c, "e1", "sortie"), "version=1&exit=moved"), 409);
	assert_int_equal(app_post(&c, path_of(&c, "e1", "sortie"), "version=2&reprise=1"), 303);
	app_refuses(&c, 303, path_of(&c, "e1", "suivi"));
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(each_role_records_in_its_own_actions_alone),
		ON_BOTH(an_act_is_recorded_with_its_answers_and_changed),
		ON_BOTH(every_kind_has_its_form),
		ON_BOTH(health_is_told_to_the_health_operator_and_nobody_else),
		ON_BOTH(a_half_day_of_childcare_has_so_many_places),
		ON_BOTH(an_exit_plans_its_follow_up),
		ON_BOTH(an_exit_is_taken_back),
	};

	return cmocka_run_group_tests_name("acts", tests, NULL, NULL);
}
