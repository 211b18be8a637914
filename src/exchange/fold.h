/* fold.h - what people write, brought to one form for comparing: no capitals, accents or punctuation, one blank between words.
 * "Date de naiss. :" and "DATE DE NAISS" are the same; "Réfugié(e)" and "réfugié" too; digits of all scripts are 0 to 9. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

str fold(struct arena *a, str s);
/* The next word of a folded text; false after the last. */
bool fold_word(str *rest, str *word);
/* Whether the folded text is one of a list: "oui,yes,x". */
bool fold_in(str folded, const char *list);
