/* write_csv.c - the questionnaire as interchange.md has it: sorted, one line a figure */
#include "base/csvout.h"
#include "figures/questionnaire.h"

/* The cells in the order of their names. */
static const enum cell by_name[CELLS] = { CELL_BPI, CELL_BPI_MEN, CELL_BPI_UNDER25, CELL_BPI_WOMEN, CELL_MEN, CELL_TOTAL,
	CELL_UNDER25, CELL_WOMEN };

static void
line(const struct figure *f, enum cell cell, const char *unit, struct buf *to)
{
	csv_cell(to, str_of(scope_names[f->scope->kind]), true);
	csv_cell(to, f->ref, false);
	csv_cell(to, f->indicator->name, false);
	csv_cell(to, f->indicator->rule->unit == UNIT_TEXT ? S("text") : str_of(cell_names[cell]), false);
	buf_char(to, ',');
	if (cell == CELL_TOTAL && f->objective != NOT_KNOWN)
		buf_int(to, f->objective);
	if (f->indicator->rule->unit == UNIT_TEXT) {
		csv_cell(to, f->text, false);
	} else {
		buf_char(to, ',');
		figure_write(to, f->indicator->rule->unit, f->value[cell]);
	}
	csv_cell(to, str_of(unit), false);
	buf_char(to, ',');
	if (f->not_followed != NOT_KNOWN)
		buf_format(to, "not_followed=%lld", (long long)f->not_followed);
	buf_char(to, '\n');
}

void
questionnaire_csv(const struct questionnaire *q, struct buf *to)
{
	buf_add(to, S("scope,ref,indicator,cell,objective,achieved,unit,note\n"));
	for (int i = 0; i < q->figures.n; i++) {
		const struct figure *f = &q->figures.v[i];
		const char *unit = directory_unit(f->indicator->rule->unit);

		if (figure_cells(f) == 1)
			line(f, CELL_TOTAL, unit, to);
		else
			for (int c = 0; c < CELLS; c++)
				line(f, by_name[c], unit, to);
	}
}
