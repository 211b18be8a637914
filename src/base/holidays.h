/* holidays.h - days of the week, and the public holidays of mainland France (code du travail, article L3133-1): computed, for any year */
#pragma once
#include "base/date.h"

int weekday(day d); /* Monday 0 */
day monday_of(day d);
day easter_sunday(int year);
const char *public_holiday_name(day d); /* N_; NULL: it is none */
static inline bool
public_holiday(day d)
{
	return public_holiday_name(d) != NULL;
}
