/* The head of a request: the same verdict however the bytes come, and whatever is accepted is fit to use. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FORM = 8 << 20, UPLOAD = 64 << 20 };

static void
check_text(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (((unsigned char)s.s[i] < ' ' && s.s[i] != '\t') || s.s[i] == 0x7f)
			abort();
	}
	if (!str_utf8(s))
		abort();
}

static void
check_path(str path)
{
	str rest;

	check_text(path);
	if (path.len == 0 || path.s[0] != '/' || memchr(path.s, '\\', path.len) != NULL)
		abort();
	rest = (str){ path.s + 1, path.len - 1 };
	while (rest.s != NULL) {
		str part = str_cut(rest, '/', &rest);

		if (str_is(part, ".") || str_is(part, "..") || (part.len == 0 && rest.s != NULL))
			abort();
	}
}

static void
check_whole(const struct head *h, str bytes)
{
	const str texts[] = { h->query, h->host, h->content_type, h->cookie, h->accept_language, h->user_agent, h->if_none_match,
		h->origin, h->fetch_site, h->forwarded };

	if (h->size < 4 || h->size > bytes.len || h->size > HEAD_SIZE || h->length > UPLOAD || h->host.len == 0 ||
	    (h->method != METHOD_POST && h->length > 0) || memcmp(bytes.s + h->size - 4, "\r\n\r\n", 4) != 0)
		abort();
	check_path(h->path);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		check_text(texts[i]);
	for (size_t i = 0; i + 1 < h->size; i++) { /* no end of line but CR LF */
		if ((bytes.s[i] == '\r') != (bytes.s[i + 1] == '\n'))
			abort();
	}
	if (memchr(bytes.s, '\0', h->size) != NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct head whole, piece;
	char *copy = malloc(size + 1);
	const str bytes = { copy, size };
	size_t seen = 0;
	enum head_state state, last = HEAD_MORE;

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	state = head_read(bytes, &seen, FORM, UPLOAD, &whole);
	if (state == HEAD_WHOLE)
		check_whole(&whole, bytes);
	if (state == HEAD_REFUSED && (whole.status < 400 || whole.status > 505))
		abort();
	seen = 0;
	for (size_t n = 1; n <= size && last == HEAD_MORE; n += 1 + n / 64)
		last = head_read((str){ copy, n }, &seen, FORM, UPLOAD, &piece);
	if (last == HEAD_MORE)
		last = head_read(bytes, &seen, FORM, UPLOAD, &piece);
	if (last != state || (state == HEAD_WHOLE && (whole.size != piece.size || !str_eq(whole.path, piece.path))))
		abort();
	free(copy);
	return 0;
}
