/* Codes that let somebody in for the first time, or again; drafts that wait for somebody to come back. */
#include "access_case.h"

#include "access/draft.h"
#include "access/form_token.h"
#include "access/invitation.h"
#include "base/text.h"

static const char right[] = "trois chevaux bleus", better[] = "volets verts et pain";
static const int64_t fourteen_days_ms = INT64_C(14) * 24 * 3600 * 1000;

static struct invitation
invited(struct db_case *t, int64_t account, enum invitation_kind kind, int64_t now_ms)
{
	const struct change change = { 1, S("2025-06-15T12:00:00.000Z"), S("tester"), S("invitation") };
	struct hashing h = quick_hashing();
	struct invitation i;

	ok(invitation_make(t->db, &t->arena, &h, &change, account, kind, now_ms, &i));
	return i;
}

static enum login_outcome
read_at(struct db_case *t, str code, int64_t now_ms, struct holder *holder)
{
	struct hashing h = quick_hashing();
	struct visitor v = visitor_at(now_ms);
	struct login_answer answer;

	ok(invitation_read(t->db, &t->arena, &h, &v, code, &answer, holder));
	return answer.outcome;
}

/* The faults' columns, one after the other, behind the outcome. */
static const char *
accepted(struct db_case *t, str code, const char *password, bool rules, int64_t now_ms)
{
	static const char *const outcomes[] = { "refused", "wait", "second", "done" };
	struct hashing h = quick_hashing();
	struct visitor v = visitor_at(now_ms);
	struct login_answer answer;
	struct problems faults;
	str said;

	problems_init(&faults, &t->arena);
	ok(invitation_accept(t->db, &t->arena, &h, &v, code, str_of(password), rules, &answer, &faults.sink));
	said = str_of(outcomes[answer.outcome]);
	for (size_t i = 0; i < faults.n; i++)
		said = str_format(&t->arena, "%.*s %.*s", STR_ARG(said), STR_ARG(faults.v[i].column));
	return said.s;
}

static void
an_invited_person_chooses_a_password(void **state)
{
	struct db_case *t = case_of(state);
	struct account account;
	struct invitation i;
	struct holder holder;
	str loose;

	with_city(t);
	account = with_account(t, "a@ville.fr", "worker", NULL);
	i = invited(t, account.record.id, INVITATION_NEW, case_epoch_ms);
	assert_int_equal(i.code.len, CODE_TEXT);
	assert_int_equal(i.expires_ms, case_epoch_ms + fourteen_days_ms);
	assert_int_equal(read_at(t, i.code, case_epoch_ms, &holder), LOGIN_DONE);
	assert_true(str_is(holder.email, "a@ville.fr"));
	assert_int_equal(holder.role, ROLE_worker);
	assert_string_equal(accepted(t, i.code, "court", false, case_epoch_ms), "refused password rules");
	assert_string_equal(accepted(t, i.code, "operateur2025", true, case_epoch_ms), "refused password");
	assert_string_equal(accepted(t, i.code, right, false, case_epoch_ms), "refused rules");
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_REFUSED);
	/* Small letters, no dashes: as people type. */
	loose = str_format(&t->arena, " %.4s %.4s%.4s- %.4s", i.code.s, i.code.s + 5, i.code.s + 10, i.code.s + 15);
	for (size_t k = 0; k < loose.len; k++) {
		if (loose.s[k] >= 'A' && loose.s[k] <= 'Z')
			((char *)(uintptr_t)loose.s)[k] += 'a' - 'A';
	}
	assert_string_equal(accepted(t, loose, right, true, case_epoch_ms), "done");
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_DONE);
	assert_int_equal(rows_of(t, "accounts where rules_accepted_on = '2025-06-15'"), 1);
	/* Once. */
	assert_string_equal(accepted(t, i.code, better, true, case_epoch_ms), "refused");
	assert_int_equal(read_at(t, i.code, case_epoch_ms, &holder), LOGIN_REFUSED);
	assert_int_equal(holder.account, 0);
	assert_int_equal(try_at(t, "a@ville.fr", better, case_epoch_ms).outcome, LOGIN_REFUSED);
}

