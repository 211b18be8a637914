#include "demo/demo.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "demo/making.h"

struct chance
chance_for(const struct making *m, enum stream stream, int64_t a, int64_t b)
{
	return chance_of(m->options.seed, stream, a, b);
}

static str
numbered(const struct making *m, char letter, int64_t which, int digits, char to[REF_SIZE])
{
	size_t len = m->options.prefix.len;

	if (len > 0)
		memcpy(to, m->options.prefix.s, len);
	to[len++] = letter;
	for (int i = digits - 1; i >= 0; i--, which /= 10)
		to[len + (size_t)i] = (char)('0' + which % 10);
	if (which != 0)
		bug("a number is longer than %d digits", digits);
	return (str){ to, len + (size_t)digits };
}

str
made_ref(const struct making *m, char letter, int64_t which, char to[REF_SIZE])
{
	return numbered(m, letter, which, letter == 'h' ? m->person_digits : m->digits, to);
}

str
person_ref(const struct making *m, int64_t which, char to[REF_SIZE])
{
	return numbered(m, 'p', which, m->person_digits, to);
}

str
partner_pick(const struct making *m, const struct sheet *s, const char *role, struct chance *c)
{
	const struct organisation *chosen = NULL;
	int n = 0;

	for (size_t i = 0; i < m->plan->partnerships.n; i++) {
		const struct partnership *x = &m->plan->partnerships.v[i];

		if (x->sheet == s->record.id && (role == NULL || str_is(x->role, role)) && chance_below(c, ++n) == 0)
			chosen = plan_organisation(m->plan, x->organisation);
	}
	return chosen == NULL ? (str){ NULL, 0 } : chosen->ref;
}

struct made_enrolment *
enrolment_add(struct making *m, int person, int doing)
{
	struct made_enrolment *e;

	if (m->enrolled_count == m->enrolled_cap)
		bug("more than %d enrolments in a block", m->enrolled_cap);
	e = &m->enrolled[m->enrolled_count++];
	*e = (struct made_enrolment){ .person = person, .doing = doing, .group = -1, .left = DAY_NONE, .planned = NUMBER_NONE };
	return e;
}

static int
digits_of(int64_t n, int least)
{
	int digits = 1;

	while ((n /= 10) > 0)
		digits++;
	return digits < least ? least : digits;
}

static void
make_block(struct making *m, int64_t first, int count)
{
	m->first_block = first == 1;
	make_people(m, first, count);
	make_paths(m);
	if (m->first_block) {
		make_actors(m);
		make_events(m);
		make_tools(m);
		make_money(m);
		make_returns(m);
		make_meetings(m);
		make_kinds(m);
	}
	make_sessions(m);
	make_acts(m);
	make_daily(m);
}

const struct err *
demo_write(struct arena *a, const struct plan *plan, const char *folder, const struct demo_options *o, struct demo_report *report)
{
	struct making m = { .plan = plan, .options = *o, .arena = a, .last_held = DAY_NONE };
	const struct err *e;

	if (!shape(&m))
		return err_new(a, ERR_INPUT, tr("The contract says too little to be filled."), NULL,
		    tr("It needs at least one action, and a date: its signature, the start of a sheet, or the year of a subsidy."));
	if (str_is(plan->place.kind, "commune"))
		m.commune = plan->place.insee_code;
	m.person_digits = digits_of(o->people, 6);
	m.digits = digits_of(o->people * 40 + 100000, 6);
	m.people = ARENA_ARRAY(a, BLOCK, struct made_person);
	m.joined = ARENA_ARRAY(a, BLOCK * m.doing_count, bool);
	m.enrolled_cap = BLOCK * 8 + BLOCK * m.doing_count;
	m.enrolled = ARENA_ARRAY(a, m.enrolled_cap, struct made_enrolment);
	sheaf_open(&m.sheaf, a, folder);
	for (int64_t done = 0; done < o->people && m.sheaf.err == NULL; done += m.people_count) {
		make_block(&m, done + 1, o->people - done < BLOCK ? (int)(o->people - done) : BLOCK);
		if (o->progress != NULL)
			o->progress(o->progress_to, done + m.people_count, o->people);
	}
	e = sheaf_close(&m.sheaf);
	memcpy(report->records, m.sheaf.records, sizeof report->records);
	return e;
}
