#include "web/control.h"

#include <string.h>

#include "base/text.h"
#include "model/choices.h"
#include "views.h"
#include "web/countries.h"
#include "web/languages.h"

enum { RADIOS_MOST = 5 }; /* more choices than that: a list that opens */

bool
control_has(const struct control *c, str value)
{
	str left = c->value, one;

	while ((one = str_cut(left, ';', &left)).s != NULL)
		if (str_eq(one, value))
			return true;
	return false;
}

/* What stands in a field: what was typed when the form comes back, else what the record holds. */
static str
stands(const struct sheaf *s, const struct field *f)
{
	struct buf text = { 0 };

	if (s->faults != NULL)
		return form_typed(s, f, NULL);
	if (s->record == NULL || field_absent(f, s->record))
		return (str){ 0 };
	if (f->kind == KIND_LANGUAGES)
		return str_of(language_names(s->req->arena, *(const str *)field_at(f, s->record)));
	if (f->kind == KIND_COUNTRY)
		return country_name(s->req->arena, *(const str *)field_at(f, s->record));
	if (f->kind == KIND_LINK)
		return key_short(s->req->arena, *(int64_t *)field_at(f, s->record));
	field_write(f, s->record, &text);
	return buf_kept(&text, s->req->arena);
}

static const char *
hint_of(enum kind k)
{
	switch (k) {
	case KIND_DATE:
		return tr("For example 27 3 2024");
	case KIND_PARTIAL:
		return tr("For example 27 3 1990. Leave empty what is not known: the year alone is enough.");
	case KIND_COMMUNE:
		return tr("INSEE code of the commune, for example 63113");
	case KIND_SIRET:
		return tr("14 digits");
	case KIND_DECIMAL:
		return tr("At most two decimals");
	case KIND_COUNTRY:
		return tr("The country by its name: Afghanistan");
	case KIND_LANGUAGES:
		return tr("By their names, separated by commas: French, Dari");
	default:
		return NULL;
	}
}

/* The parts of a date: typed ones as they are, stored ones cut at the dashes. */
static void
date_parts(struct control *c, const struct sheaf *s)
{
	static const char *const parts[] = { "d", "m", "y" };
	str left = c->value;

	for (int i = 0; i < 3; i++) {
		c->part[i] = str_format(s->req->arena, "%s.%s", c->field->name, parts[i]).s;
		c->typed[i] = form_typed(s, c->field, parts[i]);
	}
	for (int i = 2; s->faults == NULL && i >= 0; i--)
		c->typed[i] = str_cut(left, '-', &left);
}

static void
option_add(struct control *c, struct arena *a, struct option *v, str value, str label)
{
	v[c->n] = (struct option){ value, label, str_format(a, "%s-%zu", c->field->name, c->n).s };
	c->n++;
}

static const struct choices *
choices_of(const struct sheaf *s, const struct field *f)
{
	for (size_t i = 0; i < s->n_choices; i++)
		if (strcmp(s->choices[i].field, f->name) == 0)
			return &s->choices[i];
	return NULL;
}

static void
word_options(struct control *c, const struct sheaf *s)
{
	const struct field *f = c->field;
	const struct choices *from = choices_of(s, f);
	const char *words = from == NULL || from->only == NULL ? f->choices : from->only;
	struct option *v = ARENA_ARRAY(s->req->arena, strlen(words) + 3, struct option);
	str left = str_of(words), word;

	c->options = v;
	while ((word = str_cut(left, ' ', &left)).len > 0)
		option_add(c, s->req->arena, v, word, choice_label(f, word));
	if (f->kind == KIND_ENUM && !f->required)
		option_add(c, s->req->arena, v, S(""), str_of(tr("Not known")));
}

/* A list that must be answered begins with nothing chosen: else its first word would be taken for an answer. */
static void
begin_unchosen(struct control *c, const struct sheaf *s)
{
	struct option *v;

	if (!c->field->required || c->value.len > 0)
		return;
	v = ARENA_ARRAY(s->req->arena, c->n + 1, struct option);
	for (size_t i = 0; i < c->n; i++)
		v[i + 1] = c->options[i];
	v[0] = (struct option){ S(""), str_of(tr("Choose")), NULL };
	c->options = v;
	c->n++;
}

