/* A sound contract has no finding; each way of spoiling it has the finding of its rule, on the right record, and no other. */
#include "bundle_case.h"

#include "contract/conformity.h"

/* --- the sound contract: two priorities, four sheets, five actions --- */

enum { CITY = 1, PREFECTURE, CLUB, BRANCH, SCHOOL, STRANGER };
enum { MOBILITY = 1, LANGUAGE, EVALUATION, GOVERNANCE };
enum { DRIVING = 1, TALKS, COURSE, COHORT, NETWORK };
enum { MEMBERSHIPS = 5, CARRIED = 21 };

struct sound {
	struct plan plan;
	struct conformity c;
	struct contract other;
	struct organisation organisations[6];
	struct grant grants[4];
	struct priority priorities[3];
	struct axis axes[4];
	struct sheet sheets[5];
	struct action actions[6];
	struct forecast forecasts[6];
	struct partnership partnerships[8];
	struct local_indicator locals[3];
	struct sheet_indicator carried[CARRIED + 2];
	struct body bodies[2];
	struct payment payments[1];
	struct meeting meetings[2];
};

static void
carry(struct sound *s, int64_t sheet, const char *indicator)
{
	s->plan.sheet_indicators.v[s->plan.sheet_indicators.n++] =
	    (struct sheet_indicator){ .sheet = sheet, .indicator = str_of(indicator) };
}

static void
carry_mandatory(struct sound *s, int64_t sheet, bool newcomers, bool actors)
{
	carry(s, sheet, "2.cost");
	carry(s, sheet, "2.p104");
	if (newcomers)
		carry(s, sheet, "1.1.beneficiaries");
	if (actors) {
		carry(s, sheet, "1.2.trained");
		carry(s, sheet, "1.2.hours");
		carry(s, sheet, "1.2.tools");
	}
}

static void
make_partners(struct sound *s)
{
	const struct organisation organisations[] = {
		{ .record.id = CITY, .ref = S("city"), .name = S("City"), .category = S("city"), .legal_form = S("public") },
		{ .record.id = PREFECTURE,
		    .ref = S("prefecture"),
		    .name = S("Prefecture"),
		    .category = S("state"),
		    .legal_form = S("public") },
		{ .record.id = CLUB,
		    .ref = S("club"),
		    .name = S("Club"),
		    .category = S("charity"),
		    .legal_form = S("private"),
		    .siret = S("21630113500010") },
		{ .record.id = BRANCH, .ref = S("branch"), .name = S("Branch"), .category = S("charity"), .parent = CLUB },
		{ .record.id = SCHOOL,
		    .ref = S("school"),
		    .name = S("School"),
		    .category = S("education"),
		    .legal_form = S("private"),
		    .siret = S("73282932000074") },
		{ .record.id = STRANGER, .ref = S("stranger"), .name = S("Stranger"), .category = S("other"), .siret = S("1") },
	};
	const struct partnership partnerships[] = {
		{ .sheet = MOBILITY, .organisation = CLUB, .role = S("operator") },
		{ .sheet = MOBILITY, .organisation = CITY, .role = S("partner") },
		{ .sheet = LANGUAGE, .organisation = SCHOOL, .role = S("operator") },
		{ .sheet = EVALUATION, .organisation = CITY, .role = S("operator") },
		{ .sheet = GOVERNANCE, .organisation = CITY, .role = S("operator") },
	};

	for (size_t i = 0; i < 6; i++) {
		s->organisations[i] = organisations[i];
		if (s->organisations[i].parent == 0)
			s->organisations[i].parent = NUMBER_NONE;
	}
	memcpy(s->partnerships, partnerships, sizeof partnerships);
	s->plan.organisations.v = s->organisations;
	s->plan.organisations.n = 6;
	s->plan.partnerships.v = s->partnerships;
	s->plan.partnerships.n = MEMBERSHIPS;
}

