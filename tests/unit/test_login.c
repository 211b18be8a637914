/* Signing in: who gets in, for how long, and what makes it end. */
#include "access_case.h"

#include "access/form_token.h"
#include "access/password.h"
#include "db/journal.h"
#include "model/verify.h"

static const char right[] = "trois chevaux bleus", wrong[] = "trois chevaux verts";

static void
the_right_password_opens_a_sign_in(void **state)
{
	struct db_case *t = case_of(state);
	struct viewer v;
	str token;

	with_city(t);
	with_account(t, "a@ville.fr", "manager", right);
	v = signed_in(t, " A@Ville.FR ", right, case_epoch_ms, &token);
	assert_int_equal(token.len, TOKEN_TEXT);
	assert_int_equal(v.role, ROLE_manager);
	assert_int_equal(v.territory, 1);
	assert_int_equal(v.organisation, id_of(t, ENTITY_organisations, "op"));
	assert_true(str_is(v.organisation_name, "Operateur"));
	assert_true(str_is(v.city, "Ville"));
	assert_true(str_is(v.name, "Une Personne"));
	assert_false(v.second_step);
	assert_false(v.note_due);
	assert_true(viewer_may(&v, RIGHT_PEOPLE_READ));
}

/* Whoever does not get in learns nothing: same answer, as many hashes, as many rows written. */
static void
every_refusal_costs_and_says_the_same(void **state)
{
	static const struct {
		const char *email, *password;
	} tries[] = { { "a@ville.fr", "trois chevaux verts" }, { "nobody@ville.fr", "trois chevaux bleus" },
		{ "ended@ville.fr", "trois chevaux bleus" }, { "expired@ville.fr", "trois chevaux bleus" },
		{ "invited@ville.fr", "trois chevaux bleus" }, { "a@ville.fr", "" }, { "", "trois chevaux bleus" } };
	struct db_case *t = case_of(state);
	struct account ended, expired;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	with_account(t, "invited@ville.fr", "coordinator", NULL);
	ended = with_account(t, "ended@ville.fr", "coordinator", right);
	expired = with_account(t, "expired@ville.fr", "coordinator", right);
	{
		struct account was = ended, before = expired;

		ended.state = S("ended");
		expired.expires_on = day_of(2025, 6, 1);
		assert_int_equal(account_saved(t, &ended, &was, case_epoch_ms).len, 0);
		assert_int_equal(account_saved(t, &expired, &before, case_epoch_ms).len, 0);
	}
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		int64_t journal = case_journal_rows(t->db), changes = rows_of(t, "changes"), attempts = rows_of(t, "attempts");
		struct visitor v = { str_format(&t->arena, "192.0.2.%zu", i), S(""), case_epoch_ms };
		struct hashing h = quick_hashing();
		struct login_answer answer;

		ok(login_try(t->db, &t->arena, &h, &v, str_of(tries[i].email), str_of(tries[i].password), &answer));
		assert_int_equal(answer.outcome, LOGIN_REFUSED);
		assert_null(answer.token.s);
		assert_int_equal(answer.wait_ms, 0);
		assert_int_equal(h.done, 1);
		assert_int_equal(case_journal_rows(t->db), journal + 1);
		assert_int_equal(rows_of(t, "changes"), changes + 1);
		assert_in_range(rows_of(t, "attempts"), attempts + 2, attempts + 3); /* the name may have been tried before */
	}
	assert_int_equal(rows_of(t, "logins"), 0);
}

/* ---- how long it lasts ---- */

struct lasting {
	const char *role;
	int64_t idle_ms, whole_ms;
};

