/* workbook_values.c - the cells of a row read once, each by the reader of its column; and the lines of the bundle that is made */
#include <stdlib.h>
#include <string.h>

#include "base/csvout.h"
#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/workbook_inside.h"
#include "model/identifiers.h"
#include "model/indicator.h"

/* ---- what each column is read as ---- */

/* "1.1", "1.1.beneficiaries", "3.2 - Sorties positives": the name, or the number when only one indicator has it, or the words. */
static struct understood
understand_indicator(struct reading *r, str text)
{
	const struct indicator_name *all, *found = NULL;
	struct understood u;
	size_t n, with = 0;
	str t = str_trim(text), f;

	if (indicator_named(t) != NULL)
		return understood(SENSE_CERTAIN, t, NULL);
	all = indicator_names(&n);
	for (size_t i = 0; i < n; i++) {
		str digits = { all[i].name, 3 };

		if (str_starts(t, digits) && (t.len == 3 || strchr(" -:.)", t.s[3]) != NULL) && all[i].sent) {
			found = &all[i];
			with++;
		}
	}
	if (with == 1)
		return understood(SENSE_CERTAIN, str_of(found->name), NULL);
	f = fold(r->a, with > 0 ? (str){ t.s + 3, t.len - 3 } : t);
	u = understand_word(r, "indicator", NULL, f);
	if (u.sense == SENSE_CERTAIN)
		return u;
	return understood(
	    SENSE_REFUSED, S(""), tr("the name of an indicator, such as 1.1.beneficiaries (see: jalon indicators)"));
}

/* One line, single blanks. */
static struct understood
understand_plain(struct reading *r, str text)
{
	char *to;
	size_t n = 0;

	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	to = arena_alloc(r->a, text.len);
	for (size_t i = 0; i < text.len; i++) {
		bool hard = (unsigned char)text.s[i] == 0xc2 && i + 1 < text.len && (unsigned char)text.s[i + 1] == 0xa0;
		bool blank = hard || (unsigned char)text.s[i] <= ' ';

		i += hard;
		if (!blank)
			to[n++] = text.s[i];
		else if (n > 0 && to[n - 1] != ' ')
			to[n++] = ' ';
	}
	return understood(SENSE_CERTAIN, str_trim((str){ to, n }), NULL);
}

/* A level as assessments write it; of a person's own level other words are kept as they are. */
static struct understood
understand_own_level(struct reading *r, str text)
{
	struct understood u = understand_level(r, text);

	return u.sense == SENSE_REFUSED ? understand_plain(r, text) : u;
}

static const struct {
	enum want want;
	struct understood (*read)(struct reading *r, str text);
} readers[] = { { WANT_birth_date, understand_birth }, { WANT_nationality, understand_country },
	{ WANT_languages, understand_languages }, { WANT_arrived_on, understand_past }, { WANT_cir_signed_on, understand_past },
	{ WANT_phone, understand_phone }, { WANT_email, understand_email }, { WANT_french_level, understand_own_level },
	{ WANT_status_since, understand_past }, { WANT_status_until, understand_date }, { WANT_entered_on, understand_date },
	{ WANT_left_on, understand_date }, { WANT_contract_months, understand_ending }, { WANT_entry_level, understand_level },
	{ WANT_exit_level, understand_level }, { WANT_date, understand_date }, { WANT_act, understand_act },
	{ WANT_quantity, understand_count }, { WANT_indicator, understand_indicator }, { WANT_from, understand_date },
	{ WANT_to, understand_date }, { WANT_value, understand_amount }, { WANT_total, understand_amount },
	{ WANT_men, understand_amount }, { WANT_women, understand_amount }, { WANT_under25, understand_amount },
	{ WANT_bpi, understand_amount }, { WANT_bpi_men, understand_amount }, { WANT_bpi_women, understand_amount },
	{ WANT_bpi_under25, understand_amount } };

static const struct {
	enum want want;
	enum entity_number entity;
	const char *field;
} choices[] = { { WANT_sex, ENTITY_people, "sex" }, { WANT_status, ENTITY_statuses, "status" },
	{ WANT_exit, ENTITY_enrolments, "exit" }, { WANT_state, ENTITY_enrolments, "state" },
	{ WANT_session_kind, ENTITY_sessions, "kind" }, { WANT_theme, ENTITY_sessions, "theme" },
	{ WANT_cell, ENTITY_aggregates, "cell" } };

const struct field *
want_choices(enum want want)
{
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
		if (choices[i].want == want)
			return entity_field(&entities[choices[i].entity], choices[i].field);
	}
	return NULL;
}

