/* xlsx_beside.c - the worksheets beside the figures: how to read them, people in several actions, what is missing, rules */
#include "base/text.h"
#include "figures/overlap.h"
#include "figures/xlsx.h"

/* --- how to read --- */

enum { VALUE_WIDTH = 100, REF_WIDTH = 11 };

static void
line(struct xlsx *x, lxw_worksheet *w, lxw_row_t *row, const char *name, str value)
{
	xlsx_text(x, w, *row, 0, str_of(name), LOOK_STRONG);
	xlsx_text(x, w, *row, 1, value, LOOK_WRAPPED);
	xlsx_height(x, w, (*row)++, &(struct wrapped_text){ value, VALUE_WIDTH }, 1);
}

static void
day_line(struct xlsx *x, lxw_worksheet *w, lxw_row_t *row, const char *name, day d)
{
	xlsx_text(x, w, *row, 0, str_of(name), LOOK_STRONG);
	xlsx_day(x, w, (*row)++, 1, d);
}

void
xlsx_reading(struct xlsx *x)
{
	static const char *const sheets[][2] = {
		{ N_("Questionnaire"),
		    N_("The State's table: objective and achieved of each sheet, in the eight cells where they exist, and "
		       "the rule at the end of the line.") },
		{ N_("Charts"), N_("Newcomers helped, sheet by sheet, as a table and as charts.") },
		{ N_("Every figure"), N_("One line a figure, actions included, with filters.") },
		{ N_("Overlap"), N_("People in several sheets or actions.") },
		{ N_("To complete"), N_("What is missing behind the figures of each sheet.") },
		{ N_("Rules"), N_("What each indicator counts, in full.") },
	};
	const struct book_contract *c = &x->book->contract;
	const struct span *s = &x->asked->span;
	lxw_worksheet *w = xlsx_sheet(x, tr("Reading"));
	day now = x->asked->now.len >= 10 ? day_parse((str){ x->asked->now.s, 10 }) : DAY_NONE;
	lxw_row_t row = 0;

	worksheet_set_column(w, 0, 0, 24, NULL);
	worksheet_set_column(w, 1, 1, VALUE_WIDTH, NULL);
	worksheet_set_row(w, row, 24, NULL);
	xlsx_text(x, w, row++, 0, c->title, LOOK_TITLE);
	line(x, w, &row, tr("Contract"), c->ref);
	line(x, w, &row, tr("Period"), span_title(x->arena, s));
	day_line(x, w, &row, tr("From"), s->days.from);
	day_line(x, w, &row, tr("To"), s->days.to);
	if (now != DAY_NONE)
		day_line(x, w, &row, tr("Read on"), now);
	line(x, w, &row, tr("Source of the rules"),
	    str_of(tr("The State's indicator directory and guide annexed to the contract; a choice made where they are silent is "
		      "marked \u25c7.")));
	line(x, w, &row, tr("Objectives"),
	    str_of(span_is_year(s)
		       ? tr("Those of the contract, for a year.")
		       : tr("Those of the contract, for a year: this period is not one, so that they cannot be compared.")));
	line(x, w, &row, tr("People"),
	    str_of(tr(
		"Distinct people, always: never add up actions or sheets. An empty cell is a number that nobody knows, not 0.")));
	row++;
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		line(x, w, &row, tr(sheets[i][0]), str_of(tr(sheets[i][1])));
}

/* --- people in several sheets or actions --- */

/* Its rows; gives the one after them. */
static lxw_row_t
matrix(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, const char *title, enum scope_kind kind)
{
	const struct overlap *o = overlap_make(x->arena, x->asked->view, &x->asked->view->contract, kind);
	struct wrapped_text *refs = ARENA_ARRAY(x->arena, o->n, struct wrapped_text);

	xlsx_text(x, w, row++, 0, str_of(title), LOOK_STRONG);
	xlsx_text(x, w, row, 0, str_of(tr("Ref")), LOOK_HEADING);
	xlsx_text(x, w, row, 1, str_of(tr("Title")), LOOK_HEADING);
	for (int i = 0; i < o->n; i++) {
		refs[i] = (struct wrapped_text){ scope_ref(x->book, o->parts[i]), REF_WIDTH - 3 };
		xlsx_text(x, w, row, i + 2, refs[i].text, LOOK_NUMBERS);
	}
	xlsx_height(x, w, row++, refs, o->n);
	for (int i = 0; i < o->n; i++, row++) {
		xlsx_text(x, w, row, 0, scope_ref(x->book, o->parts[i]), LOOK_TEXT);
		xlsx_text(x, w, row, 1, xlsx_scope_title(x, o->parts[i]), LOOK_TEXT);
		for (int j = 0; j < o->n; j++)
			xlsx_count(x, w, row, j + 2, o->both[i * o->n + j]);
	}
	row++;
	xlsx_text(x, w, row, 0, str_of(tr("In how many")), LOOK_NUMBERS);
	xlsx_text(x, w, row++, 1, str_of(tr("People")), LOOK_NUMBERS);
	for (int k = 1; k <= o->most; k++, row++) {
		xlsx_count(x, w, row, 0, k);
		xlsx_count(x, w, row, 1, o->in[k]);
	}
	return row + 1;
}

