/* parts.h - pieces that many pages show; their HTML is views/parts.tmpl, which views.h declares. Words come translated. */
#pragma once
#include "base/date.h"
#include "web/html.h"

/* Of a flag; the words say all, the kind only colours it. */
enum flag { FLAG_PLAIN, FLAG_GOOD, FLAG_WARN, FLAG_BAD, FLAG_INFO };
extern const char *const flag_classes[];

struct paging {
	str before, after; /* addresses of the pages beside this one; absent: none */
	int64_t page, pages;
};

/* What heads a printed page: "printed on .. by .." is told as one text by the page, which also logs it. */
struct letterhead {
	str city, what, when;
};