static void
a_code_ends_with_its_time_the_next_one_or_the_account(void **state)
{
	struct db_case *t = case_of(state);
	struct account account, old;
	struct invitation first, second;
	struct holder holder;
	const struct change change = { 1, S("2025-06-15T12:00:00.000Z"), S("tester"), S("invitation") };
	struct hashing h = quick_hashing();

	with_city(t);
	old = account = with_account(t, "a@ville.fr", "worker", NULL);
	first = invited(t, account.record.id, INVITATION_NEW, case_epoch_ms);
	assert_int_equal(read_at(t, first.code, case_epoch_ms + fourteen_days_ms - 1, &holder), LOGIN_DONE);
	assert_int_equal(read_at(t, first.code, case_epoch_ms + fourteen_days_ms, &holder), LOGIN_REFUSED);
	assert_int_equal(read_at(t, first.code, case_epoch_ms - 1, &holder), LOGIN_REFUSED); /* a clock set back */
	second = invited(t, account.record.id, INVITATION_NEW, case_epoch_ms + 1);
	assert_int_equal(read_at(t, first.code, case_epoch_ms + 1, &holder), LOGIN_REFUSED);
	assert_int_equal(read_at(t, second.code, case_epoch_ms + 1, &holder), LOGIN_DONE);
	account.state = S("ended");
	assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	assert_string_equal(accepted(t, second.code, right, true, case_epoch_ms + 1), "refused");
	assert_int_equal(
	    invitation_make(t->db, &t->arena, &h, &change, account.record.id, INVITATION_NEW, case_epoch_ms, &first)->kind,
	    ERR_INPUT);
	old = account;
	account.state = S("active");
	assert_int_equal(account_saved(t, &account, &old, case_epoch_ms).len, 0);
	assert_string_equal(accepted(t, second.code, right, true, case_epoch_ms + 1), "refused");
}

static void
guessing_codes_is_slow_and_costs_the_same(void **state)
{
	struct db_case *t = case_of(state);
	struct account account;
	struct hashing h = quick_hashing();
	struct visitor v = visitor_at(case_epoch_ms);
	struct login_answer answer;
	struct invitation i;
	struct holder holder;
	char wrong[CODE_TEXT];

	with_city(t);
	account = with_account(t, "a@ville.fr", "worker", NULL);
	i = invited(t, account.record.id, INVITATION_NEW, case_epoch_ms);
	memcpy(wrong, i.code.s, CODE_TEXT);
	wrong[CODE_TEXT - 1] = wrong[CODE_TEXT - 1] == '7' ? '8' : '7';
	for (int k = 0; k < 5; k++) {
		int64_t before = h.done;

		ok(invitation_read(t->db, &t->arena, &h, &v, (str){ wrong, CODE_TEXT }, &answer, &holder));
		assert_int_equal(answer.outcome, LOGIN_REFUSED);
		assert_int_equal(h.done, before + 1);
		ok(invitation_read(t->db, &t->arena, &h, &v, str_format(&t->arena, "000%d-0000-0000-0000", k), &answer, &holder));
		assert_int_equal(answer.outcome, LOGIN_REFUSED);
		assert_int_equal(h.done, before + 2);
	}
	assert_int_equal(read_at(t, i.code, case_epoch_ms, &holder), LOGIN_WAIT);
	assert_int_equal(read_at(t, i.code, case_epoch_ms + 1000, &holder), LOGIN_DONE);
	assert_int_equal(read_at(t, S("not a code"), case_epoch_ms, &holder), LOGIN_REFUSED);
}

static void
a_reset_lets_the_old_password_work_until_it_is_used(void **state)
{
	struct db_case *t = case_of(state);
	struct account account;
	struct invitation i;
	str token;

	with_city(t);
	account = with_account(t, "a@ville.fr", "administrator", right);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	i = invited(t, account.record.id, INVITATION_RESET, case_epoch_ms);
	assert_true(lives(t, token, case_epoch_ms));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_DONE);
	assert_string_equal(accepted(t, i.code, "volets verts", true, case_epoch_ms), "refused password");
	assert_string_equal(accepted(t, i.code, better, true, case_epoch_ms), "done");
	assert_false(lives(t, token, case_epoch_ms));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_REFUSED);
	assert_int_equal(try_at(t, "a@ville.fr", better, case_epoch_ms).outcome, LOGIN_DONE);
}

static void
the_letter_says_all_that_is_needed(void **state)
{
	struct arena a = { 0 };
	struct holder holder = { .name = S("Aïcha"), .email = S("a@ville.fr") };
	struct invitation i = { S("ABCD-EFGH-JKMN-PQRS"), case_epoch_ms };
	str letter = invitation_letter(&a, &holder, &i, INVITATION_NEW, S("https://jalon.ville.fr/"));
	static const char *const parts[] = { "Aïcha", "a@ville.fr", "ABCD-EFGH-JKMN-PQRS", "https://jalon.ville.fr/",
		"2025-06-15" };

	(void)state;
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
		assert_non_null(strstr(str_z(&a, letter), parts[k]));
	assert_false(str_eq(letter, invitation_letter(&a, &holder, &i, INVITATION_RESET, S("https://jalon.ville.fr/"))));
	arena_release(&a);
}

