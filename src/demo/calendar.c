#include "demo/calendar.h"

int
weekday(day d)
{
	int w = (d + 3) % 7; /* 1 January 1970 was a Thursday */

	return w < 0 ? w + 7 : w;
}

day
monday_of(day d)
{
	return d - weekday(d);
}

/* Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher) */
static day
easter(int y)
{
	int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

	return day_of(y, n / 31, n % 31 + 1);
}

bool
public_holiday(day d)
{
	static const int fixed[] = { 101, 501, 508, 714, 815, 1101, 1111, 1225 };
	int y, m, dom;
	day sunday;

	day_split(d, &y, &m, &dom);
	for (unsigned i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		if (fixed[i] == m * 100 + dom)
			return true;
	}
	sunday = easter(y);
	return d == sunday + 1 || d == sunday + 39 || d == sunday + 50; /* Easter Monday, Ascension, Whit Monday */
}

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
