/* births.h - birth dates as people type them, and how two of them agree. A date that exists in no calendar is kept as its digits:
 * it is somebody's slip, and the other digits still tell. */
#pragma once
#include "base/date.h"

enum { BIRTH_READINGS = 3 };
struct birth {
	uint16_t n; /* readings; 0: not known */
	struct birth_reading {
		uint16_t year;
		uint8_t month, day; /* 0: not known */
	} as[BIRTH_READINGS];       /* the first as written, then from other calendars */
};
/* 1990-03-04, 04/03/1990, 4.3.90, 19900304, 4 mars 1990, 1990, 03/1990, the number of a spreadsheet, solar and lunar hijri. */
struct birth birth_read(str s);

enum birth_level {
	BIRTH_SAME,
	BIRTH_FIRST,    /* the same year, both on 1 January or without a day: what is written when the day is not known */
	BIRTH_SWAPPED,  /* day and month exchanged */
	BIRTH_CALENDAR, /* one is the other from another calendar, give or take a day */
	BIRTH_DIGIT,    /* one digit differs, or two neighbours are exchanged */
	BIRTH_DEFAULT,  /* the same year, and one is on 1 January */
	BIRTH_DAY,      /* day and month agree, the year does not */
	BIRTH_YEAR,     /* the year agrees, day or month does not */
	BIRTH_NEXT,     /* years apart by one, one of them on 1 January; two different digits */
	BIRTH_OTHER,
	BIRTH_UNKNOWN,
	BIRTH_LEVELS,
};
enum birth_level births_level(const struct birth *a, const struct birth *b);
