/* The pages of a contract and of its sheets, for each role: what each shows, and nothing of others. */
#include "app_case.h"

#include "web/contract_page.h"

static void
open_filled(struct app_case *c, struct db_case *t)
{
	with_contract(t);
	with_demonstration(t, 60);
	app_case_open(c, t);
}

static void
each_role_has_its_pages(void **state)
{
	static const char *const pages[] = { "/contrats/cf-ctai-2022", "/contrats/cf-ctai-2022/texte",
		"/contrats/cf-ctai-2022/conformite", "/contrats/cf-ctai-2022/comparaison", "/contrats", "/fiches/f12" };
	static const struct {
		const char *role, *of;
		int status[6];
	} cases[] = {
		{ "coordinator", NULL, { 200, 200, 200, 200, 200, 200 } },
		{ "finance", NULL, { 200, 200, 200, 200, 200, 200 } },
		{ "manager", "plie", { 200, 200, 403, 403, 200, 200 } },
		{ "worker", "plie", { 200, 200, 403, 403, 200, 200 } },
		{ "partner", "ville", { 200, 200, 403, 403, 200, 200 } },
		{ "state", NULL, { 200, 200, 200, 200, 200, 200 } },
		{ "researcher", NULL, { 200, 200, 403, 403, 200, 200 } },
		{ "observer", NULL, { 200, 200, 403, 200, 200, 200 } },
		{ "administrator", NULL, { 403, 403, 403, 403, 403, 403 } },
		{ "beneficiary", "p000001", { 403, 403, 403, 403, 403, 403 } },
	};
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		app_as(&c, cases[i].role, cases[i].of);
		for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
			if (app_get(&c, pages[k]) != cases[i].status[k])
				fail_msg("%s as %s: %d\n%s", pages[k], cases[i].role, c.out.status, app_body(&c));
		}
	}
	app_case_close(&c);
}

/* The money of a sheet, its people, a link to the records behind them. */
static void
the_tree_shows_what_a_role_reaches(void **state)
{
	static const char mobility[] = "fiche=f11&amp;indicateur=1.1.beneficiaries",
			  trained[] = "fiche=f12&amp;indicateur=1.1.beneficiaries";
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/contrats/cf-ctai-2022?periode=contract-1");
	app_shows(&c,
	    "/questionnaire/chiffre?contrat=cf-ctai-2022&amp;periode=contract-1&amp;fiche=f11&amp;indicateur=1.1.beneficiaries&amp;case=total");
	app_shows(&c, "action=alpha-mobilite&amp;indicateur=1.1.beneficiaries");
	app_shows(&c, "€103,000.00");
	app_shows(&c, "People helped, each counted once");
	app_shows(&c, "€410,423.00");

	app_as(&c, "manager", "plie");
	app_page(&c, "/contrats/cf-ctai-2022?periode=contract-1");
	app_shows(&c, trained);
	app_hides(&c, mobility);
	app_shows(&c, "objective: 300 people");
	app_shows(&c, "€103,000.00");
	app_hides(&c, "€15,000.00");
	app_hides(&c, "People helped");
	app_hides(&c, "€410,423.00");
	app_hides(&c, "/conformite");
	app_hides(&c, "/comparaison");

	app_as(&c, "worker", "plie");
	app_page(&c, "/contrats/cf-ctai-2022?periode=contract-1");
	app_shows(&c, trained);
	app_hides(&c, "€");

	app_as(&c, "partner", "ville");
	app_page(&c, "/contrats/cf-ctai-2022?periode=contract-1");
	app_shows(&c, "objective: 300 people");
	app_hides(&c, "/questionnaire/chiffre");
	app_hides(&c, "€");

	/* Figures, but not how many records stand behind: their place in the questionnaire. */
	app_as(&c, "finance", NULL);
	app_page(&c, "/contrats/cf-ctai-2022?periode=contract-1");
	app_shows(&c, "/questionnaire?contrat=cf-ctai-2022&amp;periode=contract-1&amp;fiche=f11");
	app_hides(&c, "/questionnaire/chiffre");
	app_case_close(&c);
}

static void
the_amount_that_no_sheet_explains_shows(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	app_as(&c, "state", NULL);
	app_page(&c, "/contrats/cf-ctai-2022/comparaison");
	app_shows(&c, "€410,423.00 are asked for, the sheets forecast €362,147.00: €48,276.00 are not explained by any sheet.");
	app_shows(&c, "/fiches/f43?periode=contract-3#cost");
	app_page(&c, "/contrats/cf-ctai-2022/conformite");
	app_shows(&c, "276,00 euros are not explained");
	app_shows(&c, "href=\"/contrats/cf-ctai-2022/comparaison\">Open the subsidy");
	app_shows(&c, "href=\"/fiches/f23?periode=contract-3\">Open the sheet");
	app_shows(&c, "href=\"/partenaires/");
	app_case_close(&c);
}

