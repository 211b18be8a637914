/* write_xlsx.h - the questionnaire as a workbook, for those who go on with it in a spreadsheet: what it shows, the State's
 * table, charts, every figure of every scope, people in several actions, what is missing, the rules in full. Numbers are
 * numbers and days are days; texts are never formulas, whatever they begin with. In the language of the moment. */
#pragma once
#include "figures/calendar.h"
#include "figures/questionnaire.h"

struct xlsx_asked {
	const struct questionnaire *figures;
	struct view *view;  /* the figures' own, for the overlaps */
	struct span span;   /* its days are the figures' */
	str now;            /* 2026-01-31T12:00:00.000Z: when the figures were read; the same gives the same bytes */
	const char *folder; /* for temporary files, which are gone afterwards */
};
/* ERR_WORLD or ERR_FULL when the folder refuses. Room for the work in arena a. */
const struct err *questionnaire_xlsx(struct arena *a, const struct xlsx_asked *asked, struct buf *to);
