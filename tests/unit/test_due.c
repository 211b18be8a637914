/* What is due or missing, by role: each source has its line, for those whom it concerns, until it is settled. */
#include "app_case.h"

#include "web/jobs_table.h"

/* A contract in its first year on 15 June 2023; operators op and autre; sheet s1 (actions a1 of op, a2 of autre), s2 sent as counts
 * by autre. Nothing is due in it. */
#define TERRITORIES "territories.csv", "ref,name,kind\nville,Ville,commune\n"
#define ORGANISATIONS        \
	"organisations.csv", \
	    "ref,name,category,legal_form\nville,La Ville,city,public\netat,Etat,state,public\nop,Operateur,charity,private\nautre,Autre,charity,private\npart,Partenaire,charity,private\n"
#define CONTRACT "contracts.csv", "ref,territory_ref,kind,title,signed_on,duration_months\nk,ville,ctai,Contrat,2022-10-17,36\n"
#define TREE                                                                                                                                              \
	"priorities.csv", "ref,contract_ref,number,title\np1,k,1,Priorite\n", "axes.csv",                                                                 \
	    "ref,priority_ref,number,title\nx1,p1,1,Axe\n", "sheets.csv",                                                                                 \
	    "ref,contract_ref,axis_ref,kind,number,title,audience,objective,starts_on,ends_on,recording\n"                                                \
	    "s1,k,x1,action,1.1,Une,newcomers,10,2022-10-17,2023-08-31,nominal\n"                                                                         \
	    "s2,k,x1,action,1.2,Deux,newcomers,10,2022-10-17,2023-08-31,aggregate\n",                                                                     \
	    "actions.csv",                                                                                                                                \
	    "ref,sheet_ref,title,operator_ref,audience\na1,s1,Atelier,op,newcomers\na2,s1,Autre atelier,autre,newcomers\nb1,s2,Groupe,autre,newcomers\n", \
	    "partnerships.csv", "sheet_ref,organisation_ref,role\ns1,op,operator\ns1,autre,operator\ns2,autre,operator\n"
#define PEOPLE                                                                                                             \
	"people.csv",                                                                                                      \
	    "ref,family_name,given_name,sex,birth_date\np1,Plantee,Secrete,F,1990-01-01\np2,Plantee,Autre,M,1991-01-01\n", \
	    "statuses.csv", "person_ref,status,since\np1,refugee,2022-01-01\np2,refugee,2022-01-01\n"

static const char *const base[] = { TERRITORIES, ORGANISATIONS, CONTRACT, TREE, PEOPLE, NULL };

static int64_t
at(const char *day_written)
{
	return (int64_t)day_parse(str_of(day_written)) * 24 * hour_ms + 12 * hour_ms;
}

static void
open_base(struct app_case *c, struct db_case *t)
{
	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "base", base));
	app_case_open(c, t);
	c->now_ms = at("2023-06-15");
}

/* More records, of one file. */
static void
add(struct app_case *c, const char *file, const char *content)
{
	case_imported(c->t, case_bundle(c->t, "more", (const char *[]){ file, content, NULL }));
}

static void
shows_to(struct app_case *c, const char *role, const char *of, const char *text)
{
	app_as(c, role, of);
	app_page(c, "/");
	app_shows(c, text);
}

static void
hides_from(struct app_case *c, const char *role, const char *of, const char *text)
{
	app_as(c, role, of);
	app_page(c, "/");
	app_hides(c, text);
}

/* No name stands on the page of anybody who may not read it; nor on any, for a name is not needed there. */
static void
names_nobody(struct app_case *c)
{
	static const char *const roles[] = { "coordinator", "finance", "state", "researcher", "observer", "administrator" };

	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		hides_from(c, roles[i], NULL, "Plantee");
		app_hides(c, "Secrete");
	}
	hides_from(c, "partner", "part", "Plantee");
	app_as(c, "state", NULL);
	app_page(c, "/");
	app_hides(c, "/personnes");
}

