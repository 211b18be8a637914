#include "web/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 8 * 1024 };
static struct buf kept;

static void
moment(struct buf *to, int64_t wall_ms)
{
	static int64_t second = -1;
	static char text[32];

	if (wall_ms / 1000 != second) {
		const time_t at = (time_t)(second = wall_ms / 1000);
		struct tm t;

		gmtime_r(&at, &t);
		snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
		    t.tm_hour, t.tm_min, t.tm_sec);
	}
	buf_add(to, str_of(text));
}

void
log_flush(void)
{
	size_t at = 0;

	while (at < kept.len) {
		const ssize_t n = write(STDERR_FILENO, kept.s + at, kept.len - at);

		if (n <= 0)
			break; /* nobody listens: the requests matter more */
		at += (size_t)n;
	}
	buf_clear(&kept);
}

void
log_line(const char *format, ...)
{
	struct timespec now;
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	clock_gettime(CLOCK_REALTIME, &now);
	moment(&kept, now.tv_sec * 1000);
	buf_add(&kept, str_of(text));
	buf_char(&kept, '\n');
	log_flush();
}

void
log_request(int64_t wall_ms, const char *method, const char *route, int status, size_t bytes, int64_t took_us)
{
	moment(&kept, wall_ms);
	buf_add(&kept, str_of(method));
	buf_char(&kept, ' ');
	buf_add(&kept, str_of(*route == '\0' ? "-" : route));
	buf_char(&kept, ' ');
	buf_int(&kept, status);
	buf_char(&kept, ' ');
	buf_int(&kept, (int64_t)bytes);
	buf_format(&kept, " %" PRId64 ".%" PRId64 "ms\n", took_us / 1000, took_us / 100 % 10);
	if (kept.len > PIECE)
		log_flush();
}