/* Used every idle - 1 s, it lives until the whole is over. */
static void
each_role_has_its_limits(void **state)
{
	const struct lasting all[] = { { "coordinator", hour_ms, 12 * hour_ms }, { "worker", hour_ms, 12 * hour_ms },
		{ "state", hour_ms, 12 * hour_ms }, { "administrator", 30 * minute_ms, 8 * hour_ms },
		{ "beneficiary", 15 * minute_ms, 2 * hour_ms } };
	struct db_case *t = case_of(state);

	with_city(t);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *email = str_format(&t->arena, "%s@ville.fr", all[i].role).s;
		int64_t now = case_epoch_ms, idle = all[i].idle_ms;
		struct viewer v;
		str token;

		with_account(t, email, all[i].role, right);
		(void)signed_in(t, email, right, now, &token);
		assert_true(lives(t, token, now + idle - 1));
		(void)signed_in(t, email, right, now, &token);
		assert_false(lives(t, token, now + idle));
		(void)signed_in(t, email, right, now, &token);
		for (now += idle - 1000; now < case_epoch_ms + all[i].whole_ms; now += idle - 1000) {
			v = viewer_of(t, token, now);
			assert_true(v.note_due);
			ok(login_note(t->db, &v, now));
		}
		assert_false(lives(t, token, case_epoch_ms + all[i].whole_ms));
	}
}

static void
reading_pages_writes_nothing_but_every_five_minutes(void **state)
{
	struct db_case *t = case_of(state);
	int64_t journal;
	struct viewer v;
	str token;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	journal = case_journal_rows(t->db);
	for (int64_t now = case_epoch_ms; now < case_epoch_ms + 5 * minute_ms; now += 30 * 1000) {
		v = viewer_of(t, token, now);
		assert_false(v.note_due);
		ok(login_note(t->db, &v, now));
	}
	assert_int_equal(rows_of(t, "logins where seen_ms = made_ms"), 1);
	v = viewer_of(t, token, case_epoch_ms + 5 * minute_ms);
	assert_true(v.note_due);
	assert_int_equal(rows_of(t, "logins where seen_ms = made_ms"), 1);
	ok(login_note(t->db, &v, case_epoch_ms + 5 * minute_ms));
	assert_int_equal(rows_of(t, "logins where seen_ms = made_ms + 300000"), 1);
	assert_int_equal(case_journal_rows(t->db), journal);
}

static void
a_clock_set_back_revives_nothing(void **state)
{
	struct db_case *t = case_of(state);
	str token;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	assert_false(lives(t, token, case_epoch_ms + hour_ms));
	assert_false(lives(t, token, case_epoch_ms + hour_ms - 1));
	assert_false(lives(t, token, case_epoch_ms));
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	assert_true(lives(t, token, case_epoch_ms - 5 * minute_ms)); /* clocks are put right now and then */
	assert_false(lives(t, token, case_epoch_ms - 5 * minute_ms - 1));
	assert_false(lives(t, token, case_epoch_ms));
	assert_false(lives(t, token, 0));
	assert_false(lives(t, token, INT64_C(4102444800000))); /* 2100 */
}

/* The last day of an account is that of the wall's clock, also where a day has 23 or 25 hours. */
static void
an_account_expires_with_its_last_day(void **state)
{
	static const struct {
		int year, month, day;
		int64_t last_ms; /* the last moment of that day in France */
	} days[] = { { 2025, 3, 30, INT64_C(1743371999999) }, { 2025, 10, 26, INT64_C(1761519599999) },
		{ 2028, 2, 29, INT64_C(1835477999999) }, { 2038, 1, 19, INT64_C(2147554799999) } };
	struct db_case *t = case_of(state);
	struct account account, old;

	setenv("TZ", "Europe/Paris", 1);
	tzset();
	with_city(t);
	old = account = with_account(t, "a@ville.fr", "coordinator", right);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		str token;

		account.expires_on = day_of(days[i].year, days[i].month, days[i].day);
		assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
		old = account;
		(void)signed_in(t, "a@ville.fr", right, days[i].last_ms - 1000, &token);
		assert_true(lives(t, token, days[i].last_ms));
		assert_false(lives(t, token, days[i].last_ms + 1));
		assert_int_equal(try_at(t, "a@ville.fr", right, days[i].last_ms + 1).outcome, LOGIN_REFUSED);
	}
	unsetenv("TZ");
	tzset();
}

/* ---- what makes it end ---- */

