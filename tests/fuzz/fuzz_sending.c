/* What a telephone sends: whatever it is, it is read as the shape says or refused; what was read can be read again. */
#include <stdint.h>
#include <stdlib.h>

#include "web/req.h"
#include "web/sending_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_again(struct arena *a, const struct sending *in, struct buf *to)
{
	str account = key_short(a, in->account), session = key_short(a, in->session);

	buf_format(to,
	    "{\"key\":\"%.*s\",\"account\":\"%.*s\",\"session\":\"%.*s\",\"at\":%lld,\"all\":%s,\"close\":%s,\"lines\":[",
	    STR_ARG(in->key), STR_ARG(account), STR_ARG(session), (long long)in->typed_ms, in->all ? "true" : "false",
	    in->close ? "true" : "false");
	for (size_t i = 0; i < in->n; i++) {
		str person = key_short(a, in->lines[i].person), before = presence_written(a, in->lines[i].before);
		str mark = presence_written(a, in->lines[i].mark);

		buf_format(
		    to, "%s[\"%.*s\",\"%.*s\",\"%.*s\"]", i > 0 ? "," : "", STR_ARG(person), STR_ARG(before), STR_ARG(mark));
	}
	buf_add(to, S("]}"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct sending in, again;
	struct buf b = { 0 };

	if (sending_read(&a, (str){ (const char *)data, size }, &in)) {
		write_again(&a, &in, &b);
		if (!sending_read(&a, buf_str(&b), &again) || again.n != in.n || again.session != in.session)
			abort();
		for (size_t i = 0; i < in.n; i++) {
			if (again.lines[i].person != in.lines[i].person || !presence_equal(again.lines[i].mark, in.lines[i].mark))
				abort();
		}
	}
	buf_release(&b);
	arena_release(&a);
	return 0;
}
