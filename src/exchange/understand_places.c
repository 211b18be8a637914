/* understand_places.c - countries and languages by their names in French and English, which come from Unicode's tables (ICU), by
 * their ISO codes, and by what countries.def and languages.def add */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/libicu.h"
#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/understand.h"
#include "model/codes.h"

enum how { CERTAIN, GUESS_IT, TWO_OF_THEM, NO_CODE };
struct place_name {
	str name; /* folded */
	char code[3];
	enum how how;
};
struct place_names { /* sorted by name; made once, for as long as the process */
	struct arena arena;
	struct place_name *v;
	size_t n, cap;
};

static const struct {
	const char *code, *names;
	enum how how;
} more_countries[] = {
#define COUNTRY(code, names) { #code, names, CERTAIN },
#define GUESS(code, names) { #code, names, GUESS_IT },
#define AMBIGUOUS(names) { "", names, TWO_OF_THEM },
#include "exchange/countries.def"
#undef COUNTRY
#undef GUESS
#undef AMBIGUOUS
}, more_languages[] = {
#define LANGUAGE(code, names) { #code, names, CERTAIN },
#define WITHOUT_CODE(names) { "", names, NO_CODE },
#include "exchange/languages.def"
#undef LANGUAGE
#undef WITHOUT_CODE
};

static void
add_name(struct place_names *all, str folded, const char *code, enum how how)
{
	if (folded.len == 0)
		return;
	if (all->n == all->cap) {
		all->cap = all->cap == 0 ? 2048 : all->cap * 2;
		all->v = realloc(all->v, all->cap * sizeof *all->v);
		if (all->v == NULL)
			bug_oom(all->cap * sizeof *all->v);
	}
	all->v[all->n] = (struct place_name){ .name = folded, .how = how };
	memcpy(all->v[all->n++].code, code, strlen(code) + 1);
}

static void
add_list(struct place_names *all, const char *names, const char *code, enum how how)
{
	str rest = str_of(names);

	while (rest.s != NULL)
		add_name(all, str_cut(rest, ',', &rest), code, how);
}

/* "Myanmar (Birmanie)" is three names: whole, before, inside. */
static void
add_display(struct place_names *all, str shown, const char *code)
{
	str inside, before = str_cut(shown, '(', &inside);

	add_name(all, fold(&all->arena, shown), code, CERTAIN);
	if (inside.len > 1) {
		add_name(all, fold(&all->arena, before), code, CERTAIN);
		add_name(all, fold(&all->arena, (str){ inside.s, inside.len - 1 }), code, CERTAIN);
	}
}

typedef int32_t display(const char *locale, const char *in, UChar *to, int32_t size, UErrorCode *code);

