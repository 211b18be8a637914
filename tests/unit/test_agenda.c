/* The agenda: holidays, repeated days, planning, changing, cancelling; who sees which sessions. */
#include "app_case.h"

#include "base/moment.h"
#include "base/text.h"
#include "daily/agenda.h"
#include "web/req.h"

static void
holidays_are_those_of_the_table(void **state)
{
	struct db_case *t = case_of(state);
	str left = get_file(&t->arena, source_path(t, "tests/cases/holidays.tsv")), line;
	int n = 0;

	while ((line = str_cut(left, '\n', &left)).s != NULL) {
		str zone, wanted;
		day on = day_parse(str_cut(line, '\t', &zone));
		const char *got;

		if (line.len == 0 || *line.s == '#')
			continue;
		zone = str_cut(zone, '\t', &wanted);
		assert_int_not_equal(on, DAY_NONE);
		got = public_holiday_name(on);
		if (got == NULL)
			got = school_holiday_name(zone.len == 0 ? ZONE_NONE : (enum school_zone)(ZONE_A + zone.s[0] - 'A'), on);
		if (!str_is(wanted, got == NULL ? "-" : got))
			fail_msg("%.*s: %s", STR_ARG(line), got == NULL ? "-" : got);
		n++;
	}
	assert_true(n > 30);
	assert_int_equal(zone_of(S("63")), ZONE_A);
	assert_int_equal(zone_of(S("44")), ZONE_B);
	assert_int_equal(zone_of(S("75")), ZONE_C);
	assert_int_equal(zone_of(S("2A")), ZONE_NONE);
	assert_false(school_known(ZONE_A, day_parse(S("2026-10-20"))));
	assert_true(school_known(ZONE_A, day_parse(S("2026-02-10"))));
}

static void
repeated_days_are_those_of_the_table(void **state)
{
	struct db_case *t = case_of(state);
	str left = get_file(&t->arena, source_path(t, "tests/cases/repeat.txt")), line;
	struct repeat_day days[REPEAT_MOST];
	int n = 0;

	while ((line = str_cut(left, '\n', &left)).s != NULL) {
		struct repeat r = { 0 };
		struct buf got = { 0 };
		str wanted, words = str_cut(line, ':', &wanted), word;
		size_t count;
		bool more;

		if (line.len == 0 || *line.s == '#')
			continue;
		r.first = day_parse(str_cut(words, ' ', &words));
		r.until = day_parse(str_cut(words, ' ', &words));
		word = str_cut(words, ' ', &words);
		for (size_t i = 0; i < word.len && word.s[0] != '-'; i++)
			r.days |= 1u << (word.s[i] - '1');
		r.every = str_cut(words, ' ', &words).s[0] - '0';
		r.zone = (enum school_zone)(ZONE_A + words.s[0] - 'A');
		count = repeat_days(&r, days, &more);
		for (size_t i = 0; i < count; i++) {
			char text[DAY_TEXT];

			buf_format(&got, days[i].out ? " (%s)" : " %s", day_text(days[i].on, text).s);
		}
		if (!str_eq(buf_str(&got), wanted))
			fail_msg("%.*s gave%.*s", STR_ARG(line), STR_ARG(buf_str(&got)));
		buf_release(&got);
		n++;
	}
	assert_true(n > 7);
}

static const char *const base[] = { "territories.csv", "ref,name,kind,department_code\nville,Ville,commune,63\n",
	"organisations.csv", "ref,name,category\nop,Operateur,charity\nautre,Autre,charity\n", "contracts.csv",
	"ref,territory_ref,kind,title,signed_on,duration_months\nc,ville,ctai,Contrat,2022-10-17,36\n", "priorities.csv",
	"ref,contract_ref,number,title\np,c,1,P\n", "axes.csv", "ref,priority_ref,number,title\nx,p,1,A\n", "sheets.csv",
	"ref,contract_ref,axis_ref,kind,number,title,audience,recording\nf,c,x,action,1.1,Fiche,newcomers,nominal\n",
	"actions.csv", "ref,sheet_ref,title,operator_ref,audience\na1,f,Atelier,op,newcomers\na2,f,Cours,autre,newcomers\n",
	"people.csv", "ref,family_name,given_name,sex\np1,Arasi,Ana,F\np2,Balani,Bob,M\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on,planned_minutes\ne1,a1,p1,active,2025-01-02,600\ne2,a1,p2,active,2025-01-02,\n",
	"sessions.csv",
	"ref,action_ref,held_on,minutes,kind,theme,audience,state,group,starts_at,room,trainer,series\n"
	"s1,a1,2025-06-11,120,training,language,newcomers,planned,,09:00,Salle A,Mila,serie\n"
	"s2,a1,2025-06-18,120,training,language,newcomers,planned,,09:00,Salle A,Mila,serie\n"
	"s3,a1,2025-06-25,120,training,language,newcomers,planned,,09:00,Salle A,Mila,serie\n"
	"s4,a2,2025-06-18,90,workshop,,newcomers,planned,,14:00,Salle B,Nour,\n",
	NULL };

