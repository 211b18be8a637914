#include "web/form.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "exchange/understand.h"
#include "web/countries.h"
#include "web/languages.h"

/* The name of a control: of the field, or of a part of it. */
static const char *
control_name(char name[64], const struct field *f, const char *part)
{
	snprintf(name, 64, part == NULL ? "%s" : "%s.%s", f->name, part);
	return name;
}

static bool
given(const struct req *r, const struct field *f, const char *part)
{
	char name[64];
	str want = str_of(control_name(name, f, part));

	for (size_t i = 0; i < r->form.n; i++)
		if (str_eq(r->form.v[i].name, want))
			return true;
	return false;
}

static str
part_of(const struct req *r, const struct field *f, const char *part)
{
	char name[64];

	return str_trim(req_form(r, control_name(name, f, part)));
}

/* "7" becomes "07": a month is typed either way. */
static str
padded(struct arena *a, str s, size_t digits)
{
	while (s.len > 0 && s.len < digits)
		s = str_format(a, "0%.*s", STR_ARG(s));
	return s;
}

static bool
digits_only(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.s[i] < '0' || s.s[i] > '9')
			return false;
	return true;
}

/* What was typed as it is said or copied: a month by its name, or the whole date in one of the three. Absent: nothing of that kind, or
 * more than one reading. */
static str
free_date(struct req *r, const struct field *f, str d, str m, str y)
{
	struct reading reading = { .a = r->arena, .today = r->today, .order = DAY_FIRST };
	str all = str_trim(str_format(r->arena, "%.*s %.*s %.*s", STR_ARG(d), STR_ARG(m), STR_ARG(y)));
	struct understood u;

	if (digits_only(d) && digits_only(m) && digits_only(y))
		return (str){ 0 };
	u = f->kind == KIND_PARTIAL ? understand_birth(&reading, all) : understand_date(&reading, all);
	return u.sense == SENSE_CERTAIN ? u.value : (str){ 0 };
}

/* Day, month and year as the interchange writes them; what is missing at the end of a partial date stays out. */
static str
date_of(struct req *r, const struct field *f)
{
	str said = free_date(r, f, part_of(r, f, "d"), part_of(r, f, "m"), part_of(r, f, "y"));
	str y = part_of(r, f, "y"), m = padded(r->arena, part_of(r, f, "m"), 2), d = padded(r->arena, part_of(r, f, "d"), 2);

	if (said.len > 0)
		return said;
	if (y.len == 0 && m.len == 0 && d.len == 0)
		return (str){ 0 };
	if (f->kind == KIND_PARTIAL && d.len == 0)
		return m.len == 0 ? y : str_format(r->arena, "%.*s-%.*s", STR_ARG(y), STR_ARG(m));
	return str_format(r->arena, "%.*s-%.*s-%.*s", STR_ARG(y), STR_ARG(m), STR_ARG(d));
}

/* The boxes that were ticked, as one value. */
static str
set_of(struct req *r, const struct field *f)
{
	struct buf all = { 0 };

	for (size_t i = 0; i < r->form.n; i++) {
		const struct form_field *typed = &r->form.v[i];

		if (!str_is(typed->name, f->name) || typed->value.len == 0)
			continue;
		if (all.len > 0)
			buf_char(&all, ';');
		buf_add(&all, typed->value);
	}
	return buf_kept(&all, r->arena);
}

static void
fault(struct problems *faults, const struct field *f, const char *expected)
{
	problem_add(
	    &faults->sink, &(struct problem){ .level = PROBLEM_FAULT, .column = str_of(f->csv), .expected = str_of(expected) });
}

static const char *
read_link(struct req *r, const struct field *f, str typed, void *record)
{
	int64_t key = typed.len == 0 ? NUMBER_NONE : key_long(typed);

	(void)r;
	if (key == 0)
		return tr("one of the list");
	*(int64_t *)field_at(f, record) = key;
	return NULL;
}

static const char *
read_one(struct req *r, const struct field *f, void *record)
{
	if (f->kind == KIND_LINK)
		return read_link(r, f, part_of(r, f, NULL), record);
	if (f->kind == KIND_DATE || f->kind == KIND_PARTIAL)
		return field_read(f, date_of(r, f), record, r->arena);
	if (f->kind == KIND_LANGUAGES)
		return language_codes(r->arena, part_of(r, f, NULL), field_at(f, record));
	if (f->kind == KIND_COUNTRY)
		return country_code(r->arena, part_of(r, f, NULL), field_at(f, record));
	if (f->kind == KIND_SET)
		return field_read(f, set_of(r, f), record, r->arena);
	return field_read(f, part_of(r, f, NULL), record, r->arena);
}

static bool
in_form(const struct req *r, const struct field *f)
{
	return given(r, f, NULL) || given(r, f, "y");
}

uint64_t
form_read(struct req *r, const struct entity *e, const char *names, void *record, struct problems *faults)
{
	uint64_t wrong = 0;
	str left = str_of(names), name;

	while ((name = str_cut(left, ' ', &left)).len > 0) {
		const struct field *f = entity_field(e, str_z(r->arena, name));
		const char *expected;

		if (f == NULL)
			bug("a form of %s asks for %.*s", e->name, STR_ARG(name));
		if (!viewer_reads(&r->viewer, f->sensitivity) || !in_form(r, f))
			continue;
		expected = read_one(r, f, record);
		if (expected == NULL)
			continue;
		fault(faults, f, expected);
		field_clear(f, record);
		wrong |= UINT64_C(1) << (f - e->fields);
	}
	return wrong;
}

str
form_typed(const struct sheaf *s, const struct field *f, const char *part)
{
	return s->faults == NULL ? (str){ 0 } : part_of(s->req, f, part);
}

str
form_fault(const struct sheaf *s, const struct field *f)
{
	for (size_t i = 0; s->faults != NULL && i < s->faults->n; i++)
		if (s->faults->v[i].level == PROBLEM_FAULT && str_is(s->faults->v[i].column, f->csv))
			return s->faults->v[i].expected;
	return (str){ 0 };
}
