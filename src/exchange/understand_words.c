/* understand_words.c - words of lists, by their code, the words of words.def, or the label that pages show */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/understand.h"
#include "model/choices.h"

static const struct {
	const char *list, *word, *forms;
	bool guessed;
} words[] = {
#define WORDS(list, word, forms) { list, #word, forms, false },
#define GUESS(list, word, forms) { list, #word, forms, true },
#include "exchange/words.def"
#undef WORDS
#undef GUESS
};

bool
says_nothing(struct reading *r, str text)
{
	str f;

	text = str_trim(text);
	if (text.len == 0 || str_is(text, "?") || str_is(text, "/") || str_is(text, "\u2026"))
		return true;
	if (text.len > 60)
		return false;
	f = fold(r->a, text);
	if (f.len == 0)
		return !str_is(text, "\u2713") && !str_is(text, "\u2714") && !str_is(text, "\u2611") && !str_is(text, "\u2717") &&
		       !str_is(text, "\u2718") && !str_is(text, "\u2612");
	return fold_in(f,
	    "nc,n c,nr,n r,na,n a,nsp,ne sait pas,non renseigne,non renseignee,non communique,non communiquee,inconnu,"
	    "inconnue,pas renseigne,sans objet,so,s o,neant,vide,null,unknown,not known,non connu,non connue,a completer,"
	    "a renseigner,refus de repondre,pas d info,pas d information");
}

/* The word itself, by hand of the code that the interchange writes. */
static str
by_code(str text, const struct field *field)
{
	str rest = str_of(field->choices);

	while (rest.s != NULL) {
		str word = str_cut(rest, ' ', &rest);

		if (str_eq(word, text))
			return word;
	}
	return (str){ 0 };
}

static str
by_label(struct reading *r, str folded, const struct field *field)
{
	str rest = str_of(field->choices);

	while (rest.s != NULL) {
		str word = str_cut(rest, ' ', &rest);

		if (str_eq(fold(r->a, choice_label(field, word)), folded) || str_eq(fold(r->a, word), folded))
			return word;
	}
	return (str){ 0 };
}

/* "one of: Woman, Man, Other" */
static const char *
expected_words(struct reading *r, const struct field *field)
{
	str rest = str_of(field->choices);
	struct buf list = { 0 };
	str out;

	while (rest.s != NULL) {
		if (list.len > 0)
			buf_add(&list, S(", "));
		buf_add(&list, choice_label(field, str_cut(rest, ' ', &rest)));
	}
	buf_char(&list, '\0');
	out = str_format(r->a, tr("one of: %s"), list.s);
	buf_release(&list);
	return out.s;
}

static const char *
taken_as(struct reading *r, const struct field *field, const char *word)
{
	str label = field == NULL ? str_of(word) : choice_label(field, str_of(word));

	return str_format(r->a, tr("read as: %.*s"), STR_ARG(label)).s;
}

struct understood
understand_word(struct reading *r, const char *list, const struct field *field, str text)
{
	str trimmed = str_trim(text), f, found = { 0 };

	if (trimmed.len == 0 || trimmed.len > 200)
		return understood(trimmed.len == 0 ? SENSE_EMPTY : SENSE_REFUSED, S(""),
		    trimmed.len == 0 || field == NULL ? NULL : expected_words(r, field));
	if (field != NULL && (found = by_code(trimmed, field)).s != NULL)
		return understood(SENSE_CERTAIN, found, NULL);
	f = fold(r->a, trimmed);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		bool possible = field == NULL || choice_index(field->choices, str_of(words[i].word)) >= 0;

		if (possible && strcmp(words[i].list, list) == 0 && fold_in(f, words[i].forms))
			return understood(words[i].guessed ? SENSE_GUESSED : SENSE_CERTAIN, str_of(words[i].word),
			    words[i].guessed ? taken_as(r, field, words[i].word) : NULL);
	}
	if (field != NULL && (found = by_label(r, f, field)).s != NULL)
		return understood(SENSE_CERTAIN, found, NULL);
	if (says_nothing(r, trimmed))
		return understood(SENSE_EMPTY, S(""), NULL);
	return understood(SENSE_REFUSED, S(""), field == NULL ? NULL : expected_words(r, field));
}

struct understood
understand_choice(struct reading *r, const struct field *f, str text)
{
	return understand_word(r, f->name, f, text);
}

struct understood
understand_yes_no(struct reading *r, str text)
{
	struct understood u;

	text = str_trim(text);
	if (str_is(text, "\u2713") || str_is(text, "\u2714") || str_is(text, "\u2611"))
		return understood(SENSE_CERTAIN, S("yes"), NULL);
	u = understand_word(r, "yes_no", NULL, text);
	if (u.sense == SENSE_REFUSED)
		u.say = tr("yes or no");
	return u;
}

/* ---- levels of French ---- */

