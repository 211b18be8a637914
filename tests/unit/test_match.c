/* Same person or not: words and dates by tables, the same result in any order and with any number of threads, how good it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "match/columns.h"
#include "match/match.h"
#include "match/room.h"

#include <cmocka.h>

static str
file_read(struct arena *a, const char *name)
{
	const char *source = getenv("JALON_SOURCE");
	str path = str_format(a, "%s/tests/cases/match/%s", source == NULL ? "." : source, name), all;
	FILE *f = fopen(path.s, "rb");
	struct buf b = { 0 };
	char piece[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, (str){ piece, n });
	fclose(f);
	all = str_dup(a, buf_str(&b));
	buf_release(&b);
	return all;
}

/* --- tables --- */

static enum word_level
names_level(str a, str b)
{
	char x[NAME_WORDS][SOUNDS_MAX + 1], y[NAME_WORDS][SOUNDS_MAX + 1];
	const size_t n = name_words(a, x), m = name_words(b, y);
	enum word_level worst = WORD_SAME;

	if (n != m)
		return WORD_OTHER;
	for (size_t i = 0; i < n; i++) {
		struct word v, w;
		enum word_level l;

		word_read(&v, str_of(x[i]));
		word_read(&w, str_of(y[i]));
		l = words_level(&v, &w);
		assert_int_equal(l, words_level(&w, &v));
		worst = l > worst ? l : worst;
	}
	return worst;
}

static void
words_agree_as_the_table_says(void **state)
{
	struct arena a = { 0 };
	str rest = file_read(&a, "words.tsv");
	int wrong = 0, lines = 0;

	(void)state;
	while (rest.len > 0) {
		str line = str_cut(rest, '\n', &rest), right, word, left = str_cut(line, '\t', &right);
		enum word_level l;

		if (line.len == 0 || line.s[0] == '#')
			continue;
		right = str_cut(right, '\t', &word);
		l = names_level(left, right);
		lines++;
		if (str_is(word, "same") ? l > WORD_NEAR : str_is(word, "slip") ? l > WORD_TYPO : l < WORD_WEAK) {
			print_error("%.*s, %.*s: level %d, and not %.*s\n", STR_ARG(left), STR_ARG(right), (int)l, STR_ARG(word));
			wrong++;
		}
	}
	arena_release(&a);
	assert_true(lines > 60);
	assert_int_equal(wrong, 0);
}

static void
dates_agree_as_the_table_says(void **state)
{
	static const char *const names[BIRTH_LEVELS] = { "same", "first", "swapped", "calendar", "digit", "default", "day",
		"year", "next", "other", "unknown" };
	struct arena a = { 0 };
	str rest = file_read(&a, "births.tsv");
	int wrong = 0;

	(void)state;
	while (rest.len > 0) {
		str line = str_cut(rest, '\n', &rest), right, word, left = str_cut(line, '\t', &right);
		struct birth x, y;
		enum birth_level l;

		if (line.len == 0 || line.s[0] == '#')
			continue;
		right = str_cut(right, '\t', &word);
		x = birth_read(left);
		y = birth_read(right);
		l = births_level(&x, &y);
		assert_int_equal(l, births_level(&y, &x));
		if (!str_is(word, names[l])) {
			print_error("%.*s, %.*s: %s, and not %.*s\n", STR_ARG(left), STR_ARG(right), names[l], STR_ARG(word));
			wrong++;
		}
	}
	arena_release(&a);
	assert_int_equal(wrong, 0);
}

static void
digits_a_slip_apart_are_seen(void **state)
{
	const uint64_t n = packed_digits(S("0123456789"));
	str rest, other;

	(void)state;
	assert_true(packed_near(n, packed_digits(S("0123456780"))));
	assert_true(packed_near(n, packed_digits(S("0132456789"))));
	assert_true(packed_near(n, packed_digits(S("012345678"))));
	assert_true(packed_near(n, packed_digits(S("01234567895"))));
	assert_false(packed_near(n, packed_digits(S("0123456770"))));
	assert_false(packed_near(n, packed_digits(S("9876543210"))));
	assert_int_equal(packed_phone(S("06 12 34 56 78"), &rest), packed_phone(S("+33 6 12 34 56 78"), &rest));
	assert_int_equal(packed_phone(S("0033612345678"), &rest), packed_phone(S("0612345678"), &rest));
	assert_int_equal(packed_phone(S("06.12.34.56.78 / 07 11 22 33 44"), &rest), packed_phone(S("0612345678"), &other));
	assert_int_equal(packed_phone(rest, &rest), packed_phone(S("0711223344"), &other));
}

