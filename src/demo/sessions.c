/* sessions.c - groups that meet week after week, and who came */
#include <stdio.h>
#include <string.h>

#include "demo/calendar.h"
#include "demo/making.h"

int
groups_of(int members, int size)
{
	return (members + size - 1) / size;
}

/* The groups of an action are spread over the weeks in which people meet; each has its own days of the week. */
int
group_days(const struct doing *d, int group, int groups, day days[DATES_MAX])
{
	int weeks = d->weeks < d->monday_count ? d->weeks : d->monday_count, spare = d->monday_count - weeks, n = 0;
	int first = groups > 1 ? spare * group / (groups - 1) : spare / 4;
	int one = (group * 2 + d->index) % 5, other = (one + 2) % 5;

	for (int w = first; w < first + weeks; w++) {
		for (int k = 0; k < d->per_week && n < DATES_MAX; k++) {
			day on = d->mondays[w] + (d->per_week == 1 ? one
						     : k == 0      ? (one < other ? one : other)
								   : (one < other ? other : one));

			if (!public_holiday(on) && period_has(d->run, on))
				days[n++] = on;
		}
	}
	return n;
}

int64_t
session_add(struct making *m, const struct doing *d, struct session *s)
{
	char ref[REF_SIZE];
	struct settings words;

	place_session(m, d, s, &words);
	s->ref = made_ref(m, 's', ++m->sessions, ref);
	sheaf_add(&m->sheaf, ENTITY_sessions, s, (const str[]){ d->action->ref });
	return m->sessions;
}

void
attendance_add(struct making *m, int64_t session, int64_t person, int64_t minutes, int64_t excused)
{
	char refs_of_session[REF_SIZE], refs_of_person[REF_SIZE];
	const str refs[] = { made_ref(m, 's', session, refs_of_session), person_ref(m, person, refs_of_person) };
	struct attendance r = { .minutes = minutes, .excused = excused };

	sheaf_add(&m->sheaf, ENTITY_attendances, &r, refs);
}

/* Two themes out of the list, in its order. */
static str
civic_themes(struct chance *c, char to[64])
{
	static const char *const words[] = { "laicite", "equality", "citizenship", "parenthood", "host_society" };
	int one = chance_below(c, 5), other = chance_below(c, 5);

	if (one == other)
		snprintf(to, 64, "%s", words[one]);
	else
		snprintf(to, 64, "%s;%s", words[one < other ? one : other], words[one < other ? other : one]);
	return str_of(to);
}

/* Present, late or gone early, absent with or without an excuse. */
static void
attend(struct making *m, int64_t session, const struct made_person *p, int minutes)
{
	struct chance c = chance_for(m, CHANCE_PRESENCE, session, p->number);
	int fate = chance_below(&c, 100);

	if (fate >= p->presence)
		attendance_add(m, session, p->number, 0, chance_percent(&c, 45));
	else if (chance_percent(&c, 7))
		attendance_add(m, session, p->number, minutes / 30 * 30 / 2, NUMBER_NONE);
	else if (m->first_block && m->overlong == 0 && fate == 0) {
		m->overlong = session; /* one slip of the pen, for the import to warn of */
		attendance_add(m, session, p->number, minutes + 30, NUMBER_NONE);
	} else
		attendance_add(m, session, p->number, minutes, NUMBER_NONE);
}

static void
hold(struct making *m, struct doing *d, int group, day on, const int *members, int n)
{
	struct chance c = chance_for(m, CHANCE_SESSION, m->sessions + 1, 0);
	bool cancelled = chance_percent(&c, 3);
	char name[32], themes[64];
	struct session s;
	int64_t made;

	entity_clear(&entities[ENTITY_sessions], &s);
	s.held_on = on;
	s.minutes = d->minutes;
	s.kind = str_of(d->kind);
	s.theme = str_of(theme_words[d->theme]);
	s.audience = S("newcomers");
	s.state = cancelled ? S("cancelled") : S("held");
	s.group = (str){ name, (size_t)snprintf(name, sizeof name, "Groupe %lld", (long long)(d->groups + group + 1)) };
	if (d->theme == THEME_CIVIC)
		s.civic_themes = civic_themes(&c, themes);
	made = session_add(m, d, &s);
	if (!cancelled && (d->last_held == DAY_NONE || on > d->last_held))
		d->last_held = on;
	if (!cancelled && (m->last_held == DAY_NONE || on > m->last_held))
		m->last_held = on;
	for (int i = 0; i < n && !cancelled; i++) {
		const struct made_enrolment *e = &m->enrolled[members[i]];

		if (e->entered <= on && (e->left == DAY_NONE || on <= e->left))
			attend(m, made, &m->people[e->person], d->minutes);
	}
}

