/* calendar_days.h - days on which nobody is expected to come: public holidays, and the school holidays of a zone as far as they are published */
#pragma once
#include "base/holidays.h"

enum school_zone { ZONE_NONE, ZONE_A, ZONE_B, ZONE_C };
extern const char *const zone_names[]; /* "", "A", "B", "C" */
/* The zone follows from the academy, and that from the département ("63": A). NONE: Corsica, overseas, not said. */
enum school_zone zone_of(str department);

/* The school holidays that a day is in: N_; NULL: none, or not known (school_known). */
const char *school_holiday_name(enum school_zone z, day d);
/* Whether the calendar of that zone is known for that day: the last year that was published, and none before 2022. */
bool school_known(enum school_zone z, day d);
day school_known_until(void);
