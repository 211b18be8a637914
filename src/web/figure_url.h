/* figure_url.h - where a figure leads, the same on every page: to the records behind it for those who may know how many there
 * are, else to its place in the questionnaire */
#pragma once
#include "figures/calendar.h"
#include "figures/view.h"
#include "web/shown_figures.h"

struct figure_at {
	str contract; /* ref */
	const struct span *span;
	enum scope_kind kind;
	str ref;    /* of the sheet or the action; not looked at for the contract */
	bool opens; /* the viewer may see how many records there are (EVIDENCE_COUNT reaches them) */
};
str figure_url(struct arena *a, const struct figure_at *at, str indicator, enum cell cell);
/* What says which contract and period, in the address of any page beside: contrat=..&periode=.. */
str questionnaire_query(struct arena *a, const struct shown *s);
/* /questionnaire of that contract and period, at the sheet where one is named. */
str questionnaire_url(struct arena *a, const struct figure_at *at);
