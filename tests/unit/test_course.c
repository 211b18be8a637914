/* Levels, obstacles, goals and notes by their pages, and the kinds of act that a coordinator adds: who writes, who reads, what the
 * figures make of it. */
#include "app_case.h"
#include "web/req.h"

static const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
	"ref,name,category\no1,First,charity\no2,Second,charity\noh,Doctors,health\n", "contracts.csv",
	"ref,territory_ref,kind,title,signed_on,duration_months\nc,v,ctai,C,2024-10-17,36\n", "sheets.csv",
	"ref,contract_ref,kind,number,title,audience,recording\nf1,c,action,1.1,French,mixed,nominal\n"
	"f2,c,action,2,Jobs,mixed,nominal\nf3,c,action,3,Care,mixed,nominal\n",
	"actions.csv",
	"ref,sheet_ref,title,operator_ref,audience\na1,f1,Lessons,o1,mixed\na2,f2,Coaching,o2,mixed\na3,f3,Care,oh,mixed\n",
	"people.csv", "ref,family_name,given_name,sex,birth_date\np1,Zwnoori,Zwzahra,F,2001-05-06\np2,Zwother,Zwali,M,1990\n",
	"statuses.csv", "person_ref,status,since\np1,refugee,2022-03-02\np2,refugee,2022-03-02\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on\ne1,a1,p1,active,2025-01-01\ne2,a2,p1,active,2025-01-01\n"
	"e3,a3,p1,active,2025-02-01\ne4,a1,p2,active,2025-02-01\n",
	NULL };

static void
begin(struct app_case *c, void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "course", files));
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
	return str_format(&c->t->arena, "/personnes/%s%s%s", key_of(c, ENTITY_people, person), *end == '?' ? "" : "/", end).s;
}

/* What stands between begins and the next quote of the page. */
static const char *
found_after(struct app_case *c, const char *begins)
{
	const char *at = strstr(app_body(c), begins);

	if (at == NULL)
		fail_msg("%s is not there:\n%s", begins, app_body(c));
	return str_z(&c->t->arena, str_cut(str_of(at + strlen(begins)), '"', &(str){ 0 }));
}

static void
only_who_sees_a_person_reads_and_writes_their_course(void **state)
{
	static const struct {
		const char *role, *of;
		int p1, p2, notes;
	} cases[] = {
		{ "coordinator", NULL, 200, 200, 200 },
		{ "manager", "o1", 200, 200, 200 },
		{ "worker", "o2", 200, 404, 200 },
		{ "finance", NULL, 403, 403, 403 },
		{ "partner", "o1", 403, 403, 403 },
		{ "state", NULL, 403, 403, 403 },
		{ "researcher", NULL, 403, 403, 403 },
		{ "administrator", NULL, 403, 403, 403 },
	};
	struct app_case c;

	begin(&c, state);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		app_refuses(&c, cases[i].p1, place(&c, "p1", "niveaux"));
		app_refuses(&c, cases[i].p2, place(&c, "p2", "freins"));
		app_refuses(&c, cases[i].p2, place(&c, "p2", "objectifs"));
		app_refuses(&c, cases[i].notes, place(&c, "p1", "notes"));
	}
	app_as(&c, "worker", "o2");
	assert_int_equal(app_post(&c, place(&c, "p2", "freins"), "domain=rights&rating=2&on.d=1&on.m=6&on.y=2025"), 404);
	assert_int_equal(app_post(&c, place(&c, "p2", "notes"), "text=x&audience=team&on.d=1&on.m=6&on.y=2025"), 404);
	app_refuses(&c, 403, "/actes/genres");
	app_case_close(&c);
}