static void
open_base(struct app_case *c, struct db_case *t)
{
	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "base", base));
	app_case_open(c, t); /* 15 June 2025, a Sunday */
}

static const char *
place_of(struct db_case *t, const char *ref, const char *rest)
{
	int64_t id = 0;
	str key;

	ok(entity_key_of_ref(t->db, 1, &entities[ENTITY_sessions], str_of(ref), &id));
	assert_true(id > 0);
	key = key_short(&t->arena, id);
	return str_format(&t->arena, "/seances/%.*s%s", STR_ARG(key), rest).s;
}

static struct session
stored(struct db_case *t, const char *ref)
{
	struct session s;
	bool found;

	ok(entity_by_ref(t->db, 1, &entities[ENTITY_sessions], str_of(ref), &t->arena, &s, &found));
	assert_true(found);
	return s;
}

static void
each_sees_the_sessions_of_their_own_actions(void **state)
{
	static const struct {
		const char *role, *of;
		int agenda, session;
		bool other;
	} cases[] = { { "coordinator", NULL, 200, 200, true }, { "manager", "op", 200, 200, false },
		{ "worker", "op", 200, 200, false }, { "worker", "autre", 200, 404, true }, { "state", NULL, 403, 403, false },
		{ "finance", NULL, 403, 403, false }, { "researcher", NULL, 403, 403, false },
		{ "administrator", NULL, 403, 403, false } };
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		app_refuses(&c, cases[i].agenda, "/agenda?jour=2025-06-18");
		if (cases[i].agenda == 200) {
			if (cases[i].session == 200)
				app_shows(&c, "Salle A");
			else
				app_hides(&c, "Salle A");
			if (cases[i].other)
				app_shows(&c, "Salle B");
			else
				app_hides(&c, "Salle B");
			app_page(&c, "/agenda?vue=mois&jour=2025-06-18");
			app_page(&c, "/agenda?vue=jour&jour=2025-04-21");
			app_shows(&c, "public holiday: Easter Monday");
		}
		app_refuses(&c, cases[i].session, place_of(t, "s1", ""));
		if (cases[i].session == 200)
			app_shows(&c, "Arasi");
		else
			app_hides(&c, "Arasi");
		if (cases[i].session != 200) {
			assert_true(app_post(&c, place_of(t, "s2", "/annulation"), "motif=Non") >= 400);
			assert_true(app_get(&c, place_of(t, "s2", "/modifier")) >= 400);
		}
	}
	assert_true(str_is(stored(t, "s2").state, "planned"));
	app_case_close(&c);
}

static void
sessions_are_planned_once_their_days_were_seen(void **state)
{
	static const char form[] = "action=a1&held_on.d=20&held_on.m=10&held_on.y=2025&starts_at=9h30&minutes=120&kind=training&"
				   "theme=language&audience=newcomers&room=Salle+C&etape=prevoir";
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	app_as(&c, "worker", "op");
	app_page(&c, "/seances/nouvelle");
	app_shows(&c, "Atelier");
	app_hides(&c, "Cours");
	app_refuses(&c, 404, "/seances/nouvelle?action=a2");
	assert_int_equal(app_post(&c, "/seances/nouvelle", "action=a2&etape=prevoir"), 404);
	assert_int_equal(app_post(&c, "/seances/nouvelle", "action=a1&minutes=x&starts_at=25h&etape=prevoir"), 422);
	assert_int_equal(app_post(&c, "/seances/nouvelle", str_format(&t->arena, "%s&jusque=12/1/2020", form).s), 422);
	app_shows(&c, "a day after the first one");
	assert_int_equal(app_post(&c, "/seances/nouvelle", str_format(&t->arena, "%s&jusque=10/11/2025", form).s), 200);
	app_shows(&c, "4 days: untick");
	app_shows(&c, "autumn holidays, zone A");
	app_shows(&c, "value=\"2025-11-03\" checked");
	app_hides(&c, "value=\"2025-10-27\" checked");
	assert_int_equal(
	    app_post(&c, "/seances/nouvelle",
		str_format(&t->arena, "%s&jusque=10/11/2025&liste=vue&le=2025-11-03&le=2025-11-10&le=2031-01-01", form).s),
	    303);
	app_page(&c, app_place(&c));
	app_shows(&c, "Agenda");
	app_page(&c, "/agenda?jour=2025-11-03");
	app_shows(&c, "Salle C");
	app_shows(&c, "09:30 to 11:30");
	app_page(&c, "/agenda?jour=2025-10-20");
	app_hides(&c, "Salle C");
	app_page(&c, "/agenda?jour=2031-01-01");
	app_hides(&c, "Salle C");
	app_case_close(&c);
}

