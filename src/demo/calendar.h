/* calendar.h - when people meet in France: not at weekends, on public holidays, nor in school holidays */
#pragma once
#include "base/holidays.h"

bool school_week(day monday); /* roughly, for every zone: the dates of a year are set by decree */
day working_day(day d);       /* the first from d on that is neither at a weekend nor a public holiday */