static void
sign_ins_are_listed_and_ended(void **state)
{
	struct db_case *t = case_of(state);
	struct login_line *list;
	str one, two, three, other;
	struct viewer v;
	size_t n;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	with_account(t, "b@ville.fr", "coordinator", right);
	(void)signed_in(t, "b@ville.fr", right, case_epoch_ms, &other);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &one);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms + 1, &two);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms + 2, &three);
	ok(login_list(t->db, &t->arena, &v, case_epoch_ms + 3, &list, &n));
	assert_int_equal(n, 3);
	assert_true(list[0].this_one && !list[1].this_one && !list[2].this_one);
	assert_true(str_is(list[0].agent, "Firefox, Windows"));
	ok(login_end(t->db, &t->arena, &v, list[2].id, case_epoch_ms + 3));
	assert_false(lives(t, one, case_epoch_ms + 3));
	assert_true(lives(t, two, case_epoch_ms + 3));
	/* Somebody else's is out of reach. */
	ok(login_end(t->db, &t->arena, &v, viewer_of(t, other, case_epoch_ms + 3).login, case_epoch_ms + 3));
	ok(login_end(t->db, &t->arena, &v, -1, case_epoch_ms + 3));
	assert_true(lives(t, other, case_epoch_ms + 3));
	assert_true(lives(t, two, case_epoch_ms + 3));
	ok(login_end_others(t->db, &t->arena, &v, case_epoch_ms + 3));
	assert_false(lives(t, two, case_epoch_ms + 3));
	assert_true(lives(t, three, case_epoch_ms + 3));
	ok(login_sign_out(t->db, &t->arena, &v, case_epoch_ms + 3));
	assert_false(lives(t, three, case_epoch_ms + 3));
	assert_true(lives(t, other, case_epoch_ms + 3));
	assert_int_equal(rows_of(t, "logins"), 1);
}

static void
a_new_password_ends_the_other_sign_ins(void **state)
{
	struct db_case *t = case_of(state);
	struct hashing h = quick_hashing();
	struct problems faults;
	str stolen, mine;
	struct viewer v;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &stolen);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &mine);
	problems_init(&faults, &t->arena);
	ok(password_change(t->db, &t->arena, &h, &v, S("motdepasse2025"), case_epoch_ms, &faults.sink));
	assert_int_equal(faults.n, 1);
	assert_true(lives(t, stolen, case_epoch_ms));
	ok(password_change(t->db, &t->arena, &h, &v, S("volets verts et pain"), case_epoch_ms, &faults.sink));
	assert_int_equal(faults.n, 1);
	assert_false(lives(t, stolen, case_epoch_ms));
	assert_true(lives(t, mine, case_epoch_ms));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_REFUSED);
	assert_int_equal(try_at(t, "a@ville.fr", "volets verts et pain", case_epoch_ms).outcome, LOGIN_DONE);
}

static void
the_end_of_an_account_ends_all_its_sign_ins(void **state)
{
	struct db_case *t = case_of(state);
	struct account account, old;
	str token, other;

	with_city(t);
	with_account(t, "b@ville.fr", "coordinator", right);
	old = account = with_account(t, "a@ville.fr", "coordinator", right);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	(void)signed_in(t, "b@ville.fr", right, case_epoch_ms, &other);
	account.state = S("ended");
	assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	assert_false(lives(t, token, case_epoch_ms));
	assert_true(lives(t, other, case_epoch_ms));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_REFUSED);
	/* Opened again, the sign-ins of before stay ended. */
	old = account;
	account.state = S("active");
	assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	assert_false(lives(t, token, case_epoch_ms));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_DONE);
}

static void
another_role_holds_from_the_next_page_on(void **state)
{
	struct db_case *t = case_of(state);
	struct account account, old;
	struct viewer v;
	str token;

	with_city(t);
	old = account = with_account(t, "a@ville.fr", "coordinator", right);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	assert_true(viewer_may(&v, RIGHT_PEOPLE_READ));
	account.role = S("state");
	assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	v = viewer_of(t, token, case_epoch_ms);
	assert_int_equal(v.role, ROLE_state);
	assert_false(viewer_may(&v, RIGHT_PEOPLE_READ));
	/* A role that this program does not know, of a later one, is nobody. */
	behind(t, "update accounts set role = 'king'");
	assert_false(lives(t, token, case_epoch_ms));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_REFUSED);
}

/* ---- tokens ---- */

