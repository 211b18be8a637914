#include "base/holidays.h"

#include "base/text.h"

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

/* of the Gregorian calendar (Meeus, Jones, Butcher) */
day
easter_sunday(int y)
{
	int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

	return day_of(y, n / 31, n % 31 + 1);
}

const char *
public_holiday_name(day d)
{
	static const struct {
		int on; /* month and day; 0: days after Easter */
		int after;
		const char *name;
	} holidays[] = {
		{ 101, 0, N_("New Year's Day") },
		{ 0, 1, N_("Easter Monday") },
		{ 501, 0, N_("Labour Day") },
		{ 508, 0, N_("Victory of 1945") },
		{ 0, 39, N_("Ascension Day") },
		{ 0, 50, N_("Whit Monday") },
		{ 714, 0, N_("National Day") },
		{ 815, 0, N_("Assumption Day") },
		{ 1101, 0, N_("All Saints' Day") },
		{ 1111, 0, N_("Armistice of 1918") },
		{ 1225, 0, N_("Christmas Day") },
	};
	int y, m, dom;
	day sunday;

	day_split(d, &y, &m, &dom);
	sunday = easter_sunday(y);
	for (unsigned i = 0; i < sizeof holidays / sizeof *holidays; i++) {
		if (holidays[i].on == 0 ? d == sunday + holidays[i].after : holidays[i].on == m * 100 + dom)
			return holidays[i].name;
	}
	return NULL;
}
