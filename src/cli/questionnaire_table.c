/* questionnaire_table.c - the questionnaire for people: sheet by sheet, objective and achieved, the eight cells on one line */
#include <inttypes.h>

#include "base/text.h"
#include "cli/figures.h"

enum { COLUMNS = 4 + CELLS };

struct page {
	struct arena *arena;
	const struct questionnaire *q;
	struct buf *to;
	struct table *table;
	size_t lines;
};

static str
shown_value(struct page *p, const struct figure *f, int64_t value)
{
	struct buf text = { 0 };

	figure_write_french(&text, f->indicator->rule->unit, value);
	return buf_kept(&text, p->arena);
}

static str
shown_count(struct page *p, int64_t value)
{
	struct buf text = { 0 };

	figure_write_french(&text, UNIT_COUNT, value);
	return buf_kept(&text, p->arena);
}

static void
heading(struct page *p)
{
	static const char *const words[COLUMNS] = { N_("Indicator"), N_("Scope"), N_("Objective"), N_("Achieved"), N_("Men"),
		N_("Women"), N_("Under 25"), N_("BPI"), N_("BPI men"), N_("BPI women"), N_("BPI under 25"), N_("Unit") };
	static const enum table_align align[COLUMNS] = { TABLE_LEFT, TABLE_LEFT, TABLE_RIGHT, TABLE_RIGHT, TABLE_RIGHT,
		TABLE_RIGHT, TABLE_RIGHT, TABLE_RIGHT, TABLE_RIGHT, TABLE_RIGHT, TABLE_RIGHT, TABLE_LEFT };

	p->table = table_new(p->arena, COLUMNS, align);
	for (int i = 0; i < COLUMNS; i++)
		table_cell(p->table, str_of(tr(words[i])));
	table_rule(p->table);
	p->lines = 0;
}

static str
label(const struct figure *f)
{
	const struct book_indicator *i = f->indicator;

	if (i->rule->level == LEVEL_LOCAL)
		return i->label.len > 0 ? i->label : i->name;
	return str_of(tr(i->rule->label));
}

static str
unit(struct page *p, const struct figure *f)
{
	const char *word = tr(directory_unit_label(f->indicator->rule->unit));

	if (f->not_followed == NOT_KNOWN)
		return str_of(word);
	return str_format(p->arena, tr("%s (not followed up: %" PRId64 ")"), word, f->not_followed);
}

static void
cells(struct page *p, const struct figure *f, const int64_t v[CELLS])
{
	for (int c = 0; c < CELLS; c++)
		table_cell(p->table, c < figure_cells(f) ? shown_value(p, f, v[c]) : S(""));
}

static bool
any_known(const int64_t v[CELLS])
{
	for (int c = 0; c < CELLS; c++) {
		if (v[c] != NOT_KNOWN)
			return true;
	}
	return false;
}

static void
number_line(struct page *p, const struct figure *f, bool named)
{
	table_cell(p->table, named ? str_format(p->arena, "%.*s  %.*s", STR_ARG(f->indicator->name), STR_ARG(label(f))) : S(""));
	table_cell(p->table, f->ref);
	table_cell(p->table, f->objective == NOT_KNOWN ? S("") : shown_count(p, f->objective));
	cells(p, f, f->value);
	table_cell(p->table, unit(p, f));
	p->lines++;
	if (!any_known(f->check))
		return;
	table_cell(p->table, S(""));
	table_cell(p->table, str_of(tr("check: its records")));
	table_cell(p->table, S(""));
	cells(p, f, f->check);
	table_cell(p->table, str_of(tr("not added")));
}

/* The figures of one indicator: the sheet's, then its actions'. */
static void
indicator_lines(struct page *p, int sheet, const struct indicator *rule, str name, bool text)
{
	const struct book *b = p->q->book;
	bool named = true;

	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < p->q->figures.n; i++) {
			const struct figure *f = &p->q->figures.v[i];
			bool mine = pass == 0 ? f->scope->kind == SCOPE_SHEET && f->scope->place == sheet
					      : f->scope->kind == SCOPE_ACTION && b->actions.v[f->scope->place].sheet == sheet;

			if (!mine || f->indicator->rule != rule || !str_eq(f->indicator->name, name))
				continue;
			if (!text)
				number_line(p, f, named);
			else if (f->text.len > 0)
				buf_format(p->to, "  %.*s  %.*s (%.*s): %.*s\n", STR_ARG(f->indicator->name), STR_ARG(label(f)),
				    STR_ARG(f->ref), STR_ARG(f->text));
			named = false;
		}
	}
}

/* In the directory's order; the contract's own behind the State's. */
static void
sheet_lines(struct page *p, int sheet, bool text)
{
	const struct book *b = p->q->book;

	for (size_t d = 0; d < directory_size; d++) {
		for (int i = 0; i < b->indicators.n; i++) {
			if (b->indicators.v[i].rule == &directory[d] && (directory[d].unit == UNIT_TEXT) == text)
				indicator_lines(p, sheet, &directory[d], b->indicators.v[i].name, text);
		}
	}
}

static void
flag(struct page *p, int64_t n, const char *one, const char *many)
{
	if (n > 0)
		buf_format(p->to, "  ! %" PRId64 " %s\n", n, tr_n(one, many, (unsigned long)n));
}

static void
flags(struct page *p, const struct flags *f)
{
	flag(p, f->without_status,
	    NN_("person without a status: not counted, to complete", "people without a status: not counted, to complete"));
	flag(p, f->unknown_sex, NN_("person whose sex is not known", "people whose sex is not known"));
	flag(p, f->unknown_birth, NN_("person whose birth date is not known", "people whose birth date is not known"));
	flag(p, f->without_attendance, NN_("held session without attendance", "held sessions without attendance"));
}

static void
sheet_page(struct page *p, int sheet)
{
	const struct book_sheet *h = &p->q->book->sheets.v[sheet];

	buf_format(p->to, "\n%.*s  %.*s (%.*s)%s\n", STR_ARG(h->number), STR_ARG(h->title), STR_ARG(h->ref),
	    h->aggregate ? tr(" - figures sent by the operator") : "");
	heading(p);
	sheet_lines(p, sheet, false);
	if (p->lines > 0)
		table_print(p->table, p->to);
	sheet_lines(p, sheet, true);
	flags(p, &p->q->flags[sheet]);
}

static void
contract_page(struct page *p)
{
	buf_format(p->to, "\n%s\n", tr("Contract"));
	heading(p);
	for (int i = 0; i < p->q->figures.n; i++) {
		if (p->q->figures.v[i].scope->kind == SCOPE_CONTRACT)
			number_line(p, &p->q->figures.v[i], true);
	}
	table_print(p->table, p->to);
}

void
questionnaire_table(struct arena *a, const struct questionnaire *q, const struct span *shown, struct buf *to)
{
	struct page p = { .arena = a, .q = q, .to = to };
	const struct book *b = q->book;
	const int *order = sheets_by_number(a, b);

	buf_format(to, "%.*s (%.*s)\n", STR_ARG(b->contract.title), STR_ARG(b->contract.ref));
	buf_format(to, "%.*s\n", STR_ARG(span_title(a, shown)));
	for (int i = 0; i < b->sheets.n; i++)
		sheet_page(&p, order[i]);
	contract_page(&p);
}
