#include "figures/directory.h"

#include "base/text.h"
#include "figures/words.h"

/* What several rules share. */
#define ELIGIBLE_RULE                                                                                                               \
	N_("Evidence of benefit: an active enrolment that overlaps the period, more than 0 minutes at a held session that is not "  \
	   "for actors, an act, or a pair that overlaps the period. Its first day in the period is the person's reference date "    \
	   "in the scope (an action, a sheet, the contract). Eligible, or BPI: such a status is in force on at least one day from " \
	   "the reference date to the end of the period; no limit in years since arrival. Under 25: the 25th birthday comes after " \
	   "the reference date. A person without a status is not counted and is listed as to complete.")

const struct indicator directory[] = {
	{ .name = "1.1.beneficiaries",
	    .label = N_("Newcomers who benefit from the action"),
	    .mandatory = MANDATORY_NEWCOMERS,
	    .unit = UNIT_PEOPLE,
	    .eight = true,
	    .once = ONCE_WHO,
	    .mark = fig_beneficiaries,
	    .trail = true,
	    .objective = true,
	    .rule =
		N_("Distinct eligible people with evidence of benefit in the period: somebody in two actions of a sheet counts "
		   "once for the sheet. Sex X or unknown counts in total, under 25 and BPI only."),
	    .choice = ELIGIBLE_RULE },
	{ .name = "1.2.trained",
	    .label = N_("Actors of integration trained"),
	    .mandatory = MANDATORY_ACTORS,
	    .unit = UNIT_PEOPLE,
	    .who = WHO_ANYONE,
	    .once = ONCE_WHO,
	    .mark = fig_trained,
	    .objective_actors = true,
	    .rule = N_("Distinct professionals and volunteers with more than 0 minutes at a held training session for actors in "
		       "the period.") },
	{ .name = "1.2.hours",
	    .label = N_("Hours of training of actors of integration"),
	    .mandatory = MANDATORY_ACTORS,
	    .unit = UNIT_HOURS,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .mark = fig_actor_hours,
	    .rule = N_("Duration of the held training sessions for actors in the period, each once whatever the number of "
		       "participants.") },
	{ .name = "1.2.tools",
	    .label = N_("Tools made for actors of integration"),
	    .mandatory = MANDATORY_ACTORS,
	    .unit = UNIT_TEXT,
	    .records = true,
	    .who = WHO_ANYONE,
	    .adding = ADD_LABELS,
	    .word = WORD_actors,
	    .mark = fig_tools,
	    .rule = N_("Labels of the tools for actors dated in the period, in the order of their dates.") },
	{ .name = "2.cost",
	    .label = N_("Cost of the action"),
	    .mandatory = MANDATORY_ALL,
	    .unit = UNIT_EUROS,
	    .records = true,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .mark = fig_cost,
	    .rule = N_("Sum of the expenses dated in the period.") },
	{ .name = "2.p104",
	    .label = N_("Part paid by programme 104"),
	    .mandatory = MANDATORY_ALL,
	    .unit = UNIT_EUROS,
	    .records = true,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .mark = fig_p104,
	    .rule = N_("Sum of the part on programme 104 of the expenses dated in the period.") },
	{ .name = "3.1.hours",
	    .label = N_("Hours of language training"),
	    .unit = UNIT_HOURS,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .word = WORD_language,
	    .mark = fig_hours,
	    .rule =
		N_("Duration of the held training sessions of theme language for newcomers in the period, each once whatever the "
		   "number of participants.") },
	{ .name = "3.1.assiduous",
	    .label = N_("People who attended at least 80 per cent of the hours planned"),
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_assiduous,
	    .rule = N_(
		"Eligible people with an active enrolment that overlaps the period and of whose planned minutes they attended "
		"at least 80 per cent, at the action's held training sessions (any theme and audience, also before the period) from "
		"entry to the earlier of exit and the period's end.") },
	{ .name = "3.1.progress",
	    .label = N_("People who gained at least one level of the CEFR"),
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_progress,
	    .rule = N_(
		"Eligible people with an active enrolment that overlaps the period and in which the level rose by at least one "
		"from the earliest entry assessment to the latest interim or exit assessment up to the period's end; on the "
		"same day the exit assessment is taken."),
	    .choice = N_("alpha, A0 and A1.1 are one rank below A1.") },
	{ .name = "3.2.months",
	    .label = N_("Mean length of the path, in months"),
	    .unit = UNIT_MONTHS,
	    .adding = ADD_MEAN,
	    .mark = fig_months,
	    .rule =
		N_("Mean, over the active enrolments of eligible people that were left in the period, of the days from entry to "
		   "exit x 12 / 365.25.") },
	{ .name = "3.2.positive",
	    .label = N_("Positive exits: employment or training"),
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_positive,
	    .rule = N_("Eligible people with an active enrolment left in the period for employment or training.") },
	{ .name = "3.2.training",
	    .label = N_("Exits to training"),
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_exit_training,
	    .rule = N_("Eligible people with an active enrolment left in the period for training.") },
	{ .name = "3.2.durable",
	    .label = N_("Exits to lasting employment"),
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_durable,
	    .rule = N_("Eligible people with an active enrolment left in the period for a job of more than 6 months or "
		       "open-ended.") },
	{ .name = "3.2.six_months",
	    .label = N_("People in employment or training six months after a positive exit"),
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_six_months,
	    .rule =
		N_("Eligible people with a positive exit in the period whose follow-up at 6 months says employment or training. "
		   "The note tells how many people have such an exit and no follow-up.") },
	{ .name = "3.3.hours",
	    .label = N_("Hours of civic training"),
	    .unit = UNIT_HOURS,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .word = WORD_civic,
	    .mark = fig_hours,
	    .rule =
		N_("Duration of the held training sessions of theme civic for newcomers in the period, each once whatever the "
		   "number of participants.") },
	{ .name = "3.3.tools",
	    .label = N_("Tools made for newcomers"),
	    .unit = UNIT_TEXT,
	    .records = true,
	    .who = WHO_ANYONE,
	    .adding = ADD_LABELS,
	    .word = WORD_newcomers,
	    .mark = fig_tools,
	    .rule = N_("Labels of the tools for newcomers dated in the period, in the order of their dates.") },
	{ .name = "3.3.themes",
	    .label = N_("Civic themes dealt with"),
	    .unit = UNIT_TEXT,
	    .records = true,
	    .who = WHO_ANYONE,
	    .adding = ADD_THEMES,
	    .mark = fig_themes,
	    .rule = N_("Union of the civic themes of the held sessions of theme civic (any kind and audience) in the period.") },
	{ .name = "3.4.households",
	    .label = N_("Households housed"),
	    .unit = UNIT_HOUSEHOLDS,
	    .once = ONCE_HOUSEHOLD,
	    .word = WORD_housing_access,
	    .mark = fig_acts,
	    .rule = N_(
		"Distinct households of the eligible people with an act of access to housing in the period; a person without a "
		"household is one.") },
	{ .name = "3.5.consultations",
	    .label = N_("Medical or psychological consultations"),
	    .unit = UNIT_ACTS,
	    .adding = ADD_SUM,
	    .word = WORD_medical_consultation,
	    .mark = fig_acts,
	    .rule = N_("Sum of the medical consultations in the period of people eligible in the scope.") },
	{ .name = "3.6.devices",
	    .label = N_("Digital devices lent"),
	    .unit = UNIT_ACTS,
	    .adding = ADD_SUM,
	    .word = WORD_device_loan,
	    .mark = fig_acts,
	    .rule = N_("Sum of the loans of devices in the period to people eligible in the scope.") },
	{ .name = "3.6.hours",
	    .label = N_("Hours of digital training"),
	    .unit = UNIT_HOURS,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .word = WORD_digital,
	    .mark = fig_hours,
	    .rule =
		N_("Duration of the held training sessions of theme digital for newcomers in the period, each once whatever the "
		   "number of participants.") },
	{ .name = "3.7.pairs",
	    .label = N_("Pairs formed"),
	    .unit = UNIT_PAIRS,
	    .mark = fig_pairs,
	    .rule = N_("Pairs started in the period whose person is eligible.") },
	{ .name = "3.8.sport",
	    .label = N_("Sport events"),
	    .unit = UNIT_EVENTS,
	    .once = ONCE_RECORD,
	    .word = WORD_sport_event,
	    .mark = fig_events,
	    .rule =
		N_("Held sport events in the period (any audience) that at least one person eligible in the scope attended for "
		   "more than 0 minutes.") },
	{ .name = "3.8.culture",
	    .label = N_("Cultural events"),
	    .unit = UNIT_EVENTS,
	    .once = ONCE_RECORD,
	    .word = WORD_culture_event,
	    .mark = fig_events,
	    .rule = N_(
		"Held cultural events in the period (any audience) that at least one person eligible in the scope attended for "
		"more than 0 minutes.") },

	{ .name = "cohort.enlarged",
	    .label = N_("Enlarged cohort"),
	    .level = LEVEL_CONTRACT,
	    .mandatory = MANDATORY_ALL,
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_beneficiaries,
	    .trail = true,
	    .rule = N_("Eligible people with evidence of benefit of at least one action of the contract in the period.") },
	{ .name = "cohort.restricted",
	    .label = N_("Restricted cohort"),
	    .level = LEVEL_CONTRACT,
	    .mandatory = MANDATORY_ALL,
	    .unit = UNIT_PEOPLE,
	    .who = WHO_ANYONE,
	    .once = ONCE_WHO,
	    .mark = fig_restricted,
	    .rule = N_("Members of the cohort who joined on or before the period's end and had not left before its start.") },
	{ .name = "cohort.two_actions",
	    .label = N_("People with two actions or more"),
	    .level = LEVEL_CONTRACT,
	    .mandatory = MANDATORY_ALL,
	    .unit = UNIT_PEOPLE,
	    .once = ONCE_WHO,
	    .mark = fig_two_actions,
	    .trail = true,
	    .rule = N_("Eligible people with evidence of benefit of at least two actions of the contract in the period.") },

	{ .name = "persons_with_act",
	    .label = N_("People with an act of a kind"),
	    .level = LEVEL_LOCAL,
	    .unit = UNIT_COUNT,
	    .once = ONCE_WHO,
	    .mark = fig_acts,
	    .rule = N_("Distinct eligible people with an act of that kind in the period.") },
	{ .name = "acts",
	    .label = N_("Acts of a kind"),
	    .level = LEVEL_LOCAL,
	    .unit = UNIT_COUNT,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .mark = fig_acts,
	    .rule = N_("Sum of the acts of that kind in the period, of anyone.") },
	{ .name = "sessions",
	    .label = N_("Sessions of a kind"),
	    .level = LEVEL_LOCAL,
	    .unit = UNIT_COUNT,
	    .who = WHO_ANYONE,
	    .mark = fig_sessions,
	    .rule = N_("Held sessions of that kind in the period.") },
	{ .name = "session_participants",
	    .label = N_("Participants of sessions of a kind"),
	    .level = LEVEL_LOCAL,
	    .unit = UNIT_COUNT,
	    .who = WHO_ANYONE,
	    .adding = ADD_SUM,
	    .mark = fig_participants,
	    .rule =
		N_("Session by session, people and actors with more than 0 minutes at a held session of that kind in the period, "
		   "and the public counted there: somebody at two sessions counts twice.") },
	{ .name = "volunteers_trained",
	    .label = N_("Volunteers trained"),
	    .level = LEVEL_LOCAL,
	    .unit = UNIT_COUNT,
	    .who = WHO_ANYONE,
	    .once = ONCE_WHO,
	    .mark = fig_volunteers,
	    .rule = N_("Distinct volunteers with more than 0 minutes at a held training session for actors in the period.") },
	{ .name = "meetings",
	    .label = N_("Meetings of the bodies"),
	    .level = LEVEL_LOCAL,
	    .unit = UNIT_COUNT,
	    .who = WHO_ANYONE,
	    .mark = fig_meetings,
	    .rule = N_("Held meetings of the contract's bodies in the period: the same number at every scope.") },
	{ .name = "declared",
	    .label = N_("Number declared by the operator"),
	    .level = LEVEL_LOCAL,
	    .unit = UNIT_COUNT,
	    .who = WHO_ANYONE,
	    .adding = ADD_NOTHING,
	    .rule =
		N_("The number sent for the sheet over periods that lie within this one; nothing at the scope of an action.") },
};
const size_t directory_size = sizeof directory / sizeof *directory;

static const struct indicator *
find(str name, bool measure)
{
	for (size_t i = 0; i < directory_size; i++) {
		if ((directory[i].level == LEVEL_LOCAL) == measure && str_is(name, directory[i].name))
			return &directory[i];
	}
	return NULL;
}

const struct indicator *
directory_find(str name)
{
	return find(name, false);
}

const struct indicator *
directory_measure(str name)
{
	return find(name, true);
}

const char *
directory_unit(enum indicator_unit u)
{
	static const char *const words[] = { "people", "hours", "text", "euros", "months", "households", "acts", "pairs",
		"events", "count" };

	return words[u];
}

const char *
directory_unit_label(enum indicator_unit u)
{
	static const char *const labels[] = { N_("people"), N_("hours"), N_("text"), N_("euros"), N_("months"), N_("households"),
		N_("acts"), N_("pairs"), N_("events"), N_("count") };

	return labels[u];
}
