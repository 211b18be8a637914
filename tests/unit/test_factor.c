/* The second factor: the digits of the standard, each taken once; codes on paper; secrets that only this installation opens. */
#include "access_case.h"

#include "access/factor.h"
#include "access/verify.h"
#include "db/seal.h"

#include <liboath/oath.h>

static const char right[] = "trois chevaux bleus";

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
static void
digits_are_those_of_the_standard(void **state)
{
	static const struct {
		int64_t second;
		const char *digits;
	} vectors[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" } };
	const str secret = S("12345678901234567890");

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		int64_t step = vectors[i].second / 30, now = vectors[i].second * 1000;
		str digits = str_of(vectors[i].digits);

		assert_int_equal(totp_step(secret, digits, now), step);
		/* One step before and after, no further. */
		assert_int_equal(totp_step(secret, digits, (step + 2) * 30000 - 1), step);
		assert_int_equal(totp_step(secret, digits, (step + 2) * 30000), -1);
		assert_int_equal(totp_step(secret, digits, (step - 1) * 30000), step);
		assert_int_equal(totp_step(secret, digits, (step - 1) * 30000 - 1), -1);
		assert_int_equal(totp_step(S("12345678901234567891"), digits, now), -1);
	}
	assert_int_equal(totp_step(secret, S("28708"), 59000), -1);
	assert_int_equal(totp_step(secret, S("2870820"), 59000), -1);
	assert_int_equal(totp_step(secret, S("28708x"), 59000), -1);
	assert_int_equal(totp_step(secret, (str){ 0 }, 59000), -1);
	assert_int_equal(totp_step(secret, S("287082"), -59000), -1);
	assert_int_equal(totp_step(secret, S("755224"), 0), 0);
}

/* What the telephone shows, from the letters that were typed into it. */
static str
telephone(struct db_case *t, const struct factor_offer *offer, int64_t now_ms)
{
	char *secret, digits[7], *letters = arena_alloc(&t->arena, offer->secret.len + 1);
	size_t size, n = 0;

	for (size_t i = 0; i < offer->secret.len; i++) {
		if (offer->secret.s[i] != ' ')
			letters[n++] = offer->secret.s[i];
	}
	assert_int_equal(oath_base32_decode(letters, n, &secret, &size), OATH_OK);
	assert_int_equal(size, 20);
	assert_int_equal(oath_totp_generate(secret, size, (time_t)(now_ms / 1000), 30, 0, 6, digits), OATH_OK);
	free(secret);
	return str_dup(&t->arena, str_of(digits));
}

struct holding {
	struct viewer v;
	str token, codes[RECOVERY_CODES];
	struct factor_offer offer;
};

/* Somebody signed in, with the factor in use from case_epoch_ms on. */
static struct holding
with_factor(struct db_case *t)
{
	struct hashing h = quick_hashing();
	struct holding x;
	bool taken;

	with_city(t);
	with_account(t, "a+b@ville.fr", "coordinator", right);
	x.v = signed_in(t, "a+b@ville.fr", right, case_epoch_ms, &x.token);
	ok(factor_begin(t->db, &t->arena, &x.v, case_epoch_ms, &x.offer));
	ok(factor_confirm(t->db, &t->arena, &h, &x.v, telephone(t, &x.offer, case_epoch_ms), case_epoch_ms, &taken, x.codes));
	assert_true(taken);
	return x;
}

static struct login_answer
second_at(struct db_case *t, str token, str code, int64_t now_ms)
{
	struct hashing h = quick_hashing();
	struct visitor v = visitor_at(now_ms);
	struct login_answer answer;

	ok(login_second(t->db, &t->arena, &h, &v, token, code, &answer));
	return answer;
}

