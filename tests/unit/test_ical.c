/* Calendars for other programs: the bytes of RFC 5545 by a reader written apart, who may read them, and until when. */
#include "app_case.h"

#include "daily/ical.h"
#include "web/req.h"

/* --- an independent reader: lines unfolded, names and values apart, escapes undone; it fails on what the RFC forbids --- */

struct line {
	char name[64], value[4096];
};

static size_t
read_lines(str s, struct line *to, size_t most)
{
	size_t n = 0;

	while (s.len > 0) {
		char text[8192];
		size_t len = 0, octets = 0, colon;

		for (;;) {
			const char *end = memchr(s.s, '\r', s.len);

			assert_non_null(end);
			assert_true((size_t)(end - s.s) + 1 < s.len && end[1] == '\n');
			octets = (size_t)(end - s.s);
			assert_true(octets <= 75);
			assert_null(memchr(s.s, '\n', octets));      /* a bare line feed */
			assert_true(str_utf8((str){ s.s, octets })); /* no letter cut in two */
			memcpy(text + len, s.s, octets);
			len += octets;
			s = (str){ end + 2, s.len - octets - 2 };
			if (s.len == 0 || *s.s != ' ')
				break;
			s = (str){ s.s + 1, s.len - 1 };
		}
		text[len] = '\0';
		colon = strcspn(text, ":");
		assert_true(colon > 0 && colon < len && n < most && colon < sizeof to->name);
		snprintf(to[n].name, sizeof to->name, "%.*s", (int)colon, text);
		len = 0;
		for (const char *c = text + colon + 1; *c != '\0'; c++) {
			if (*c == '\\' && strncmp(to[n].name, "RRULE", 5) != 0) {
				c++;
				assert_non_null(strchr("\\;,n", *c));
				to[n].value[len++] = *c == 'n' ? '\n' : *c;
			} else {
				assert_true(*c != ',' || strcmp(to[n].name, "SUMMARY") != 0);
				to[n].value[len++] = *c;
			}
		}
		to[n++].value[len] = '\0';
	}
	return n;
}

static const char *
value(const struct line *v, size_t n, const char *name, int which)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(v[i].name, name) == 0 && which-- == 0)
			return v[i].value;
	}
	return "";
}

static void
what_is_written_comes_back(void **state)
{
	static const char *const texts[] = { "Cours; niveau A1, groupe \\ B", "ligne\nautre",
		"Élèves été ç œ – — ’ très très longue ligne qui "
		"dépasse largement soixante-quinze octets, avec des accents partout où l’on peut en mettre : é è ê ë à â ù û î ï ô ö ç",
		"ردهات العربية والفارسية فی زبان ها که باید درست بریده شوند", "", "x", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀" };
	struct db_case *t = case_of(state);
	struct line *lines = ARENA_ARRAY(&t->arena, 200, struct line);

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const struct ical_event e = { .id = 7,
			.version = 3,
			.on = day_parse(S("2025-06-18")),
			.starts_at = S("09:00"),
			.minutes = 90,
			.what = str_of(texts[i]),
			.where = str_of(texts[i]),
			.cancelled = i % 2 == 1 };
		struct buf b = { 0 };
		size_t n;

		ical_write(&b, S("Agenda, été"), &e, 1, INT64_C(1750000000000));
		n = read_lines(buf_str(&b), lines, 200);
		assert_string_equal(lines[0].value, "VCALENDAR");
		assert_string_equal(lines[n - 1].name, "END");
		assert_string_equal(value(lines, n, "VERSION", 0), "2.0");
		assert_string_equal(value(lines, n, "SUMMARY", 0), texts[i]);
		assert_string_equal(value(lines, n, "LOCATION", 0), texts[i]);
		assert_string_equal(value(lines, n, "UID", 0), "seance-7@jalon");
		assert_string_equal(value(lines, n, "SEQUENCE", 0), "2");
		assert_string_equal(value(lines, n, "DTSTART;TZID=Europe/Paris", 0), "20250618T090000");
		assert_string_equal(value(lines, n, "DURATION", 0), "PT90M");
		assert_string_equal(value(lines, n, "DTSTAMP", 0), "20250615T150640Z");
		assert_string_equal(value(lines, n, "TZID", 0), "Europe/Paris");
		assert_string_equal(value(lines, n, "STATUS", 0), i % 2 == 1 ? "CANCELLED" : "CONFIRMED");
		buf_release(&b);
	}
}

/* Any bytes: every length around the fold, letters of one to four bytes. */
static void
every_length_is_folded(void **state)
{
	static const char *const letters[] = { "a", "é", "€", "😀" };
	struct db_case *t = case_of(state);
	struct line *lines = ARENA_ARRAY(&t->arena, 4, struct line);

	for (int n = 0; n < 320; n++) {
		struct buf text = { 0 }, b = { 0 };

		for (int i = 0; i < n; i++)
			buf_add(&text, str_of(letters[(i * 7 + n) % 4]));
		ical_text(&b, "SUMMARY", buf_str(&text));
		assert_int_equal(read_lines(buf_str(&b), lines, 4), 1);
		buf_char(&text, '\0');
		assert_string_equal(lines[0].value, text.s);
		buf_release(&text);
		buf_release(&b);
	}
}

