#include "exchange/fold.h"

#include <string.h>

#include "base/err.h"
#include "base/libicu.h"

enum { LONGEST = 1024 }; /* what is longer is no word and no name: its beginning is enough to compare */

struct folding {
	char *to;
	size_t len;
	bool blank; /* something that is neither letter nor digit since the last one that was kept */
};

/* Letters that Unicode does not take apart, and that people leave out. */
static const char *
apart(UChar32 c)
{
	switch (c) {
	case 0xe6:
		return "ae";
	case 0x153:
		return "oe";
	case 0xdf:
		return "ss";
	case 0xf8:
		return "o";
	case 0x142:
		return "l";
	case 0x111:
		return "d";
	case 0x131:
		return "i";
	default:
		return NULL;
	}
}

static void
keep(struct folding *f, UChar32 c)
{
	int32_t digit = u_charDigitValue(c), n = (int32_t)f->len;

	if (f->blank && f->len > 0)
		f->to[n++] = ' ';
	f->blank = false;
	if (digit >= 0)
		c = '0' + digit;
	U8_APPEND_UNSAFE(f->to, n, c);
	f->len = (size_t)n;
}

static void
fold_one(struct folding *f, UChar32 c)
{
	int8_t type = u_charType(c);
	const char *other;

	if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || c == 0xb7 || c == 0x2027)
		return; /* accents, and the point of "réfugié·e" */
	if (!u_isalnum(c)) {
		f->blank = true;
		return;
	}
	c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
	if ((other = apart(c)) == NULL) {
		keep(f, c);
		return;
	}
	for (; *other != '\0'; other++)
		keep(f, (UChar32)*other);
}

static void
fold_decomposed(struct folding *f, const UNormalizer2 *nfkd, UChar32 c)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar parts[24];
	int32_t n = c < 0x80 ? -1 : unorm2_getDecomposition(nfkd, c, parts, 24, &code);

	if (n < 0 || U_FAILURE(code)) {
		fold_one(f, c);
		return;
	}
	for (int32_t i = 0; i < n;) {
		UChar32 part;

		U16_NEXT(parts, i, n, part);
		fold_one(f, part);
	}
}

/* "(e)", "(ne)", "(s)" right after a word: an ending offered, not a word. Its length; 0: none. */
static size_t
offered_ending(str s, size_t i)
{
	size_t n = 1;

	while (i + n < s.len && n <= 2 && ((s.s[i + n] | 0x20) >= 'a' && (s.s[i + n] | 0x20) <= 'z'))
		n++;
	return n > 1 && i + n < s.len && s.s[i + n] == ')' ? n + 1 : 0;
}

str
fold(struct arena *a, str s)
{
	UErrorCode code = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&code);
	/* A code point of n bytes becomes at most 18 letters (one ligature of Arabic), of which each takes 2 bytes and a blank. */
	int32_t i = 0, len = (int32_t)(s.len > LONGEST ? LONGEST : s.len);
	struct folding f = { .to = arena_alloc(a, (size_t)len * 18 + 1) };

	if (U_FAILURE(code))
		bug("the tables of Unicode are missing: %s", u_errorName(code));
	while (i < len) {
		size_t ending = s.s[i] == '(' && f.len > 0 && !f.blank ? offered_ending(s, (size_t)i) : 0;
		UChar32 c;

		if (ending > 0) {
			i += (int32_t)ending;
			continue;
		}
		U8_NEXT(s.s, i, len, c);
		fold_decomposed(&f, nfkd, c < 0 ? 0xfffd : c);
	}
	return (str){ f.to, f.len };
}

bool
fold_word(str *rest, str *word)
{
	if (rest->s == NULL || rest->len == 0)
		return false;
	*word = str_cut(*rest, ' ', rest);
	return true;
}

bool
fold_in(str folded, const char *list)
{
	str rest = str_of(list);

	while (rest.s != NULL) {
		if (str_eq(str_trim(str_cut(rest, ',', &rest)), folded))
			return folded.len > 0;
	}
	return false;
}
