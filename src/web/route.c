#include "web/route.h"

const struct route routes[] = {
#define ROUTE(method, path, right, run) { METHOD_##method, path, RIGHT_##right, run, #run },
#include "web/routes.def"
#undef ROUTE
};
const size_t routes_n = sizeof routes / sizeof routes[0];

/* Whether a path could be of this pattern at all: most differ before the first name. */
static bool
begins_like(const char *pattern, str path)
{
	size_t i = 0;

	while (i < path.len && pattern[i] == path.s[i] && pattern[i] != '{' && pattern[i] != '\0')
		i++;
	return pattern[i] == '{' || (pattern[i] == '\0' && i == path.len);
}

static bool
matches(const char *pattern, str path, str parts[ROUTE_PARTS])
{
	str left = str_of(pattern);
	int n = 0;

	if (!begins_like(pattern, path))
		return false;

	for (int i = 0; i < ROUTE_PARTS; i++)
		parts[i] = (str){ 0 };
	while (left.len > 0 || path.len > 0) {
		str want = str_cut(left, '/', &left);
		str got = str_cut(path, '/', &path);

		if (str_starts(want, S("{"))) {
			if (got.len == 0 || n == ROUTE_PARTS)
				return false;
			parts[n++] = got;
		} else if (!str_eq(want, got)) {
			return false;
		}
		if ((left.s == NULL) != (path.s == NULL))
			return false;
	}
	return true;
}

const struct route *
route_find(enum method method, str path, str parts[ROUTE_PARTS], bool *known)
{
	*known = false;
	for (size_t i = 0; i < routes_n; i++) {
		if (!matches(routes[i].path, path, parts))
			continue;
		if (routes[i].method == method)
			return &routes[i];
		*known = true;
	}
	return NULL;
}
