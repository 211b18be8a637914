/* Hours as people type them come back as they are written; any text goes into a calendar in lines that its readers take. */
#include <stdint.h>
#include <stdlib.h>

#include "daily/enrol.h"
#include "daily/ical.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str typed = { (const char *)data, size };
	struct arena a = { 0 };
	struct buf b = { 0 };
	int64_t minutes = hours_read(typed);
	size_t octets = 0;

	if (minutes < -1 || minutes > 10001 * 60 || (minutes >= 0 && hours_read(hours_written(&a, minutes)) != minutes))
		abort();
	ical_text(&b, "SUMMARY", typed);
	for (size_t i = 0; i < b.len; i++) {
		bool end = b.s[i] == '\r' && i + 1 < b.len && b.s[i + 1] == '\n';

		if ((b.s[i] == '\n' && (i == 0 || b.s[i - 1] != '\r')) || (b.s[i] == '\r' && !end))
			abort(); /* a bare end of line */
		octets = end || b.s[i] == '\n' ? 0 : octets + 1;
		if (octets > 75)
			abort();
	}
	buf_release(&b);
	arena_release(&a);
	return 0;
}
