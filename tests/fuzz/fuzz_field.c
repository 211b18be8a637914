/* One cell of one field: the first byte chooses the record, the second the field, the rest is the cell. What a field takes it
 * writes back the same; what the parsers of dates and numbers take, they agree on. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "model/codes.h"
#include "model/entity.h"
#include "model/identifiers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

static void
read_and_write(const struct entity *e, const struct field *f, str cell)
{
	static union {
		struct contract contract;
		char room[4096];
	} first, second;
	struct arena a = { 0 };
	struct buf b = { 0 };
	const char *fault;

	check(e->size <= sizeof first);
	entity_clear(e, &first);
	entity_clear(e, &second);
	fault = field_read(f, cell, &first, &a);
	field_write(f, &first, &b);
	if (fault != NULL) {
		check(*fault != '\0' && field_absent(f, &first) && b.len == 0 && cell.len > 0);
	} else {
		check(str_eq(buf_str(&b), cell) && field_absent(f, &first) == (cell.len == 0));
		check(field_read(f, buf_str(&b), &second, &a) == NULL && field_equal(f, &first, &second));
		(void)field_oddity(f, &first);
	}
	buf_clear(&b);
	entity_canonical(e, &first, &b);
	check(fault != NULL || cell.len == 0 ? b.len == 0 : b.len > strlen(f->name) + 2 && b.s[b.len - 1] == '\n');
	buf_release(&b);
	arena_release(&a);
}

static void
parse(str s)
{
	char text[DAY_TEXT];
	day d = day_parse(s), partial = day_parse_partial(s);
	number n = str_number(s), hundredths = decimal_parse(s);
	struct buf b = { 0 };

	check(d == DAY_NONE || (str_eq(day_text(d, text), s) && partial == d));
	if (partial != DAY_NONE)
		check(str_starts(day_text(partial, text), s));
	if (n.ok) {
		buf_int(&b, n.value);
		check(str_eq(buf_str(&b), s));
	}
	if (hundredths.ok) {
		str shortest;

		buf_clear(&b);
		decimal_short(&b, hundredths.value);
		shortest = buf_str(&b);
		check(decimal_parse(shortest).ok && decimal_parse(shortest).value == hundredths.value && str_starts(s, shortest));
		check(decimal_long(s) && decimal_above(s, -1));
	}
	buf_release(&b);
	(void)iban_valid(s), (void)bic_valid(s), (void)siren_valid(s), (void)siret_valid(s), (void)rna_valid(s),
	    (void)uai_valid(s);
	(void)finess_valid(s), (void)insee_commune(s), (void)phone_kind(s), (void)code_country(s), (void)code_language(s),
	    (void)str_width(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct entity *e;
	const struct field *f;
	char *exact;
	str cell;

	if (size < 2)
		return 0;
	e = &entities[data[0] % ENTITY_COUNT];
	f = &e->fields[data[1] % e->n];
	/* A copy of the very size, so that a byte read too far is seen. */
	exact = malloc(size - 2 + (size == 2));
	if (exact == NULL)
		abort();
	memcpy(exact, data + 2, size - 2);
	cell = (str){ exact, size - 2 };
	parse(cell);
	if (f->kind != KIND_LINK && str_utf8(cell))
		read_and_write(e, f, cell);
	free(exact);
	return 0;
}
