/* fold.h - how names are compared: written in plain Latin letters (folded_add), and as they sound (sound).
 * Both are made by our own tables, the same on every machine and for ever: stored keys depend on them, and `jalon check`
 * makes them again. Whoever changes what they give adds one to FOLD_EDITION. */
#pragma once
#include "base/str.h"

enum {
	FOLD_EDITION = 1,
	FOLD_MAX = 160, /* bytes of a folded text; what is longer is cut between two letters */
	WORDS_MAX = 8,  /* of a name; what follows is not looked at */
	SOUND_MAX = 24,
};

struct folded {
	char s[FOLD_MAX + 4];
	size_t len;
};
static inline str
folded_str(const struct folded *f)
{
	return (str){ f->s, f->len };
}

/* Small letters a-z, digits and single blanks between words: accents and apostrophes are gone, hyphens and other signs are
 * blanks. Latin, Cyrillic, Greek, Arabic, Hebrew, Georgian, Armenian and Ethiopic letters are written in Latin; those of
 * other scripts stay as they are, and sort after. Added to what f holds already. */
void folded_add(struct folded *f, str s);

/* The words of a folded text: views of it. At most WORDS_MAX. */
size_t fold_words(str folded, str words[WORDS_MAX]);

/* How these words of a folded name sound, said one after the other: consonants by class, doubled ones once, vowels only as
 * a first sound, articles and the l of Abdul- left out. Spellings of one name give the same: Mohamed and Muhammad,
 * Abdul Rahman and Abderrahmane, Ould and Wuld. What is cut off at the end of a name is cut off at the end of its sound. */
size_t sound(const str *words, size_t n, char to[SOUND_MAX + 1]);