static void
only_the_token_itself_opens(void **state)
{
	struct db_case *t = case_of(state);
	char other[TOKEN_TEXT];
	str token;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	for (size_t i = 0; i < TOKEN_TEXT; i++) {
		memcpy(other, token.s, TOKEN_TEXT);
		other[i] = other[i] == 'A' ? 'B' : 'A';
		assert_false(lives(t, (str){ other, TOKEN_TEXT }, case_epoch_ms));
		assert_false(lives(t, (str){ token.s, i }, case_epoch_ms));
	}
	assert_false(lives(t, (str){ 0 }, case_epoch_ms));
	assert_false(lives(t, str_format(&t->arena, "%.*s=", STR_ARG(token)), case_epoch_ms));
	assert_false(lives(t, str_format(&t->arena, " %.*s", STR_ARG(token)), case_epoch_ms));
	assert_true(lives(t, token, case_epoch_ms));
	assert_int_equal(rows_of(t, str_format(&t->arena, "logins where agent = '%.*s'", STR_ARG(token)).s), 0);
}

static void
forms_carry_a_secret_of_the_sign_in_written_anew_each_time(void **state)
{
	struct db_case *t = case_of(state);
	struct viewer v, other;
	str token, theirs, one, two;
	char changed[FORM_TOKEN];

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	other = signed_in(t, "a@ville.fr", right, case_epoch_ms, &theirs);
	one = form_token_mask(&t->arena, &v);
	two = form_token_mask(&t->arena, &v);
	assert_int_equal(one.len, FORM_TOKEN);
	assert_false(str_eq(one, two));
	assert_true(form_token_check(&v, one) && form_token_check(&v, two));
	v = viewer_of(t, token, case_epoch_ms + 1);
	assert_true(form_token_check(&v, one));
	assert_false(form_token_check(&other, one));
	assert_false(form_token_check(&(struct viewer){ 0 }, one));
	assert_false(form_token_check(NULL, one));
	assert_false(form_token_check(&v, (str){ 0 }));
	assert_false(form_token_check(&v, token));
	assert_null(form_token_mask(&t->arena, &(struct viewer){ 0 }).s);
	for (size_t i = 0; i < FORM_TOKEN; i++) {
		memcpy(changed, one.s, FORM_TOKEN);
		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		assert_false(form_token_check(&v, (str){ changed, FORM_TOKEN }));
		assert_false(form_token_check(&v, (str){ one.s, i }));
	}
}

/* ---- slowing down ---- */

static struct login_answer
try_from(struct db_case *t, const char *email, const char *password, const char *peer, int64_t now_ms)
{
	struct hashing h = quick_hashing();
	struct visitor v = { str_of(peer), S(""), now_ms };
	struct login_answer answer;

	ok(login_try(t->db, &t->arena, &h, &v, str_of(email), str_of(password), &answer));
	assert_int_equal(h.done, answer.outcome == LOGIN_WAIT ? 0 : 1);
	return answer;
}

static void
each_failure_makes_the_next_try_wait_longer(void **state)
{
	struct db_case *t = case_of(state);
	int64_t now = case_epoch_ms, last = 0;
	struct login_answer answer;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	for (int i = 0; i < 5; i++)
		assert_int_equal(try_from(t, "a@ville.fr", wrong, "192.0.2.1", now).outcome, LOGIN_REFUSED);
	for (int i = 0; i < 15; i++) {
		answer = try_from(t, "a@ville.fr", right, "192.0.2.1", now);
		assert_int_equal(answer.outcome, LOGIN_WAIT);
		assert_true(answer.wait_ms == 15 * minute_ms || answer.wait_ms == 2 * last || i == 0);
		assert_in_range(answer.wait_ms, 1000, 15 * minute_ms);
		/* One moment too early is too early; and what was refused so does not count. */
		assert_int_equal(try_from(t, "a@ville.fr", right, "192.0.2.1", now + answer.wait_ms - 1).outcome, LOGIN_WAIT);
		now += last = answer.wait_ms;
		assert_int_equal(try_from(t, "a@ville.fr", wrong, "192.0.2.1", now).outcome, LOGIN_REFUSED);
	}
	assert_int_equal(last, 15 * minute_ms);
	/* A clock set back makes nobody wait longer than that. */
	assert_int_equal(try_from(t, "a@ville.fr", right, "192.0.2.1", case_epoch_ms - 24 * hour_ms).wait_ms, 15 * minute_ms);
	/* The right password gives a clean sheet, a day without failures too. */
	now += 15 * minute_ms;
	assert_int_equal(try_from(t, "a@ville.fr", right, "192.0.2.1", now).outcome, LOGIN_DONE);
	for (int i = 0; i < 5; i++)
		assert_int_equal(try_from(t, "a@ville.fr", wrong, "192.0.2.1", now).outcome, LOGIN_REFUSED);
	assert_int_equal(try_from(t, "a@ville.fr", wrong, "192.0.2.1", now + 24 * hour_ms + 1).outcome, LOGIN_REFUSED);
}

