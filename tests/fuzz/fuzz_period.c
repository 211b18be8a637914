/* A period as an address or the command line names it: what is understood is written back as the same word. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "figures/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct book_contract contracts[] = { { .signed_on = 19282, .duration_months = 30 },
		{ .signed_on = DAY_NONE } };
	struct arena a = { 0 };

	for (size_t i = 0; i < sizeof contracts / sizeof *contracts; i++) {
		str word = { (const char *)data, size };
		char text[SPAN_WORD];
		struct span s;

		if (span_parse(&a, word, &contracts[i], &s) != NULL)
			continue;
		if (!str_eq(span_word(&s, text), word) || s.days.from > s.days.to)
			abort();
	}
	arena_release(&a);
	return 0;
}
