/* The accesses: who gives which, what is refused, codes on paper, the last administrator, several at once. */
#include "app_case.h"

#include "access/factor.h"
#include "base/moment.h"
#include "web/req.h"

static void
begin(struct app_case *c, struct db_case *t, const char *role, const char *of)
{
	with_city(t);
	app_case_open(c, t);
	app_as(c, role, of);
}

static const char *
path_of(struct app_case *c, const struct account *account, const char *rest)
{
	str key = key_short(&c->t->arena, account->record.id);

	return str_format(&c->t->arena, "/acces/%.*s%s", STR_ARG(key), rest).s;
}

static const char *
key_of(struct app_case *c, enum entity_number kind, const char *ref)
{
	return str_z(&c->t->arena, key_short(&c->t->arena, id_of(c->t, kind, ref)));
}

static const char *
with_key(struct app_case *c, const char *format, const char *key)
{
	return str_format(&c->t->arena, format, key).s;
}

/* ---- the list ---- */

static void
an_administrator_sees_all_a_manager_their_own(void **state)
{
	struct app_case c;
	struct account other;

	begin(&c, case_of(state), "administrator", NULL);
	(void)with_account(c.t, "agent@example.org", "worker", NULL);
	other = account_of(c.t, "ailleurs@example.org", "worker");
	other.organisation = id_of(c.t, ENTITY_organisations, "autre");
	assert_int_equal(account_saved(c.t, &other, NULL, case_epoch_ms).len, 0);
	(void)with_account(c.t, "benef@example.org", "beneficiary", NULL);
	app_page(&c, "/acces");
	app_shows(&c, "/acces/nouveau");
	app_shows(&c, "never signed in");
	app_shows(&c, "4 accesses");
	app_hides(&c, "benef@example.org");
	app_page(&c, "/acces.csv");
	app_shows(&c, "ailleurs@example.org");
	app_hides(&c, "benef@example.org");
	app_page(&c, "/acces?role=worker&etat=sans-code");
	app_shows(&c, "2 accesses");
	app_page(&c, "/acces?q=une");
	app_shows(&c, "3 accesses");
	app_page(&c, "/acces?q=zzz");
	app_shows(&c, "No access answers to this");
	app_as(&c, "manager", "op");
	app_page(&c, "/acces.csv");
	app_shows(&c, "agent@example.org");
	app_hides(&c, "ailleurs@example.org");
	app_hides(&c, "administrator@example.org");
	app_refuses(&c, 404, path_of(&c, &other, ""));
	assert_int_equal(app_post(&c, path_of(&c, &other, "/fin"), ""), 404);
	assert_int_equal(app_post(&c, path_of(&c, &other, "/code"), ""), 404);
	app_as(&c, "coordinator", NULL);
	app_refuses(&c, 403, "/acces");
	app_case_close(&c);
}

static void
states_are_told_apart(void **state)
{
	struct app_case c;
	struct account a;

	begin(&c, case_of(state), "administrator", NULL);
	a = account_of(c.t, "a@example.org", "finance");
	a.expires_on = moment_day(c.now_ms) - 1;
	assert_int_equal(account_saved(c.t, &a, NULL, case_epoch_ms).len, 0);
	app_page(&c, "/acces?etat=expire");
	app_shows(&c, "1 access");
	app_page(&c, path_of(&c, &a, ""));
	app_shows(&c, "Prolong");
	app_hides(&c, "Make the code");
	app_page(&c, "/acces?etat=actif");
	app_shows(&c, "1 access");
	app_case_close(&c);
}

/* ---- adding ---- */

