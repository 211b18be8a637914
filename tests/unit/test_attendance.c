/* Attendance sheets: what becomes of two people's answers, who may write which sheet, what closing and opening again do. */
#include "app_case.h"

#include "daily/attendance.h"
#include "model/roll.h"
#include "web/req.h"
#include "web/sending_json.h"

static const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
	"ref,name,category\no1,First,charity\no2,Second,charity\n", "contracts.csv",
	"ref,territory_ref,kind,title,signed_on,duration_months\nc,v,ctai,C,2024-10-17,36\n", "sheets.csv",
	"ref,contract_ref,kind,number,title,audience,recording\nf1,c,action,1.1,French,newcomers,nominal\nf2,c,action,2,Jobs,newcomers,nominal\n",
	"actions.csv", "ref,sheet_ref,title,operator_ref,audience\na1,f1,Lessons,o1,newcomers\na2,f2,Coaching,o2,newcomers\n",
	"people.csv",
	"ref,family_name,given_name,sex\np1,Zwnoori,Zwzahra,F\np2,Zwother,Zwali,M\np3,Zwthird,Zwali,M\np4,Zwalone,Zwhidden,F\n"
	"p5,Zwgroup,Zwfar,F\np6,Zwlast,Zwfree,F\n",
	"enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes,group\n"
	"e1,a1,p1,active,2025-01-01,,240,A\ne2,a1,p2,active,2025-01-01,,,\ne3,a1,p3,active,2025-01-01,,,A\n"
	"e4,a2,p4,active,2025-01-01,,,\ne5,a1,p5,active,2025-01-01,,,B\ne6,a1,p6,active,2025-01-01,2025-06-01,,\n",
	"sessions.csv",
	"ref,action_ref,held_on,minutes,kind,audience,state,group\n"
	"s0,a1,2025-06-01,120,training,newcomers,held,\n"
	"s1,a1,2025-06-15,120,training,newcomers,planned,A\n"
	"s2,a1,2025-06-20,120,training,newcomers,planned,A\n"
	"s3,a1,2025-06-15,120,training,newcomers,cancelled,A\n"
	"s4,a2,2025-06-15,60,training,newcomers,planned,\n",
	"attendances.csv", "session_ref,person_ref,minutes\ns0,p1,120\n", NULL };

static int64_t
number_of(struct app_case *c, enum entity_number what, const char *ref)
{
	int64_t id;

	ok(entity_key_of_ref(c->t->db, 1, &entities[what], str_of(ref), &id));
	assert_true(id > 0);
	return id;
}

static const char *
key_of(struct app_case *c, enum entity_number what, const char *ref)
{
	return str_z(&c->t->arena, key_short(&c->t->arena, number_of(c, what, ref)));
}

static const char *
place(struct app_case *c, const char *session, const char *end)
{
	return str_format(&c->t->arena, "/seances/%s/emargement%s", key_of(c, ENTITY_sessions, session), end).s;
}

/* "p1:120>90 p2:>0e": what a page showed and what it sends, as the fields of its form. */
static const char *
fields(struct app_case *c, const char *act, const char *lines)
{
	struct buf b = { 0 };
	str left = str_of(lines), line;

	buf_format(&b, "acte=%s", act);
	while ((line = str_cut(left, ' ', &left)).len > 0) {
		str rest, after, ref = str_cut(line, ':', &rest), before = str_cut(rest, '>', &after);
		const char *key = key_of(c, ENTITY_people, str_z(&c->t->arena, ref));

		buf_format(&b, "&b.%s=%.*s", key, STR_ARG(before));
		if (str_is(after, "0") || str_is(after, "0e") || str_is(after, "R"))
			buf_format(&b, "&p.%s=%s", key, str_is(after, "R") ? "R" : str_is(after, "0") ? "A" : "E");
		else if (after.len > 0)
			buf_format(&b, "&p.%s=P&m.%s=%.*s", key, key, STR_ARG(after));
	}
	return str_z(&c->t->arena, buf_kept(&b, &c->t->arena));
}

static int
send(struct app_case *c, const char *session, const char *act, const char *lines)
{
	return app_post(c, place(c, session, ""), fields(c, act, lines));
}

