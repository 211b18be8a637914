/* columns.h - the records as numbers, in the order of their content: the same records stand in the same order wherever they stood
 * in the file. Only identical ones are told apart by source, then ref. */
#pragma once
#include "match/births.h"
#include "match/counts.h"
#include "match/intern.h"
#include "match/match.h"
#include "match/sounds.h"

enum { NAME_WORDS = 4, ADDRESS_WORDS = 6 };

struct record {
	uint32_t words[2 * NAME_WORDS]; /* numbers of columns.words: given names, then (from NAME_WORDS) family names */
	uint8_t given_n, family_n;
	char sex; /* F, M, X or 0 */
	uint8_t side;
	uint32_t birth, nation, source, city, address; /* 0: not known */
	uint32_t postcode;
	uint64_t agdref, phone[2]; /* packed digits, the first one lowest */
	uint64_t email;
	uint64_t address_bits; /* a bit for each of its words: addresses without common bits have no common word */
};

struct address {
	uint32_t words[ADDRESS_WORDS];
	uint32_t n;
};

struct columns {
	size_t n;
	struct record *v;
	struct buf ref_text;
	size_t *ref_at; /* n + 1 */

	struct intern word_texts, class_texts, birth_texts, address_texts, nations, sources;
	struct word *words;
	struct word_glance *glances; /* of words */
	uint32_t *class_of;          /* of each word, a number of class_texts */
	uint32_t words_n, births_n, addresses_n;
	struct birth *births;
	uint64_t *birth_values; /* what frequency a date is counted under: digits of its first reading */
	struct address *addresses;
};

/* Rows as they are given. */
struct rows {
	struct buf text;
	struct row {
		size_t at;
		uint32_t len[MATCH_FIELDS];
		uint8_t side;
		uint64_t hash; /* of the content without source and ref */
	} * v;
	size_t n, cap;
};
void rows_add(struct rows *r, int side, const str values[MATCH_FIELDS]);
void rows_release(struct rows *r);

void columns_make(struct columns *c, struct rows *from); /* from's rows are sorted */
str columns_ref(const struct columns *c, size_t record);
void columns_release(struct columns *c);

/* The words of a name as they are compared: particles gone, compounds that some write in one word joined. For tests too. */
size_t name_words(str name, char to[NAME_WORDS][SOUNDS_MAX + 1]);
/* Digits packed in four bits each, at most 16; another text gives a value of its own. 0: nothing. */
uint64_t packed_digits(str s);
uint64_t packed_phone(str s, str *rest); /* the national form of the first number; rest: what follows it */
/* One digit differs, two neighbours are exchanged, or one digit is missing. */
bool packed_near(uint64_t a, uint64_t b);
