/* route.h - every address of the server in one table (routes.def): the method, the path, the right it needs, the page.
 * An address that does not stand there does not exist; `jalon routes` prints the table and a test tries all of it. */
#pragma once
#include "web/req.h"

typedef const struct err *page_function(struct req *r);

/* The pages themselves, one function each, in src/web/pages/. */
#define ROUTE(method, path, right, run) page_function run;
#include "web/routes.def"
#undef ROUTE

enum { RIGHT_OPEN = -1 }; /* for people who have not signed in: the door itself */

struct route {
	enum method method;
	const char *path; /* "/personnes/{key}" */
	int right;        /* enum right, or RIGHT_OPEN */
	page_function *run;
	const char *name; /* of the function, for `jalon routes` */
};
extern const struct route routes[];
extern const size_t routes_n;

/* NULL: none. known: whether another method would have found one. Fills the parts. */
const struct route *route_find(enum method method, str path, str parts[ROUTE_PARTS], bool *known);
