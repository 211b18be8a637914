/* Reading comma-separated values: the cases of tests/cases/csv/, and what is too large to write there. */
#include "bundle_case.h"
#include "text_case.h"

#include "exchange/csv.h"

static struct text_cases cases;

/* Bytes in memory, given so many at a time: what a reader makes of them must not depend on that. */
struct memory {
	struct csv_source source;
	str bytes;
	size_t at, step;
	size_t repeat, tail; /* bytes come so often, then the last tail of them once more */
	bool fails;
};

static int64_t
read_memory(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	static const struct err refused = { .kind = ERR_WORLD, .what = "refused" };
	struct memory *m = (struct memory *)from;
	size_t n = m->bytes.len - m->at;

	if (n == 0 && m->repeat > 1) {
		m->repeat--;
		m->at = 0;
		n = m->bytes.len;
	}
	if (n == 0 && m->fails) {
		*err = &refused;
		return -1;
	}
	n = n > size ? size : n;
	n = n > m->step ? m->step : n;
	if (n > 0)
		memcpy(to, m->bytes.s + m->at, n);
	m->at += n;
	return (int64_t)n;
}

static struct memory
memory_of(str bytes, size_t step)
{
	return (struct memory){ .source.read = read_memory, .bytes = bytes, .step = step };
}

/* The records that come of it, and the faults, as the text tables write them. */
static str
records_of(struct arena *a, struct memory *m, struct problems *got)
{
	struct csv_reader *r;
	struct csv_record record;
	const struct err *err;
	struct buf b = { 0 };
	str out;

	problems_init(got, a);
	r = csv_open(a, &m->source, S("file.csv"), &got->sink);
	while (csv_next(r, &record, &err)) {
		buf_format(&b, "%lld: %s", (long long)record.line, record.wrong ? "wrong " : "");
		for (size_t i = 0; i < record.n; i++) {
			if (i > 0)
				buf_char(&b, '|');
			add_escaped(&b, record.cells[i]);
		}
		buf_char(&b, '\n');
	}
	csv_close(r);
	assert_true(m->fails == (err != NULL));
	out = str_dup(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static void
a_case_reads_as_it_says(void **state)
{
	static const size_t steps[] = { 1, 2, 3, 7, 1 << 20 };
	const struct text_case *c = *state;
	str bytes = { 0 }, records = { 0 }, faults = { 0 };
	struct arena a = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		const struct text_part *p = &c->parts[i];

		*(str_is(p->name, "csv") ? &bytes : str_is(p->name, "records") ? &records : &faults) = p->content;
	}
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct memory m = memory_of(bytes, steps[i]);
		struct problems got;
		str read = records_of(&a, &m, &got), told = problem_lines(&a, &got, PROBLEM_FAULT);

		if (!str_eq(read, records) || !str_eq(told, faults)) {
			print_problems(&got);
			fail_msg("%s:%d: %zu bytes at a time\nwanted:\n%.*s%.*sgot:\n%.*s%.*s", c->file, c->line, steps[i],
			    STR_ARG(records), STR_ARG(faults), STR_ARG(read), STR_ARG(told));
		}
	}
	arena_release(&a);
}

/* ---- large ones ---- */

/* Reads everything; how many records are right, and what was told, within these bounds of memory. */
struct totals {
	size_t right, wrong, faults;
	bool cut;
	char first_fault[80];
};

static struct totals
totals_of(struct memory *m)
{
	struct arena a = { 0 };
	struct problems got;
	struct csv_reader *r;
	struct csv_record record;
	const struct err *err;
	struct totals t = { 0 };

	problems_init(&got, &a);
	r = csv_open(&a, &m->source, S("file.csv"), &got.sink);
	while (csv_next(r, &record, &err))
		*(record.wrong ? &t.wrong : &t.right) += 1;
	t.cut = csv_cut(r);
	csv_close(r);
	t.faults = got.sink.faults;
	if (got.n > 0)
		snprintf(t.first_fault, sizeof t.first_fault, "%lld: %.*s", (long long)got.v[0].line, STR_ARG(got.v[0].expected));
	assert_true(a.total < 4 << 20);
	arena_release(&a);
	return t;
}

static str
repeated(struct buf *b, const char *before, const char *piece, size_t n, const char *after)
{
	buf_clear(b);
	buf_add(b, str_of(before));
	for (size_t i = 0; i < n; i++)
		buf_add(b, str_of(piece));
	buf_add(b, str_of(after));
	return buf_str(b);
}