static void
make_sheets(struct sound *s)
{
	const day from = day_of(2023, 1, 1), to = day_of(2023, 12, 31);
	const struct sheet sheets[] = {
		{ .record.id = MOBILITY,
		    .ref = S("f1"),
		    .axis = 1,
		    .kind = S("action"),
		    .number = S("1.1"),
		    .audience = S("mixed"),
		    .objective = 50,
		    .objective_actors = 10,
		    .funded = 1 },
		{ .record.id = LANGUAGE,
		    .ref = S("f2"),
		    .axis = 2,
		    .kind = S("action"),
		    .number = S("1.2"),
		    .audience = S("newcomers"),
		    .objective = 40,
		    .objective_actors = NUMBER_NONE,
		    .funded = 1 },
		{ .record.id = EVALUATION,
		    .ref = S("f3"),
		    .axis = 3,
		    .kind = S("action"),
		    .number = S("2.1"),
		    .audience = S("newcomers"),
		    .objective = 30,
		    .objective_actors = NUMBER_NONE,
		    .funded = 0 },
		{ .record.id = GOVERNANCE,
		    .ref = S("f4"),
		    .axis = NUMBER_NONE,
		    .kind = S("governance"),
		    .number = S("G"),
		    .audience = S("actors"),
		    .objective = NUMBER_NONE,
		    .objective_actors = 20,
		    .funded = 0 },
	};
	const struct action actions[] = {
		{ .record.id = DRIVING,
		    .ref = S("driving"),
		    .sheet = MOBILITY,
		    .operator= CLUB,
		    .audience = S("newcomers"),
		    .objective = 50,
		    .objective_actors = NUMBER_NONE },
		{ .record.id = TALKS,
		    .ref = S("talks"),
		    .sheet = MOBILITY,
		    .operator= CLUB,
		    .audience = S("actors"),
		    .objective = NUMBER_NONE,
		    .objective_actors = 10 },
		{ .record.id = COURSE,
		    .ref = S("course"),
		    .sheet = LANGUAGE,
		    .operator= SCHOOL,
		    .audience = S("newcomers"),
		    .objective = NUMBER_NONE,
		    .objective_actors = NUMBER_NONE },
		{ .record.id = COHORT,
		    .ref = S("cohort"),
		    .sheet = EVALUATION,
		    .operator= NUMBER_NONE,
		    .audience = S("newcomers"),
		    .objective = 30,
		    .objective_actors = NUMBER_NONE },
		{ .record.id = NETWORK,
		    .ref = S("network"),
		    .sheet = GOVERNANCE,
		    .operator= CITY,
		    .audience = S("actors"),
		    .objective = NUMBER_NONE,
		    .objective_actors = 20 },
	};
	const struct forecast forecasts[] = {
		{ .sheet = MOBILITY, .action = DRIVING, .year = 2023, .cost_cents = 1800000, .p104_cents = 1000000 },
		{ .sheet = MOBILITY, .action = NUMBER_NONE, .year = 2023, .cost_cents = 500000, .p104_cents = 500000 },
		{ .sheet = LANGUAGE, .action = COURSE, .year = 2023, .cost_cents = 2300000, .p104_cents = 0 },
	};

	memcpy(s->sheets, sheets, sizeof sheets);
	memcpy(s->actions, actions, sizeof actions);
	memcpy(s->forecasts, forecasts, sizeof forecasts);
	for (size_t i = 0; i < 4; i++) {
		s->sheets[i].starts_on = from;
		s->sheets[i].ends_on = to;
		s->sheets[i].recording = S("nominal");
	}
	s->plan.sheets.v = s->sheets;
	s->plan.sheets.n = 4;
	s->plan.actions.v = s->actions;
	s->plan.actions.n = 5;
	s->plan.forecasts.v = s->forecasts;
	s->plan.forecasts.n = 3;
	s->plan.sheet_indicators.v = s->carried;
	carry_mandatory(s, MOBILITY, true, true);
	carry_mandatory(s, LANGUAGE, true, false);
	carry_mandatory(s, EVALUATION, true, false);
	carry_mandatory(s, GOVERNANCE, false, true);
	carry(s, MOBILITY, "local.outings");
	carry(s, EVALUATION, "local.interviews");
}

