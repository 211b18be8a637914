/* quest_words.h - figures as the pages write them */
#pragma once
#include "web/quest.h"

const char *figure_words(struct html *h, const struct figure *f, int64_t value); /* "1 204,50"; empty for NOT_KNOWN */
bool figure_checked(const struct figure *f); /* some cell has a count of its own records beside the one that was sent */
const char *quest_span(struct html *h, const struct quest *q); /* the word of the period, for an address */
void quest_chart(struct html *h, const struct quest *q);       /* achieved in the frame of the objective, sheet by sheet */
/* Each indicator that some line of the page counts, once: their rules stand at the end of a print. */
const struct book_indicator **quest_indicators(struct arena *a, const struct quest *q, size_t *n);
const char *cell_label(enum cell c); /* translated */
