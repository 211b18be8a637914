#include "base/date.h"

static bool
leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int
month_days(int y, int m)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return m == 2 && leap(y) ? 29 : days[m - 1];
}

day
day_of(int y, int m, int d)
{
	int era, year_of_era, day_of_year;

	if (y < 1000 || y > 9999 || m < 1 || m > 12 || d < 1 || d > month_days(y, m))
		return DAY_NONE;
	/* Years begin in March, so that the leap day is the last one. */
	y -= m <= 2;
	era = y / 400;
	year_of_era = y - era * 400;
	day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void
day_split(day date, int *year, int *month, int *dayofmonth)
{
	int z = date + 719468, era = z / 146097, doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

	*dayofmonth = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

/* n digits at s, or -1 */
static int
digits(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

day
day_parse(str s)
{
	if (s.len != 10 || s.s[4] != '-' || s.s[7] != '-')
		return DAY_NONE;
	return day_of(digits(s.s, 4), digits(s.s + 5, 2), digits(s.s + 8, 2));
}

day
day_parse_partial(str s)
{
	if (s.len == 4)
		return day_of(digits(s.s, 4), 1, 1);
	if (s.len == 7 && s.s[4] == '-')
		return day_of(digits(s.s, 4), digits(s.s + 5, 2), 1);
	return day_parse(s);
}

str
day_text(day date, char to[DAY_TEXT])
{
	int y, m, d;

	if (date == DAY_NONE || date == DAY_FOREVER)
		return (str){ to, 0 };
	day_split(date, &y, &m, &d);
	for (int i = 3; i >= 0; i--, y /= 10)
		to[i] = (char)('0' + y % 10);
	to[4] = to[7] = '-';
	to[5] = (char)('0' + m / 10);
	to[6] = (char)('0' + m % 10);
	to[8] = (char)('0' + d / 10);
	to[9] = (char)('0' + d % 10);
	to[10] = '\0';
	return (str){ to, 10 };
}

day
day_birthday(day born, int age)
{
	int y, m, d;

	day_split(born, &y, &m, &d);
	y += age;
	if (m == 2 && d == 29 && !leap(y))
		return day_of(y, 3, 1);
	return day_of(y, m, d);
}

day
day_add_months(day date, int n)
{
	int y, m, d;

	day_split(date, &y, &m, &d);
	m += y * 12 + n - 1; /* months since the year 0: also right when n is negative */
	y = m / 12;
	m = m % 12 + 1;
	if (d > month_days(y, m))
		d = month_days(y, m);
	return day_of(y, m, d);
}
