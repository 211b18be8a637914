#include "people/identity_check.h"

#include <string.h>

#include "base/text.h"
#include "model/entity.h"
#include "model/identifiers.h"

enum { OLDEST = 120 }; /* years */

struct asking {
	const struct person *now, *before;
	uint64_t wrong;
	struct problem_sink *sink;
};

static const struct entity *const people = &entities[ENTITY_people];

/* Whether this field was typed now: it is known, no other fault was found in it, and it differs from what is stored. */
static bool
asks(const struct asking *a, const char *name)
{
	const struct field *f = entity_field(people, name);

	if ((a->wrong >> (f - people->fields) & 1) != 0 || field_absent(f, a->now))
		return false;
	return a->before == NULL || !field_equal(f, a->now, a->before);
}

static void
refuse(const struct asking *a, const char *name, const char *expected)
{
	problem_add(a->sink,
	    &(struct problem){
		.level = PROBLEM_FAULT, .column = str_of(entity_field(people, name)->csv), .expected = str_of(expected) });
}

static void
check_birth(const struct asking *a, day today)
{
	const day born = day_parse_partial(a->now->birth_date);

	if (asks(a, "birth_date") && (born > today || born < day_add_months(today, -12 * OLDEST)))
		refuse(a, "birth_date", tr("a date of birth in the past, of somebody alive"));
}

static void
check_past(const struct asking *a, const char *name, day on, day today)
{
	const day born = day_parse_partial(a->now->birth_date);

	if (!asks(a, name))
		return;
	if (on > today)
		refuse(a, name, tr("a date in the past"));
	else if (born != DAY_NONE && on < born)
		refuse(a, name, tr("a date that is not before the birth"));
	else if (on < day_add_months(today, -12 * OLDEST))
		refuse(a, name, tr("a date in the past, of somebody alive"));
}

static bool
known_level(str level)
{
	return choice_index(entity_field(&entities[ENTITY_assessments], "level")->choices, level) >= 0;
}

void
identity_check(const struct person *p, const struct person *stored, day today, uint64_t wrong, struct problem_sink *sink)
{
	const struct asking a = { p, stored, wrong, sink };

	check_birth(&a, today);
	check_past(&a, "arrived_on", p->arrived_on, today);
	check_past(&a, "cir_signed_on", p->cir_signed_on, today);
	if (asks(&a, "phone") && phone_kind(p->phone) == PHONE_WRONG)
		refuse(&a, "phone", tr("a telephone number, such as 06 12 34 56 78 or +33 6 12 34 56 78"));
	if (asks(&a, "email") && !email_valid(p->email))
		refuse(&a, "email", tr("an e-mail address, such as name@example.org"));
	if (asks(&a, "french_level") && !known_level(p->french_level))
		refuse(&a, "french_level", tr("a level of French: alpha, A0, A1.1, A1, A2, B1, B2, C1 or C2"));
}
