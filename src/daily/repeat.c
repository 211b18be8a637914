#include "daily/repeat.h"

size_t
repeat_days(const struct repeat *r, struct repeat_day to[REPEAT_MOST], bool *more)
{
	unsigned days = r->days != 0 ? r->days : 1u << weekday(r->first);
	int every = r->every < 1 ? 1 : r->every;
	day week = monday_of(r->first);
	size_t n = 0;

	*more = false;
	for (day d = r->first; d <= r->until; d++) {
		const char *holiday = public_holiday_name(d);

		if ((days >> weekday(d) & 1) == 0 || (monday_of(d) - week) / 7 % every != 0)
			continue;
		if (n == REPEAT_MOST) {
			*more = true;
			break;
		}
		if (holiday == NULL)
			holiday = school_holiday_name(r->zone, d);
		to[n++] = (struct repeat_day){ d, holiday, holiday != NULL && !r->in_holidays };
	}
	return n;
}
