/* What people write in cells: the first byte chooses the reader, the second the day, the rest is the text. A value that is understood
 * is one that the model takes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "exchange/fold.h"
#include "exchange/understand.h"
#include "model/codes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The value must be one that the field of the model takes. */
static void
must_fit(struct arena *a, enum entity_number e, const char *field, str value)
{
	const struct field *f = entity_field(&entities[e], field);
	void *record = calloc(1, entities[e].size);

	if (record == NULL || field_read(f, value, record, a) != NULL)
		abort();
	free(record);
}

static void
must_be_mark(str value)
{
	if (!str_is(value, "present") && !str_is(value, "absent") && !str_is(value, "excused") && !str_number(value).ok &&
	    value.len > 0)
		abort();
}

static struct understood
read_as(struct reading *r, int which, str text)
{
	struct understood u = { 0 };
	struct arena *a = r->a;

	switch (which) {
	case 0:
		u = understand_date(r, text);
		must_fit(a, ENTITY_statuses, "since", u.value);
		break;
	case 1:
		u = understand_birth(r, text);
		must_fit(a, ENTITY_people, "birth_date", u.value);
		if (u.value.len > 0 && day_parse_partial(u.value) > r->today)
			abort();
		break;
	case 2:
		u = understand_country(r, text);
		must_fit(a, ENTITY_people, "nationality", u.value);
		break;
	case 3:
		u = understand_languages(r, text);
		must_fit(a, ENTITY_people, "languages", u.value);
		break;
	case 4:
		u = understand_choice(r, entity_field(&entities[ENTITY_statuses], "status"), text);
		must_fit(a, ENTITY_statuses, "status", u.value);
		break;
	case 5:
		u = understand_level(r, text);
		must_fit(a, ENTITY_assessments, "level", u.value);
		break;
	case 6:
		u = understand_minutes(r, text, TIME_UNKNOWN);
		must_fit(a, ENTITY_sessions, "minutes", u.value);
		break;
	case 7:
		u = understand_amount(r, text);
		must_fit(a, ENTITY_aggregates, "value", u.value);
		break;
	case 8:
		u = understand_mark(r, text, TIME_UNKNOWN);
		must_be_mark(u.value);
		break;
	case 9:
		u = understand_act(r, text);
		must_fit(a, ENTITY_acts, "kind", u.value);
		break;
	case 10:
		u = understand_ending(r, text);
		must_fit(a, ENTITY_enrolments, "contract_months", u.value);
		break;
	case 11:
		u = understand_phone(r, text);
		must_fit(a, ENTITY_people, "phone", u.value);
		break;
	case 12:
		u = understand_count(r, text);
		must_fit(a, ENTITY_acts, "quantity", u.value);
		break;
	default:
		u = understand_heading_date(r, text);
		must_fit(a, ENTITY_statuses, "since", u.value);
	}
	return u;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct reading r = { .a = &a };
	struct understood_name name;
	struct understood u;
	str text;

	if (size < 2)
		return 0;
	text = (str){ (const char *)data + 2, size - 2 };
	if (!str_utf8(text) || text.len > 4000)
		return 0;
	r.today = day_of(2025, 6, 30) + data[1];
	r.order = (enum day_order)(data[1] % 3);
	u = read_as(&r, data[0] % 14, text);
	if ((u.sense == SENSE_EMPTY || u.sense == SENSE_REFUSED) && u.value.len > 0)
		abort();
	if ((u.sense == SENSE_CERTAIN || u.sense == SENSE_GUESSED) && u.value.len == 0)
		abort();
	if (u.sense == SENSE_REFUSED && (u.say == NULL || *u.say == '\0') && data[0] % 14 != 4)
		abort();
	name = understand_name(&r, text, data[1] % 2 == 0);
	if (!str_utf8(name.family) || !str_utf8(name.given) || !str_utf8(fold(&a, text)))
		abort();
	arena_release(&a);
	return 0;
}
