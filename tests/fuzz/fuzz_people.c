/* What people are found by: names and what is typed to find them, whatever the bytes; a page of keys as it is stored. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/person_keys.h"
#include "people/typed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

/* Folding what is folded changes nothing, and stays within its room. */
static void
fold_twice(str s)
{
	struct folded once = { 0 }, twice = { 0 };
	str words[WORDS_MAX];
	char heard[SOUND_MAX + 1];
	size_t n;

	folded_add(&once, s);
	check(once.len <= FOLD_MAX);
	folded_add(&twice, folded_str(&once));
	check(str_eq(folded_str(&once), folded_str(&twice)));
	n = fold_words(folded_str(&once), words);
	check(n <= WORDS_MAX && sound(words, n, heard) <= SOUND_MAX);
}

static void
find(str s)
{
	struct typed t;
	char digits[PHONE_DIGITS];

	typed_read(&t, s);
	check(t.n <= WORDS_MAX && t.others <= SPELLINGS && strlen(t.born) <= 8);
	check(phone_key(s, digits) <= PHONE_DIGITS);
	for (size_t i = 0; i + 1 < t.n; i++)
		check(letters_between(t.v[i], t.v[i], i % 2 == 0, 2) == (t.v[i].len <= 32 ? 0 : 3));
}

/* The parts of the input, cut at newlines, as the fields of a person. */
static void
key_person(str s)
{
	struct journal keyed = { 0 };
	struct person_keys k = { 0 };
	struct person p = { .record.id = 1, .ref = S("p") };
	str *const fields[] = { &p.family_name, &p.given_name, &p.birth_date, &p.phone, &p.email, &p.household_ref, &p.agdref,
		&p.languages };

	for (size_t i = 0; i < sizeof fields / sizeof *fields && s.len > 0; i++)
		*fields[i] = str_cut(s, '\n', &s);
	person_keys(&k, &p, &keyed);
	check(k.n > 0);
	for (size_t i = 0; i < k.n; i++) {
		check(k.v[i].len > 0 && k.v[i].len <= KEY_TEXT_MAX && memchr(k.v[i].s, 0, k.v[i].len) == NULL);
		for (size_t other = 0; other < i; other++)
			check(!str_eq(k.v[i], k.v[other]));
	}
	person_keys_release(&k);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str s = { (const char *)data, size };
	struct sorted_page page = { 0 };

	(void)sorted_decode(&page, s);
	for (size_t i = 1; i < page.n; i++)
		check(page.v[i].text.len <= KEY_TEXT_MAX);
	arena_release(&page.arena);
	if (!str_utf8(s))
		return 0;
	fold_twice(s);
	find(s);
	key_person(s);
	return 0;
}