static void
others_cannot_lock_somebody_out_at_home(void **state)
{
	struct db_case *t = case_of(state);
	int64_t now = case_epoch_ms;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	assert_int_equal(try_from(t, "a@ville.fr", right, "192.0.2.1", now).outcome, LOGIN_DONE);
	for (int i = 0; i < 40; i++) {
		const char *peer = str_format(&t->arena, "198.51.100.%d", i).s;

		(void)try_from(t, "a@ville.fr", wrong, peer, now);
	}
	assert_int_equal(try_from(t, "a@ville.fr", wrong, "203.0.113.1", now).outcome, LOGIN_WAIT);
	assert_int_equal(try_from(t, "a@ville.fr", right, "203.0.113.1", now).outcome, LOGIN_WAIT);
	assert_int_equal(try_from(t, "a@ville.fr", right, "192.0.2.1", now).outcome, LOGIN_DONE);
	/* An unknown e-mail waits no less, so that waiting tells nothing. */
	for (int i = 0; i < 40; i++)
		(void)try_from(t, "nobody@ville.fr", wrong, str_format(&t->arena, "198.51.101.%d", i).s, now);
	assert_int_equal(try_from(t, "nobody@ville.fr", wrong, "203.0.113.1", now).outcome, LOGIN_WAIT);
}

static void
an_address_that_tries_many_names_waits(void **state)
{
	static const char *const addresses[] = { "2001:db8:1:2:ffff::1", "2001:db8:1:2::7" }; /* one network */
	struct db_case *t = case_of(state);

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	for (int i = 0; i < 30; i++)
		assert_int_equal(
		    try_from(t, str_format(&t->arena, "n%d@ville.fr", i).s, wrong, addresses[i % 2], case_epoch_ms).outcome,
		    LOGIN_REFUSED);
	assert_int_equal(try_from(t, "a@ville.fr", right, "2001:db8:1:2:3:4:5:6", case_epoch_ms).outcome, LOGIN_WAIT);
	assert_int_equal(try_from(t, "a@ville.fr", right, "2001:db8:1:3::1", case_epoch_ms).outcome, LOGIN_DONE);
	assert_int_equal(try_from(t, "a@ville.fr", right, "", case_epoch_ms).outcome, LOGIN_DONE);
	assert_int_equal(rows_of(t, "attempts where length(subject) <> 16"), 0); /* neither names nor addresses stand there */
}

static void
being_there_again_is_proved_by_the_password(void **state)
{
	struct db_case *t = case_of(state);
	struct visitor visitor = visitor_at(case_epoch_ms);
	struct hashing h = quick_hashing();
	struct login_answer answer;
	struct viewer v;
	str token;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	ok(login_confirm(t->db, &t->arena, &h, &visitor, &v, str_of(right), &answer));
	assert_int_equal(answer.outcome, LOGIN_DONE);
	for (int i = 0; i < 5; i++) {
		ok(login_confirm(t->db, &t->arena, &h, &visitor, &v, str_of(wrong), &answer));
		assert_int_equal(answer.outcome, LOGIN_REFUSED);
	}
	ok(login_confirm(t->db, &t->arena, &h, &visitor, &v, str_of(right), &answer));
	assert_int_equal(answer.outcome, LOGIN_WAIT);
	assert_true(lives(t, token, case_epoch_ms));
}

/* ---- accounts ---- */

