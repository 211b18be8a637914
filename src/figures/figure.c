/* figure.c - one figure of one scope: from the marks of its records, or from what the operator sent */
#include <stdlib.h>

#include "base/decimal.h"
#include "figures/questionnaire.h"

str
scope_ref(const struct book *b, const struct scope *s)
{
	switch (s->kind) {
	case SCOPE_ACTION:
		return b->actions.v[s->place].ref;
	case SCOPE_SHEET:
		return b->sheets.v[s->place].ref;
	case SCOPE_CONTRACT:
		break;
	}
	return b->contract.ref;
}

static int64_t
objective(const struct book *b, const struct scope *s, const struct indicator *rule)
{
	bool sheet = s->kind == SCOPE_SHEET;

	if (s->kind == SCOPE_CONTRACT)
		return NOT_KNOWN;
	if (rule->objective)
		return sheet ? b->sheets.v[s->place].objective : b->actions.v[s->place].objective;
	if (rule->objective_actors)
		return sheet ? b->sheets.v[s->place].objective_actors : b->actions.v[s->place].objective_actors;
	return NOT_KNOWN;
}

int
figure_cells(const struct figure *f)
{
	return f->indicator->rule->eight ? CELLS : 1;
}

static int64_t
value(const struct tally *t, int64_t n)
{
	int64_t hundredths = t->sum;

	switch (t->rule->adding) {
	case ADD_NUMBER:
		return n;
	case ADD_SUM:
		return t->rule->unit == UNIT_HOURS ? decimal_ratio(t->sum, 60) : t->sum;
	case ADD_MEAN: /* of days, in months of 365.25 / 12 days */
		return t->n == 0 ? NOT_KNOWN : decimal_ratio(hundredths * 1200, t->n * 36525);
	case ADD_LABELS:
	case ADD_THEMES:
	case ADD_NOTHING:
		break;
	}
	return NOT_KNOWN;
}

/* --- texts --- */

static int
by_date_and_label(const void *a, const void *b, void *book)
{
	const struct book_tool *tools = ((const struct book *)book)->tools.v;
	const struct book_tool *x = &tools[((const struct mark *)a)->record], *y = &tools[((const struct mark *)b)->record];

	return x->on != y->on ? (x->on > y->on) - (x->on < y->on) : str_cmp(x->label, y->label);
}

static void
add_labels(const struct tally *t, struct buf *to)
{
	const struct book *b = t->view->book;

	if (t->list->n > 0)
		qsort_r(t->list->v, (size_t)t->list->n, sizeof *t->list->v, by_date_and_label, (void *)(uintptr_t)b);
	for (int i = 0; i < t->list->n; i++) {
		if (to->len > 0)
			buf_add(to, S("; "));
		buf_add(to, b->tools.v[t->list->v[i].record].label);
	}
}

static void
add_themes(const struct tally *t, struct buf *to)
{
	int64_t set = 0;

	for (int i = 0; i < t->list->n; i++) {
		if (t->list->v[i].why == WHY_COUNTS)
			set |= t->list->v[i].quantity;
	}
	for (int i = 0; civic_theme_names[i] != NULL; i++) {
		if ((set >> i & 1) == 0)
			continue;
		if (to->len > 0)
			buf_char(to, ';');
		buf_add(to, str_of(civic_theme_names[i]));
	}
}

static str
joined(const struct tally *t)
{
	struct buf to = { 0 };

	if (t->rule->adding == ADD_LABELS)
		add_labels(t, &to);
	else
		add_themes(t, &to);
	return buf_kept(&to, t->view->arena);
}

/* --- from records --- */

static struct tally
counted(struct view *v, const struct book_indicator *i, const struct explain_into *explain, struct marks *list)
{
	struct tally t = { .view = v, .scope = v->open, .rule = i->rule, .word = i->word, .not_followed = NOT_KNOWN };

	if (explain != NULL) {
		t.cell = explain->cell;
		t.trail = explain->trail;
		t.list = explain->list;
	} else if (i->rule->unit == UNIT_TEXT) {
		t.list = list; /* the text is made of the marks themselves */
	}
	v->stamp++;
	i->rule->mark(&t);
	return t;
}

