/* Forms, queries and cookies: the cases of tests/cases/forms/, and what is too large to write there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text_case.h"

#include "web/form_data.h"

static struct text_cases cases;

static str
part_of(const struct text_case *c, const char *name)
{
	str found = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		if (str_is(c->parts[i].name, name))
			found = c->parts[i].content; /* the case's own comes after the file's */
	}
	return found;
}

static void
show(struct buf *to, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const unsigned char c = (unsigned char)s.s[i];

		if (c == '\r' || c == '\n')
			buf_format(to, "\\%c", c == '\r' ? 'r' : 'n');
		else if (c < ' ' || (c >= 0x80 && !str_utf8(s)))
			buf_format(to, "\\x%02x", c);
		else
			buf_char(to, (char)c);
	}
}

static void
a_case_reads_as_it_says(void **state)
{
	const struct text_case *c = *state;
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct form form;
	str type = str_trim(part_of(c, "type")), fields = part_of(c, "fields");
	const char *fault = form_decode(&a, type, part_of(c, "body"), &form);

	if (fault != NULL)
		buf_add(&got, S("refused\n"));
	for (size_t i = 0; fault == NULL && i < form.n; i++) {
		const struct form_field *f = &form.v[i];

		show(&got, f->name);
		buf_char(&got, '=');
		if (f->filename.s != NULL) {
			buf_char(&got, '[');
			show(&got, f->filename);
			buf_format(&got, "|%.*s] ", STR_ARG(f->type));
		}
		show(&got, f->value);
		buf_char(&got, '\n');
	}
	if (!str_eq(str_trim(buf_str(&got)), str_trim(fields)))
		fail_msg("%s:%d: read as\n%.*s", c->file, c->line, (int)got.len, got.s == NULL ? "" : got.s);
	buf_release(&got);
	arena_release(&a);
}

static void
a_form_holds_so_many_fields_and_no_more(void **state)
{
	static const char *const kinds[] = { "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" };
	struct arena a = { 0 };

	(void)state;
	for (int k = 0; k < 2; k++) {
		struct buf b = { 0 };
		struct form form;

		for (int i = 0; i < FORM_FIELDS; i++)
			buf_add(&b, k == 1   ? S("--x\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n")
				    : i == 0 ? S("n=1")
					     : S("&n=1"));
		if (k == 1)
			buf_add(&b, S("--x--"));
		assert_null(form_decode(&a, str_of(kinds[k]), buf_str(&b), &form));
		assert_int_equal(form.n, FORM_FIELDS);
		if (k == 1)
			b.len -= 5;
		buf_add(&b, k == 0 ? S("&n=1") : S("--x\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--x--"));
		assert_non_null(form_decode(&a, str_of(kinds[k]), buf_str(&b), &form));
		buf_release(&b);
	}
	arena_release(&a);
}

static void
a_value_holds_a_mebibyte_and_no_more(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct form form;

	(void)state;
	buf_add(&b, S("n="));
	buf_pad(&b, 'x', FORM_VALUE);
	assert_null(query_decode(&a, buf_str(&b), &form));
	assert_int_equal(form_get(&form, "n").len, FORM_VALUE);
	buf_char(&b, 'x');
	assert_non_null(query_decode(&a, buf_str(&b), &form));
	buf_release(&b);
	arena_release(&a);
}

static void
fields_and_files_are_found_apart(void **state)
{
	static const char body[] = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nF\r\n"
				   "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nV\r\n--x--";
	struct arena a = { 0 };
	struct form form;

	(void)state;
	assert_null(form_decode(&a, S("multipart/form-data; boundary=x"), str_of(body), &form));
	assert_true(str_is(form_get(&form, "a"), "V"));
	assert_true(str_is(form_file(&form, "a")->value, "F"));
	assert_null(form_get(&form, "b").s);
	assert_null(form_file(&form, "b"));
	arena_release(&a);
}

static void
cookies_are_found_by_their_whole_name(void **state)
{
	(void)state;
	assert_true(str_is(cookie_get(S("a=1; __Host-s=xyz; b=2"), "__Host-s"), "xyz"));
	assert_true(str_is(cookie_get(S("s="), "s"), ""));
	assert_true(str_is(cookie_get(S("s=a=b"), "s"), "a=b"));
	assert_null(cookie_get(S("xs=1; sx=2; S=3; s"), "s").s);
	assert_null(cookie_get(S("s=1; a=2; s=3"), "s").s);
	assert_null(cookie_get((str){ 0 }, "s").s);
	assert_null(cookie_get(S(";;=;"), "s").s);
}

static void
what_is_added_to_a_query_is_read_back(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct form form;

	(void)state;
	buf_add(&b, S("/people?"));
	query_add(&b, S("q"), S("é&=+ %/~"));
	query_add(&b, S("x"), S(""));
	assert_true(str_is(buf_str(&b), "/people?q=%C3%A9%26%3D%2B%20%25%2F~&x="));
	assert_null(query_decode(&a, (str){ b.s + 8, b.len - 8 }, &form));
	assert_true(str_is(form_get(&form, "q"), "é&=+ %/~"));
	buf_release(&b);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest more[] = {
		cmocka_unit_test(a_form_holds_so_many_fields_and_no_more),
		cmocka_unit_test(a_value_holds_a_mebibyte_and_no_more),
		cmocka_unit_test(fields_and_files_are_found_apart),
		cmocka_unit_test(cookies_are_found_by_their_whole_name),
		cmocka_unit_test(what_is_added_to_a_query_is_read_back),
	};
	const size_t n = sizeof more / sizeof *more;
	struct CMUnitTest *tests;
	int failed;

	text_read(&cases, "tests/cases/forms");
	if (cases.n < 50)
		return 1;
	tests = ARENA_ARRAY(&cases.arena, cases.n + n, struct CMUnitTest);
	for (size_t i = 0; i < cases.n; i++)
		tests[i] = (struct CMUnitTest){ .name = str_z(&cases.arena, cases.v[i].title),
			.test_func = a_case_reads_as_it_says,
			.initial_state = &cases.v[i] };
	memcpy(tests + cases.n, more, sizeof more);
	failed = _cmocka_run_group_tests("forms", tests, cases.n + n, NULL, NULL);
	arena_release(&cases.arena);
	return failed;
}
