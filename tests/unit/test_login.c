/* Signing in: who gets in, for how long, and what makes it end. */
#include "access_case.h"

#include "access/form_token.h"
#include "db/journal.h"
#include "model/verify.h"

static const char right[] = "trois chevaux bleus";

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
	assert_true(str_is(v.name, "Une Personne"));
	assert_false(v.second_step);
	assert_false(v.note_due);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(the_right_password_opens_a_sign_in),
	};

	return cmocka_run_group_tests_name("login", tests, NULL, NULL);
}
