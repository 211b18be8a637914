#include "web/period_switch.h"

#include "base/shown.h"

struct period_switch
period_switch_of(struct req *r, const struct shown *s, str contract)
{
	struct period_switch p = { .arena = r->arena, .now = &s->span, .asked = &s->asked, .contract = contract };

	if (contract.len > 0) {
		p.sheet = req_query(r, "fiche");
		p.by = req_query(r, "par");
	}
	p.v = span_choices(r->arena, &s->contract, r->today, &p.n);
	return p;
}

bool
period_opens(const struct period_switch *p)
{
	return period_asked_wrong(p->asked);
}

str
period_typed(const struct period_switch *p, str typed, day shown)
{
	char text[DAY_TEXT];

	return period_opens(p) && p->asked->why == NULL ? typed : str_dup(p->arena, day_shown(shown, text));
}