static void
an_access_is_added_and_its_code_shown_once(void **state)
{
	struct app_case c;
	const char *form, *code, *at, *page;

	begin(&c, case_of(state), "administrator", NULL);
	app_page(&c, "/acces/nouveau");
	assert_int_equal(
	    app_post(&c, "/acces", "name=&email=pas une adresse&role=&expires_on.d=31&expires_on.m=2&expires_on.y=2026"), 422);
	app_shows(&c, "There are 4 mistakes");
	app_shows(&c, "value=\"pas une adresse\"");
	assert_int_equal(app_post(&c, "/acces", "name=Zoe&email=zoe@example.org&role=worker"), 422);
	app_shows(&c, "this role sees what is its own");
	form = with_key(&c, "name=Zoe&email=Zoe@Example.org &role=worker&organisation=%s&language=fr&dossier=",
	    key_of(&c, ENTITY_organisations, "op"));
	assert_int_equal(app_post(&c, "/acces", form), 303);
	page = str_z(&c.t->arena, str_cut(str_of(app_place(&c)), '?', &(str){ 0 }));
	app_page(&c, page);
	app_shows(&c, "Make the code on paper");
	app_shows(&c, "zoe@example.org");
	assert_int_equal(app_post(&c, "/acces", form), 422); /* sent again */
	app_shows(&c, "that no other account has");
	assert_int_equal(app_post(&c, with_key(&c, "%s/code", page), ""), 200);
	app_shows(&c, "http://jalon.example/invitation");
	at = strstr(app_body(&c), "<strong class=\"code\"><bdi>");
	assert_non_null(at);
	code = str_z(&c.t->arena, str_dup(&c.t->arena, (str){ at + 26, 19 }));
	app_page(&c, page);
	app_hides(&c, code);
	app_shows(&c, "a code is out, until");
	c.token = (str){ 0 };
	assert_int_equal(app_post(&c, "/invitation", with_key(&c, "code=%s", code)), 200);
	app_case_close(&c);
}

static void
a_beneficiary_is_joined_to_a_file(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "administrator", NULL);
	assert_int_equal(app_post(&c, "/acces", "name=Noori&email=n@example.org&role=beneficiary&dossier=zzzz"), 422);
	app_shows(&c, "the key of a file");
	app_hides(&c, "There are");
	assert_int_equal(app_post(&c, "/acces", "name=Noori&email=n@example.org&role=beneficiary"), 422);
	assert_int_equal(
	    app_post(&c, "/acces",
		with_key(&c, "name=Noori&email=n@example.org&role=beneficiary&dossier=%s", key_of(&c, ENTITY_people, "p1"))),
	    303);
	app_page(&c, app_place(&c));
	app_hides(&c, "n@example.org");
	app_hides(&c, "Noori");
	assert_int_equal(rows_of(c.t, "accounts where person_id is not null"), 1);
	app_case_close(&c);
}

static void
a_manager_gives_neither_role_nor_organisation_of_others(void **state)
{
	struct app_case c;
	struct account own, partner;
	const char *op, *other;

	begin(&c, case_of(state), "manager", "op");
	op = key_of(&c, ENTITY_organisations, "op");
	other = key_of(&c, ENTITY_organisations, "autre");
	app_page(&c, "/acces/nouveau");
	app_hides(&c, "value=\"coordinator\"");
	app_hides(&c, "Autre");
	app_hides(&c, "File of a beneficiary");
	assert_int_equal(
	    app_post(&c, "/acces", with_key(&c, "name=A&email=a@example.org&role=coordinator&organisation=%s", op)), 422);
	assert_int_equal(
	    app_post(&c, "/acces", with_key(&c, "name=A&email=a@example.org&role=worker&organisation=%s", other)), 422);
	assert_int_equal(app_post(&c, "/acces", "name=A&email=a@example.org&role=administrator"), 422);
	assert_int_equal(app_post(&c, "/acces", "name=A&email=a@example.org&role=worker"), 422);
	assert_int_equal(rows_of(c.t, "accounts"), 1);
	assert_int_equal(app_post(&c, "/acces", with_key(&c, "name=A&email=a@example.org&role=worker&organisation=%s", op)), 303);
	own = account_of(c.t, "b@example.org", "worker");
	assert_int_equal(account_saved(c.t, &own, NULL, case_epoch_ms).len, 0);
	assert_int_equal(app_post(&c, path_of(&c, &own, "/modifier"),
			     with_key(&c, "version=1&name=B&email=b@example.org&role=administrator&organisation=%s", op)),
	    422);
	assert_int_equal(app_post(&c, path_of(&c, &own, "/modifier"),
			     with_key(&c, "version=1&name=B&email=b@example.org&role=worker&organisation=%s", other)),
	    422);
	assert_int_equal(rows_of(c.t, "accounts where role = 'administrator'"), 0);
	/* a partner of theirs is seen, and given by the administrator */
	partner = with_account(c.t, "p@example.org", "partner", NULL);
	app_page(&c, path_of(&c, &partner, ""));
	app_shows(&c, "given and ended by the administrator");
	assert_int_equal(app_post(&c, path_of(&c, &partner, "/fin"), ""), 404);
	app_refuses(&c, 404, path_of(&c, &partner, "/modifier"));
	app_case_close(&c);
}