/* --- the whole --- */

struct people {
	struct arena arena;
	str (*v)[MATCH_FIELDS];
	size_t n;
};

/* The kept set has no quotes but around addresses with a comma. */
static void
cut_line(str line, str to[MATCH_FIELDS])
{
	static const enum match_field order[] = { MATCH_REF, MATCH_SOURCE, MATCH_FAMILY, MATCH_GIVEN, MATCH_BIRTH, MATCH_SEX,
		MATCH_NATIONALITY, MATCH_PHONE, MATCH_EMAIL, MATCH_ADDRESS, MATCH_POSTCODE, MATCH_CITY, MATCH_AGDREF };

	for (size_t i = 0; i < MATCH_FIELDS; i++) {
		if (line.len > 0 && line.s[0] == '"') {
			const char *end = memchr(line.s + 1, '"', line.len - 1);

			to[order[i]] = (str){ line.s + 1, (size_t)(end - line.s) - 1 };
			line = (str){ end + 1, line.len - to[order[i]].len - 2 };
			str_cut(line, ',', &line);
		} else {
			to[order[i]] = str_cut(line, ',', &line);
		}
	}
}

static void
people_read(struct people *p)
{
	str rest = file_read(&p->arena, "people.csv");

	str_cut(rest, '\n', &rest);
	p->v = arena_array(&p->arena, 4096, sizeof *p->v);
	while (rest.len > 0)
		cut_line(str_cut(rest, '\n', &rest), p->v[p->n++]);
	assert_int_equal(p->n, 700);
}

static str
matched(struct people *p, size_t step, int threads)
{
	struct match *m = match_new();
	const struct match_options o = { .threads = threads, .keep_pairs = true };
	struct buf b = { 0 };

	for (size_t i = 0; i < p->n; i++)
		match_add(m, 0, p->v[i * step % p->n]);
	match_run(m, &o);
	for (size_t i = 0; i < match_records(m); i++) {
		const str ref = match_ref(m, i), cluster = match_cluster(m, i);

		buf_format(&b, "%.*s,%.*s\n", STR_ARG(ref), STR_ARG(cluster));
	}
	for (size_t i = 0; i < match_pairs(m); i++) {
		const struct match_pair pair = match_pair(m, i);

		buf_format(&b, "%u,%u,%.17g,%d,", pair.a, pair.b, pair.probability, pair.joined);
		match_reasons(m, i, &b);
		buf_char(&b, '\n');
	}
	match_free(m);
	return buf_kept(&b, &p->arena);
}

static void
order_and_threads_change_nothing(void **state)
{
	static struct people p;
	str first;

	(void)state;
	people_read(&p);
	first = matched(&p, 1, 1);
	assert_true(first.len > 1000);
	assert_true(str_eq(first, matched(&p, 1, 2)));
	assert_true(str_eq(first, matched(&p, 1, 5)));
	assert_true(str_eq(first, matched(&p, 3, 1)));
	assert_true(str_eq(first, matched(&p, 699, 3)));
	arena_release(&p.arena);
}

static str
person_of(str truth, str ref)
{
	while (truth.len > 0) {
		str line = str_cut(truth, '\n', &truth), person, r = str_cut(line, ',', &person);

		if (str_eq(r, ref))
			return person;
	}
	fail();
	return ref;
}

/* Floors, not goals. */
static void
the_kept_set_is_matched_well(void **state)
{
	static struct people p;
	const struct match_options o = { .threads = 1 };
	struct match *m = match_new();
	long hit = 0, made = 0, wanted = 0;
	str truth, *person;
	double precision, recall;

	(void)state;
	people_read(&p);
	truth = file_read(&p.arena, "truth.csv");
	for (size_t i = 0; i < p.n; i++)
		match_add(m, 0, p.v[i]);
	match_run(m, &o);
	person = arena_array(&p.arena, p.n, sizeof *person);
	for (size_t i = 0; i < p.n; i++)
		person[i] = person_of(truth, match_ref(m, i));
	for (size_t i = 0; i < p.n; i++) {
		for (size_t j = 0; j < i; j++) {
			const bool one = str_eq(person[i], person[j]), joined = str_eq(match_cluster(m, i), match_cluster(m, j));

			hit += one && joined;
			made += joined;
			wanted += one;
		}
	}
	precision = (double)hit / (double)made;
	recall = (double)hit / (double)wanted;
	print_message("# precision %.4f, recall %.4f\n", precision, recall);
	match_free(m);
	arena_release(&p.arena);
	assert_true(precision >= 0.985);
	assert_true(recall >= 0.96);
}

