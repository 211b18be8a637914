#include "match/sounds.h"

#include <string.h>

/* --- respelling --- */

/* Letters at the beginning of what is left, and the sounds that they stand for; the longest first where one begins another. */
static const struct respelling {
	char from[6], to[3];
} respellings[] = {
	/* sh, ch */
	{ "shtch", "C" },
	{ "chtch", "C" },
	{ "shch", "C" },
	{ "stch", "C" },
	{ "tsch", "C" },
	{ "tch", "C" },
	{ "sch", "C" },
	{ "tsh", "C" },
	{ "chh", "C" },
	{ "sh", "C" },
	{ "ch", "C" },
	/* j */
	{ "dzh", "j" },
	{ "dsh", "j" },
	{ "dj", "j" },
	{ "xh", "j" },
	{ "zh", "j" },
	{ "gj", "j" },
	/* k */
	{ "kh", "k" },
	{ "ck", "k" },
	{ "qu", "k" },
	{ "cq", "k" },
	{ "cc", "k" },
	{ "q", "k" },
	/* s, z, t, d, f */
	{ "tz", "s" },
	{ "ts", "s" },
	{ "dz", "z" },
	{ "th", "t" },
	{ "dh", "d" },
	{ "ph", "f" },
	{ "gh", "g" },
	{ "gu", "g" },
	{ "gn", "ni" },
	{ "bh", "b" },
	{ "lh", "l" },
	/* vowels */
	{ "eau", "u" },
	{ "ouw", "u" },
	{ "ieh", "ia" },
	{ "oue", "ui" },
	{ "oua", "ua" },
	{ "oui", "ui" },
	{ "oo", "u" },
	{ "ou", "u" },
	{ "ow", "u" },
	{ "uw", "u" },
	{ "aw", "au" },
	{ "au", "au" },
	{ "eu", "u" },
	{ "ai", "i" },
	{ "ay", "i" },
	{ "ei", "i" },
	{ "ey", "i" },
	{ "ee", "i" },
	{ "ij", "i" },
	{ "iy", "i" },
	{ "yi", "i" },
	{ "ii", "i" },
	{ "ie", "i" },
	{ "yo", "iu" },
	{ "aa", "a" },
	{ "e", "i" },
	{ "i", "i" },
	{ "y", "i" },
	{ "o", "u" },
	{ "u", "u" },
	{ "a", "a" },
	{ "w", "v" },
};

static inline bool
vowel(char c)
{
	return c == 'a' || c == 'i' || c == 'u';
}

static bool
written_vowel(char c)
{
	return c != '\0' && strchr("aeiouy", c) != NULL;
}

static void
say(char *to, uint8_t *n, char c)
{
	if (*n < SOUNDS_MAX && (*n == 0 || to[*n - 1] != c))
		to[(*n)++] = c;
}

/* A w, or ou before a vowel, is a consonant: Ouattara, Wattara; Daoud, Dawood stay a vowel apart. */
static bool
gliding(const char *s, size_t left, size_t at)
{
	return left > 2 && s[0] == 'o' && s[1] == 'u' && written_vowel(s[2]) && at == 0;
}

/* An x: h in Somali (Xasan, Maxamed, Faarax), else ks. */
static void
say_x(char *to, uint8_t *n, const char *s, size_t left, size_t at)
{
	const char after = left > 1 ? s[1] : '\0';

	if (at > 0 && left == 1 && (s[-1] == 'a' || s[-1] == 'o' || s[-1] == 'u'))
		return;
	if (at == 0 || (left > 1 && after != 'i' && after != 'e' && s[-1] != 'e' && written_vowel(s[-1]))) {
		say(to, n, 'h');
	} else {
		say(to, n, 'k');
		say(to, n, 's');
	}
}

static size_t
say_single(char *to, uint8_t *n, const char *s, size_t left, size_t at)
{
	const char after = left > 1 ? s[1] : '\0';

	if (s[0] == 'c') {
		say(to, n, after == 'e' || after == 'i' || after == 'y' || after == 'z' ? 's' : 'k');
		return after == 'z' ? 2 : 1;
	}
	if (s[0] == 'x')
		say_x(to, n, s, left, at);
	else if (s[0] == 'h' && (left == 1 || (at > 0 && !written_vowel(s[-1]) && !written_vowel(after))))
		; /* at the end, or between consonants: not heard */
	else
		say(to, n, s[0]);
	return 1;
}

static uint8_t
respell(str w, char to[SOUNDS_MAX + 1])
{
	uint8_t n = 0;

	for (size_t i = 0; i < w.len;) {
		const struct respelling *r = respellings, *end = r + sizeof respellings / sizeof *respellings;
		const str left = { w.s + i, w.len - i };

		if (gliding(left.s, left.len, i)) {
			say(to, &n, 'v');
			i += 2;
			continue;
		}
		while (r < end && (r->from[0] != left.s[0] || !str_starts(left, str_of(r->from))))
			r++;
		if (r == end) {
			i += say_single(to, &n, left.s, left.len, i);
			continue;
		}
		for (const char *c = r->to; *c != '\0'; c++)
			say(to, &n, *c);
		i += strlen(r->from);
	}
	if (n > 2 && to[n - 1] == 'f' && vowel(to[n - 2]))
		to[n - 1] = 'v'; /* -off, -eff: -ov, -ev */
	to[n] = '\0';
	return n;
}

