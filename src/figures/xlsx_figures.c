/* xlsx_figures.c - the worksheets of figures: the State's table, charts, every figure */
#include "base/text.h"
#include "figures/xlsx.h"

/* The figures of one scope and place, in the directory's order; the contract's own behind the State's. */
static const struct figure *
figure_of(const struct xlsx *x, enum scope_kind kind, int place, const struct book_indicator *i)
{
	for (int n = 0; n < x->q->figures.n; n++) {
		const struct figure *f = &x->q->figures.v[n];

		if (f->scope->kind == kind && f->scope->place == place && f->indicator == i)
			return f;
	}
	return NULL;
}

/* --- the State's table --- */

enum { T_NUMBER, T_TITLE, T_LABEL, T_OBJECTIVE, T_CELLS, T_UNIT = T_CELLS + CELLS, T_NOTE, T_RULE, T_INDICATOR, T_COLUMNS };
static const struct column table_columns[T_COLUMNS] = { { N_("Sheet"), 7 }, { N_("Title"), 26 }, { N_("Indicator"), 40 },
	{ N_("Objective"), 10, true }, { N_("Achieved"), 11, true }, { N_("Men"), 8, true }, { N_("Women"), 8, true },
	{ N_("Under 25"), 8, true }, { N_("BPI"), 8, true }, { N_("BPI men"), 8, true }, { N_("BPI women"), 8, true },
	{ N_("BPI under 25"), 8, true }, { N_("Unit"), 10 }, { N_("Note or text"), 34 }, { N_("Rule"), 90 }, { N_("Code"), 22 } };

static void
table_line(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, str sheet, const struct figure *f)
{
	const struct indicator *rule = f->indicator->rule;

	xlsx_text(x, w, row, T_NUMBER, sheet, LOOK_TEXT);
	xlsx_text(x, w, row, T_TITLE, xlsx_scope_title(x, f->scope), LOOK_WRAPPED);
	xlsx_text(x, w, row, T_INDICATOR, f->indicator->name, LOOK_TEXT);
	xlsx_text(x, w, row, T_LABEL, xlsx_label(f), LOOK_WRAPPED);
	xlsx_count(x, w, row, T_OBJECTIVE, f->objective);
	for (int c = 0; c < CELLS; c++)
		xlsx_value(x, w, row, T_CELLS + c, rule->unit, f->value[c]); /* those that it does not have are not known */
	xlsx_text(x, w, row, T_UNIT, xlsx_unit(f), LOOK_UNIT);
	xlsx_text(x, w, row, T_NOTE, xlsx_note(x, f), LOOK_WRAPPED);
	xlsx_text(x, w, row, T_RULE, str_of(tr(rule->rule)), LOOK_TEXT);
	xlsx_height(x, w, row,
	    (const struct wrapped_text[]){ { xlsx_scope_title(x, f->scope), table_columns[T_TITLE].width },
		{ xlsx_label(f), table_columns[T_LABEL].width }, { xlsx_note(x, f), table_columns[T_NOTE].width } },
	    3);
}

void
xlsx_table(struct xlsx *x)
{
	const struct book *b = x->book;
	lxw_worksheet *w = xlsx_sheet(x, tr("Questionnaire"));
	const int *order = sheets_by_number(x->arena, b);
	lxw_row_t row = 1;

	xlsx_headings(x, w, 0, table_columns, T_COLUMNS, T_LABEL);
	for (int i = 0; i < b->sheets.n; i++) {
		for (size_t d = 0; d < directory_size; d++) {
			for (int k = 0; k < b->indicators.n; k++) {
				const struct book_indicator *of = &b->indicators.v[k];
				const struct figure *f =
				    of->rule == &directory[d] ? figure_of(x, SCOPE_SHEET, order[i], of) : NULL;

				if (f != NULL)
					table_line(x, w, row++, b->sheets.v[order[i]].number, f);
			}
		}
	}
	for (int k = 0; k < COHORT_INDICATORS; k++)
		table_line(x, w, row++, (str){ 0 }, figure_of(x, SCOPE_CONTRACT, 0, &b->cohort[k]));
	worksheet_autofilter(w, 0, 0, row - 1, T_COLUMNS - 1);
	/* The rules stand beside the figures on screen; on paper they have a worksheet of their own. */
	worksheet_print_area(w, 0, 0, row - 1, T_RULE - 1);
}

