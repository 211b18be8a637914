/* rules_vote.c - the deliberation: what a council's clerk would check. Each rule looks only at what is known. */
#include "base/text.h"
#include "contract/conformity.h"

static const struct deliberation *
vote(const struct conformity *c)
{
	return c->plan->vote.record.id == 0 ? NULL : &c->plan->vote;
}

void
check_contract_without_deliberation(struct conformity *c)
{
	const struct contract *k = &c->plan->contract;

	if (vote(c) == NULL && k->signed_on != DAY_NONE)
		finding_add(c, AT(k), tr("The contract was signed on %s and names no deliberation."), show_day(c, k->signed_on));
}

void
check_deliberation_of_other_place(struct conformity *c)
{
	const struct deliberation *v = vote(c);

	if (v != NULL && v->territory != c->plan->contract.territory)
		finding_add(c, AT(&c->plan->contract), tr("Deliberation %.*s is that of another territory."), STR_ARG(v->number));
}

void
check_signed_before_vote(struct conformity *c)
{
	const struct contract *k = &c->plan->contract;
	const struct deliberation *v = vote(c);

	if (v != NULL && v->held_on != DAY_NONE && k->signed_on != DAY_NONE && k->signed_on < v->held_on)
		finding_add(c, AT(k), tr("The contract was signed on %s, before the council voted on %s."),
		    show_day(c, k->signed_on), show_day(c, v->held_on));
}

void
check_deliberation_incomplete(struct conformity *c)
{
	const struct deliberation *v = vote(c);
	str missing = { 0 };

	if (v == NULL)
		return;
	const struct {
		bool known;
		const char *name;
	} parts[] = {
		{ v->held_on != DAY_NONE, tr("date of the session") },
		{ v->convened_on != DAY_NONE, tr("date of the summons") },
		{ v->members != NUMBER_NONE, tr("members of the council") },
		{ v->present != NUMBER_NONE, tr("present") },
		{ v->represented != NUMBER_NONE, tr("represented") },
		{ v->not_participating != NUMBER_NONE, tr("not participating") },
		{ v->votes_for != NUMBER_NONE, tr("votes for") },
		{ v->votes_against != NUMBER_NONE, tr("votes against") },
		{ v->abstentions != NUMBER_NONE, tr("abstentions") },
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (!parts[i].known)
			join_words(c, &missing, str_of(parts[i].name));
	}
	if (missing.len > 0)
		finding_add(c, AT(v), tr("Not known of the deliberation: %.*s."), STR_ARG(missing));
}

/* Clear days: neither the day of the summons nor that of the session counts. */
void
check_convened_too_late(struct conformity *c)
{
	const struct deliberation *v = vote(c);

	if (v == NULL || v->held_on == DAY_NONE || v->convened_on == DAY_NONE || v->held_on - v->convened_on > 5)
		return;
	finding_add(c, AT(v), tr("Convened on %s for %s: fewer than five clear days."), show_day(c, v->convened_on),
	    show_day(c, v->held_on));
}

void
check_no_quorum(struct conformity *c)
{
	const struct deliberation *v = vote(c);

	if (v == NULL || v->members == NUMBER_NONE || v->present == NUMBER_NONE || v->present * 2 > v->members)
		return;
	finding_add(c, AT(v), tr("%lld of %lld members were present: more than half must be."), (long long)v->present,
	    (long long)v->members);
}

static int64_t
or_zero(int64_t n)
{
	return n == NUMBER_NONE ? 0 : n;
}

void
check_presence_above_council(struct conformity *c)
{
	const struct deliberation *v = vote(c);
	int64_t counted;

	if (v == NULL || v->members == NUMBER_NONE)
		return;
	counted = or_zero(v->present) + or_zero(v->represented) + or_zero(v->excused);
	if (counted > v->members)
		finding_add(c, AT(v), tr("Present, represented and excused make %lld for a council of %lld."), (long long)counted,
		    (long long)v->members);
}

void
check_votes_do_not_add_up(struct conformity *c)
{
	const struct deliberation *v = vote(c);
	int64_t voters, votes;

	if (v == NULL || v->present == NUMBER_NONE || v->represented == NUMBER_NONE || v->not_participating == NUMBER_NONE ||
	    v->votes_for == NUMBER_NONE || v->votes_against == NUMBER_NONE || v->abstentions == NUMBER_NONE)
		return;
	voters = v->present + v->represented - v->not_participating;
	votes = v->votes_for + v->votes_against + v->abstentions;
	if (voters != votes)
		finding_add(c, AT(v),
		    tr("%lld present + %lld represented - %lld not participating = %lld voters, but %lld votes."),
		    (long long)v->present, (long long)v->represented, (long long)v->not_participating, (long long)voters,
		    (long long)votes);
}

/* Equal votes are not lost for sure: the chair's vote decides then. */
void
check_vote_lost(struct conformity *c)
{
	const struct deliberation *v = vote(c);

	if (v != NULL && v->votes_for != NUMBER_NONE && v->votes_against != NUMBER_NONE && v->votes_for < v->votes_against)
		finding_add(c, AT(v), tr("%lld votes for, %lld against."), (long long)v->votes_for, (long long)v->votes_against);
}
