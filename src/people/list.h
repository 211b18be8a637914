/* list.h - people in order, a page at a time, chosen by what is known of them. A page costs what it shows: one run of keys
 * in the order of names and one look at each person on it; a filter on the sex or the birth date costs nothing more, any
 * other one reading of the records that it speaks of. */
#pragma once
#include "people/who.h"

enum list_order { LIST_BY_NAME, LIST_NEWEST };
enum list_missing { MISSING_NOTHING, MISSING_SEX, MISSING_BIRTH, MISSING_STATUS };

/* What a list shows: all conditions hold together; 0, absent or false: not asked for. */
struct people_filter {
	int64_t action, sheet; /* an enrolment, act or pair in it */
	int64_t organisation;  /* seen by it, as its own people would be (beside the viewer's own limit) */
	int64_t cohort;        /* a contract: in its restricted cohort today */
	str status;            /* in force today */
	bool bpi;              /* a status of international protection in force today */
	char sex;              /* F, M, X */
	bool under25;          /* today; without a birth date: no */
	str household;
	enum list_missing missing;
};
struct people_page {
	struct person_line *v;
	size_t n;
	bool before, after; /* there are others on that side */
};

enum { LIST_PAGE = 50, LIST_PAGE_MOST = 500 };
/* after: the person before the page (0: from the beginning); before: the one behind it, and the page ends there. A URL holds
 * such a number, never a name; when that person is gone the page is the first one. */
const struct err *people_list(const struct sight *s, const struct people_filter *f, enum list_order order, int64_t after,
    int64_t before, size_t most, struct people_page *page);
/* How many the whole list has. */
const struct err *people_count(const struct sight *s, const struct people_filter *f, int64_t *n);