/* --- charts --- */

enum { C_NUMBER, C_TITLE, C_OBJECTIVE, C_ACHIEVED, C_WOMEN, C_MEN, C_UNDER25, C_BPI, C_COLUMNS };
static const struct column chart_columns[C_COLUMNS] = { { N_("Sheet"), 9 }, { N_("Title"), 44 }, { N_("Objective"), 12, true },
	{ N_("Achieved"), 12, true }, { N_("Women"), 12, true }, { N_("Men"), 12, true }, { N_("Under 25"), 12, true },
	{ N_("BPI"), 12, true } };

/* The beneficiaries of each sheet: what the charts are drawn from, and says the same without them. */
static lxw_row_t
chart_data(struct xlsx *x, lxw_worksheet *w)
{
	static const enum cell cells[] = { CELL_TOTAL, CELL_WOMEN, CELL_MEN, CELL_UNDER25, CELL_BPI };
	const struct book *b = x->book;
	const int *order = sheets_by_number(x->arena, b);
	lxw_row_t row = 1;

	for (int i = 0; i < b->sheets.n; i++) {
		for (int k = 0; k < b->indicators.n; k++) {
			const struct figure *f =
			    b->indicators.v[k].rule->objective ? figure_of(x, SCOPE_SHEET, order[i], &b->indicators.v[k]) : NULL;

			if (f == NULL)
				continue;
			xlsx_text(x, w, row, C_NUMBER, b->sheets.v[order[i]].number, LOOK_TEXT);
			xlsx_text(x, w, row, C_TITLE, b->sheets.v[order[i]].title, LOOK_TEXT);
			xlsx_count(x, w, row, C_OBJECTIVE, f->objective);
			for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
				xlsx_count(x, w, row, C_ACHIEVED + (int)c, f->value[cells[c]]);
			row++;
		}
	}
	return row;
}

struct bars {
	const char *title, *description;
	int first, last; /* columns */
	lxw_row_t at;    /* where it stands */
};

/* Shades that stay apart in black and white too. */
static const lxw_color_t shades[] = { 0x9db7d5, 0x1f4e79, 0xc55a11, 0x7f7f7f };

static void
draw(struct xlsx *x, lxw_worksheet *w, const char *sheet, lxw_row_t end, const struct bars *of)
{
	lxw_chart *chart = workbook_add_chart(x->workbook, LXW_CHART_COLUMN);
	lxw_chart_options options = { .x_scale = 2.0,
		.y_scale = 1.25,
		.object_position = LXW_OBJECT_MOVE_DONT_SIZE,
		.description = (char *)(uintptr_t)of->description };

	for (int c = of->first; c <= of->last; c++) {
		lxw_chart_fill fill = { .color = shades[c - of->first] };
		lxw_chart_series *s = chart_add_series(chart, NULL, NULL);

		chart_series_set_categories(s, sheet, 1, C_NUMBER, end - 1, C_NUMBER);
		chart_series_set_values(s, sheet, 1, (lxw_col_t)c, end - 1, (lxw_col_t)c);
		chart_series_set_name_range(s, sheet, 0, (lxw_col_t)c);
		chart_series_set_fill(s, &fill);
		chart_series_set_labels(s);
	}
	chart_title_set_name(chart, of->title);
	chart_axis_set_name(chart->x_axis, tr("Sheet"));
	chart_axis_set_name(chart->y_axis, tr("People"));
	chart_axis_set_num_format(chart->y_axis, "#,##0");
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	if (worksheet_insert_chart_opt(w, of->at, 0, chart, &options) != LXW_NO_ERROR)
		x->failed = LXW_ERROR_PARAMETER_VALIDATION;
}

