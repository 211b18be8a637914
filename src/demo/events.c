/* events.c - what is open to the public, where a few are known and many are not; outings of the people of an action */
#include "demo/calendar.h"
#include "demo/making.h"

/* A few people of the first block, in order; those who are there by then. */
static void
known_guests(struct making *m, int64_t session, day on, int wanted, int minutes, struct chance *c)
{
	int left = m->people_count;

	for (int i = 0; i < m->people_count && wanted > 0; i++, left--) {
		if (chance_below(c, left) >= wanted)
			continue;
		wanted--;
		if (m->people[i].arrived + 5 < on)
			attendance_add(m, session, m->people[i].number, minutes, NUMBER_NONE);
	}
}

/* Three in four of those who take part in the action then. */
static void
its_own_people(struct making *m, const struct doing *d, int64_t session, day on, int minutes, struct chance *c)
{
	for (int i = 0; i < m->enrolled_count; i++) {
		const struct made_enrolment *e = &m->enrolled[i];

		if (&m->doings[e->doing] != d || !e->active || e->entered > on || (e->left != DAY_NONE && e->left < on))
			continue;
		attendance_add(m, session, m->people[e->person].number, chance_percent(c, 76) ? minutes : 0, NUMBER_NONE);
	}
}

static void
hold(struct making *m, const struct doing *d, day on, str kind, enum theme theme, bool public, struct chance *c)
{
	int guests = chance_between(c, 15, 160), known = chance_between(c, 3, 9);
	struct session s;
	int64_t made;

	entity_clear(&entities[ENTITY_sessions], &s);
	s.held_on = working_day(on);
	s.minutes = 150;
	s.kind = kind;
	s.theme = str_of(theme_words[theme]);
	s.audience = public ? S("public") : S("newcomers");
	s.state = chance_percent(c, 95) ? S("held") : S("cancelled");
	if (public && str_is(s.state, "held"))
		s.public_count = guests;
	made = session_add(m, d, &s);
	if (!str_is(s.state, "held"))
		return;
	if (public)
		known_guests(m, made, s.held_on, known, 150, c);
	else
		its_own_people(m, d, made, s.held_on, 150, c);
}

/* Every few weeks of the run. */
static void
series(struct making *m, const struct doing *d, str kind, enum theme theme, int times, bool public)
{
	struct chance c = chance_for(m, CHANCE_EVENT, d->index, (int64_t)theme);

	for (int k = 0; k < times && d->monday_count > 0; k++) {
		int week = (int)((int64_t)d->monday_count * (2 * k + 1) / (2 * times)), weekday_of_it = chance_between(&c, 1, 4);

		hold(m, d, d->mondays[week] + weekday_of_it, kind, theme, public, &c);
	}
}

void
make_events(struct making *m)
{
	for (int i = 0; i < m->doing_count; i++) {
		const struct doing *d = &m->doings[i];

		if (d->way == WAY_EVENTS)
			series(m, d, d->session_kind.len > 0 ? d->session_kind : S("public_event"), THEME_CULTURE, 7, true);
		if (str_is(d->sheet->recording, "aggregate"))
			continue;
		if ((d->needs & NEED_CULTURE) != 0)
			series(m, d, S("culture_event"), THEME_CULTURE, 6, false);
		if ((d->needs & NEED_SPORT) != 0)
			series(m, d, S("sport_event"), THEME_SPORT, 6, false);
	}
}