static void
a_level_is_recorded_with_its_skills_and_corrected(void **state)
{
	struct app_case c;
	const char *entry, *e2;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	entry =
	    str_format(&c.t->arena, "enrolment=%s&moment=entry&on.d=2&on.m=1&on.y=2025", key_of(&c, ENTITY_enrolments, "e1")).s;
	assert_int_equal(app_post(&c, place(&c, "p1", "niveaux"), entry), 422);
	app_shows(&c, "id=\"level-e\"");
	assert_int_equal(
	    app_post(&c, place(&c, "p1", "niveaux"), str_format(&c.t->arena, "%s&level=A0&speaking=A1&writing=alpha", entry).s),
	    303);
	assert_int_equal(
	    app_post(&c, place(&c, "p1", "niveaux"), str_format(&c.t->arena, "%s&level=A1.1&speaking=A1.1", entry).s), 303);
	e2 = str_format(
	    &c.t->arena, "enrolment=%s&moment=exit&on.d=2&on.m=6&on.y=2025&level=A2", key_of(&c, ENTITY_enrolments, "e1"))
		 .s;
	assert_int_equal(app_post(&c, place(&c, "p1", "niveaux"), e2), 303);
	app_page(&c, place(&c, "p1", "niveaux"));
	app_shows(&c, "From A1.1 to A2");
	app_shows(&c, "<td>A1.1</td><td class=\"n none\">"); /* corrected; listening was not assessed */
	app_hides(&c, "<td>A0</td>");
	/* Not in another's enrolment. */
	e2 = str_format(
	    &c.t->arena, "enrolment=%s&moment=exit&on.d=2&on.m=6&on.y=2025&level=A2", key_of(&c, ENTITY_enrolments, "e2"))
		 .s;
	assert_int_equal(app_post(&c, place(&c, "p1", "niveaux"), e2), 404);
	app_case_close(&c);
}

static void
health_weighs_for_who_rated_it_alone(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "oh");
	assert_int_equal(app_post(&c, place(&c, "p1", "freins"), "domain=health&rating=3&on.d=1&on.m=3&on.y=2025"), 303);
	assert_int_equal(app_post(&c, place(&c, "p1", "freins"), "domain=health&rating=4&on.d=1&on.m=6&on.y=2025"), 303);
	app_page(&c, place(&c, "p1", "freins"));
	app_shows(&c, "<td>Blocks everything</td>");
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, place(&c, "p1", "freins"), "domain=mobility&rating=4&on.d=1&on.m=3&on.y=2025"), 303);
	assert_int_equal(app_post(&c, place(&c, "p1", "freins"), "domain=mobility&rating=1&on.d=1&on.m=6&on.y=2025"), 303);
	assert_int_equal(app_post(&c, place(&c, "p1", "freins"), "domain=mobility&rating=9&on.d=1&on.m=6&on.y=2026"), 422);
	app_page(&c, place(&c, "p1", "freins"));
	app_shows(&c, "1 obstacle weighs less");
	app_shows(&c, "Blocks everything, then Slight obstacle");
	app_hides(&c, "Doctors");
	app_as(&c, "coordinator", NULL);
	app_page(&c, place(&c, "p1", "freins"));
	app_shows(&c, "Rated; only who cares");
	app_shows(&c, "<td>Slight obstacle</td>");
	app_hides(&c, "<td>Serious obstacle</td>"); /* what was said of health */
	app_as(&c, "beneficiary", "p1");
	app_page(&c, "/mon-dossier");
	app_shows(&c, "<td>Serious obstacle</td>");
	app_case_close(&c);
}

