/* My account, and a code on paper: what their pages do, refuse and never show. */
#include "app_case.h"

#include "access/factor.h"
#include "access/invitation.h"
#include "access/liboath.h"
#include "web/req.h"

static const char word[] = "trois chevaux bleus";

static void
begin(struct app_case *c, struct db_case *t, const char *role, const char *of)
{
	with_city(t);
	app_case_open(c, t);
	app_as(c, role, of);
}

/* What stands in a page between two texts; fails when it does not. */
static str
between(struct app_case *c, const char *before, const char *after)
{
	const char *body = app_body(c), *at = strstr(body, before), *end = at == NULL ? NULL : strstr(at + strlen(before), after);

	if (end == NULL)
		fail_msg("no %s...%s in:\n%s", before, after, body);
	at += strlen(before);
	return str_dup(&c->t->arena, (str){ at, (size_t)(end - at) });
}

static const char *
joined(struct app_case *c, const char *format, const char *a, const char *b)
{
	return str_format(&c->t->arena, format, a, b).s;
}

/* ---- the account ---- */

static void
an_account_says_who_one_is(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "worker", "op");
	app_page(&c, "/compte");
	app_shows(&c, "worker.op@example.org");
	app_shows(&c, "Une Personne");
	app_shows(&c, "Operator&#39;s worker");
	app_shows(&c, "Operateur");
	app_shows(&c, "this one");
	app_shows(&c, "Firefox, Windows");
	app_hides(&c, "End all the others");
	assert_null(strstr(str_z(&c.t->arena, between(&c, "<title>", "</title>")), "Personne"));
	app_case_close(&c);
}

static void
the_password_is_changed_with_the_present_one(void **state)
{
	struct app_case c;
	str first;

	begin(&c, case_of(state), "worker", "op");
	first = c.token;
	app_as(&c, "worker", "op");
	assert_int_equal(app_post(&c, "/compte/mot-de-passe", "mot_de_passe=faux&nouveau=a&encore=b"), 422);
	app_shows(&c, "this is not the password of this account");
	app_shows(&c, "twice the same");
	app_hides(&c, "value=\"faux\"");
	assert_int_equal(
	    app_post(&c, "/compte/mot-de-passe", joined(&c, "mot_de_passe=%s&nouveau=%s&encore=court", word, "court")), 422);
	app_shows(&c, "at least 12 characters");
	assert_true(lives(c.t, first, c.now_ms));
	assert_int_equal(app_post(&c, "/compte/mot-de-passe",
			     joined(&c, "mot_de_passe=%s&nouveau=%s&encore=quatre lunes vertes", word, "quatre lunes vertes")),
	    303);
	assert_string_equal(app_place(&c), "/compte?fait=mot-de-passe");
	assert_false(lives(c.t, first, c.now_ms));
	assert_true(lives(c.t, c.token, c.now_ms));
	app_page(&c, app_place(&c));
	app_shows(&c, "Your password is changed");
	/* sent again by the way back: the old password serves no more */
	assert_int_equal(app_post(&c, "/compte/mot-de-passe",
			     joined(&c, "mot_de_passe=%s&nouveau=%s&encore=cinq lunes vertes", word, "cinq lunes vertes")),
	    422);
	app_case_close(&c);
}

static void
other_signins_are_ended_one_by_one_or_all(void **state)
{
	struct app_case c;
	str first, second, key;

	begin(&c, case_of(state), "coordinator", NULL);
	first = c.token;
	app_as(&c, "coordinator", NULL);
	second = c.token;
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/compte");
	app_shows(&c, "End all the others");
	key = key_short(&c.t->arena, viewer_of(c.t, first, c.now_ms).login);
	assert_int_equal(app_post(&c, joined(&c, "/compte/connexions/%s/fin%s", str_z(&c.t->arena, key), ""), ""), 303);
	assert_false(lives(c.t, first, c.now_ms));
	assert_true(lives(c.t, second, c.now_ms));
	assert_int_equal(
	    app_post(&c, joined(&c, "/compte/connexions/%s/fin%s", str_z(&c.t->arena, key), ""), ""), 303); /* again */
	assert_int_equal(app_post(&c, "/compte/connexions/fin", ""), 303);
	assert_false(lives(c.t, second, c.now_ms));
	assert_true(lives(c.t, c.token, c.now_ms));
	app_case_close(&c);
}

static void
the_signins_of_others_are_out_of_reach(void **state)
{
	struct app_case c;
	str theirs, key;

	begin(&c, case_of(state), "coordinator", NULL);
	theirs = c.token;
	key = key_short(&c.t->arena, viewer_of(c.t, theirs, c.now_ms).login);
	app_as(&c, "administrator", NULL);
	assert_int_equal(app_post(&c, joined(&c, "/compte/connexions/%s/fin%s", str_z(&c.t->arena, key), ""), ""), 303);
	assert_true(lives(c.t, theirs, c.now_ms));
	app_case_close(&c);
}