static void
it_is_asked_for_once_it_was_right(void **state)
{
	struct db_case *t = case_of(state);
	struct hashing h = quick_hashing();
	struct factor_offer offer;
	str token, other, codes[RECOVERY_CODES];
	struct viewer v;
	bool taken, in_use;
	int64_t left;

	with_city(t);
	with_account(t, "a@ville.fr", "coordinator", right);
	(void)signed_in(t, "a@ville.fr", right, case_epoch_ms, &other);
	v = signed_in(t, "a@ville.fr", right, case_epoch_ms, &token);
	ok(factor_begin(t->db, &t->arena, &v, case_epoch_ms, &offer));
	assert_int_equal(offer.secret.len, 39); /* 32 letters in groups of four */
	assert_true(str_starts(offer.uri, S("otpauth://totp/Jalon:a@ville.fr?secret=")));
	assert_true(str_ends(offer.uri, S("&issuer=Jalon")));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_DONE);
	ok(factor_confirm(t->db, &t->arena, &h, &v, S("000000"), case_epoch_ms, &taken, codes));
	assert_false(taken);
	ok(factor_state(t->db, &v, &in_use, &left));
	assert_false(in_use);
	ok(factor_confirm(t->db, &t->arena, &h, &v, telephone(t, &offer, case_epoch_ms), case_epoch_ms, &taken, codes));
	assert_true(taken);
	ok(factor_state(t->db, &v, &in_use, &left));
	assert_true(in_use);
	assert_int_equal(left, RECOVERY_CODES);
	assert_true(lives(t, token, case_epoch_ms));
	assert_false(lives(t, other, case_epoch_ms));
	assert_int_equal(try_at(t, "a@ville.fr", right, case_epoch_ms).outcome, LOGIN_SECOND);
	/* The one in use is not replaced in passing. */
	assert_int_equal(factor_begin(t->db, &t->arena, &v, case_epoch_ms, &offer)->kind, ERR_CONFLICT);
}

static void
the_password_alone_opens_nothing_any_more(void **state)
{
	struct db_case *t = case_of(state);
	struct holding x = with_factor(t);
	int64_t now = case_epoch_ms + minute_ms;
	struct login_answer first = try_at(t, "a+b@ville.fr", right, now), done;
	struct viewer v;

	assert_true(str_starts(x.offer.uri, S("otpauth://totp/Jalon:a%2Bb@ville.fr?")));
	assert_int_equal(first.outcome, LOGIN_SECOND);
	v = viewer_of(t, first.token, now);
	assert_true(v.second_step);
	for (int right_number = 0; right_number < RIGHTS; right_number++)
		assert_false(viewer_may(&v, (enum right)right_number));
	assert_int_equal(second_at(t, first.token, S("000000"), now).outcome, LOGIN_REFUSED);
	assert_int_equal(second_at(t, first.token, S(""), now).outcome, LOGIN_REFUSED);
	done = second_at(t, first.token, telephone(t, &x.offer, now), now);
	assert_int_equal(done.outcome, LOGIN_DONE);
	assert_false(viewer_of(t, done.token, now).second_step);
	/* A new token: the one that waited is worth nothing. */
	assert_false(lives(t, first.token, now));
	assert_int_equal(
	    second_at(t, first.token, telephone(t, &x.offer, now + minute_ms), now + minute_ms).outcome, LOGIN_REFUSED);
	/* And it waits for ten minutes only. */
	first = try_at(t, "a+b@ville.fr", right, now);
	assert_true(lives(t, first.token, now + 10 * minute_ms - 1));
	assert_int_equal(
	    second_at(t, first.token, telephone(t, &x.offer, now + 10 * minute_ms), now + 10 * minute_ms).outcome, LOGIN_REFUSED);
}

static void
digits_are_taken_once(void **state)
{
	struct db_case *t = case_of(state);
	struct holding x = with_factor(t);
	int64_t now = case_epoch_ms + minute_ms;
	str digits = telephone(t, &x.offer, now), before = telephone(t, &x.offer, now - 30000);
	struct login_answer one = try_at(t, "a+b@ville.fr", right, now), two = try_at(t, "a+b@ville.fr", right, now);

	/* Those of the set-up are spent as well. */
	assert_int_equal(
	    second_at(t, one.token, telephone(t, &x.offer, case_epoch_ms), case_epoch_ms + 20000).outcome, LOGIN_REFUSED);
	assert_int_equal(
	    second_at(t, one.token, str_format(&t->arena, " %.3s %.3s ", digits.s, digits.s + 3), now).outcome, LOGIN_DONE);
	assert_int_equal(second_at(t, two.token, digits, now).outcome, LOGIN_REFUSED);
	assert_int_equal(second_at(t, two.token, digits, now + 29000).outcome, LOGIN_REFUSED);
	assert_int_equal(second_at(t, two.token, before, now).outcome, LOGIN_REFUSED);
	assert_int_equal(second_at(t, two.token, telephone(t, &x.offer, now + 30000), now).outcome, LOGIN_DONE);
}

