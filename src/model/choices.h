/* choices.h - the words of ENUM and SET fields as people read them (choices.def) */
#pragma once
#include "model/field.h"

/* The label of a word in that field, translated; the word itself when it has none (levels of French). Lives as long as the
 * program, or as the word. */
str choice_label(const struct field *f, str word);
