#include "people/typed.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "model/entity.h"

/* --- dates: 31/08/1990, 31 08 1990, 31.8.90, 1990-08-31, 31081990, 31 août 1990, 08/1990, 1990 --- */

struct parts {
	int v[3];
	size_t len[3];
	size_t n;
};

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
split(str s, struct parts *p)
{
	*p = (struct parts){ 0 };
	for (size_t i = 0; i < s.len;) {
		if (!digit(s.s[i])) {
			if (strchr("/-. ", s.s[i]) == NULL)
				return false;
			i++;
			continue;
		}
		if (p->n == 3)
			return false;
		for (; i < s.len && digit(s.s[i]); i++) {
			if (++p->len[p->n] > 8)
				return false;
			p->v[p->n] = p->v[p->n] * 10 + (s.s[i] - '0');
		}
		p->n++;
	}
	return p->n > 0;
}

static bool
year_like(int y)
{
	return y >= 1900 && y <= 2100;
}

static void
put_date(struct typed *t, int y, int m, int d)
{
	if (year_like(y) && m == 0)
		snprintf(t->born, sizeof t->born, "%04u", (unsigned)y % 10000);
	else if (year_like(y) && d == 0 && m <= 12)
		snprintf(t->born, sizeof t->born, "%04u%02u", (unsigned)y % 10000, (unsigned)m % 100);
	else if (year_like(y) && day_of(y, m, d) != DAY_NONE)
		snprintf(t->born, sizeof t->born, "%04u%02u%02u", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)d % 100);
}

static bool
read_date(struct typed *t, str s)
{
	struct parts p;

	if (!split(s, &p))
		return false;
	if (p.n == 1 && p.len[0] == 4)
		put_date(t, p.v[0], 0, 0);
	if (p.n == 1 && p.len[0] == 8 && year_like(p.v[0] % 10000))
		put_date(t, p.v[0] % 10000, p.v[0] / 10000 % 100, p.v[0] / 1000000);
	else if (p.n == 1 && p.len[0] == 8)
		put_date(t, p.v[0] / 10000, p.v[0] / 100 % 100, p.v[0] % 100);
	if (p.n == 2 && p.len[1] == 4 && p.len[0] <= 2)
		put_date(t, p.v[1], p.v[0], 0);
	if (p.n == 2 && p.len[0] == 4 && p.len[1] <= 2)
		put_date(t, p.v[0], p.v[1], 0);
	if (p.n == 3 && p.len[2] == 4 && p.len[0] <= 2 && p.len[1] <= 2)
		put_date(t, p.v[2], p.v[1], p.v[0]);
	if (p.n == 3 && p.len[2] == 2 && p.len[0] <= 2 && p.len[1] <= 2) /* people are rather born in 1990 than in 2090 */
		put_date(t, p.v[2] + (p.v[2] < 30 ? 2000 : 1900), p.v[1], p.v[0]);
	if (p.n == 3 && p.len[0] == 4 && p.len[1] <= 2 && p.len[2] <= 2)
		put_date(t, p.v[0], p.v[1], p.v[2]);
	return t->born[0] != '\0';
}

/* The month of that name, in French or English; 0: it is none. */
static int
month_called(str word)
{
	static const char *const names[] = { "janvier janv january jan", "fevrier fevr february feb", "mars march",
		"avril avr april", "mai may", "juin june", "juillet juil july", "aout august aug", "septembre sept september",
		"octobre oct october", "novembre nov november", "decembre dec december" };
	struct folded f = { 0 };

	folded_add(&f, word);
	for (int i = 0; i < 12; i++) {
		if (choice_index(names[i], folded_str(&f)) >= 0)
			return i + 1;
	}
	return 0;
}

/* 31 août 1990, 1er mai 1988: three words and nothing else. */
static bool
read_long_date(struct typed *t)
{
	str rest = t->whole, word[3] = { 0 };
	number d, y;
	size_t n = 0;

	while (rest.len > 0 && n < 3)
		word[n++] = str_cut(rest, ' ', &rest);
	if (n < 3 || rest.len > 0)
		return false;
	if (str_ends(word[0], S("er")))
		word[0].len -= 2;
	d = str_number(word[0]);
	y = str_number(word[2]);
	if (!d.ok || !y.ok || d.value < 1 || d.value > 31 || word[2].len != 4)
		return false;
	put_date(t, (int)y.value, month_called(word[1]), (int)d.value);
	return strlen(t->born) == 8;
}

/* --- words --- */

static bool
has_digit(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (digit(s.s[i]))
			return true;
	}
	return false;
}

/* Letters are the name; words with digits are a date or nothing. */
static void
read_words(struct typed *t)
{
	str rest = t->whole;

	while (rest.len > 0) {
		str word = str_cut(rest, ' ', &rest);

		if (!has_digit(word))
			folded_add(&t->words, word);
		else if (t->born[0] == '\0')
			(void)read_date(t, word);
	}
	t->n = fold_words(folded_str(&t->words), t->v);
}

/* Every `from` written `to`; only at the beginning of a word when first is set. */
static void
respell(struct typed *t, char from, char to, bool first)
{
	struct folded *f = &t->other[t->others];
	bool changed = false;

	*f = t->words;
	for (size_t i = 0; i < f->len; i++) {
		if (f->s[i] == from && (!first || i == 0 || f->s[i - 1] == ' ')) {
			f->s[i] = to;
			changed = true;
		}
	}
	t->others += changed;
}

void
typed_read(struct typed *t, str s)
{
	*t = (struct typed){ .whole = str_trim(s), .digits = true };
	for (size_t i = 0; i < t->whole.len; i++) {
		t->digit_count += digit(t->whole.s[i]);
		t->digits &= digit(t->whole.s[i]) || strchr("/-. +()", t->whole.s[i]) != NULL;
	}
	t->digits &= t->digit_count > 0;
	if (t->digits)
		(void)read_date(t, t->whole);
	else if (!read_long_date(t))
		read_words(t);
	respell(t, 'v', 'w', false); /* Volodymyr, Wolodymyr */
	respell(t, 'w', 'v', false);
	respell(t, 'j', 'y', true); /* Julia, Yulia */
	respell(t, 'y', 'j', true);
	respell(t, 'g', 'h', false); /* Сергей, Serhiy */
}

/* --- letters that differ --- */

static int
least(int a, int b)
{
	return a < b ? a : b;
}

int
letters_between(str typed, str a, bool prefix, int most)
{
	enum { LONGEST = 32 };
	int rows[3][LONGEST + 1], best;

	if (typed.len > LONGEST || a.len > LONGEST || (!prefix && typed.len + (size_t)most < a.len) ||
	    a.len + (size_t)most < typed.len)
		return most + 1;
	for (size_t k = 0; k <= a.len; k++)
		rows[0][k] = (int)k;
	for (size_t i = 1; i <= typed.len; i++) {
		int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

		now[0] = (int)i;
		best = now[0];
		for (size_t k = 1; k <= a.len; k++) {
			now[k] = least(least(now[k - 1], last[k]) + 1, last[k - 1] + (typed.s[i - 1] != a.s[k - 1]));
			if (i > 1 && k > 1 && typed.s[i - 1] == a.s[k - 2] && typed.s[i - 2] == a.s[k - 1])
				now[k] = least(now[k], before[k - 2] + 1);
			best = least(best, now[k]);
		}
		if (best > most)
			return most + 1;
	}
	best = rows[typed.len % 3][a.len];
	for (size_t k = 0; prefix && k < a.len; k++)
		best = least(best, rows[typed.len % 3][k]);
	return least(best, most + 1);
}
