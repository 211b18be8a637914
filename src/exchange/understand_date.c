/* understand_date.c - dates as people write them: in any order, with names of months, or as the number a spreadsheet keeps */
#include <string.h>

#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/understand.h"

enum use { USE_ANY, USE_PAST, USE_BIRTH, USE_HEADING };
enum { PARTS = 3, YEAR_LEAST = 1900, YEAR_MOST = 2100 };
enum { SERIAL_LEAST = 7306, SERIAL_MOST = 73415, SERIAL_EPOCH = 25569 }; /* 1920-01-01, 2100-12-31, 1970-01-01 */

struct part { /* a number, or the name of a month */
	int value, digits;
	bool month;
};
struct parts {
	struct part v[PARTS];
	size_t n;
	bool wrong; /* there is something else */
	bool vague; /* "vers", "environ" */
};

static const char *const months[] = { "janvier,janv,jan,january", "fevrier,fevr,fev,february,feb", "mars,mar,march",
	"avril,avr,april,apr", "mai,may", "juin,june,jun", "juillet,juil,jul,july", "aout,aou,august,aug",
	"septembre,sept,sep,september", "octobre,oct,october", "novembre,nov,november", "decembre,dec,december" };
static const char skipped[] =
    "lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche,lun,mer,jeu,ven,sam,dim,monday,tuesday,wednesday,"
    "thursday,friday,saturday,sunday,mon,tue,wed,thu,fri,sat,sun,le,du,de,of,the,on,ne,nee,er,ere,eme,e,"
    "st,nd,rd,th,en,date";
static const char headings[] =
    "seance,cours,atelier,session,presence,presences,emargement,matin,apres,midi,am,pm,journee,groupe,s,j";

