#include <string.h>

#include "match/columns.h"
#include "model/fold.h"

static bool
among(str w, const char *list) /* words between blanks */
{
	const char *at = list;

	while (*at != '\0') {
		size_t n = strcspn(at, " ");

		if (n == w.len && memcmp(at, w.s, n) == 0)
			return true;
		at += n + (at[n] == ' ');
	}
	return false;
}

/* Stands before a name and is left out by some. */
static const char particles[] =
    "al el ul ur er as ad at an ben bin ibn bint bent ould wuld ait de du da do dos des di von van le la "
    "dit dite mme mr m monsieur madame mlle nee ne ep epouse epoux veuve vve sayed sayyid haji hadji hajj "
    "el-hadj and et";
/* Stands before a name and is written in one word with it by some. */
static const char begin_compound[] = "abd abdel abdul abdoul abdal abdol abdur abder abdou abid";
static const char begin_geez[] = "gebre ghebre gebra gabre tesfa haile hayle haila wolde welde weldu woldu kidane habte habta "
				 "tekle tekla berhane birhane zera zere amde kefle kifle gere medhane letle leta fre";
static const char end_geez[] =
    "mariam maryam meriam michael mikael mikiel mikaiel giorgis gergis georgis gorgis selassie silassie "
    "selasie medhin medhn medhen egziabher yesus eyesus yohannes yohanes kristos christos amlak kiros "
    "hiwot hiwet haimanot haymanot tsadik tsadkan meskel leul negus alem tsion sion abezgi abzgi "
    "ab tinsae gabriel gebriel rufael";
static const char end_compound[] =
    "ullah oullah ollah ulla allah ulah uallah eddine uddin aldin eldin odin addin edin ed-din din "
    "zada zadeh zade zai zay zoy khel yar pour pur nejad nezhad oglu oghlu ogly kizi qizi";

/* abdelrahman, abderrahmane, abdulrahman: abdrahman. The l that belongs to the name stays: abdullah, abdoulaye. */
static void
shorten_abd(char *w)
{
	size_t n = strlen(w), i = 3;

	if (n < 7 || memcmp(w, "abd", 3) != 0)
		return;
	while (i < n && strchr("aeiou", w[i]) != NULL)
		i++;
	if (i == 3 || i + 3 > n)
		return;
	if (w[i] == 'l' && w[i + 1] != 'l' && (strchr("aeiou", w[i + 1]) == NULL || n - i > 4))
		i++;
	else if (w[i] != w[i + 1] || strchr("rsntzd", w[i]) == NULL)
		return;
	memmove(w + 3, w + i, n - i + 1);
}

static bool
joins(const char *before, str w)
{
	const str b = str_of(before);

	return among(b, begin_compound) || among(w, end_compound) || (among(b, begin_geez) && among(w, end_geez));
}

static void
append(char to[SOUNDS_MAX + 1], str w)
{
	const size_t n = strlen(to), more = n + w.len > SOUNDS_MAX ? SOUNDS_MAX - n : w.len;

	memcpy(to + n, w.s, more);
	to[n + more] = '\0';
}

static size_t
gather(const str *words, size_t n, bool keep, char to[NAME_WORDS][SOUNDS_MAX + 1])
{
	size_t out = 0;

	for (size_t i = 0; i < n; i++) {
		if (!keep && among(words[i], particles))
			continue;
		if (out > 0 && joins(to[out - 1], words[i])) {
			append(to[out - 1], words[i]);
		} else if (out < NAME_WORDS) {
			to[out][0] = '\0';
			append(to[out++], words[i]);
		}
	}
	return out;
}

size_t
name_words(str name, char to[NAME_WORDS][SOUNDS_MAX + 1])
{
	struct folded f = { .len = 0 };
	str words[WORDS_MAX];
	size_t n, out;

	if (name.len == 0)
		return 0;
	folded_add(&f, name);
	n = fold_words(folded_str(&f), words);
	out = gather(words, n, false, to);
	if (out == 0)
		out = gather(words, n, true, to);
	for (size_t i = 0; i < out; i++)
		shorten_abd(to[i]);
	return out;
}