static void
an_account_is_checked_as_a_whole(void **state)
{
	struct db_case *t = case_of(state);
	struct account account;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", NULL);
	account = account_of(t, " A@VILLE.fr", "coordinator");
	assert_true(str_starts(account_saved(t, &account, NULL, case_epoch_ms), S("email: an e-mail that no other")));
	account = account_of(t, "not an e-mail", "manager");
	account.organisation = NUMBER_NONE;
	assert_true(str_is(account_saved(t, &account, NULL, case_epoch_ms),
	    "email: an e-mail address, such as name@example.org\n"
	    "organisation_ref: the organisation: this role sees what is its own\n"));
	account = account_of(t, "b@ville.fr", "beneficiary");
	account.person = NUMBER_NONE;
	assert_true(str_starts(account_saved(t, &account, NULL, case_epoch_ms), S("person_ref: ")));
	account = account_of(t, "b@ville.fr", "state");
	account.person = id_of(t, ENTITY_people, "p1");
	assert_true(str_starts(account_saved(t, &account, NULL, case_epoch_ms), S("person_ref: ")));
	assert_int_equal(rows_of(t, "accounts"), 1);
}

static void
the_last_administrator_stays(void **state)
{
	struct db_case *t = case_of(state);
	struct account first, second, changed;

	with_city(t);
	first = with_account(t, "a@ville.fr", "administrator", NULL);
	changed = first;
	changed.state = S("ended");
	assert_true(str_starts(account_saved(t, &changed, &first, case_epoch_ms), S("state: another administrator first")));
	changed = first;
	changed.role = S("coordinator");
	assert_true(str_starts(account_saved(t, &changed, &first, case_epoch_ms), S("role: another administrator first")));
	changed = first;
	changed.name = S("Autre Nom");
	assert_int_equal(account_saved(t, &changed, &first, case_epoch_ms).len, 0);
	second = with_account(t, "b@ville.fr", "administrator", NULL);
	(void)second;
	first = changed;
	changed.state = S("ended");
	assert_int_equal(account_saved(t, &changed, &first, case_epoch_ms).len, 0);
}

static void
lists_show_what_the_viewer_may_see(void **state)
{
	struct db_case *t = case_of(state);
	struct account_line *list;
	struct viewer v = { .territory = 1, .account = 5, .role = ROLE_administrator };
	size_t n, named = 0;

	with_city(t);
	with_account(t, "m@ville.fr", "manager", right);
	with_account(t, "w@ville.fr", "worker", NULL);
	with_account(t, "s@ville.fr", "state", NULL);
	with_account(t, "p@ville.fr", "beneficiary", NULL);
	ok(accounts_list(t->db, &t->arena, &v, &list, &n));
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++) {
		named += list[i].email.len > 0 && list[i].name.len > 0;
		assert_int_equal(list[i].email.len > 0, list[i].role != ROLE_beneficiary);
		assert_int_equal(list[i].password, list[i].role == ROLE_manager);
	}
	assert_int_equal(named, 3);
	v.role = ROLE_manager;
	v.organisation = id_of(t, ENTITY_organisations, "op");
	ok(accounts_list(t->db, &t->arena, &v, &list, &n));
	assert_int_equal(n, 2);
	v.organisation = id_of(t, ENTITY_organisations, "autre");
	ok(accounts_list(t->db, &t->arena, &v, &list, &n));
	assert_int_equal(n, 0);
	v.role = ROLE_administrator;
	behind(t, "update accounts set role = 'king' where email = 's@ville.fr'");
	ok(accounts_list(t->db, &t->arena, &v, &list, &n));
	assert_int_equal(n, 3);
	v.territory = 2;
	ok(accounts_list(t->db, &t->arena, &v, &list, &n));
	assert_int_equal(n, 0);
}

