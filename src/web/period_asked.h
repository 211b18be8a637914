/* period_asked.h - the period that an address asks for: ?periode=contract-1, or two dates as people write them, ?du=..&au=.., from
 * the fields of views/period.tmpl */
#pragma once
#include "figures/calendar.h"
#include "web/req.h"

struct period_asked {
	bool any;                      /* the address asks for one */
	str from, to;                  /* as typed */
	const char *why_from, *why_to; /* what is wrong with each date, translated; NULL: nothing */
	const char *why;               /* what is wrong with the period as a whole */
};

/* Fills *out when a period is asked for and nothing is wrong with it; else leaves it as it is. */
void period_asked_read(struct req *r, const struct book_contract *c, struct period_asked *asked, struct span *out);
bool period_asked_wrong(const struct period_asked *asked);