static void
yes_no_options(struct control *c, const struct sheaf *s)
{
	struct option *v = ARENA_ARRAY(s->req->arena, 3, struct option);

	c->options = v;
	option_add(c, s->req->arena, v, S("yes"), str_of(tr("Yes")));
	option_add(c, s->req->arena, v, S("no"), str_of(tr("No")));
	if (!c->field->required)
		option_add(c, s->req->arena, v, S(""), str_of(tr("Not known")));
}

static void
link_options(struct control *c, const struct sheaf *s)
{
	const struct choices *from = choices_of(s, c->field);
	struct option *v;

	v = ARENA_ARRAY(s->req->arena, (from == NULL ? 0 : from->n) + 1, struct option);
	c->options = v;
	option_add(c, s->req->arena, v, S(""), str_of(tr("None")));
	for (size_t i = 0; from != NULL && i < from->n; i++)
		option_add(c, s->req->arena, v, key_short(s->req->arena, from->v[i].key), from->v[i].label);
}

static void
control_write(struct html *h, struct control *c, const struct sheaf *s)
{
	const struct field *f = c->field;

	switch (f->kind) {
	case KIND_DATE:
	case KIND_PARTIAL:
		date_parts(c, s);
		control_date(h, c);
		return;
	case KIND_ENUM:
		word_options(c, s);
		if (c->n <= RADIOS_MOST) {
			control_radios(h, c);
			return;
		}
		begin_unchosen(c, s);
		control_select(h, c);
		return;
	case KIND_BOOL:
		yes_no_options(c, s);
		control_radios(h, c);
		return;
	case KIND_SET:
		word_options(c, s);
		control_boxes(h, c);
		return;
	case KIND_LINK:
		link_options(c, s);
		control_select(h, c);
		return;
	default:
		(f->kind == KIND_TEXT && f->max > 4000 ? control_long : control_text)(h, c);
	}
}

static void
control_make(struct control *c, const struct sheaf *s, const struct field *f)
{
	struct arena *a = s->req->arena;
	bool numeric = f->kind == KIND_INT || f->kind == KIND_DECIMAL;

	*c = (struct control){ .field = f, .value = stands(s, f), .fault = form_fault(s, f), .hint = hint_of(f->kind) };
	c->box = c->fault.len > 0 ? "field wrong" : "field";
	c->chosen = c->value.len > 0 || s->faults != NULL || s->record != NULL;
	c->names = f->sensitivity == SENS_IDENTIFYING;
	c->size = numeric ? "n" : f->kind == KIND_COMMUNE ? "short" : NULL;
	c->mode = f->kind == KIND_INT ? "numeric" : f->kind == KIND_DECIMAL ? "decimal" : NULL;
	if (c->fault.len > 0 || c->hint != NULL)
		c->described = str_format(a, "%s%s%s%s%s", c->fault.len > 0 ? f->name : "", c->fault.len > 0 ? "-e" : "",
		    c->fault.len > 0 && c->hint != NULL ? " " : "", c->hint != NULL ? f->name : "", c->hint != NULL ? "-h" : "");
}

void
form_fields(struct html *h, const struct sheaf *s)
{
	str left = str_of(s->names), name;

	while ((name = str_cut(left, ' ', &left)).len > 0) {
		const struct field *f = entity_field(s->entity, str_z(s->req->arena, name));
		struct control c;

		if (f == NULL)
			bug("a form of %s asks for %.*s", s->entity->name, STR_ARG(name));
		if (!viewer_reads(&s->req->viewer, f->sensitivity))
			continue;
		control_make(&c, s, f);
		control_write(h, &c, s);
	}
}

void
form_summary(struct html *h, const struct sheaf *s)
{
	struct fault_line *v;
	size_t n = 0;

	if (s->faults == NULL || s->faults->sink.faults == 0)
		return;
	v = ARENA_ARRAY(s->req->arena, s->faults->n, struct fault_line);
	for (size_t i = 0; i < s->faults->n; i++) {
		const struct problem *p = &s->faults->v[i];

		if (p->level != PROBLEM_FAULT)
			continue;
		v[n] = (struct fault_line){ .words = p->expected };
		for (size_t k = 0; k < s->entity->n; k++)
			if (str_is(p->column, s->entity->fields[k].csv)) {
				v[n].id = s->entity->fields[k].name;
				v[n].label = s->entity->fields[k].label;
			}
		n++;
	}
	form_faults(h, v, n);
}