static void
make_sound(struct sound *s, struct arena *a)
{
	memset(s, 0, sizeof *s);
	s->plan.place = (struct territory){ .record.id = 1, .ref = S("place"), .kind = S("commune"), .insee_code = S("63113") };
	s->plan.vote = (struct deliberation){ .record.id = 1,
		.ref = S("vote"),
		.territory = 1,
		.number = S("50"),
		.held_on = day_of(2022, 12, 7),
		.convened_on = day_of(2022, 12, 1),
		.members = 55,
		.present = 28,
		.represented = 4,
		.excused = 23,
		.not_participating = 1,
		.votes_for = 20,
		.votes_against = 8,
		.abstentions = 3 };
	s->plan.contract = (struct contract){ .record.id = 1,
		.ref = S("k"),
		.territory = 1,
		.title = S("Contract"),
		.deliberation = 1,
		.signed_on = day_of(2022, 12, 20),
		.duration_months = 36,
		.state_party = S("Prefect"),
		.local_party = S("City"),
		.programme = S("104"),
		.programme_action = S("12-02"),
		.authorising_officer = S("Prefect"),
		.public_accountant = S("Director"),
		.payee_name = S("City"),
		.payee_iban = S("FR883000100301C630000000038"),
		.payee_bic = S("BDFEFRPPCCT") };
	s->other =
	    (struct contract){ .record.id = 2, .ref = S("before"), .signed_on = day_of(2019, 12, 20), .duration_months = 36 };
	s->plan.others.v = &s->other;
	s->plan.others.n = 1;
	s->grants[0] = (struct grant){ .record.id = 1, .ref = S("g22"), .year = 2022, .requested_cents = 0, .granted_cents = 0 };
	s->grants[1] = (struct grant){
		.record.id = 2, .ref = S("g23"), .year = 2023, .requested_cents = 4600000, .granted_cents = NUMBER_NONE
	};
	s->plan.grants.v = s->grants;
	s->plan.grants.n = 2;
	s->priorities[0] = (struct priority){ .record.id = 1, .ref = S("p1"), .number = 1 };
	s->priorities[1] = (struct priority){ .record.id = 2, .ref = S("p2"), .number = 2 };
	s->plan.priorities.v = s->priorities;
	s->plan.priorities.n = 2;
	s->axes[0] = (struct axis){ .record.id = 1, .ref = S("p1a9"), .priority = 1, .number = 1 };
	s->axes[1] = (struct axis){ .record.id = 2, .ref = S("p1a10"), .priority = 1, .number = 2 };
	s->axes[2] = (struct axis){ .record.id = 3, .ref = S("p2a1"), .priority = 2, .number = 1 };
	s->plan.axes.v = s->axes;
	s->plan.axes.n = 3;
	s->locals[0] = (struct local_indicator){
		.indicator = S("local.interviews"), .measure = S("acts"), .match = S("followup_interview")
	};
	s->locals[1] =
	    (struct local_indicator){ .indicator = S("local.outings"), .measure = S("sessions"), .match = S("public_event") };
	s->plan.local_indicators.v = s->locals;
	s->plan.local_indicators.n = 2;
	s->bodies[0] = (struct body){ .record.id = 1,
		.ref = S("steering"),
		.name = S("Steering"),
		.kind = S("steering"),
		.frequency = S("yearly"),
		.members = S("city;prefecture") };
	s->bodies[1] = (struct body){
		.record.id = 2, .ref = S("technical"), .name = S("Technical"), .kind = S("technical"), .frequency = S("yearly")
	};
	s->plan.bodies.v = s->bodies;
	s->plan.bodies.n = 2;
	make_partners(s);
	make_sheets(s);
	s->c = (struct conformity){ .arena = a, .plan = &s->plan, .today = day_of(2023, 6, 1), .plain = true };
	s->plan.payments.v = s->payments;
	s->plan.meetings.v = s->meetings;
}

