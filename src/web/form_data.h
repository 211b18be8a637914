/* form_data.h - what a browser sends: the fields of a form, of a query, and cookies. Reading is strict: a request that no
 * browser would send is refused as a whole. All that is given is valid UTF-8 without NUL, but for the content of files. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum {
	FORM_FIELDS = 20000,  /* a year of attendances on one page stays below */
	FORM_NAME = 256,      /* bytes of a name, or of a file's name */
	FORM_VALUE = 1 << 20, /* bytes of a value that is not a file */
};

struct form_field {
	str name, value;
	str filename; /* absent: not a file; empty: a file was asked for and none chosen; without its folders */
	str type;     /* of a file, as the browser guessed it: absent when it did not */
};
struct form {
	struct form_field *v;
	size_t n;
};

/* application/x-www-form-urlencoded or multipart/form-data. The views live in body (values of multipart) and in a.
 * NULL when well read, else why not: an English sentence marked for translation, for a page 400. */
const char *form_decode(struct arena *a, str content_type, str body, struct form *out);
const char *query_decode(struct arena *a, str query, struct form *out);

/* The first field of that name: its value, its row. Absent, NULL when there is none. Values of files are found by form_file. */
str form_get(const struct form *f, const char *name);
const struct form_field *form_file(const struct form *f, const char *name);

/* The value of a cookie; absent when it was not sent, or was sent twice: somebody else may have set one of them. */
str cookie_get(str cookie, const char *name);

/* Adds name=value to a query being written, with '&' unless it stands first or after '?'. */
void query_add(struct buf *to, str name, str value);