void
xlsx_charts(struct xlsx *x)
{
	const char *name = tr("Charts");
	lxw_worksheet *w = xlsx_sheet(x, name);
	lxw_row_t end;

	xlsx_headings(x, w, 0, chart_columns, C_COLUMNS, 0);
	end = chart_data(x, w);
	if (end == 1)
		return;
	draw(x, w, name, end,
	    &(struct bars){ tr("Newcomers helped, sheet by sheet: objective and achieved"),
		tr("Columns, sheet by sheet: the objective of the year and the number of newcomers helped. The same numbers stand in "
		   "the table above."),
		C_OBJECTIVE, C_ACHIEVED, end + 1 });
	draw(x, w, name, end,
	    &(struct bars){ tr("Newcomers helped, sheet by sheet: women, men, under 25, BPI"),
		tr("Columns, sheet by sheet: how many of the newcomers helped are women, men, under 25 and BPI. The same numbers stand "
		   "in the table above."),
		C_WOMEN, C_BPI, end + 21 });
	worksheet_set_h_pagebreaks(w, (lxw_row_t[]){ end + 20, 0 });
}

/* --- every figure --- */

enum { F_SCOPE, F_REF, F_TITLE, F_INDICATOR, F_LABEL, F_CELL, F_OBJECTIVE, F_ACHIEVED, F_UNIT, F_NOTE, F_COLUMNS };
static const struct column every_columns[F_COLUMNS] = { { N_("Scope"), 11 }, { N_("Ref"), 18 }, { N_("Title"), 36 },
	{ N_("Indicator"), 20 }, { N_("Label"), 48 }, { N_("Cell"), 14 }, { N_("Objective"), 11, true },
	{ N_("Achieved"), 13, true }, { N_("Unit"), 12 }, { N_("Note or text"), 48 } };
static const char *const cell_labels[CELLS] = { N_("Total"), N_("Men"), N_("Women"), N_("Under 25"), N_("BPI"), N_("BPI men"),
	N_("BPI women"), N_("BPI under 25") };

void
xlsx_every_figure(struct xlsx *x)
{
	lxw_worksheet *w = xlsx_sheet(x, tr("Every figure"));
	lxw_row_t row = 1;

	xlsx_headings(x, w, 0, every_columns, F_COLUMNS, 0);
	for (int i = 0; i < x->q->figures.n; i++) {
		const struct figure *f = &x->q->figures.v[i];
		const struct indicator *rule = f->indicator->rule;

		for (int c = 0; c < figure_cells(f); c++, row++) {
			xlsx_text(x, w, row, F_SCOPE, str_of(tr(scope_names[f->scope->kind])), LOOK_TEXT);
			xlsx_text(x, w, row, F_REF, f->ref, LOOK_TEXT);
			xlsx_text(x, w, row, F_TITLE, xlsx_scope_title(x, f->scope), LOOK_TEXT);
			xlsx_text(x, w, row, F_INDICATOR, f->indicator->name, LOOK_TEXT);
			xlsx_text(x, w, row, F_LABEL, xlsx_label(f), LOOK_TEXT);
			xlsx_text(
			    x, w, row, F_CELL, rule->unit == UNIT_TEXT ? (str){ 0 } : str_of(tr(cell_labels[c])), LOOK_TEXT);
			xlsx_count(x, w, row, F_OBJECTIVE, c == CELL_TOTAL ? f->objective : NOT_KNOWN);
			xlsx_value(x, w, row, F_ACHIEVED, rule->unit, f->value[c]);
			xlsx_text(x, w, row, F_UNIT, str_of(tr(directory_unit_label(rule->unit))), LOOK_UNIT);
			xlsx_text(x, w, row, F_NOTE, c == CELL_TOTAL ? xlsx_note(x, f) : (str){ 0 }, LOOK_TEXT);
		}
	}
	worksheet_autofilter(w, 0, 0, row > 1 ? row - 1 : 1, F_COLUMNS - 1);
}