/* What stands on the register: "p1:120 p2:0e", in the order of the people. */
static const char *
stored(struct app_case *c, const char *session)
{
	struct roll r;
	struct buf b = { 0 };
	struct attendance *v;

	ok(roll_read(c->t->db, 1, &entities[ENTITY_attendances], number_of(c, ENTITY_sessions, session), &c->t->arena, &r));
	v = r.v;
	for (size_t i = 0; i < r.n; i++) {
		struct person p;
		bool found;

		ok(entity_by_id(c->t->db, 1, &entities[ENTITY_people], v[i].person, &c->t->arena, &p, &found));
		buf_format(
		    &b, "%s%.*s:%lld%s", i > 0 ? " " : "", STR_ARG(p.ref), (long long)v[i].minutes, v[i].excused == 1 ? "e" : "");
	}
	return str_z(&c->t->arena, buf_kept(&b, &c->t->arena));
}

static struct session
session_now(struct app_case *c, const char *ref)
{
	struct session s;
	bool found;

	ok(entity_by_id(c->t->db, 1, &entities[ENTITY_sessions], number_of(c, ENTITY_sessions, ref), &c->t->arena, &s, &found));
	assert_true(found);
	return s;
}

static void
begin(struct app_case *c, void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "sheets", files));
	app_case_open(c, t);
	c->now_ms = (int64_t)day_parse(S("2025-06-15")) * 24 * hour_ms + 12 * hour_ms;
}

/* --- two answers --- */

static struct presence
presence(str written)
{
	struct presence p;

	assert_true(presence_read(str_is(written, "?") ? S("") : written, &p));
	return p;
}

static void
two_answers_are_put_together_as_the_table_says(void **state)
{
	struct db_case *t = case_of(state);
	const char *path = source_path(t, "tests/cases/presence.tsv");
	FILE *f = fopen(path, "r");
	char line[512];
	int n = 0;

	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL) {
		str left = str_trim(str_of(line)), v[6];
		struct presence before, now, sent, stands, aside = { .minutes = NUMBER_NONE };
		enum presence_end end;

		if (line[0] == '#' || left.len == 0)
			continue;
		for (int i = 0; i < 6; i++)
			v[i] = str_cut(left, '\t', &left);
		before = presence(v[0]);
		now = presence(v[1]);
		sent = presence(v[2]);
		end = presence_merge(before, now, sent, str_is(v[3], "yes"));
		stands = end == PRESENCE_TAKEN || end == PRESENCE_REPLACED ? sent : now;
		if (end == PRESENCE_REFUSED)
			aside = sent;
		if (end == PRESENCE_REPLACED)
			aside = now;
		if (!presence_equal(stands, presence(v[4])) ||
		    (end == PRESENCE_REFUSED || end == PRESENCE_REPLACED) == str_is(v[5], "-") ||
		    (!str_is(v[5], "-") && !presence_equal(aside, presence(v[5]))))
			fail_msg("presence.tsv: %s", line);
		n++;
	}
	fclose(f);
	assert_true(n > 10);
}

/* --- the page --- */

static void
the_sheet_names_who_is_expected(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	app_page(&c, place(&c, "s1", ""));
	app_shows(&c, "Zwzahra Z.");
	app_shows(&c, "Zwali Zwother"); /* two of one name are called by both of theirs */
	app_shows(&c, "Zwali Zwthird");
	app_hides(&c, "Zwnoori");
	app_hides(&c, "Zwalone");
	app_hides(&c, "Zwgroup"); /* of another group */
	app_hides(&c, "Zwlast");  /* has left */
	app_shows(&c, "50 % of the hours planned, below 80 %");
	app_shows(&c, "3 have no answer yet");
	app_hides(&c, " checked");
	app_case_close(&c);
}

