#include "web/act_form.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"
#include "sql.h"

enum { SLOT = sizeof(str) > sizeof(int64_t) ? sizeof(str) : sizeof(int64_t), BEFORE = 2, AFTER = 3 };

/* --- the fields --- */

static struct field *
field_add(struct act_form *f, const char *name, enum kind kind, const char *label)
{
	struct field *v = (struct field *)(uintptr_t)f->entity.fields, *x = &v[f->entity.n];

	*x = (struct field){ .name = name,
		.column = name,
		.csv = name,
		.kind = kind,
		.sensitivity = SENS_PERSONAL,
		.offset = f->entity.n * SLOT,
		.label = label };
	f->entity.n++;
	return x;
}

static const char *
prefixed(struct arena *a, const char *prefix, str name)
{
	return str_format(a, "%s%.*s", prefix, STR_ARG(name)).s;
}

static void
choices_add(struct act_form *f, const struct field *x, const struct choice *v, size_t n)
{
	if (f->n_choices == sizeof f->choices / sizeof *f->choices)
		bug("a kind of act asks for more lists than a form has");
	f->choices[f->n_choices++] = (struct choices){ .field = x->name, .v = v, .n = n };
}

/* Answers of a list that the coordinator wrote: numbered, since they are no codes. */
static void
answers_add(struct act_form *f, const struct field *x, str answers)
{
	struct choice *v = ARENA_ARRAY(f->req->arena, answers.len + 1, struct choice);
	str left = answers, one;
	size_t n = 0;

	while ((one = str_cut(left, ';', &left)).s != NULL) {
		if (str_trim(one).len > 0) {
			v[n] = (struct choice){ (int64_t)n + 1, str_trim(one) };
			n++;
		}
	}
	choices_add(f, x, v, n);
}

static const struct err *
enrolments_add(struct act_form *f, const struct sight *s, const struct field *x, int64_t person)
{
	struct enrolments_of_person_row row;
	struct {
		PLAN_LIST(struct choice) v;
	} all = { 0 };
	struct db_rows rows;

	(void)enrolments_of_person(s->db, &rows, s->territory, person, s->organisation);
	while (enrolments_of_person_next(&rows, &row)) {
		*PLAN_ADD(s->arena, &all.v) = (struct choice){ row.id, str_dup(s->arena, row.title) };
		*PLAN_ADD(s->arena, &f->enrolments) =
		    (struct enrolment){ .record = { .id = row.id }, .ref = str_dup(s->arena, row.ref) };
	}
	choices_add(f, x, all.v.v, all.v.n);
	return db_done(&rows);
}

static const struct err *
organisations_add(struct act_form *f, const struct sight *s, const struct field *x)
{
	struct organisations_all_row row;
	struct {
		PLAN_LIST(struct choice) v;
	} all = { 0 };
	struct db_rows rows;

	(void)organisations_all(s->db, &rows, s->territory);
	while (organisations_all_next(&rows, &row))
		*PLAN_ADD(s->arena, &all.v) = (struct choice){ row.id, str_dup(s->arena, row.name) };
	choices_add(f, x, all.v.v, all.v.n);
	return db_done(&rows);
}

static const struct err *
question_add(struct act_form *f, const struct sight *s, const struct act_ask *ask, int64_t person)
{
	static const enum kind kinds[] = { [ASK_TEXT] = KIND_TEXT,
		[ASK_NUMBER] = KIND_INT,
		[ASK_HOURS] = KIND_DECIMAL,
		[ASK_AMOUNT] = KIND_DECIMAL,
		[ASK_DATE] = KIND_DATE,
		[ASK_YES_NO] = KIND_BOOL,
		[ASK_CHOICE] = KIND_ENUM,
		[ASK_ENROLMENT] = KIND_LINK };
	bool local = ask->type == ASK_CHOICE && ask->words == NULL;
	struct field *x = field_add(f, prefixed(s->arena, "x_", ask->field), local ? KIND_LINK : kinds[ask->type], ask->label);

	x->required = ask->required;
	x->choices = ask->words;
	x->max = x->kind == KIND_INT ? COUNT_MAX : x->kind == KIND_TEXT ? 400 : 0;
	if (local)
		answers_add(f, x, ask->answers);
	return ask->type == ASK_ENROLMENT ? enrolments_add(f, s, x, person) : NULL;
}

static const char *
names_of(const struct act_form *f, size_t from, size_t to)
{
	struct buf b = { 0 };

	for (size_t i = from; i < to; i++)
		buf_format(&b, "%s%s", i > from ? " " : "", f->entity.fields[i].name);
	return str_z(f->req->arena, buf_kept(&b, f->req->arena));
}

