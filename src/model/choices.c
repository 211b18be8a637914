#include "model/choices.h"

static const struct {
	const char *field, *word, *label;
} labels[] = {
#define CHOICE(field, word, label) { field, #word, label },
#include "model/choices.def"
#undef CHOICE
};

str
choice_label(const struct field *f, str word)
{
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		bool here = labels[i].field[0] == '\0' || str_is(str_of(f->name), labels[i].field);

		if (here && str_is(word, labels[i].word))
			return str_of(tr(labels[i].label));
	}
	return word;
}