static void
codes_are_read_as_people_type_them(void **state)
{
	static const struct {
		const char *typed, *read; /* NULL: not a code */
	} cases[] = { { "ABCD-EFGH-JKMN-PQRS", "ABCDEFGHJKMNPQRS" }, { "abcdefghjkmnpqrs", "ABCDEFGHJKMNPQRS" },
		{ "  ab cd ef gh jk mn pq rs ", "ABCDEFGHJKMNPQRS" }, { "OIL0-oil0-1111-0000", "0110011011110000" },
		{ "ABCD-EFGH-JKMN-PQR", NULL }, { "ABCD-EFGH-JKMN-PQRST", NULL }, { "ABCD-EFGH-JKMN-PQRU", NULL },
		{ "ABCD.EFGH.JKMN.PQRS", NULL }, { "ÀBCD-EFGH-JKMN-PQRS", NULL }, { "", NULL }, { "----------------", NULL } };
	struct arena a = { 0 };
	struct code code;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(code_read(str_of(cases[i].typed), &code), cases[i].read != NULL);
		if (cases[i].read != NULL)
			assert_string_equal(code.text, cases[i].read);
	}
	assert_false(code_read((str){ "ABCD-EFGH\0JKMN-PQRS", 19 }, &code));
	for (int i = 0; i < 1000; i++) {
		struct code made = code_new();

		assert_true(code_read(code_shown(&a, &made), &code));
		assert_string_equal(code.text, made.text);
	}
	arena_release(&a);
}

/* ---- drafts ---- */

static str
kept(struct db_case *t, str token, const char *content, int64_t now_ms)
{
	str draft;

	ok(draft_keep(t->db, &t->arena, token, str_of(content), now_ms, &draft));
	return draft;
}

static str
taken(struct db_case *t, const struct viewer *v, str draft, int64_t now_ms)
{
	str content;

	ok(draft_take(t->db, &t->arena, v, draft, now_ms, &content));
	return content;
}

static void
what_was_typed_waits_for_the_same_account(void **state)
{
	struct db_case *t = case_of(state);
	int64_t later = case_epoch_ms + 2 * hour_ms;
	struct viewer mine, theirs;
	str token, again, other, draft;

	with_city(t);
	with_account(t, "a@ville.fr", "worker", right);
	with_account(t, "b@ville.fr", "worker", right);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	assert_false(lives(t, token, later));
	draft = kept(t, token, "note=Noori+est+venu", later);
	assert_int_equal(draft.len, TOKEN_TEXT);
	assert_int_equal(rows_of(t, "drafts where length(content) > 40"), 1);
	theirs = signed_in(t, "b@ville.fr", right, later, &other);
	assert_null(taken(t, &theirs, draft, later).s);
	mine = signed_in(t, "a@ville.fr", right, later, &again);
	assert_null(taken(t, &mine, other, later).s);
	assert_null(taken(t, &(struct viewer){ 0 }, draft, later).s);
	assert_true(str_is(taken(t, &mine, draft, later), "note=Noori+est+venu"));
	assert_null(taken(t, &mine, draft, later).s); /* once */
	draft = kept(t, token, "a", later);
	assert_null(taken(t, &mine, draft, later + 12 * hour_ms).s);
	draft = kept(t, token, "a", later);
	mine.second_step = true;
	assert_null(taken(t, &mine, draft, later).s);
}

static void
nothing_is_kept_of_strangers_or_of_too_much(void **state)
{
	struct db_case *t = case_of(state);
	char *large = arena_alloc(&t->arena, DRAFT_MOST + 2);
	struct viewer v;
	str token, drafts[DRAFTS_MOST + 5];
	size_t live = 0;

	with_city(t);
	with_account(t, "a@ville.fr", "worker", right);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	assert_null(kept(t, S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "a", case_epoch_ms).s);
	assert_null(kept(t, (str){ 0 }, "a", case_epoch_ms).s);
	assert_null(kept(t, token, "", case_epoch_ms).s);
	memset(large, 'a', DRAFT_MOST + 1);
	assert_null(kept(t, token, large, case_epoch_ms).s);
	large[DRAFT_MOST] = '\0';
	assert_int_equal(taken(t, &v, kept(t, token, large, case_epoch_ms), case_epoch_ms).len, DRAFT_MOST);
	for (int i = 0; i < DRAFTS_MOST + 5; i++)
		drafts[i] = kept(t, token, "a", case_epoch_ms + i);
	assert_int_equal(rows_of(t, "drafts"), DRAFTS_MOST);
	for (int i = 0; i < DRAFTS_MOST + 5; i++)
		live += taken(t, &v, drafts[i], case_epoch_ms + 20).len > 0;
	assert_int_equal(live, DRAFTS_MOST);
	/* Signed out on purpose: nothing is kept. */
	ok(login_sign_out(t->db, &t->arena, &v, case_epoch_ms));
	assert_null(kept(t, token, "a", case_epoch_ms).s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(an_invited_person_chooses_a_password),
		ON_BOTH(a_code_ends_with_its_time_the_next_one_or_the_account),
		ON_BOTH(guessing_codes_is_slow_and_costs_the_same),
		ON_BOTH(a_reset_lets_the_old_password_work_until_it_is_used),
		cmocka_unit_test(the_letter_says_all_that_is_needed),
		cmocka_unit_test(codes_are_read_as_people_type_them),
		ON_BOTH(what_was_typed_waits_for_the_same_account),
		ON_BOTH(nothing_is_kept_of_strangers_or_of_too_much),
	};

	return cmocka_run_group_tests_name("invitation", tests, NULL, NULL);
}
