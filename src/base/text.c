#include "base/text.h"

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
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

/* What was translated lately, by the address of the English: only constants of the program, which stay what they are.
 * gettext takes 500 instructions to find one again, and a page has hundreds. */
enum { RECENT = 1024 };
static struct {
	const char *english, *language, *words;
} recent[RECENT];
extern const char etext[], __data_start[]; /* the linker's: between them stand the constants of the program */

static bool
of_program(const char *english)
{
	return (uintptr_t)english >= (uintptr_t)etext && (uintptr_t)english < (uintptr_t)__data_start;
}

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
	memset(recent, 0, sizeof recent);
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
	const size_t at = (uintptr_t)english * UINT64_C(0x9e3779b97f4a7c15) >> 54;

	if (language == known[0] || *english == '\0')
		return english;
	if (recent[at].english == english && recent[at].language == language)
		return recent[at].words;
	const char *words = dgettext(language, english);

	if (of_program(english)) {
		recent[at].english = english;
		recent[at].language = language;
		recent[at].words = words;
	}
	return words;
}

const char *
tr_n(const char *one, const char *many, unsigned long n)
{
	if (language == known[0])
		return n == 1 ? one : many;
	return dngettext(language, one, many, n);
}