/* ---- changing and ending ---- */

static void
a_stale_form_shows_both(void **state)
{
	struct app_case c;
	struct account a;
	const char *to;

	begin(&c, case_of(state), "administrator", NULL);
	a = with_account(c.t, "a@example.org", "finance", NULL);
	to = path_of(&c, &a, "/modifier");
	app_page(&c, to);
	assert_int_equal(app_post(&c, to, "version=1&name=Premier&email=a@example.org&role=finance"), 303);
	assert_int_equal(app_post(&c, to, "version=1&name=Second&email=a@example.org&role=finance"), 409);
	app_shows(&c, "Premier");
	app_shows(&c, "Second");
	assert_int_equal(rows_of(c.t, "accounts where name = 'Premier'"), 1);
	assert_int_equal(app_post(&c, to, "version=2&name=Second&email=a@example.org&role=finance"), 303);
	assert_int_equal(rows_of(c.t, "accounts where name = 'Second'"), 1);
	app_case_close(&c);
}

static void
an_access_ends_and_is_opened_again(void **state)
{
	struct app_case c;
	struct account a;
	str mine, theirs;

	begin(&c, case_of(state), "administrator", NULL);
	mine = c.token;
	app_as(&c, "finance", NULL);
	theirs = c.token;
	a = c.account;
	c.token = mine;
	assert_int_equal(app_post(&c, path_of(&c, &a, "/fin"), ""), 303);
	assert_false(lives(c.t, theirs, c.now_ms));
	app_page(&c, app_place(&c));
	app_shows(&c, "Open the access again");
	assert_int_equal(app_post(&c, path_of(&c, &a, "/code"), ""), 400);
	assert_int_equal(app_post(&c, path_of(&c, &a, "/fin"), ""), 303); /* sent again */
	assert_int_equal(app_post(&c, path_of(&c, &a, "/reouverture"), ""), 303);
	app_page(&c, app_place(&c));
	app_shows(&c, "open again");
	app_as(&c, "finance", NULL);
	app_case_close(&c);
}

static void
the_last_administrator_cannot_be_ended(void **state)
{
	struct app_case c;
	struct account me, second;

	begin(&c, case_of(state), "administrator", NULL);
	me = c.account;
	assert_int_equal(app_post(&c, path_of(&c, &me, "/fin"), ""), 422);
	app_shows(&c, "this account is the last one");
	assert_int_equal(
	    app_post(&c, path_of(&c, &me, "/modifier"), "version=1&name=Moi&email=administrator@example.org&role=finance"), 422);
	app_shows(&c, "this account is the last one");
	second = with_account(c.t, "deux@example.org", "administrator", NULL);
	assert_int_equal(app_post(&c, path_of(&c, &second, "/fin"), ""), 303);
	assert_int_equal(app_post(&c, path_of(&c, &me, "/fin"), ""), 422);
	assert_int_equal(rows_of(c.t, "accounts where role = 'administrator' and state = 'active'"), 1);
	app_case_close(&c);
}