static void
add_letter(char *to, size_t *n, char c)
{
	if (*n < SKELETON_MAX && (*n == 0 || to[*n - 1] != c))
		to[(*n)++] = c;
}

/* Letters that are taken for one another are one. */
static char
coarse(char c)
{
	static const char from[] = "dzpgqC", to[] = "tsbkks";
	const char *at = strchr(from, c);

	return at == NULL ? c : to[at - from];
}

static void
skeletons(struct word *w, const char *s, size_t len)
{
	size_t class = 0, n = 0;

	if (len > 0 && vowel(s[0]))
		add_letter(w->class, &class, 'a');
	for (size_t i = 0; i < len; i++) {
		if (vowel(s[i]))
			continue;
		if (s[i] != 'h' || i == 0)
			add_letter(w->class, &class, s[i]);
		if (s[i] != 'h' && s[i] != 'v' && s[i] != 'f')
			add_letter(w->skeleton, &n, coarse(s[i]));
	}
	if (len > 1 && vowel(s[len - 1]))
		add_letter(w->class, &class, s[len - 1] == 'a' ? 'A' : 'I');
	if (n < 2) { /* hardly a consonant: the vowels are all there is */
		n = 0;
		for (size_t i = 0; i < len; i++)
			add_letter(w->skeleton, &n, s[i]);
	}
}

/* A c that is a sound of the throat, which others leave out: Cabdi, Caasha, Cumar. */
static bool
somali(str w)
{
	static const char *const begin[] = { "caa", "cabd", "cali", "cum", "cus", "cis", "cilm", "cig", "caw" };

	for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
		if (str_starts(w, str_of(begin[i])))
			return true;
	return false;
}

void
word_read(struct word *w, str folded)
{
	const size_t n = folded.len > SOUNDS_MAX ? SOUNDS_MAX : folded.len;

	memset(w, 0, sizeof *w);
	memcpy(w->plain, folded.s, n);
	w->plain_n = (uint8_t)n;
	w->said_n = respell((str){ w->plain, n }, w->said);
	if (somali(folded)) {
		w->other_n = respell((str){ w->plain + 1, n - 1 }, w->other);
		skeletons(w, w->other, w->other_n);
	} else {
		if (n >= 6 && (w->plain[0] == 'a' || w->plain[0] == 'e') && w->plain[1] == 'l')
			w->other_n = respell((str){ w->plain + 2, n - 2 }, w->other);
		skeletons(w, w->said, w->said_n);
	}
	w->glance = (struct word_glance){ .said_n = w->said_n, .plain_n = w->plain_n, .first = w->plain[0] };
	for (uint8_t i = 0; i < w->said_n; i++)
		if (!vowel(w->said[i]) && w->said[i] != 'h' && w->said[i] != 'v')
			w->glance.letters |= 1u << (w->said[i] & 31);
}

/* --- distance --- */

enum { LETTER = 20, FAR = 1000, SLIPS_MOST = 2 };

/* What a sound costs to add or to leave out; at: 0 at the beginning, 2 at the end, else 1. */
static int
cost_of_one(char c, int at)
{
	if (c == 'a')
		return at == 2 ? 11 : at == 0 ? 9 : 6;
	if (c == 'i')
		return at == 2 ? 8 : at == 0 ? 9 : 6;
	if (c == 'u')
		return at == 2 ? 10 : at == 0 ? 9 : 6;
	if (c == 'h')
		return at == 0 ? 8 : 5;
	if (c == 'v')
		return 8;
	return LETTER;
}

/* Pairs that transliterations exchange; 0: any other two. */
#define CLOSE(a, b, cost) [(a)&31][(b)&31] = (cost), [(b)&31][(a)&31] = (cost)
static const uint8_t close[32][32] = { CLOSE('a', 'i', 4), CLOSE('a', 'u', 6), CLOSE('i', 'u', 6), CLOSE('s', 'C', 7),
	CLOSE('s', 'z', 6), CLOSE('C', 'j', 9), CLOSE('g', 'j', 6), CLOSE('g', 'k', 7), CLOSE('h', 'k', 7), CLOSE('g', 'h', 7),
	CLOSE('d', 't', 8), CLOSE('d', 'z', 8), CLOSE('b', 'p', 8), CLOSE('f', 'v', 6), CLOSE('b', 'v', 11), CLOSE('u', 'v', 5),
	CLOSE('i', 'j', 7), CLOSE('z', 'j', 9), CLOSE('s', 't', 11), CLOSE('k', 'C', 10), CLOSE('f', 'p', 9),
	CLOSE('r', 'g', 11) };

