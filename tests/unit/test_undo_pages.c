/* The pages that take back: who may, what they say, the history of a file, the bin. */
#include "app_case.h"
#include "web/req.h"

static const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
	"ref,name,category\no1,First,charity\no2,Second,charity\n", "contracts.csv", "ref,territory_ref,kind,title\nc,v,ctai,C\n",
	"sheets.csv", "ref,contract_ref,kind,number,title,audience,recording\nf1,c,action,1.1,French,mixed,nominal\n",
	"actions.csv", "ref,sheet_ref,title,operator_ref,audience\na1,f1,Lessons,o1,mixed\na2,f1,Coaching,o2,mixed\n",
	"people.csv", "ref,family_name,given_name,phone,agdref\np1,Zwnoori,Zwzahra,0611223344,9912345678\np2,Zwother,Zwali,,\n",
	"statuses.csv", "person_ref,status,since\np1,refugee,2022-03-02\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on\ne1,a1,p1,active,2023-01-01\ne2,a2,p2,active,2023-01-01\n", NULL };

static void
begin(struct app_case *c, void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "people", files));
	app_case_open(c, t);
}

static const char *
place(struct app_case *c, const char *person, const char *end)
{
	int64_t id;

	ok(entity_key_of_ref(c->t->db, 1, &entities[ENTITY_people], str_of(person), &id));
	return str_format(&c->t->arena, "/personnes/%s%s", str_z(&c->t->arena, key_short(&c->t->arena, id)), end).s;
}

static const char *
phone_of(struct app_case *c, const char *ref)
{
	struct person p;
	bool found;

	ok(entity_by_ref(c->t->db, 1, &entities[ENTITY_people], str_of(ref), &c->t->arena, &p, &found));
	assert_true(found);
	return str_z(&c->t->arena, p.phone);
}

static int64_t
version_of(struct app_case *c, const char *ref)
{
	struct person p;
	bool found;

	ok(entity_by_ref(c->t->db, 1, &entities[ENTITY_people], str_of(ref), &c->t->arena, &p, &found));
	return p.record.version;
}

/* Saves another phone; gives the address that takes it back. */
static const char *
change_phone(struct app_case *c, const char *ref, const char *phone)
{
	const char *fields = str_format(&c->t->arena, "version=%lld&phone=%s", (long long)version_of(c, ref), phone).s;
	const char *act;

	assert_int_equal(app_post(c, place(c, ref, "/identite"), fields), 303);
	act = strstr(app_place(c), "&acte=");
	assert_non_null(act);
	app_page(c, app_place(c));
	return str_format(&c->t->arena, "/annulations/%s", act + 6).s;
}

static void
a_saved_change_is_taken_back_from_its_banner(void **state)
{
	struct app_case c;
	const char *undo;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	undo = change_phone(&c, "p1", "0700000001");
	app_shows(&c, str_format(&c.t->arena, "action=\"%s\"", undo).s);
	assert_string_equal(phone_of(&c, "p1"), "0700000001");
	app_page(&c, undo);
	app_shows(&c, "Take it back");
	app_hides(&c, "0611223344");
	assert_int_equal(app_post(&c, undo, ""), 303);
	assert_string_equal(phone_of(&c, "p1"), "0611223344");
	app_page(&c, app_place(&c));
	app_shows(&c, "It is taken back.");
	/* twice is not once more */
	assert_int_equal(app_post(&c, undo, ""), 409);
	app_shows(&c, "changed since");
	assert_string_equal(phone_of(&c, "p1"), "0611223344");
	app_case_close(&c);
}

static void
what_was_changed_since_is_not_taken_back(void **state)
{
	struct app_case c;
	const char *first;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	first = change_phone(&c, "p1", "0700000001");
	(void)change_phone(&c, "p1", "0700000002");
	app_page(&c, first);
	app_shows(&c, "cannot be taken back as a whole");
	app_hides(&c, "Take it back");
	assert_int_equal(app_post(&c, first, ""), 409);
	assert_string_equal(phone_of(&c, "p1"), "0700000002");
	app_case_close(&c);
}

static void
only_who_made_it_or_coordinates_takes_it_back(void **state)
{
	struct app_case c;
	const char *undo;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	undo = change_phone(&c, "p1", "0700000001");
	app_as(&c, "manager", "o1");
	app_refuses(&c, 404, undo);
	app_as(&c, "worker", "o2");
	app_refuses(&c, 404, undo);
	assert_int_equal(app_post(&c, undo, ""), 404);
	app_as(&c, "finance", NULL);
	app_refuses(&c, 403, undo);
	app_as(&c, "administrator", NULL);
	app_refuses(&c, 403, undo);
	app_as(&c, "coordinator", NULL);
	app_page(&c, undo);
	app_shows(&c, "Somebody else");
	assert_int_equal(app_post(&c, undo, ""), 303);
	assert_string_equal(phone_of(&c, "p1"), "0611223344");
	app_refuses(&c, 404, "/annulations/zzz");
	app_page(&c, "/annulations/1"); /* an import writes more than this page takes back */
	app_shows(&c, "It cannot be taken back from here");
	assert_int_equal(app_post(&c, "/annulations/1", ""), 409);
	app_as(&c, "worker", "o1");
	app_refuses(&c, 404, "/annulations/1");
	app_case_close(&c);
}