void
xlsx_overlap(struct xlsx *x)
{
	lxw_worksheet *w = xlsx_sheet(x, tr("Overlap"));
	lxw_row_t row = 0;

	worksheet_set_column(w, 0, 0, 18, NULL);
	worksheet_set_column(w, 1, 1, 44, NULL);
	worksheet_set_column(w, 2, 2 + (lxw_col_t)x->book->actions.n, REF_WIDTH, NULL);
	worksheet_freeze_panes(w, 0, 2);
	row = matrix(x, w, row, tr("People in several sheets"), SCOPE_SHEET);
	row = matrix(x, w, row, tr("People in several actions"), SCOPE_ACTION);
	xlsx_text(x, w, row++, 0, str_of(tr(overlap_rule_both)), LOOK_TEXT);
	xlsx_text(x, w, row, 0, str_of(tr(overlap_rule_in)), LOOK_TEXT);
}

/* --- what is missing --- */

static const struct column flag_columns[] = { { N_("Sheet"), 8 }, { N_("Title"), 44 }, { N_("People"), 12, true },
	{ N_("Without a status: not counted"), 16, true }, { N_("Sex not known"), 12, true },
	{ N_("Birth date not known"), 14, true }, { N_("Sessions held"), 12, true },
	{ N_("Held sessions without attendance"), 16, true } };

void
xlsx_flags(struct xlsx *x)
{
	const struct book *b = x->book;
	lxw_worksheet *w = xlsx_sheet(x, tr("To complete"));
	const int *order = sheets_by_number(x->arena, b);

	xlsx_headings(x, w, 0, flag_columns, sizeof flag_columns / sizeof *flag_columns, 2);
	for (int i = 0; i < b->sheets.n; i++) {
		const struct book_sheet *h = &b->sheets.v[order[i]];
		const struct flags *f = &x->q->flags[order[i]];
		const int64_t counts[] = { f->people, f->without_status, f->unknown_sex, f->unknown_birth, f->sessions,
			f->without_attendance };

		xlsx_text(x, w, (lxw_row_t)i + 1, 0, h->number, LOOK_TEXT);
		xlsx_text(x, w, (lxw_row_t)i + 1, 1, h->title, LOOK_TEXT);
		for (int c = 0; c < 6; c++)
			xlsx_count(x, w, (lxw_row_t)i + 1, c + 2, counts[c]);
	}
}

/* --- rules --- */

static const struct column rule_columns[] = { { N_("Indicator"), 20 }, { N_("Label"), 40 }, { N_("Unit"), 12 },
	{ N_("Rule"), 90 }, { N_("Choice made where the guide is silent"), 70 } };

static void
rule_line(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, const struct book_indicator *i)
{
	const struct indicator *rule = i->rule;

	xlsx_text(x, w, row, 0, i->name, LOOK_TEXT);
	xlsx_text(
	    x, w, row, 1, rule->level == LEVEL_LOCAL && i->label.len > 0 ? i->label : str_of(tr(rule->label)), LOOK_WRAPPED);
	xlsx_text(x, w, row, 2, str_of(tr(directory_unit_label(rule->unit))), LOOK_TEXT);
	xlsx_text(x, w, row, 3, str_of(tr(rule->rule)), LOOK_WRAPPED);
	xlsx_text(
	    x, w, row, 4, rule->choice == NULL ? (str){ 0 } : str_format(x->arena, "\u25c7 %s", tr(rule->choice)), LOOK_WRAPPED);
	xlsx_height(x, w, row,
	    (const struct wrapped_text[]){ { str_of(tr(rule->label)), rule_columns[1].width },
		{ str_of(tr(rule->rule)), rule_columns[3].width },
		{ str_of(rule->choice == NULL ? NULL : tr(rule->choice)), rule_columns[4].width } },
	    3);
}

void
xlsx_rules(struct xlsx *x)
{
	lxw_worksheet *w = xlsx_sheet(x, tr("Rules"));
	lxw_row_t row = 1;

	xlsx_headings(x, w, 0, rule_columns, sizeof rule_columns / sizeof *rule_columns, 1);
	for (int k = 0; k < COHORT_INDICATORS; k++)
		rule_line(x, w, row++, &x->book->cohort[k]);
	for (int k = 0; k < x->book->indicators.n; k++)
		rule_line(x, w, row++, &x->book->indicators.v[k]);
}
