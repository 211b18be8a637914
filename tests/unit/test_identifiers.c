/* The rows of tests/cases/identifiers.tsv: kind, value, verdict, note. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/identifiers.h"

static const char *
verdict(bool right)
{
	return right ? "valid" : "invalid";
}

static const char *
verdict_on(str kind, str value)
{
	static const char *const phones[] = { "invalid", "valid", "short-number" };
	static const struct {
		const char *kind;
		bool (*valid)(str);
	} checks[] = {
		{ "iban", iban_valid },
		{ "bic", bic_valid },
		{ "siren", siren_valid },
		{ "siret", siret_valid },
		{ "rna", rna_valid },
		{ "uai", uai_valid },
		{ "insee", insee_commune },
	};

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		if (str_is(kind, checks[i].kind))
			return verdict(checks[i].valid(value));
	}
	if (str_is(kind, "finess"))
		return finess_valid(value) ? "soft-valid" : "invalid";
	return str_is(kind, "phone") ? phones[phone_kind(value)] : "unknown kind";
}

static void
every_row_of_the_table_gets_its_verdict(void **state)
{
	char path[4096], line[4096];
	const char *source = getenv("JALON_SOURCE");
	FILE *in;
	int rows = 0, wrong = 0;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/cases/identifiers.tsv", source == NULL ? "." : source);
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof line, in) != NULL) {
		str rest = str_trim(str_of(line)), kind = str_cut(rest, '\t', &rest), value = str_cut(rest, '\t', &rest);
		str expected = str_cut(rest, '\t', &rest);

		if (rows++ == 0)
			continue; /* the heading */
		if (!str_is(expected, verdict_on(kind, value))) {
			print_error("%.*s %.*s: %s, expected %.*s\n", STR_ARG(kind), STR_ARG(value), verdict_on(kind, value),
			    STR_ARG(expected));
			wrong++;
		}
	}
	fclose(in);
	assert_int_equal(wrong, 0);
	assert_true(rows > 25);
}

static void
blanks_are_allowed_where_people_write_them(void **state)
{
	(void)state;
	assert_true(iban_valid(S("FR88 3000 1003 01C6 3000 0000 038")));
	assert_true(siret_valid(S("216 301 135 00010")));
	assert_true(siret_valid(S("216\u00a0301\u00a0135\u202f00010")));
	assert_false(bic_valid(S("BDFE FR PP CCT")));
	assert_int_equal(phone_kind(S("04 73 42 63 63")), PHONE_RIGHT);
}

static void
what_is_absent_short_or_endless_is_wrong(void **state)
{
	static char endless[5000];
	const str odd[] = { { 0 }, S(""), S(" "), S("F"), S("FR"), S("\xff\xfe"), { endless, sizeof endless } };

	(void)state;
	memset(endless, '0', sizeof endless);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		assert_false(iban_valid(odd[i]) || bic_valid(odd[i]) || siren_valid(odd[i]) || siret_valid(odd[i]));
		assert_false(rna_valid(odd[i]) || uai_valid(odd[i]) || finess_valid(odd[i]) || insee_commune(odd[i]));
		assert_int_equal(phone_kind(odd[i]), PHONE_WRONG);
	}
}

static void
an_iban_of_another_country_has_its_own_length_and_no_rib_key(void **state)
{
	(void)state;
	assert_true(iban_valid(S("DE89370400440532013000")));
	assert_true(iban_valid(S("BE68539007547034")));
	assert_true(iban_valid(S("GB29NWBK60161331926819")));
	assert_false(iban_valid(S("DE8937040044053201300")));
	assert_false(iban_valid(S("fr883000100301C630000000038")));
}

static void
every_changed_digit_of_an_iban_is_seen(void **state)
{
	char iban[] = "FR883000100301C630000000038";

	(void)state;
	for (size_t i = 2; i < sizeof iban - 1; i++) {
		char right = iban[i];

		for (char c = '0'; c <= '9'; c++) {
			iban[i] = c;
			assert_int_equal(iban_valid(str_of(iban)), c == right);
		}
		iban[i] = right;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_table_gets_its_verdict),
		cmocka_unit_test(blanks_are_allowed_where_people_write_them),
		cmocka_unit_test(what_is_absent_short_or_endless_is_wrong),
		cmocka_unit_test(an_iban_of_another_country_has_its_own_length_and_no_rib_key),
		cmocka_unit_test(every_changed_digit_of_an_iban_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
