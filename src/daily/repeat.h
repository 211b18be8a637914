/* repeat.h - the days of sessions that come again: on some days of the week, until a day, with or without holidays. Pure. */
#pragma once
#include "daily/calendar_days.h"

enum { REPEAT_MOST = 120 };
struct repeat {
	day first, until; /* both included; until before first: none */
	unsigned days;    /* of the week: a bit each, Monday the lowest; 0: the day of the first */
	int every;        /* weeks, 1 to 8 */
	bool in_holidays; /* also on public holidays and in school holidays: else they stand in the list, left out */
	enum school_zone zone;
};
struct repeat_day {
	day on;
	const char *holiday; /* N_; NULL: an ordinary day */
	bool out;            /* left out unless somebody asks for it */
};
/* In order, at most REPEAT_MOST; *more: there would be others. */
size_t repeat_days(const struct repeat *r, struct repeat_day to[REPEAT_MOST], bool *more);
