/* Sorted keys in pages against a plain sorted list, and the keys of people against their records. */
#include "bundle_case.h"

#include "model/person_keys.h"
#include "model/sorted.h"
#include "sql.h"

/* ---- pages ---- */

enum { MOST = 4000 };
struct model { /* what the pages must hold */
	struct key v[MOST];
	size_t n;
};

static uint64_t chance = 7;
static size_t
below(size_t n)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return (size_t)(chance % n);
}

static int
compare(const void *a, const void *b)
{
	return key_cmp(a, b);
}

static bool
model_add(struct model *m, struct key k)
{
	for (size_t i = 0; i < m->n; i++) {
		if (key_cmp(&m->v[i], &k) == 0)
			return false;
	}
	assert_true(m->n < MOST);
	m->v[m->n++] = k;
	qsort(m->v, m->n, sizeof *m->v, compare);
	return true;
}

static struct key
some_key(struct arena *a)
{
	static const char *const begins[] = { "nahm", "nbah", "sm", "d1990", "h", "n\xc3\xa9", "nahmadi\tzahra" };
	str text = str_format(a, "%s%.*s", begins[below(7)], (int)below(12), "abcabcabcabc");

	return (struct key){ text, (int64_t)(below(40) << below(40)) };
}

static void
assert_walk(struct db_case *t, const struct model *m, str prefix, const struct key *after, bool back)
{
	struct sorted_walk w;
	struct key k;
	size_t at = back ? m->n : 0;

	sorted_walk(&w, t->db, 1, prefix, after, back);
	for (;;) {
		bool got = sorted_next(&w, &k), wanted = false;

		while (!wanted && (back ? at > 0 : at < m->n)) {
			const struct key *x = &m->v[back ? --at : at++];
			int c = after == NULL ? 0 : key_cmp(x, after);

			wanted = str_starts(x->text, prefix) && (after == NULL || (back ? c < 0 : c > 0));
			if (wanted && (!got || key_cmp(x, &k) != 0))
				fail_msg("%d %.*s: %.*s/%lld was wanted, not %.*s/%lld", back, STR_ARG(prefix), STR_ARG(x->text),
				    (long long)x->id, got ? (int)k.text.len : 0, k.text.s, (long long)k.id);
		}
		assert_int_equal(got, wanted);
		if (!got)
			break;
	}
	ok(sorted_done(&w));
}

static void
pages_hold_what_a_sorted_list_would(void **state)
{
	struct db_case *t = case_of(state);
	static struct model m;
	struct sorted_batch b = { 0 };
	size_t most = 0;

	chance = 7;
	m.n = 0;
	case_open(t, DB_CREATE);
	for (int round = 0; round < 40; round++) {
		for (size_t i = below(round % 5 == 0 ? 300 : 9); i > 0; i--) {
			struct key k = some_key(&t->arena);

			if (model_add(&m, k))
				sorted_add(&b, k.text, k.id);
		}
		for (size_t i = below(round % 7 == 6 ? 200 : 5); i > 0 && m.n > 0; i--) {
			size_t at = below(m.n);

			sorted_remove(&b, m.v[at].text, m.v[at].id);
			memmove(&m.v[at], &m.v[at + 1], (--m.n - at) * sizeof *m.v);
		}
		most = m.n > most ? m.n : most;
		ok(db_begin_write(t->db));
		ok(db_end(t->db, sorted_apply(t->db, 1, &b)));
		assert_walk(t, &m, S(""), NULL, round % 2 == 1);
		assert_walk(t, &m, S("nahm"), NULL, false);
		assert_walk(t, &m, S("d1990"), NULL, true);
		if (m.n > 0) {
			assert_walk(t, &m, S("n"), &m.v[below(m.n)], false);
			assert_walk(t, &m, S("n"), &m.v[below(m.n)], true);
		}
	}
	assert_true(most > 300);
	sorted_release(&b);
}

