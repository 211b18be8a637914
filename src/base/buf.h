/* buf.h - bytes that grow; owned by whoever holds the struct. Optionally flushed to a file as it fills. */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

struct buf {
	char *s;
	size_t len, cap;
	FILE *file;  /* when set, the bytes leave for it in large pieces; buf_flush sends the rest */
	bool failed; /* the file refused something: asked for once, at the end */
	int error;   /* errno of the first refusal */
};

void buf_reserve(struct buf *b, size_t more); /* room for so many bytes: the ones after b->len may be written */
static inline void
buf_add(struct buf *b, str s)
{
	if (s.len == 0)
		return;
	if (b->file != NULL || b->cap - b->len < s.len)
		buf_reserve(b, s.len);
	memcpy(b->s + b->len, s.s, s.len);
	b->len += s.len;
}
static inline void
buf_char(struct buf *b, char c)
{
	if (b->file != NULL || b->cap == b->len)
		buf_reserve(b, 1);
	b->s[b->len++] = c;
}
void buf_int(struct buf *b, int64_t v);
void buf_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_pad(struct buf *b, char c, size_t n);
static inline str
buf_str(const struct buf *b)
{
	return (str){ b->s == NULL ? "" : b->s, b->len };
}
/* What was written, kept in the arena; the buffer gives its memory back. */
str buf_kept(struct buf *b, struct arena *a);
void buf_clear(struct buf *b); /* empty again, memory kept */
bool buf_flush(struct buf *b); /* true when everything reached the file */
void buf_release(struct buf *b);