static const char *const base[] = { "territories.csv", "ref,name,kind,department_code\nville,Ville,commune,63\n",
	"organisations.csv", "ref,name,category\nop,Operateur,charity\nautre,Autre,charity\n", "contracts.csv",
	"ref,territory_ref,kind,title,signed_on,duration_months\nc,ville,ctai,Contrat,2022-10-17,36\n", "priorities.csv",
	"ref,contract_ref,number,title\np,c,1,P\n", "axes.csv", "ref,priority_ref,number,title\nx,p,1,A\n", "sheets.csv",
	"ref,contract_ref,axis_ref,kind,number,title,audience,recording\nf,c,x,action,1.1,Fiche,newcomers,nominal\n",
	"actions.csv", "ref,sheet_ref,title,operator_ref,audience\na1,f,Atelier,op,newcomers\na2,f,Cours,autre,newcomers\n",
	"people.csv", "ref,family_name,given_name,sex\np1,Arasi,Ana,F\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on\ne1,a1,p1,active,2025-01-02\n", "sessions.csv",
	"ref,action_ref,held_on,minutes,kind,audience,state,group,starts_at,room,trainer,cancel_reason\n"
	"s1,a1,2025-06-18,120,training,newcomers,planned,Groupe 1,09:00,Salle A,Mila Planted,\n"
	"s2,a1,2025-06-19,120,training,newcomers,cancelled,Groupe 2,,,Mila Planted,Mila malade\n"
	"s3,a2,2025-06-19,60,workshop,newcomers,planned,,10:00,Salle B,,\n",
	NULL };

/* The path of the address that the page shows. */
static const char *
shown_path(struct app_case *c)
{
	const char *at = strstr(app_body(c), "/calendrier/");

	assert_non_null(at);
	return str_format(&c->t->arena, "%.*s", (int)strcspn(at, "<"), at).s;
}

static void
an_address_opens_the_sessions_and_nobody(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *place, *renewed, *feed;
	int64_t action;
	str key;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "base", base));
	app_case_open(&c, t);
	ok(entity_key_of_ref(t->db, 1, &entities[ENTITY_actions], S("a1"), &action));
	key = key_short(&t->arena, action);
	app_as(&c, "worker", "autre");
	assert_int_equal(app_post(&c, "/agenda/calendriers", str_format(&t->arena, "action=%.*s", STR_ARG(key)).s), 422);
	app_as(&c, "worker", "op");
	app_page(&c, "/agenda/calendriers");
	assert_int_equal(app_post(&c, "/agenda/calendriers", str_format(&t->arena, "action=%.*s", STR_ARG(key)).s), 200);
	place = shown_path(&c);
	app_page(&c, "/agenda/calendriers");
	app_hides(&c, strrchr(place, '/') + 1); /* shown once */
	feed = strstr(app_body(&c), "name=\"renouveler\" value=\"");
	assert_non_null(feed);
	feed = str_format(&t->arena, "renouveler=%.*s", (int)strcspn(feed + 25, "\""), feed + 25).s;
	c.token = (str){ 0 };
	app_page(&c, place);
	app_shows(&c, "SUMMARY:Atelier – Groupe 1");
	app_shows(&c, "STATUS:CANCELLED");
	app_shows(&c, "DTSTART;VALUE=DATE:20250619");
	app_hides(&c, "Cours");
	app_hides(&c, "Mila");
	app_hides(&c, "Arasi");
	app_hides(&c, "malade");
	app_refuses(&c, 404, "/calendrier/nothing");
	app_refuses(&c, 404, str_format(&t->arena, "%.*sAA", (int)strlen(place) - 2, place).s);
	app_as(&c, "worker", "autre");
	assert_int_equal(app_post(&c, "/agenda/calendriers", feed), 404); /* not theirs */
	app_as(&c, "worker", "op");
	assert_int_equal(app_post(&c, "/agenda/calendriers", feed), 200);
	renewed = shown_path(&c);
	app_refuses(&c, 404, place);
	app_page(&c, renewed);
	{ /* the holder's access ends, and the calendar with it */
		struct account old, account;
		bool found;

		ok(entity_by_id(t->db, 1, &entities[ENTITY_accounts], c.account.record.id, &t->arena, &old, &found));
		account = old;
		account.state = S("ended");
		assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	}
	c.token = (str){ 0 };
	app_refuses(&c, 404, renewed);
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SQLITE(what_is_written_comes_back),
		ON_SQLITE(every_length_is_folded),
		ON_BOTH(an_address_opens_the_sessions_and_nobody),
	};

	return cmocka_run_group_tests_name("ical", tests, NULL, NULL);
}