static void
only_who_may_opens_and_writes_it(void **state)
{
	static const struct {
		const char *role, *of;
		int s1, s4;
	} cases[] = {
		{ "coordinator", NULL, 200, 200 },
		{ "manager", "o1", 200, 404 },
		{ "worker", "o1", 200, 404 },
		{ "worker", "o2", 404, 200 },
		{ "finance", NULL, 403, 403 },
		{ "partner", "o1", 403, 403 },
		{ "state", NULL, 403, 403 },
		{ "researcher", NULL, 403, 403 },
		{ "observer", NULL, 403, 403 },
		{ "administrator", NULL, 403, 403 },
	};
	static const char *const ends[] = { "", "/ajout", "/imprimer", "/signee" };
	struct app_case c;

	begin(&c, state);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
			app_refuses(&c, cases[i].s1, place(&c, "s1", ends[k]));
			app_hides(&c, "Zwhidden");
			app_refuses(&c, cases[i].s4, place(&c, "s4", ends[k]));
			app_hides(&c, "Zwzahra");
		}
		app_refuses(&c, cases[i].s1 == 403 ? 403 : 200, "/emargements");
		if (cases[i].s1 != 200) {
			assert_int_equal(send(&c, "s1", "enregistrer", "p1:>120"), cases[i].s1);
			assert_int_equal(app_post(&c, place(&c, "s1", "/reouverture"), ""), cases[i].s1);
			assert_int_equal(app_post(&c, place(&c, "s1", "/ajout"), "q=Zw"), cases[i].s1);
			assert_string_equal(stored(&c, "s1"), "");
		}
	}
	app_case_close(&c);
}

static void
all_present_then_the_exceptions_then_closed(void **state)
{
	struct app_case c;
	int64_t rows;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	rows = case_journal_rows(c.t->db);
	assert_int_equal(send(&c, "s1", "tous", "p1:> p2:> p3:>0"), 303);
	assert_string_equal(stored(&c, "s1"), "p1:120 p2:120 p3:0");
	assert_int_equal(case_journal_rows(c.t->db), rows + 1); /* one act, one row */
	app_page(&c, app_place(&c));
	app_shows(&c, "All are marked present");
	app_shows(&c, "Saved on the server: 2025-06-15 at 1"); /* and the hour, of wherever this runs */
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:120>90 p2:120>0e p3:0>0"), 303);
	assert_string_equal(stored(&c, "s1"), "p1:90 p2:0e p3:0");
	assert_true(session_now(&c, "s1").closed_at.len == 0);
	assert_int_equal(send(&c, "s1", "clore", "p1:90>90 p2:0e>0e p3:0>0"), 303);
	assert_true(str_is(session_now(&c, "s1").state, "held"));
	assert_true(session_now(&c, "s1").closed_at.len > 0);
	assert_int_equal(session_now(&c, "s1").closed_by, c.account.record.id);
	app_page(&c, place(&c, "s1", ""));
	app_shows(&c, "Closed on 2025-06-15");
	app_hides(&c, "name=\"acte\"");
	/* Closed: nothing is written until somebody opens it again, which the journal knows. */
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:90>0"), 409);
	app_shows(&c, "This sheet was closed meanwhile");
	assert_string_equal(stored(&c, "s1"), "p1:90 p2:0e p3:0");
	rows = case_journal_rows(c.t->db);
	assert_int_equal(app_post(&c, place(&c, "s1", "/reouverture"), ""), 303);
	assert_int_equal(case_journal_rows(c.t->db), rows + 1);
	assert_true(str_is(session_now(&c, "s1").state, "held"));
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:90>0"), 303);
	assert_string_equal(stored(&c, "s1"), "p1:0 p2:0e p3:0");
	app_case_close(&c);
}

static void
a_sheet_is_closed_when_everybody_is_answered_and_the_day_has_come(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	assert_int_equal(send(&c, "s1", "clore", "p1:>120 p2:>0 p3:>"), 303);
	assert_non_null(strstr(app_place(&c), "fait=incomplet"));
	assert_true(session_now(&c, "s1").closed_at.len == 0);
	assert_string_equal(stored(&c, "s1"), "p1:120 p2:0");
	assert_int_equal(send(&c, "s2", "clore", "p1:>120 p2:>0 p3:>120"), 303);
	assert_non_null(strstr(app_place(&c), "fait=incomplet"));
	assert_true(session_now(&c, "s2").closed_at.len == 0);
	/* What did not take place has no sheet. */
	assert_int_equal(send(&c, "s3", "enregistrer", "p1:>120"), 409);
	app_shows(&c, "was cancelled");
	assert_string_equal(stored(&c, "s3"), "");
	app_case_close(&c);
}

