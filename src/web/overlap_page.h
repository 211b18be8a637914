/* overlap_page.h - people in several actions or sheets, as a matrix; shown by views/overlap.tmpl */
#pragma once
#include "figures/overlap.h"
#include "web/period_switch.h"

struct overlap_page {
	struct req *req;
	struct shown shown;
	struct period_switch periods;
	const struct overlap *overlap;
	bool sheets; /* of sheets, else of actions */
	str query;   /* contrat=..&periode=.. */
};
str overlap_name(struct html *h, const struct overlap_page *p, int part); /* "1.1 Mobilité" */
str overlap_own_url(
    struct html *h, const struct overlap_page *p, int part); /* the records of its diagonal; absent: it has none */
bool overlap_sent(const struct overlap_page *p);             /* some operator sends counts, which the records need not reach */
const char *overlap_class(const struct overlap_page *p, int i, int j); /* few, some or many of the row */
str overlap_url(struct html *h, const struct overlap_page *p, const char *path, bool sheets);