static void
what_is_held_is_given_with_the_password(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "worker", "op");
	app_page(&c, "/compte/donnees");
	assert_int_equal(app_post(&c, "/compte/donnees", "mot_de_passe=faux"), 422);
	app_hides(&c, "sign_ins");
	assert_int_equal(app_post(&c, "/compte/donnees", joined(&c, "mot_de_passe=%s%s", word, "")), 200);
	app_shows(&c, "\"email\":\"worker.op@example.org\"");
	app_shows(&c, "\"device\":\"Firefox, Windows\"");
	app_shows(&c, "\"cause\":\"sign-in\"");
	app_hides(&c, "argon2");
	app_case_close(&c);
}

/* ---- the second step ---- */

static str
base32(struct arena *a, str shown)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *out = arena_alloc(a, shown.len);
	unsigned bits = 0, value = 0;
	size_t n = 0;

	for (size_t i = 0; i < shown.len; i++) {
		const char *at = shown.s[i] == ' ' ? NULL : strchr(letters, shown.s[i]);

		if (at == NULL)
			continue;
		value = value << 5 | (unsigned)(at - letters);
		if ((bits += 5) >= 8)
			out[n++] = (char)(value >> (bits -= 8));
	}
	return (str){ out, n };
}

static const char *
digits_at(struct app_case *c, str secret, int64_t now_ms)
{
	char *digits = arena_alloc(&c->t->arena, 8);

	assert_int_equal(
	    oath_hotp_generate(secret.s, secret.len, (uint64_t)(now_ms / 30000), 6, false, OATH_HOTP_DYNAMIC_TRUNCATION, digits),
	    OATH_OK);
	return digits;
}

/* The secret that the page shows. */
static str
joining(struct app_case *c)
{
	assert_int_equal(app_post(c, "/compte/second-facteur/debut", joined(c, "mot_de_passe=%s%s", word, "")), 303);
	app_page(c, app_place(c));
	app_shows(c, "<svg role=\"img\"");
	return base32(&c->t->arena, between(c, "<bdi class=\"code\">", "</bdi>"));
}

static void
a_telephone_is_joined_and_taken_away(void **state)
{
	struct app_case c;
	str secret, code;

	begin(&c, case_of(state), "finance", NULL);
	assert_int_equal(app_post(&c, "/compte/second-facteur/debut", "mot_de_passe=faux"), 422);
	assert_int_equal(app_get(&c, "/compte/second-facteur/telephone"), 303);
	secret = joining(&c);
	assert_int_equal(app_post(&c, "/compte/second-facteur/telephone", "code=000000"), 422);
	app_shows(&c, "the six digits that the application shows now");
	app_shows(&c, "<svg role=\"img\"");
	assert_int_equal(
	    app_post(&c, "/compte/second-facteur/telephone", joined(&c, "code=%s%s", digits_at(&c, secret, c.now_ms), "")), 200);
	code = between(&c, "<li class=\"code\">", "</li>");
	assert_int_equal(code.len, 19);
	app_page(&c, "/compte/second-facteur");
	app_shows(&c, "8 recovery codes are left");
	app_hides(&c, str_z(&c.t->arena, code));
	/* sent again: the codes are not shown a second time */
	assert_int_equal(
	    app_post(&c, "/compte/second-facteur/telephone", joined(&c, "code=%s%s", digits_at(&c, secret, c.now_ms), "")), 303);
	assert_int_equal(app_post(&c, "/compte/second-facteur/codes", "mot_de_passe=faux"), 422);
	assert_int_equal(app_post(&c, "/compte/second-facteur/codes", joined(&c, "mot_de_passe=%s%s", word, "")), 200);
	app_hides(&c, str_z(&c.t->arena, code));
	assert_int_equal(app_post(&c, "/compte/second-facteur/retrait", "mot_de_passe=faux"), 422);
	assert_int_equal(app_post(&c, "/compte/second-facteur/retrait", joined(&c, "mot_de_passe=%s%s", word, "")), 303);
	assert_int_equal(rows_of(c.t, "second_factors"), 0);
	assert_int_equal(rows_of(c.t, "recovery_codes"), 0);
	app_case_close(&c);
}

static void
a_secret_is_not_shown_for_ever(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "finance", NULL);
	(void)joining(&c);
	c.now_ms += 14 * minute_ms;
	app_page(&c, "/compte/second-facteur/telephone");
	c.now_ms += 2 * minute_ms;
	assert_int_equal(app_get(&c, "/compte/second-facteur/telephone"), 303);
	app_case_close(&c);
}

/* ---- a code on paper ---- */

