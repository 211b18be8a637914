/* meetings.c - the bodies meet as often as they should; the next yearly ones are fixed */
#include "demo/calendar.h"
#include "demo/making.h"

static const struct {
	const char *kind, *subject;
	int times, first_month, every;
	bool next; /* the one after the year is already fixed */
} habits[] = {
	{ "steering", "Bilan de l'année et perspectives", 1, 8, 12, true },
	{ "technical", "Avancement des fiches-actions", 2, 4, 5, true },
	{ "project_team", "Point mensuel", 11, 0, 1, false },
	{ "working_group", "Travail par axe", 4, 1, 3, false },
};

void
make_meetings(struct making *m)
{
	int64_t made = 0;

	for (size_t i = 0; i < m->plan->bodies.n; i++) {
		const struct body *b = &m->plan->bodies.v[i];
		struct chance c = chance_for(m, CHANCE_BODY, (int64_t)i, 0);

		for (size_t h = 0; h < sizeof habits / sizeof *habits; h++) {
			int times = habits[h].times + habits[h].next;

			for (int k = 0; str_is(b->kind, habits[h].kind) && k < times; k++) {
				bool next = k == habits[h].times;
				int month = habits[h].first_month + (next ? 12 : k * habits[h].every),
				    shift = chance_between(&c, 3, 24);
				char ref[REF_SIZE];
				struct meeting r;

				entity_clear(&entities[ENTITY_meetings], &r);
				r.ref = made_ref(m, 'm', ++made, ref);
				r.on = working_day(day_add_months(m->year.from, month) + shift);
				r.state = next ? S("planned") : times > 3 && k == times - 2 ? S("cancelled") : S("held");
				r.subject = str_of(habits[h].subject);
				sheaf_add(&m->sheaf, ENTITY_meetings, &r, &b->ref);
			}
		}
	}
}