static void
a_million_columns_are_refused(void **state)
{
	struct buf b = { 0 };
	struct memory m = memory_of(repeated(&b, "a", ",a", 999999, "\n1,2\n"), 65536);
	struct totals t = totals_of(&m);

	(void)state;
	assert_int_equal(t.right + t.wrong, 0);
	assert_int_equal(t.faults, 1);
	assert_true(t.cut);
	m = memory_of(repeated(&b, "a,b\n", ",", 1000000, "\n1,2\n"), 65536);
	t = totals_of(&m);
	assert_int_equal(t.right, 2);
	assert_int_equal(t.faults, 1);
	assert_false(t.cut);
	buf_release(&b);
}

static void
two_hundred_and_fifty_six_columns_are_read(void **state)
{
	struct buf b = { 0 };
	struct memory m = memory_of(repeated(&b, "a", ",a", 255, "\n"), 100);

	(void)state;
	assert_int_equal(totals_of(&m).right, 1);
	m = memory_of(repeated(&b, "a", ",a", 256, "\n"), 100);
	assert_int_equal(totals_of(&m).faults, 1);
	buf_release(&b);
}

static void
a_value_of_64_kib_is_read_and_a_longer_one_is_told(void **state)
{
	struct buf b = { 0 };
	struct memory m = memory_of(repeated(&b, "a,b\n1,", "x", 65536, "\n"), 4096);
	struct totals t = totals_of(&m);

	(void)state;
	assert_int_equal(t.right, 2);
	m = memory_of(repeated(&b, "a,b\n1,", "x", 65537, "\n2,3\n"), 4096);
	t = totals_of(&m);
	assert_int_equal(t.right, 2);
	assert_int_equal(t.wrong, 1);
	assert_int_equal(t.faults, 1);
	m = memory_of(repeated(&b, "a,b\n1,\"", "x\"\"\n", 100000, "\"\n2,3\n"), 4096);
	t = totals_of(&m);
	assert_int_equal(t.right, 2);
	assert_int_equal(t.wrong, 1);
	buf_release(&b);
}

static void
lines_of_ten_megabytes_are_told_and_the_next_ones_are_read(void **state)
{
	static const char *const pieces[] = { "x", ",", "\"\",", "x,", "é" };
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct memory m = memory_of(repeated(&b, "a,b\n1,", pieces[i], 10000000, "\n2,3\n"), 1 << 20);
		struct totals t = totals_of(&m);

		assert_int_equal(t.right, 2);
		assert_int_equal(t.wrong, 1);
		assert_int_equal(t.faults, 1);
		assert_false(t.cut);
	}
	buf_release(&b);
}

static void
an_open_quote_before_ten_megabytes_ends_the_reading(void **state)
{
	struct buf b = { 0 };
	struct memory m = memory_of(repeated(&b, "a,b\n1,\"", "x,y\n", 2500000, ""), 1 << 20);
	struct totals t = totals_of(&m);

	(void)state;
	assert_int_equal(t.right, 1);
	assert_int_equal(t.wrong, 1);
	assert_int_equal(t.faults, 1);
	assert_true(t.cut);
	buf_release(&b);
}

static void
a_record_of_exactly_a_mebibyte_is_judged_alike_however_it_comes(void **state)
{
	static const size_t steps[] = { 1000, 4096, 65536, 1 << 20, 1 << 22 };
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		/* 20 values of 52,428 bytes and a comma or newline make 1,048,580 bytes; four less are within the bound. */
		for (size_t less = 3; less < 6; less++) {
			struct memory m;
			struct totals t;

			repeated(&b, "", "h,", 19, "h\n");
			for (int j = 0; j < 20; j++) {
				buf_pad(&b, 'x', 52428 - (j == 19 ? less : 0));
				buf_char(&b, j < 19 ? ',' : '\n');
			}
			m = memory_of(buf_str(&b), steps[i]);
			t = totals_of(&m);
			assert_int_equal(t.right, less >= 4 ? 2 : 1);
			assert_int_equal(t.faults, less >= 4 ? 0 : 1);
		}
	}
	buf_release(&b);
}