static void
what_is_wrong_is_said_at_its_line_and_kept(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:>121 p2:>0e p3:>abc"), 422);
	app_shows(&c, "<title>Error:");
	app_shows(&c, "There are 2 mistakes");
	app_shows(&c, "a whole number of minutes from 1 to 120");
	app_shows(&c, "value=\"121\"");
	app_shows(&c, "value=\"abc\"");
	app_shows(&c, "value=\"E\" checked");
	assert_string_equal(stored(&c, "s1"), "");
	/* A line that no page of ours sends. */
	assert_int_equal(app_post(&c, place(&c, "s1", ""), "acte=enregistrer&b.zz!=&p.zz!=P"), 400);
	assert_int_equal(app_post(&c, place(&c, "s1", ""), fields(&c, "enregistrer", "p1:x>120")), 400);
	/* Nobody is put on a sheet whom one could not have found. */
	assert_int_equal(send(&c, "s1", "enregistrer", "p4:>120 p1:>120"), 409);
	assert_string_equal(stored(&c, "s1"), "");
	app_case_close(&c);
}

static void
two_people_at_one_sheet_lose_nothing(void **state)
{
	struct app_case c;
	const char *settle;
	str id;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:>120 p2:> p3:>"), 303);
	/* From a page of before: other lines go beside, the same answer is no quarrel. */
	app_as(&c, "worker", "o1");
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:> p2:>0e p3:>"), 303);
	assert_string_equal(stored(&c, "s1"), "p1:120 p2:0e");
	app_page(&c, place(&c, "s1", ""));
	app_hides(&c, "answer differs");
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:>0 p2:>0e p3:>60"), 303);
	assert_string_equal(stored(&c, "s1"), "p1:120 p2:0e p3:60");
	app_page(&c, place(&c, "s1", ""));
	app_shows(&c, "1 answer differs");
	app_shows(&c, "present throughout");
	app_shows(&c, "Une Personne");
	id = str_of(strstr(app_body(&c), "name=\"ecart\" value=\"") + 20);
	id = str_cut(id, '"', &(str){ 0 });
	settle = str_format(&c.t->arena, "ecart=%.*s&choix=autre", STR_ARG(id)).s;
	assert_int_equal(app_post(&c, place(&c, "s2", "/ecarts"), settle), 303); /* another session's */
	assert_string_equal(stored(&c, "s1"), "p1:120 p2:0e p3:60");
	assert_int_equal(app_post(&c, place(&c, "s1", "/ecarts"), settle), 303);
	assert_string_equal(stored(&c, "s1"), "p1:0 p2:0e p3:60");
	app_page(&c, place(&c, "s1", ""));
	app_hides(&c, "answer differs");
	app_case_close(&c);
}

static void
the_word_of_the_trainer_counts_first(void **state)
{
	struct app_case c;
	struct session own, old;
	struct save s;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:>120"), 303);
	app_as(&c, "worker", "o1");
	old = own = session_now(&c, "s1");
	own.trainer_account = c.account.record.id;
	ok(db_begin_write(c.t->db));
	ok(save_open(&s, c.t->db,
	    &(struct change){ .territory = 1, .at = S("2025-06-15T00:00:00.000Z"), .actor = S("t"), .cause = S("t") }, c.now_ms));
	ok(entity_save(&s, &entities[ENTITY_sessions], &own, &old));
	save_close(&s);
	ok(db_end(c.t->db, NULL));
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:>0"), 303);
	assert_string_equal(stored(&c, "s1"), "p1:0");
	app_page(&c, place(&c, "s1", ""));
	app_shows(&c, "1 answer differs");
	app_case_close(&c);
}

