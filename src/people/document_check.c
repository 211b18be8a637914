#include "people/document_check.h"

#include "base/text.h"
#include "people/document_inside.h"

const char *const document_words[DOCUMENT_TYPES] = { "", "pdf", "jpeg", "png", "odt", "docx" };
const char *const document_mimes[DOCUMENT_TYPES] = { "", "application/pdf", "image/jpeg", "image/png",
	"application/vnd.oasis.opendocument.text", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" };

enum document_type
document_named(str word)
{
	for (int i = DOCUMENT_PDF; i < DOCUMENT_TYPES; i++) {
		if (str_is(word, document_words[i]))
			return (enum document_type)i;
	}
	return DOCUMENT_REFUSED;
}

static enum document_type
refuse(const char **why, const char *words)
{
	*why = words;
	return DOCUMENT_REFUSED;
}

static enum document_type
check(str bytes, struct buf *kept, bool *active)
{
	enum document_type zip;

	if (str_starts(bytes, S("\xff\xd8\xff")))
		return document_jpeg(bytes, kept) ? DOCUMENT_JPEG : DOCUMENT_REFUSED;
	if (str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
		return document_png(bytes, kept) ? DOCUMENT_PNG : DOCUMENT_REFUSED;
	if (str_starts(bytes, S("%PDF-"))) {
		if (!document_pdf(bytes, active))
			return DOCUMENT_REFUSED;
		buf_add(kept, bytes);
		return DOCUMENT_PDF;
	}
	if (!str_starts(bytes, S("PK\x03\x04")))
		return DOCUMENT_REFUSED;
	if ((zip = document_zip(bytes, active)) != DOCUMENT_REFUSED)
		buf_add(kept, bytes);
	return zip;
}

enum document_type
document_check(str bytes, struct buf *kept, const char **why)
{
	const size_t before = kept->len;
	enum document_type type;
	bool active = false;

	*why = NULL;
	if (bytes.len == 0)
		return refuse(why, tr("This file is empty. Choose another."));
	if (bytes.len > DOCUMENT_MOST)
		return refuse(why,
		    tr("This file is larger than 10 MB. Take the photo in a smaller size, or save the document again with less in it."));
	type = check(bytes, kept, &active);
	if (!active && type != DOCUMENT_REFUSED)
		return type;
	kept->len = before;
	if (active)
		return refuse(
		    why, tr("This document holds a program or another file inside. Save it as a plain PDF, then bring that."));
	return refuse(why,
	    tr("This is not a whole PDF, photo (JPEG, PNG) or text document (ODT, DOCX). Open it, save it again as one of these, then bring that."));
}
