/* period_switch.h - the choice of a period on a page that shows figures: the three calendars; views/period.tmpl */
#pragma once
#include "web/shown_figures.h"

struct period_switch {
	struct arena *arena;
	const struct span *v, *now;
	int n;
	str contract; /* kept in the address, where the path does not say it; absent: not needed */
};

/* For the page at hand: its own address is asked again, with the period chosen. */
struct period_switch period_switch_of(struct req *r, const struct shown *s, str contract);