static void
somebody_unannounced_comes_by_name_or_by_card(void **state)
{
	struct app_case c;
	const char *key;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(app_post(&c, place(&c, "s1", "/ajout"), "q=Zwgroup"), 200);
	app_shows(&c, "Zwgroup");
	assert_int_equal(app_post(&c, place(&c, "s1", "/ajout"), "q=Zwalone"), 200); /* another organisation's */
	app_hides(&c, "Zwhidden");
	key = key_of(&c, ENTITY_people, "p5");
	assert_int_equal(app_post(&c, place(&c, "s1", "/ajout"), str_format(&c.t->arena, "personne=%s", key).s), 303);
	assert_string_equal(stored(&c, "s1"), "p5:120");
	app_page(&c, place(&c, "s1", ""));
	app_shows(&c, "Zwfar Z.");
	app_shows(&c, "unannounced");
	/* As people copy a code. */
	key = key_of(&c, ENTITY_people, "p6");
	assert_int_equal(app_post(&c, place(&c, "s1", "/ajout"), str_format(&c.t->arena, "code=%.4s %s", key, key + 4).s), 303);
	assert_string_equal(stored(&c, "s1"), "p5:120 p6:120");
	assert_int_equal(app_post(&c, place(&c, "s1", "/ajout"), "code=zzzz"), 422);
	key = key_of(&c, ENTITY_people, "p4");
	assert_int_equal(app_post(&c, place(&c, "s1", "/ajout"), str_format(&c.t->arena, "code=%s", key).s), 422);
	app_hides(&c, "Zwhidden");
	assert_int_equal(send(&c, "s1", "enregistrer", "p5:120>R"), 303);
	assert_string_equal(stored(&c, "s1"), "p6:120");
	/* The card holds no name. */
	app_page(&c, str_format(&c.t->arena, "/personnes/%s/carte", key_of(&c, ENTITY_people, "p1")).s);
	app_refuses(&c, 404, str_format(&c.t->arena, "/personnes/%s/carte", key_of(&c, ENTITY_people, "p4")).s);
	app_case_close(&c);
}

static void
paper_bears_whole_names_and_is_noted(void **state)
{
	struct app_case c;
	int64_t rows;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	rows = case_journal_rows(c.t->db);
	app_page(&c, place(&c, "s1", "/imprimer"));
	app_shows(&c, "Zwzahra Zwnoori");
	assert_int_equal(case_journal_rows(c.t->db), rows + 1);
	app_case_close(&c);
}

static void
home_and_the_list_lead_to_sheets(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	app_page(&c, "/");
	app_shows(&c, place(&c, "s1", ""));
	app_hides(&c, place(&c, "s2", "")); /* to come */
	app_hides(&c, place(&c, "s4", "")); /* another's */
	c.now_ms += 10 * 24 * hour_ms;
	app_as(&c, "worker", "o1");
	app_page(&c, "/");
	app_shows(&c, "Attendance of 2 sessions to fill in");
	app_shows(&c, "href=\"/emargements?action=a1\"");
	app_page(&c, "/emargements?action=a1");
	app_shows(&c, place(&c, "s1", ""));
	app_shows(&c, place(&c, "s2", ""));
	app_hides(&c, place(&c, "s3", ""));
	app_hides(&c, place(&c, "s4", ""));
	assert_int_equal(send(&c, "s1", "clore", "p1:>120 p2:>120 p3:>120"), 303);
	app_page(&c, "/emargements");
	app_hides(&c, place(&c, "s1", ""));
	app_page(&c, "/");
	app_shows(&c, place(&c, "s2", ""));
	app_case_close(&c);
}

/* --- the signed sheet on paper --- */

static int
post_photo(struct app_case *c, const char *session, str bytes)
{
	struct arena *a = &c->t->arena;
	struct viewer v = { .form_token = form_token_of(a, c->token) };
	struct request in = { .method = METHOD_POST, .content_type = S("multipart/form-data; boundary=xxParTxx") };
	str masked = form_token_mask(a, &v);
	struct buf b = { 0 };

	buf_format(&b, "--xxParTxx\r\nContent-Disposition: form-data; name=\"jeton\"\r\n\r\n%.*s\r\n", STR_ARG(masked));
	buf_add(&b, S("--xxParTxx\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nattendance_sheet\r\n"
		      "--xxParTxx\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"x.pdf\"\r\n"
		      "Content-Type: application/pdf\r\n\r\n"));
	buf_add(&b, bytes);
	buf_add(&b, S("\r\n--xxParTxx--\r\n"));
	in.body = buf_kept(&b, a);
	return app_ask(c, &in, place(c, session, "/signee"));
}