static void
sessions_held_want_their_attendance(void **state)
{
	static const char line[] = "Attendance of 2 sessions to fill in";
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	add(&c, "sessions.csv",
	    "ref,action_ref,held_on,minutes,kind,audience,state,public_count\n"
	    "e1,a1,2023-06-01,60,workshop,newcomers,held,\n"    /* nobody noted */
	    "e2,a1,2023-06-05,60,workshop,newcomers,planned,\n" /* over, and still planned */
	    "e3,a1,2023-06-20,60,workshop,newcomers,planned,\n" /* to come */
	    "e4,a1,2023-06-02,60,public_event,public,held,40\n" /* its public was counted */
	    "e5,a1,2023-06-03,60,workshop,newcomers,cancelled,\n"
	    "e6,b1,2023-06-03,60,workshop,newcomers,held,\n"); /* of a sheet whose counts are sent */
	shows_to(&c, "coordinator", NULL, line);
	app_shows(&c, "Atelier · Operateur · last one on 2023-06-05");
	app_shows(&c, "14 days late");
	app_shows(&c, "href=\"/emargements?action=a1\"");
	shows_to(&c, "manager", "op", line);
	shows_to(&c, "worker", "op", line);
	app_shows(&c, "href=\"/emargements?action=a1\"");
	hides_from(&c, "worker", "autre", "Attendance of");
	hides_from(&c, "state", NULL, "Attendance of");
	hides_from(&c, "finance", NULL, "Attendance of");
	add(&c, "attendances.csv", "session_ref,person_ref,minutes\ne1,p1,60\n");
	shows_to(&c, "coordinator", NULL, "Attendance of 1 session to fill in");
	app_case_close(&c);
}

static void
requests_want_an_answer(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	add(&c, "enrolments.csv",
	    "ref,action_ref,person_ref,state,entered_on,referrer_ref\nn1,a1,p1,requested,2023-06-01,part\nn2,a2,p2,refused,2023-06-01,\n");
	shows_to(&c, "worker", "op", "1 enrolment to answer");
	app_shows(&c, "href=\"/actions/a1?voir=demandes\"");
	app_shows(&c, "Answer the request");
	shows_to(&c, "coordinator", NULL, "1 enrolment to answer");
	hides_from(&c, "worker", "autre", "to answer");
	shows_to(&c, "partner", "part", "1 orientation without an answer");
	app_shows(&c, "Atelier · Operateur");
	app_shows(&c, "href=\"/partenaires/op\"");
	hides_from(&c, "partner", "etat", "orientation");
	names_nobody(&c);
	add(&c, "enrolments.csv", "ref,action_ref,person_ref,state,entered_on\nn3,a1,p2,requested,2023-06-10\n");
	shows_to(&c, "worker", "op", "2 enrolments to answer");
	app_shows(&c, "href=\"/actions/a1?voir=demandes\"");
	app_shows(&c, "14 days late");
	add(&c, "enrolments.csv",
	    "ref,action_ref,person_ref,state,entered_on,waiting_since\nn3,a1,p2,requested,2023-06-10,2023-06-12\n");
	shows_to(&c, "worker", "op", "1 enrolment to answer"); /* on the waiting list is an answer */
	app_case_close(&c);
}

static void
positive_exits_want_a_follow_up_after_six_months(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	add(&c, "enrolments.csv",
	    "ref,action_ref,person_ref,state,entered_on,left_on,exit\n"
	    "n1,a1,p1,active,2022-10-20,2022-12-01,employment\n"  /* due on 1 June */
	    "n2,a2,p2,active,2022-10-20,2022-12-01,dropped_out\n" /* not asked for */
	    "n3,a1,p2,active,2022-10-20,2023-03-01,training\n");  /* due on 1 September */
	shows_to(&c, "worker", "op", "1 follow-up at six months");
	app_shows(&c, "14 days late");
	hides_from(&c, "worker", "autre", "follow-up at six months</h2>");
	c.now_ms = at("2023-08-25"); /* a week before, it shows */
	shows_to(&c, "worker", "op", "2 follow-ups at six months");
	add(&c, "followups.csv", "enrolment_ref,months,on,situation\nn1,6,2023-06-10,employment\nn3,6,2023-08-20,unreachable\n");
	hides_from(&c, "worker", "op", "at six months");
	app_case_close(&c);
}

