/* The compiler of templates: what it refuses, with the place and the remedy (tests/cases/views). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>
#include <cmocka.h>

#include "../../tools/views/code.c"
#include "../../tools/views/markup.c"
#include "../../tools/views/page.c"
#include "../../tools/views/rules.c"
#include "../../tools/views/source.c"
#include "text_case.h"

static struct text_cases cases;

static void
is_refused(void **state)
{
	const struct text_case *c = *state;
	struct buf text = { 0 }, names = { 0 }, header = { 0 }, source = { 0 }, wanted = { 0 };
	char fault[FAULT];
	str says;
	bool done;

	assert_int_equal(c->n, 2);
	if (str_is(c->parts[0].name, "template"))
		buf_format(&text, "{{ page x(struct html *h) }}\n%.*s{{ end }}\n", STR_ARG(c->parts[0].content));
	else
		buf_add(&text, c->parts[0].content);
	done = views_translate("t.tmpl", buf_str(&text), &names, &header, &source, fault);
	says = str_trim(c->parts[1].content);
	buf_format(&wanted, "t.tmpl:%.*s", STR_ARG(says));
	if (done || !str_starts(str_of(fault), buf_str(&wanted)))
		fail_msg("%s:%d: %.*s\nwanted: %.*s\ngot:    %s", c->file, c->line, STR_ARG(c->title), STR_ARG(buf_str(&wanted)),
		    fault);
	buf_release(&text);
	buf_release(&names);
	buf_release(&header);
	buf_release(&source);
	buf_release(&wanted);
}

int
main(void)
{
	struct CMUnitTest *tests;
	int failed;

	text_read(&cases, "tests/cases/views");
	if (cases.n == 0) {
		print_error("no case in tests/cases/views\n");
		return 1;
	}
	tests = ARENA_ARRAY(&cases.arena, cases.n, struct CMUnitTest);
	for (size_t i = 0; i < cases.n; i++)
		tests[i] = (struct CMUnitTest){ str_z(&cases.arena, cases.v[i].title), is_refused, NULL, NULL, &cases.v[i] };
	failed = _cmocka_run_group_tests("views", tests, cases.n, NULL, NULL);
	arena_release(&cases.arena);
	return failed;
}
