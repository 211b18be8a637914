/* workbook_rows.c - the records that a row makes */
#include <string.h>

#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/workbook_inside.h"
#include "model/identifiers.h"

static struct origin
here(const struct making *m)
{
	return (struct origin){ (int32_t)m->row->number, -1 };
}

static str
day_or(struct making *m, str given, day otherwise)
{
	char *to;

	if (given.len > 0 || otherwise == DAY_NONE)
		return given;
	to = arena_alloc(&m->row_arena, DAY_TEXT);
	return day_text(otherwise, to);
}

/* The column to blame when it cannot be told whose row it is. */
static enum want
name_column(const struct making *m)
{
	return m->of[WANT_name] != NULL ? WANT_name : m->of[WANT_family_name] != NULL ? WANT_family_name : WANT_number;
}

bool
known_or_new(struct making *m, const struct who *who)
{
	if (who->known != NULL || m->o->new_people)
		return true;
	making_fault(m, PROBLEM_FAULT, name_column(m),
	    tr("somebody whom this operator follows: import the people first, or have new ones added"));
	return false;
}

/* ---- people ---- */

/* An INSEE code, or the name of a territory of the database; a postal code looks like the first and is not. */
static str
commune(struct making *m)
{
	str text = m->value[WANT_commune], f;

	if (text.len == 0)
		return text;
	f = fold(&m->row_arena, text);
	for (size_t i = 0; i < m->communes_n; i++) {
		if (str_eq(f, m->communes[i].name))
			return m->communes[i].code;
	}
	if (insee_commune(text) &&
	    strstr(str_z(&m->row_arena, fold(&m->row_arena, m->of[WANT_commune]->header)), "insee") != NULL)
		return text;
	making_fault(m, PROBLEM_WARNING, WANT_commune, tr("an INSEE code in a column with that heading: left empty"));
	return S("");
}

/* Somebody who is known keeps the spelling that is stored, when it is the same name. */
static void
person_line(struct making *m, const struct who *who)
{
	const str *v = m->value;
	bool same = who->known != NULL && str_eq(who->known->names, who->names);
	const str values[] = { who->ref, same ? S("") : who->family, same ? S("") : who->given, v[WANT_sex], v[WANT_birth_date],
		v[WANT_nationality], v[WANT_languages], v[WANT_arrived_on], v[WANT_cir_signed_on], v[WANT_household], commune(m),
		v[WANT_phone], v[WANT_email], v[WANT_agdref], v[WANT_french_level] };

	making_line(m, ENTITY_people, here(m), values, sizeof values / sizeof *values);
}

static bool
status_stored(struct making *m, const struct who *who, str status)
{
	return who->known != NULL &&
	       strstr(str_z(&m->row_arena, who->known->statuses), str_format(&m->row_arena, " %.*s ", STR_ARG(status)).s) != NULL;
}

/* When nobody wrote since when: at the entry in the action they held it, that much is known. */
static str
status_since(struct making *m, str entered_on)
{
	str cir = m->value[WANT_cir_signed_on];

	if (entered_on.len > 0) {
		making_guess(m, m->of[WANT_status]->at, row_text(m, WANT_status),
		    tr("status taken to be held since the entry in the action: no column says since when"));
		return entered_on;
	}
	if (cir.len > 0) {
		making_guess(m, m->of[WANT_status]->at, row_text(m, WANT_status),
		    tr("status taken to be held since the signature of the CIR: no column says since when"));
		return cir;
	}
	making_fault(m, PROBLEM_WARNING, WANT_status,
	    tr("a date of the status, or of entry in the action: without one the status is left out and the person is not counted"));
	return S("");
}

static void
status_line(struct making *m, const struct who *who, str entered_on)
{
	str status = m->value[WANT_status], since = m->value[WANT_status_since];

	if (status.len == 0 || (since.len == 0 && status_stored(m, who, status)))
		return;
	if (since.len == 0)
		since = status_since(m, entered_on);
	if (since.len > 0)
		making_line(
		    m, ENTITY_statuses, here(m), (const str[]){ who->ref, status, since, m->value[WANT_status_until] }, 4);
}

/* ---- enrolments ---- */

static void
level_line(struct making *m, enum want want, str enrolment, str on, const char *moment)
{
	str level = m->value[want];

	if (level.len == 0)
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
	const str *v = m->value;
	const str values[] = { ref, m->o->action, who->ref, v[WANT_state].len > 0 || stored ? v[WANT_state] : S("active"),
		entered_on, v[WANT_left_on], v[WANT_planned], v[WANT_exit], v[WANT_contract_months] };

	if (entered_on.len == 0 && !stored) {
		making_fault(m, m->columns->as == AS_ENROLMENTS ? PROBLEM_FAULT : PROBLEM_WARNING, WANT_entered_on,
		    tr("a date of entry in the action: without one the person is not enrolled"));
		return;
	}
	making_line(m, ENTITY_enrolments, here(m), values, sizeof values / sizeof *values);
	level_line(m, WANT_entry_level, ref, day_or(m, entered_on, stored ? who->known->entered_on : DAY_NONE), "entry");
	level_line(m, WANT_exit_level, ref, v[WANT_left_on], "exit");
}

