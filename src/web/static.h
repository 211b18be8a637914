/* static.h - the files of static/, which are part of the program. Served by the front alone. A page names them by static_url:
 * that address changes with the content, so browsers keep it for a year without asking. */
#pragma once
#include "base/str.h"

struct static_file {
	const char *name; /* "jalon.css" */
	const char *url;  /* "/static/jalon.0123456789ab.css" */
	const char *etag;
	const char *type;
	str whole, small; /* small: compressed by gzip; empty when that would not be shorter */
};
extern const struct static_file static_files[]; /* ends with name NULL */
extern const size_t static_count;

/* The address of a file of static/. One that does not exist gives "/static/NAME", which answers 404: a test looks for them. */
const char *static_url(const char *name);
/* The same after "/static/", for templates: href="/static/{{ static_name("jalon.css") }}" */
const char *static_name(const char *name);

/* By its address; *lasting: the address holds the content's mark. Also found under "/static/NAME". NULL: no such file. */
const struct static_file *static_find(str path, bool *lasting);
