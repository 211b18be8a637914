#include "daily/calendar_days.h"

#include "base/text.h"

#define SCHOOL_KNOWN_FROM "2022-09-01"
#define SCHOOL_KNOWN_UNTIL "2026-08-30"

const char *const zone_names[] = { "", "A", "B", "C" };

/* Académies: A Besançon, Bordeaux, Clermont-Ferrand, Dijon, Grenoble, Limoges, Lyon, Poitiers; B Aix-Marseille, Amiens, Lille, Nancy-Metz, Nantes,
 * Nice, Normandie, Orléans-Tours, Reims, Rennes, Strasbourg; C Créteil, Montpellier, Paris, Toulouse, Versailles. */
static const char *const departments[] = {
	"",
	"25 39 70 90 24 33 40 47 64 03 15 43 63 21 58 71 89 07 26 38 73 74 19 23 87 01 42 69 16 17 79 86",
	"04 05 13 84 02 60 80 59 62 54 55 57 88 44 49 53 72 85 06 83 14 27 50 61 76 18 28 36 37 41 45 08 10 51 52 22 29 35 56 67 68",
	"77 93 94 11 30 34 48 66 75 09 12 31 32 46 65 81 82 78 91 92 95",
};

static const struct {
	const char *name;
	int year;
	const char *days[6];
} holidays[] = {
#define HOLIDAY(name, year, ...) { name, year, { __VA_ARGS__ } },
#include "daily/school_holidays.def"
#undef HOLIDAY
};

enum school_zone
zone_of(str department)
{
	for (int z = ZONE_A; z <= ZONE_C; z++) {
		str left = str_of(departments[z]), one;

		while ((one = str_cut(left, ' ', &left)).len > 0) {
			if (str_eq(one, department))
				return (enum school_zone)z;
		}
	}
	return ZONE_NONE;
}

const char *
school_holiday_name(enum school_zone z, day d)
{
	for (unsigned i = 0; z != ZONE_NONE && i < sizeof holidays / sizeof *holidays; i++) {
		const char *const *days = &holidays[i].days[((int)z - 1) * 2];

		if (d >= day_parse(str_of(days[0])) && d <= day_parse(str_of(days[1])))
			return holidays[i].name;
	}
	return NULL;
}

day
school_known_until(void)
{
	return day_parse(S(SCHOOL_KNOWN_UNTIL));
}

bool
school_known(enum school_zone z, day d)
{
	return z != ZONE_NONE && d >= day_parse(S(SCHOOL_KNOWN_FROM)) && d <= school_known_until();
}
