/* The cases of tests/cases/workbook/: operators' own sheets as text, and what an import must make of them. On both engines, after the
 * bundle of tests/cases/workbook/ground. The day is 30 June 2025.
 *
 *     @ sheet people action=n1   a sheet as CSV, what its rows are, and options (default: organisation=op)
 * then, each only where it is needed, what is expected of that sheet:
 *     @ columns    a line for each column that is read: letters, field, certain or guessed
 *     @ faults     a line for each, in order: row: letters: value; what is not known is left out. Without the part there are none.
 *     @ warnings   likewise
 *     @ counts     new, changed, same, refused
 *     @ rows FILE  each line stands somewhere in that file of an export, as a line or a part of one
 *     @ refused    the file of the refused rows
 *     @ err        how the refusal of the whole begins
 * Several sheets of a case are imported one after the other. */
#include "engine_cases.h"

#include <sys/mman.h>

#include "exchange/workbook.h"

/* ---- faults as lines ---- */

struct lines {
	struct row_problem_sink sink; /* first */
	struct buf of[2];
};

static void
hear(struct row_problem_sink *sink, const struct row_problem *p)
{
	struct lines *l = (struct lines *)sink;
	struct buf *b = &l->of[p->level == PROBLEM_WARNING];
	char letters[GRID_LETTERS];

	assert_true(p->expected.len > 0);
	buf_format(b, "%lld", (long long)p->row);
	if (p->column >= 0) {
		buf_add(b, S(": "));
		buf_add(b, grid_letters(p->column, letters));
	}
	if (p->value.len > 0) {
		buf_add(b, S(": "));
		add_escaped(b, p->value);
	}
	buf_char(b, '\n');
}

/* ---- one sheet ---- */

struct trial {
	struct db_case *t;
	const struct text_case *c;
	const struct text_part *sheet;
	const struct text_part *expected[16];
	size_t n;
};

static const struct text_part *
expected_part(const struct trial *x, const char *name)
{
	for (size_t i = 0; i < x->n; i++) {
		if (str_is(x->expected[i]->name, name))
			return x->expected[i];
	}
	return NULL;
}

static void
compare(const struct trial *x, const char *name, str got, bool always)
{
	const struct text_part *p = expected_part(x, name);
	str wanted = p == NULL ? S("") : p->content;

	if ((p == NULL && !always) || str_eq(got, wanted))
		return;
	fail_msg("%s:%d: %.*s: %s\nwanted:\n%.*s\ngot:\n%.*s", x->c->file, x->sheet->line, STR_ARG(x->c->title), name,
	    STR_ARG(wanted), STR_ARG(got));
}

static void
set_option(struct workbook_options *o, str name, str value)
{
	if (str_is(name, "action"))
		o->action = value;
	else if (str_is(name, "organisation"))
		o->organisation = value;
	else if (str_is(name, "entered_on"))
		o->entered_on = day_parse(value);
	else if (str_is(name, "minutes"))
		o->minutes = str_number(value).value;
	else if (str_is(name, "kind"))
		o->session_kind = value;
	else if (str_is(name, "act"))
		o->act = value;
	else if (str_is(name, "from"))
		o->from = day_parse(value);
	else if (str_is(name, "to"))
		o->to = day_parse(value);
	else if (str_is(name, "new_people"))
		o->new_people = true;
	else if (str_is(name, "dry_run"))
		o->import.dry_run = true;
	else
		fail_msg("no option %.*s", STR_ARG(name));
}

static struct workbook_options
options_of(str more, str *as)
{
	static int64_t later;
	struct workbook_options o = { .organisation = S("op"),
		.today = day_of(2025, 6, 30),
		.entered_on = DAY_NONE,
		.minutes = NUMBER_NONE,
		.from = DAY_NONE,
		.to = DAY_NONE };
	str rest = more;

	o.import = (struct import_options){ .at = S("2025-06-30T12:00:00.000Z"),
		.actor = S("tester"),
		.cause = S("import"),
		.now_ms = case_epoch_ms + 1000000 + later++ };
	*as = str_cut(rest, ' ', &rest);
	while (rest.s != NULL) {
		str value, name = str_cut(str_cut(rest, ' ', &rest), '=', &value);

		set_option(&o, name, value);
	}
	return o;
}