static void
a_code_on_paper_replaces_the_telephone_once(void **state)
{
	struct db_case *t = case_of(state);
	struct holding x = with_factor(t);
	struct hashing h = quick_hashing();
	int64_t now = case_epoch_ms + minute_ms, left;
	struct login_answer one = try_at(t, "a+b@ville.fr", right, now), two = try_at(t, "a+b@ville.fr", right, now), done;
	str codes[RECOVERY_CODES], changed = str_dup(&t->arena, x.codes[3]);
	struct viewer v;
	bool in_use;

	((char *)(uintptr_t)changed.s)[CODE_TEXT - 1] ^= 1;
	assert_int_equal(second_at(t, one.token, changed, now).outcome, LOGIN_REFUSED);
	done = second_at(t, one.token, x.codes[3], now);
	assert_int_equal(done.outcome, LOGIN_DONE);
	assert_int_equal(second_at(t, two.token, x.codes[3], now).outcome, LOGIN_REFUSED);
	v = viewer_of(t, done.token, now);
	ok(factor_state(t->db, &v, &in_use, &left));
	assert_int_equal(left, RECOVERY_CODES - 1);
	ok(factor_new_codes(t->db, &t->arena, &h, &v, now, codes));
	assert_int_equal(second_at(t, two.token, x.codes[4], now).outcome, LOGIN_REFUSED);
	assert_int_equal(second_at(t, two.token, codes[4], now).outcome, LOGIN_DONE);
	for (int i = 0; i < RECOVERY_CODES; i++)
		assert_int_equal(codes[i].len, CODE_TEXT);
}

static void
guessing_digits_is_slow(void **state)
{
	struct db_case *t = case_of(state);
	struct holding x = with_factor(t);
	int64_t now = case_epoch_ms + minute_ms;
	struct login_answer first = try_at(t, "a+b@ville.fr", right, now), answer;

	for (int i = 0; i < 5; i++)
		assert_int_equal(second_at(t, first.token, S("123456"), now).outcome, LOGIN_REFUSED);
	answer = second_at(t, first.token, telephone(t, &x.offer, now), now);
	assert_int_equal(answer.outcome, LOGIN_WAIT);
	assert_int_equal(answer.wait_ms, 1000);
	/* Signing in again is no way round. */
	first = try_at(t, "a+b@ville.fr", right, now);
	assert_int_equal(second_at(t, first.token, telephone(t, &x.offer, now), now).outcome, LOGIN_WAIT);
	assert_int_equal(second_at(t, first.token, telephone(t, &x.offer, now + 1000), now + 1000).outcome, LOGIN_DONE);
}

static void
a_lost_telephone_is_taken_away(void **state)
{
	struct db_case *t = case_of(state);
	struct holding x = with_factor(t);
	const struct change change = { 1, S("2025-06-15T12:00:00.000Z"), S("tester"), S("reset") };
	struct login_answer waiting = try_at(t, "a+b@ville.fr", right, case_epoch_ms + 1);

	ok(factor_remove(t->db, &change, x.v.account, 0));
	assert_false(lives(t, x.token, case_epoch_ms + 1));
	assert_false(lives(t, waiting.token, case_epoch_ms + 1));
	assert_int_equal(rows_of(t, "recovery_codes"), 0);
	assert_int_equal(try_at(t, "a+b@ville.fr", right, case_epoch_ms + 1).outcome, LOGIN_DONE);
}