static void
a_goal_has_steps_that_fall_due(void **state)
{
	struct app_case c;
	const char *goal, *step;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, place(&c, "p1", "objectifs"), "title="), 422);
	assert_int_equal(app_post(&c, place(&c, "p1", "objectifs"), "title=Zwdrive&due_on.d=1&due_on.m=12&due_on.y=2025"), 303);
	app_page(&c, place(&c, "p1", "objectifs"));
	goal = found_after(&c, "objectifs?objectif=");
	goal = str_z(&c.t->arena, str_cut(str_of(goal), '#', &(str){ 0 }));
	goal = place(&c, "p1", str_format(&c.t->arena, "objectifs/%s", goal).s);
	assert_int_equal(app_post(&c, goal, "what=Zwcode&who=partner&due_on.d=10&due_on.m=6&due_on.y=2025"), 422);
	app_shows(&c, "the partner who does it");
	assert_int_equal(app_post(&c, goal, "what=Zwcode&who=organisation&due_on.d=10&due_on.m=6&due_on.y=2025"), 303);
	app_page(&c, "/");
	app_shows(&c, "1 step of a goal to be done");
	app_page(&c, "/etapes");
	app_shows(&c, "Zwcode");
	app_as(&c, "worker", "o2"); /* not theirs */
	app_page(&c, place(&c, "p1", "objectifs"));
	app_hides(&c, "Zwdrive");
	assert_int_equal(app_post(&c, goal, "version=1&etat=reached"), 404);
	app_page(&c, "/etapes");
	app_hides(&c, "Zwcode");
	app_as(&c, "worker", "o1");
	app_page(&c, place(&c, "p1", "objectifs"));
	step = found_after(&c, "name=\"etape\" value=\"");
	assert_int_equal(app_post(&c, goal, str_format(&c.t->arena, "version=1&etape=%s&etat=done", step).s), 303);
	app_page(&c, "/");
	app_hides(&c, "step of a goal");
	app_case_close(&c);
}

static void
a_note_is_read_by_whom_it_is_meant_for(void **state)
{
	static const struct sql sealed = { "sealed", "select count(*) from notes where sealed like '%Zwsecret%'", NULL };
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, place(&c, "p1", "notes"), "text=&audience=team&on.d=1&on.m=6&on.y=2025"), 422);
	assert_int_equal(app_post(&c, place(&c, "p1", "notes"), "text=Zwkept&audience=named&on.d=1&on.m=6&on.y=2025"), 422);
	app_shows(&c, "Zwkept");
	app_shows(&c, "at least one partner");
	assert_int_equal(app_post(&c, place(&c, "p1", "notes"), "text=Zwsecretme&audience=author&on.d=1&on.m=6&on.y=2025"), 303);
	assert_int_equal(app_post(&c, place(&c, "p1", "notes"), "text=Zwsecretteam&audience=team&on.d=2&on.m=6&on.y=2025"), 303);
	assert_int_equal(
	    app_post(&c, place(&c, "p1", "notes"), "text=Zwsecretnamed&audience=named&partenaire=o2&on.d=3&on.m=6&on.y=2025"),
	    303);
	assert_int_equal(case_int(c.t->db, &sealed), 0);
	app_as(&c, "manager", "o1");
	app_page(&c, place(&c, "p1", "notes"));
	app_shows(&c, "Zwsecretteam");
	app_shows(&c, "Zwsecretnamed");
	app_hides(&c, "Zwsecretme");
	app_as(&c, "worker", "o2");
	app_page(&c, place(&c, "p1", "notes"));
	app_shows(&c, "Zwsecretnamed");
	app_hides(&c, "Zwsecretteam");
	app_hides(&c, "Zwsecretme");
	app_as(&c, "coordinator", NULL);
	app_page(&c, place(&c, "p1", "notes"));
	app_hides(&c, "Zwsecret");
	app_shows(&c, "3 other notes are not meant for you");
	app_as(&c, "beneficiary", "p1");
	app_page(&c, "/mon-dossier");
	app_shows(&c, "Zwsecretme");
	app_shows(&c, "Zwsecretteam");
	app_case_close(&c);
}

