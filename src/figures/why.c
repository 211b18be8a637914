/* why.c - why a record counts or does not, in words */
#include <stdio.h>
#include <string.h>

#include "base/shown.h"
#include "base/text.h"
#include "figures/explain.h"

static const char *const reasons[WHYS] = {
	[WHY_COUNTS] = N_("counts"),
	[WHY_AGAIN] = N_("already counted through another record"),
	[WHY_NOT_IN_PERIOD] = N_("not in the period"),
	[WHY_NOT_HELD] = N_("was not held"),
	[WHY_FOR_ACTORS] = N_("a session for actors of integration is no evidence of benefit"),
	[WHY_ABSENT] = N_("absent: 0 minutes"),
	[WHY_NOT_ACTIVE] = N_("the enrolment is not active"),
	[WHY_NO_PLAN] = N_("no planned minutes recorded: to complete"),
	[WHY_NOT_ASSIDUOUS] = N_("attended less than 80 per cent of the minutes planned"),
	[WHY_NO_ENTRY] = N_("no assessment at entry"),
	[WHY_NO_LATER] = N_("no interim or exit assessment by the period's end"),
	[WHY_NO_RISE] = N_("no rise of level"),
	[WHY_RUNNING] = N_("not left in the period"),
	[WHY_NOT_POSITIVE] = N_("the exit is not positive"),
	[WHY_NOT_TRAINING] = N_("the exit is not a training"),
	[WHY_NOT_DURABLE] = N_("the exit is not a job of more than 6 months"),
	[WHY_NO_FOLLOWUP] = N_("no follow-up at 6 months: to complete"),
	[WHY_NOT_KEPT] = N_("no longer in employment or training at 6 months, or unreachable"),
	[WHY_ONE_ACTION] = N_("one action only"),
	[WHY_NOT_VOLUNTEER] = N_("a professional, not a volunteer"),
	[WHY_NO_STATUS] = N_("no status recorded: to complete"),
	[WHY_NOT_ELIGIBLE] = N_("not eligible"),
	[WHY_NO_BENEFIT] = N_("no evidence of benefit in this scope"),
	[WHY_NOT_BPI] = N_("not BPI"),
	[WHY_NO_SEX] = N_("sex not known: to complete"),
	[WHY_OTHER_SEX] = N_("of another sex"),
	[WHY_NO_BIRTH] = N_("birth date not known: to complete"),
	[WHY_NOT_UNDER25] = N_("25 already on the reference date"),
	[WHY_NOT_WITHIN] = N_("its dates do not all lie within the period"),
};

static const char *const status_labels[] = {
	N_("refugee"),
	N_("stateless"),
	N_("subsidiary protection"),
	N_("family of a French person"),
	N_("parent of a French child"),
	N_("family reunification"),
	N_("worker"),
	N_("other newcomer"),
	N_("student"),
	N_("temporary protection"),
	N_("asylum seeker"),
	N_("EU citizen"),
	N_("French"),
	N_("without a status"),
};

const char *
why_label(enum why why)
{
	return tr(reasons[why]);
}

enum why
why_not_in_cell(const struct tally *t, int person, unsigned cells)
{
	const struct book_person *p = &t->view->book->people.v[person];
	enum cell part = t->cell % CELL_BPI;

	if (scope_beneficiary(t->view, person) == NULL)
		return WHY_NO_BENEFIT;
	if (cells == 0)
		return p->first_status == p->end_status ? WHY_NO_STATUS : WHY_NOT_ELIGIBLE;
	if (t->cell >= CELL_BPI && (cells >> CELL_BPI & 1) == 0)
		return WHY_NOT_BPI;
	if (part == CELL_UNDER25)
		return p->born == DAY_NONE ? WHY_NO_BIRTH : WHY_NOT_UNDER25;
	return p->sex == WORD_ABSENT ? WHY_NO_SEX : WHY_OTHER_SEX;
}

static void
write_day(struct buf *to, day d)
{
	char text[DAY_TEXT];

	buf_add(to, day_shown(d, text));
}

/* ": student since 2021-09-01; worker from 2020-01-01 to 2020-06-30" */
static void
write_statuses(struct buf *to, const struct book *b, int person)
{
	const struct book_person *p = &b->people.v[person];
	char since[DAY_TEXT], until[DAY_TEXT];

	for (int i = p->first_status; i < p->end_status; i++) {
		const struct book_status *s = &b->statuses.v[i];
		const char *label = tr(status_labels[s->status]);

		buf_add(to, i == p->first_status ? str_of(tr(": ")) : S("; "));
		if (s->until == DAY_FOREVER)
			buf_format(to, tr("%s since %s"), label, day_shown(s->since, since).s);
		else
			buf_format(to, tr("%s from %s to %s"), label, day_shown(s->since, since).s, day_shown(s->until, until).s);
	}
}

static void
write_eligibility(struct buf *to, const struct whose *w)
{
	char from[DAY_TEXT], until[DAY_TEXT];

	buf_format(to, tr("not eligible from %s to %s"), day_shown(w->reference, from).s, day_shown(w->view->period.to, until).s);
	write_statuses(to, w->view->book, w->mark->who);
}

static void
write_assiduity(struct buf *to, const struct whose *w)
{
	const struct book_enrolment *e = &w->view->book->enrolments.v[w->mark->record];
	int64_t attended = w->view->courses[w->mark->record].attended;

	buf_format(to, tr("attended %lld %% of the minutes planned: %lld of %lld"), (long long)w->mark->quantity,
	    (long long)attended, (long long)e->planned);
}

static void
write_rise(struct buf *to, const struct whose *w)
{
	const struct course *c = &w->view->courses[w->mark->record];

	buf_add(to, str_of(tr(reasons[WHY_NO_RISE])));
	buf_add(to, str_of(tr(": ")));
	write_day(to, w->view->book->assessments.v[c->entry].on);
	buf_add(to, S(", "));
	write_day(to, w->view->book->assessments.v[c->later].on);
}

static void
write_state(struct buf *to, const struct whose *w)
{
	int state = w->view->book->enrolments.v[w->mark->record].state;

	buf_format(to, "%s%s%s", tr(reasons[WHY_NOT_ACTIVE]), tr(": "),
	    tr(state == WORD_requested  ? N_("requested")
		: state == WORD_refused ? N_("refused")
					: N_("cancelled")));
}

void
why_write(struct buf *to, const struct whose *w)
{
	switch (w->mark->why) {
	case WHY_NOT_ELIGIBLE:
	case WHY_NOT_BPI:
		if (w->mark->why == WHY_NOT_BPI) {
			buf_add(to, str_of(tr(reasons[WHY_NOT_BPI])));
			write_statuses(to, w->view->book, w->mark->who);
		} else {
			write_eligibility(to, w);
		}
		break;
	case WHY_NOT_ASSIDUOUS:
		write_assiduity(to, w);
		break;
	case WHY_NO_RISE:
		write_rise(to, w);
		break;
	case WHY_NOT_ACTIVE:
		write_state(to, w);
		break;
	default:
		buf_add(to, str_of(tr(reasons[w->mark->why])));
	}
}
