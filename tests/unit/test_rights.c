/* The table of rights against what the roles are for, written apart (tests/cases/access/rights.txt). */
#include "access_case.h"

#include "access/rights.h"
#include "base/text.h"

enum { LINES = 64, WORDS = ROLES + 1 };
struct table {
	str word[LINES][WORDS];
	size_t n;
};

static struct arena memory;

static void
read_table(struct table *t)
{
	const char *source = getenv("JALON_SOURCE");
	str rest = get_file(&memory, str_format(&memory, "%s/tests/cases/access/rights.txt", source == NULL ? "." : source).s);

	t->n = 0;
	assert_non_null(rest.s);
	while (rest.len > 0) {
		str line = str_trim(str_cut(rest, '\n', &rest));
		size_t w = 0;

		if (line.len == 0 || line.s[0] == '#')
			continue;
		while (line.s != NULL && line.len > 0) {
			str word = str_cut(line, ' ', &line);

			assert_true(t->n < LINES);
			if (word.len > 0 && w < WORDS)
				t->word[t->n][w++] = word;
			line = line.s == NULL ? line : str_trim(line);
		}
		assert_int_equal(w, WORDS);
		t->n++;
	}
}

static struct viewer
somebody(enum role role)
{
	return (struct viewer){ .territory = 1, .account = 7, .role = role, .organisation = 11, .person = 13 };
}

static void
every_role_has_the_rights_that_its_description_gives(void **state)
{
	static const char *const words[] = { "no", "own", "all" };
	struct table t;
	size_t heading = 0;
	int compared = 0, wrong = 0;

	(void)state;
	read_table(&t);
	for (size_t i = 0; i < t.n; i++) {
		int right = right_named(t.word[i][0]);

		if (str_is(t.word[i][0], "right"))
			heading = i;
		if (str_is(t.word[i][0], "field"))
			break;
		for (size_t k = 1; right >= 0 && k < WORDS; k++) {
			int role = role_named(t.word[heading][k]);

			assert_true(role >= 0);
			compared++;
			if (str_is(t.word[i][k], words[reach_of((enum role)role, (enum right)right)]))
				continue;
			wrong++;
			print_error("%s: %s, the description says %.*s\n",
			    right_sentence(&memory, (enum role)role, (enum right)right).s, role_names[role],
			    STR_ARG(t.word[i][k]));
		}
		assert_true(right >= 0 || i == heading);
	}
	assert_int_equal(wrong, 0);
	assert_int_equal(compared, (int)ROLES * RIGHTS);
}

static void
fields_are_read_by_their_sensitivity(void **state)
{
	static const char *const names[] = { "public", "internal", "personal", "identifying", "sensitive" };
	struct table t;
	size_t heading = 0;
	int compared = 0;

	(void)state;
	read_table(&t);
	for (size_t i = 0; i < t.n; i++) {
		if (str_is(t.word[i][0], "field"))
			heading = i;
		for (int s = 0; heading > 0 && s < 5; s++) {
			for (size_t k = 1; str_is(t.word[i][0], names[s]) && k < WORDS; k++, compared++) {
				struct viewer v = somebody((enum role)role_named(t.word[heading][k]));

				if (viewer_reads(&v, (enum sensitivity)s) != str_is(t.word[i][k], "yes"))
					fail_msg("%s %s", names[s], role_names[v.role]);
			}
		}
	}
	assert_int_equal(compared, 5 * ROLES);
}

static void
nobody_reaches_anything_before_the_second_factor(void **state)
{
	(void)state;
	for (int role = 0; role < ROLES; role++) {
		for (int right = 0; right < RIGHTS; right++) {
			struct viewer waiting = somebody((enum role)role), nobody = somebody((enum role)role);

			waiting.second_step = true;
			nobody.account = 0;
			assert_int_equal(viewer_reach(&waiting, (enum right)right), REACH_NO);
			assert_int_equal(viewer_reach(&nobody, (enum right)right), REACH_NO);
			assert_int_equal(viewer_reach(NULL, (enum right)right), REACH_NO);
			for (int s = SENS_PUBLIC; s <= SENS_SENSITIVE; s++) {
				assert_false(viewer_reads(&waiting, (enum sensitivity)s));
				assert_false(viewer_reads(&nobody, (enum sensitivity)s));
			}
		}
	}
}

