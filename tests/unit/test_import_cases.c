/* The cases of tests/cases/import/: bundles as text, and what an import must say of them. On both engines.
 *
 * Parts of a case, besides the files:
 *     @ given      the files after it are stored already when the bundle under test comes (nothing is expected of them)
 *     @ bundle     the files after it are the bundle under test, or the next one: what stands before is imported first
 *     @ faults     what the bundle's faults are, in order, a line each: file:line: column: value
 *     @ warnings   the same for warnings
 *     @ counts     new, changed, same: three numbers
 *     @ exported FILE   what an export then holds
 *     @ row FILE        lines that stand somewhere in it
 * A part that is missing expects nothing: no fault, no warning; the others are looked at only when they are there. */
#include "engine_cases.h"

struct expected {
	str faults, warnings, counts;
	const struct text_part *exported[8];
	size_t exported_n;
	bool lax; /* given: warnings do not matter */
};

static void
compare(const struct text_case *c, const char *what, str got, str wanted, const struct problems *all)
{
	if (str_eq(got, wanted))
		return;
	print_problems(all);
	fail_msg(
	    "%s:%d: %.*s: %s\nwanted:\n%.*sgot:\n%.*s", c->file, c->line, STR_ARG(c->title), what, STR_ARG(wanted), STR_ARG(got));
}

static void
check_exported(struct db_case *t, const struct text_case *c, const struct expected *x, const struct problems *all)
{
	const char *folder;

	if (x->exported_n == 0)
		return;
	folder = case_exported(t, "exported");
	for (size_t i = 0; i < x->exported_n; i++) {
		str name = x->exported[i]->more,
		    got = get_file(&t->arena, str_format(&t->arena, "%s/%.*s", folder, STR_ARG(name)).s);

		if (str_is(x->exported[i]->name, "exported"))
			compare(c, str_format(&t->arena, "exported %.*s", STR_ARG(name)).s, got, x->exported[i]->content, all);
		else if (got.s == NULL || memmem(got.s, got.len, x->exported[i]->content.s, x->exported[i]->content.len) == NULL)
			compare(c, str_format(&t->arena, "row of %.*s", STR_ARG(name)).s, got, x->exported[i]->content, all);
	}
}

/* Imports the bundle and looks at what came of it. */
static void
settle(struct db_case *t, const struct text_case *c, const char *folder, const struct expected *x)
{
	struct outcome r = case_import(t, folder);
	const struct import_count *n = &r.report.all;

	ok(r.err);
	compare(c, "faults", problem_lines(&t->arena, &r.got, PROBLEM_FAULT), x->faults, &r.got);
	if (!x->lax)
		compare(c, "warnings", problem_lines(&t->arena, &r.got, PROBLEM_WARNING), x->warnings, &r.got);
	if (x->counts.s != NULL)
		compare(c, "counts",
		    str_format(
			&t->arena, "%lld %lld %lld\n", (long long)n->inserted, (long long)n->updated, (long long)n->unchanged),
		    x->counts, &r.got);
	check_exported(t, c, x, &r.got);
}

static void
import_case(void **state)
{
	const struct run *run = *state;
	const struct text_case *c = run->c;
	struct db_case *t = case_of((void **)&shared[run->engine]);
	struct expected x = { .lax = true };
	const char *folder;
	int files = 0;

	folder = case_folder(t, "bundle");
	for (size_t i = 0; i < c->n; i++) {
		const struct text_part *p = &c->parts[i];

		if (str_is(p->name, "given") || str_is(p->name, "bundle")) {
			if (files > 0)
				settle(t, c, folder, &x);
			folder = case_folder(t, "bundle");
			x = (struct expected){ .lax = str_is(p->name, "given") };
			files = 0;
		} else if (str_is(p->name, "faults")) {
			x.faults = p->content;
		} else if (str_is(p->name, "warnings")) {
			x.warnings = p->content;
		} else if (str_is(p->name, "counts")) {
			x.counts = p->content;
		} else if (str_is(p->name, "exported") || str_is(p->name, "row")) {
			assert_true(x.exported_n < 8);
			x.exported[x.exported_n++] = p;
		} else {
			put_file(folder, str_z(&t->arena, p->name), p->content);
			files++;
		}
	}
	if (files == 0)
		fail_msg("%s:%d: no file is imported", c->file, c->line);
	settle(t, c, folder, &x);
}

int
main(void)
{
	return engine_cases("tests/cases/import", "import cases", NULL, import_case);
}
