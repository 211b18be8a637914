/* book.c - an empty book: the words and indicators that every contract shares */
#include "figures/book.h"

#include <stdlib.h>

#include "figures/directory.h"

const char *const civic_theme_names[] = { "laicite", "equality", "citizenship", "parenthood", "host_society", "other", NULL };

static void
know_words(struct texts *words)
{
#define W(w) #w,
	static const char *const names[] = { STATUS_WORDS(W) OTHER_WORDS(W) };
#undef W

	for (int i = 0; i < WORDS; i++) {
		if (texts_number(words, str_of(names[i])) != i)
			bug("the word %s stands twice in the list", names[i]);
	}
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(((const struct book_indicator *)a)->name, ((const struct book_indicator *)b)->name);
}

void
book_sort_indicators(struct book *b)
{
	qsort(b->indicators.v, (size_t)b->indicators.n, sizeof *b->indicators.v, by_name);
}

static void
know_indicators(struct book *b)
{
	int cohort = 0;

	for (size_t i = 0; i < directory_size; i++) {
		const struct indicator *rule = &directory[i];
		struct book_indicator known = { rule, str_of(rule->name), str_of(rule->label),
			texts_number(&b->words, str_of(rule->name)), rule->word };

		if (rule->level == LEVEL_SHEET)
			*VEC_ADD(b->arena, &b->indicators) = known;
		else if (rule->level == LEVEL_CONTRACT)
			b->cohort[cohort++] = known;
	}
	book_sort_indicators(b);
}

static unsigned
eligible_statuses(struct book *b)
{
	str rest = b->contract.eligible_statuses, word;
	unsigned set = rest.len == 0 ? STATUSES_DEFAULT : 0;

	while (rest.len > 0) {
		int status = texts_known(&b->words, word = str_cut(rest, ';', &rest));

		if (status >= 0 && status <= WORD_none)
			set |= STATUS_BIT(status);
	}
	return set | STATUSES_BPI;
}

struct book *
book_new(struct arena *a, const struct book_contract *c, bool refs)
{
	struct book *b = ARENA_NEW(a, struct book);

	*b = (struct book){ .arena = a, .contract = *c, .refs = refs };
	b->words.arena = b->households.arena = b->person_keys.arena = b->trainee_keys.arena = a;
	know_words(&b->words);
	know_indicators(b);
	b->eligible = eligible_statuses(b);
	return b;
}