/* A meeting that was held, and one that was only planned. */
static void
met(struct sound *s, int64_t body, day on)
{
	s->meetings[0] = (struct meeting){ .record.id = 1, .body = body, .on = on, .state = S("held") };
	s->meetings[1] = (struct meeting){ .record.id = 2, .body = body == 1 ? 2 : 1, .on = on, .state = S("planned") };
	s->plan.meetings.n = 2;
}

static void
paid(struct sound *s, int64_t year, int64_t cents)
{
	s->payments[0] = (struct payment){ .record.id = 1, .ref = S("paid"), .year = year, .cents = cents };
	s->plan.payments.n = 1;
}

static void
join_sheet(struct sound *s, int64_t sheet, int64_t organisation, const char *role)
{
	s->partnerships[s->plan.partnerships.n++] =
	    (struct partnership){ .sheet = sheet, .organisation = organisation, .role = str_of(role) };
}

/* Takes an indicator off a sheet. */
static void
drop(struct sound *s, int64_t sheet, const char *indicator)
{
	for (size_t i = 0; i < s->plan.sheet_indicators.n; i++) {
		if (s->carried[i].sheet == sheet && str_is(s->carried[i].indicator, indicator))
			s->carried[i] = s->carried[--s->plan.sheet_indicators.n];
	}
}

/* --- how it can be spoilt: what is found ("finding ref"), what is done to it --- */

