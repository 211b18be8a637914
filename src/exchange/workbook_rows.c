/* workbook_rows.c - the cells of a row as the interchange's values, and the records that a row makes */
#include <stdlib.h>
#include <string.h>

#include "base/csvout.h"
#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/workbook_inside.h"
#include "model/codes.h"
#include "model/identifiers.h"
#include "model/indicator.h"

/* ---- values ---- */

str
row_text(const struct making *m, enum want want)
{
	const struct grid_cell *cell = m->of[want] == NULL ? NULL : grid_at(m->row, m->of[want]->at);

	return cell == NULL ? S("") : cell->text;
}

struct understood
take_understood(struct making *m, int column, str text, struct understood u)
{
	if (u.sense == SENSE_REFUSED)
		making_fault_at(m, PROBLEM_FAULT, m->row->number, column, u.say == NULL ? tr("another value") : u.say);
	else if (u.sense == SENSE_LEFT_OUT)
		making_fault_at(m, PROBLEM_WARNING, m->row->number, column, u.say);
	else if (u.sense == SENSE_GUESSED && u.say != NULL)
		making_guess(m, column, text, u.say);
	return u;
}

/* A formula without result is no value of its owner's. */
static bool
is_error(struct making *m, enum want want)
{
	const struct grid_cell *cell = m->of[want] == NULL ? NULL : grid_at(m->row, m->of[want]->at);

	if (cell == NULL || cell->kind != GRID_ERROR)
		return false;
	making_fault(m, PROBLEM_FAULT, want, tr("a value: the formula of this cell gives an error"));
	return true;
}

str
row_value(struct making *m, enum want want, reader *read)
{
	const struct column *c = m->of[want];
	str text = row_text(m, want);

	if (c == NULL || text.len == 0 || is_error(m, want))
		return S("");
	m->reading.order = c->order;
	return take_understood(m, c->at, text, read(&m->reading, text)).value;
}

str
row_choice(struct making *m, enum want want, const char *entity, const char *field)
{
	const struct field *f = entity_field(entity_named(str_of(entity)), field);
	const struct column *c = m->of[want];
	str text = row_text(m, want);

	if (c == NULL || text.len == 0 || is_error(m, want))
		return S("");
	return take_understood(m, c->at, text, understand_choice(&m->reading, f, text)).value;
}

str
row_minutes(struct making *m, enum want want)
{
	const struct column *c = m->of[want];
	str text = row_text(m, want);

	if (c == NULL || text.len == 0 || is_error(m, want))
		return S("");
	return take_understood(m, c->at, text, understand_minutes(&m->reading, text, c->unit)).value;
}

str
row_plain(struct making *m, enum want want)
{
	str text = row_text(m, want);
	char *to;
	size_t n = 0;

	if (text.len == 0 || is_error(m, want) || says_nothing(&m->reading, text))
		return S("");
	to = arena_alloc(&m->row_arena, text.len);
	for (size_t i = 0; i < text.len; i++) {
		bool hard = (unsigned char)text.s[i] == 0xc2 && i + 1 < text.len && (unsigned char)text.s[i + 1] == 0xa0;
		bool blank = hard || (unsigned char)text.s[i] <= ' ';

		i += hard;
		if (!blank)
			to[n++] = text.s[i];
		else if (n > 0 && to[n - 1] != ' ')
			to[n++] = ' ';
	}
	return str_trim((str){ to, n });
}

