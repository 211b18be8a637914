/* understand_number.c - amounts, lengths of time, phone numbers, addresses, marks of attendance */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/understand.h"
#include "model/identifiers.h"

enum { DIGITS_MAX = 15 };

struct amount { /* in thousandths, so that 3,125 hours are not rounded too early */
	int64_t thousandths;
	bool ok, guessed, decimals;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Without blanks of any kind, and without signs of currency or thousands: "1 000,50 €" becomes "1000,50". */
static str
without_blanks(struct arena *a, str s)
{
	static const char *const gone[] = { " ", "\t", "\n", "\r", "\u00a0", "\u202f", "\u2009", "\u2007", "€", "'", "\u2019" };
	char *to = arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len;) {
		size_t skip = 0;

		for (size_t k = 0; k < sizeof gone / sizeof *gone && skip == 0; k++) {
			str g = str_of(gone[k]);

			skip = str_starts((str){ s.s + i, s.len - i }, g) ? g.len : 0;
		}
		if (skip == 0)
			to[n++] = s.s[i++];
		i += skip;
	}
	return (str){ to, n };
}

/* Digits in groups: where the decimals begin, s.len when there are none. */
static size_t
decimals_begin(str s, bool *guessed, bool *wrong)
{
	size_t dots = 0, commas = 0, last = s.len, after;
	char kind = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] != '.' && s.s[i] != ',') {
			*wrong |= !is_digit(s.s[i]);
			continue;
		}
		dots += s.s[i] == '.';
		commas += s.s[i] == ',';
		last = i;
		kind = s.s[i];
	}
	if (dots + commas == 0)
		return s.len;
	after = s.len - last - 1;
	if (dots > 0 && commas > 0) { /* the last kind is that of the decimals, and comes once */
		*wrong |= (kind == '.' ? dots : commas) > 1 || after == 0;
		return last;
	}
	*wrong |= dots + commas > 1 && after != 3;
	if (dots + commas > 1)
		return s.len;
	if (after == 3 && last >= 1 && last <= 3 && !(last == 1 && s.s[0] == '0')) {
		*guessed = true; /* 1.000: a thousand */
		return s.len;
	}
	return last;
}

static struct amount
read_amount(str s)
{
	struct amount v = { .ok = true };
	bool wrong = s.len == 0, minus = false;
	size_t point, decimals = 0, digits = 0;

	if (s.len > 2 && s.s[0] == '(' && s.s[s.len - 1] == ')')
		minus = true, s = (str){ s.s + 1, s.len - 2 };
	else if (s.len > 1 && (s.s[0] == '-' || s.s[0] == '+'))
		minus = s.s[0] == '-', s = (str){ s.s + 1, s.len - 1 };
	point = decimals_begin(s, &v.guessed, &wrong);
	for (size_t i = 0; i < s.len && !wrong; i++) {
		if (!is_digit(s.s[i]) || (i > point && decimals == 3))
			continue;
		v.thousandths = v.thousandths * 10 + (s.s[i] - '0');
		decimals += i > point;
		digits++;
		wrong |= digits > DIGITS_MAX;
	}
	for (; decimals < 3 && !wrong; decimals++)
		v.thousandths *= 10;
	v.decimals = v.thousandths % 1000 != 0;
	v.ok = !wrong && digits > 0;
	v.thousandths = minus ? -v.thousandths : v.thousandths;
	return v;
}

static str
cut_ending(str s, const char *ending)
{
	str e = str_of(ending);

	return s.len > e.len && str_ends(s, e) ? (str){ s.s, s.len - e.len } : s;
}

struct understood
understand_amount(struct reading *r, str text)
{
	const char *expected = tr("an amount such as 1000,50");
	struct buf b = { 0 };
	struct amount v;
	str out;

	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	out = without_blanks(r->a, text);
	v = read_amount(cut_ending(cut_ending(cut_ending(out, "euros"), "EUR"), "eur"));
	if (!v.ok || v.thousandths < 0 || v.thousandths % 10 != 0 || v.thousandths / 1000 >= COUNT_MAX)
		return understood(SENSE_REFUSED, S(""), expected);
	decimal_short(&b, v.thousandths / 10);
	out = str_dup(r->a, buf_str(&b));
	buf_release(&b);
	return understood(v.guessed ? SENSE_GUESSED : SENSE_CERTAIN, out,
	    v.guessed ? str_format(r->a, tr("read as: %.*s"), STR_ARG(out)).s : NULL);
}

