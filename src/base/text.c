#include "base/text.h"

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The catalogue's domain is the language itself, so that one process can speak several (one per request). */
enum { LANGUAGES = 16 };
static char known[LANGUAGES][8] = { "en" };
static size_t known_count = 1;
static const char *language = known[0];
static char *folder; /* of the catalogues; NULL: nothing can be translated */

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
	free(folder);
	folder = NULL;
	known_count = 1;
	/* What messages need and no more: each category is a file to be found and opened; and numbers stay those of C. */
	if (setlocale(LC_CTYPE, "C.UTF-8") != NULL && setlocale(LC_MESSAGES, "C.UTF-8") != NULL)
		folder = strdup(catalogues);
	text_choose(lang);
}

/* The name becomes part of a path. */
static bool
is_language(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz");

	return n >= 2 && n < sizeof known[0] && name[n] == '\0';
}

static const char *
learnt(const char *name)
{
	char path[4096];

	if (folder == NULL || !is_language(name) || known_count == LANGUAGES)
		return known[0];
	snprintf(path, sizeof path, "%s/C.UTF-8/LC_MESSAGES/%s.mo", folder, name);
	if (access(path, R_OK) != 0)
		return known[0];
	bindtextdomain(name, folder);
	bind_textdomain_codeset(name, "UTF-8");
	dgettext(name, "-"); /* reads the catalogue */
	memcpy(known[known_count], name, strlen(name) + 1);
	return known[known_count++];
}

void
text_choose(const char *name)
{
	for (size_t i = 0; i < known_count; i++) {
		if (strcmp(known[i], name) == 0) {
			language = known[i];
			return;
		}
	}
	language = learnt(name);
}

const char *
text_language(void)
{
	return language;
}

const char *
tr(const char *english)
{
	return language != known[0] && *english != '\0' ? dgettext(language, english) : english;
}

const char *
tr_n(const char *one, const char *many, unsigned long n)
{
	if (language == known[0])
		return n == 1 ? one : many;
	return dngettext(language, one, many, n);
}