static void
a_session_is_changed_cancelled_and_planned_again(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_base(&c, t);
	app_as(&c, "manager", "op");
	app_page(&c, place_of(t, "s2", "/modifier"));
	assert_int_equal(app_post(&c, place_of(t, "s2", "/modifier"), "version=1&room=Salle+Z&starts_at=10+h"), 303);
	assert_true(str_is(stored(t, "s2").room, "Salle Z"));
	assert_true(str_is(stored(t, "s2").starts_at, "10:00"));
	assert_true(str_is(stored(t, "s2").trainer, "Mila")); /* who has no account keeps their name */
	assert_int_equal(app_post(&c, place_of(t, "s2", "/modifier"), "version=1&room=Salle+Y"), 409);
	app_shows(&c, "Salle Z");
	app_shows(&c, "Salle Y");
	assert_int_equal(app_post(&c, place_of(t, "s2", "/annulation"), "motif=+"), 422);
	app_shows(&c, "the reason, in a few words");
	app_page(&c, place_of(t, "s2", "/annulation"));
	app_shows(&c, "This one and the one after it");
	assert_int_equal(app_post(&c, place_of(t, "s2", "/annulation"), "motif=Neige&combien=suivantes"), 303);
	assert_true(str_is(stored(t, "s1").state, "planned"));
	assert_true(str_is(stored(t, "s2").state, "cancelled"));
	assert_true(str_is(stored(t, "s3").state, "cancelled"));
	assert_true(str_is(stored(t, "s3").cancel_reason, "Neige"));
	app_page(&c, place_of(t, "s3", ""));
	app_shows(&c, "This session is cancelled");
	assert_int_equal(app_post(&c, place_of(t, "s3", "/annulation"), "retablir=1"), 303);
	assert_true(str_is(stored(t, "s3").state, "planned"));
	assert_int_equal(stored(t, "s3").cancel_reason.len, 0);
	app_case_close(&c);
}

static void
an_absence_takes_one_tap(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	struct attendance line = { 0 };
	int64_t person;
	bool found;
	str key;

	open_base(&c, t);
	app_as(&c, "worker", "op");
	ok(entity_key_of_ref(t->db, 1, &entities[ENTITY_people], S("p1"), &person));
	key = key_short(&t->arena, person);
	app_page(&c, place_of(t, "s1", ""));
	app_shows(&c, "Absent");
	assert_int_equal(
	    app_post(&c, place_of(t, "s1", "/absence"), str_format(&t->arena, "personne=%.*s", STR_ARG(key)).s), 303);
	app_page(&c, place_of(t, "s1", ""));
	app_shows(&c, "1 absent");
	app_shows(&c, "1 without an answer");
	line.session = stored(t, "s1").record.id;
	line.person = person;
	ok(entity_by_key(t->db, 1, &entities[ENTITY_attendances], &t->arena, &line, &found));
	assert_true(found);
	assert_int_equal(line.minutes, 0);
	assert_int_equal(app_post(&c, place_of(t, "s1", "/absence"), "personne=zzzz"), 404);
	app_page(&c, place_of(t, "s3", "")); /* still to come */
	app_hides(&c, "/absence");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SQLITE(holidays_are_those_of_the_table),
		ON_SQLITE(repeated_days_are_those_of_the_table),
		ON_BOTH(each_sees_the_sessions_of_their_own_actions),
		ON_BOTH(sessions_are_planned_once_their_days_were_seen),
		ON_BOTH(a_session_is_changed_cancelled_and_planned_again),
		ON_BOTH(an_absence_takes_one_tap),
	};

	return cmocka_run_group_tests_name("agenda", tests, NULL, NULL);
}
