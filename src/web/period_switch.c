#include "web/period_switch.h"

struct period_switch
period_switch_of(struct req *r, const struct shown *s, str contract)
{
	struct period_switch p = { .arena = r->arena, .now = &s->span, .contract = contract };

	p.v = span_choices(r->arena, &s->contract, r->today, &p.n);
	return p;
}
