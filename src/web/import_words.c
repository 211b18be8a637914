/* import_words.c - values as an import reads them, in words that people check at a glance */
#include <inttypes.h>

#include "base/libicu.h"
#include "base/shown.h"
#include "base/text.h"
#include "model/choices.h"
#include "web/import_work.h"
#include "web/languages.h"

static str
country_words(struct arena *a, str code)
{
	char locale[8] = "und_", text[256];
	UChar name[64];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, len = 0;

	if (code.len != 2)
		return code;
	locale[4] = code.s[0];
	locale[5] = code.s[1];
	n = uloc_getDisplayCountry(locale, text_language(), name, sizeof name / sizeof *name, &status);
	if (U_FAILURE(status) || n <= 0)
		return code;
	(void)u_strToUTF8(text, sizeof text, &len, name, n, &status);
	return U_FAILURE(status) ? code : str_dup(a, (str){ text, (size_t)len });
}

/* 2025-04-03, or no more than what is known: 1990, 1990-05. */
static str
date_words(struct arena *a, str value)
{
	day d = value.len == 10 ? day_parse(value) : DAY_NONE;
	struct buf b = { 0 };

	if (value.len == 7)
		return str_format(a, "%.2s/%.4s", value.s + 5, value.s);
	if (d == DAY_NONE)
		return value;
	shown_day_long(&b, d);
	return buf_kept(&b, a);
}

static str
minutes_words(struct arena *a, str value)
{
	number n = str_number(value);

	if (str_is(value, "present"))
		return str_of(tr("was present"));
	if (str_is(value, "absent"))
		return str_of(tr("was absent"));
	if (str_is(value, "excused"))
		return str_of(tr("was excused"));
	if (!n.ok)
		return value;
	return n.value < 60 ? str_format(a, tr("%" PRId64 " min"), n.value)
			    : str_format(a, tr("%" PRId64 " h %02" PRId64), n.value / 60, n.value % 60);
}

static bool
is_date(enum want w)
{
	return w == WANT_birth_date || w == WANT_arrived_on || w == WANT_cir_signed_on || w == WANT_status_since ||
	       w == WANT_status_until || w == WANT_entered_on || w == WANT_left_on || w == WANT_date || w == WANT_from ||
	       w == WANT_to;
}

str
value_words(struct arena *a, const struct column *c, str value)
{
	if (is_date(c->want))
		return date_words(a, value);
	if (c->want == WANT_duration || c->want == WANT_planned || c->want == WANT_present || c->want == WANT_SESSION)
		return minutes_words(a, value);
	if (c->want == WANT_nationality)
		return country_words(a, value);
	if (c->want == WANT_languages)
		return str_of(language_names(a, value));
	return want_choices(c->want) != NULL ? choice_label(want_choices(c->want), value) : value;
}
