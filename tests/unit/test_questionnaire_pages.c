/* The questionnaire on screen and the figures it opens: who sees what, and that a list is as long as its number says. */
#include "app_case.h"

#define YEAR "contrat=cf-ctai-2022&periode=contract-1"
#define FIGURE "/questionnaire/chiffre?" YEAR "&fiche=f11&indicateur=1.1.beneficiaries&case="

#define COST "/questionnaire/chiffre?" YEAR "&fiche=f11&indicateur=2.cost"

static void
begin(struct app_case *c, void **state, const char *role, const char *of)
{
	struct db_case *t = case_of(state);

	with_contract(t);
	with_demonstration(t, 60);
	app_case_open(c, t);
	app_as(c, role, of);
}

static void
the_coordinator_reads_every_sheet_and_takes_it_away(void **state)
{
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	app_page(&c, "/questionnaire?" YEAR);
	app_shows(&c, "1.1 Mobilit\xc3\xa9");
	app_shows(&c, "4.3 ");
	app_shows(&c, "/questionnaire.xlsx?contrat=cf-ctai-2022&amp;periode=contract-1");
	app_case_close(&c);
}

static void
files_are_what_the_command_line_writes(void **state)
{
	struct app_case c;

	begin(&c, state, "state", NULL);
	app_page(&c, "/questionnaire.csv?" YEAR);
	assert_string_equal(c.out.type, "text/csv; charset=utf-8");
	app_shows(&c, "sheet,f11,1.1.beneficiaries,women,");
	app_page(&c, "/questionnaire.xlsx?" YEAR);
	assert_memory_equal(c.out.body.s, "PK\x03\x04", 4);
	app_case_close(&c);
}

/* The numbers of the page and of the list behind it: "12 records", one row for each. */
static void
a_list_is_as_long_as_its_figure(void **state)
{
	static const char *const cells[] = { "total", "men", "women", "under25", "bpi", "bpi_men", "bpi_women", "bpi_under25" };
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		long value, rows = 0;
		const char *at;

		app_page(&c, str_format(&c.t->arena, "%s%s", FIGURE, cells[i]).s);
		at = strstr(app_body(&c), "<dl class=\"pair\">");
		assert_non_null(at);
		if (i == 0)
			at = strstr(at + 10, "<dt>Achieved");
		value = strtol(strstr(at, "<dd>") + 4, NULL, 10);
		at = strstr(app_body(&c), "id=\"records\"");
		for (; at != NULL && (at = strstr(at, "<tr><th scope=\"row\">")) != NULL; at++)
			rows++;
		assert_true(value > 0 && value < 50); /* one page */
		assert_int_equal(rows, value);
	}
	app_case_close(&c);
}

static void
the_state_sees_how_many_and_nobody(void **state)
{
	struct app_case c;

	begin(&c, state, "state", NULL);
	app_page(&c, FIGURE "total");
	app_shows(&c, "Why records count or not");
	app_hides(&c, "/personnes/");
	app_hides(&c, "-Fictif"); /* every invented family name ends so */
	app_hides(&c, "chiffre.csv");
	app_refuses(&c, 403, "/questionnaire/chiffre.csv?" YEAR "&fiche=f11&indicateur=1.1.beneficiaries");
	app_hides(&c, "-Fictif");
	app_case_close(&c);
}

static void
an_operator_sees_its_own_sheets_and_people(void **state)
{
	struct app_case c;

	begin(&c, state, "worker", "plateforme-mobilite-63");
	app_page(&c, "/questionnaire?" YEAR);
	app_shows(&c, "1.1 Mobilit\xc3\xa9");
	app_hides(&c, "2.1 ");
	app_hides(&c, "questionnaire.csv");
	app_hides(&c, "EUR"); /* a worker reads no money */
	app_page(&c, FIGURE "total");
	app_shows(&c, "/personnes/");
	app_refuses(&c, 404, "/questionnaire?" YEAR "&fiche=f21");
	app_refuses(&c, 404, "/questionnaire/chiffre?" YEAR "&fiche=f21&indicateur=1.1.beneficiaries");
	app_refuses(&c, 404, "/questionnaire/chiffre?" YEAR "&fiche=f11&indicateur=2.cost");
	app_refuses(&c, 404, "/questionnaire/chiffre?" YEAR "&indicateur=cohort.enlarged");
	app_refuses(&c, 403, "/questionnaire.csv?" YEAR);
	app_refuses(&c, 403, "/questionnaire/recoupements?" YEAR);
	app_case_close(&c);
}