static const struct err *
fields_make(struct act_form *f, const struct sight *s, int64_t person)
{
	struct arena *a = s->arena;
	size_t most = BEFORE + f->kind->n + AFTER, asked;
	const char *count = f->kind->unit == NULL ? N_("Quantity (1 when empty)") : NULL;
	const struct err *e = NULL;
	struct field *x;

	f->entity = (struct entity){ .name = "acts", .fields = ARENA_ARRAY(a, most, struct field), .size = most * SLOT };
	f->record = arena_alloc(a, f->entity.size);
	f->n_choices = 0;
	f->enrolments.n = 0;
	f->unread = ARENA_ARRAY(a, f->kind->n, str);
	field_add(f, "on", KIND_DATE, N_("Date"))->required = true;
	if (count == NULL)
		count = str_format(a, tr("How many (%s); 1 when empty"), f->kind->id == 0 ? tr(f->kind->unit) : f->kind->unit).s;
	field_add(f, "quantity", KIND_INT, count)->max = COUNT_MAX;
	for (size_t i = 0; e == NULL && i < f->kind->n; i++)
		e = question_add(f, s, &f->kind->asks[i], person);
	asked = f->entity.n;
	(void)field_add(f, "i_languages", KIND_LANGUAGES, N_("Language interpreted"));
	field_add(f, "i_minutes", KIND_INT, N_("Minutes of interpreting"))->max = COUNT_MAX;
	x = field_add(f, "i_organisation", KIND_LINK, N_("Interpreter's organisation"));
	f->names = names_of(f, 0, asked);
	f->interpreter_names = names_of(f, asked, f->entity.n);
	return e != NULL ? e : organisations_add(f, s, x);
}

/* --- what stands in them --- */

static const struct choices *
choices_for(const struct act_form *f, const struct field *x)
{
	for (size_t i = 0; i < f->n_choices; i++) {
		if (strcmp(f->choices[i].field, x->name) == 0)
			return &f->choices[i];
	}
	return NULL;
}

static int64_t
numbered(const struct act_form *f, const struct field *x, str value)
{
	const struct choices *c = choices_for(f, x);

	for (size_t i = 0; c != NULL && i < c->n; i++) {
		if (str_eq(c->v[i].label, value))
			return c->v[i].key;
	}
	return NUMBER_NONE;
}

/* An enrolment is told by its ref, so that the answer means the same in a bundle. */
static int64_t
enrolment_key(const struct act_form *f, str ref)
{
	for (size_t i = 0; i < f->enrolments.n; i++) {
		if (str_eq(f->enrolments.v[i].ref, ref))
			return f->enrolments.v[i].record.id;
	}
	return NUMBER_NONE;
}

static str
enrolment_ref(const struct act_form *f, int64_t key)
{
	for (size_t i = 0; i < f->enrolments.n; i++) {
		if (f->enrolments.v[i].record.id == key)
			return f->enrolments.v[i].ref;
	}
	return (str){ 0 };
}

static void
fill_answer(struct act_form *f, const struct act_ask *ask, const struct field *x, str value)
{
	struct buf euros = { 0 };
	number n = str_number(value);

	if (ask->type == ASK_ENROLMENT) {
		*(int64_t *)field_at(x, f->record) = enrolment_key(f, value);
	} else if (x->kind == KIND_LINK) {
		*(int64_t *)field_at(x, f->record) = numbered(f, x, value);
	} else if (ask->type == ASK_AMOUNT) {
		if (n.ok)
			decimal_short(&euros, n.value);
		*(str *)field_at(x, f->record) = buf_kept(&euros, f->req->arena);
	} else {
		(void)field_read(x, value, f->record, f->req->arena);
	}
}

static void
fill(struct act_form *f, const struct act_line *line)
{
	const struct field *v = f->entity.fields, *end = &v[f->entity.n];

	*(day *)field_at(&v[0], f->record) = line->act.on;
	*(int64_t *)field_at(&v[1], f->record) = line->act.quantity;
	for (size_t i = 0; i < f->kind->n; i++) {
		for (size_t k = 0; k < line->n; k++) {
			if (!str_eq(line->answers[k].field, f->kind->asks[i].field))
				continue;
			fill_answer(f, &f->kind->asks[i], &v[BEFORE + i], line->answers[k].value);
			if (field_absent(&v[BEFORE + i], f->record))
				f->unread[i] = line->answers[k].value;
		}
	}
	if (line->interpreter.record.id == 0)
		return;
	*(str *)field_at(&end[-3], f->record) = line->interpreter.languages;
	*(int64_t *)field_at(&end[-2], f->record) = line->interpreter.minutes;
	*(int64_t *)field_at(&end[-1], f->record) = line->interpreter.organisation;
}

const struct err *
act_form_make(struct act_form *f, const struct sight *s, int64_t person, const struct act_line *line)
{
	const struct err *e = fields_make(f, s, person);

	entity_clear(&f->entity, f->record);
	if (line != NULL) {
		fill(f, line);
		f->act = line->act;
	} else {
		entity_clear(&entities[ENTITY_acts], &f->act);
		f->act.kind = f->kind->code;
		f->act.action = f->place->action;
		f->act.person = person == 0 ? NUMBER_NONE : person;
		*(day *)field_at(&f->entity.fields[0], f->record) = s->today;
	}
	return e;
}

struct sheaf
act_form_sheaf(const struct act_form *f, bool interpreter)
{
	return (struct sheaf){ .req = f->req,
		.entity = &f->entity,
		.names = interpreter ? f->interpreter_names : f->names,
		.record = f->record,
		.faults = f->faults,
		.choices = f->choices,
		.n_choices = f->n_choices };
}