/* Whom the figures cannot count: the later of their first benefit and the year's first day is when it was due. */
static void
people_whose_file_lacks_what_figures_need(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	add(&c, "people.csv", "ref,family_name,sex,birth_date\nq1,Plantee,,\nq2,Plantee,F,1999-01-01\nq3,Plantee,,\n");
	case_import(
	    t, case_bundle(t, "more",
		   (const char *[]){ "enrolments.csv",
		       "ref,action_ref,person_ref,state,entered_on\nn1,a1,q1,active,2023-06-05\nn2,a1,q2,active,2023-06-10\n"
		       "n3,a2,q1,active,2023-06-05\nn4,a2,q3,requested,2023-06-05\n",
		       NULL })); /* it warns of people without a status */
	shows_to(&c, "coordinator", NULL, "2 people without a status");
	app_shows(&c, "href=\"/personnes?manque=statut\"");
	app_shows(&c, "1 person of unknown sex");
	app_shows(&c, "1 person without a birth date");
	app_shows(&c, "10 days late");
	shows_to(&c, "worker", "autre", "1 person without a status");
	hides_from(&c, "partner", "part", "without a status");
	names_nobody(&c);
	add(&c, "statuses.csv", "person_ref,status,since\nq1,refugee,2022-01-01\nq2,refugee,2022-01-01\n");
	hides_from(&c, "coordinator", NULL, "without a status");
	app_case_close(&c);
}

static void
the_parties_see_what_they_owe(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	add(&c, "grants.csv", "ref,contract_ref,year,requested_cents,granted_cents\ng1,k,2023,,\ng2,k,2022,100000,100000\n");
	add(&c, "bodies.csv",
	    "ref,contract_ref,name,kind,frequency,members\ncopil,k,Comite de pilotage,steering,yearly,ville;etat\ncotech,k,Comite technique,technical,yearly,ville\n");
	shows_to(&c, "finance", NULL, "Subsidy of 2023: no amount");
	app_shows(&c, "5 months late");
	app_shows(&c, "Subsidy of 2022: not all is paid");
	app_shows(&c, "€1,000.00 are still to come");
	app_shows(&c, "href=\"/contrats/k/texte#subsidy\"");
	app_hides(&c, "to convene");
	shows_to(&c, "coordinator", NULL, "Comite de pilotage to convene");
	app_shows(&c, "Comite technique to convene");
	shows_to(&c, "state", NULL, "Comite de pilotage to convene");
	app_shows(&c, "href=\"/contrats/k/texte#b-copil\"");
	app_shows(&c, "href=\"/contrats/k/conformite#");
	app_hides(&c, "Settle it");
	app_hides(&c, "no amount");
	hides_from(&c, "manager", "op", "to convene");
	app_hides(&c, "/conformite");
	hides_from(&c, "researcher", NULL, "to convene");
	add(&c, "meetings.csv",
	    "ref,body_ref,on,state,subject\nm1,copil,2023-07-01,planned,Bilan\nm2,cotech,2023-09-20,planned,\nm3,copil,2023-06-01,cancelled,\n");
	add(&c, "payments.csv", "ref,contract_ref,year,on,cents\nv1,k,2022,2022-12-01,100000\n");
	hides_from(&c, "coordinator", NULL, "to convene");
	app_shows(&c, "by 2023-07-01");
	app_hides(&c, "Comite technique<"); /* in three months */
	hides_from(&c, "finance", NULL, "not all is paid");
	c.now_ms = at("2023-07-03");
	shows_to(&c, "coordinator", NULL, "Comite de pilotage: was it held?");
	hides_from(&c, "state", NULL, "was it held?");
	app_case_close(&c);
}

