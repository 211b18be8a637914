/* sounds.h - one word of a name, respelt as it sounds whatever language it was typed from, and how far two words are apart.
 * Unlike the sound of model/fold.h, which people are found by, it keeps vowels and tells many more letters apart: it decides,
 * and may be changed without making any stored key again. */
#pragma once
#include "base/str.h"

enum { SOUNDS_MAX = 23, SKELETON_MAX = 15 };

/* What is looked at first: most pairs of words have nothing in common. */
struct word_glance {
	uint32_t letters; /* of the sounds that are neither vowels nor often left out */
	uint8_t said_n, plain_n;
	char first;
};
static inline unsigned
ones_of(uint32_t v) /* bits that are set */
{
	v -= v >> 1 & 0x55555555;
	v = (v & 0x33333333) + (v >> 2 & 0x33333333);
	return ((v + (v >> 4)) & 0x0f0f0f0f) * 0x01010101 >> 24;
}
/* They certainly are other words. */
static inline bool
glances_differ(const struct word_glance *a, const struct word_glance *b)
{
	const unsigned differ = ones_of(a->letters ^ b->letters);

	if (a->plain_n == 1 || b->plain_n == 1)
		return a->first != b->first;
	return differ > 4 || (differ > 2 && a->said_n <= 4 && b->said_n <= 4);
}

struct word {
	char plain[SOUNDS_MAX + 1];      /* as folded */
	char said[SOUNDS_MAX + 1];       /* a i u are the vowels; C is sh and ch, j is dj and zh, k is q and kh... */
	char other[SOUNDS_MAX + 1];      /* another way to say it (Somali Cabdi: Abdi); empty: none */
	char class[SKELETON_MAX + 1];    /* what its frequency is counted on: consonants, and whether vowels begin and end it */
	char skeleton[SKELETON_MAX + 1]; /* coarser: what candidates are found by */
	struct word_glance glance;
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
