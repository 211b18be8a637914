/* Finding people: the table tests/cases/search.tsv, all of whose people are in one database; the organisation's limit. */
#include "bundle_case.h"

#include "people/search.h"
#include "sql.h"

enum { CASES_MOST = 400 };
struct search_case {
	str typed, stored, expected;
	int line;
};

static size_t
read_cases(struct db_case *t, struct search_case *to)
{
	str rest = get_file(&t->arena, source_path(t, "tests/cases/search.tsv"));
	size_t n = 0;
	int line = 1;

	(void)str_cut(rest, '\n', &rest); /* the heading */
	while (rest.len > 0) {
		str row = str_cut(rest, '\n', &rest);

		assert_true(n < CASES_MOST);
		to[n].typed = str_cut(row, '\t', &row);
		to[n].stored = str_cut(row, '\t', &row);
		to[n].expected = str_cut(row, '\t', &row);
		to[n++].line = ++line;
	}
	return n;
}

/* The ref of each stored person is the number of the first case that names them. */
static size_t
first_with(const struct search_case *v, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		if (str_eq(v[k].stored, v[i].stored))
			return k;
	}
	return i;
}

static void
cell(struct buf *to, str s)
{
	buf_char(to, '"');
	buf_add(to, s);
	buf_char(to, '"');
}

static const char *
people_csv(struct db_case *t, const struct search_case *v, size_t n)
{
	struct buf b = { 0 };
	const char *z;

	buf_add(&b, S("ref,family_name,given_name,languages,birth_date,phone,email,household_ref,agdref\n"));
	for (size_t i = 0; i < n; i++) {
		str rest = v[i].stored;

		if (first_with(v, i) != i)
			continue;
		buf_format(&b, "case.%zu", i);
		for (int k = 0; k < 8; k++) {
			buf_char(&b, ',');
			cell(&b, str_cut(rest, '|', &rest));
		}
		buf_char(&b, '\n');
	}
	z = str_z(&t->arena, buf_str(&b));
	buf_release(&b);
	return z;
}

static struct sight
sight_of(struct db_case *t, int64_t organisation)
{
	return (struct sight){
		.db = t->db, .arena = &t->arena, .territory = 1, .organisation = organisation, .today = day_of(2025, 6, 15)
	};
}

/* 0: not found; else the place among the results, from 1. */
static size_t
place_of(const struct person_hits *hits, str ref)
{
	for (size_t i = 0; i < hits->n; i++) {
		if (str_eq(hits->v[i].line.ref, ref))
			return i + 1;
	}
	return 0;
}

static void
everybody_is_found_as_the_table_says(void **state)
{
	struct db_case *t = case_of(state);
	static struct search_case v[CASES_MOST];
	const struct sight s = sight_of(t, 0);
	size_t n = read_cases(t, v);
	int wrong = 0;

	assert_true(n > 100);
	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "people", (const char *const[]){ "people.csv", people_csv(t, v, n), NULL }));
	for (size_t i = 0; i < n; i++) {
		struct sight here = s;
		struct person_hits hits;
		size_t place;
		bool right;

		here.db = t->db;
		ok(people_search(&here, v[i].typed, &hits));
		place = place_of(&hits, str_format(&t->arena, "case.%zu", first_with(v, i)));
		right = str_is(v[i].expected, "no") ? place == 0 : str_is(v[i].expected, "first") ? place == 1 : place > 0;
		if (right)
			continue;
		print_error("search.tsv:%d: \"%.*s\" for %.*s: %.*s was expected, place %zu of %zu (first: %.*s %.*s)\n",
		    v[i].line, STR_ARG(v[i].typed), STR_ARG(v[i].stored), STR_ARG(v[i].expected), place, hits.n,
		    STR_ARG(hits.v[0].line.family_name), STR_ARG(hits.v[0].line.given_name));
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(everybody_is_found_as_the_table_says),
	};

	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