static int
month_named(str word)
{
	for (int i = 0; i < 12; i++) {
		if (fold_in(word, months[i]))
			return i + 1;
	}
	return 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
add_part(struct parts *p, struct part part)
{
	if (p->n == PARTS)
		p->wrong = true;
	else
		p->v[p->n++] = part;
}

static void
add_number(struct parts *p, str digits)
{
	int value = 0;

	p->wrong |= digits.len > 8;
	for (size_t i = 0; i < digits.len && i < 8; i++)
		value = value * 10 + (digits.s[i] - '0');
	add_part(p, (struct part){ value, (int)digits.len, false });
}

static void
add_word(struct parts *p, str word, enum use use)
{
	int month = month_named(word);

	if (month > 0)
		add_part(p, (struct part){ month, 0, true });
	else if (fold_in(word, "vers,env,environ,circa,about"))
		p->vague = true;
	else
		p->wrong |= !fold_in(word, skipped) && (use != USE_HEADING || !fold_in(word, headings));
}

/* Digits, or letters, from the start of the text. */
static str
run(str s)
{
	size_t n = 0;

	while (n < s.len && is_digit(s.s[n]) == is_digit(s.s[0]))
		n++;
	return (str){ s.s, n };
}

/* Whether what follows a whole date can be the time of the day. */
static bool
is_time(str rest)
{
	str word;

	while (fold_word(&rest, &word)) {
		while (word.len > 0) {
			str piece = run(word);

			if (is_digit(piece.s[0]) ? piece.len > 9 : !fold_in(piece, "t,z,h,m,s,min,utc,gmt,a,de"))
				return false;
			word = (str){ word.s + piece.len, word.len - piece.len };
		}
	}
	return true;
}

static struct parts
take_apart(str folded, enum use use)
{
	struct parts p = { 0 };
	str rest = folded, word;

	while (fold_word(&rest, &word)) {
		while (word.len > 0) {
			str piece = run(word);

			if (p.n == PARTS && !(use == USE_HEADING && !is_digit(piece.s[0]))) {
				str after = { word.s, (size_t)(folded.s + folded.len - word.s) };

				p.wrong |= !is_time(after);
				return p;
			}
			if (is_digit(piece.s[0]))
				add_number(&p, piece);
			else
				add_word(&p, piece, use);
			word = (str){ word.s + piece.len, word.len - piece.len };
		}
	}
	return p;
}

/* ---- years ---- */

static int
this_year(const struct reading *r)
{
	int y, m, d;

	day_split(r->today, &y, &m, &d);
	return y;
}

/* Two digits: somebody is born in the past, other dates are of now, give or take. */
static int
full_year(const struct reading *r, struct part p, enum use use, bool *guessed)
{
	int now = this_year(r), year = p.value;

	if (p.digits > 2)
		return year;
	year += 2000;
	if (use == USE_BIRTH)
		*guessed |= year <= now;
	if (year > (use == USE_BIRTH || use == USE_PAST ? now : now + 15))
		year -= 100;
	return year;
}

/* ---- what the parts mean ---- */

struct found {
	int y, m, d; /* m, d 0: not known */
	bool ok, guessed;
	const char *say; /* why guessed */
};

static struct found
ymd(int y, int m, int d)
{
	return (struct found){ y, m, d, true, false, NULL };
}

static struct found
guess(struct found f, const char *say)
{
	f.guessed = true;
	if (f.say == NULL)
		f.say = say;
	return f;
}

static bool
exists(int y, int m, int d)
{
	return y >= YEAR_LEAST && y <= YEAR_MOST && day_of(y, m == 0 ? 1 : m, d == 0 ? 1 : d) != DAY_NONE;
}

/* 19900301, 01031990, 310825, 45900. */
static struct found
one_number(const struct reading *r, struct part p, enum use use)
{
	bool guessed = false;
	int y, m, d, v = p.value;

	if (p.digits == 4 && v >= YEAR_LEAST && v <= YEAR_MOST)
		return ymd(v, 0, 0);
	if (p.digits == 8 && exists(v / 10000, v / 100 % 100, v % 100))
		return ymd(v / 10000, v / 100 % 100, v % 100);
	if (p.digits == 8 && exists(v % 10000, v / 10000 % 100, v / 1000000))
		return guess(ymd(v % 10000, v / 10000 % 100, v / 1000000), tr("read as day, month, year"));
	if (p.digits == 6) {
		y = full_year(r, (struct part){ v % 100, 2, false }, use, &guessed);
		if (exists(y, v / 100 % 100, v / 10000))
			return guess(ymd(y, v / 100 % 100, v / 10000), tr("read as day, month, year"));
	}
	if (v >= SERIAL_LEAST && v <= SERIAL_MOST && (p.digits == 4 || p.digits == 5)) {
		day_split(v - SERIAL_EPOCH, &y, &m, &d);
		return guess(ymd(y, m, d), tr("read as the number that a spreadsheet keeps for a date"));
	}
	return (struct found){ 0 };
}

static struct found
with_year(const struct reading *r, struct part year, int m, int d, enum use use)
{
	bool guessed = false;
	struct found f = ymd(full_year(r, year, use, &guessed), m, d);

	return guessed ? guess(f, tr("a year of two digits: read as of this century")) : f;
}

/* 12/03 in a heading: the last such day before today. */
static struct found
without_year(const struct reading *r, int m, int d)
{
	int y = this_year(r);

	if (m < 1 || m > 12)
		return (struct found){ 0 };
	if (!exists(y, m, d) || day_of(y, m, d) > r->today)
		y--;
	return guess(ymd(y, m, d), tr("without a year: read as the last such day before today"));
}

static struct found
two_parts(const struct reading *r, const struct part *p, enum use use)
{
	if (p[0].month && p[1].digits >= 2 && (p[1].digits == 4 || (use == USE_BIRTH && p[1].digits == 2)))
		return with_year(r, p[1], p[0].value, 0, use);
	if (p[1].month && p[0].digits == 4)
		return with_year(r, p[0], p[1].value, 0, use);
	if (use == USE_HEADING && p[1].month)
		return without_year(r, p[1].value, p[0].value);
	if (use == USE_HEADING && p[0].month)
		return without_year(r, p[0].value, p[1].value);
	if (p[0].digits == 4 && !p[1].month && p[1].digits <= 2)
		return ymd(p[0].value, p[1].value, 0);
	if (p[1].digits == 4 && !p[0].month && p[0].digits <= 2)
		return ymd(p[1].value, p[0].value, 0);
	if (use == USE_HEADING && p[0].digits <= 2 && p[1].digits <= 2)
		return p[0].value <= 12 && p[1].value > 12 ? without_year(r, p[0].value, p[1].value)
							   : without_year(r, p[1].value, p[0].value);
	return (struct found){ 0 };
}

/* Day and month, in the order that is possible, that the column shows, or that the country uses. */
static struct found
day_and_month(const struct reading *r, struct part year, int first, int second, enum use use)
{
	struct found f;

	if (first > 12 && second <= 12)
		return with_year(r, year, second, first, use);
	if (second > 12 && first <= 12) {
		f = with_year(r, year, first, second, use);
		return r->order == MONTH_FIRST ? f : guess(f, tr("read as month, day, year: there is no such month otherwise"));
	}
	if (r->order == MONTH_FIRST)
		return guess(with_year(r, year, first, second, use), tr("read as month, day, year, as others of the column"));
	f = with_year(r, year, second, first, use);
	return first == second || r->order == DAY_FIRST ? f : guess(f, tr("read as day, month, year"));
}

static struct found
three_parts(const struct reading *r, const struct part *p, enum use use)
{
	if (p[0].month)
		return with_year(r, p[2], p[0].value, p[1].value, use);
	if (p[1].month)
		return p[0].digits > 2 ? with_year(r, p[0], p[1].value, p[2].value, use)
				       : with_year(r, p[2], p[1].value, p[0].value, use);
	if (p[2].month || p[1].digits > 2)
		return (struct found){ 0 };
	if (p[0].digits == 4 && p[2].digits <= 2)
		return p[1].value > 12 ? guess(ymd(p[0].value, p[2].value, p[1].value), tr("read as year, day, month"))
				       : ymd(p[0].value, p[1].value, p[2].value);
	if (p[0].digits > 2 || (p[2].digits != 4 && p[2].digits != 2))
		return (struct found){ 0 };
	return day_and_month(r, p[2], p[0].value, p[1].value, use);
}

/* A number of a spreadsheet may have hours behind a point: 45900.604. */
static str
without_fraction(str text)
{
	size_t n = 0;

	while (n < text.len && is_digit(text.s[n]))
		n++;
	if (n != 5 || n + 2 > text.len || text.s[n] != '.')
		return text;
	for (size_t i = n + 1; i < text.len; i++) {
		if (!is_digit(text.s[i]))
			return text;
	}
	return text.len > n + 4 ? (str){ text.s, n } : text;
}

static struct found
find_date(struct reading *r, str text, enum use use)
{
	str trimmed = without_fraction(str_trim(text));
	struct parts p = take_apart(fold(r->a, trimmed), use);
	struct found f = { 0 };

	if (p.wrong || p.n == 0 || str_starts(trimmed, S("-")))
		return f;
	f = p.n == 1 ? one_number(r, p.v[0], use) : p.n == 2 ? two_parts(r, p.v, use) : three_parts(r, p.v, use);
	if (p.n == 1 && p.v[0].month)
		f.ok = false;
	f.ok = f.ok && exists(f.y, f.m, f.d) && (f.m > 0 || f.d == 0) && f.m <= 12;
	return p.vague && f.ok ? guess(f, tr("said to be approximate")) : f;
}

static str
written(struct reading *r, const struct found *f)
{
	if (f->m == 0)
		return str_format(r->a, "%04d", f->y);
	if (f->d == 0)
		return str_format(r->a, "%04d-%02d", f->y, f->m);
	return str_format(r->a, "%04d-%02d-%02d", f->y, f->m, f->d);
}

static struct understood
read_date(struct reading *r, str text, enum use use)
{
	const char *expected = use == USE_BIRTH ? tr("a date of birth such as 31/08/1990, or 1990 alone, in the past")
						: tr("a whole date such as 31/08/2025");
	struct found f;
	day on;

	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	f = find_date(r, text, use);
	if (!f.ok || (use != USE_BIRTH && f.d == 0))
		return understood(SENSE_REFUSED, S(""), expected);
	on = day_of(f.y, f.m == 0 ? 1 : f.m, f.d == 0 ? 1 : f.d);
	if ((use == USE_BIRTH || use == USE_PAST) && on > r->today)
		return understood(SENSE_REFUSED, S(""), tr("a date in the past"));
	return understood(f.guessed ? SENSE_GUESSED : SENSE_CERTAIN, written(r, &f), f.say);
}

struct understood
understand_date(struct reading *r, str text)
{
	return read_date(r, text, USE_ANY);
}

struct understood
understand_birth(struct reading *r, str text)
{
	return read_date(r, text, USE_BIRTH);
}

struct understood
understand_past(struct reading *r, str text)
{
	return read_date(r, text, USE_PAST);
}

struct understood
understand_heading_date(struct reading *r, str text)
{
	return read_date(r, text, USE_HEADING);
}

enum day_order
date_order(struct reading *r, str text)
{
	struct parts p = take_apart(fold(r->a, str_trim(text)), USE_ANY);

	if (p.wrong || p.n != 3 || p.v[0].month || p.v[1].month || p.v[0].digits > 2 || p.v[2].digits < 2)
		return ORDER_UNKNOWN;
	if (p.v[0].value > 12 && p.v[0].value <= 31 && p.v[1].value <= 12)
		return DAY_FIRST;
	if (p.v[1].value > 12 && p.v[1].value <= 31 && p.v[0].value <= 12)
		return MONTH_FIRST;
	return ORDER_UNKNOWN;
}
