#include "base/decimal.h"

#include <stdlib.h>

#include "base/err.h"

__extension__ typedef __int128 wide; /* sums of money times 200 must not overflow */

number
decimal_parse(str s)
{
	str rest, whole = str_cut(s, '.', &rest);
	number n = str_number(whole);
	int64_t hundredths = 0;

	if (!n.ok || n.value < 0 || n.value > INT64_MAX / 1000 || whole.len == 0)
		return (number){ 0 };
	if (rest.s != NULL) {
		if (rest.len < 1 || rest.len > 2)
			return (number){ 0 };
		for (size_t i = 0; i < rest.len; i++) {
			if (rest.s[i] < '0' || rest.s[i] > '9')
				return (number){ 0 };
			hundredths = hundredths * 10 + (rest.s[i] - '0');
		}
		if (rest.len == 1)
			hundredths *= 10;
	}
	return (number){ n.value * 100 + hundredths, true };
}

bool
decimal_long(str s)
{
	str decimals, whole = str_cut(s, '.', &decimals);
	number n = str_number(whole);

	for (size_t i = 0; i < decimals.len; i++) {
		if (decimals.s[i] < '0' || decimals.s[i] > '9')
			return false;
	}
	return n.ok && n.value >= 0 && (decimals.s == NULL || decimals.len > 0);
}

bool
decimal_above(str s, int64_t whole)
{
	str decimals;
	number n = str_number(str_cut(s, '.', &decimals));

	if (!decimal_long(s))
		return false;
	while (decimals.len > 0 && decimals.s[decimals.len - 1] == '0')
		decimals.len--;
	return n.value > whole || (n.value == whole && decimals.len > 0);
}

int64_t
decimal_ratio(int64_t numerator, int64_t denominator)
{
	wide n = (wide)numerator * 200 + denominator;

	if (numerator < 0 || denominator <= 0)
		bug("ratio %lld / %lld", (long long)numerator, (long long)denominator);
	return (int64_t)(n / ((wide)denominator * 2));
}

static void
fraction(struct buf *b, int64_t hundredths, char mark, bool all)
{
	int f = (int)(llabs(hundredths) % 100);

	if (f == 0 && !all)
		return;
	buf_char(b, mark);
	buf_char(b, (char)('0' + f / 10));
	if (f % 10 != 0 || all)
		buf_char(b, (char)('0' + f % 10));
}

static void
sign(struct buf *b, int64_t v)
{
	if (v < 0)
		buf_char(b, '-');
}

void
decimal_short(struct buf *b, int64_t v)
{
	sign(b, v);
	buf_int(b, llabs(v) / 100);
	fraction(b, v, '.', false);
}

void
decimal_money(struct buf *b, int64_t v)
{
	sign(b, v);
	buf_int(b, llabs(v) / 100);
	fraction(b, v, '.', true);
}

static void
thousands(struct buf *b, int64_t v)
{
	if (v >= 1000) {
		thousands(b, v / 1000);
		buf_add(b, S("\u202f"));
		buf_format(b, "%03d", (int)(v % 1000));
	} else {
		buf_int(b, v);
	}
}

void
decimal_french(struct buf *b, int64_t v, int decimals)
{
	sign(b, v);
	thousands(b, llabs(v) / 100);
	if (decimals > 0)
		fraction(b, v, ',', true);
}

void
decimal_french_short(struct buf *b, int64_t v)
{
	sign(b, v);
	thousands(b, llabs(v) / 100);
	fraction(b, v, ',', false);
}
