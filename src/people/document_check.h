/* document_check.h - what a file really is, by its bytes: the few formats that people bring, and nothing that also is something else.
 * What is kept is not always what came: photos lose where and with what they were taken, and whatever stands behind the picture. */
#pragma once
#include "base/buf.h"

enum document_type { DOCUMENT_REFUSED, DOCUMENT_PDF, DOCUMENT_JPEG, DOCUMENT_PNG, DOCUMENT_ODT, DOCUMENT_DOCX, DOCUMENT_TYPES };
enum { DOCUMENT_MOST = 10 << 20 }; /* bytes */

extern const char *const document_words[DOCUMENT_TYPES]; /* as the record says: "pdf" */
extern const char *const document_mimes[DOCUMENT_TYPES];
enum document_type document_named(str word); /* DOCUMENT_REFUSED: none */

/* Adds to `kept` the bytes that are kept. Refused: *why says what to do, translated, and nothing is added. */
enum document_type document_check(str bytes, struct buf *kept, const char **why);