static void
finance_reads_figures_and_opens_nobody(void **state)
{
	struct app_case c;

	begin(&c, state, "finance", NULL);
	app_page(&c, "/questionnaire?" YEAR);
	app_hides(&c, "indicateur=1.1.beneficiaries");
	app_shows(&c, "fiche=f11&amp;indicateur=2.cost");
	app_refuses(&c, 403, FIGURE "total");
	app_refuses(&c, 403, "/questionnaire/chiffre.csv?" YEAR "&fiche=f11&indicateur=1.1.beneficiaries");
	app_page(&c, "/fiches/f11?periode=contract-1");
	app_shows(&c, "/questionnaire/chiffre?contrat=cf-ctai-2022&amp;periode=contract-1&amp;fiche=f11&amp;indicateur=2.cost");
	app_page(&c, COST);
	app_shows(&c, "(account 6");
	app_hides(&c, "/personnes");
	app_page(&c, "/questionnaire/chiffre.csv?" YEAR "&fiche=f11&indicateur=2.cost");
	app_hides(&c, "-Fictif");
	app_as(&c, "observer", NULL);
	app_refuses(&c, 403, COST);
	app_case_close(&c);
}

static void
the_matrix_shows_people_in_both(void **state)
{
	struct app_case c;

	begin(&c, state, "state", NULL);
	app_page(&c, "/questionnaire/recoupements?" YEAR "&par=fiches");
	app_shows(&c, "class=\"n same\"><a href=\"/questionnaire/chiffre?");
	app_shows(&c, "<abbr title=\"1.1 Mobilit\xc3\xa9\">1</abbr>");
	app_hides(&c, "-Fictif");
	app_page(&c, "/questionnaire/recoupements.csv?" YEAR);
	app_shows(&c, "scope,ref,other_ref,parts,people");
	app_case_close(&c);
}

static void
what_does_not_exist_is_said(void **state)
{
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	app_refuses(&c, 404, "/questionnaire?contrat=elsewhere");
	app_refuses(&c, 404, "/questionnaire?" YEAR "&fiche=nowhere");
	app_refuses(&c, 404, FIGURE "everybody");
	app_refuses(&c, 404, "/questionnaire/chiffre?" YEAR "&fiche=f11&indicateur=9.9");
	app_page(&c, FIGURE "women&motif=sans-sexe&page=99999");
	app_case_close(&c);
}

/* The contract ended in October 2025, what was recorded in its first year: without a period in the address, that year. */
static void
a_contract_that_is_over_is_shown_where_its_records_are(void **state)
{
	const int64_t june_2024 = 1717236000000, november_2026 = 1795428000000;
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	c.now_ms = november_2026;
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/questionnaire?contrat=cf-ctai-2022");
	app_shows(&c, "periode=contract-1&amp;fiche=f11");
	c.now_ms = june_2024;
	app_as(&c, "coordinator", NULL);
	app_page(&c, "/questionnaire?contrat=cf-ctai-2022");
	app_shows(&c, "periode=contract-2&amp;fiche=f11");
	app_case_close(&c);
}

/* Two dates as people write them, and what is wrong with them said where they are typed. */
static void
any_two_days_are_a_period(void **state)
{
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	app_page(&c, "/questionnaire?contrat=cf-ctai-2022&fiche=f11&du=17+oct.+2022&au=31/12/22");
	app_shows(&c, "periode=2022-10-17..2022-12-31&amp;fiche=f11");
	app_shows(&c, "name=\"fiche\" value=\"f11\"");
	app_page(&c, "/fiches/f11?du=17/10/2022&au=31/12/2022");
	app_shows(&c, "periode=2022-10-17..2022-12-31");
	app_refuses(&c, 422, "/questionnaire?contrat=cf-ctai-2022&du=demain&au=");
	app_shows(&c, "There are 2 mistakes");
	app_shows(&c, "id=\"du-e\"");
	app_shows(&c, "enter the last day of the period");
	app_shows(&c, "value=\"demain\"");
	app_shows(&c, "<option value=\"civil-2023\"");
	app_refuses(&c, 422, "/contrats/cf-ctai-2022?du=2023-02-01&au=2023-01-01");
	app_shows(&c, "the last day comes before the first");
	app_case_close(&c);
}

