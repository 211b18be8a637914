#include "demo/calendar.h"

bool
school_week(day monday)
{
	static const int holidays[][2] = { { 101, 103 }, { 208, 222 }, { 412, 426 }, { 708, 831 }, { 1020, 1103 },
		{ 1218, 1231 } };
	int y, m, dom;

	day_split(monday, &y, &m, &dom);
	for (unsigned i = 0; i < sizeof holidays / sizeof *holidays; i++) {
		if (m * 100 + dom >= holidays[i][0] && m * 100 + dom <= holidays[i][1])
			return false;
	}
	return true;
}

day
working_day(day d)
{
	while (weekday(d) >= 5 || public_holiday(d))
		d++;
	return d;
}
