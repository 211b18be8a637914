/* The cases of tests/cases/figures/: a few records as text, and lines that the questionnaire must hold. On both engines.
 *
 * Every case finds the bundle of the folder ground/ stored: contract c, sheets n (newcomers), m (mixed), a (actors) and
 * g (figures are sent), their actions n1 n2 m1 a1 g1, people amina bilal chirine daoud elias farah goran (a student, not
 * eligible) hana (no status), trainees vera (volunteer) and wim. Parts of a case, besides the files to import:
 *     @ figures FROM TO            lines of the questionnaire with --all-indicators
 *     @ carried FROM TO            lines of the questionnaire without it
 *     @ explain FROM TO INDICATOR SCOPE REF CELL   lines of the explanation, as CSV
 * A line that begins with "-" must not stand there; one that ends with "*" need only begin so. A file that stands twice is
 * imported twice. Whatever a case is about, each of its figures must be the one that its explanation gives. */
#include "engine_cases.h"

#include "figures/explain.h"

static struct book *
read_book(struct db_case *t)
{
	struct book_contract *v;
	struct book *b = NULL;
	size_t n;

	ok(db_begin_read(t->db));
	ok(book_contracts_read(t->db, &t->arena, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_is(v[i].ref, "c"))
			ok(book_read(t->db, &t->arena, &v[i], true, &b));
	}
	ok(db_end(t->db, NULL));
	assert_non_null(b);
	return b;
}

static bool
has_line(str text, str line)
{
	bool begins = str_ends(line, S("*"));
	str l;

	if (begins)
		line.len--;
	while (text.s != NULL) {
		l = str_cut(text, '\n', &text);
		if (begins ? str_starts(l, line) : str_eq(l, line))
			return true;
	}
	return false;
}

static void
check_lines(const struct text_case *c, const struct text_part *p, str got)
{
	str rest = p->content, line;
	int at = p->line;

	while (rest.len > 0) {
		line = str_cut(rest, '\n', &rest);
		at++;
		if (line.len == 0)
			continue;
		if (line.s[0] == '-' ? has_line(got, (str){ line.s + 1, line.len - 1 }) : !has_line(got, line))
			fail_msg("%s:%d: %.*s: %s\n%.*s\ngot:\n%.*s", c->file, at, STR_ARG(c->title),
			    line.s[0] == '-' ? "there must not be" : "there must be", STR_ARG(line), STR_ARG(got));
	}
}

/* A number and the list behind it cannot disagree. */
static void
check_explained(struct db_case *t, const struct text_case *c, const struct questionnaire *q)
{
	for (int i = 0; i < q->figures.n; i++) {
		const struct figure *f = &q->figures.v[i];

		for (int cell = 0; cell < figure_cells(f); cell++) {
			const struct explanation *x = explain_make(
			    &t->arena, q->book, q->period, f->scope->kind, f->scope->place, f->indicator, (enum cell)cell);

			if (x->figure.value[cell] != f->value[cell] || !str_eq(x->figure.text, f->text) ||
			    x->figure.not_followed != f->not_followed)
				fail_msg("%s: %.*s: %.*s %.*s: the explanation gives another value", c->file, STR_ARG(c->title),
				    STR_ARG(f->ref), STR_ARG(f->indicator->name));
		}
	}
}

static str
word_of(str *rest)
{
	return rest->s == NULL ? S("") : str_cut(*rest, ' ', rest);
}

static period
period_of(str *rest)
{
	period p;

	p.from = day_parse(word_of(rest));
	p.to = day_parse(word_of(rest));
	if (p.from == DAY_NONE || p.to == DAY_NONE)
		fail_msg("a part that needs two dates");
	return p;
}

static void
check_questionnaire(struct db_case *t, const struct text_case *c, const struct text_part *p, bool all)
{
	str more = p->more;
	struct questionnaire *q = questionnaire_make(&t->arena, read_book(t), period_of(&more), all);
	struct buf csv = { 0 };

	questionnaire_csv(q, &csv);
	check_lines(c, p, str_dup(&t->arena, buf_str(&csv)));
	buf_release(&csv);
	if (all)
		check_explained(t, c, q);
}

static const struct book_indicator *
indicator_of(const struct book *b, str name)
{
	for (int i = 0; i < COHORT_INDICATORS; i++) {
		if (str_eq(b->cohort[i].name, name))
			return &b->cohort[i];
	}
	for (int i = 0; i < b->indicators.n; i++) {
		if (str_eq(b->indicators.v[i].name, name))
			return &b->indicators.v[i];
	}
	fail_msg("no indicator %.*s", STR_ARG(name));
	return NULL;
}

static int
place_of(const struct book *b, str scope, str ref)
{
	for (int i = 0; str_is(scope, "sheet") && i < b->sheets.n; i++) {
		if (str_eq(b->sheets.v[i].ref, ref))
			return i;
	}
	for (int i = 0; str_is(scope, "action") && i < b->actions.n; i++) {
		if (str_eq(b->actions.v[i].ref, ref))
			return i;
	}
	return 0;
}

static void
check_explanation(struct db_case *t, const struct text_case *c, const struct text_part *p)
{
	const struct book *b = read_book(t);
	str more = p->more;
	period days = period_of(&more);
	const struct book_indicator *i = indicator_of(b, word_of(&more));
	str scope = word_of(&more), ref = word_of(&more), cell = word_of(&more);
	enum scope_kind kind = str_is(scope, "sheet") ? SCOPE_SHEET : str_is(scope, "action") ? SCOPE_ACTION : SCOPE_CONTRACT;
	struct buf csv = { 0 };

	explain_csv(explain_make(&t->arena, b, days, kind, place_of(b, scope, ref), i,
			cell.len == 0 ? CELL_TOTAL : (enum cell)cell_named(cell)),
	    &csv);
	check_lines(c, p, str_dup(&t->arena, buf_str(&csv)));
	buf_release(&csv);
}

static bool
stands_in(const char *folder, str name)
{
	char path[4200];

	snprintf(path, sizeof path, "%s/%.*s", folder, STR_ARG(name));
	return access(path, F_OK) == 0;
}

static void
figure_case(void **state)
{
	const struct run *run = *state;
	const struct text_case *c = run->c;
	struct db_case *t = case_of((void **)&shared[run->engine]);
	const char *folder = case_folder(t, "bundle");
	int files = 0, checks = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct text_part *p = &c->parts[i];
		bool file = str_ends(p->name, S(".csv"));

		if (files > 0 && (!file || stands_in(folder, p->name))) {
			(void)case_imported(t, folder);
			folder = case_folder(t, "bundle");
			files = 0;
		}
		if (file) {
			put_file(folder, str_z(&t->arena, p->name), p->content);
			files++;
			continue;
		}
		checks++;
		if (str_is(p->name, "explain"))
			check_explanation(t, c, p);
		else if (str_is(p->name, "figures") || str_is(p->name, "carried"))
			check_questionnaire(t, c, p, str_is(p->name, "figures"));
		else
			fail_msg("%s:%d: an unknown part: %.*s", c->file, p->line, STR_ARG(p->name));
	}
	if (checks == 0)
		fail_msg("%s:%d: nothing is looked at", c->file, c->line);
}

int
main(void)
{
	return engine_cases("tests/cases/figures", "figure cases", "tests/cases/figures/ground", figure_case);
}
