#include "model/fold.h"

#include <string.h>

/* --- letters --- */

/* U+00C0 to U+024F and U+1E00 to U+1EFF: the letter under the accents. Capitals stand for two letters (pair), '-' for none. */
static const char latin[] = "aaaaaaAceeeeiiiidnooooo ouuuuyTSaaaaaaAceeeeiiiidnooooo ouuuuyTyaaaaaaccccccccdd"
			    "ddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnNNooooooEErrrrrrssssss"
			    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzsbbbb--occdddd-eeeffgghiikkllmmnoooggpprssssttttu"
			    "uuvyyzzzzzz-ss-w----DDDLLLJJJaaiioouuuuuuuuuueaaaaAAggggkkoooozzjDDDgghwnnaaAAoo"
			    "aaaaeeeeiiiioooorrrruuuussttyyhhnduuzzaaeeooooooooyylntjdpaccltsz--buveejjqqrryy";
static const char latin_more[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo"
				 "oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasssSd"
				 "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu"
				 "uuyyyyyyyyllvvyy";
typedef char spelling[5];
/* U+0410 to U+042F and U+0430 to U+044F; U+0400 to U+040F and U+0450 to U+045F */
static const spelling cyrillic[] = { "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s",
	"t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya" };
static const spelling cyrillic_more[] = { "e", "yo", "dj", "g", "ye", "dz", "i", "yi", "j", "lj", "nj", "c", "k", "i", "u",
	"dj" };
/* U+0391 to U+03A9, and U+03B1 to U+03C9 */
static const spelling greek[] = { "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s",
	"t", "y", "f", "ch", "ps", "o" };
/* U+0531 to U+0556, and U+0561 to U+0586 */
static const spelling armenian[] = { "a", "b", "g", "d", "e", "z", "e", "e", "t", "zh", "i", "l", "kh", "ts", "k", "h", "dz",
	"gh", "ch", "m", "y", "n", "sh", "o", "ch", "p", "j", "r", "s", "v", "t", "r", "ts", "u", "p", "k", "o", "f" };
/* U+05D0 to U+05EA */
static const spelling hebrew[] = { "a", "b", "g", "d", "h", "v", "z", "h", "t", "y", "k", "k", "l", "m", "m", "n", "n", "s", "a",
	"p", "p", "ts", "ts", "k", "r", "sh", "t" };
/* U+0621 to U+064A; vowels being left out, an h is kept from making one sound with the letter before it */
static const spelling arabic[] = { "", "a", "a", "w", "a", "y", "a", "b", "a", "t", "th", "j", "eh", "kh", "d", "d", "r", "z",
	"s", "sh", "s", "d", "t", "z", "a", "gh", "k", "k", "y", "y", "y", "", "f", "q", "k", "l", "m", "n", "eh", "w", "a",
	"y" };
/* U+10D0 to U+10F0 */
static const spelling georgian[] = { "a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s",
	"t", "u", "p", "k", "gh", "q", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h" };
/* from U+1200, eight forms each */
static const spelling ethiopic[] = { "h", "l", "h", "m", "s", "r", "s", "sh", "q", "kw", "q", "kw", "b", "v", "t", "ch", "h",
	"hw", "n", "ny", "", "k", "kw", "kh", "kw", "w", "", "z", "zh", "y", "d", "d", "j", "g", "gw", "g", "t", "ch", "p", "ts",
	"ts", "f", "p" };
static const spelling ethiopic_vowels[] = { "e", "u", "i", "a", "e", "", "o", "wa" };
/* what the Greek accents and other languages add to the letters above, in order; a Cyrillic capital stands for its small letter */
static const struct {
	uint16_t code;
	spelling text;
} others[] = { { 0x386, "a" }, { 0x388, "e" }, { 0x389, "i" }, { 0x38a, "i" }, { 0x38c, "o" }, { 0x38e, "y" }, { 0x38f, "o" },
	{ 0x390, "i" }, { 0x3aa, "i" }, { 0x3ab, "y" }, { 0x3ac, "a" }, { 0x3ad, "e" }, { 0x3ae, "i" }, { 0x3af, "i" },
	{ 0x3b0, "y" }, { 0x3ca, "i" }, { 0x3cb, "y" }, { 0x3cc, "o" }, { 0x3cd, "y" }, { 0x3ce, "o" }, { 0x490, "g" },
	{ 0x492, "g" }, { 0x496, "j" }, { 0x49a, "k" }, { 0x4a2, "n" }, { 0x4ae, "u" }, { 0x4b0, "u" }, { 0x4b2, "h" },
	{ 0x4b6, "j" }, { 0x4ba, "h" }, { 0x4c0, "" }, { 0x4ce, "" }, { 0x4d8, "a" }, { 0x4e2, "i" }, { 0x4e8, "o" },
	{ 0x4ee, "u" }, { 0x671, "a" }, { 0x679, "t" }, { 0x67c, "t" }, { 0x67e, "p" }, { 0x681, "dz" }, { 0x685, "ts" },
	{ 0x686, "ch" }, { 0x688, "d" }, { 0x689, "d" }, { 0x691, "r" }, { 0x693, "r" }, { 0x695, "r" }, { 0x696, "zh" },
	{ 0x698, "zh" }, { 0x69a, "sh" }, { 0x6a4, "v" }, { 0x6a9, "k" }, { 0x6ab, "g" }, { 0x6af, "g" }, { 0x6b5, "l" },
	{ 0x6ba, "n" }, { 0x6bc, "n" }, { 0x6be, "h" }, { 0x6c0, "eh" }, { 0x6c1, "eh" }, { 0x6c3, "a" }, { 0x6c6, "o" },
	{ 0x6c7, "u" }, { 0x6cb, "w" }, { 0x6cc, "y" }, { 0x6cd, "y" }, { 0x6ce, "e" }, { 0x6d0, "e" }, { 0x6d2, "e" },
	{ 0x6d3, "e" }, { 0x6d5, "a" } };

static const char *
pair(char c)
{
	static const char *const pairs[] = { "ae", "dz", "oe", "ij", "nj", "lj", "ng", "ss", "th" };
	const char *at = c == '\0' ? NULL : strchr("ADEIJLNST", c);

	return at == NULL ? NULL : pairs[at - "ADEIJLNST"];
}

static bool
within(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static const char *
other(uint32_t c)
{
	size_t low = 0, high = sizeof others / sizeof *others;

	if (within(c, 0x490, 0x52f))
		c &= ~1u;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (others[middle].code == c)
			return others[middle].text;
		if (others[middle].code < c)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Marks that are written above, below or between letters, and apostrophes: nothing is left of them. */
static bool
silent(uint32_t c)
{
	return within(c, 0x300, 0x36f) || within(c, 0x64b, 0x65f) || c == 0x670 || c == 0x640 || within(c, 0x200b, 0x200f) ||
	       c == 0xad || c == 0xb4 || within(c, 0x2b0, 0x2ff) || within(c, 0x2018, 0x201b) || within(c, 0x2032, 0x2035) ||
	       within(c, 0x591, 0x5c7) || within(c, 0x5f3, 0x5f4) || within(c, 0x135d, 0x135f) || within(c, 0xfe00, 0xfe0f) ||
	       c == 0xfeff;
}

static bool
blank(uint32_t c)
{
	return within(c, 0x80, 0xbf) || within(c, 0x2000, 0x206f) || c == 0x3000 || within(c, 0x60c, 0x620) || c == 0x6d4 ||
	       within(c, 0x1361, 0x1368);
}

/* A letter of Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian; NULL: none of these. */
static const char *
spelled(uint32_t c)
{
	if (within(c, 0x3b1, 0x3c9) || (within(c, 0x391, 0x3a9) && c != 0x3a2))
		return greek[(c - 0x391) % 32];
	if (within(c, 0x410, 0x44f))
		return cyrillic[(c - 0x410) % 32];
	if (within(c, 0x400, 0x40f) || within(c, 0x450, 0x45f))
		return cyrillic_more[c % 16];
	if (within(c, 0x531, 0x556) || within(c, 0x561, 0x586))
		return armenian[c < 0x561 ? c - 0x531 : c - 0x561];
	if (within(c, 0x5d0, 0x5ea))
		return hebrew[c - 0x5d0];
	if (within(c, 0x621, 0x64a))
		return arabic[c - 0x621];
	if (within(c, 0x10d0, 0x10f0))
		return georgian[c - 0x10d0];
	return within(c, 0x386, 0x6d5) ? other(c) : NULL;
}

/* --- folding --- */

/* The code point at the beginning of s, which is cut off; what is not UTF-8 is read byte by byte. */
static uint32_t
next(str *s)
{
	const unsigned char *p = (const unsigned char *)s->s;
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc0 ? 2 : 1;
	uint32_t c = n == 1 ? p[0] : p[0] & (0xffu >> (n + 1));

	if (n > s->len)
		n = 1;
	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3f);
	s->s += n;
	s->len -= n;
	return c;
}

static void
add(struct folded *f, str s)
{
	if (f->len + s.len > FOLD_MAX)
		return;
	memcpy(f->s + f->len, s.s, s.len);
	f->len += s.len;
}

static void
add_blank(struct folded *f)
{
	if (f->len > 0 && f->s[f->len - 1] != ' ')
		add(f, S(" "));
}

static void
fold_ascii(struct folded *f, char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		add(f, (str){ &c, 1 });
	else if (c != '\'' && c != '`')
		add_blank(f);
}

static void
fold_latin(struct folded *f, char c)
{
	if (pair(c) != NULL)
		add(f, str_of(pair(c)));
	else if (c == ' ')
		add_blank(f);
	else if (c != '-')
		add(f, (str){ &c, 1 });
}

static void
fold_other(struct folded *f, uint32_t c, str as_it_is)
{
	const char *text;

	if (silent(c))
		return;
	if (within(c, 0xc0, 0x24f)) {
		fold_latin(f, latin[c - 0xc0]);
	} else if (within(c, 0x1e00, 0x1eff)) {
		fold_latin(f, latin_more[c - 0x1e00]);
	} else if (within(c, 0x1200, 0x1357)) {
		add(f, str_of(ethiopic[(c - 0x1200) / 8]));
		add(f, str_of(ethiopic_vowels[c % 8]));
	} else if (blank(c)) {
		add_blank(f);
	} else {
		text = spelled(c);
		add(f, text == NULL ? as_it_is : str_of(text));
	}
}

void
folded_add(struct folded *f, str s)
{
	add_blank(f);
	while (s.len > 0) {
		if ((unsigned char)s.s[0] < 0x80) {
			fold_ascii(f, s.s[0]);
			s.s++, s.len--;
		} else {
			const char *from = s.s;
			uint32_t c = next(&s);

			fold_other(f, c, (str){ from, (size_t)(s.s - from) });
		}
	}
	if (f->len > 0 && f->s[f->len - 1] == ' ')
		f->len--;
}

size_t
fold_words(str folded, str words[WORDS_MAX])
{
	size_t n = 0;

	while (folded.len > 0 && n < WORDS_MAX) {
		str word = str_cut(folded, ' ', &folded);

		if (word.len > 0)
			words[n++] = word;
	}
	return n;
}

/* --- sounds --- */

struct sounding {
	char *to;
	size_t n;
	bool apart; /* a vowel stands between what was said last and what comes */
};

static bool
vowel(char c)
{
	return c != '\0' && strchr("aeiou", c) != NULL;
}

static bool
soft(char c) /* a c before it is an s */
{
	return c == 'e' || c == 'i' || c == 'y';
}

static void
say(struct sounding *o, char c)
{
	if (o->n < SOUND_MAX && (o->n == 0 || o->to[o->n - 1] != c || o->apart))
		o->to[o->n++] = c;
	o->apart = false;
}

/* Vowels, h, y and w: one sound at the beginning, none later. Between two equal consonants they keep both. */
static void
breathe(struct sounding *o)
{
	if (o->n == 0)
		say(o, 'a');
	o->apart = true;
}

/* The letters that sound as c does; gives how many letters of w were said. */
static size_t
consonant(struct sounding *o, const char *w, size_t left)
{
	const char after = left > 1 ? w[1] : '\0', third = left > 2 ? w[2] : '\0';

	switch (w[0]) {
	case 'c':
		say(o, after == 'h' ? (third == 'r' || third == 'l' ? 'k' : 's') : soft(after) || after == 'z' ? 's' : 'k');
		return after == 'h' || after == 'z' ? 2 : 1;
	case 'd':
		say(o, after == 'j' || (after == 'z' && third == 'h') ? 'j' : 't');
		return after == 'j' ? 2 : after == 'z' && third == 'h' ? 3 : 1;
	case 't':
		if (!(after == 'c' && third == 'h'))
			say(o, 't');
		return 1;
	case 'p':
		say(o, after == 'h' ? 'f' : 'p');
		return 1;
	case 'z':
		say(o, after == 'h' ? 'j' : 's');
		return 1;
	case 'x':
		say(o, 'k');
		say(o, 's');
		return 1;
	default:
		say(o, w[0] == 'g' ? 'j' : w[0] == 'q' ? 'k' : w[0]);
		return 1;
	}
}

static void
say_letters(struct sounding *o, str w)
{
	for (size_t i = 0; i < w.len;) {
		if (vowel(w.s[i]) || w.s[i] == 'h' || w.s[i] == 'y' || w.s[i] == 'w')
			breathe(o), i++;
		else
			i += consonant(o, w.s + i, w.len - i);
	}
}

static bool
article(str w)
{
	return w.len == 2 && (w.s[0] == 'a' || w.s[0] == 'e' || w.s[0] == 'u') && (w.s[1] == 'l' || w.s[1] == 'r');
}

/* Where the l of Abdul, Abdel-... stands when it is the article's, not the name's (Abdullah, Abdoulaye); 0: nowhere. */
static size_t
article_of_abd(str w)
{
	size_t i = 3;

	if (!str_starts(w, S("abd")))
		return 0;
	while (i < w.len && vowel(w.s[i]))
		i++;
	if (i == w.len || w.s[i] != 'l' || (i + 1 < w.len && w.s[i + 1] == 'l'))
		return 0;
	return i + 1 < w.len && vowel(w.s[i + 1]) && w.len - i - 1 < 4 ? 0 : i;
}

size_t
sound(const str *words, size_t n, char to[SOUND_MAX + 1])
{
	struct sounding o = { .to = to };

	for (size_t i = 0; i < n; i++) {
		str w = words[i];
		size_t l = article_of_abd(w);

		if (article(w) && n > 1)
			continue;
		if (w.len >= 6 && (w.s[0] == 'a' || w.s[0] == 'e') && w.s[1] == 'l' && !vowel(w.s[2]))
			w = (str){ w.s + 2, w.len - 2 };
		if (l > 0) {
			say_letters(&o, (str){ w.s, l });
			w = (str){ w.s + l + 1, w.len - l - 1 };
		}
		say_letters(&o, w);
	}
	to[o.n] = '\0';
	return o.n;
}