/* So many that they are dealt out before they are sorted. */
static void
a_large_batch_is_in_order(void **state)
{
	enum { MANY = 30000 };
	struct db_case *t = case_of(state);
	struct sorted_batch b = { 0 };
	struct sorted_walk w;
	struct key k, last = { 0 };
	char before[32] = "";
	size_t n = 0;

	chance = 99;
	case_open(t, DB_CREATE);
	for (int64_t i = 0; i < MANY; i++) {
		char text[32];

		snprintf(text, sizeof text, "%c%c%zu", (int)('a' + below(20)), (int)('a' + below(20)), below(50));
		sorted_add(&b, str_of(text), i);
	}
	ok(db_begin_write(t->db));
	ok(db_end(t->db, sorted_apply(t->db, 1, &b)));
	sorted_release(&b);
	sorted_walk(&w, t->db, 1, S(""), NULL, false);
	for (; sorted_next(&w, &k); n++) {
		assert_true(n == 0 || key_cmp(&last, &k) < 0);
		snprintf(before, sizeof before, "%.*s", STR_ARG(k.text));
		last = (struct key){ str_of(before), k.id };
	}
	ok(sorted_done(&w));
	assert_int_equal(n, MANY);
}

static void
a_page_that_is_none_is_refused(void **state)
{
	struct sorted_page p = { 0 };

	(void)state;
	assert_true(sorted_decode(&p, S("")));
	assert_int_equal(p.n, 0);
	assert_true(sorted_decode(&p, S("\0\1a\2")));
	assert_int_equal(p.n, 1);
	assert_int_equal(p.v[0].id, 1);
	assert_false(sorted_decode(&p, S("\1\1a\2")));        /* shares with nothing */
	assert_false(sorted_decode(&p, S("\0\5a\2")));        /* longer than it is */
	assert_false(sorted_decode(&p, S("\0\1a")));          /* without an id */
	assert_false(sorted_decode(&p, S("\0\1a\2\0\1a\0"))); /* the same again */
	assert_false(sorted_decode(&p, S("\0\1b\2\0\1a\0"))); /* not in order */
	arena_release(&p.arena);
}

/* ---- people ---- */

static bool
right(struct db_case *t, int64_t *n)
{
	bool is;

	ok(db_begin_read(t->db));
	ok(db_end(t->db, person_keys_verify(t->db, &is, n)));
	return is;
}

static void
keys_follow_the_people_through_imports_and_changes(void **state)
{
	static const struct sql forget = { "forget", "delete from key_pages", NULL };
	struct db_case *t = case_of(state);
	const char *const one[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "people.csv",
		"ref,family_name,given_name,sex,birth_date,nationality,household_ref,phone,email,agdref\n"
		"a,Noori,Zahra,F,1990-08-31,AF,h1,06 12 34 56 78,zn@example.org,0735777399\n"
		"b,,,,,,,,,\n"
		"c,Cali,Maxamed,M,1988,SO,H1,+33612345679 / 0473000000,,\n",
		NULL };
	const char *const two[] = { "people.csv",
		"ref,family_name,given_name,phone\na,Nouri,Zahra,\nb,Traoré,Awa,0102030405\nd,李,明,\n", NULL };
	int64_t n, all;

	case_open(t, DB_CREATE);
	assert_true(right(t, &n));
	assert_int_equal(n, 0);
	case_imported(t, case_bundle(t, "one", one));
	assert_true(right(t, &n));
	assert_true(n > 15);
	case_imported(t, case_bundle(t, "two", two));
	assert_true(right(t, &all));
	assert_true(all > n);
	case_write(t->db, &forget, NULL, 0);
	assert_false(right(t, &n));
	ok(person_keys_rebuild(t->db));
	assert_true(right(t, &n));
	assert_int_equal(n, all);
}

static void
an_older_edition_is_made_again_once(void **state)
{
	static const struct sql forget = { "forget", "delete from key_pages", NULL };
	struct db_case *t = case_of(state);
	const char *const one[] = { "people.csv", "ref,family_name\na,Noori\n", NULL };
	int64_t n;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "one", one));
	case_write(t->db, &forget, NULL, 0);
	ok(person_keys_ready(t->db));
	assert_true(right(t, &n));
	case_write(t->db, &forget, NULL, 0);
	ok(person_keys_ready(t->db)); /* is thought to be there */
	assert_false(right(t, &n));
	ok(db_begin_write(t->db));
	ok(db_end(t->db, fact_put(t->db, S("keys of people"), S("0"))));
	ok(person_keys_ready(t->db));
	assert_true(right(t, &n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(pages_hold_what_a_sorted_list_would),
		ON_BOTH(a_large_batch_is_in_order),
		cmocka_unit_test(a_page_that_is_none_is_refused),
		ON_BOTH(keys_follow_the_people_through_imports_and_changes),
		ON_BOTH(an_older_edition_is_made_again_once),
	};

	return cmocka_run_group_tests_name("person_keys", tests, NULL, NULL);
}
