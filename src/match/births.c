#include "match/births.h"

#include <stdlib.h>
#include <string.h>

#include "model/fold.h"

/* --- reading --- */

struct piece {
	int value, digits, month; /* month: a word that names one, else 0 */
};
enum { PIECES = 6, SERIAL_FIRST = 1000, SERIAL_LAST = 47000, SERIAL_ZERO = 25569 };

static int
month_named(str w)
{
	static const char *const begin[] = { "jan", "fe", "mar", "av", "mai", "juin", "juil", "ao", "sep", "oct", "nov", "de",
		"ap", "may", "jun", "jul", "aug" };
	static const int months[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 4, 5, 6, 7, 8 };

	for (size_t i = 0; w.len >= 3 && i < sizeof months / sizeof *months; i++)
		if (str_starts(w, str_of(begin[i])))
			return months[i];
	return 0;
}

/* Of digits alone, at most eight: 03 is 3. */
static int
value_of(str digits)
{
	int n = 0;

	for (size_t i = 0; i < digits.len; i++)
		n = n * 10 + (digits.s[i] - '0');
	return n;
}

static size_t
cut(str s, struct piece to[PIECES])
{
	size_t n = 0;

	while (s.len > 0 && n < PIECES) {
		size_t i = 0;
		bool digit = s.s[0] >= '0' && s.s[0] <= '9', letter = s.s[0] >= 'a' && s.s[0] <= 'z';

		while (i < s.len && ((digit && s.s[i] >= '0' && s.s[i] <= '9') || (letter && s.s[i] >= 'a' && s.s[i] <= 'z')))
			i++;
		if (digit && i <= 8)
			to[n++] = (struct piece){ .value = value_of((str){ s.s, i }), .digits = (int)i };
		else if (letter && month_named((str){ s.s, i }) > 0)
			to[n++] = (struct piece){ .month = month_named((str){ s.s, i }) };
		i += !digit && !letter;
		s = (str){ s.s + i, s.len - i };
	}
	return n;
}

static int
whole_year(struct piece p)
{
	return p.digits > 2 ? p.value : p.value <= 25 ? 2000 + p.value : 1900 + p.value;
}

static struct birth_reading
of(int year, int month, int d)
{
	return (struct birth_reading){ (uint16_t)year, (uint8_t)month, (uint8_t)d };
}

static struct birth_reading
of_day(day d)
{
	int y = 0, m = 0, dd = 0;

	if (d < -73000 || d > 73000)
		return (struct birth_reading){ 0 };
	day_split(d, &y, &m, &dd);
	return of(y, m, dd);
}

/* Eight digits, or the number of a spreadsheet. */
static struct birth_reading
of_number(struct piece p)
{
	const int v = p.value;

	if (p.digits == 8 && v / 10000 >= 1850 && v / 10000 <= 2100)
		return of(v / 10000, v / 100 % 100, v % 100);
	if (p.digits == 8 && v / 10000 >= 1300 && v / 10000 <= 1450)
		return of(v / 10000, v / 100 % 100, v % 100);
	if (p.digits >= 7 && p.digits <= 8)
		return of(v % 10000, v / 10000 % 100, v / 1000000);
	if (p.digits == 4)
		return of(v, 0, 0);
	if (p.digits >= 4 && v >= SERIAL_FIRST && v <= SERIAL_LAST)
		return of_day(v - SERIAL_ZERO);
	if (p.digits == 6)
		return of(whole_year((struct piece){ .value = v % 100, .digits = 2 }), v / 100 % 100, v / 10000);
	return (struct birth_reading){ 0 };
}

static struct birth_reading
of_pieces(const struct piece *p, size_t n)
{
	if (n == 1)
		return of_number(p[0]);
	if (n == 2 && p[0].digits == 4)
		return of(p[0].value, p[1].month > 0 ? p[1].month : p[1].value, 0);
	if (n == 2)
		return of(whole_year(p[1]), p[0].month > 0 ? p[0].month : p[0].value, 0);
	if (p[0].digits >= 3)
		return of(p[0].value, p[1].month > 0 ? p[1].month : p[1].value, p[2].value);
	if (p[0].month > 0)
		return of(whole_year(p[2]), p[0].month, p[1].value);
	if (p[1].month > 0)
		return of(whole_year(p[2]), p[1].month, p[0].value);
	if (p[1].value > 12 && p[0].value <= 12)
		return of(whole_year(p[2]), p[0].value, p[1].value);
	return of(whole_year(p[2]), p[1].value, p[0].value);
}

