/* The pages of a contract, for each role: what each shows, and nothing of others. */
#include "app_case.h"

static const char *const pages[] = { "/contrats/cf-ctai-2022", "/contrats/cf-ctai-2022/texte",
	"/contrats/cf-ctai-2022/conformite", "/contrats/cf-ctai-2022/comparaison", "/contrats" };

static void
open_filled(struct app_case *c, struct db_case *t)
{
	with_contract(t);
	with_demonstration(t, 60);
	app_case_open(c, t);
}

static void
each_role_has_its_pages_of_the_contract(void **state)
{
	static const struct {
		const char *role, *of;
		int status[5];
	} cases[] = {
		{ "coordinator", NULL, { 200, 200, 200, 200, 200 } },
		{ "finance", NULL, { 200, 200, 200, 200, 200 } },
		{ "manager", "plie", { 200, 200, 403, 403, 200 } },
		{ "worker", "plie", { 200, 200, 403, 403, 200 } },
		{ "partner", "ville", { 200, 200, 403, 403, 200 } },
		{ "state", NULL, { 200, 200, 200, 200, 200 } },
		{ "researcher", NULL, { 200, 200, 403, 403, 200 } },
		{ "observer", NULL, { 200, 200, 403, 200, 200 } },
		{ "administrator", NULL, { 403, 403, 403, 403, 403 } },
		{ "beneficiary", "demo-p000001", { 403, 403, 403, 403, 403 } },
	};
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		for (size_t k = 0; k < 5; k++) {
			if (app_get(&c, pages[k]) != cases[i].status[k])
				fail_msg("%s as %s: %d\n%s", pages[k], cases[i].role, c.out.status, app_body(&c));
		}
	}
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(each_role_has_its_pages_of_the_contract),
	};

	return cmocka_run_group_tests_name("contract_pages", tests, NULL, NULL);
}
