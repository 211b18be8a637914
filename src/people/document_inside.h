/* document_inside.h - the checkers of single formats (document_*.c), for document_check alone */
#pragma once
#include "people/document_check.h"

static inline unsigned
byte_at(str s, size_t i)
{
	return (unsigned char)s.s[i];
}
static inline unsigned
big16(str s, size_t i)
{
	return byte_at(s, i) << 8 | byte_at(s, i + 1);
}
static inline uint32_t
big32(str s, size_t i)
{
	return (uint32_t)big16(s, i) << 16 | big16(s, i + 2);
}
static inline unsigned
small16(str s, size_t i)
{
	return byte_at(s, i) | byte_at(s, i + 1) << 8;
}
static inline uint32_t
small32(str s, size_t i)
{
	return small16(s, i) | (uint32_t)small16(s, i + 2) << 16;
}
static inline str
part_of(str s, size_t from, size_t n)
{
	return (str){ s.s + from, n };
}

/* Each is given bytes that begin as its format does. false: not whole, or not that alone. */
bool document_jpeg(str bytes, struct buf *kept);
bool document_png(str bytes, struct buf *kept);
bool document_pdf(str bytes, bool *active);               /* active: it can do things by itself */
enum document_type document_zip(str bytes, bool *active); /* ODT, DOCX or refused */
