#include "web/reach.h"

static bool
operates(const struct plan *p, int64_t organisation, int64_t sheet)
{
	for (size_t i = 0; i < p->partnerships.n; i++) {
		const struct partnership *x = &p->partnerships.v[i];

		if (x->sheet == sheet && x->organisation == organisation && str_is(x->role, "operator"))
			return true;
	}
	return false;
}

static bool
carries_out(const struct plan *p, int64_t organisation, const struct action *x)
{
	return x->operator== NUMBER_NONE ? operates(p, organisation, x->sheet) : x->operator== organisation;
}

/* The organisation that the right is limited to; 0: to none, -1: it reaches nothing here. */
static int64_t
limit_of(const struct viewer *v, enum right right)
{
	return viewer_may(v, right) ? viewer_limit(v, right) : -1;
}

bool
reaches_action(const struct viewer *v, enum right right, const struct plan *p, const struct action *x)
{
	int64_t own = limit_of(v, right);

	return own == 0 || (own > 0 && carries_out(p, own, x));
}

bool
reaches_sheet(const struct viewer *v, enum right right, const struct plan *p, int64_t sheet)
{
	int64_t own = limit_of(v, right);

	if (own <= 0)
		return own == 0;
	if (operates(p, own, sheet))
		return true;
	for (size_t i = 0; i < p->actions.n; i++) {
		if (p->actions.v[i].sheet == sheet && p->actions.v[i].operator== own)
			return true;
	}
	return false;
}
