#include <string.h>

#include "base/decimal.h"
#include "base/err.h"
#include "model/codes.h"
#include "model/entity.h"
#include "model/identifiers.h"

bool
field_is_text(enum kind k)
{
	return k != KIND_DATE && k != KIND_INT && k != KIND_BOOL && k != KIND_LINK;
}

bool
field_absent(const struct field *f, const void *record)
{
	const void *at = field_at(f, record);

	if (f->kind == KIND_DATE)
		return *(const day *)at == DAY_NONE;
	if (field_is_text(f->kind))
		return ((const str *)at)->len == 0;
	return *(const int64_t *)at == NUMBER_NONE;
}

void
field_clear(const struct field *f, void *record)
{
	void *at = field_at(f, record);

	if (f->kind == KIND_DATE)
		*(day *)at = DAY_NONE;
	else if (field_is_text(f->kind))
		*(str *)at = (str){ 0 };
	else
		*(int64_t *)at = NUMBER_NONE;
}

bool
field_equal(const struct field *f, const void *a, const void *b)
{
	const void *x = field_at(f, a), *y = field_at(f, b);

	if (f->kind == KIND_DATE)
		return *(const day *)x == *(const day *)y;
	if (field_is_text(f->kind))
		return str_eq(*(const str *)x, *(const str *)y);
	return *(const int64_t *)x == *(const int64_t *)y;
}

int
choice_index(const char *choices, str word)
{
	str rest = str_of(choices);

	if (word.len == 0)
		return -1;
	for (int i = 0; rest.s != NULL; i++) {
		if (str_eq(str_cut(rest, ' ', &rest), word))
			return i;
	}
	return -1;
}

/* a-z 0-9 - _ . : written the same way by every spreadsheet, and safe in a URL */
static bool
ref_form(str s)
{
	if (s.len < 1 || s.len > 64)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
			return false;
	}
	return true;
}

/* 00:00 to 23:59 */
static bool
time_form(str s)
{
	if (s.len != 5 || s.s[2] != ':')
		return false;
	for (size_t i = 0; i < 5; i++) {
		if (i != 2 && (s.s[i] < '0' || s.s[i] > '9'))
			return false;
	}
	return (s.s[0] - '0') * 10 + (s.s[1] - '0') < 24 && s.s[3] < '6';
}

/* Every word of a list must pass; none may be empty. */
static bool
list_of(str list, bool (*right)(str word, const void *with), const void *with)
{
	str rest = list;

	while (rest.s != NULL) {
		if (!right(str_cut(rest, ';', &rest), with))
			return false;
	}
	return true;
}

static bool
right_choice(str word, const void *choices)
{
	return choice_index(choices, word) >= 0;
}

static bool
right_language(str word, const void *unused)
{
	(void)unused;
	return code_language(word);
}

static bool
right_ref(str word, const void *unused)
{
	(void)unused;
	return ref_form(word);
}

static const char *
choices_message(const struct field *f, struct arena *a, const char *format)
{
	struct buf list = { 0 };
	str rest = str_of(f->choices), out;

	while (rest.s != NULL) {
		if (list.len > 0)
			buf_add(&list, S(", "));
		buf_add(&list, str_cut(rest, ' ', &rest));
	}
	buf_char(&list, '\0');
	out = str_format(a, format, list.s);
	buf_release(&list);
	return out.s;
}

static const char *
read_int(const struct field *f, str cell, int64_t *to, struct arena *a)
{
	number n = str_number(cell);

	if (!n.ok || n.value < f->min || n.value > f->max)
		return f->min == f->max ? str_format(a, "%lld", (long long)f->min).s
					: str_format(a, tr("a whole number from %lld to %lld, digits alone"), (long long)f->min,
					      (long long)f->max)
					      .s;
	*to = n.value;
	return NULL;
}