#define SPOILT(X)                                                                                                             \
	X(no_vote, "contract_without_deliberation k", s->plan.vote.record.id = 0)                                             \
	X(vote_elsewhere, "deliberation_of_other_place k", s->plan.vote.territory = 2)                                        \
	X(vote_after, "signed_before_vote k",                                                                                 \
	    (s->plan.contract.signed_on = day_of(2022, 12, 6), s->other.signed_on = day_of(2019, 1, 1)))                      \
	X(count_missing, "deliberation_incomplete vote", s->plan.vote.abstentions = NUMBER_NONE)                              \
	X(five_days_not_clear, "convened_too_late vote", s->plan.vote.convened_on = day_of(2022, 12, 2))                      \
	X(half_is_not_enough, "no_quorum vote", s->plan.vote.members = 56)                                                    \
	X(too_many, "presence_above_council vote", s->plan.vote.excused = 24)                                                 \
	X(one_vote_less, "votes_do_not_add_up vote", s->plan.vote.votes_for = 19)                                             \
	X(lost, "vote_lost vote", (s->plan.vote.votes_for = 8, s->plan.vote.votes_against = 20))                              \
	X(unsigned_yet, "contract_not_signed k", s->plan.contract.signed_on = DAY_NONE)                                       \
	X(endless, "contract_without_duration k", s->plan.contract.duration_months = NUMBER_NONE)                             \
	X(no_accountant, "contract_incomplete k", s->plan.contract.public_accountant = S(""))                                 \
	X(iban, "iban_wrong k", s->plan.contract.payee_iban = S("FR893000100301C630000000038"))                               \
	X(bic, "bic_wrong k", s->plan.contract.payee_bic = S("BDFEFRPPCC"))                                                   \
	X(postal_code, "insee_code_wrong place", s->plan.place.insee_code = S("63000"))                                       \
	X(one_day_over, "contracts_overlap k", s->other.signed_on = day_of(2019, 12, 21))                                     \
	X(priorities_from_zero, "priority_numbering k", (s->priorities[0].number = 0, s->priorities[1].number = 1))           \
	X(axes_swapped, "axis_numbering p1", (s->axes[0].number = 2, s->axes[1].number = 1))                                  \
	X(axes_double, "axis_numbering p1", s->axes[1].number = 1)                                                            \
	X(axes_gap, "axis_numbering p1", s->axes[1].number = 3)                                                               \
	X(bare_priority, "priority_without_axis p3",                                                                          \
	    (s->priorities[2] = (struct priority){ .record.id = 3, .ref = S("p3"), .number = 3 }, s->plan.priorities.n = 3))  \
	X(bare_axis, "axis_without_sheet p2a2",                                                                               \
	    (s->axes[3] = (struct axis){ .record.id = 4, .ref = S("p2a2"), .priority = 2, .number = 2 }, s->plan.axes.n = 4)) \
	X(same_number, "sheet_number_twice f2", s->sheets[1].number = S("1.1"))                                               \
	X(off_axis, "axis_without_sheet p2a1 sheet_without_axis f3", s->sheets[2].axis = NUMBER_NONE)                         \
	X(evaluation_needs_no_axis, "axis_without_sheet p2a1",                                                                \
	    (s->sheets[2].axis = NUMBER_NONE, s->sheets[2].kind = S("evaluation")))                                           \
	X(foreign_axis, "axis_without_sheet p2a1 axis_of_other_contract f3", s->sheets[2].axis = 77)                          \
	X(bare_sheet, "sheet_without_action f4", s->plan.actions.n = 4)                                                       \
	X(wrong_audience, "audience_outside_sheet course", s->actions[2].audience = S("mixed"))                               \
	X(unserved, "audience_without_action f1", s->actions[1].audience = S("public"))                                       \
	X(undated, "sheet_without_dates f2", s->sheets[1].ends_on = DAY_NONE)                                                 \
	X(early, "sheet_before_signature f2", s->sheets[1].starts_on = day_of(2022, 12, 19))                                  \
	X(late, "sheet_after_contract f2", s->sheets[1].ends_on = day_of(2025, 12, 20))                                       \
	X(too_late, "sheet_after_contract f2", (s->sheets[1].starts_on = s->sheets[1].ends_on = day_of(2026, 1, 1)))          \
	X(orphan, "sheet_without_operator f4", (s->plan.partnerships.n = 4, s->actions[4].operator= NUMBER_NONE))             \
	X(whose, "action_without_operator cohort", join_sheet(s, EVALUATION, PREFECTURE, "operator"))                         \
	X(not_ours, "action_operator_not_on_sheet driving", s->actions[0].operator= CITY)                                     \
	X(two_hats, "operator_and_partner f1", join_sheet(s, MOBILITY, CLUB, "partner"))                                      \
	X(siret, "siret_wrong school", s->organisations[4].siret = S("73282932000079"))                                       \
	X(no_beneficiaries, "missing_beneficiaries_indicator f2", drop(s, LANGUAGE, "1.1.beneficiaries"))                     \
	X(no_actors, "missing_actor_indicators f4", drop(s, GOVERNANCE, "1.2.hours"))                                         \
	X(no_cost, "missing_cost_indicators f3", drop(s, EVALUATION, "2.p104"))                                               \
	X(no_objective, "missing_objective f2", s->sheets[1].objective = NUMBER_NONE)                                         \
	X(no_objective_actors, "missing_objective_actors f1", s->sheets[0].objective_actors = NUMBER_NONE)                    \
	X(objective_low, "objective_mismatch f1", s->sheets[0].objective = 49)                                                \
	X(objective_high, "objective_mismatch f4", s->sheets[3].objective_actors = 21)                                        \
	X(undefined, "local_indicator_undefined f2", carry(s, LANGUAGE, "local.unheard"))                                     \
	X(kindless, "local_indicator_without_match local.interviews", s->locals[0].match = S(""))                             \
	X(no_such_session, "local_indicator_kind_unknown local.outings", s->locals[1].match = S("outing"))                    \
	X(unused, "local_indicator_unused local.outings", drop(s, MOBILITY, "local.outings"))                                 \
	X(mean_of_counts, "indicator_never_sent f2",                                                                          \
	    (s->sheets[1].recording = S("aggregate"), carry(s, LANGUAGE, "3.2.months")))                                      \
	X(no_money, "contract_without_subsidy k", s->plan.grants.n = 0)                                                       \
	X(blank_subsidy, "subsidy_without_amount g23", s->grants[1].requested_cents = NUMBER_NONE)                            \
	X(twice, "subsidy_twice h23",                                                                                         \
	    (s->grants[2] = (struct grant){ .ref = S("h23"), .year = 2023, .requested_cents = 1500000, .granted_cents = 0 },  \
		s->plan.grants.n = 3))                                                                                        \
	X(year_before, "subsidy_outside_contract g22", s->grants[0].year = 2021)                                              \
	X(unexplained, "unexplained_subsidy g23", s->grants[1].requested_cents = 4600001)                                     \
	X(p104_too_high, "p104_above_request g23", s->grants[1].requested_cents = 1499999)                                    \
	X(granted_unknown, "subsidy_not_granted g22", s->grants[0].granted_cents = NUMBER_NONE)                               \
	X(generous, "granted_above_requested g23", s->grants[1].granted_cents = 4600001)                                      \
	X(overpaid, "payments_above_granted g23", (s->grants[1].granted_cents = 100, paid(s, 2023, 101)))                     \
	X(paid_in_advance, "payment_without_grant g23", paid(s, 2023, 101))                                                   \
	X(no_forecast, "funded_sheet_without_forecast f3", s->sheets[2].funded = 1)                                           \
	X(funded_or_not, "sheet_without_forecast f3", s->sheets[2].funded = NUMBER_NONE)                                      \
	X(unfunded, "unfunded_sheet_with_p104 f1 unfunded_sheet_with_p104 f1", s->sheets[0].funded = 0)                       \
	X(wrong_sheet, "forecast_of_other_sheet f2", s->forecasts[2].action = NETWORK)                                        \
	X(wrong_year, "forecast_outside_contract f1", (s->forecasts[1].year = 2026, s->grants[1].requested_cents = 4100000))  \
	X(p104_above, "p104_above_cost driving", s->forecasts[0].p104_cents = 1800001)                                        \
	X(p104_unknown, "forecast_without_p104 k", s->forecasts[0].p104_cents = NUMBER_NONE)                                  \
	X(one_cent_more, "agreement_needed school", s->forecasts[2].cost_cents++)                                             \
	X(shared_cost_adds_up, "agreement_needed club", s->forecasts[1].cost_cents++)                                         \
	X(branch_counts_for_its_parent, "agreement_needed club",                                                              \
	    (s->forecasts[1].cost_cents++, s->actions[0].operator= BRANCH, join_sheet(s, MOBILITY, BRANCH, "operator")))      \
	X(shared_by_two, "agreement_perhaps_needed club",                                                                     \
	    (s->forecasts[1].cost_cents++, join_sheet(s, MOBILITY, PREFECTURE, "operator")))                                  \
	X(form_unknown, "legal_form_unknown school", (s->forecasts[2].cost_cents++, s->organisations[4].legal_form = S("")))  \
	X(public_body_needs_none, "", (s->forecasts[2].cost_cents++, s->organisations[4].legal_form = S("public")))           \
	X(siret_unknown, "agreement_needed school payee_without_siret school",                                                \
	    (s->forecasts[2].cost_cents++, s->organisations[4].siret = S("")))                                                \
	X(no_steering, "no_steering_committee k", s->bodies[0].kind = S("project_team"))                                      \
	X(no_technical, "no_technical_committee k", s->plan.bodies.n = 1)                                                     \
	X(seldom, "committee_not_yearly technical", s->bodies[1].frequency = S("as_needed"))                                  \
	X(no_state, "committee_without_party steering", s->bodies[0].members = S("city;club"))                                \
	X(never_met, "subsidy_not_granted g23 yearly_meeting_missing steering yearly_meeting_missing technical",              \
	    s->c.today = day_of(2024, 1, 1))                                                                                  \
	X(met_once, "subsidy_not_granted g23 yearly_meeting_missing technical",                                               \
	    (s->c.today = day_of(2024, 1, 1), met(s, 1, day_of(2023, 12, 19))))                                               \
	X(parents_in_a_circle, "agreement_needed club agreement_needed school",                                               \
	    (s->organisations[2].parent = BRANCH, s->forecasts[0].cost_cents++, s->forecasts[2].cost_cents++))