static void
after_thirty_days_it_stays(void **state)
{
	struct app_case c;
	const char *undo;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	undo = change_phone(&c, "p1", "0700000001");
	c.now_ms += (int64_t)31 * 86400000;
	app_as(&c, "coordinator", NULL);
	app_page(&c, undo);
	app_shows(&c, "30 days have passed");
	assert_int_equal(app_post(&c, undo, ""), 409);
	assert_string_equal(phone_of(&c, "p1"), "0700000001");
	app_case_close(&c);
}

static void
the_history_shows_before_and_after_but_no_closed_number(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	(void)change_phone(&c, "p1", "0700000001");
	app_page(&c, place(&c, "p1", "/historique"));
	app_shows(&c, "<del><bdi>0611223344</bdi></del>");
	app_shows(&c, "<ins><bdi>0700000001</bdi></ins>");
	app_shows(&c, "changed; the value is closed");
	app_shows(&c, "Refugee");
	app_hides(&c, "9912345678");
	app_refuses(&c, 404, place(&c, "p2", "/historique"));
	app_as(&c, "manager", "o2");
	app_refuses(&c, 404, place(&c, "p1", "/historique"));
	app_as(&c, "state", NULL);
	app_refuses(&c, 403, place(&c, "p1", "/historique"));
	app_case_close(&c);
}

static const char *
removal_of_status(struct app_case *c)
{
	struct status s = { .since = day_of(2022, 3, 2) };
	bool found;

	ok(entity_key_of_ref(c->t->db, 1, &entities[ENTITY_people], S("p1"), &s.person));
	ok(entity_by_key(c->t->db, 1, &entities[ENTITY_statuses], &c->t->arena, &s, &found));
	assert_true(found);
	return place(c, "p1",
	    str_format(&c->t->arena, "/statuts/%s/retrait", str_z(&c->t->arena, key_short(&c->t->arena, s.record.id))).s);
}

static void
a_status_is_removed_waits_in_the_bin_and_is_put_back(void **state)
{
	struct app_case c;
	const char *undo;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, removal_of_status(&c), "version=7"), 409);
	app_shows(&c, "Somebody else changed this status");
	assert_int_equal(app_post(&c, removal_of_status(&c), "version=1"), 303);
	undo = str_format(&c.t->arena, "/annulations/%s", strstr(app_place(&c), "&acte=") + 6).s;
	app_page(&c, app_place(&c));
	app_shows(&c, "The status is removed.");
	app_shows(&c, "No status is recorded");
	app_page(&c, "/corbeille");
	app_shows(&c, "Refugee");
	app_shows(&c, "Zwnoori");
	app_page(&c, place(&c, "p1", "/historique"));
	app_shows(&c, "A status was removed");
	app_as(&c, "worker", "o2");
	app_page(&c, "/corbeille");
	app_hides(&c, "Refugee");
	app_hides(&c, "Zwnoori");
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/corbeille");
	app_shows(&c, "Zwnoori");
	assert_int_equal(app_post(&c, undo, ""), 303);
	app_page(&c, "/corbeille");
	app_shows(&c, "Nothing was removed");
	(void)removal_of_status(&c); /* it is there again */
	app_case_close(&c);
}

static void
somebody_added_by_mistake_goes_again(void **state)
{
	struct app_case c;
	const char *undo;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, "/personnes/nouvelle", "family_name=Zwerror&autre=1"), 303);
	undo = str_format(&c.t->arena, "/annulations/%s", strstr(app_place(&c), "&acte=") + 6).s;
	assert_int_equal(app_post(&c, undo, ""), 303);
	app_page(&c, app_place(&c));
	app_shows(&c, "It is taken back.");
	assert_int_equal(app_post(&c, "/personnes", "q=Zwerror"), 200);
	app_hides(&c, "<bdi>Zwerror");
	/* and comes back, to those who opened the file */
	app_page(&c, "/corbeille");
	app_shows(&c, "Zwerror");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_saved_change_is_taken_back_from_its_banner),
		ON_BOTH(what_was_changed_since_is_not_taken_back),
		ON_BOTH(only_who_made_it_or_coordinates_takes_it_back),
		ON_BOTH(after_thirty_days_it_stays),
		ON_BOTH(the_history_shows_before_and_after_but_no_closed_number),
		ON_BOTH(a_status_is_removed_waits_in_the_bin_and_is_put_back),
		ON_BOTH(somebody_added_by_mistake_goes_again),
	};

	return cmocka_run_group_tests_name("undo pages", tests, NULL, NULL);
}