/* What a text of this kind must look like; NULL when it does. */
static const char *
text_fault(const struct field *f, str cell, struct arena *a)
{
	size_t max = f->max == 0 ? 4000 : (size_t)f->max;

	switch (f->kind) {
	case KIND_REF:
	case KIND_CODE:
		return ref_form(cell) ? NULL : tr("1 to 64 characters among a-z, 0-9, - _ .");
	case KIND_PARTIAL:
		return day_parse_partial(cell) != DAY_NONE ? NULL : tr("a date that exists, YYYY-MM-DD, YYYY-MM or YYYY");
	case KIND_ENUM:
		return choice_index(f->choices, cell) >= 0 ? NULL : choices_message(f, a, tr("one of: %s"));
	case KIND_SET:
		return list_of(cell, right_choice, f->choices) ? NULL
							       : choices_message(f, a, tr("words separated by ; among: %s"));
	case KIND_LINKS:
		return cell.len <= max && list_of(cell, right_ref, NULL) ? NULL : tr("references separated by ;");
	case KIND_DECIMAL:
		return decimal_parse(cell).ok && decimal_parse(cell).value <= COUNT_MAX * 100
			   ? NULL
			   : tr("a number with at most two decimals after a dot");
	case KIND_MONTHS:
		return str_is(cell, "permanent") || (cell.len <= max && decimal_long(cell))
			   ? NULL
			   : tr("a number of months (decimals after a dot) or permanent");
	case KIND_COUNTRY:
		return code_country(cell) ? NULL : tr("a country code of two capital letters (ISO 3166-1), such as AF");
	case KIND_LANGUAGES:
		return list_of(cell, right_language, NULL)
			   ? NULL
			   : tr("language codes of two letters (ISO 639-1) separated by ; such as ps;fa");
	case KIND_TIME:
		return time_form(cell) ? NULL : tr("a time of day, HH:MM, such as 09:30");
	case KIND_COMMUNE:
		return insee_commune(cell) ? NULL : tr("an INSEE code of five characters, such as 63113 (not the postal code)");
	default:
		return cell.len <= max ? NULL : str_format(a, tr("a text of at most %zu bytes"), max).s;
	}
}

const char *
field_read(const struct field *f, str cell, void *record, struct arena *a)
{
	void *at = field_at(f, record);
	const char *fault = NULL;

	field_clear(f, record);
	if (cell.len == 0)
		return NULL;
	switch (f->kind) {
	case KIND_LINK:
		bug("a link is not read as text: %s", f->name);
	case KIND_DATE:
		*(day *)at = day_parse(cell);
		return *(day *)at == DAY_NONE ? tr("a date that exists, YYYY-MM-DD") : NULL;
	case KIND_INT:
		return read_int(f, cell, at, a);
	case KIND_BOOL:
		if (!str_is(cell, "yes") && !str_is(cell, "no"))
			return tr("yes or no");
		*(int64_t *)at = str_is(cell, "yes");
		return NULL;
	default:
		fault = text_fault(f, cell, a);
		if (fault == NULL)
			*(str *)at = cell;
		return fault;
	}
}

const char *
field_oddity(const struct field *f, const void *record)
{
	str s;

	if (field_absent(f, record) || !field_is_text(f->kind))
		return NULL;
	s = *(const str *)field_at(f, record);
	switch (f->kind) {
	case KIND_IBAN:
		return iban_valid(s) ? NULL : tr("an IBAN whose check digits hold");
	case KIND_BIC:
		return bic_valid(s) ? NULL : tr("a BIC of 8 or 11 characters");
	case KIND_SIRET:
		return siret_valid(s) ? NULL : tr("a SIRET of 14 digits whose check digits hold");
	default:
		return NULL;
	}
}

void
field_write(const struct field *f, const void *record, struct buf *to)
{
	const void *at = field_at(f, record);
	char text[DAY_TEXT];

	if (field_absent(f, record) || f->kind == KIND_LINK)
		return;
	if (f->kind == KIND_DATE)
		buf_add(to, day_text(*(const day *)at, text));
	else if (f->kind == KIND_BOOL)
		buf_add(to, *(const int64_t *)at == 1 ? S("yes") : S("no"));
	else if (f->kind == KIND_INT)
		buf_int(to, *(const int64_t *)at);
	else
		buf_add(to, *(const str *)at);
}