#define X(name, expected, change)                 \
	static void spoil_##name(struct sound *s) \
	{                                         \
		(void)(change);                   \
	}
SPOILT(X)
#undef X

static const struct spoilt {
	const char *name, *expected;
	void (*spoil)(struct sound *s);
} spoilt[] = {
#define X(name, expected, change) { #name, expected, spoil_##name },
	SPOILT(X)
#undef X
};

static const char *
found(const struct conformity *c, char *to, size_t size)
{
	size_t n = 0;

	to[0] = '\0';
	for (size_t i = 0; i < c->findings.n && n < size; i++) {
		const struct finding *f = &c->findings.v[i];

		n += (size_t)snprintf(to + n, size - n, "%s%s %.*s", i == 0 ? "" : " ", f->rule->finding, STR_ARG(f->place.ref));
	}
	return to;
}

static void
a_sound_contract_has_no_finding(void **state)
{
	struct arena a = { 0 };
	struct sound *s = ARENA_NEW(&a, struct sound);
	char got[4096];

	(void)state;
	make_sound(s, &a);
	conformity_check(&a, &s->plan, s->c.today, false, &s->c);
	assert_string_equal(found(&s->c, got, sizeof got), "");
	arena_release(&a);
}

static void
each_fault_has_its_finding_and_no_other(void **state)
{
	struct arena a = { 0 };
	char got[4096];
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; i++) {
		struct sound *s = ARENA_NEW(&a, struct sound);

		make_sound(s, &a);
		spoilt[i].spoil(s);
		conformity_check(&a, &s->plan, s->c.today, false, &s->c);
		if (strcmp(found(&s->c, got, sizeof got), spoilt[i].expected) != 0) {
			print_error("%s: found \"%s\", expected \"%s\"\n", spoilt[i].name, got, spoilt[i].expected);
			wrong++;
		}
		arena_clear(&a);
	}
	arena_release(&a);
	assert_int_equal(wrong, 0);
}

