/* act_kinds_page.h - what the pages of kinds of act give to their templates (views/act_kinds.tmpl) */
#pragma once
#include "daily/act_kinds_write.h"
#include "web/form.h"
#include "web/page.h"

struct kinds_page {
	struct req *req;
	const struct plan *plan;
	struct act_kinds kinds;
	const struct act_sort *kind; /* the one that the address names; NULL */
	struct act_kind stored;      /* it, as a record */
	struct sheaf sheaf, measure; /* a new kind; a question */
};
/* "local.visite": people; absent: it feeds none. */
const struct local_indicator *kind_feeds(const struct kinds_page *p, str code);
str kind_sheet(const struct kinds_page *p, const struct act_sort *k); /* "1.2 Mobilité"; absent: every sheet */

struct place_line {
	struct childcare_place place;
	str title, number;
};
struct places_page {
	struct req *req;
	const struct plan *plan;
	PLAN_LIST(struct place_line) v;
	struct sheaf sheaf;
};