static void
a_hundred_thousand_faults_take_no_room_in_the_reader(void **state)
{
	struct buf b = { 0 };
	struct memory m = memory_of(repeated(&b, "a,b\n", "1\n2,3,4\n5,\xe9\n", 30000, ""), 65536);
	struct problem_sink silent = problem_silence();
	struct arena a = { 0 };
	struct csv_reader *r = csv_open(&a, &m.source, S("file.csv"), &silent);
	struct csv_record record;
	const struct err *err;

	(void)state;
	while (csv_next(r, &record, &err))
		;
	assert_int_equal(silent.faults, 90000);
	assert_true(a.total < 1 << 20);
	csv_close(r);
	arena_release(&a);
	buf_release(&b);
}

static void
a_source_that_fails_is_an_error_and_no_fault(void **state)
{
	static const char *const starts[] = { "", "a,b", "a,b\n1,2\n", "a,b\n1,\"2", "a,b\n1\"", "\xef\xbb" };

	(void)state;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		struct memory m = memory_of(str_of(starts[i]), 2);
		struct arena a = { 0 };
		struct problems got;

		m.fails = true;
		(void)records_of(&a, &m, &got);
		assert_int_equal(got.sink.faults, strchr(starts[i], '1') != NULL && strstr(starts[i], "1\"") != NULL);
		arena_release(&a);
	}
}

/* What is written is read back: every value of up to four of these characters, in each place of a record. */
static void
what_is_written_is_read_back(void **state)
{
	static const char *const letters[] = { "a", ",", ";", "\"", "\n", "\r", " ", "é" };
	enum { LETTERS = sizeof letters / sizeof *letters, ALL = LETTERS * LETTERS * LETTERS * LETTERS };
	struct buf out = { 0 }, value = { 0 };
	struct problems got;
	struct arena a = { 0 };
	struct memory m;
	struct csv_reader *r = NULL;
	struct csv_record record;
	const struct err *err;

	(void)state;
	buf_add(&out, S("h1,h2\n"));
	for (int pass = 0; pass < 2; pass++) {
		if (pass == 1) {
			m = memory_of(buf_str(&out), 333);
			problems_init(&got, &a);
			r = csv_open(&a, &m.source, S("file.csv"), &got.sink);
			assert_true(csv_next(r, &record, &err));
		}
		for (int i = 0; i < ALL; i++) {
			buf_clear(&value);
			for (int n = i, k = 0; k < 4 && (n > 0 || k == 0); n /= LETTERS, k++)
				buf_add(&value, str_of(letters[n % LETTERS]));
			if (pass == 0) {
				csv_cell(&out, buf_str(&value), true);
				csv_cell(&out, buf_str(&value), false);
				buf_char(&out, '\n');
			} else {
				assert_true(csv_next(r, &record, &err));
				assert_false(record.wrong);
				assert_true(str_eq(record.cells[0], buf_str(&value)));
				assert_true(str_eq(record.cells[1], buf_str(&value)));
			}
		}
	}
	assert_false(csv_next(r, &record, &err));
	assert_int_equal(got.sink.faults, 0);
	csv_close(r);
	arena_release(&a);
	buf_release(&out);
	buf_release(&value);
}

int
main(void)
{
	const struct CMUnitTest large[] = {
		cmocka_unit_test(a_million_columns_are_refused),
		cmocka_unit_test(two_hundred_and_fifty_six_columns_are_read),
		cmocka_unit_test(a_value_of_64_kib_is_read_and_a_longer_one_is_told),
		cmocka_unit_test(lines_of_ten_megabytes_are_told_and_the_next_ones_are_read),
		cmocka_unit_test(an_open_quote_before_ten_megabytes_ends_the_reading),
		cmocka_unit_test(a_record_of_exactly_a_mebibyte_is_judged_alike_however_it_comes),
		cmocka_unit_test(a_hundred_thousand_faults_take_no_room_in_the_reader),
		cmocka_unit_test(a_source_that_fails_is_an_error_and_no_fault),
		cmocka_unit_test(what_is_written_is_read_back),
	};
	const size_t n = sizeof large / sizeof *large;
	struct CMUnitTest *tests;
	int failed;

	text_read(&cases, "tests/cases/csv");
	tests = ARENA_ARRAY(&cases.arena, cases.n + n, struct CMUnitTest);
	for (size_t i = 0; i < cases.n; i++)
		tests[i] = (struct CMUnitTest){ .name = str_z(&cases.arena, cases.v[i].title),
			.test_func = a_case_reads_as_it_says,
			.initial_state = &cases.v[i] };
	memcpy(tests + cases.n, large, sizeof large);
	failed = _cmocka_run_group_tests("csv", tests, cases.n + n, NULL, NULL);
	arena_release(&cases.arena);
	return failed;
}
