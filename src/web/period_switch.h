/* period_switch.h - the choice of a period on a page that shows figures: the three calendars; views/period.tmpl */
#pragma once
#include "web/shown_figures.h"

struct period_switch {
	struct arena *arena;
	const struct span *v, *now;
	int n;
	const struct period_asked *asked;
	/* What else the address says, kept: the contract where the path does not say it, the sheet, the way of counting. */
	str contract, sheet, by;
};

/* For the page at hand: its own address is asked again, with the period chosen. */
struct period_switch period_switch_of(struct req *r, const struct shown *s, str contract);
bool period_opens(const struct period_switch *p); /* something is wrong with the one asked for */
/* What stands in the field of a date: what was typed when it came back, else that end of the period shown. */
str period_typed(const struct period_switch *p, str typed, day shown);
