/* limits.h - how long a sign-in lasts (login.h says which, and why); between the files of this room */
#pragma once
#include "access/viewer.h"

struct limits {
	int64_t idle_ms, whole_ms;
};
static inline struct limits
limits_of(enum role role, bool second_step)
{
	const int64_t minute = 60 * 1000, hour = 60 * minute;

	if (second_step)
		return (struct limits){ 10 * minute, 10 * minute };
	if (role == ROLE_beneficiary)
		return (struct limits){ 15 * minute, 2 * hour };
	if (role == ROLE_administrator)
		return (struct limits){ 30 * minute, 8 * hour };
	return (struct limits){ hour, 12 * hour };
}
enum { NOTED_EVERY_MS = 5 * 60 * 1000, DRAFT_MS = 12 * 3600 * 1000 };

/* A sign-in that lasts. Well before it was made, or before its last use, is the time of a clock set back: not trusted. */
static inline bool
limits_hold(const struct limits *l, int64_t made_ms, int64_t seen_ms, int64_t now_ms)
{
	int64_t latest = seen_ms > made_ms ? seen_ms : made_ms;

	return now_ms >= latest - NOTED_EVERY_MS && now_ms - made_ms < l->whole_ms && now_ms - seen_ms < l->idle_ms;
}