str
row_date_or(struct making *m, enum want want, day otherwise)
{
	str given = row_value(m, want, understand_date);
	char *to;

	if (given.len > 0 || otherwise == DAY_NONE)
		return given;
	to = arena_alloc(&m->row_arena, DAY_TEXT);
	return day_text(otherwise, to);
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

/* ---- people ---- */

static struct origin
here(const struct making *m)
{
	return (struct origin){ (int32_t)m->row->number, -1 };
}

/* An INSEE code, or the name of a territory of the database; a postal code is neither. */
static str
commune(struct making *m)
{
	str text = row_plain(m, WANT_commune), f;

	if (text.len == 0)
		return text;
	f = fold(&m->row_arena, text);
	for (size_t i = 0; i < m->communes_n; i++) {
		if (str_eq(f, m->communes[i].name))
			return m->communes[i].code;
	}
	if (insee_commune(text) && !str_ends(text, S("000")) &&
	    strstr(str_z(&m->row_arena, fold(&m->row_arena, m->of[WANT_commune]->header)), "insee") != NULL)
		return text;
	making_fault(m, PROBLEM_WARNING, WANT_commune, tr("an INSEE code in a column with that heading: left empty"));
	return S("");
}

static str
level_or_text(struct making *m)
{
	str text = row_plain(m, WANT_french_level);
	struct understood u;

	if (text.len == 0)
		return text;
	u = understand_level(&m->reading, text);
	return u.value.len > 0 ? u.value : text;
}

static void
person_line(struct making *m, const struct who *who)
{
	const str values[] = { who->ref, who->family, who->given, row_choice(m, WANT_sex, "people", "sex"), who->birth,
		row_value(m, WANT_nationality, understand_country), row_value(m, WANT_languages, understand_languages),
		row_value(m, WANT_arrived_on, understand_past), row_value(m, WANT_cir_signed_on, understand_past),
		row_plain(m, WANT_household), commune(m), row_value(m, WANT_phone, understand_phone),
		row_value(m, WANT_email, understand_email), row_plain(m, WANT_agdref), level_or_text(m) };

	if (!m->row_wrong)
		making_line(m, ENTITY_people, here(m), values, sizeof values / sizeof *values);
}

/* When nobody wrote since when: at the entry in the action they held it, that much is known. */
static str
status_since(struct making *m, const struct who *who, str status, str entered_on)
{
	str since = row_value(m, WANT_status_since, understand_past);
	str cir = m->of[WANT_cir_signed_on] == NULL ? S("") : row_value(m, WANT_cir_signed_on, understand_past);

	if (since.len > 0 || m->row_wrong)
		return since;
	if (who->known != NULL &&
	    strstr(str_z(&m->row_arena, who->known->statuses), str_format(&m->row_arena, " %.*s ", STR_ARG(status)).s) != NULL)
		return S(""); /* stored already */
	since = entered_on.len > 0 ? entered_on : cir;
	if (since.len > 0)
		making_guess(m, m->of[WANT_status]->at, row_text(m, WANT_status),
		    entered_on.len > 0 ? tr("status taken to be held since the entry in the action: no column says since when")
				       : tr("status taken to be held since the signature of the CIR: no column says since when"));
	else
		making_fault(m, PROBLEM_WARNING, WANT_status,
		    tr("a date of the status, or of entry in the action: without one the status is left out and the person is not counted"));
	return since;
}

static void
status_line(struct making *m, const struct who *who, str entered_on)
{
	str status = row_choice(m, WANT_status, "statuses", "status"), since;

	if (status.len == 0 || m->row_wrong)
		return;
	since = status_since(m, who, status, entered_on);
	if (since.len == 0 || m->row_wrong)
		return;
	making_line(m, ENTITY_statuses, here(m),
	    (const str[]){ who->ref, status, since, row_value(m, WANT_status_until, understand_date) }, 4);
}

/* ---- enrolments ---- */

static str
known_entry(struct making *m, const struct who *who)
{
	char *to;

	if (who->known == NULL || who->known->enrolment.len == 0)
		return S("");
	to = arena_alloc(&m->row_arena, DAY_TEXT);
	return day_text(who->known->entered_on, to);
}

static void
level_line(struct making *m, enum want want, str enrolment, str on, const char *moment)
{
	str level = row_value(m, want, understand_level);

	if (level.len == 0 || m->row_wrong)
		return;
	if (on.len == 0)
		making_fault(m, PROBLEM_WARNING, want, tr("a date for this level: without one it is left out"));
	else
		making_line(m, ENTITY_assessments, here(m), (const str[]){ enrolment, on, str_of(moment), level }, 4);
}

static void
enrolment_line(struct making *m, const struct who *who, str entered_on)
{
	bool stored = who->known != NULL && who->known->enrolment.len > 0;
	str parts[] = { who->ref, m->o->action }, ref = stored ? who->known->enrolment : derived_ref(m, "e", parts, 2);
	str left_on = row_value(m, WANT_left_on, understand_date), state = row_choice(m, WANT_state, "enrolments", "state");
	const str values[] = { ref, m->o->action, who->ref, state.len > 0 || stored ? state : S("active"), entered_on, left_on,
		row_minutes(m, WANT_planned), row_choice(m, WANT_exit, "enrolments", "exit"),
		row_value(m, WANT_contract_months, understand_ending) };

	if (m->row_wrong)
		return;
	if (entered_on.len == 0 && !stored) {
		if (m->columns->as == AS_ENROLMENTS)
			making_fault(m, PROBLEM_FAULT, WANT_entered_on, tr("a date of entry in the action"));
		else
			making_fault(m, PROBLEM_WARNING, WANT_entered_on,
			    tr("a date of entry in the action: without one the person is recorded and not enrolled"));
		return;
	}
	making_line(m, ENTITY_enrolments, here(m), values, sizeof values / sizeof *values);
	level_line(m, WANT_entry_level, ref, entered_on.len > 0 ? entered_on : known_entry(m, who), "entry");
	level_line(m, WANT_exit_level, ref, left_on, "exit");
}

/* The first row of somebody is theirs; another one is a mistake that only the operator can settle. */
static bool
person_again(struct making *m, const struct who *who)
{
	if (set_add(&m->people_made, str_hash(who->ref, 11)))
		return false;
	making_fault(m, PROBLEM_FAULT,
	    m->of[WANT_number] != NULL && row_text(m, WANT_number).len > 0 ? WANT_number
	    : m->of[WANT_family_name] != NULL                              ? WANT_family_name
									   : WANT_name,
	    tr("one row for each person: this one stands on a row above too"));
	return true;
}

static void
make_person(struct making *m)
{
	struct who who;
	str entered_on;

	if (!row_person(m, &who) || person_again(m, &who))
		return;
	if (m->columns->as == AS_ENROLMENTS && who.known == NULL && !m->o->new_people) {
		making_fault(m, PROBLEM_FAULT, m->of[WANT_name] != NULL ? WANT_name : WANT_family_name,
		    tr("somebody whom this operator follows: import the people first, or have new ones added"));
		return;
	}
	making_begin(m, ENTITY_people,
	    "ref,family_name,given_name,sex,birth_date,nationality,languages,arrived_on,cir_signed_on,household_ref,commune,phone,email,"
	    "agdref,french_level");
	making_begin(m, ENTITY_statuses, "person_ref,status,since,until");
	making_begin(
	    m, ENTITY_enrolments, "ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes,exit,contract_months");
	making_begin(m, ENTITY_assessments, "enrolment_ref,on,moment,level");
	entered_on = row_value(m, WANT_entered_on, understand_date);
	if (entered_on.len == 0 && (who.known == NULL || who.known->enrolment.len == 0))
		entered_on = row_date_or(m, WANT_NOTHING, m->o->entered_on);
	person_line(m, &who);
	status_line(m, &who, entered_on.len > 0 ? entered_on : known_entry(m, &who));
	if (m->action_id != 0)
		enrolment_line(m, &who, entered_on);
}

/* ---- acts ---- */

/* The same act twice on a day is two acts: the first, the second. */
static str
act_ref(struct making *m, str person, str on, str kind)
{
	for (int nth = 1;; nth++) {
		str parts[] = { person, m->o->action, on, kind, str_format(&m->row_arena, "%d", nth) };
		str ref = derived_ref(m, "a", parts, 5);

		if (set_add(&m->acts_seen, str_hash(ref, 13)))
			return ref;
	}
}

void
new_person_line(struct making *m, const struct who *who)
{
	making_begin(m, ENTITY_people, "ref,family_name,given_name,birth_date");
	if (who->known == NULL && set_add(&m->people_made, str_hash(who->ref, 11)))
		making_line(m, ENTITY_people, here(m), (const str[]){ who->ref, who->family, who->given, who->birth }, 4);
}

bool
known_or_new(struct making *m, const struct who *who)
{
	if (who->known == NULL && !m->o->new_people) {
		making_fault(m, PROBLEM_FAULT,
		    m->of[WANT_name] != NULL          ? WANT_name
		    : m->of[WANT_family_name] != NULL ? WANT_family_name
						      : WANT_number,
		    tr("somebody whom this operator follows: import the people first, or have new ones added"));
		return false;
	}
	return true;
}

static void
make_act(struct making *m)
{
	struct who who;
	str on, kind, quantity;

	if (!row_person(m, &who) || !known_or_new(m, &who))
		return;
	on = row_value(m, WANT_date, understand_date);
	if (on.len == 0 && !m->row_wrong)
		making_fault(m, PROBLEM_FAULT, WANT_date, tr("a whole date such as 31/08/2025"));
	kind = row_value(m, WANT_act, understand_act);
	kind = kind.len > 0 ? kind : m->o->act;
	if (kind.len == 0 && !m->row_wrong)
		making_fault(m, PROBLEM_FAULT, WANT_act, tr("the kind of act, in a few words"));
	quantity = row_value(m, WANT_quantity, understand_count);
	if (m->row_wrong)
		return;
	new_person_line(m, &who);
	making_begin(m, ENTITY_acts, "ref,action_ref,person_ref,on,kind,quantity");
	making_line(m, ENTITY_acts, here(m),
	    (const str[]){ act_ref(m, who.ref, on, kind), m->o->action, who.ref, on, kind, quantity }, 6);
}

/* ---- aggregates ---- */

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

static void
aggregate_line(struct making *m, str indicator, str cell, str from, str to, enum want want)
{
	str value = row_value(m, want, understand_amount);

	if (value.len == 0 || m->row_wrong)
		return;
	making_line(m, ENTITY_aggregates, (struct origin){ (int32_t)m->row->number, (int16_t)m->of[want]->at },
	    (const str[]){ m->fiche, from, to, indicator, cell, value }, 6);
}

static void
make_aggregate(struct making *m)
{
	static const enum want cells[] = { WANT_total, WANT_men, WANT_women, WANT_under25, WANT_bpi, WANT_bpi_men, WANT_bpi_women,
		WANT_bpi_under25 };
	str indicator = row_value(m, WANT_indicator, understand_indicator), cell = row_choice(m, WANT_cell, "aggregates", "cell");
	str from = row_date_or(m, WANT_from, m->o->from), to = row_date_or(m, WANT_to, m->o->to);

	if (m->row_wrong)
		return;
	if (indicator.len == 0) {
		making_fault(m, PROBLEM_FAULT, WANT_indicator,
		    tr("the name of an indicator, such as 1.1.beneficiaries (see: jalon indicators)"));
		return;
	}
	if (from.len == 0 || to.len == 0) {
		making_fault(
		    m, PROBLEM_FAULT, from.len == 0 ? WANT_from : WANT_to, tr("the period of the figure, from a day to a day"));
		return;
	}
	making_begin(m, ENTITY_aggregates, "sheet_ref,from,to,indicator,cell,value");
	if (m->of[WANT_value] != NULL)
		aggregate_line(m, indicator, cell.len > 0 ? cell : S("total"), from, to, WANT_value);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		if (m->of[cells[i]] == NULL)
			continue;
		if (cells[i] == WANT_total && cell.len > 0)
			aggregate_line(m, indicator, cell, from, to, WANT_total);
		else if (cell.len == 0)
			aggregate_line(m, indicator, str_of(want_names[cells[i]]), from, to, cells[i]);
	}
}

const struct err *
make_row(struct making *m)
{
	switch (m->columns->as) {
	case AS_PEOPLE:
	case AS_ENROLMENTS:
		make_person(m);
		break;
	case AS_ACTS:
		make_act(m);
		break;
	case AS_AGGREGATES:
		make_aggregate(m);
		break;
	case AS_ATTENDANCE:
	case AS_COUNT:
		make_attendance(m);
	}
	return m->err;
}