struct understood
understand_count(struct reading *r, str text)
{
	struct understood u = understand_amount(r, text);

	if (u.sense == SENSE_REFUSED || (u.value.len > 0 && !str_number(u.value).ok))
		return understood(SENSE_REFUSED, S(""), tr("a whole number"));
	return u;
}

/* ---- lengths of time ---- */

static struct understood
minutes_of(struct reading *r, int64_t minutes, bool guessed)
{
	str value = str_format(r->a, "%lld", (long long)minutes);

	if (minutes < 0 || minutes > COUNT_MAX)
		return understood(SENSE_REFUSED, S(""), tr("a length of time such as 3h30, 3,5 h or 210 min"));
	return understood(guessed ? SENSE_GUESSED : SENSE_CERTAIN, value,
	    guessed ? str_format(r->a, tr("read as %lld minutes"), (long long)minutes).s : NULL);
}

/* "3h30", "3h", "3:30", "03:30:00", "1 h 05 min"; -1: not of this form. */
static int64_t
clock_form(str s)
{
	int64_t parts[3] = { 0 };
	size_t n = 0, digits = 0;

	s = cut_ending(cut_ending(cut_ending(s, "minutes"), "min"), "mn");
	for (size_t i = 0; i < s.len; i++) {
		if (is_digit(s.s[i]) && n < 3) {
			if (++digits > 6)
				return -1;
			parts[n] = parts[n] * 10 + (s.s[i] - '0');
		} else if ((s.s[i] == 'h' || s.s[i] == 'H' || s.s[i] == ':') && digits > 0 && n < 2) {
			n++;
			digits = 0;
		} else {
			return -1;
		}
	}
	return n == 0 || (n == 2 && digits == 0) || parts[1] > 59 || parts[2] > 59 ? -1
										   : parts[0] * 60 + parts[1] + (parts[2] >= 30);
}

struct timed { /* a number and the unit written after it */
	struct amount v;
	enum unit_of_time unit;
	bool said;
};

static struct timed
take_unit(str s)
{
	static const struct {
		const char *ending;
		enum unit_of_time unit;
	} units[] = { { "minutes", TIME_MINUTES }, { "minute", TIME_MINUTES }, { "min", TIME_MINUTES }, { "mn", TIME_MINUTES },
		{ "heures", TIME_HOURS }, { "heure", TIME_HOURS }, { "hours", TIME_HOURS }, { "hour", TIME_HOURS },
		{ "hrs", TIME_HOURS }, { "h", TIME_HOURS }, { "H", TIME_HOURS } };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		str cut = cut_ending(s, units[i].ending);

		if (cut.len != s.len)
			return (struct timed){ read_amount(cut), units[i].unit, true };
	}
	return (struct timed){ read_amount(s), TIME_UNKNOWN, false };
}

struct understood
understand_minutes(struct reading *r, str text, enum unit_of_time unit)
{
	enum { HOURS_MOST = 24 * 1000 }; /* a bare number above is minutes */
	struct timed t;
	int64_t clock;
	str s;

	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	s = without_blanks(r->a, text);
	if ((clock = clock_form(s)) >= 0)
		return minutes_of(r, clock, false);
	t = take_unit(s);
	if (!t.v.ok || t.v.thousandths < 0 || t.v.thousandths > COUNT_MAX * 10)
		return understood(SENSE_REFUSED, S(""), tr("a length of time such as 3h30, 3,5 h or 210 min"));
	if (!t.said)
		t.unit = unit != TIME_UNKNOWN ? unit : t.v.thousandths <= HOURS_MOST ? TIME_HOURS : TIME_MINUTES;
	return minutes_of(r, t.unit == TIME_HOURS ? (t.v.thousandths * 60 + 500) / 1000 : (t.v.thousandths + 500) / 1000,
	    !t.said && unit == TIME_UNKNOWN);
}

