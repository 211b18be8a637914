/* date.h - days of the Gregorian calendar as small numbers. The clock is never read here: it is a parameter. */
#pragma once
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef int32_t day; /* days since 1970-01-01 */
#define DAY_NONE INT32_MIN
#define DAY_FOREVER INT32_MAX

/* YYYY-MM-DD, years 1000 to 9999, the day must exist. DAY_NONE: not a date. */
day day_parse(str s);
/* YYYY, YYYY-MM or YYYY-MM-DD: missing parts count as 1. DAY_NONE: none of these. */
day day_parse_partial(str s);
day day_of(int year, int month, int dayofmonth); /* DAY_NONE when there is no such day */
void day_split(day d, int *year, int *month, int *dayofmonth);

enum { DAY_TEXT = 11 };
str day_text(day d, char to[DAY_TEXT]); /* YYYY-MM-DD; empty for DAY_NONE and DAY_FOREVER */

/* The day somebody born on that day turns this age: 1 March for 29 February in a common year. */
day day_birthday(day born, int age);
/* n months later; the last day of the month when there is no such day. */
day day_add_months(day d, int n);

typedef struct period {
	day from, to; /* both included */
} period;
static inline bool
period_has(period p, day d)
{
	return d >= p.from && d <= p.to;
}
