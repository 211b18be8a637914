/* Messages between the front and a worker: what is read is fit to use, and written again gives the same bytes. The first byte
 * says which of the two it is. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
same(struct buf *b, str body, str message)
{
	buf_add(b, body);
	if (!str_eq(buf_str(b), message))
		abort();
	buf_release(b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_request r;
	struct wire_answer a;
	struct buf b = { 0 };
	char *copy = malloc(size + 1);
	str message;

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	message = (str){ copy + (size > 0), size > 0 ? size - 1 : 0 };
	if (size > 0 && data[0] % 2 == 0 && wire_request_read(message, &r)) {
		if (!str_utf8(r.in.path) || r.in.path.s[0] != '/' || (!r.beside && r.in.body.len != r.length))
			abort();
		wire_request_write(&b, &r);
		same(&b, r.in.body, message);
	} else if (size > 0 && data[0] % 2 == 1 && wire_answer_read(message, &a)) {
		if (a.status < 200 || a.status > 599 || (!a.beside && a.body.len != a.length))
			abort();
		wire_answer_write(&b, &a);
		same(&b, a.body, message);
	}
	free(copy);
	return 0;
}
