/* A file that somebody attaches: whatever it holds, it is refused in words, or what is kept of it is the same format again and loses nothing more. */
#include <stdint.h>
#include <stdlib.h>

#include "people/document_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf kept = { 0 }, again = { 0 };
	const char *why;
	enum document_type type = document_check((str){ (const char *)data, size }, &kept, &why);

	check((type == DOCUMENT_REFUSED) == (why != NULL));
	check((type == DOCUMENT_REFUSED) == (kept.len == 0));
	if (type != DOCUMENT_REFUSED) {
		check(document_check(buf_str(&kept), &again, &why) == type);
		check(str_eq(buf_str(&kept), buf_str(&again)));
	}
	buf_release(&kept);
	buf_release(&again);
	return 0;
}
