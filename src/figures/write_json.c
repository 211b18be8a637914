/* write_json.c - the questionnaire for other programs: the lines of the CSV, with what a reader needs to understand them */
#include "base/json.h"
#include "base/text.h"
#include "figures/questionnaire.h"

static void
text_member(struct buf *to, const char *name, str s)
{
	json_name(to, name);
	json_string(to, s);
	buf_char(to, ',');
}

static void
number_member(struct buf *to, const char *name, enum indicator_unit unit, int64_t v)
{
	json_name(to, name);
	if (v == NOT_KNOWN)
		buf_add(to, S("null"));
	else
		figure_write(to, unit, v);
	buf_char(to, ',');
}

static void
note_member(struct buf *to, const struct figure *f)
{
	json_name(to, "note");
	if (f->not_followed == NOT_KNOWN)
		buf_add(to, S("null,"));
	else
		buf_format(to, "{\"not_followed\":%lld},", (long long)f->not_followed);
}

static void
write_figure(struct buf *to, const struct figure *f, int cell)
{
	const struct indicator *rule = f->indicator->rule;
	bool text = rule->unit == UNIT_TEXT;

	buf_char(to, '{');
	text_member(to, "scope", str_of(scope_names[f->scope->kind]));
	text_member(to, "ref", f->ref);
	text_member(to, "indicator", f->indicator->name);
	text_member(to, "label", rule->level == LEVEL_LOCAL ? f->indicator->label : str_of(tr(rule->label)));
	text_member(to, "cell", text ? S("text") : str_of(cell_names[cell]));
	number_member(to, "objective", UNIT_COUNT, cell == CELL_TOTAL ? f->objective : NOT_KNOWN);
	if (text)
		text_member(to, "achieved", f->text);
	else
		number_member(to, "achieved", rule->unit, f->value[cell]);
	text_member(to, "unit", str_of(directory_unit(rule->unit)));
	note_member(to, f);
	json_name(to, "rule");
	json_string(to, str_of(tr(rule->rule)));
	buf_char(to, '}');
}

static void
write_flags(struct buf *to, const struct questionnaire *q)
{
	buf_add(to, S("],\n\"flags\":["));
	for (int i = 0; i < q->book->sheets.n; i++) {
		const struct flags *f = &q->flags[i];

		buf_add(to, i > 0 ? S(",\n{") : S("\n{"));
		text_member(to, "sheet", q->book->sheets.v[i].ref);
		buf_format(to,
		    "\"people\":%lld,\"without_status\":%lld,\"unknown_sex\":%lld,\"unknown_birth_date\":%lld,"
		    "\"sessions\":%lld,\"sessions_without_attendance\":%lld}",
		    (long long)f->people, (long long)f->without_status, (long long)f->unknown_sex, (long long)f->unknown_birth,
		    (long long)f->sessions, (long long)f->without_attendance);
	}
}

void
questionnaire_json(const struct questionnaire *q, struct buf *to)
{
	char from[DAY_TEXT], until[DAY_TEXT];
	bool first = true;

	buf_add(to, S("{\"contract\":{"));
	text_member(to, "ref", q->book->contract.ref);
	json_name(to, "title");
	json_string(to, q->book->contract.title);
	buf_add(to, S("},\n\"period\":{"));
	text_member(to, "from", day_text(q->period.from, from));
	json_name(to, "to");
	json_string(to, day_text(q->period.to, until));
	buf_add(to, S("},\n\"figures\":["));
	for (int i = 0; i < q->figures.n; i++) {
		for (int c = 0; c < figure_cells(&q->figures.v[i]); c++) {
			buf_add(to, first ? S("\n") : S(",\n"));
			write_figure(to, &q->figures.v[i], c);
			first = false;
		}
	}
	write_flags(to, q);
	buf_add(to, S("\n]}\n"));
}
