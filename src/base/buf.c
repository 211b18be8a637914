#include "base/buf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { PIECE = 64 * 1024 };

void
buf_reserve(struct buf *b, size_t more)
{
	size_t cap = b->cap == 0 ? 256 : b->cap;

	if (b->file != NULL && b->len + more > PIECE)
		(void)buf_flush(b);
	while (cap - b->len < more)
		cap *= 2;
	if (cap == b->cap)
		return;
	b->s = realloc(b->s, cap);
	if (b->s == NULL)
		bug_oom(cap);
	b->cap = cap;
}

void
buf_pad(struct buf *b, char c, size_t n)
{
	buf_reserve(b, n + 1);
	memset(b->s + b->len, c, n);
	b->len += n;
}

void
buf_int(struct buf *b, int64_t v)
{
	char digits[24];
	size_t i = sizeof digits;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		digits[--i] = (char)('0' + u % 10);
	} while ((u /= 10) != 0);
	if (v < 0)
		digits[--i] = '-';
	buf_add(b, (str){ digits + i, sizeof digits - i });
}

void
buf_format(struct buf *b, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	buf_reserve(b, (size_t)n + 1);
	vsnprintf(b->s + b->len, (size_t)n + 1, format, again);
	va_end(again);
	b->len += (size_t)n;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
}

bool
buf_flush(struct buf *b)
{
	if (b->file == NULL)
		return true;
	if (((b->len > 0 && fwrite(b->s, 1, b->len, b->file) != b->len) || fflush(b->file) != 0) && !b->failed) {
		b->failed = true;
		b->error = errno;
	}
	b->len = 0;
	return !b->failed;
}

void
buf_release(struct buf *b)
{
	free(b->s);
	*b = (struct buf){ 0 };
}

str
buf_kept(struct buf *b, struct arena *a)
{
	str kept = str_dup(a, buf_str(b));

	buf_release(b);
	return kept;
}