static day
from_solar(int year, int month, int d)
{
	day first = day_of(year + 621, 3, 21);

	if (first == DAY_NONE || month < 1 || month > 12 || d < 1 || d > 31)
		return DAY_NONE;
	return first + (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + d - 1;
}

static day
from_lunar(int year, int month, int d)
{
	if (month < 1 || month > 12 || d < 1 || d > 30)
		return DAY_NONE;
	return (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + d + 1948440 - 385 - 2440588;
}

static void
add_reading(struct birth *b, struct birth_reading r)
{
	if (r.year != 0 && b->n < BIRTH_READINGS)
		b->as[b->n++] = r;
}

struct birth
birth_read(str s)
{
	struct piece p[PIECES] = { 0 };
	struct birth b = { 0 };
	struct folded f = { .len = 0 };
	struct birth_reading r;
	size_t n;

	if (s.len == 0 || s.len > 40)
		return b;
	folded_add(&f, s);
	f.s[f.len] = '\0';
	n = cut(folded_str(&f), p);
	if (n == 0)
		return b;
	r = of_pieces(p, n > 3 ? 3 : n);
	if (r.year >= 1300 && r.year < 1450) {
		if (r.month == 0) {
			add_reading(&b, of(r.year + 621, 0, 0));
			return b;
		}
		add_reading(&b, of_day(from_solar(r.year, r.month, r.day)));
		add_reading(&b, of(r.year + 621, r.month, r.day));
		add_reading(&b, of_day(from_lunar(r.year, r.month, r.day)));
		return b;
	}
	if (r.year >= 1000 && r.year < 2200)
		add_reading(&b, r);
	return b;
}

/* --- agreeing --- */

static bool
first_of_year(struct birth_reading r)
{
	return r.month == 0 || (r.month == 1 && r.day <= 1);
}

static bool
one_slip(struct birth_reading a, struct birth_reading b, int *differ)
{
	char s[12], t[12];
	int n = 0, first = -1, last = -1;
	int v = a.year * 10000 + a.month * 100 + a.day, w = b.year * 10000 + b.month * 100 + b.day;

	for (int i = 7; i >= 0; i--, v /= 10, w /= 10) {
		s[i] = (char)(v % 10);
		t[i] = (char)(w % 10);
		if (s[i] != t[i]) {
			n++;
			first = i;
			last = last < 0 ? i : last;
		}
	}
	*differ = n;
	return n == 1 || (n == 2 && last == first + 1 && s[first] == t[last] && s[last] == t[first]);
}

static bool
days_near(struct birth_reading a, day b)
{
	day d = day_of(a.year, a.month, a.day);

	return d != DAY_NONE && b != DAY_NONE && abs(d - b) <= 1;
}

/* Typed with the year of our calendar and the month and day of the other. */
static bool
half_converted(struct birth_reading a, struct birth_reading b)
{
	return days_near(b, from_solar(a.year - 621, a.month, a.day)) || days_near(a, from_solar(b.year - 621, b.month, b.day));
}

static enum birth_level
readings_level(struct birth_reading a, struct birth_reading b)
{
	const bool first = first_of_year(a), other_first = first_of_year(b);
	int differ;

	if (a.year == b.year) {
		if (first && other_first)
			return BIRTH_FIRST;
		if (a.month == b.month && a.day == b.day)
			return a.day == 0 ? BIRTH_DEFAULT : BIRTH_SAME;
		if (a.month == b.day && a.day == b.month)
			return BIRTH_SWAPPED;
		if (first || other_first || a.day == 0 || b.day == 0)
			return BIRTH_DEFAULT;
		if (one_slip(a, b, &differ))
			return BIRTH_DIGIT;
		return half_converted(a, b) ? BIRTH_CALENDAR : BIRTH_YEAR;
	}
	if (!first && !other_first && a.day > 0 && b.day > 0) {
		if (one_slip(a, b, &differ))
			return BIRTH_DIGIT;
		if (a.month == b.month && a.day == b.day)
			return BIRTH_DAY;
		if (half_converted(a, b))
			return BIRTH_CALENDAR;
		return differ == 2 ? BIRTH_NEXT : BIRTH_OTHER;
	}
	return abs(a.year - b.year) == 1 ? BIRTH_NEXT : BIRTH_OTHER;
}

enum birth_level
births_level(const struct birth *a, const struct birth *b)
{
	enum birth_level best = BIRTH_OTHER;

	if (a->n == 0 || b->n == 0)
		return BIRTH_UNKNOWN;
	for (size_t i = 0; i < a->n; i++) {
		for (size_t j = 0; j < b->n; j++) {
			enum birth_level l = readings_level(a->as[i], b->as[j]);

			if (l < best)
				best = l;
		}
	}
	if (a->n + b->n > 2 && best == BIRTH_OTHER && a->n != b->n)
		for (size_t i = 0; i < a->n; i++)
			for (size_t j = 0; j < b->n; j++)
				if (days_near(a->as[i], day_of(b->as[j].year, b->as[j].month, b->as[j].day)))
					return BIRTH_CALENDAR;
	return best;
}