static void
a_signed_sheet_is_kept_with_its_session(void **state)
{
	static const char pdf[] = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o2");
	assert_int_equal(post_photo(&c, "s1", str_of(pdf)), 404);
	app_as(&c, "worker", "o1");
	assert_int_equal(post_photo(&c, "s1", S("<html>")), 422);
	app_page(&c, place(&c, "s1", "/signee"));
	app_hides(&c, "href=\"/documents/");
	assert_int_equal(post_photo(&c, "s1", str_of(pdf)), 303);
	app_page(&c, place(&c, "s1", "/signee"));
	app_shows(&c, "href=\"/documents/");
	app_page(&c, place(&c, "s2", "/signee"));
	app_hides(&c, "href=\"/documents/");
	app_case_close(&c);
}

/* --- what waited on a telephone --- */

static void
only_what_we_send_is_read(void **state)
{
	struct db_case *t = case_of(state);
	FILE *f = fopen(source_path(t, "tests/cases/sendings.tsv"), "r");
	char line[1024];
	int n = 0;

	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL) {
		struct sending in;
		str json, verdict = str_cut(str_of(line), '\t', &json);

		if (line[0] == '#')
			continue;
		if (sending_read(&t->arena, json, &in) != str_is(verdict, "read"))
			fail_msg("sendings.tsv: %s", line);
		n++;
	}
	fclose(f);
	assert_true(n > 20);
}

static int
post_json(struct app_case *c, const char *body, const char *origin)
{
	struct request in = { .method = METHOD_POST,
		.content_type = S("application/json"),
		.body = str_of(body),
		.origin = str_of(origin),
		.fetch_site = S("same-origin") };

	return app_ask(c, &in, "/emargements/envoi");
}

/* lines as for fields(); the key is made of one letter. */
static const char *
item(struct app_case *c, char key, const char *session, const char *lines)
{
	struct buf b = { 0 };
	str left = str_of(lines), line;

	buf_add(&b, S("{\"key\":\""));
	buf_pad(&b, key, SENDING_KEY);
	buf_format(&b, "\",\"account\":\"%s\",\"session\":\"%s\",\"at\":1750000000000,\"all\":false,\"close\":false,\"lines\":[",
	    str_z(&c->t->arena, key_short(&c->t->arena, c->account.record.id)), key_of(c, ENTITY_sessions, session));
	for (int n = 0; (line = str_cut(left, ' ', &left)).len > 0; n++) {
		str rest, after, ref = str_cut(line, ':', &rest), before = str_cut(rest, '>', &after);

		buf_format(&b, "%s[\"%s\",\"%.*s\",\"%.*s\"]", n > 0 ? "," : "",
		    key_of(c, ENTITY_people, str_z(&c->t->arena, ref)), STR_ARG(before), STR_ARG(after));
	}
	buf_add(&b, S("]}"));
	return str_z(&c->t->arena, buf_kept(&b, &c->t->arena));
}

static const char here[] = "http://jalon.example";

static void
what_waited_is_written_once(void **state)
{
	struct app_case c;
	const char *first, *answer;
	int64_t rows;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	first = item(&c, 'a', "s1", "p1:>120 p2:>0e");
	assert_int_equal(post_json(&c, first, here), 200);
	app_shows(&c, "\"result\":\"saved\"");
	app_shows(&c, "?fait=enregistre");
	app_hides(&c, "Zw");
	answer = app_body(&c);
	assert_string_equal(stored(&c, "s1"), "p1:120 p2:0e");
	/* Its answer was lost on the way; meanwhile somebody corrected the sheet. */
	assert_int_equal(send(&c, "s1", "enregistrer", "p1:120>60 p2:0e>0e"), 303);
	rows = case_journal_rows(c.t->db);
	c.now_ms += 60 * 1000;
	assert_int_equal(post_json(&c, first, here), 200);
	assert_string_equal(app_body(&c), answer);
	assert_string_equal(stored(&c, "s1"), "p1:60 p2:0e");
	assert_int_equal(case_journal_rows(c.t->db), rows);
	/* The next of the same telephone; and one from before the correction, which differs. */
	assert_int_equal(post_json(&c, item(&c, 'b', "s1", "p3:>90"), here), 200);
	assert_string_equal(stored(&c, "s1"), "p1:60 p2:0e p3:90");
	assert_int_equal(post_json(&c, item(&c, 'c', "s1", "p1:120>0"), here), 200);
	app_shows(&c, "\"result\":\"differs\"");
	assert_string_equal(stored(&c, "s1"), "p1:60 p2:0e p3:90");
	app_page(&c, place(&c, "s1", ""));
	app_shows(&c, "1 answer differs");
	app_case_close(&c);
}

