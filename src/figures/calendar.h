/* calendar.h - the stretches of time that figures are read over. Three calendars live side by side: the contract's years,
 * counted from its signature; the civil year of the subsidy; September to August, the year of the sheets. And any two days.
 * Each has a word for addresses and the command line: contract-1, civil-2023, school-2022, 2022-10-17..2023-10-16.
 *
 * An objective is the contract's own for a year: it is shown as it stands, never cut to the length of another stretch;
 * span_is_year tells whether the two can be compared. */
#pragma once
#include "figures/book.h"

enum calendar { CALENDAR_CONTRACT, CALENDAR_CIVIL, CALENDAR_SCHOOL, CALENDAR_FREE };

struct span {
	enum calendar calendar;
	int year; /* of the contract from 1; the civil year; the one in which the school year begins; FREE: 0 */
	period days;
};

/* How many years the contract has (its last may be shorter than the others; 3 when it does not say how long it lasts).
 * 0: it is not signed, so that its years cannot be counted. */
int contract_years(const struct book_contract *c);
/* The year of that number in a calendar (not FREE); false: it has no such year. */
bool span_of_year(const struct book_contract *c, enum calendar calendar, int64_t year, struct span *out);
/* The contract year in progress, the first before the signature, the last afterwards; the civil year when it is unsigned. */
struct span span_today(const struct book_contract *c, day today);

/* NULL when the word is one, else what is expected, translated. */
const char *span_parse(struct arena *a, str word, const struct book_contract *c, struct span *out);
enum { SPAN_WORD = 24 };
str span_word(const struct span *s, char to[SPAN_WORD]);

/* What a page offers: each year of the contract, then the civil and the school years that it touches, in order. Of a
 * contract that is not signed, the civil and the school year of today. */
struct span *span_choices(struct arena *a, const struct book_contract *c, day today, int *n);

str span_label(struct arena *a, const struct span *s); /* Civil year 2023 */
str span_title(struct arena *a, const struct span *s); /* Civil year 2023: from 01/01/2023 to 31/12/2023 */
bool span_is_year(const struct span *s);               /* as long as a year, or one of the contract's */