static void
an_empty_contract_is_found_empty(void **state)
{
	struct arena a = { 0 };
	struct sound *s = ARENA_NEW(&a, struct sound);
	char got[4096];

	(void)state;
	make_sound(s, &a);
	s->plan.sheets.n = s->plan.priorities.n = s->plan.axes.n = s->plan.actions.n = s->plan.forecasts.n = 0;
	s->plan.partnerships.n = s->plan.sheet_indicators.n = s->plan.local_indicators.n = s->plan.grants.n = 0;
	conformity_check(&a, &s->plan, s->c.today, false, &s->c);
	assert_string_equal(
	    found(&s->c, got, sizeof got), "contract_without_priority k contract_without_sheet k contract_without_subsidy k");
	arena_release(&a);
}

static void
every_rule_is_tried_and_has_its_own_name(void **state)
{
	static const char *const elsewhere[] = { "contract_without_priority", "contract_without_sheet" };

	(void)state;
	for (size_t i = 0; i < conformity_rule_count; i++) {
		bool tried = false;

		for (size_t k = 0; k < 2; k++)
			tried |= strcmp(conformity_rules[i].finding, elsewhere[k]) == 0;
		for (size_t k = 0; k < sizeof spoilt / sizeof *spoilt; k++)
			tried |= strstr(spoilt[k].expected, conformity_rules[i].finding) != NULL;
		if (!tried)
			print_error("no test of %s\n", conformity_rules[i].finding);
		assert_true(tried);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(conformity_rules[i].finding, conformity_rules[k].finding);
	}
}

