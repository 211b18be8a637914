#include "web/static.h"

#include <stdio.h>
#include <string.h>

const char *
static_url(const char *name)
{
	static char missing[128];

	for (const struct static_file *f = static_files; f->name != NULL; f++) {
		if (strcmp(f->name, name) == 0)
			return f->url;
	}
	snprintf(missing, sizeof missing, "/static/%s", name);
	return missing;
}

const char *
static_name(const char *name)
{
	return static_url(name) + sizeof "/static/" - 1;
}

const struct static_file *
static_find(str path, bool *lasting)
{
	str name;

	if (!str_starts(path, S("/static/")))
		return NULL;
	name = (str){ path.s + 8, path.len - 8 };
	for (const struct static_file *f = static_files; f->name != NULL; f++) {
		*lasting = str_is(path, f->url);
		if (*lasting || str_is(name, f->name))
			return f;
	}
	return NULL;
}
