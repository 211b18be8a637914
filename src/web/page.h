/* page.h - the frame around every page: name of the city, menu, where one is, the page itself, who is signed in */
#pragma once
#include "web/req.h"

enum menu {
	MENU_NONE,
	MENU_HOME,
	MENU_AGENDA,
	MENU_CONTRACT,
	MENU_FIGURES,
	MENU_PEOPLE,
	MENU_PARTNERS,
	MENU_IMPORT,
	MENU_ACCESSES,
	MENU_BASE,
	MENU_JOURNAL
};

struct crumb {
	str label, url;
};

struct page {
	str title;      /* of the page and its first heading, translated; never the name of a person */
	str heading;    /* the first heading when it must say more than the title (a person's name) */
	enum menu menu; /* which entry of the menu it belongs to */
	struct crumb crumbs[5];
	int n;            /* of crumbs, from the outermost; the page itself is not one of them */
	bool wide;        /* a large table: takes the whole width */
	bool own_heading; /* the page writes its first heading itself (header.title with its one main act) */
	const char *done; /* what was just done, in words: one banner */
	bool fault;       /* a form came back: the title says so first */
};

/* Writes all that comes before the page's own content; page_end closes it and is the page's answer (status 200 unless set). */
struct html *page_begin(struct req *r, const struct page *p);
const struct err *page_end(struct req *r);
void page_crumb(struct page *p, str label, str url);
