/* reach.h - how far a right goes inside of a contract. rights.def says "the whole city" or "one's own organisation"; an
 * organisation's own are the actions that it carries out (of an action that names nobody: the operators of its sheet, as in
 * the view actions_of), and the sheets that it operates or has an action of. */
#pragma once
#include "access/viewer.h"
#include "model/plan.h"

bool reaches_sheet(const struct viewer *v, enum right right, const struct plan *p, int64_t sheet);
bool reaches_action(const struct viewer *v, enum right right, const struct plan *p, const struct action *x);
/* The whole contract: what is said of all sheets together. */
static inline bool
reaches_contract(const struct viewer *v, enum right right)
{
	return viewer_reach(v, right) == REACH_ALL;
}
