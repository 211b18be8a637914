#include "base/moment.h"

#include <time.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };

str
moment_text(struct arena *a, int64_t ms)
{
	char date[DAY_TEXT];
	int rest = (int)(ms % DAY_MS);
	str d = day_text((day)(ms / DAY_MS), date);

	return str_format(
	    a, "%.*sT%02d:%02d:%02d.%03dZ", STR_ARG(d), rest / 3600000, rest / 60000 % 60, rest / 1000 % 60, rest % 1000);
}

day
moment_day(int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm local;

	localtime_r(&seconds, &local);
	return day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

int64_t
moment_parse(str s)
{
	static const int at[] = { 11, 14, 17 }, factor[] = { 3600000, 60000, 1000 };
	day d = s.len == 24 ? day_parse((str){ s.s, 10 }) : DAY_NONE;
	int64_t ms;

	if (d == DAY_NONE || s.s[10] != 'T' || s.s[13] != ':' || s.s[16] != ':' || s.s[19] != '.' || s.s[23] != 'Z')
		return -1;
	ms = (int64_t)d * DAY_MS;
	for (int i = 0; i < 3; i++) {
		str part = { s.s + at[i], 2 };

		if (part.s[0] < '0' || part.s[0] > '9' || part.s[1] < '0' || part.s[1] > '9')
			return -1;
		ms += ((part.s[0] - '0') * 10 + (part.s[1] - '0')) * (int64_t)factor[i];
	}
	for (int i = 20, place = 100; i < 23; i++, place /= 10) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return -1;
		ms += (s.s[i] - '0') * place;
	}
	return ms;
}

int64_t
moment_midnight(day d)
{
	int y, m, n;
	struct tm local = { .tm_isdst = -1 };

	day_split(d, &y, &m, &n);
	local.tm_year = y - 1900;
	local.tm_mon = m - 1;
	local.tm_mday = n;
	return (int64_t)mktime(&local) * 1000;
}
