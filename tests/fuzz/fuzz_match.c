/* What people write in the fields of a list to match: a value a line, in the order of the fields, again and again. Whatever it is, it
 * is read, compared both ways alike, and every record ends in one cluster. */
#include <stdint.h>
#include <stdlib.h>

#include "match/columns.h"
#include "match/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
words_both_ways(str a, str b)
{
	char x[NAME_WORDS][SOUNDS_MAX + 1], y[NAME_WORDS][SOUNDS_MAX + 1];
	const size_t n = name_words(a, x), m = name_words(b, y);
	struct word v, w;

	if (n == 0 || m == 0)
		return;
	word_read(&v, str_of(x[0]));
	word_read(&w, str_of(y[0]));
	if (words_level(&v, &w) != words_level(&w, &v) || words_level(&v, &v) != WORD_SAME)
		abort();
}

static void
values_both_ways(str a, str b)
{
	const struct birth x = birth_read(a), y = birth_read(b);
	str rest;
	const uint64_t p = packed_phone(a, &rest), q = packed_phone(b, &rest);

	if (births_level(&x, &y) != births_level(&y, &x) || (x.n > 0 && births_level(&x, &x) > BIRTH_FIRST && x.as[0].day != 0))
		abort();
	if (packed_near(p, q) != packed_near(q, p))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct match_options o = { .threads = 1, .keep_pairs = true };
	struct match *m = match_new();
	str rest = { (const char *)data, size }, values[MATCH_FIELDS] = { 0 };
	size_t records = 0;
	int field = 0;

	if (!str_utf8(rest) || size > 4000)
		rest.len = 0;
	while (rest.len > 0 && records < 60) {
		const str before = values[field];

		values[field] = str_cut(rest, '\n', &rest);
		words_both_ways(before, values[field]);
		values_both_ways(before, values[field]);
		field = (field + 1) % MATCH_FIELDS;
		if (field == 0 || rest.len == 0) {
			match_add(m, 0, values);
			records++;
		}
	}
	match_run(m, &o);
	if (match_records(m) != records || match_clusters(m) > records)
		abort();
	match_free(m);
	return 0;
}