static void
browsers_are_named_in_short(void **state)
{
	static const struct {
		const char *agent, *words;
	} agents[] = {
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0",
		    "Edge, Windows" },
		{ "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
		    "Samsung Internet, Android" },
		{ "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
		    "Chrome, Android" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
		    "Safari, iPhone" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
		    "Safari, Mac" },
		{ "something else", "" },
		{ "", "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof agents / sizeof *agents; i++)
		assert_true(str_is(agent_words(&a, str_of(agents[i].agent)), agents[i].words));
	arena_release(&a);
}

/* ---- the trail ---- */

static void
count_breaks(void *to, const char *entity, int64_t record, int64_t part, const char *what)
{
	print_error("%s %lld %lld: %s\n", entity, (long long)record, (long long)part, what);
	++*(int *)to;
}

static void
journal_break(void *to, int64_t territory, int64_t seq, const char *what)
{
	print_error("journal %lld %lld: %s\n", (long long)territory, (long long)seq, what);
	++*(int *)to;
}

static void
what_happens_is_journaled_and_verified(void **state)
{
	struct db_case *t = case_of(state);
	struct verify_report records;
	struct journal_report journal;
	struct account account, old;
	struct viewer v;
	int broken = 0;
	str token;

	with_city(t);
	old = account = with_account(t, "a@ville.fr", "coordinator", right);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	(void)try_at(t, "a@ville.fr", wrong, case_epoch_ms);
	(void)try_at(t, "nobody@ville.fr", wrong, case_epoch_ms);
	ok(login_sign_out(t->db, &t->arena, &v, case_epoch_ms));
	account.language = S("en");
	assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	assert_int_equal(rows_of(t, "journal where entity = 'logins' and action = 'insert'"), 1);
	assert_int_equal(rows_of(t, "journal where entity = 'logins' and action = 'delete'"), 1);
	assert_int_equal(rows_of(t, "journal where entity = 'refusals'"), 2);
	assert_int_equal(rows_of(t, "journal where entity = 'refusals' and record_id = 0"), 1);
	assert_int_equal(rows_of(t, "journal where entity = 'accounts' and action = 'update' and fields = 'language'"), 1);
	assert_int_equal(rows_of(t, "versions where entity = 'accounts'"), 1);
	assert_int_equal(rows_of(t, "versions where content like '%argon2%'"), 0);
	assert_int_equal(rows_of(t, "changes where actor like '%@%' or cause like '%@%'"), 0);
	assert_int_equal(
	    rows_of(t, str_format(&t->arena, "changes where actor = 'account %lld'", (long long)account.record.id).s), 2);
	ok(db_begin_read(t->db));
	ok(verify_records(t->db, count_breaks, &broken, &records));
	ok(journal_verify(t->db, journal_break, &broken, &journal));
	ok(db_end(t->db, NULL));
	assert_int_equal(broken, 0);
}

static void
what_is_over_is_swept_away(void **state)
{
	struct db_case *t = case_of(state);
	str token;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	(void)try_from(t, "nobody@ville.fr", wrong, "198.51.100.1", case_epoch_ms);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	assert_int_equal(rows_of(t, "logins"), 1);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms + 25 * hour_ms, &token);
	assert_int_equal(rows_of(t, "logins"), 1);
	assert_int_equal(rows_of(t, "attempts where count > 0"), 0);
	assert_int_equal(rows_of(t, "attempts where count = 0"), 1); /* at home from that address */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(the_right_password_opens_a_sign_in),
		ON_BOTH(every_refusal_costs_and_says_the_same),
		ON_BOTH(each_role_has_its_limits),
		ON_BOTH(reading_pages_writes_nothing_but_every_five_minutes),
		ON_BOTH(a_clock_set_back_revives_nothing),
		ON_BOTH(an_account_expires_with_its_last_day),
		ON_BOTH(sign_ins_are_listed_and_ended),
		ON_BOTH(a_new_password_ends_the_other_sign_ins),
		ON_BOTH(the_end_of_an_account_ends_all_its_sign_ins),
		ON_BOTH(another_role_holds_from_the_next_page_on),
		ON_BOTH(only_the_token_itself_opens),
		ON_BOTH(forms_carry_a_secret_of_the_sign_in_written_anew_each_time),
		ON_BOTH(each_failure_makes_the_next_try_wait_longer),
		ON_BOTH(others_cannot_lock_somebody_out_at_home),
		ON_BOTH(an_address_that_tries_many_names_waits),
		ON_BOTH(being_there_again_is_proved_by_the_password),
		ON_BOTH(an_account_is_checked_as_a_whole),
		ON_BOTH(the_last_administrator_stays),
		ON_BOTH(lists_show_what_the_viewer_may_see),
		cmocka_unit_test(browsers_are_named_in_short),
		ON_BOTH(what_happens_is_journaled_and_verified),
		ON_BOTH(what_is_over_is_swept_away),
	};

	return cmocka_run_group_tests_name("login", tests, NULL, NULL);
}