static str
mark_word(struct reading *r, str text)
{
	str s = str_trim(text);

	if (str_is(s, "\u2713") || str_is(s, "\u2714") || str_is(s, "\u2611"))
		return S("present");
	if (str_is(s, "\u2717") || str_is(s, "\u2718") || str_is(s, "\u2612"))
		return S("absent");
	(void)r;
	return (str){ 0 };
}

struct understood
understand_mark(struct reading *r, str text, enum unit_of_time unit)
{
	str drawn = mark_word(r, text);
	struct understood u;
	bool flag = str_is(str_trim(text), "1") && unit != TIME_UNKNOWN;

	if (drawn.len > 0)
		return understood(SENSE_CERTAIN, drawn, NULL);
	if (!flag) {
		u = understand_word(r, "mark", NULL, text);
		if (u.sense != SENSE_REFUSED)
			return u;
	}
	u = understand_minutes(r, text, unit);
	if (u.sense == SENSE_REFUSED)
		u.say = tr("P (present), A (absent), E (excused) or a length of time such as 3h");
	else if (str_is(u.value, "0"))
		return understood(SENSE_CERTAIN, S("absent"), NULL);
	return u;
}

/* ---- phone, e-mail ---- */

/* Digits alone, with a + that stands first. */
static str
phone_digits(struct arena *a, str s, bool *wrong)
{
	char *to = arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (is_digit(s.s[i]) || (s.s[i] == '+' && n == 0))
			to[n++] = s.s[i];
		else
			*wrong |= strchr(" .-()/_", s.s[i]) == NULL;
	}
	return (str){ to, n };
}

static str
in_pairs(struct arena *a, const char *ten)
{
	return str_format(a, "%.2s %.2s %.2s %.2s %.2s", ten, ten + 2, ten + 4, ten + 6, ten + 8);
}

struct understood
understand_phone(struct reading *r, str text)
{
	bool wrong = false;
	str d, national = { 0 };

	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	d = phone_digits(r->a, without_blanks(r->a, text), &wrong);
	if (str_starts(d, S("0033")))
		national = (str){ d.s + 4, d.len - 4 };
	else if (str_starts(d, S("+33")))
		national = (str){ d.s + 3, d.len - 3 };
	if (national.len == 10 && national.s[0] == '0')
		national = (str){ national.s + 1, 9 }; /* +33 (0)6 */
	if (wrong || d.len < 4 || d.len > 40)
		return understood(SENSE_LEFT_OUT, S(""), tr("a phone number: left empty"));
	if (national.len == 9)
		return understood(SENSE_CERTAIN, in_pairs(r->a, str_format(r->a, "0%.*s", STR_ARG(national)).s), NULL);
	if (d.len == 10 && d.s[0] == '0')
		return understood(SENSE_CERTAIN, in_pairs(r->a, d.s), NULL);
	if (d.len == 9 && d.s[0] != '0' && d.s[0] != '+') /* the first 0 is lost when a spreadsheet takes it for a number */
		return understood(
		    SENSE_GUESSED, in_pairs(r->a, str_format(r->a, "0%.*s", STR_ARG(d)).s), tr("a first 0 was put back"));
	if (d.len == 20 && d.s[0] == '0' && d.s[10] == '0')
		return understood(SENSE_GUESSED, in_pairs(r->a, d.s), tr("two numbers: the first is kept"));
	if (d.s[0] == '+' && d.len >= 8 && d.len <= 16)
		return understood(SENSE_CERTAIN, d, NULL);
	if (str_starts(d, S("00")) && d.len >= 9 && d.len <= 17)
		return understood(SENSE_CERTAIN, str_format(r->a, "+%.*s", (int)d.len - 2, d.s + 2), NULL);
	return understood(SENSE_LEFT_OUT, S(""), tr("a phone number: left empty"));
}