static struct understood
level_at(struct reading *r, str f, size_t i)
{
	static const char *const all[] = { "a0", "a1", "a2", "b1", "b2", "c1", "c2" };
	static const char *const written[] = { "A0", "A1", "A2", "B1", "B2", "C1", "C2" };
	str two = { f.s + i, 2 }, after = { f.s + i + 2, f.len - i - 2 };

	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		if (!str_is(two, all[k]))
			continue;
		if (k == 1 && (str_is(after, " 1") || str_starts(after, S(" 1 "))))
			return understood(SENSE_CERTAIN, S("A1.1"), NULL);
		if (k == 1 && i >= 6 && str_is((str){ f.s + i - 6, 6 }, "infra "))
			return understood(SENSE_CERTAIN, S("A0"), NULL);
		if (after.len > 0 && after.s[0] != ' ')
			break;
		return str_is(after, " 2") || str_is(after, " 3")
			   ? understood(SENSE_GUESSED, str_of(written[k]), taken_as(r, NULL, written[k]))
			   : understood(SENSE_CERTAIN, str_of(written[k]), NULL);
	}
	return understood(SENSE_REFUSED, S(""), NULL);
}

struct understood
understand_level(struct reading *r, str text)
{
	struct understood first = { SENSE_REFUSED, { 0 }, NULL }, u;
	str f = fold(r->a, text);

	if (fold_in(f,
		"alpha,alphabetisation,analphabete,alphabetisation fle,non lecteur,non scripteur,post alpha,literacy course,non "
		"lecteur non scripteur,nlns"))
		return understood(SENSE_CERTAIN, S("alpha"), NULL);
	if (fold_in(f, "infra a1,infra a1 1,debutant,debutant complet,grand debutant,aucun,nul,beginner,none,niveau 0,0"))
		return understood(fold_in(f, "infra a1,infra a1 1") ? SENSE_CERTAIN : SENSE_GUESSED, S("A0"),
		    fold_in(f, "infra a1,infra a1 1") ? NULL : taken_as(r, NULL, "A0"));
	for (size_t i = 0; i + 2 <= f.len; i++) {
		if (i > 0 && f.s[i - 1] != ' ')
			continue;
		u = level_at(r, f, i);
		if (u.sense == SENSE_REFUSED)
			continue;
		if (first.sense == SENSE_REFUSED)
			first = u;
		else if (!str_eq(first.value, u.value))
			return understood(SENSE_GUESSED, first.value, taken_as(r, NULL, str_z(r->a, first.value)));
	}
	if (first.sense != SENSE_REFUSED)
		return first;
	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	return understood(SENSE_REFUSED, S(""), tr("a level: alpha, A0, A1.1, A1, A2, B1, B2, C1 or C2"));
}

/* ---- acts, ends of paths ---- */

struct understood
understand_act(struct reading *r, str text)
{
	struct understood u = understand_word(r, "act", NULL, text);
	char *code;
	str f;

	if (u.sense != SENSE_REFUSED)
		return u;
	f = fold(r->a, text);
	for (size_t i = 0; i < f.len; i++) {
		if ((unsigned char)f.s[i] >= 0x80)
			f.len = 0;
	}
	if (f.len == 0 || f.len > 64)
		return understood(SENSE_REFUSED, S(""), tr("the kind of act, in a few words"));
	code = arena_copy(r->a, f.s, f.len);
	for (size_t i = 0; i < f.len; i++)
		code[i] = code[i] == ' ' ? '_' : code[i];
	f = (str){ code, f.len };
	return understood(SENSE_GUESSED, f, str_format(r->a, tr("a kind of its own: %.*s"), STR_ARG(f)).s);
}

/* "CDI", "6 mois", "CDD de 3 mois", "6". */
struct understood
understand_ending(struct reading *r, str text)
{
	str rest = fold(r->a, text), word, number_found = { 0 };
	bool other = false, years = false;

	if (says_nothing(r, text))
		return understood(SENSE_EMPTY, S(""), NULL);
	if (fold_in(rest, "permanent,cdi,indetermine,duree indeterminee,contrat a duree indeterminee,fonctionnaire,titulaire"))
		return understood(SENSE_CERTAIN, S("permanent"), NULL);
	while (fold_word(&rest, &word)) {
		if (word.s[0] >= '0' && word.s[0] <= '9' && number_found.len == 0 && str_number(word).ok)
			number_found = word;
		else if (fold_in(word, "an,ans,annee,annees,year,years"))
			years = true;
		else
			other |= !fold_in(word, "cdd,cddi,interim,mois,months,month,de,m,contrat,alternance,apprentissage");
	}
	if (number_found.len == 0 || other)
		return understood(SENSE_REFUSED, S(""), tr("a number of months, or CDI"));
	if (years)
		number_found = str_format(r->a, "%lld", (long long)str_number(number_found).value * 12);
	return understood(SENSE_CERTAIN, number_found, NULL);
}