/* The first row of somebody is theirs; another one is a mistake that only the operator can settle. */
static bool
person_again(struct making *m, const struct who *who)
{
	if (set_add(&m->people_made, str_hash(who->ref, 11)))
		return false;
	making_fault(m, PROBLEM_FAULT, name_column(m), tr("one row for each person: this one stands on a row above too"));
	return true;
}

static void
begin_people(struct making *m)
{
	making_begin(m, ENTITY_people,
	    "ref,family_name,given_name,sex,birth_date,nationality,languages,arrived_on,cir_signed_on,household_ref,commune,phone,email,"
	    "agdref,french_level");
	making_begin(m, ENTITY_statuses, "person_ref,status,since,until");
	making_begin(
	    m, ENTITY_enrolments, "ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes,exit,contract_months");
	making_begin(m, ENTITY_assessments, "enrolment_ref,on,moment,level");
}

static void
make_person(struct making *m)
{
	struct who who;
	bool stored;
	str entered_on = m->value[WANT_entered_on];

	if (!row_person(m, &who) || person_again(m, &who) || (m->columns->as == AS_ENROLMENTS && !known_or_new(m, &who)) ||
	    m->row_wrong)
		return;
	begin_people(m);
	stored = who.known != NULL && who.known->enrolment.len > 0;
	if (!stored)
		entered_on = day_or(m, entered_on, m->o->entered_on);
	person_line(m, &who);
	status_line(m, &who, day_or(m, entered_on, stored ? who.known->entered_on : DAY_NONE));
	if (m->action_id != 0)
		enrolment_line(m, &who, entered_on);
}

void
new_person_line(struct making *m, const struct who *who)
{
	making_begin(m, ENTITY_people, "ref,family_name,given_name,birth_date");
	if (who->known == NULL && set_add(&m->people_made, str_hash(who->ref, 11)))
		making_line(
		    m, ENTITY_people, here(m), (const str[]){ who->ref, who->family, who->given, m->value[WANT_birth_date] }, 4);
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

static void
make_act(struct making *m)
{
	struct who who;
	str on = m->value[WANT_date], kind = m->value[WANT_act].len > 0 ? m->value[WANT_act] : m->o->act;
	bool whose = row_person(m, &who) && known_or_new(m, &who);

	if (row_text(m, WANT_date).len == 0 || (on.len == 0 && !m->row_wrong))
		making_fault(m, PROBLEM_FAULT, WANT_date, tr("a whole date such as 31/08/2025"));
	if (row_text(m, WANT_act).len == 0 && kind.len == 0)
		making_fault(m, PROBLEM_FAULT, WANT_act, tr("the kind of act, in a few words"));
	if (!whose || m->row_wrong)
		return;
	new_person_line(m, &who);
	making_begin(m, ENTITY_acts, "ref,action_ref,person_ref,on,kind,quantity");
	making_line(m, ENTITY_acts, here(m),
	    (const str[]){ act_ref(m, who.ref, on, kind), m->o->action, who.ref, on, kind, m->value[WANT_quantity] }, 6);
}

/* ---- aggregates ---- */

struct figure_row {
	str indicator, from, to;
};

static void
aggregate_line(struct making *m, const struct figure_row *f, str cell, enum want want)
{
	if (m->value[want].len > 0)
		making_line(m, ENTITY_aggregates, (struct origin){ (int32_t)m->row->number, (int16_t)m->of[want]->at },
		    (const str[]){ m->fiche, f->from, f->to, f->indicator, cell, m->value[want] }, 6);
}

/* One cell of the indicator a row, or a column for each. */
static void
aggregate_lines(struct making *m, const struct figure_row *f)
{
	static const enum want cells[] = { WANT_total, WANT_men, WANT_women, WANT_under25, WANT_bpi, WANT_bpi_men, WANT_bpi_women,
		WANT_bpi_under25 };
	str cell = m->value[WANT_cell];

	making_begin(m, ENTITY_aggregates, "sheet_ref,from,to,indicator,cell,value");
	if (m->of[WANT_value] != NULL)
		aggregate_line(m, f, cell.len > 0 ? cell : S("total"), WANT_value);
	else if (m->of[WANT_cell] != NULL && cell.len > 0)
		aggregate_line(m, f, cell, WANT_total);
	if (m->of[WANT_value] != NULL || cell.len > 0)
		return;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		aggregate_line(m, f, str_of(want_names[cells[i]]), cells[i]);
}

static void
make_aggregate(struct making *m)
{
	struct figure_row f = { m->value[WANT_indicator], day_or(m, m->value[WANT_from], m->o->from),
		day_or(m, m->value[WANT_to], m->o->to) };

	if (row_text(m, WANT_indicator).len == 0)
		making_fault(m, PROBLEM_FAULT, WANT_indicator,
		    tr("the name of an indicator, such as 1.1.beneficiaries (see: jalon indicators)"));
	if ((f.from.len == 0 || f.to.len == 0) && !m->row_wrong)
		making_fault(
		    m, PROBLEM_FAULT, f.from.len == 0 ? WANT_from : WANT_to, tr("the period of the figure, from a day to a day"));
	if (!m->row_wrong)
		aggregate_lines(m, &f);
}

const struct err *
make_row(struct making *m)
{
	read_row(m);
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