struct understood
column_value(struct reading *r, const struct column *c, str text)
{
	r->order = c->order;
	if (c->want == WANT_SESSION)
		return understand_mark(r, text, c->unit);
	if (c->want == WANT_duration || c->want == WANT_planned)
		return understand_minutes(r, text, c->unit);
	if (c->want == WANT_present)
		return understand_mark(r, text, c->unit);
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		if (readers[i].want == c->want)
			return readers[i].read(r, text);
	}
	if (want_choices(c->want) != NULL)
		return understand_choice(r, want_choices(c->want), text);
	return understand_plain(r, text);
}

/* ---- the row ---- */

str
row_text(const struct making *m, enum want want)
{
	const struct grid_cell *cell = m->of[want] == NULL ? NULL : grid_at(m->row, m->of[want]->at);

	return cell == NULL ? S("") : cell->text;
}

/* What is to be told of a reading, is told. */
static void
tell_reading(struct making *m, int column, str text, struct understood u)
{
	if (u.sense == SENSE_REFUSED)
		making_fault_at(m, PROBLEM_FAULT, m->row->number, column, u.say == NULL ? tr("another value") : u.say);
	else if (u.sense == SENSE_LEFT_OUT)
		making_fault_at(m, PROBLEM_WARNING, m->row->number, column, u.say);
	else if (u.sense == SENSE_GUESSED && u.say != NULL)
		making_guess(m, column, text, u.say);
}

/* A formula without result is no value of its owner's. */
static bool
is_error(struct making *m, const struct grid_cell *cell)
{
	if (cell->kind == GRID_ERROR)
		making_fault_at(
		    m, PROBLEM_FAULT, m->row->number, cell->column, tr("a value: the formula of this cell gives an error"));
	return cell->kind == GRID_ERROR;
}

str
row_mark(struct making *m, const struct column *c)
{
	const struct grid_cell *cell = grid_at(m->row, c->at);
	struct understood u;

	if (cell == NULL || is_error(m, cell))
		return S("");
	u = understand_mark(&m->reading, cell->text, c->unit);
	tell_reading(m, c->at, cell->text, u);
	return u.value;
}

void
read_row(struct making *m)
{
	memset(m->value, 0, sizeof m->value);
	for (size_t i = 0; i < m->columns->n; i++) {
		const struct column *c = &m->columns->v[i];
		const struct grid_cell *cell = c->want == WANT_NOTHING || c->want == WANT_SESSION ? NULL : grid_at(m->row, c->at);
		struct understood u;

		if (cell == NULL || is_error(m, cell))
			continue;
		u = column_value(&m->reading, c, cell->text);
		tell_reading(m, c->at, cell->text, u);
		m->value[c->want] = u.value;
	}
}

/* ---- lines of the bundle ---- */

void
making_begin(struct making *m, enum entity_number e, const char *headings)
{
	if (m->out[e].text.len == 0)
		buf_format(&m->out[e].text, "%s\n", headings);
}

void
making_line(struct making *m, enum entity_number e, struct origin from, const str *values, size_t n)
{
	struct output *o = &m->out[e];

	if (o->n == o->cap) {
		o->cap = o->cap == 0 ? 256 : o->cap * 2;
		o->from = realloc(o->from, o->cap * sizeof *o->from);
		if (o->from == NULL)
			bug_oom(o->cap * sizeof *o->from);
	}
	o->from[o->n++] = from;
	for (size_t i = 0; i < n; i++)
		csv_cell(&o->text, values[i], i == 0);
	buf_char(&o->text, '\n');
}

void
making_output_release(struct making *m)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		buf_release(&m->out[i].text);
		free(m->out[i].from);
		m->out[i] = (struct output){ 0 };
	}
}

enum want
want_of_field(enum entity_number e, str csv)
{
	static const struct {
		enum entity_number e;
		const char *csv;
		enum want want;
	} known[] = { { ENTITY_statuses, "status", WANT_status }, { ENTITY_statuses, "since", WANT_status_since },
		{ ENTITY_statuses, "until", WANT_status_until }, { ENTITY_people, "household_ref", WANT_household },
		{ ENTITY_enrolments, "planned_minutes", WANT_planned }, { ENTITY_sessions, "held_on", WANT_date },
		{ ENTITY_sessions, "minutes", WANT_duration }, { ENTITY_sessions, "kind", WANT_session_kind },
		{ ENTITY_attendances, "minutes", WANT_present }, { ENTITY_acts, "on", WANT_date },
		{ ENTITY_acts, "kind", WANT_act }, { ENTITY_assessments, "on", WANT_entered_on },
		{ ENTITY_assessments, "level", WANT_entry_level }, { ENTITY_aggregates, "value", WANT_value } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (known[i].e == e && str_is(csv, known[i].csv))
			return known[i].want;
	}
	for (int w = WANT_SESSION + 1; w < WANT_COUNT; w++) {
		if (str_is(csv, want_names[w]) && e != ENTITY_attendances)
			return (enum want)w;
	}
	return WANT_NOTHING;
}