struct understood
understand_email(struct reading *r, str text)
{
	str s = str_trim(text), domain, name;
	char *to;

	if (says_nothing(r, s))
		return understood(SENSE_EMPTY, S(""), NULL);
	name = str_cut(s, '@', &domain);
	if (name.len == 0 || domain.len < 3 || memchr(domain.s, '.', domain.len) == NULL ||
	    memchr(domain.s, '@', domain.len) != NULL || memchr(s.s, ' ', s.len) != NULL || s.len > 254)
		return understood(SENSE_LEFT_OUT, S(""), tr("an e-mail address: left empty"));
	to = arena_copy(r->a, s.s, s.len);
	for (size_t i = 0; i < s.len; i++)
		to[i] = to[i] >= 'A' && to[i] <= 'Z' ? (char)(to[i] | 0x20) : to[i];
	return understood(SENSE_CERTAIN, (str){ to, s.len }, NULL);
}

/* ---- names ---- */

/* Written in capitals: no small letter, and one capital at least of a script that has them. */
static bool
capitals(struct arena *a, str word)
{
	bool large = false;

	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.s[i];

		if (c >= 'a' && c <= 'z')
			return false;
		/* é è à ç ...: small letters of Latin-1 are C3 A0 to C3 BF, capitals C3 80 to C3 9F */
		if (c == 0xc3 && i + 1 < word.len && (unsigned char)word.s[i + 1] >= 0xa0)
			return false;
		large |= c >= 'A' && c <= 'Z';
	}
	(void)a;
	return large && word.len > 1;
}

static str
without_title(struct arena *a, str s)
{
	str rest = s, word = str_cut(s, ' ', &rest);

	return rest.len > 0 && fold_in(fold(a, word), "m,mr,mme,mlle,monsieur,madame,mademoiselle,mrs,ms") ? str_trim(rest) : s;
}

/* One blank between words, whatever blanks were typed. */
static str
single_blanks(struct arena *a, str s)
{
	char *to = arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		bool hard = (unsigned char)s.s[i] == 0xc2 && i + 1 < s.len && (unsigned char)s.s[i + 1] == 0xa0;
		bool blank = hard || s.s[i] == ' ' || s.s[i] == '\t' || s.s[i] == '\n' || s.s[i] == '\r';

		i += hard;
		if (!blank)
			to[n++] = s.s[i];
		else if (n > 0 && to[n - 1] != ' ')
			to[n++] = ' ';
	}
	while (n > 0 && to[n - 1] == ' ')
		n--;
	return (str){ to, n };
}

/* Where the words of one kind end: capitals first, or capitals last; 0 when they do not part the name in two. */
static size_t
parted_by_capitals(struct arena *a, str s, bool *capitals_first)
{
	size_t place = 0;
	bool previous = false, first = true;
	int changes = 0;

	for (str rest = s; rest.s != NULL;) {
		str word = str_cut(rest, ' ', &rest);
		bool now = capitals(a, word);

		if (first)
			*capitals_first = now;
		else if (now != previous) {
			changes++;
			place = (size_t)(word.s - s.s);
		}
		previous = now;
		first = false;
	}
	return changes == 1 ? place : 0;
}

struct understood_name
understand_name(struct reading *r, str text, bool given_first)
{
	struct understood_name out = { .sense = SENSE_CERTAIN };
	bool capitals_first = false;
	size_t place;
	str s, before, after;

	if (says_nothing(r, text))
		return (struct understood_name){ .sense = SENSE_EMPTY };
	s = without_title(r->a, single_blanks(r->a, text));
	before = str_cut(s, ',', &after);
	if (after.len > 0) {
		out.family = str_trim(before);
		out.given = str_trim(after);
		return out;
	}
	place = parted_by_capitals(r->a, s, &capitals_first);
	if (place == 0) { /* the order of the heading, at the first or last blank */
		before = str_cut(s, ' ', &after);
		place = after.len == 0 ? s.len : before.len + 1;
		capitals_first = !given_first;
		out.sense = SENSE_GUESSED;
	}
	before = str_trim((str){ s.s, place });
	after = str_trim((str){ s.s + place, s.len - place });
	if (after.len == 0) {
		out.family = before; /* one name alone: some people have one */
		return out;
	}
	out.family = capitals_first ? before : after;
	out.given = capitals_first ? after : before;
	if (out.sense == SENSE_GUESSED)
		out.say =
		    str_format(r->a, tr("read as family name %.*s, given name %.*s"), STR_ARG(out.family), STR_ARG(out.given)).s;
	return out;
}