static void
check_columns(const struct trial *x, const struct columns *c)
{
	struct buf b = { 0 };
	char letters[GRID_LETTERS];

	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].want == WANT_NOTHING)
			continue;
		buf_add(&b, grid_letters(c->v[i].at, letters));
		buf_format(&b, " %s %s\n", want_names[c->v[i].want], c->v[i].sense == SENSE_CERTAIN ? "certain" : "guessed");
	}
	compare(x, "columns", buf_str(&b), false);
	buf_release(&b);
}

static void
check_rows(const struct trial *x, const struct text_part *p)
{
	struct arena *a = &x->t->arena;
	str got = get_file(a, str_format(a, "%s/%.*s", case_exported(x->t, "exported"), STR_ARG(p->more)).s), rest = p->content;

	while (rest.len > 0) {
		str line = str_cut(rest, '\n', &rest);

		if (got.s == NULL || memmem(got.s, got.len, line.s, line.len) == NULL)
			fail_msg("%s:%d: %.*s\nwanted in %.*s:\n%.*s\ngot:\n%.*s", x->c->file, p->line, STR_ARG(x->c->title),
			    STR_ARG(p->more), STR_ARG(line), STR_ARG(got));
	}
}

static void
check_refused(const struct trial *x, struct grid *g, const struct columns *c, const struct workbook_report *report)
{
	struct buf b = { 0 };
	str got;

	ok(workbook_refused(g, 0, c, report, &b));
	got = buf_str(&b);
	assert_true(str_starts(got, S("\xef\xbb\xbf")));
	compare(x, "refused", (str){ got.s + 3, got.len - 3 }, false);
	buf_release(&b);
}

static void
check_outcome(const struct trial *x, const struct err *err, struct lines *l, const struct workbook_report *r)
{
	const struct text_part *refusal = expected_part(x, "err");
	const struct import_count *n = &r->records.all;
	str got;

	if (refusal != NULL) {
		if (err == NULL || !str_starts(str_of(err->what), str_trim(refusal->content)))
			fail_msg("%s:%d: not refused so: %s", x->c->file, x->sheet->line, err == NULL ? "" : err->what);
	} else {
		ok(err);
	}
	compare(x, "faults", buf_str(&l->of[0]), true);
	compare(x, "warnings", buf_str(&l->of[1]), true);
	got = str_format(&x->t->arena, "%lld %lld %lld %lld\n", (long long)n->inserted, (long long)n->updated,
	    (long long)n->unchanged, (long long)r->refused);
	compare(x, "counts", got, false);
}

static void
try_sheet(const struct trial *x)
{
	int file = memfd_create("sheet", MFD_CLOEXEC);
	struct arena *a = &x->t->arena;
	struct lines l = { .sink.add = hear };
	struct workbook_options o;
	struct workbook_report report = { 0 };
	const struct err *err;
	struct columns c;
	struct grid *g;
	str as;

	o = options_of(x->sheet->more, &as);
	assert_true(file >= 0 && as_named(as) >= 0);
	assert_int_equal(write(file, x->sheet->content.s, x->sheet->content.len), x->sheet->content.len);
	ok(grid_open(a, file, S("sheet.csv"), &g));
	ok(columns_guess(a, g, 0, (enum rows_as)as_named(as), o.today, &c));
	check_columns(x, &c);
	err = workbook_run(x->t->db, a, g, 0, &c, &o, &l.sink, &report);
	check_outcome(x, err, &l, &report);
	if (err == NULL)
		check_refused(x, g, &c, &report);
	for (size_t i = 0; i < x->n; i++) {
		if (str_is(x->expected[i]->name, "rows"))
			check_rows(x, x->expected[i]);
	}
	grid_close(g);
	close(file);
	buf_release(&l.of[0]);
	buf_release(&l.of[1]);
}

static void
workbook_case(void **state)
{
	const struct run *run = *state;
	const struct text_case *c = run->c;
	struct trial x = { .t = case_of((void **)&shared[run->engine]), .c = c };

	for (size_t i = 0; i < c->n; i++) {
		if (!str_is(c->parts[i].name, "sheet")) {
			assert_true(x.n < 16);
			x.expected[x.n++] = &c->parts[i];
			continue;
		}
		if (x.sheet != NULL)
			try_sheet(&x);
		x.sheet = &c->parts[i];
		x.n = 0;
	}
	assert_non_null(x.sheet);
	try_sheet(&x);
}

int
main(void)
{
	return engine_cases("tests/cases/workbook", "workbook cases", "tests/cases/workbook/ground", workbook_case);
}