static void
add_displayed(struct place_names *all, display *name, const char *locale, const char *code)
{
	static const char *const in[] = { "fr", "en" };

	for (size_t i = 0; i < 2; i++) {
		UErrorCode error = U_ZERO_ERROR;
		UChar wide[128];
		char utf8[512];
		int32_t n = name(locale, in[i], wide, 128, &error), len = 0;

		/* A name that the tables lack comes back as the code itself. */
		if (U_FAILURE(error) || error == U_USING_DEFAULT_WARNING)
			continue;
		u_strToUTF8(utf8, (int32_t)sizeof utf8, &len, wide, n, &error);
		if (U_SUCCESS(error))
			add_display(all, str_dup(&all->arena, (str){ utf8, (size_t)len }), code);
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct place_name *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

/* What stands in our own list comes before the tables: a name may be there twice. */
static void
settle(struct place_names *all, size_t own)
{
	size_t n = 0;

	qsort(all->v, own, sizeof *all->v, by_name);
	for (size_t i = own; i < all->n; i++) {
		if (bsearch(&all->v[i], all->v, own, sizeof *all->v, by_name) == NULL)
			all->v[own + n++] = all->v[i];
	}
	all->n = own + n;
	qsort(all->v, all->n, sizeof *all->v, by_name);
}

static const struct place_names *
countries(void)
{
	static struct place_names all;
	size_t own;

	if (all.n > 0)
		return &all;
	for (size_t i = 0; i < sizeof more_countries / sizeof *more_countries; i++)
		add_list(&all, more_countries[i].names, more_countries[i].code, more_countries[i].how);
	own = all.n;
	for (char x = 'A'; x <= 'Z'; x++) {
		for (char y = 'A'; y <= 'Z'; y++) {
			const char code[] = { x, y, '\0' }, locale[] = { 'u', 'n', 'd', '_', x, y, '\0' };

			if (!code_country(str_of(code)))
				continue;
			add_name(&all, fold(&all.arena, str_of(code)), code, CERTAIN);
			add_name(&all, fold(&all.arena, str_of(uloc_getISO3Country(locale))), code, CERTAIN);
			add_displayed(&all, uloc_getDisplayCountry, locale, code);
		}
	}
	settle(&all, own);
	return &all;
}

static const struct place_names *
languages(void)
{
	static struct place_names all;
	size_t own;

	if (all.n > 0)
		return &all;
	for (size_t i = 0; i < sizeof more_languages / sizeof *more_languages; i++)
		add_list(&all, more_languages[i].names, more_languages[i].code, more_languages[i].how);
	own = all.n;
	for (char x = 'a'; x <= 'z'; x++) {
		for (char y = 'a'; y <= 'z'; y++) {
			const char code[] = { x, y, '\0' };

			if (!code_language(str_of(code)))
				continue;
			add_name(&all, str_dup(&all.arena, str_of(code)), code, CERTAIN);
			add_name(&all, fold(&all.arena, str_of(uloc_getISO3Language(code))), code, CERTAIN);
			add_displayed(&all, uloc_getDisplayLanguage, code, code);
		}
	}
	settle(&all, own);
	return &all;
}

static const struct place_name *
find(const struct place_names *all, str folded)
{
	const struct place_name key = { .name = folded };

	return folded.len == 0 ? NULL : bsearch(&key, all->v, all->n, sizeof key, by_name);
}

/* "nationalité afghane", "la Syrie", "République du Mali": without what stands before. */
static str
without_article(str f)
{
	static const char *const before[] = { "nationalite ", "de nationalite ", "ressortissant ", "ressortissante ",
		"republique de ", "republique du ", "republique d ", "la ", "le ", "les ", "l ", "du ", "de ", "d " };

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		if (str_starts(f, str_of(before[i])))
			return (str){ f.s + strlen(before[i]), f.len - strlen(before[i]) };
	}
	return f;
}

struct understood
understand_country(struct reading *r, str text)
{
	const char *expected = tr("a country or nationality, such as Afghanistan or afghane");
	const struct place_name *p;
	str f;

	if (says_nothing(r, text))
		return understood(str_is(str_trim(text), "NA") ? SENSE_GUESSED : SENSE_EMPTY,
		    str_is(str_trim(text), "NA") ? S("NA") : S(""), str_is(str_trim(text), "NA") ? tr("read as Namibia") : NULL);
	if (text.len > 200)
		return understood(SENSE_REFUSED, S(""), expected);
	f = fold(r->a, text);
	if (fold_in(f, "apatride,stateless,aucune,indeterminee,indetermine,sans nationalite"))
		return understood(SENSE_LEFT_OUT, S(""), tr("no country: left empty; say stateless as a status"));
	p = find(countries(), f);
	if (p == NULL)
		p = find(countries(), without_article(f));
	if (p == NULL)
		return understood(SENSE_REFUSED, S(""), expected);
	if (p->how == TWO_OF_THEM)
		return understood(SENSE_REFUSED, S(""), tr("which of the two: Congo-Brazzaville, or RDC (Congo-Kinshasa)"));
	return understood(p->how == GUESS_IT ? SENSE_GUESSED : SENSE_CERTAIN, str_of(p->code),
	    p->how == GUESS_IT ? str_format(r->a, tr("read as: %s"), p->code).s : NULL);
}

/* ---- languages ---- */

struct spoken { /* the codes found so far */
	struct reading *r;
	char codes[64];
	size_t n;
	bool unknown, without_code;
};

static void
add_language(struct spoken *s, str name)
{
	str f = fold(s->r->a, name);
	const struct place_name *p = find(languages(), f);

	if (p == NULL)
		p = find(languages(), without_article(f));
	if (p != NULL && p->how == NO_CODE)
		s->without_code = true;
	else if (p == NULL)
		s->unknown |= !says_nothing(s->r, name);
	if (p == NULL || p->how == NO_CODE)
		return;
	for (size_t i = 0; i < s->n; i += 3) {
		if (memcmp(s->codes + i, p->code, 2) == 0)
			return;
	}
	if (s->n + 3 > sizeof s->codes)
		return;
	memcpy(s->codes + s->n, p->code, 2);
	s->codes[s->n + 2] = ';';
	s->n += 3;
}

/* The next language of a list; "et" and "and" part it too. */
static str
next_language(str *rest)
{
	str s = *rest;

	for (size_t i = 0; i < s.len; i++) {
		str here = { s.s + i, s.len - i };
		size_t skip = strchr(",;/+&|\n", s.s[i]) != NULL                           ? 1
			      : str_starts(here, S(" et ")) || str_starts(here, S(" ou ")) ? 4
			      : str_starts(here, S(" and "))                               ? 5
			      : str_starts(here, S(" - "))                                 ? 3
											   : 0;

		if (skip == 0)
			continue;
		*rest = (str){ s.s + i + skip, s.len - i - skip };
		return (str){ s.s, i };
	}
	*rest = (str){ 0 };
	return s;
}

struct understood
understand_languages(struct reading *r, str text)
{
	struct spoken s = { .r = r };
	str rest = text, value;

	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	while (rest.s != NULL && text.len <= 1000)
		add_language(&s, next_language(&rest));
	value = s.n == 0 ? S("") : str_dup(r->a, (str){ s.codes, s.n - 1 });
	if (s.unknown || text.len > 1000)
		return understood(
		    SENSE_LEFT_OUT, value, tr("languages by their names, separated by commas: what is not known was left out"));
	if (s.without_code)
		return understood(SENSE_LEFT_OUT, value, tr("a language without an ISO code of two letters: it was left out"));
	return understood(value.len == 0 ? SENSE_EMPTY : SENSE_CERTAIN, value, NULL);
}
