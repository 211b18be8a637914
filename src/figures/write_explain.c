/* write_explain.c - one figure opened, as CSV and JSON */
#include "base/csvout.h"
#include "base/json.h"
#include "base/text.h"
#include "figures/explain.h"

const char *
explain_verdict(enum why why)
{
	return why == WHY_COUNTS ? "yes" : why == WHY_AGAIN ? "again" : "no";
}

void
explain_value(const struct explanation *x, struct buf *to)
{
	if (x->figure.indicator->rule->unit == UNIT_TEXT)
		buf_add(to, x->figure.text);
	else
		figure_write(to, x->figure.indicator->rule->unit, x->figure.value[x->cell]);
}

void
explain_csv(const struct explanation *x, struct buf *to)
{
	char on[DAY_TEXT], reference[DAY_TEXT];

	buf_add(to, S("who,counts,reason,reference_date,record,ref,action_ref,on,quantity,quantity_unit\n"));
	for (int i = 0; i < x->rows.n; i++) {
		const struct explained *r = &x->rows.v[i];
		const str cells[] = { r->who, str_of(explain_verdict(r->why)), r->reason, day_text(r->reference, reference),
			str_of(r->kind), r->ref, r->action, day_text(r->on, on), r->quantity, str_of(r->unit) };

		for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
			csv_cell(to, cells[c], c == 0);
		buf_char(to, '\n');
	}
}

static void
member(struct buf *to, const char *name, str s, bool last)
{
	json_name(to, name);
	json_string(to, s.len == 0 ? (str){ 0 } : s);
	if (!last)
		buf_char(to, ',');
}

static void
json_row(struct buf *to, const struct explained *r)
{
	char on[DAY_TEXT], reference[DAY_TEXT];

	buf_char(to, '{');
	member(to, "who", r->who, false);
	member(to, "counts", str_of(explain_verdict(r->why)), false);
	member(to, "reason", r->reason, false);
	member(to, "reference_date", day_text(r->reference, reference), false);
	member(to, "record", str_of(r->kind), false);
	member(to, "ref", r->ref, false);
	member(to, "action_ref", r->action, false);
	member(to, "on", day_text(r->on, on), false);
	json_name(to, "quantity");
	buf_add(to, r->quantity.len == 0 ? S("null") : r->quantity);
	buf_char(to, ',');
	member(to, "quantity_unit", str_of(r->unit), true);
	buf_char(to, '}');
}

void
explain_json(const struct explanation *x, struct buf *to)
{
	const struct indicator *rule = x->figure.indicator->rule;
	char from[DAY_TEXT], until[DAY_TEXT];
	struct buf value = { 0 };

	explain_value(x, &value);
	buf_char(to, '{');
	member(to, "scope", str_of(scope_names[x->figure.scope->kind]), false);
	member(to, "ref", x->figure.ref, false);
	member(to, "indicator", x->figure.indicator->name, false);
	member(to, "cell", rule->unit == UNIT_TEXT ? S("text") : str_of(cell_names[x->cell]), false);
	member(to, "from", day_text(x->period.from, from), false);
	member(to, "to", day_text(x->period.to, until), false);
	member(to, "unit", str_of(directory_unit(rule->unit)), false);
	member(to, "rule", str_of(tr(rule->rule)), false);
	json_name(to, "achieved");
	if (rule->unit == UNIT_TEXT)
		json_string(to, buf_str(&value));
	else
		buf_add(to, value.len == 0 ? S("null") : buf_str(&value));
	buf_add(to, S(",\n\"records\":["));
	for (int i = 0; i < x->rows.n; i++) {
		buf_add(to, i == 0 ? S("\n") : S(",\n"));
		json_row(to, &x->rows.v[i]);
	}
	buf_add(to, S("\n]}\n"));
	buf_release(&value);
}
