/* grid_xml.c - a part of a zip as XML, a piece at a time. Office files have no document type: one is refused, and with it
 * entities that expand, and files from elsewhere. */
#include <string.h>

#include "base/text.h"
#include "exchange/grid_inside.h"

enum { PIECE = 32 * 1024, TOKEN_MOST = 1024 * 1024, DEPTH_MOST = 200 };
static const int64_t part_most = INT64_C(64) << 20, ratio_free = INT64_C(8) << 20, ratio_most = 250;

static const char *
local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

bool
xml_is(const char *name, const char *wanted)
{
	return strcmp(name, wanted) == 0;
}

str
xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes != NULL; attributes += 2) {
		if (strcmp(local(attributes[0]), name) == 0)
			return str_of(attributes[1]);
	}
	return (str){ 0 };
}

bool
xml_has(zip_t *zip, const char *name)
{
	return zip_name_locate(zip, name, 0) >= 0;
}

void
xml_refuse(struct xml *x, const struct err *err)
{
	if (x->err == NULL)
		x->err = err;
	(void)XML_StopParser(x->parser, XML_FALSE);
}

void
xml_pause(struct xml *x)
{
	if (x->err == NULL)
		(void)XML_StopParser(x->parser, XML_TRUE);
}

static void XMLCALL
on_begin(void *to, const char *name, const char **attributes)
{
	struct xml *x = to;

	x->seen = XML_GetCurrentByteIndex(x->parser);
	if (++x->depth > DEPTH_MOST)
		xml_refuse(x, grid_damaged(x->g, tr("elements nested beyond reason")));
	else if (x->err == NULL)
		x->begin(x, local(name), attributes);
}

static void XMLCALL
on_end(void *to, const char *name)
{
	struct xml *x = to;

	x->seen = XML_GetCurrentByteIndex(x->parser);
	x->depth--;
	if (x->err == NULL)
		x->end(x, local(name));
}

static void XMLCALL
on_letters(void *to, const char *s, int n)
{
	struct xml *x = to;

	x->seen = XML_GetCurrentByteIndex(x->parser);
	if (x->err == NULL)
		x->letters(x, s, n);
}

static void XMLCALL
on_doctype(void *to, const char *name, const char *system, const char *public, int internal)
{
	struct xml *x = to;

	(void)name, (void)system, (void)public, (void)internal;
	xml_refuse(x, grid_damaged(x->g, tr("a document type, which no spreadsheet has")));
}

const struct err *
xml_open(struct grid *g, zip_t *zip, const char *name, struct xml *x)
{
	zip_stat_t st;

	x->g = g;
	x->fed = x->seen = 0;
	x->depth = 0;
	x->ended = false;
	x->err = NULL;
	if (zip_stat(zip, name, 0, &st) != 0 || (st.valid & ZIP_STAT_SIZE) == 0 || (st.valid & ZIP_STAT_COMP_SIZE) == 0)
		return grid_damaged(g, str_format(g->arena, tr("%s is not in it"), name).s);
	if ((int64_t)st.size > part_most || st.size > INT64_MAX ||
	    ((int64_t)st.size > ratio_free && (int64_t)(st.size / (st.comp_size + 1)) > ratio_most))
		return grid_beyond_measure(g);
	if ((x->part = zip_fopen(zip, name, 0)) == NULL)
		return grid_damaged(g, zip_strerror(zip));
	x->left = (int64_t)st.size;
	if ((x->parser = XML_ParserCreate(NULL)) == NULL)
		bug_oom(sizeof x->parser);
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_begin, on_end);
	XML_SetCharacterDataHandler(x->parser, on_letters);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return NULL;
}

/* The next piece of the part goes to the parser. */
static enum XML_Status
feed(struct xml *x)
{
	void *to = XML_GetBuffer(x->parser, PIECE);
	zip_int64_t n;

	if (to == NULL)
		bug_oom(PIECE);
	n = zip_fread(x->part, to, PIECE);
	x->left -= n;
	if (n < 0 || x->left < 0) {
		x->err = grid_damaged(x->g, n < 0 ? zip_file_strerror(x->part) : tr("it is larger than it says"));
		return XML_STATUS_ERROR;
	}
	if (x->fed - x->seen > TOKEN_MOST) {
		x->err = grid_damaged(x->g, tr("a value beyond reason"));
		return XML_STATUS_ERROR;
	}
	x->fed += n;
	return XML_ParseBuffer(x->parser, (int)n, n == 0);
}

bool
xml_go_on(struct xml *x)
{
	XML_ParsingStatus now;
	enum XML_Status status;

	while (!x->ended && x->err == NULL) {
		XML_GetParsingStatus(x->parser, &now);
		if (now.parsing == XML_FINISHED)
			break;
		status = now.parsing == XML_SUSPENDED ? XML_ResumeParser(x->parser) : feed(x);
		if (status == XML_STATUS_SUSPENDED)
			return true;
		if (status == XML_STATUS_ERROR && x->err == NULL)
			x->err = grid_damaged(x->g, XML_ErrorString(XML_GetErrorCode(x->parser)));
	}
	x->ended = true;
	return false;
}

void
xml_close(struct xml *x)
{
	if (x->parser != NULL)
		XML_ParserFree(x->parser);
	if (x->part != NULL)
		zip_fclose(x->part);
	x->parser = NULL;
	x->part = NULL;
}

const struct err *
xml_read(struct xml *x)
{
	while (xml_go_on(x))
		;
	return x->err;
}
