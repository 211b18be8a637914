#include "base/text.h"

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The catalogue's domain is the language itself, so that one process can speak several (one per request). */
static char language[8] = "en";
static bool ready;

const char *
text_system_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *v = getenv(names[i]);

		if (v != NULL && *v != '\0')
			return strncmp(v, "fr", 2) == 0 ? "fr" : "en";
	}
	return "en";
}

void
text_start(const char *lang, const char *catalogues)
{
	unsetenv("LANGUAGE"); /* it would override the domain's own language, and its value is cached */
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return; /* nothing can be translated: English */
	setlocale(LC_NUMERIC, "C");
	strncpy(language, lang, sizeof language - 1);
	bindtextdomain(language, catalogues);
	bind_textdomain_codeset(language, "UTF-8");
	ready = strcmp(language, "en") != 0;
}

const char *
text_language(void)
{
	return language;
}

const char *
tr(const char *english)
{
	return ready && *english != '\0' ? dgettext(language, english) : english;
}

const char *
tr_n(const char *one, const char *many, unsigned long n)
{
	if (!ready)
		return n == 1 ? one : many;
	return dngettext(language, one, many, n);
}