/* What the guide calls things, where to correct them, and for each rule a place that the start page leads to. */
static void
findings_say_how_they_are_corrected(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	app_as(&c, "state", NULL);
	app_page(&c, "/contrats/cf-ctai-2022/conformite");
	app_shows(&c, "“Newcomers who benefit from the action” (1.1.beneficiaries)");
	app_shows(&c, "<bdi>sheet_indicators.csv, column sheet_ref, indicator</bdi>");
	app_shows(&c, "id=\"missing_beneficiaries_indicator\"");
	app_shows(&c, "The city&#39;s coordinator imports them");
	app_hides(&c, "href=\"/import\">Import the files");
	app_page(&c, "/");
	app_shows(&c, "/conformite#missing_beneficiaries_indicator\">See it");
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/contrats/cf-ctai-2022/conformite");
	app_shows(&c, "href=\"/import\">Import the files");
	app_page(&c, "/");
	app_shows(&c, "/conformite#missing_beneficiaries_indicator\">Settle it");
	app_case_close(&c);
}

/* Each rule has its line, and each line names columns that exist. */
static void
every_rule_has_columns_that_correct_it(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < conformity_rule_count; i++) {
		struct finding f = { .rule = &conformity_rules[i] };
		bool outside = strcmp(f.rule->finding, "agreement_needed") == 0;

		if ((finding_files(&a, &f).len == 0) != outside)
			fail_msg("%s has no line in mends.def", f.rule->finding);
	}
	arena_release(&a);
}

static void
the_payee_is_for_those_who_may_see_money(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	app_as(&c, "finance", NULL);
	app_page(&c, "/contrats/cf-ctai-2022/texte");
	app_shows(&c, "C630000000038");
	app_shows(&c, "Contribution of the State");
	app_as(&c, "manager", "plie");
	app_page(&c, "/contrats/cf-ctai-2022/texte");
	app_shows(&c, "Préfet du Puy-de-Dôme");
	app_shows(&c, "Comité de pilotage");
	app_hides(&c, "C630000000038");
	app_hides(&c, "BDFEFRPPCCT");
	app_hides(&c, "Contribution of the State");
	app_case_close(&c);
}

/* Planned on the left; achieved for those who carry the sheet out and for the parties. */
static void
a_sheet_shows_planned_and_achieved(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	app_as(&c, "manager", "plie");
	app_page(&c, "/fiches/f12?periode=contract-1");
	app_shows(&c, "Sheet 1.2 – Formation professionnelle et emploi");
	app_shows(&c, "Contract year 1: from 2022-10-17 to 2023-10-16");
	app_shows(&c, "Achieved to date");
	app_shows(&c, "fiche=f12&amp;indicateur=3.1.assiduous&amp;case=total");
	app_shows(&c, "fiche=f12&amp;indicateur=1.1.beneficiaries&amp;case=bpi");
	app_shows(&c, "action=alpha-metiers&amp;indicateur=2.cost");
	app_shows(&c, "/personnes?fiche=f12");
	app_shows(&c, "rel=\"prev\" href=\"/fiches/f11?periode=contract-1\"");
	app_shows(&c, "rel=\"next\" href=\"/fiches/f13?periode=contract-1\"");

	/* Another operator's: its targets and its text. */
	app_page(&c, "/fiches/f11?periode=contract-1");
	app_shows(&c, "Diagnostic de mobilité");
	app_shows(&c, ">300<");
	app_hides(&c, "Achieved to date");
	app_hides(&c, "/questionnaire/chiffre");
	app_hides(&c, "/personnes?fiche");
	app_hides(&c, "€");

	/* The three calendars; what was forecast for a civil year stands beside what was spent in it. */
	app_page(&c, "/fiches/f12?periode=civil-2022");
	app_shows(&c, "Civil year 2022: from 2022-01-01 to 2022-12-31");
	app_shows(&c, "<td class=\"n\">€103,000.00</td>");
	app_page(&c, "/fiches/f12?periode=school-2022");
	app_hides(&c, "<td class=\"n\">€103,000.00</td>");

	/* Counts that are sent: for the sheet alone. */
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/fiches/f21?periode=contract-1");
	app_shows(&c, "counted for the sheet as a whole");

	/* One of two operators: the sheet as a whole, and of the actions its own. */
	app_as(&c, "manager", "cam");
	app_page(&c, "/fiches/f12?periode=contract-1");
	app_shows(&c, "fiche=f12&amp;indicateur=1.1.beneficiaries&amp;case=total");
	app_shows(&c, "not within your reach");
	app_hides(&c, "action=alpha-metiers");
	app_hides(&c, "€30,000.00");

	/* The worker sees people, and no money. */
	app_as(&c, "worker", "plie");
	app_page(&c, "/fiches/f12?periode=contract-1");
	app_shows(&c, "Achieved to date");
	app_hides(&c, "€");
	app_hides(&c, "2.cost");
	app_case_close(&c);
}

