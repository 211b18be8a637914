/* decimal.h - exact numbers with two decimals, kept as whole hundredths */
#pragma once
#include "base/buf.h"

/* "12", "12.5", "12.50"; digits and one dot, at most two decimals. The value is in hundredths. */
number decimal_parse(str s);
/* The same with any number of decimals: is it one, and is it more than this whole number? */
bool decimal_long(str s);
bool decimal_above(str s, int64_t whole);
/* numerator / denominator to hundredths, half up. Both >= 0, denominator > 0. */
int64_t decimal_ratio(int64_t numerator, int64_t denominator);

void decimal_short(struct buf *b, int64_t hundredths); /* 12.5, 3: no trailing zeros */
void decimal_money(struct buf *b, int64_t cents);      /* 250.00: always two */
/* The French way for people: narrow no-break space between thousands, comma, as many decimals as asked (0 or 2). */
void decimal_french(struct buf *b, int64_t hundredths, int decimals);
void decimal_french_short(struct buf *b, int64_t hundredths); /* 1 234,5 */