static void
what_cannot_be_written_is_explained_and_kept(void **state)
{
	struct app_case c;
	const char *theirs;

	begin(&c, state);
	app_as(&c, "coordinator", NULL);
	theirs = item(&c, 'e', "s1", "p1:>0");
	app_as(&c, "worker", "o1");
	assert_int_equal(send(&c, "s1", "clore", "p1:>120 p2:>120 p3:>120"), 303);
	assert_int_equal(post_json(&c, item(&c, 'a', "s1", "p1:120>0"), here), 200);
	app_shows(&c, "\"result\":\"refused\"");
	app_shows(&c, "was closed meanwhile");
	assert_int_equal(post_json(&c, item(&c, 'b', "s3", "p1:>120"), here), 200);
	app_shows(&c, "was cancelled");
	assert_int_equal(post_json(&c, item(&c, 'c', "s4", "p4:>60"), here), 200); /* another organisation's */
	app_shows(&c, "no longer yours");
	assert_string_equal(stored(&c, "s4"), "");
	assert_int_equal(post_json(&c, item(&c, 'd', "s2", "p1:>121"), here), 200);
	app_shows(&c, "more minutes than the session lasts");
	assert_int_equal(post_json(&c, theirs, here), 200);
	app_shows(&c, "\"other\":true");
	assert_string_equal(stored(&c, "s1"), "p1:120 p2:120 p3:120");
	app_case_close(&c);
}

static void
nothing_is_taken_from_elsewhere(void **state)
{
	struct app_case c;
	const char *body;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	body = item(&c, 'a', "s1", "p1:>120");
	assert_int_equal(post_json(&c, body, "https://elsewhere.example"), 400);
	assert_int_equal(post_json(&c, body, ""), 400);
	assert_int_equal(app_post(&c, "/emargements/envoi", body), 400);
	assert_int_equal(post_json(&c, "{}", here), 400);
	c.token = (str){ 0 };
	assert_int_equal(post_json(&c, body, here), 401);
	assert_string_equal(stored(&c, "s1"), "");
	app_as(&c, "state", NULL);
	assert_int_equal(post_json(&c, body, here), 403);
	assert_string_equal(stored(&c, "s1"), "");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(two_answers_are_put_together_as_the_table_says),
		ON_BOTH(the_sheet_names_who_is_expected),
		ON_BOTH(only_who_may_opens_and_writes_it),
		ON_BOTH(all_present_then_the_exceptions_then_closed),
		ON_BOTH(a_sheet_is_closed_when_everybody_is_answered_and_the_day_has_come),
		ON_BOTH(what_is_wrong_is_said_at_its_line_and_kept),
		ON_BOTH(two_people_at_one_sheet_lose_nothing),
		ON_BOTH(the_word_of_the_trainer_counts_first),
		ON_BOTH(somebody_unannounced_comes_by_name_or_by_card),
		ON_BOTH(paper_bears_whole_names_and_is_noted),
		ON_BOTH(home_and_the_list_lead_to_sheets),
		ON_BOTH(a_signed_sheet_is_kept_with_its_session),
		ON_BOTH(only_what_we_send_is_read),
		ON_BOTH(what_waited_is_written_once),
		ON_BOTH(what_cannot_be_written_is_explained_and_kept),
		ON_BOTH(nothing_is_taken_from_elsewhere),
	};

	return cmocka_run_group_tests_name("attendance", tests, NULL, NULL);
}
