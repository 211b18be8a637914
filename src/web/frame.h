/* frame.h - what the frame around a page shows (views/frame.tmpl); made by page.c alone */
#pragma once
#include "web/page.h"

struct menu_entry {
	enum menu menu;
	const char *label; /* N_ */
	const char *url;
	enum right right;
};

struct frame {
	const struct req *req;
	const struct page *page;
	str heading;
	str city;                                    /* whose contract it is; absent before the sign-in */
	str token;                                   /* of this sign-in's forms; absent: nobody is signed in */
	bool finds;                                  /* people may be searched */
	const struct menu_entry *menu[8], *more[16]; /* end with NULL */
	str undo;                                    /* key of the change that the banner offers to take back; absent */
	const char *other, *other_name;              /* the language to change to */
	day demo_day;                                /* on which a demonstration stands; DAY_NONE: none */
	const char *style, *icon;                    /* addresses */
};
