#include "figures/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/csvout.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/text.h"

/* What a mark's record is called, where it stands and when. */
struct source {
	const char *kind;
	str ref;
	int action; /* -1: none */
	day on;
};

static int
action_of(const struct book *b, enum book_table t, int record)
{
	int a = 0;

	while (a + 1 < b->actions.n && book_first(b, t, a + 1) <= record)
		a++;
	return a;
}

static str
dates(struct arena *a, period p)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	return str_format(a, "%s/%s", day_text(p.from, from).s, day_text(p.to, to).s);
}

static struct source
source_of(struct arena *a, const struct book *b, const struct mark *m)
{
	int r = m->record;

	switch (m->kind) {
	case EVIDENCE_ENROLMENT:
		return (struct source){ "enrolments", b->enrolments.v[r].ref, action_of(b, TABLE_enrolments, r),
			b->enrolments.v[r].entered };
	case EVIDENCE_ATTENDANCE:
		return (
		    struct source){ "attendances", b->sessions.v[r].ref, action_of(b, TABLE_sessions, r), b->sessions.v[r].on };
	case EVIDENCE_TRAINEE:
		return (struct source){ "trainee_attendances", b->sessions.v[r].ref, action_of(b, TABLE_sessions, r),
			b->sessions.v[r].on };
	case EVIDENCE_SESSION:
		return (struct source){ "sessions", b->sessions.v[r].ref, action_of(b, TABLE_sessions, r), b->sessions.v[r].on };
	case EVIDENCE_ACT:
		return (struct source){ "acts", b->acts.v[r].ref, action_of(b, TABLE_acts, r), b->acts.v[r].on };
	case EVIDENCE_PAIR:
		return (struct source){ "pairs", b->pairs.v[r].ref, action_of(b, TABLE_pairs, r), b->pairs.v[r].started };
	case EVIDENCE_TOOL:
		return (struct source){ "tools", b->tools.v[r].label, action_of(b, TABLE_tools, r), b->tools.v[r].on };
	case EVIDENCE_EXPENSE:
		return (struct source){ "expenses", b->expenses.v[r].ref, action_of(b, TABLE_expenses, r), b->expenses.v[r].on };
	case EVIDENCE_MEETING:
		return (struct source){ "meetings", b->meetings.v[r].ref, -1, b->meetings.v[r].on };
	case EVIDENCE_AGGREGATE:
		return (struct source){ "aggregates", dates(a, b->aggregates.v[r].period), -1, b->aggregates.v[r].period.from };
	case EVIDENCE_MEMBER:
		return (struct source){ "cohort_members", { 0 }, -1, b->members.v[r].joined };
	case EVIDENCE_NONE:
		break;
	}
	return (struct source){ "", { 0 }, -1, DAY_NONE };
}

static const char *
quantity_unit(const struct indicator *rule, const struct mark *m)
{
	if (m->kind == EVIDENCE_AGGREGATE)
		return directory_unit(rule->unit);
	if (rule->mark == fig_assiduous)
		return N_("percent");
	if (rule->mark == fig_progress)
		return N_("levels");
	if (rule->unit == UNIT_HOURS || rule->mark == fig_trained || rule->mark == fig_volunteers)
		return N_("minutes");
	if (rule->unit == UNIT_MONTHS)
		return N_("days");
	return rule->unit == UNIT_EUROS ? N_("euros") : "";
}

static str
quantity(struct arena *a, const struct indicator *rule, const struct mark *m)
{
	struct buf to = { 0 };
	str out;

	if (rule->unit == UNIT_TEXT)
		return (str){ 0 };
	if (rule->unit == UNIT_EUROS || m->kind == EVIDENCE_AGGREGATE)
		figure_write(&to, rule->unit, m->quantity);
	else
		buf_int(&to, m->quantity);
	out = str_dup(a, buf_str(&to));
	buf_release(&to);
	return out;
}

static str
reason(const struct view *v, const struct mark *m, day reference)
{
	struct buf to = { 0 };
	str out;

	why_write(&to, &(struct whose){ v, m, reference });
	out = str_dup(v->arena, buf_str(&to));
	buf_release(&to);
	return out;
}

static struct explained
explain_mark(const struct view *v, const struct indicator *rule, const struct mark *m)
{
	const struct book *b = v->book;
	struct source from = source_of(v->arena, b, m);
	bool person = m->who >= 0 && m->kind != EVIDENCE_TRAINEE;
	const struct beneficiary *x = person ? scope_beneficiary(v, m->who) : NULL;
	day reference = x == NULL ? DAY_NONE : x->reference;

	return (struct explained){
		.who = m->who < 0 ? (str){ 0 }
		       : person   ? b->people.v[m->who].ref
				  : b->trainees.v[m->who].ref,
		.why = m->why,
		.reason = reason(v, m, reference),
		.reference = reference,
		.kind = from.kind,
		.ref = from.ref,
		.action = from.action < 0 ? (str){ 0 } : b->actions.v[from.action].ref,
		.on = from.on,
		.quantity = quantity(v->arena, rule, m),
		.unit = quantity_unit(rule, m),
	};
}

static int
by_person(const void *a, const void *b)
{
	const struct explained *x = a, *y = b;
	int c = str_cmp(x->who, y->who);

	if (c == 0)
		c = (x->on > y->on) - (x->on < y->on);
	if (c == 0)
		c = strcmp(x->kind, y->kind);
	return c != 0 ? c : str_cmp(x->ref, y->ref);
}

static const struct scope *
scope_of(const struct view *v, enum scope_kind kind, int place)
{
	return kind == SCOPE_ACTION ? &v->actions[place] : kind == SCOPE_SHEET ? &v->sheets[place] : &v->contract;
}

struct explanation *
explain_make(struct arena *a, const struct book *b, period p, enum scope_kind kind, int place, const struct book_indicator *i,
    enum cell cell)
{
	struct explanation *x = ARENA_NEW(a, struct explanation);
	struct view *v = view_new(a, b, p);
	const struct scope *s = scope_of(v, kind, place);
	struct marks list = { 0 }, trail = { 0 };

	x->book = b;
	x->period = p;
	x->cell = cell;
	trail_read(v, s->from, s->to, &trail);
	scope_open(v, s);
	figure_make(v, i, &(struct explain_into){ cell, &list, &trail }, &x->figure);
	for (int k = 0; k < list.n; k++)
		*VEC_ADD(a, &x->rows) = explain_mark(v, i->rule, &list.v[k]);
	scope_close(v);
	if (x->rows.n > 0)
		qsort(x->rows.v, (size_t)x->rows.n, sizeof *x->rows.v, by_person);
	return x;
}

int
explain_count(const struct explanation *x, enum why why)
{
	int n = 0;

	for (int i = 0; i < x->rows.n; i++)
		n += x->rows.v[i].why == why;
	return n;
}

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
