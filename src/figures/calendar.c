#include "figures/calendar.h"

#include <stdio.h>

#include "base/shown.h"
#include "base/text.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2999, USUAL_YEARS = 3 };

int
contract_years(const struct book_contract *c)
{
	if (c->signed_on == DAY_NONE)
		return 0;
	return c->duration_months <= 0 ? USUAL_YEARS : (c->duration_months + 11) / 12;
}

static period
contract_year(const struct book_contract *c, int year)
{
	period p = { day_add_months(c->signed_on, 12 * (year - 1)), day_add_months(c->signed_on, 12 * year) - 1 };

	/* The last year of a contract that does not last whole years is shorter. */
	if (c->duration_months > 0 && 12 * year > c->duration_months)
		p.to = day_add_months(c->signed_on, c->duration_months) - 1;
	return p;
}

bool
span_of_year(const struct book_contract *c, enum calendar calendar, int64_t year, struct span *out)
{
	bool counted = calendar == CALENDAR_CONTRACT;

	if (calendar == CALENDAR_FREE || year < (counted ? 1 : FIRST_YEAR) || year > (counted ? contract_years(c) : LAST_YEAR))
		return false;
	*out = (struct span){ .calendar = calendar, .year = (int)year };
	if (counted)
		out->days = contract_year(c, out->year);
	else if (calendar == CALENDAR_CIVIL)
		out->days = (period){ day_of(out->year, 1, 1), day_of(out->year, 12, 31) };
	else
		out->days = (period){ day_of(out->year, 9, 1), day_of(out->year + 1, 8, 31) };
	return true;
}

static int
civil_year(day d)
{
	int y, m, n;

	day_split(d, &y, &m, &n);
	return y;
}

static int
school_year(day d)
{
	int y, m, n;

	day_split(d, &y, &m, &n);
	return m >= 9 ? y : y - 1;
}

struct span
span_today(const struct book_contract *c, day today)
{
	struct span s = { .calendar = CALENDAR_FREE, .days = { today, today } };
	int year = 1;

	if (c->signed_on == DAY_NONE) {
		(void)span_of_year(c, CALENDAR_CIVIL, civil_year(today), &s);
		return s;
	}
	while (year < contract_years(c) && contract_year(c, year).to < today)
		year++;
	(void)span_of_year(c, CALENDAR_CONTRACT, year, &s);
	return s;
}

/* --- words --- */

static const struct {
	enum calendar calendar;
	const char *before;
} names[] = { { CALENDAR_CONTRACT, "contract-" }, { CALENDAR_CIVIL, "civil-" }, { CALENDAR_SCHOOL, "school-" } };

static const char *
year_expected(struct arena *a, const struct book_contract *c, enum calendar calendar)
{
	if (calendar != CALENDAR_CONTRACT)
		return str_format(a, tr("a year from %d to %d"), FIRST_YEAR, LAST_YEAR).s;
	if (c->signed_on == DAY_NONE)
		return tr("another period: the contract has no date of signature to count its years from");
	return str_format(a, tr("a year of the contract: 1 to %d"), contract_years(c)).s;
}

/* "2022-10-17..2023-10-16" */
static const char *
parse_days(str word, struct span *out)
{
	enum { DATE = 10, DOTS = 2 };
	period p = { DAY_NONE, DAY_NONE };

	if (word.len == DATE + DOTS + DATE && word.s[DATE] == '.' && word.s[DATE + 1] == '.') {
		p.from = day_parse((str){ word.s, DATE });
		p.to = day_parse((str){ word.s + DATE + DOTS, DATE });
	}
	if (p.from == DAY_NONE || p.to == DAY_NONE)
		return tr("contract-1, civil-2023, school-2022, or two days such as 2022-10-17..2023-10-16");
	if (p.to < p.from)
		return tr("the first day before the last");
	*out = (struct span){ .calendar = CALENDAR_FREE, .days = p };
	return NULL;
}

const char *
span_parse(struct arena *a, str word, const struct book_contract *c, struct span *out)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		str before = str_of(names[i].before);
		number n;

		if (!str_starts(word, before))
			continue;
		n = str_number((str){ word.s + before.len, word.len - before.len });
		if (n.ok && span_of_year(c, names[i].calendar, n.value, out))
			return NULL;
		return year_expected(a, c, names[i].calendar);
	}
	return parse_days(word, out);
}

str
span_word(const struct span *s, char to[SPAN_WORD])
{
	char from[DAY_TEXT], until[DAY_TEXT];
	int n;

	if (s->calendar == CALENDAR_FREE)
		n = snprintf(to, SPAN_WORD, "%s..%s", day_text(s->days.from, from).s, day_text(s->days.to, until).s);
	else
		n = snprintf(to, SPAN_WORD, "%s%d", names[s->calendar].before, s->year);
	return (str){ to, (size_t)n };
}

/* --- what is offered --- */

struct span *
span_choices(struct arena *a, const struct book_contract *c, day today, int *n)
{
	VEC(struct span) all = { 0 };
	int years = contract_years(c);
	period d = { today, today };

	if (years > 0)
		d = (period){ c->signed_on, contract_year(c, years).to };
	for (int y = 1; y <= years; y++)
		(void)span_of_year(c, CALENDAR_CONTRACT, y, VEC_ADD(a, &all));
	for (int y = civil_year(d.from); y <= civil_year(d.to); y++)
		(void)span_of_year(c, CALENDAR_CIVIL, y, VEC_ADD(a, &all));
	for (int y = school_year(d.from); y <= school_year(d.to); y++)
		(void)span_of_year(c, CALENDAR_SCHOOL, y, VEC_ADD(a, &all));
	*n = all.n;
	return all.v;
}

str
span_label(struct arena *a, const struct span *s)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	switch (s->calendar) {
	case CALENDAR_CONTRACT:
		return str_format(a, tr("Contract year %d"), s->year);
	case CALENDAR_CIVIL:
		return str_format(a, tr("Civil year %d"), s->year);
	case CALENDAR_SCHOOL:
		return str_format(a, tr("School year %d-%d"), s->year, s->year + 1);
	case CALENDAR_FREE:
		break;
	}
	return str_format(a, tr("From %s to %s"), day_shown(s->days.from, from).s, day_shown(s->days.to, to).s);
}

str
span_title(struct arena *a, const struct span *s)
{
	char from_text[DAY_TEXT], to_text[DAY_TEXT];
	const char *from = day_shown(s->days.from, from_text).s, *to = day_shown(s->days.to, to_text).s;

	switch (s->calendar) {
	case CALENDAR_CONTRACT:
		return str_format(a, tr("Contract year %d: from %s to %s, counted from the signature"), s->year, from, to);
	case CALENDAR_CIVIL:
		return str_format(a, tr("Civil year %d: from %s to %s"), s->year, from, to);
	case CALENDAR_SCHOOL:
		return str_format(a, tr("School year %d-%d: from %s to %s"), s->year, s->year + 1, from, to);
	case CALENDAR_FREE:
		break;
	}
	return span_label(a, s);
}

bool
span_is_year(const struct span *s)
{
	return s->calendar != CALENDAR_FREE || day_add_months(s->days.from, 12) - 1 == s->days.to;
}