/* --- the real one --- */

static void
check_csv(struct conformity *c, const char *expected)
{
	struct buf b = { 0 };

	conformity_sort(c);
	for (size_t i = 0; i < c->findings.n; i++) {
		const struct finding *f = &c->findings.v[i];

		if (!str_is(str_of(f->rule->finding), "sheet_before_signature"))
			buf_format(&b, "%s %.*s\n", f->rule->finding, STR_ARG(f->place.ref));
	}
	buf_char(&b, '\0');
	assert_string_equal(b.s, expected);
	buf_release(&b);
}

static void
the_contract_of_clermont_ferrand_has_what_its_readers_found(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	const char *source = getenv("JALON_SOURCE");
	int64_t keeper, contract;
	struct conformity c;
	struct plan plan;
	int starts = 0;

	case_imported(t, str_format(&t->arena, "%s/data/contract/clermont-ferrand-2022", source == NULL ? "." : source).s);
	ok(keeper_find(db, &t->arena, (str){ 0 }, &keeper));
	ok(entity_key_of_ref(db, keeper, &entities[ENTITY_contracts], S("cf-ctai-2022"), &contract));
	ok(plan_read(db, &t->arena, keeper, contract, &plan));
	conformity_check(&t->arena, &plan, day_of(2023, 1, 1), true, &c);
	for (size_t i = 0; i < c.findings.n; i++) {
		starts += str_is(str_of(c.findings.v[i].rule->finding), "sheet_before_signature");
		if (str_is(str_of(c.findings.v[i].rule->finding), "unexplained_subsidy"))
			assert_non_null(strstr(str_z(&t->arena, c.findings.v[i].detail), "48276.00"));
	}
	assert_int_equal(starts, 13);
	for (size_t i = 0; i < c.findings.n; i++) {
		const struct place *at = &c.findings.v[i].place;
		int64_t key;

		ok(entity_key_of_ref(db, keeper, &entities[at->entity], at->ref, &key));
		assert_int_equal(key, at->id);
	}
	check_csv(&c,
	    "action_without_operator evenements\n"
	    "agreement_needed chsm\nagreement_needed forum-refugies\nagreement_needed unis-cite\n"
	    "audience_without_action f11\naudience_without_action f23\n"
	    "axis_numbering p3\n"
	    "forecast_without_p104 cf-ctai-2022\n"
	    "missing_actor_indicators f11\nmissing_actor_indicators f23\nmissing_actor_indicators f43\nmissing_actor_indicators fgo\n"
	    "missing_beneficiaries_indicator fev\n"
	    "missing_cost_indicators f11\nmissing_cost_indicators fev\nmissing_cost_indicators fgo\n"
	    "missing_objective f22\nmissing_objective f32\nmissing_objective f43\n"
	    "missing_objective_actors f11\nmissing_objective_actors f23\nmissing_objective_actors fgo\n"
	    "payee_without_siret chsm\npayee_without_siret forum-refugies\npayee_without_siret unis-cite\n"
	    "sheet_without_forecast fev\nsheet_without_forecast fgo\n"
	    "sheet_without_operator f23\n"
	    "subsidy_not_granted cf-2022\n"
	    "subsidy_without_amount cf-2023\nsubsidy_without_amount cf-2024\n"
	    "unexplained_subsidy cf-2022\n");
	assert_non_null(plan_read(db, &t->arena, keeper, contract + 1, &plan));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_contract_has_no_finding),
		cmocka_unit_test(each_fault_has_its_finding_and_no_other),
		cmocka_unit_test(an_empty_contract_is_found_empty),
		cmocka_unit_test(every_rule_is_tried_and_has_its_own_name),
		ON_BOTH(the_contract_of_clermont_ferrand_has_what_its_readers_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
