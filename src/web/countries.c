#include "web/countries.h"

#include "base/libicu.h"
#include "base/text.h"
#include "exchange/understand.h"

str
country_name(struct arena *a, str code)
{
	enum { LONG = 100 };
	UChar wide[LONG];
	UErrorCode status = U_ZERO_ERROR;
	char name[4 * LONG];
	int32_t n;

	(void)uloc_getDisplayCountry(str_format(a, "und_%.*s", STR_ARG(code)).s, text_language(), wide, LONG, &status);
	u_strToUTF8(name, sizeof name, &n, wide, -1, &status);
	if (U_FAILURE(status) || n >= (int32_t)sizeof name)
		return code;
	return str_dup(a, (str){ name, (size_t)n });
}

const char *
country_code(struct arena *a, str typed, str *code)
{
	struct reading r = { .a = a };
	struct understood u = understand_country(&r, typed);

	*code = u.value;
	if (u.sense == SENSE_EMPTY || u.sense == SENSE_CERTAIN)
		return NULL;
	return u.sense == SENSE_GUESSED ? u.say : tr("a country by its name");
}
