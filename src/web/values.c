/* values.c - what a record holds, as people read it: by the kind of each field */
#include "base/shown.h"
#include "base/text.h"
#include "model/choices.h"
#include "views.h"
#include "web/countries.h"
#include "web/form.h"
#include "web/languages.h"

static void
value_set(struct html *h, const struct field *f, str words)
{
	str word;

	for (int i = 0; (word = str_cut(words, ';', &words)).len > 0; i++) {
		if (i > 0)
			html_text(h, S(", "));
		html_text(h, choice_label(f, word));
	}
}

/* 1990, 03/1990 or 27/03/1990: no more than what is known. */
static void
value_partial(struct html *h, str s)
{
	char text[DAY_TEXT];

	if (s.len == 10)
		html_text(h, day_shown(day_parse(s), text));
	else if (s.len == 7)
		html_format(h, "%.2s/%.4s", s.s + 5, s.s);
	else
		html_text(h, s);
}

static bool
is_money(const struct field *f)
{
	return f->kind == KIND_INT && str_ends(str_of(f->name), S("cents"));
}

void
form_value(struct html *h, const struct field *f, const void *record)
{
	const void *at = field_at(f, record);

	if (field_absent(f, record))
		return;
	if (f->kind == KIND_DATE)
		html_z(h, html_date(h, *(const day *)at));
	else if (f->kind == KIND_PARTIAL)
		value_partial(h, *(const str *)at);
	else if (f->kind == KIND_ENUM)
		html_text(h, choice_label(f, *(const str *)at));
	else if (f->kind == KIND_SET)
		value_set(h, f, *(const str *)at);
	else if (f->kind == KIND_LANGUAGES)
		html_z(h, language_names(h->arena, *(const str *)at));
	else if (f->kind == KIND_COUNTRY)
		html_text(h, country_name(h->arena, *(const str *)at));
	else if (f->kind == KIND_BOOL)
		html_z(h, *(const int64_t *)at == 1 ? tr("Yes") : tr("No"));
	else if (is_money(f))
		html_z(h, html_money(h, *(const int64_t *)at));
	else if (f->kind == KIND_INT)
		html_z(h, html_number(h, *(const int64_t *)at));
	else if (f->kind != KIND_LINK) /* the page knows what it leads to */
		html_text(h, *(const str *)at);
}

void
form_values(struct html *h, const struct sheaf *s, const char *empty)
{
	str left = str_of(s->names), name;

	while ((name = str_cut(left, ' ', &left)).len > 0) {
		const struct field *f = entity_field(s->entity, str_z(s->req->arena, name));

		if (f == NULL)
			bug("a page of %s asks for %.*s", s->entity->name, STR_ARG(name));
		if (!viewer_reads(&s->req->viewer, f->sensitivity))
			continue;
		if (!field_absent(f, s->record) || empty != NULL)
			form_fact(h, f, s->record, empty);
	}
}