static void
add(struct match *m, int side, const char *ref, const char *family, const char *given, const char *birth, const char *phone)
{
	str v[MATCH_FIELDS] = { 0 };

	v[MATCH_REF] = str_of(ref);
	v[MATCH_FAMILY] = str_of(family);
	v[MATCH_GIVEN] = str_of(given);
	v[MATCH_BIRTH] = str_of(birth);
	v[MATCH_PHONE] = str_of(phone);
	match_add(m, side, v);
}

static void
twins_stay_two_people(void **state)
{
	const struct match_options o = { .threads = 1 };
	struct match *m = match_new();

	(void)state;
	add(m, 0, "a1", "Noori", "Farid", "2001-05-12", "0612345678");
	add(m, 0, "a2", "NOURI", "Fareed", "12/05/2001", "06 12 34 56 78");
	add(m, 0, "b1", "Noori", "Ramin", "2001-05-12", "0612345678");
	match_run(m, &o);
	assert_int_equal(match_clusters(m), 2);
	match_free(m);
}

static void
a_link_is_made_once_for_each(void **state)
{
	const struct match_options o = { .threads = 1, .link = true };
	struct match *m = match_new();
	struct match_pair pair;

	(void)state;
	add(m, 0, "a1", "Noori", "Farid", "2001-05-12", "0612345678");
	add(m, 1, "b1", "Nouri", "Farid", "12/05/2001", "0612345678");
	add(m, 1, "b2", "Kovalenko", "Olha", "1988-11-30", "0700000001");
	match_run(m, &o);
	assert_int_equal(match_pairs(m), 1);
	pair = match_pair(m, 0);
	assert_true(pair.joined);
	assert_true(str_is(match_ref(m, pair.a), "a1"));
	assert_true(str_is(match_ref(m, pair.b), "b1"));
	match_free(m);
}

static void
two_records_alone_are_weighed(void **state)
{
	str a[MATCH_FIELDS] = { 0 }, b[MATCH_FIELDS] = { 0 };
	struct buf why = { 0 };

	(void)state;
	a[MATCH_FAMILY] = S("Noori");
	a[MATCH_GIVEN] = S("Zahra");
	b[MATCH_FAMILY] = S("Zahrah");
	b[MATCH_GIVEN] = S("Nouri");
	assert_true(match_two(a, b, &why) > 0.2);
	a[MATCH_BIRTH] = S("1990-03-04");
	b[MATCH_BIRTH] = S("1990-04-03");
	buf_clear(&why);
	assert_true(match_two(a, b, &why) > 0.9);
	assert_true(str_starts(buf_str(&why),
	    S("given name: sounds the same; family name: sounds the same; names: given and family name exchanged; birth date: day and month exchanged")));
	b[MATCH_BIRTH] = S("1971-11-29");
	assert_true(match_two(a, b, &why) < 0.8);
	b[MATCH_GIVEN] = S("Olha");
	assert_true(match_two(a, b, &why) < 0.02);
	buf_release(&why);
}

static void
nothing_and_one_record_are_fine(void **state)
{
	const struct match_options o = { .threads = 2, .keep_pairs = true };
	struct match *m = match_new();

	(void)state;
	match_run(m, &o);
	assert_int_equal(match_records(m), 0);
	match_free(m);
	m = match_new();
	add(m, 0, "a", "", "", "", "");
	match_run(m, &o);
	assert_int_equal(match_clusters(m), 1);
	assert_true(str_is(match_cluster(m, 0), "a"));
	match_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_agree_as_the_table_says),
		cmocka_unit_test(dates_agree_as_the_table_says),
		cmocka_unit_test(digits_a_slip_apart_are_seen),
		cmocka_unit_test(order_and_threads_change_nothing),
		cmocka_unit_test(the_kept_set_is_matched_well),
		cmocka_unit_test(twins_stay_two_people),
		cmocka_unit_test(a_link_is_made_once_for_each),
		cmocka_unit_test(two_records_alone_are_weighed),
		cmocka_unit_test(nothing_and_one_record_are_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
