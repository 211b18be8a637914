/* moment.h - instants, as milliseconds since 1970-01-01 UTC. The clock is never read here: it is a parameter. */
#pragma once
#include "base/date.h"

struct arena;
str moment_text(struct arena *a, int64_t ms); /* 2026-01-31T12:00:00.000Z */
day moment_day(int64_t ms);                   /* on the user's wall (the zone of the process), not in Greenwich */
int64_t moment_midnight(day d);               /* when that day begins there */
/* Back from the text of moment_text; -1: it is not one. */
int64_t moment_parse(str s);
