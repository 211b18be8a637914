/* sheet_rows.c - the indicators that a sheet carries, each with what was planned and what is achieved */
#include "base/text.h"
#include "figures/directory.h"
#include "web/reach.h"
#include "web/sheet_page.h"

const char *
figure_shown(struct arena *a, enum indicator_unit unit, int64_t value)
{
	struct html h = { .arena = a };

	if (value == NOT_KNOWN)
		return NULL;
	if (unit == UNIT_EUROS)
		return html_money(&h, value);
	return unit == UNIT_HOURS || unit == UNIT_MONTHS ? html_decimal(&h, value) : html_number(&h, value);
}

bool
indicator_mandatory(const struct sheet *s, const struct indicator *i)
{
	switch (i->mandatory) {
	case MANDATORY_ALL:
		return true;
	case MANDATORY_NEWCOMERS:
		return plan_for_newcomers(s->audience);
	case MANDATORY_ACTORS:
		return plan_for_actors(s->audience);
	case MANDATORY_NOT:
		break;
	}
	return false;
}

static bool
of_money(const struct indicator *i)
{
	return i->unit == UNIT_EUROS;
}

/* What the sheet says it will do. Money is forecast by civil year: over another stretch nothing can be set against it. */
static int64_t
planned(const struct sheet_page *p, const struct indicator *i)
{
	const struct sheet *s = p->sheet->record;
	const struct span *span = &p->c.shown.span;
	struct tree_cost cost;

	if (i->objective)
		return s->objective;
	if (i->objective_actors)
		return s->objective_actors;
	if (!of_money(i) || span->calendar != CALENDAR_CIVIL)
		return NOT_KNOWN;
	cost = tree_forecast(p->c.tree, s, NULL, span->year);
	return str_is(str_of(i->name), "2.p104") ? cost.p104 : cost.cost;
}

static void
add_row(struct sheet_page *p, const struct indicator *rule, str name, str label)
{
	struct arena *a = p->c.req->arena;
	struct indicator_row *row = &p->rows[p->n_rows];

	if (of_money(rule) && !p->money)
		return;
	p->n_rows++;
	*row = (struct indicator_row){ .rule = rule, .name = name, .label = label, .unit = rule->unit };
	row->absent = rule->level == LEVEL_SHEET && !plan_carries(p->c.tree->plan, p->sheet->record, name);
	row->planned = figure_shown(a, rule->unit, planned(p, rule));
	row->f = contract_figure(&p->c, p->sheet->record, NULL, str_z(a, name));
	if (row->f == NULL)
		return;
	row->url = contract_figure_url(&p->c, p->sheet->record, NULL, name, CELL_TOTAL);
	if (rule->unit == UNIT_TEXT)
		row->achieved = row->f->text.len == 0 ? NULL : str_z(a, row->f->text);
	else
		row->achieved = figure_shown(a, rule->unit, row->f->value[CELL_TOTAL]);
}

void
sheet_rows(struct sheet_page *p)
{
	const struct plan *plan = p->c.tree->plan;
	const struct sheet *s = p->sheet->record;

	p->rows = ARENA_ARRAY(p->c.req->arena, directory_size + plan->local_indicators.n, struct indicator_row);
	for (size_t i = 0; i < directory_size; i++) {
		const struct indicator *rule = &directory[i];
		str name = str_of(rule->name);

		if (rule->level == LEVEL_SHEET && (indicator_mandatory(s, rule) || plan_carries(plan, s, name)))
			add_row(p, rule, name, str_of(tr(rule->label)));
	}
	for (size_t i = 0; i < plan->local_indicators.n; i++) {
		const struct local_indicator *own = &plan->local_indicators.v[i];
		const struct indicator *rule = directory_measure(own->measure);

		if (rule != NULL && plan_carries(plan, s, own->indicator))
			add_row(p, rule, own->indicator, own->label.len > 0 ? own->label : own->indicator);
	}
}
