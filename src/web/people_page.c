#include "web/people_page.h"

#include "base/text.h"
#include "model/choices.h"
#include "model/entity.h"

str
person_called(struct arena *a, const struct person_line *p)
{
	if (p->family_name.len == 0 && p->given_name.len == 0)
		return str_format(a, tr("Without a name (%.*s)"), STR_ARG(p->ref));
	return str_trim(str_format(a, "%.*s %.*s", STR_ARG(p->family_name), STR_ARG(p->given_name)));
}

const char *
person_born(struct html *h, const struct person_line *p)
{
	str s = p->birth_date;

	if (s.len == 10)
		return html_date(h, day_parse(s));
	if (s.len == 7)
		return str_format(h->arena, "%.2s/%.4s", s.s + 5, s.s).s;
	return html_cz(h, s);
}

const char *
person_born_words(struct html *h, const struct person_line *p)
{
	const char *format = p->birth_date.len == 10 ? tr("born %s") : tr("born in %s");

	return str_format(h->arena, format, person_born(h, p)).s;
}

const char *
person_standing(struct html *h, const struct person_line *p)
{
	const struct field *f = entity_field(&entities[ENTITY_statuses], "status");

	return p->status.len == 0 ? "" : html_cz(h, choice_label(f, p->status));
}
