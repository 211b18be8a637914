/* file_summary.c - what follows from a file today, by the rules of the figures (the period being today alone) */
#include <string.h>

#include "base/text.h"
#include "model/entity.h"
#include "people/file_read.h"

/* The first statuses of the list are those of international protection, then come the others that count unless the contract
 * says otherwise; tests compare these numbers with the figures' own. */
enum { PROTECTED = 3, USUAL = 8, MONTHS_BEFORE_FOLLOWUP = 6 };

const char *
eligible_label(enum eligible e)
{
	static const char *const labels[] = {
		[ELIGIBLE_YES] = N_("Counts: an eligible status is in force"),
		[ELIGIBLE_NO_STATUS] = N_("Is not counted: no status is recorded"),
		[ELIGIBLE_ENDED] = N_("Is not counted today: no status is in force"),
		[ELIGIBLE_OTHER] = N_("Is not counted today: the status in force is not an eligible one"),
	};

	return tr(labels[e]);
}

const char *
lack_label(enum lack l)
{
	static const char *const labels[] = {
		[LACK_SEX] = N_("Sex"),
		[LACK_BIRTH] = N_("Birth date"),
		[LACK_STATUS] = N_("Residence status"),
		[LACK_PLAN] = N_("Hours planned"),
		[LACK_ENTRY_LEVEL] = N_("Level at entry"),
		[LACK_EXIT] = N_("Kind of exit"),
		[LACK_FOLLOWUP] = N_("Follow-up at 6 months"),
	};

	return tr(labels[l]);
}

const char *
lack_blocks(enum lack l)
{
	static const char *const blocks[] = {
		[LACK_SEX] = N_("counts in totals, neither among women nor among men"),
		[LACK_BIRTH] = N_("never counts under 25"),
		[LACK_STATUS] = N_("is not counted as a beneficiary"),
		[LACK_PLAN] = N_("assiduity cannot be known"),
		[LACK_ENTRY_LEVEL] = N_("progress in French cannot be known"),
		[LACK_EXIT] = N_("the exit counts as neither job nor training"),
		[LACK_FOLLOWUP] = N_("does not count in training or in a job after 6 months"),
	};

	return tr(blocks[l]);
}

static void
lacks(struct reading_file *r, enum lack what, int64_t record)
{
	struct person_file *f = r->to;

	if (f->lacks_n == r->lacks_cap) {
		struct lack_found *v;

		r->lacks_cap = r->lacks_cap == 0 ? 8 : r->lacks_cap * 2;
		v = ARENA_ARRAY(r->s->arena, r->lacks_cap, struct lack_found);
		if (f->lacks_n > 0)
			memcpy(v, f->lacks, f->lacks_n * sizeof *v);
		f->lacks = v;
	}
	f->lacks[f->lacks_n++] = (struct lack_found){ what, record };
}

static bool
counts(str status, str eligible)
{
	int place = choice_index(STATUS_CHOICES, status);

	if (place < PROTECTED || eligible.len == 0)
		return place >= 0 && place < USUAL;
	while (eligible.len > 0) {
		if (str_eq(str_cut(eligible, ';', &eligible), status))
			return true;
	}
	return false;
}

struct standing
standing_on(const struct status *v, size_t n, str eligible, day on)
{
	struct standing to = { .eligible = n == 0 ? ELIGIBLE_NO_STATUS : ELIGIBLE_ENDED, .by = n == 0 ? NULL : v };
	bool in_force = false;

	for (size_t i = 0; i < n; i++) {
		const struct status *s = &v[i];
		int place = choice_index(STATUS_CHOICES, s->status);

		if (s->since > on || (s->until != DAY_NONE && s->until < on))
			continue;
		to.bpi |= place >= 0 && place < PROTECTED;
		if (to.eligible == ELIGIBLE_YES)
			continue;
		to.eligible = counts(s->status, eligible) ? ELIGIBLE_YES : ELIGIBLE_OTHER;
		if (!in_force || to.eligible == ELIGIBLE_YES)
			to.by = s;
		in_force = true;
	}
	return to;
}

static void
sum_up_statuses(struct reading_file *r, str eligible)
{
	struct person_file *f = r->to;
	const struct standing now = standing_on(f->statuses, f->statuses_n, eligible, r->s->today);

	f->eligible = now.eligible;
	f->bpi = now.bpi;
	for (size_t i = 0; i < f->statuses_n && f->status.len == 0; i++) {
		const struct status *s = &f->statuses[i];

		if (s->since <= r->s->today && (s->until == DAY_NONE || s->until >= r->s->today))
			f->status = s->status;
	}
}

/* Entries are in order already, the latest first. */
static void
sum_up_levels(struct person_file *f)
{
	f->first_level = f->last_level = f->person.french_level;
	for (size_t i = f->entries_n, met = 0; i-- > 0;) {
		if (f->entries[i].kind != ENTRY_ASSESSMENT)
			continue;
		if (met++ == 0)
			f->first_level = f->entries[i].word;
		f->last_level = f->entries[i].word;
	}
}

static bool
has_entry(const struct person_file *f, enum entry_kind kind, const struct path *p, const char *more)
{
	for (size_t i = 0; i < f->entries_n; i++) {
		const struct entry *e = &f->entries[i];

		if (e->kind == kind && e->place.action == p->enrolment.action && e->on >= p->enrolment.entered_on &&
		    (more == NULL || str_is(e->more, more)))
			return true;
	}
	return false;
}

static void
find_lacks_of_path(struct reading_file *r, const struct path *p)
{
	const struct enrolment *e = &p->enrolment;
	bool positive = str_is(e->exit, "employment") || str_is(e->exit, "training");

	if (!str_is(e->state, "active"))
		return;
	if (e->planned_minutes == NUMBER_NONE)
		lacks(r, LACK_PLAN, e->record.id);
	if (!has_entry(r->to, ENTRY_ASSESSMENT, p, "entry") && has_entry(r->to, ENTRY_ASSESSMENT, p, NULL))
		lacks(r, LACK_ENTRY_LEVEL, e->record.id);
	if (e->left_on != DAY_NONE && e->left_on <= r->s->today && e->exit.len == 0)
		lacks(r, LACK_EXIT, e->record.id);
	if (e->left_on != DAY_NONE && positive && day_add_months(e->left_on, MONTHS_BEFORE_FOLLOWUP) <= r->s->today &&
	    !has_entry(r->to, ENTRY_FOLLOWUP, p, NULL))
		lacks(r, LACK_FOLLOWUP, e->record.id);
}

void
file_summary(struct reading_file *r, str eligible)
{
	struct person_file *f = r->to;
	day born = day_parse_partial(f->person.birth_date);

	sum_up_statuses(r, eligible);
	sum_up_levels(f);
	f->under25 = born != DAY_NONE && day_birthday(born, 25) > r->s->today;
	if (f->person.sex.len == 0)
		lacks(r, LACK_SEX, 0);
	if (born == DAY_NONE)
		lacks(r, LACK_BIRTH, 0);
	if (f->statuses_n == 0)
		lacks(r, LACK_STATUS, 0);
	for (size_t i = 0; i < f->paths_n; i++)
		find_lacks_of_path(r, &f->paths[i]);
}