static int
cost_of_two(char a, char b)
{
	const int cost = close[a & 31][b & 31];

	return cost > 0 ? cost : vowel(a) != vowel(b) ? LETTER + 8 : LETTER;
}

static int
place(size_t i, size_t n)
{
	return i == 0 ? 0 : i + 1 == n ? 2 : 1;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static int
distance(const char *a, size_t an, const char *b, size_t bn, int limit)
{
	int rows[3][SOUNDS_MAX + 2], *before = rows[0], *above = rows[1], *row = rows[2], best;

	above[0] = 0;
	for (size_t j = 0; j < bn; j++)
		above[j + 1] = above[j] + cost_of_one(b[j], place(j, bn));
	for (size_t i = 0; i < an; i++) {
		const int gone = cost_of_one(a[i], place(i, an));
		int *t;

		best = row[0] = above[0] + gone;
		for (size_t j = 0; j < bn; j++) {
			int d = above[j] + (a[i] == b[j] ? 0 : cost_of_two(a[i], b[j]));

			d = least(d, above[j + 1] + gone);
			d = least(d, row[j] + cost_of_one(b[j], place(j, bn)));
			if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != a[i - 1])
				d = least(d, before[j - 1] + (vowel(a[i]) || vowel(b[j]) ? 14 : LETTER));
			row[j + 1] = d;
			best = least(best, d);
		}
		if (best > limit)
			return FAR;
		t = before, before = above, above = row, row = t;
	}
	return above[bn];
}

/* Typing slips are of letters: a changed, added, lost or exchanged letter counts 1. */
static int
slips(const char *a, size_t an, const char *b, size_t bn)
{
	int rows[3][SOUNDS_MAX + 2], *before = rows[0], *above = rows[1], *row = rows[2], best;

	if (an > bn + SLIPS_MOST || bn > an + SLIPS_MOST)
		return SLIPS_MOST + 1;
	for (size_t j = 0; j <= bn; j++)
		above[j] = (int)j;
	for (size_t i = 0; i < an; i++) {
		int *t;

		best = row[0] = (int)i + 1;
		for (size_t j = 0; j < bn; j++) {
			row[j + 1] = least(above[j] + (a[i] != b[j]), 1 + least(above[j + 1], row[j]));
			if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j])
				row[j + 1] = least(row[j + 1], before[j - 1] + 1);
			best = least(best, row[j + 1]);
		}
		if (best > SLIPS_MOST)
			return SLIPS_MOST + 1;
		t = before, before = above, above = row, row = t;
	}
	return above[bn];
}

int
words_distance(const struct word *a, const struct word *b)
{
	const int limit = (a->said_n > b->said_n ? a->said_n : b->said_n) * LETTER * 2 / 5 + 1;
	int d;

	d = distance(a->said, a->said_n, b->said, b->said_n, limit);
	if (a->other_n > 0)
		d = least(d, distance(a->other, a->other_n, b->said, b->said_n, limit));
	if (b->other_n > 0)
		d = least(d, distance(a->said, a->said_n, b->other, b->other_n, limit));
	return d;
}

static bool
begins(const struct word *a, const struct word *b)
{
	return a->plain_n >= 3 && a->plain_n < b->plain_n && memcmp(a->plain, b->plain, a->plain_n) == 0;
}

enum word_level
words_level(const struct word *a, const struct word *b)
{
	const int longest = a->said_n > b->said_n ? a->said_n : b->said_n;
	const int letters = a->plain_n < b->plain_n ? a->plain_n : b->plain_n;
	int d;

	if (a->plain_n == b->plain_n && memcmp(a->plain, b->plain, a->plain_n) == 0)
		return WORD_SAME;
	if (a->plain_n == 1 || b->plain_n == 1)
		return a->plain[0] == b->plain[0] ? WORD_INITIAL : WORD_OTHER;
	if (strcmp(a->said, b->said) == 0)
		return WORD_SOUND;
	if (glances_differ(&a->glance, &b->glance))
		return begins(a, b) || begins(b, a) ? WORD_WEAK : WORD_OTHER;
	if (begins(a, b) || begins(b, a))
		return letters >= 4 && a->plain_n + b->plain_n <= 2 * letters + 1 ? WORD_TYPO : WORD_WEAK;
	d = words_distance(a, b);
	if (d <= (longest <= 3 ? 6 : longest <= 5 ? 8 : 13))
		return WORD_NEAR;
	if (letters >= 3 && longest >= 3) {
		const int typed = slips(a->plain, a->plain_n, b->plain, b->plain_n);

		if ((typed == 1 && letters >= 4) || (typed == 2 && letters >= 8) || (d <= 21 && longest >= 5) ||
		    (d <= 12 && longest >= 4))
			return WORD_TYPO;
		if (d * 5 <= longest * LETTER * 2 || (typed == 2 && letters >= 5) || (typed == 1 && letters == 3))
			return WORD_WEAK;
	}
	return WORD_OTHER;
}
