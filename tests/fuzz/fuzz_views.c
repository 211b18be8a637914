/* The compiler of templates: whatever the source, it ends with a fault that names a place, or with C whose braces are its own. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/views/code.c"
#include "../../tools/views/markup.c"
#include "../../tools/views/page.c"
#include "../../tools/views/rules.c"
#include "../../tools/views/source.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Braces outside of quotes: each function is closed, and nothing of a template closes what is around it. */
static void
check_braces(str c)
{
	char quote = '\0';
	int deep = 0;

	for (size_t i = 0; i < c.len; i++) {
		if (quote != '\0') {
			i += c.s[i] == '\\';
			quote = i < c.len && c.s[i] == quote && c.s[i - 1] != '\\' ? '\0' : quote;
		} else if (c.s[i] == '"' || c.s[i] == '\'') {
			quote = c.s[i];
		} else {
			deep += (c.s[i] == '{') - (c.s[i] == '}');
		}
		if (deep < 0)
			abort();
	}
	if (deep != 0 || quote != '\0')
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf names = { 0 }, header = { 0 }, source = { 0 };
	char fault[FAULT];

	if (views_translate("t.tmpl", (str){ (const char *)data, size }, &names, &header, &source, fault))
		check_braces(buf_str(&source));
	else if (strncmp(fault, "t.tmpl:", 7) != 0)
		abort();
	buf_release(&names);
	buf_release(&header);
	buf_release(&source);
	return 0;
}