static void
counts_are_due_from_those_who_send_them(void **state)
{
	static const char line[] = "Counts of sheet 1.2 to send";
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	shows_to(&c, "manager", "autre", "Next: Counts of sheet 1.2 to send, Monday 16 October 2023.");
	app_hides(&c, "Import the counts");
	c.now_ms = at("2023-10-10");
	shows_to(&c, "manager", "autre", line);
	app_shows(&c, "in 6 days");
	shows_to(&c, "coordinator", NULL, line);
	hides_from(&c, "manager", "op", line);
	hides_from(&c, "state", NULL, line);
	add(&c, "aggregates.csv", "sheet_ref,from,to,indicator,cell,value\ns2,2022-10-17,2023-08-31,1.1.beneficiaries,total,4\n");
	hides_from(&c, "manager", "autre", line);
	app_case_close(&c);
}

static void
the_end_of_the_contract_is_seen_coming(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	shows_to(&c, "observer", NULL, "Next: the end of the contract, Thursday 16 October 2025.");
	c.now_ms = at("2025-09-30");
	shows_to(&c, "observer", NULL, "The contract ends");
	app_shows(&c, "by 2025-10-16");
	c.now_ms = at("2025-10-20");
	shows_to(&c, "finance", NULL, "The contract has ended: none is in force");
	app_shows(&c, "4 days late");
	app_case_close(&c);
}

static void
the_cohort_follows_people_through_two_actions(void **state)
{
	static const char line[] = "1 member of the restricted cohort is in fewer than two actions";
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	add(&c, "enrolments.csv",
	    "ref,action_ref,person_ref,state,entered_on\nn1,a1,p1,active,2023-01-10\nn2,a1,p2,active,2023-01-10\nn3,a2,p2,active,2023-01-10\n");
	add(&c, "cohort_members.csv",
	    "person_ref,contract_ref,consented_on,joined_on\np1,k,2023-05-01,2023-06-01\np2,k,2023-05-01,2023-06-01\n");
	shows_to(&c, "researcher", NULL, line);
	app_shows(&c, "/questionnaire/chiffre?contrat=k&amp;periode=contract-1&amp;indicateur=cohort.two_actions&amp;case=total");
	shows_to(&c, "coordinator", NULL, line);
	hides_from(&c, "worker", "op", "cohort");
	hides_from(&c, "state", NULL, "cohort");
	names_nobody(&c);
	add(&c, "enrolments.csv", "ref,action_ref,person_ref,state,entered_on\nn4,b1,p1,active,2023-02-10\n");
	hides_from(&c, "researcher", NULL, line);
	app_case_close(&c);
}

static void
accesses_that_end_are_told_to_who_gives_them(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	struct account account, old;
	bool there;

	open_base(&c, t);
	hides_from(&c, "administrator", NULL, "access to prolong");
	app_as(&c, "worker", "op");
	ok(entity_by_id(t->db, 1, &entities[ENTITY_accounts], c.account.record.id, &t->arena, &old, &there));
	account = old;
	account.expires_on = day_parse(S("2023-06-20"));
	assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	shows_to(&c, "administrator", NULL, "1 access to prolong or to end");
	app_shows(&c, "in 5 days");
	app_shows(&c, "href=\"/acces\"");
	shows_to(&c, "manager", "op", "1 access to prolong or to end");
	hides_from(&c, "manager", "autre", "access to prolong");
	hides_from(&c, "coordinator", NULL, "access to prolong");
	account = app_account(&c, "worker", "autre"); /* nobody gave them a code yet */
	assert_int_equal(account_saved(t, &account, NULL, case_epoch_ms).len, 0);
	shows_to(&c, "manager", "autre", "1 account that nobody can open yet");
	hides_from(&c, "manager", "op", "nobody can open");
	app_case_close(&c);
}

static void
a_beneficiary_reads_about_their_own_file_alone(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	add(&c, "people.csv", "ref,family_name\nq1,Plantee\n");
	app_as(&c, "beneficiary", "p1");
	app_page(&c, "/");
	app_shows(&c, "Nothing to do");
	app_shows(&c, "Read my file");
	app_hides(&c, "Contrat");
	app_as(&c, "beneficiary", "q1");
	app_page(&c, "/");
	app_shows(&c, "Your residence status is not recorded");
	app_shows(&c, "Your birth date is not recorded");
	app_hides(&c, "Plantee");
	app_case_close(&c);
}