static str
invited(struct app_case *c, const char *email, const char *role)
{
	struct account account = with_account(c->t, email, role, NULL);
	struct change change = { 1, S("2025-06-15T12:00:00.000Z"), S("tester"), S("test") };
	struct hashing h = hashing_of(-1);
	struct invitation i;

	ok(invitation_make(c->t->db, &c->t->arena, &h, &change, account.record.id, INVITATION_NEW, c->now_ms, &i));
	return i.code;
}

static void
a_code_on_paper_gives_a_password_once(void **state)
{
	struct app_case c;
	const char *code, *chosen;

	with_city(case_of(state));
	app_case_open(&c, *state);
	code = str_z(&c.t->arena, invited(&c, "nouveau@example.org", "coordinator"));
	app_page(&c, "/invitation");
	assert_int_equal(app_post(&c, "/invitation", "code=ABCD-EFGH-JKMN-PQRS"), 422);
	app_shows(&c, "it is not right, was used already");
	app_shows(&c, "value=\"ABCD-EFGH-JKMN-PQRS\"");
	assert_int_equal(app_post(&c, "/invitation", joined(&c, "code=%s%s", code, "")), 200);
	app_shows(&c, "nouveau@example.org");
	assert_int_equal(
	    app_post(&c, "/invitation/mot-de-passe", joined(&c, "code=%s&nouveau=azertyuiop12&encore=azertyuiop12%s", code, "")),
	    422);
	app_shows(&c, "Rules of use");
	app_shows(&c, "something that nobody would guess");
	assert_int_equal(
	    app_post(&c, "/invitation/mot-de-passe", joined(&c, "code=%s&nouveau=a&encore=b%s", code, "&regles=oui")), 422);
	app_shows(&c, "twice the same");
	app_shows(&c, "checked");
	chosen = joined(&c, "code=%s&nouveau=%s&encore=quatre lunes vertes&regles=oui", code, "quatre lunes vertes");
	assert_int_equal(app_post(&c, "/invitation/mot-de-passe", chosen), 303);
	assert_string_equal(app_place(&c), "/connexion?fait=mot-de-passe");
	app_page(&c, app_place(&c));
	app_shows(&c, "Sign in with it now");
	assert_int_equal(try_at(c.t, "nouveau@example.org", "quatre lunes vertes", c.now_ms).outcome, LOGIN_DONE);
	assert_int_equal(rows_of(c.t, "accounts where rules_accepted_on is not null"), 1);
	assert_int_equal(app_post(&c, "/invitation/mot-de-passe", chosen), 422); /* sent again */
	assert_int_equal(app_post(&c, "/invitation", joined(&c, "code=%s%s", code, "")), 422);
	app_case_close(&c);
}

static void
a_code_on_paper_expires(void **state)
{
	struct app_case c;
	const char *code;

	with_city(case_of(state));
	app_case_open(&c, *state);
	code = str_z(&c.t->arena, invited(&c, "nouveau@example.org", "administrator"));
	c.now_ms += 13 * 24 * hour_ms;
	assert_int_equal(app_post(&c, "/invitation", joined(&c, "code=%s%s", code, "")), 200);
	app_shows(&c, "At least 16 characters");
	c.now_ms += 2 * 24 * hour_ms;
	assert_int_equal(app_post(&c, "/invitation", joined(&c, "code=%s%s", code, "")), 422);
	app_hides(&c, "nouveau@example.org");
	app_case_close(&c);
}

static void
whoever_guesses_codes_waits(void **state)
{
	struct app_case c;

	with_city(case_of(state));
	app_case_open(&c, *state);
	for (int i = 0; i < 6; i++)
		assert_int_equal(app_post(&c, "/invitation", "code=ABCD-EFGH-JKMN-PQRS"), 422);
	assert_int_equal(app_post(&c, "/invitation", "code=ABCD-EFGH-JKMN-PQRS"), 422);
	app_shows(&c, "Too many attempts");
	app_case_close(&c);
}

static void
everybody_reads_the_rules(void **state)
{
	struct app_case c;

	with_city(case_of(state));
	app_case_open(&c, *state);
	app_page(&c, "/regles");
	app_shows(&c, "no password is lent");
	app_as(&c, "beneficiary", "p1");
	app_page(&c, "/regles");
	app_hides(&c, "no password is lent");
	app_page(&c, "/compte");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(an_account_says_who_one_is),
		ON_BOTH(the_password_is_changed_with_the_present_one),
		ON_BOTH(other_signins_are_ended_one_by_one_or_all),
		ON_BOTH(the_signins_of_others_are_out_of_reach),
		ON_BOTH(what_is_held_is_given_with_the_password),
		ON_BOTH(a_telephone_is_joined_and_taken_away),
		ON_BOTH(a_secret_is_not_shown_for_ever),
		ON_BOTH(a_code_on_paper_gives_a_password_once),
		ON_BOTH(a_code_on_paper_expires),
		ON_BOTH(whoever_guesses_codes_waits),
		ON_BOTH(everybody_reads_the_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