/* A session to come: nobody has come yet. group: 0 when it is everybody's. */
static void
plan_on(struct making *m, const struct doing *d, int64_t group, day on)
{
	char name[32];
	struct session s;

	entity_clear(&entities[ENTITY_sessions], &s);
	s.held_on = on;
	s.minutes = d->minutes;
	s.kind = str_of(d->kind);
	s.theme = str_of(theme_words[d->theme]);
	s.audience = S("newcomers");
	s.state = S("planned");
	if (group > 0)
		s.group = (str){ name, (size_t)snprintf(name, sizeof name, "Groupe %lld", (long long)group) };
	(void)session_add(m, d, &s);
}

/* The group of an action that has the most people on that day, from 0; -1: too few in each. */
static int
group_at_work(const struct making *m, int doing, day on)
{
	enum { GROUPS_SEEN = 64, FEW = 4 };
	int people[GROUPS_SEEN] = { 0 }, best = 0;

	for (int i = 0; i < m->enrolled_count; i++) {
		const struct made_enrolment *e = &m->enrolled[i];

		if (e->doing == doing && e->active && e->group >= 0 && e->group < GROUPS_SEEN && e->entered <= on &&
		    (e->left == DAY_NONE || on <= e->left))
			people[e->group]++;
	}
	for (int g = 1; g < GROUPS_SEEN; g++)
		best = people[g] > people[best] ? g : best;
	return people[best] < FEW ? -1 : best;
}

/* The day on which a demonstration stands is the last of its sessions: some groups meet that day, and on the next working day,
 * whose sheets are for visitors to fill in. */
static void
plan_soon(struct making *m)
{
	for (int i = 0; i < m->doing_count; i++) {
		const struct doing *d = &m->doings[i];
		int g = d->way == WAY_GROUPS || d->way == WAY_PAIRS ? group_at_work(m, i, m->last_held) : -1;

		if (g < 0)
			continue;
		if (d->last_held != m->last_held) /* else one was held that day */
			plan_on(m, d, g + 1, m->last_held);
		plan_on(m, d, g + 1, working_day(m->last_held + 1));
	}
}

static void
meet(struct making *m, int doing)
{
	struct doing *d = &m->doings[doing];
	int members[BLOCK], of_group[BLOCK], n = 0, groups;

	for (int i = 0; i < m->enrolled_count; i++) {
		if (m->enrolled[i].doing == doing && m->enrolled[i].active)
			members[n++] = i;
	}
	groups = groups_of(n, d->size); /* as they were arranged */
	for (int g = 0; g < groups; g++) {
		day days[DATES_MAX];
		int count = group_days(d, g, groups, days), k = 0;

		for (int i = 0; i < n; i++) {
			if (m->enrolled[members[i]].group == g)
				of_group[k++] = members[i];
		}
		for (int i = 0; i < count && k > 0; i++)
			hold(m, d, g, days[i], of_group, k);
	}
	if (m->first_block && groups > 0)
		plan_on(m, d, 0, working_day(day_add_months(d->run.to, 1))); /* already fixed for after the holidays */
	d->groups += groups;
}

void
make_sessions(struct making *m)
{
	for (int i = 0; i < m->doing_count; i++) {
		if (m->doings[i].way == WAY_GROUPS || m->doings[i].way == WAY_PAIRS)
			meet(m, i);
	}
	if (m->first_block && m->last_held != DAY_NONE)
		plan_soon(m);
}