static void
a_period_that_does_not_exist_is_chosen_again(void **state)
{
	static const char *const pages[] = { "/questionnaire?", "/questionnaire/recoupements?", "/fiches/f11?",
		"/contrats/cf-ctai-2022?" };
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		app_refuses(&c, 422, str_format(&c.t->arena, "%speriode=whenever", pages[i]).s);
		app_shows(&c, "asks for a period that does not exist");
		app_shows(&c, "<option value=\"contract-1\"");
		app_shows(&c, "name=\"du\"");
		app_hides(&c, "school-2022,");
	}
	app_refuses(&c, 400, "/questionnaire.csv?periode=contract-9");
	app_shows(&c, "Open the questionnaire, and choose the period there.");
	app_case_close(&c);
}

/* Lists say what their records are: an expense its label, account and amount as money is written, a tool its title. */
static void
records_say_what_they_are_about(void **state)
{
	struct app_case c;
	const char *at;
	char last[11] = "";

	begin(&c, state, "coordinator", NULL);
	app_page(&c, COST);
	app_shows(&c, "(account 6");
	app_shows(&c, "<td class=\"n\">€");
	app_hides(&c, " euros</td>");
	app_hides(&c, ">Who</th>");
	app_page(&c, "/questionnaire/chiffre?" YEAR "&fiche=f11&indicateur=1.2.tools");
	app_shows(&c, "<th scope=\"row\"><bdi>M\xc3\xa9mento du droit au s\xc3\xa9jour</bdi>");
	app_hides(&c, "nothing can be counted");
	app_page(&c, "/questionnaire/chiffre?" YEAR "&fiche=f11&indicateur=1.2.hours");
	app_shows(&c, "<th scope=\"row\"><bdi>Training");
	app_page(&c, FIGURE "total");
	at = strstr(app_body(&c), "id=\"records\"");
	for (at = at == NULL ? NULL : strstr(at, "<time datetime=\""); at != NULL; at = strstr(at + 1, "<time datetime=\"")) {
		if (at[26] != '"')
			continue;
		assert_true(strncmp(last, at + 16, 10) <= 0);
		memcpy(last, at + 16, 10);
	}
	app_case_close(&c);
}

/* A flag and its list: as many people as it says. */
static void
flags_lead_to_what_they_count(void **state)
{
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	app_page(&c, "/questionnaire?" YEAR);
	app_shows(&c, "motif=sans-");
	app_shows(&c, "href=\"/emargements?action=");
	app_as(&c, "state", NULL);
	app_page(&c, "/questionnaire?" YEAR);
	app_hides(&c, "/emargements");
	app_case_close(&c);
}

/* Counted all the same, as the guide asks: the page and the finding do not contradict each other. */
static void
a_mandatory_figure_that_the_sheet_lacks_is_marked(void **state)
{
	struct app_case c;

	begin(&c, state, "coordinator", NULL);
	app_page(&c, "/fiches/fev");
	app_shows(&c, "mandatory, missing from the sheet");
	app_page(&c, "/questionnaire?" YEAR "&fiche=fev");
	app_shows(&c, "mandatory, missing from the sheet");
	app_page(&c, "/fiches/f21");
	app_hides(&c, "mandatory, missing from the sheet");
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(the_coordinator_reads_every_sheet_and_takes_it_away),
		ON_BOTH(files_are_what_the_command_line_writes),
		ON_BOTH(a_list_is_as_long_as_its_figure),
		ON_BOTH(the_state_sees_how_many_and_nobody),
		ON_BOTH(an_operator_sees_its_own_sheets_and_people),
		ON_BOTH(finance_reads_figures_and_opens_nobody),
		ON_BOTH(the_matrix_shows_people_in_both),
		ON_BOTH(what_does_not_exist_is_said),
		ON_BOTH(any_two_days_are_a_period),
		ON_SQLITE(records_say_what_they_are_about),
		ON_SQLITE(flags_lead_to_what_they_count),
		ON_BOTH(a_period_that_does_not_exist_is_chosen_again),
		ON_BOTH(a_mandatory_figure_that_the_sheet_lacks_is_marked),
		ON_BOTH(a_contract_that_is_over_is_shown_where_its_records_are),
	};

	return cmocka_run_group_tests_name("questionnaire_pages", tests, NULL, NULL);
}
