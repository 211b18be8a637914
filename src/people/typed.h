/* typed.h - what somebody typed to find a person, taken apart. Shared by the files of the search. */
#pragma once
#include "model/fold.h"

enum { SPELLINGS = 5 };
struct typed {
	str whole;           /* without the blanks around it */
	struct folded words; /* of the name, folded */
	str v[WORDS_MAX];
	size_t n;
	char born[9]; /* digits of a birth date: 1990, 199008 or 19900831; empty: none */
	bool digits;  /* nothing else than digits and what stands between them */
	size_t digit_count;
	/* the same words where a sound is written in two ways, each folded */
	struct folded other[SPELLINGS];
	size_t others;
};
void typed_read(struct typed *t, str s);

/* How many letters differ (one more, one less, another, two exchanged), at most most + 1. prefix: a may go on. */
int letters_between(str typed, str a, bool prefix, int most);
