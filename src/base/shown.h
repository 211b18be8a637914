/* shown.h - numbers, money and days as people read them, by text_language(). Exports and other programs get the plain
 * forms of decimal.h and date.h instead. */
#pragma once
#include "base/buf.h"
#include "base/date.h"

void shown_number(struct buf *b, int64_t n);           /* fr: 1 234 with a narrow no-break space; en: 1,234 */
void shown_decimal(struct buf *b, int64_t hundredths); /* fr: 1 234,5; en: 1,234.5; no trailing zeros */
void shown_money(struct buf *b, int64_t cents);        /* fr: 1 234,50 €; en: €1,234.50 */

/* fr: 31/08/2025; en: 2025-08-31. Empty for DAY_NONE and DAY_FOREVER. NUL-terminated. */
str day_shown(day d, char to[DAY_TEXT]);
/* fr: dimanche 31 août 2025, 1er for the first; en: Sunday 31 August 2025 */
void shown_day_long(struct buf *b, day d);

/* On the wall's clock, to the minute. fr: 31/08/2025 à 14 h 07; en: 2025-08-31 at 14:07 */
void shown_moment(struct buf *b, int64_t ms);
