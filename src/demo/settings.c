/* settings.c - the hours, the rooms and the staff of an action: draws of their own, so that nothing else of a demonstration turns on them */
#include <stdio.h>

#include "demo/making.h"

enum { STAFF = 3 }; /* of an action */

str
staff_of(const struct making *m, const struct doing *d, int64_t which, char to[STAFF_TEXT])
{
	struct chance c = chance_for(m, CHANCE_PLACE, d->index, 1000 + which % STAFF);
	char family[NAME_TEXT];
	str given = name_host_given(&c), name = name_host_family(&c, family);

	return (str){ to, (size_t)snprintf(to, STAFF_TEXT, "%.*s %.*s", STR_ARG(given), STR_ARG(name)) };
}

static str
hour(const struct doing *d, struct chance *c)
{
	static const char *const mornings[] = { "08:45", "09:00", "09:30" }, *const afternoons[] = { "13:30", "14:00", "14:15" },
				 *const evenings[] = { "17:30", "18:00", "18:30" };
	int part = d->minutes > 210 ? 0 : chance_below(c, 5), which = chance_below(c, 3);

	return str_of(part < 2 ? mornings[which] : part < 4 ? afternoons[which] : evenings[which]);
}

void
place_session(const struct making *m, const struct doing *d, struct session *s, struct settings *to)
{
	static const char *const rooms[] = { "Salle A", "Salle B", "Salle 1.12", "Salle polyvalente", "Maison de quartier",
		"Atelier" };
	int64_t group = 0;
	struct chance c;

	for (size_t i = 0; i < s->group.len; i++) {
		if (s->group.s[i] >= '0' && s->group.s[i] <= '9')
			group = group * 10 + (s->group.s[i] - '0');
	}
	c = chance_for(m, CHANCE_PLACE, d->index, 2000 + group);
	s->starts_at = hour(d, &c);
	s->room = str_of(rooms[chance_below(&c, 6)]);
	s->trainer = staff_of(m, d, group, to->trainer);
	if (group > 0)
		s->series = (str){ to->series, (size_t)snprintf(to->series, sizeof to->series, "%.*s-g%lld",
						   STR_ARG(d->action->ref), (long long)group) };
	if (str_is(s->state, "cancelled"))
		s->cancel_reason = group > 0 ? S("Formatrice absente") : S("Salle indisponible");
}