static void
a_lost_telephone_is_taken_away_with_ones_own_password(void **state)
{
	struct app_case c;
	struct account a;
	str mine;

	begin(&c, case_of(state), "administrator", NULL);
	mine = c.token;
	app_as(&c, "finance", NULL);
	a = c.account;
	c.token = mine;
	app_refuses(&c, 404, path_of(&c, &a, "/second-facteur"));
	ok(db_begin_write(c.t->db));
	ok(db_end(c.t->db, factor_set(c.t->db, 1, a.record.id, S("x"), c.now_ms)));
	behind(c.t, "update second_factors set confirmed_ms = 1");
	app_page(&c, path_of(&c, &a, ""));
	app_shows(&c, "Lost telephone");
	app_page(&c, path_of(&c, &a, "/second-facteur"));
	assert_int_equal(app_post(&c, path_of(&c, &a, "/second-facteur"), "mot_de_passe=faux"), 422);
	assert_int_equal(rows_of(c.t, "second_factors"), 1);
	assert_int_equal(app_post(&c, path_of(&c, &a, "/second-facteur"), "mot_de_passe=trois chevaux bleus"), 303);
	assert_int_equal(rows_of(c.t, "second_factors"), 0);
	app_page(&c, app_place(&c));
	app_shows(&c, "The second step is taken away");
	app_case_close(&c);
}

/* ---- several at once ---- */

static void
a_list_is_checked_before_anything_is_written(void **state)
{
	struct app_case c;

	begin(&c, case_of(state), "administrator", NULL);
	app_page(&c, "/acces/plusieurs");
	assert_int_equal(app_post(&c, "/acces/plusieurs", "etape=verifier&liste="), 422);
	assert_int_equal(app_post(&c, "/acces/plusieurs",
			     "etape=ajouter&liste=a@example.org;Anne;Worker;Operateur%0D%0Apas;Bob;chef;Nulle part%0D%0A"
			     "administrator@example.org;Eve;Finance officer;%0D%0Aa@example.org;Double;observer"),
	    422);
	app_shows(&c, "4 lines were read");
	app_shows(&c, "3 lines are to be corrected");
	app_shows(&c, "a role, as the page");
	app_shows(&c, "the name of an organisation of the directory");
	app_shows(&c, "an e-mail address, such as");
	app_shows(&c, "that no other account has");
	assert_int_equal(rows_of(c.t, "accounts"), 1);
	app_case_close(&c);
}

static void
a_list_is_added_as_a_whole(void **state)
{
	static const char list[] = "&liste=a@example.org;Anne;Operator's worker;op%0D%0A%0D%0Ab@example.org%09Bob%09STATE";
	struct app_case c;

	begin(&c, case_of(state), "administrator", NULL);
	assert_int_equal(app_post(&c, "/acces/plusieurs", with_key(&c, "etape=verifier%s", list)), 200);
	app_shows(&c, "Everything is right");
	assert_int_equal(rows_of(c.t, "accounts"), 1);
	assert_int_equal(app_post(&c, "/acces/plusieurs", with_key(&c, "etape=ajouter%s", list)), 200);
	app_shows(&c, "the 2 codes are shown this once");
	app_shows(&c, "Hello Anne");
	assert_int_equal(rows_of(c.t, "accounts"), 3);
	assert_int_equal(rows_of(c.t, "invitations"), 2);
	assert_int_equal(app_post(&c, "/acces/plusieurs", with_key(&c, "etape=ajouter%s", list)), 422); /* sent again */
	assert_int_equal(rows_of(c.t, "invitations"), 2);
	app_as(&c, "manager", "op");
	assert_int_equal(app_post(&c, "/acces/plusieurs", "etape=ajouter&liste=z@example.org;Zoe;finance"), 422);
	assert_int_equal(app_post(&c, "/acces/plusieurs", "etape=ajouter&liste=z@example.org;Zoe;worker;autre"), 422);
	assert_int_equal(rows_of(c.t, "accounts"), 4);
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(an_administrator_sees_all_a_manager_their_own),
		ON_BOTH(states_are_told_apart),
		ON_BOTH(an_access_is_added_and_its_code_shown_once),
		ON_BOTH(a_beneficiary_is_joined_to_a_file),
		ON_BOTH(a_manager_gives_neither_role_nor_organisation_of_others),
		ON_BOTH(a_stale_form_shows_both),
		ON_BOTH(an_access_ends_and_is_opened_again),
		ON_BOTH(the_last_administrator_cannot_be_ended),
		ON_BOTH(a_lost_telephone_is_taken_away_with_ones_own_password),
		ON_BOTH(a_list_is_checked_before_anything_is_written),
		ON_BOTH(a_list_is_added_as_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