static void
from_records(
    struct view *v, const struct book_indicator *i, const struct explain_into *explain, struct figure *out, int64_t values[CELLS])
{
	struct marks own = { 0 };
	struct tally t = counted(v, i, explain, &own);

	if (i->rule->unit == UNIT_TEXT)
		out->text = joined(&t);
	else if (explain != NULL)
		values[explain->cell] = value(&t, t.n);
	else
		for (int c = 0; c < figure_cells(out); c++)
			values[c] = value(&t, i->rule->eight ? t.cells[c] : t.n);
	if (!out->sent)
		out->not_followed = t.not_followed;
}

/* --- from what was sent --- */

static void
add_sent(const struct view *v, const struct book_aggregate *g, enum indicator_unit unit, struct figure *out,
    const struct explain_into *explain)
{
	bool within = g->period.from >= v->period.from && g->period.to <= v->period.to;
	int cell = cell_named(v->book->words.v[g->cell]);
	int64_t amount = unit == UNIT_HOURS ? g->hundredths : g->hundredths / 100;

	if (cell < 0 || cell >= figure_cells(out) || (explain != NULL && cell != (int)explain->cell))
		return;
	if (within)
		out->value[cell] = (out->value[cell] == NOT_KNOWN ? 0 : out->value[cell]) + amount;
	if (explain != NULL)
		*VEC_ADD(v->arena, explain->list) = (struct mark){ EVIDENCE_AGGREGATE, (int)(g - v->book->aggregates.v), -1,
			amount, within ? WHY_COUNTS : WHY_NOT_WITHIN };
}

static void
from_returns(const struct view *v, const struct book_indicator *i, const struct explain_into *explain, struct figure *out)
{
	const struct book_sheet *h = &v->book->sheets.v[v->open->place];

	for (int k = h->first_aggregate; k < h->end_aggregate; k++) {
		const struct book_aggregate *g = &v->book->aggregates.v[k];

		if (g->indicator == i->name_word)
			add_sent(v, g, i->rule->unit, out, explain);
	}
}

void
figure_make(struct view *v, const struct book_indicator *i, const struct explain_into *explain, struct figure *out)
{
	const struct book *b = v->book;
	const struct scope *s = v->open;
	bool sheet = s->kind == SCOPE_SHEET;
	bool aggregate = sheet && b->sheets.v[s->place].aggregate && !i->rule->records;

	*out = (struct figure){ .scope = s,
		.ref = scope_ref(b, s),
		.indicator = i,
		.objective = objective(b, s, i->rule),
		.not_followed = NOT_KNOWN,
		.sent = aggregate || i->rule->adding == ADD_NOTHING };
	for (int c = 0; c < CELLS; c++)
		out->value[c] = out->check[c] = NOT_KNOWN;
	if (!out->sent)
		from_records(v, i, explain, out, out->value);
	else if (sheet)
		from_returns(v, i, explain, out);
	if (aggregate && explain == NULL && i->rule->mark != NULL)
		from_records(v, i, NULL, out, out->check);
}

void
figure_write(struct buf *to, enum indicator_unit unit, int64_t v)
{
	if (v == NOT_KNOWN)
		return;
	if (unit == UNIT_EUROS)
		decimal_money(to, v);
	else if (unit == UNIT_HOURS || unit == UNIT_MONTHS)
		decimal_short(to, v);
	else
		buf_int(to, v);
}

void
figure_write_french(struct buf *to, enum indicator_unit unit, int64_t v)
{
	if (v == NOT_KNOWN)
		return;
	if (unit == UNIT_EUROS)
		decimal_french(to, v, 2);
	else if (unit == UNIT_HOURS || unit == UNIT_MONTHS)
		decimal_french_short(to, v);
	else
		decimal_french(to, v * 100, 0);
}