static void
wrong_addresses_are_told(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	open_filled(&c, t);
	app_as(&c, "coordinator", NULL);
	app_refuses(&c, 404, "/contrats/nothing");
	app_refuses(&c, 404, "/contrats/nothing/texte");
	app_refuses(&c, 404, "/fiches/nothing");
	app_refuses(&c, 422, "/contrats/cf-ctai-2022?periode=contract-9");
	app_refuses(&c, 422, "/fiches/f11?periode=yesterday");
	app_refuses(&c, 303, "/contrat?periode=civil-2023");
	assert_string_equal(app_place(&c), "/contrats/cf-ctai-2022?periode=civil-2023");
	assert_int_equal(app_post(&c, "/contrats/cf-ctai-2022", ""), 405);
	c.token = (str){ 0 };
	app_refuses(&c, 303, "/contrats/cf-ctai-2022");
	app_refuses(&c, 303, "/fiches/f11");
	app_case_close(&c);
}

static const char *const only_place[] = { "territories.csv", "ref,name,kind\nville,Ville,commune\n", NULL };
static const char *const bare[] = { "territories.csv", "ref,name,kind\nville,Ville,commune\n", "contracts.csv",
	"ref,territory_ref,kind,title\nvide,ville,ctai,Contrat vide\n", NULL };

static void
before_the_contract_pages_say_what_will_be_there(void **state)
{
	static const char *const roles[] = { "coordinator", "finance", "state", "researcher", "observer" };
	struct db_case *t = case_of(state);
	struct app_case c;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "place", only_place));
	app_case_open(&c, t);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		app_as(&c, roles[i], NULL);
		app_page(&c, "/contrat");
		app_shows(&c, "No contract is recorded yet.");
		app_page(&c, "/contrats");
		app_shows(&c, "No contract is recorded yet.");
		app_page(&c, "/");
		app_shows(&c, "Nothing to do");
		app_refuses(&c, 404, "/fiches/f11");
		app_refuses(&c, 404, "/contrats/vide");
	}
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/contrat");
	app_shows(&c, "href=\"/import\"");
	app_as(&c, "state", NULL);
	app_page(&c, "/contrat");
	app_hides(&c, "href=\"/import\"");
	app_case_close(&c);
}

static void
an_empty_contract_has_all_its_pages(void **state)
{
	static const char *const pages[] = { "", "/texte", "/conformite", "/comparaison" };
	struct db_case *t = case_of(state);
	struct app_case c;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bare", bare));
	app_case_open(&c, t);
	app_as(&c, "coordinator", NULL);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		app_page(&c, str_format(&t->arena, "/contrats/vide%s", pages[i]).s);
	app_page(&c, "/contrats/vide");
	app_shows(&c, "The priorities, axes and sheets will stand here");
	app_page(&c, "/contrats/vide/texte");
	app_shows(&c, "No deliberation is recorded.");
	app_page(&c, "/contrats");
	app_shows(&c, "not signed");
	app_case_close(&c);
}

/* Another keeper's contract: an observer reaches it, nobody else does. */
static void
contracts_of_other_cities_are_an_observer_s(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;

	with_contract(t);
	case_imported(t,
	    case_bundle(t, "other",
		(const char *[]){ "territories.csv", "ref,name,kind\nailleurs,Ailleurs,commune\n", "contracts.csv",
		    "ref,territory_ref,kind,title,signed_on,duration_months\nautre,ailleurs,ctai,Contrat d'ailleurs,2023-01-01,36\n",
		    "sheets.csv",
		    "ref,contract_ref,kind,number,title,audience,recording\nx1,autre,action,1.1,Fiche d'ailleurs,newcomers,nominal\n",
		    NULL }));
	app_case_open(&c, t);
	app_as(&c, "coordinator", NULL);
	app_refuses(&c, 404, "/contrats/autre");
	app_refuses(&c, 404, "/fiches/x1");
	app_refuses(&c, 404, "/fiches/x1?contrat=autre");
	app_page(&c, "/contrats");
	app_hides(&c, "ailleurs");
	app_as(&c, "observer", NULL);
	app_page(&c, "/contrats");
	app_shows(&c, "Contrat d&#39;ailleurs");
	app_shows(&c, "CTAI de Clermont-Ferrand");
	app_page(&c, "/contrats/autre");
	app_shows(&c, "/fiches/x1?contrat=autre&amp;periode=");
	app_page(&c, "/fiches/x1?contrat=autre");
	app_shows(&c, "Fiche d&#39;ailleurs");
	app_refuses(&c, 404, "/fiches/f11?contrat=autre");
	app_refuses(&c, 303, "/contrat");
	assert_string_equal(app_place(&c), "/contrats");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(each_role_has_its_pages),
		ON_BOTH(the_tree_shows_what_a_role_reaches),
		ON_BOTH(the_amount_that_no_sheet_explains_shows),
		ON_SQLITE(findings_say_how_they_are_corrected),
		cmocka_unit_test(every_rule_has_columns_that_correct_it),
		ON_BOTH(the_payee_is_for_those_who_may_see_money),
		ON_BOTH(a_sheet_shows_planned_and_achieved),
		ON_BOTH(wrong_addresses_are_told),
		ON_BOTH(before_the_contract_pages_say_what_will_be_there),
		ON_BOTH(an_empty_contract_has_all_its_pages),
		ON_BOTH(contracts_of_other_cities_are_an_observer_s),
	};

	return cmocka_run_group_tests_name("contract_pages", tests, NULL, NULL);
}
