/* sounds.h - one word of a name, respelt as it sounds whatever language it was typed from, and how far two words are apart.
 * Unlike the sound of model/fold.h, which people are found by, it keeps vowels and tells many more letters apart: it decides,
 * and may be changed without making any stored key again. */
#pragma once
#include "base/str.h"

enum { SOUNDS_MAX = 23, SKELETON_MAX = 15 };

struct word {
	char plain[SOUNDS_MAX + 1];       /* as folded */
	char said[SOUNDS_MAX + 1];        /* a i u are the vowels; C is sh and ch, j is dj and zh, k is q and kh... */
	char other[SOUNDS_MAX + 1];       /* another way to say it (Somali Cabdi: Abdi); empty: none */
	char class[SKELETON_MAX + 1];     /* what its frequency is counted on: consonants, and whether vowels begin and end it */
	char skeleton[SKELETON_MAX + 1];  /* coarser: what candidates are found by */
	uint32_t letters;                 /* which sounds it has, a bit each */
	uint8_t plain_n, said_n, other_n; /* lengths */
};
void word_read(struct word *w, str folded);

/* How two words agree, best first. */
enum word_level {
	WORD_SAME,    /* the same letters */
	WORD_SOUND,   /* said the same way */
	WORD_NEAR,    /* differing as transliterations do */
	WORD_TYPO,    /* a slip of the hand apart */
	WORD_WEAK,    /* one begins the other, or half of it is the same */
	WORD_INITIAL, /* one is the first letter of the other */
	WORD_OTHER,
};
enum word_level words_level(const struct word *a, const struct word *b);
/* In twentieths of a letter: what turns one into the other, when less than a third of it has to change; else a large number. */
int words_distance(const struct word *a, const struct word *b);