static void
add_break(void *to, int64_t account, const char *what)
{
	assert_true(account > 0);
	buf_format(to, "%s\n", what);
}

static str
breaks(struct db_case *t)
{
	struct buf b = { 0 };
	int64_t accounts;
	str out;

	ok(db_begin_read(t->db));
	ok(access_verify(t->db, &t->arena, add_break, &b, &accounts));
	ok(db_end(t->db, NULL));
	out = str_dup(&t->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void
the_check_sees_what_does_not_belong_together(void **state)
{
	struct db_case *t = case_of(state);

	(void)with_factor(t);
	assert_int_equal(breaks(t).len, 0);
	assert_int_equal(rows_of(t, "second_factors where length(secret) = 60"), 1); /* nonce, twenty bytes, tag */
	behind(t, "update accounts set role = 'king'");
	assert_true(str_is(breaks(t), "a role that the table of rights does not know\n"));
	behind(t, "update accounts set role = 'state', state = 'ended'");
	assert_true(str_is(breaks(t), "the account has ended, and is still signed in\n"));
	behind(t, "update accounts set state = 'active'");
	behind(t, "update passwords set hash = 'plain'");
	assert_true(str_is(breaks(t), "what is kept of the password is not what the program writes\n"));
	behind(t, "delete from passwords");
	/* A secret that is copied to another account opens nothing there. */
	with_account(t, "b@ville.fr", "coordinator", NULL);
	assert_int_equal(breaks(t).len, 0);
	behind(t, "insert into second_factors (territory_id, account_id, secret, made_ms, last_step)"
		  " select a.territory_id, a.id, f.secret, 0, 0 from accounts a, second_factors f where a.email = 'b@ville.fr'");
	assert_true(str_is(breaks(t), "the second factor cannot be opened with the key of this installation\n"));
}

static void
what_is_sealed_opens_in_its_place_alone(void **state)
{
	struct db_case *t = case_of(state);
	unsigned char key[SEAL_KEY], other[SEAL_KEY];
	str sealed, again, plain;
	char *bytes;

	with_city(t);
	ok(seal_key(t->db, "one", key));
	ok(seal_key(t->db, "two", other));
	assert_true(memcmp(key, other, SEAL_KEY) != 0);
	sealed = seal(&t->arena, key, "t.c", 7, S("secret"));
	again = seal(&t->arena, key, "t.c", 7, S("secret"));
	assert_false(str_eq(sealed, again));
	assert_true(unseal(&t->arena, key, "t.c", 7, sealed, &plain));
	assert_true(str_is(plain, "secret"));
	assert_false(unseal(&t->arena, other, "t.c", 7, sealed, &plain));
	assert_false(unseal(&t->arena, key, "t.d", 7, sealed, &plain));
	assert_false(unseal(&t->arena, key, "t.c", 8, sealed, &plain));
	assert_null(plain.s);
	bytes = arena_copy(&t->arena, sealed.s, sealed.len);
	for (size_t i = 0; i < sealed.len; i++) {
		assert_false(unseal(&t->arena, key, "t.c", 7, (str){ sealed.s, i }, &plain));
		bytes[i] ^= 1;
		assert_false(unseal(&t->arena, key, "t.c", 7, (str){ bytes, sealed.len }, &plain));
		bytes[i] ^= 1;
	}
	assert_true(unseal(&t->arena, key, "t.c", 7, seal(&t->arena, key, "t.c", 7, S("")), &plain));
	assert_int_equal(plain.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_those_of_the_standard),
		ON_BOTH(it_is_asked_for_once_it_was_right),
		ON_BOTH(the_password_alone_opens_nothing_any_more),
		ON_BOTH(digits_are_taken_once),
		ON_BOTH(a_code_on_paper_replaces_the_telephone_once),
		ON_BOTH(guessing_digits_is_slow),
		ON_BOTH(a_lost_telephone_is_taken_away),
		ON_BOTH(the_check_sees_what_does_not_belong_together),
		ON_BOTH(what_is_sealed_opens_in_its_place_alone),
	};

	return cmocka_run_group_tests_name("factor", tests, NULL, NULL);
}