static void
own_without_an_organisation_is_nothing(void **state)
{
	struct viewer v = somebody(ROLE_worker);

	(void)state;
	assert_int_equal(viewer_reach(&v, RIGHT_PEOPLE_READ), REACH_OWN);
	assert_int_equal(viewer_limit(&v, RIGHT_PEOPLE_READ), 11);
	v.organisation = 0;
	assert_int_equal(viewer_reach(&v, RIGHT_PEOPLE_READ), REACH_NO);
	assert_int_equal(viewer_reach(&v, RIGHT_CONTRACT_READ), REACH_ALL);
	assert_int_equal(viewer_limit(&v, RIGHT_CONTRACT_READ), 0);
	v = somebody(ROLE_beneficiary);
	v.organisation = 0;
	assert_int_equal(viewer_reach(&v, RIGHT_PEOPLE_READ), REACH_OWN);
	assert_int_equal(viewer_limit(&v, RIGHT_PEOPLE_READ), -1);
	v.person = 0;
	assert_int_equal(viewer_reach(&v, RIGHT_PEOPLE_READ), REACH_NO);
	v = somebody(ROLE_coordinator);
	assert_int_equal(viewer_limit(&v, RIGHT_PEOPLE_READ), 0);
}

static void
limit_of_no_right(struct db_case *t)
{
	struct viewer v = somebody(ROLE_state);

	(void)t;
	(void)viewer_limit(&v, RIGHT_PEOPLE_READ);
}

static void
the_limit_of_a_right_that_one_has_not_stops_the_program(void **state)
{
	(void)state;
	case_stops(limit_of_no_right, NULL);
}

static void
looking_as_another_reaches_what_both_reach(void **state)
{
	(void)state;
	for (int own = 0; own < ROLES; own++) {
		for (int other = 0; other < ROLES; other++) {
			struct viewer v = somebody((enum role)own), as = viewer_as(&v, (enum role)other, 22),
				      twice = viewer_as(&as, ROLE_coordinator, 0);

			assert_true(as.looking);
			assert_int_equal(viewer_roams(&as), own == ROLE_observer && other == ROLE_observer);
			if (viewer_reads(&as, SENS_PERSONAL))
				assert_true(viewer_reads(&v, SENS_PERSONAL));
			assert_int_equal(as.organisation, 11);
			for (int right = 0; right < RIGHTS; right++) {
				assert_true(viewer_reach(&as, (enum right)right) <= viewer_reach(&v, (enum right)right));
				assert_true(
				    viewer_reach(&as, (enum right)right) <= reach_of((enum role)other, (enum right)right));
				assert_true(viewer_reach(&twice, (enum right)right) <= viewer_reach(&v, (enum right)right));
			}
		}
	}
}

static void
sentences_say_how_far(void **state)
{
	(void)state;
	assert_true(str_is(right_sentence(&memory, ROLE_coordinator, RIGHT_PEOPLE_READ), "may read people's files"));
	assert_true(str_is(
	    right_sentence(&memory, ROLE_worker, RIGHT_PEOPLE_READ), "may read people's files, for one's own organisation only"));
	assert_true(
	    str_is(right_sentence(&memory, ROLE_beneficiary, RIGHT_PEOPLE_READ), "may read people's files, for oneself only"));
	assert_true(str_is(right_sentence(&memory, ROLE_state, RIGHT_PEOPLE_READ), "may not read people's files"));
}

static void
roles_are_those_of_the_accounts(void **state)
{
	str rest = str_of(entity_field(&entities[ENTITY_accounts], "role")->choices);

	(void)state;
	for (int role = 0; role < ROLES; role++)
		assert_true(str_is(str_cut(rest, ' ', &rest), role_names[role]));
	assert_null(rest.s);
	assert_int_equal(role_named(S("")), -1);
	assert_int_equal(right_named(S("people_read")), -1);
}

static void
accesses_are_given_by_those_who_run_them(void **state)
{
	(void)state;
	for (int own = 0; own < ROLES; own++) {
		struct viewer v = somebody((enum role)own);

		for (int other = 0; other < ROLES; other++) {
			bool staff = other == ROLE_manager || other == ROLE_worker;

			assert_int_equal(account_may_give(&v, (enum role)other, 11),
			    own == ROLE_administrator || (own == ROLE_manager && staff));
			assert_int_equal(account_may_give(&v, (enum role)other, 22), own == ROLE_administrator);
			assert_int_equal(account_may_give(&v, (enum role)other, 0), own == ROLE_administrator);
		}
	}
}

static int
forget(void **state)
{
	(void)state;
	arena_release(&memory);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_the_rights_that_its_description_gives),
		cmocka_unit_test(fields_are_read_by_their_sensitivity),
		cmocka_unit_test(nobody_reaches_anything_before_the_second_factor),
		cmocka_unit_test(own_without_an_organisation_is_nothing),
		cmocka_unit_test(the_limit_of_a_right_that_one_has_not_stops_the_program),
		cmocka_unit_test(looking_as_another_reaches_what_both_reach),
		cmocka_unit_test(sentences_say_how_far),
		cmocka_unit_test(roles_are_those_of_the_accounts),
		cmocka_unit_test(accesses_are_given_by_those_who_run_them),
	};

	return cmocka_run_group_tests_name("rights", tests, NULL, forget);
}