/* --- reading --- */

/* "1 250,50" is read as "1250.50": people write amounts and hours as they are used to. */
static void
plain_decimals(struct act_form *f)
{
	struct form *form = &f->req->form;

	for (size_t i = 0; i < form->n; i++) {
		const struct field *x = entity_field(&f->entity, str_z(f->req->arena, form->v[i].name));
		struct buf b = { 0 };
		str s = form->v[i].value;

		if (x == NULL || x->kind != KIND_DECIMAL)
			continue;
		for (size_t k = 0; k < s.len; k++) {
			if (s.s[k] != ' ')
				buf_char(&b, s.s[k] == ',' ? '.' : s.s[k]);
		}
		form->v[i].value = buf_kept(&b, f->req->arena);
	}
}

static str
choice_text(const struct act_form *f, const struct field *x, int64_t key)
{
	const struct choices *c = choices_for(f, x);

	for (size_t i = 0; c != NULL && i < c->n; i++) {
		if (c->v[i].key == key)
			return c->v[i].label;
	}
	return (str){ 0 };
}

static bool
among(const struct act_form *f, const struct field *x)
{
	int64_t key = *(int64_t *)field_at(x, f->record);

	return key == NUMBER_NONE || choice_text(f, x, key).len > 0;
}

/* The answer as it is stored: hours with a dot, amounts in cents, a list's own words, the ref of an enrolment. */
static str
stored(const struct act_form *f, const struct act_ask *ask, const struct field *x)
{
	struct buf b = { 0 };

	if (field_absent(x, f->record))
		return (str){ 0 };
	if (ask->type == ASK_ENROLMENT)
		return enrolment_ref(f, *(int64_t *)field_at(x, f->record));
	if (x->kind == KIND_LINK)
		return choice_text(f, x, *(int64_t *)field_at(x, f->record));
	else if (ask->type == ASK_AMOUNT)
		buf_int(&b, decimal_parse(*(const str *)field_at(x, f->record)).value);
	else
		field_write(x, f->record, &b);
	return buf_kept(&b, f->req->arena);
}

static void
fault(struct problems *faults, const struct field *x, const char *expected)
{
	problem_add(
	    &faults->sink, &(struct problem){ .level = PROBLEM_FAULT, .column = str_of(x->csv), .expected = str_of(expected) });
}

static void
check_fields(const struct act_form *f, uint64_t wrong, struct problems *faults)
{
	for (size_t i = BEFORE; i < f->entity.n; i++) {
		const struct field *x = &f->entity.fields[i];

		if ((wrong >> i & 1) != 0)
			continue;
		if (x->required && field_absent(x, f->record))
			fault(faults, x, tr("a value: it is required"));
		if (x->kind == KIND_LINK && !among(f, x))
			fault(faults, x, tr("one of the list"));
	}
}

static void
check_interpreter(const struct act_form *f, struct problems *faults)
{
	const struct field *v = &f->entity.fields[f->entity.n - AFTER];

	if (field_absent(&v[0], f->record) && (!field_absent(&v[1], f->record) || !field_absent(&v[2], f->record)))
		fault(faults, &v[0], tr("the language: an interpreter was there"));
}

static uint64_t
bit_of(const char *name)
{
	return UINT64_C(1) << (entity_field(&entities[ENTITY_acts], name) - entities[ENTITY_acts].fields);
}

void
act_form_read(struct act_form *f, struct act_writing *w, struct problems *faults)
{
	const struct field *v = f->entity.fields, *i;
	struct act_answer *answers = ARENA_ARRAY(f->req->arena, f->kind->n, struct act_answer);
	uint64_t wrong;

	plain_decimals(f);
	wrong = form_read(
	    f->req, &f->entity, str_format(f->req->arena, "%s %s", f->names, f->interpreter_names).s, f->record, faults);
	check_fields(f, wrong, faults);
	check_interpreter(f, faults);
	*w = (struct act_writing){ .act = f->act, .kind = f->kind, .answers = answers, .n = f->kind->n };
	w->wrong = ((wrong & 1) != 0 ? bit_of("on") : 0) | ((wrong & 2) != 0 ? bit_of("quantity") : 0);
	w->act.on = *(day *)field_at(&v[0], f->record);
	w->act.quantity = *(int64_t *)field_at(&v[1], f->record);
	for (size_t k = 0; k < f->kind->n; k++) {
		str value = stored(f, &f->kind->asks[k], &v[BEFORE + k]);

		answers[k] = (struct act_answer){ f->kind->asks[k].field, value.len == 0 ? f->unread[k] : value };
	}
	i = &v[f->entity.n - AFTER];
	entity_clear(&entities[ENTITY_interpreters], &w->interpreter);
	w->interpreter.languages = *(str *)field_at(&i[0], f->record);
	w->interpreter.minutes = *(int64_t *)field_at(&i[1], f->record);
	w->interpreter.organisation = *(int64_t *)field_at(&i[2], f->record);
}
