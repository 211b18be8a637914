#include "web/languages.h"

#include "base/buf.h"
#include "base/libicu.h"
#include "base/text.h"
#include "exchange/understand.h"

static void
add_name(struct buf *to, str code)
{
	enum { LONG = 100 };
	UChar wide[LONG];
	UErrorCode status = U_ZERO_ERROR;
	char iso[8] = { 0 }, name[4 * LONG];
	int32_t n = 0;

	if (code.len < sizeof iso) {
		for (size_t i = 0; i < code.len; i++)
			iso[i] = code.s[i];
		(void)uloc_getDisplayLanguage(iso, text_language(), wide, LONG, &status);
		u_strToUTF8(name, sizeof name, &n, wide, -1, &status);
	}
	if (to->len > 0)
		buf_add(to, S(", "));
	if (*iso == '\0' || U_FAILURE(status) || n >= (int32_t)sizeof name)
		buf_add(to, code);
	else
		buf_add(to, (str){ name, (size_t)n });
}

const char *
language_names(struct arena *a, str codes)
{
	struct buf b = { 0 };
	const char *out;
	str code;

	while ((code = str_cut(codes, ';', &codes)).len > 0)
		add_name(&b, code);
	out = str_z(a, buf_str(&b));
	buf_release(&b);
	return out;
}

const char *
language_codes(struct arena *a, str typed, str *codes)
{
	struct reading r = { .a = a };
	struct understood u = understand_languages(&r, typed);

	*codes = u.value;
	if (u.sense == SENSE_EMPTY || u.sense == SENSE_CERTAIN)
		return NULL;
	return tr("languages by their names, separated by commas");
}