static void
a_kind_of_act_is_added_and_feeds_the_questionnaire_at_once(void **state)
{
	struct app_case c;
	const char *sheet, *form;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/actes/genres");
	app_shows(&c, "Medical consultation");
	sheet = key_of(&c, ENTITY_sheets, "f1");
	assert_int_equal(app_post(&c, "/actes/genres/nouveau", "label="), 422);
	app_shows(&c, "id=\"health-e\"");
	app_shows(&c, "id=\"measure-e\"");
	assert_int_equal(
	    app_post(&c, "/actes/genres/nouveau",
		str_format(&c.t->arena, "label=Visite d'usine&unit=visites&sheet=%s&health=no&measure=acts", sheet).s),
	    303);
	app_page(&c, "/actes/genres/visite-dusine");
	app_shows(&c, "local.visite-dusine");
	assert_int_equal(app_post(&c, "/actes/genres/visite-dusine", "label=Zwwhere&type=choice&choices="), 422);
	assert_int_equal(
	    app_post(&c, "/actes/genres/visite-dusine", "label=Zwwhere&type=choice&choices=Nord; Sud&required=yes"), 303);
	app_page(&c, "/questionnaire.csv?periode=2025-01-01..2025-12-31");
	app_shows(&c, "sheet,f1,local.visite-dusine,total,,0,count,");
	app_as(&c, "worker", "o2"); /* another sheet's */
	app_page(&c, place(&c, "p1", "actes/nouveau?action=a2"));
	app_hides(&c, "Visite d");
	app_as(&c, "worker", "o1");
	form = "action=a1&genre=visite-dusine&on.d=2&on.m=6&on.y=2025&quantity=3";
	app_page(&c, place(&c, "p1", "actes/nouveau?action=a1&genre=visite-dusine"));
	app_shows(&c, "Zwwhere");
	app_shows(&c, "How many (visites)");
	assert_int_equal(app_post(&c, place(&c, "p1", "actes/nouveau"), form), 422);
	app_shows(&c, "id=\"x_zwwhere-e\"");
	assert_int_equal(app_post(&c, place(&c, "p1", "actes/nouveau"), str_format(&c.t->arena, "%s&x_zwwhere=2", form).s), 303);
	app_page(&c, place(&c, "p1", "actes"));
	app_shows(&c, "Zwwhere: Sud");
	app_page(&c, place(&c, "p1", "?tout=1"));
	app_shows(&c, "Visite d&#39;usine"); /* by its name in the file too */
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/questionnaire.csv?periode=2025-01-01..2025-12-31");
	app_shows(&c, "sheet,f1,local.visite-dusine,total,,3,count,");
	/* No longer used: what was recorded stays. */
	assert_int_equal(app_post(&c, "/actes/genres/visite-dusine", "version=1&fin=oui"), 303);
	app_as(&c, "worker", "o1");
	app_page(&c, place(&c, "p1", "actes/nouveau?action=a1"));
	app_hides(&c, "Visite d");
	app_page(&c, place(&c, "p1", "actes"));
	app_shows(&c, "Visite d");
	app_case_close(&c);
}

static void
places_of_childcare_are_set(void **state)
{
	struct app_case c;
	const char *form;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	form = str_format(
	    &c.t->arena, "action=%s&since.d=1&since.m=1&since.y=2025&age_from=3&age_to=1", key_of(&c, ENTITY_actions, "a1"))
		   .s;
	assert_int_equal(app_post(&c, "/actes/places", form), 422);
	app_shows(&c, "id=\"places-e\"");
	app_shows(&c, "id=\"age_to-e\"");
	form =
	    str_format(&c.t->arena, "action=%s&since.d=1&since.m=1&since.y=2025&places=10", key_of(&c, ENTITY_actions, "a1")).s;
	assert_int_equal(app_post(&c, "/actes/places", form), 303);
	app_page(&c, "/actes/places");
	app_shows(&c, "10 places in a half-day");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(only_who_sees_a_person_reads_and_writes_their_course),
		ON_BOTH(a_level_is_recorded_with_its_skills_and_corrected),
		ON_BOTH(health_weighs_for_who_rated_it_alone),
		ON_BOTH(a_goal_has_steps_that_fall_due),
		ON_BOTH(a_note_is_read_by_whom_it_is_meant_for),
		ON_BOTH(a_kind_of_act_is_added_and_feeds_the_questionnaire_at_once),
		ON_BOTH(places_of_childcare_are_set),
	};

	return cmocka_run_group_tests_name("course", tests, NULL, NULL);
}