static void
add_job_with(struct app_case *c, enum job_kind kind, const char *state, const char *result, int64_t at_ms)
{
	struct viewer v = viewer_of(c->t, c->token, c->now_ms);
	int64_t id;

	ok(job_add(c->t->db, &c->t->arena, &v, kind, S(""), NULL, at_ms, &id));
	ok(db_begin_write(c->t->db));
	ok(db_end(
	    c->t->db, job_ended(c->t->db, 1, id, str_of(state), S("The room is full."), str_of(result), (str){ 0 }, at_ms)));
}

static void
add_job(struct app_case *c, enum job_kind kind, const char *state, int64_t at_ms)
{
	add_job_with(c, kind, state, "", at_ms);
}

static void
the_database_is_verified_every_month(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	shows_to(&c, "administrator", NULL, "Verification of the database");
	app_shows(&c, "never done");
	add_job(&c, JOB_check, "failed", at("2023-06-14"));
	app_page(&c, "/");
	app_shows(&c, "Verification of the database: it failed");
	app_shows(&c, "The room is full.");
	app_shows(&c, "href=\"/travaux/");
	add_job(&c, JOB_check, "done", at("2023-06-15"));
	app_page(&c, "/");
	app_hides(&c, "it failed");
	if (!db_is_postgres(t->db)) { /* there, the server's own tools do it */
		app_shows(&c, "Backup of the database");
		add_job(&c, JOB_backup, "done", at("2023-06-15"));
		app_page(&c, "/");
		app_shows(&c, "Next: Backup of the database, Thursday 22 June 2023.");
		add_job(&c, JOB_backup, "done", at("2023-07-14"));
		app_page(&c, "/");
	}
	app_hides(&c, "Backup of the database</h2>");
	app_shows(&c, "Next: Verification of the database, Saturday 15 July 2023.");
	c.now_ms = at("2023-07-20");
	shows_to(&c, "administrator", NULL, "5 days late");
	add_job_with(&c, JOB_check, "done", "+the journal\n-the records\n", at("2023-07-20"));
	app_page(&c, "/");
	app_shows(&c, "The database does not hold");
	app_shows(&c, "See what was found");
	hides_from(&c, "coordinator", NULL, "Verification");
	app_case_close(&c);
}

/* Late before today before to come; what is due in more than a month waits. */
static void
the_most_urgent_comes_first(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *late, *error, *soon;

	open_base(&c, t);
	add(&c, "enrolments.csv", "ref,action_ref,person_ref,state,entered_on\nn1,a1,p1,requested,2023-06-01\n");
	add(&c, "bodies.csv", "ref,contract_ref,name,kind,frequency,members\ncopil,k,Comite,steering,yearly,ville;etat\n");
	add(&c, "meetings.csv", "ref,body_ref,on,state\nm1,copil,2023-06-20,planned\n");
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/");
	late = strstr(app_body(&c), "1 enrolment to answer");
	error = strstr(app_body(&c), "/contrats/k/conformite");
	soon = strstr(app_body(&c), "in 5 days");
	assert_true(late != NULL && error != NULL && soon != NULL);
	assert_true(late < error && error < soon);
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(sessions_held_want_their_attendance),
		ON_BOTH(requests_want_an_answer),
		ON_SQLITE(positive_exits_want_a_follow_up_after_six_months),
		ON_SQLITE(people_whose_file_lacks_what_figures_need),
		ON_BOTH(the_parties_see_what_they_owe),
		ON_SQLITE(counts_are_due_from_those_who_send_them),
		ON_SQLITE(the_end_of_the_contract_is_seen_coming),
		ON_SQLITE(the_cohort_follows_people_through_two_actions),
		ON_BOTH(accesses_that_end_are_told_to_who_gives_them),
		ON_BOTH(a_beneficiary_reads_about_their_own_file_alone),
		ON_BOTH(the_database_is_verified_every_month),
		ON_SQLITE(the_most_urgent_comes_first),
	};

	return cmocka_run_group_tests_name("due", tests, NULL, NULL);
}
