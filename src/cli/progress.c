#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/frame.h"

enum { EVERY_MS = 100, BAR = 24 };

static bool on_screen; /* there is one terminal, and at most one bar on it */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_start(struct progress *p, const struct cli *cli, const char *label, int64_t total)
{
	const char *terminal = getenv("TERM");

	*p = (struct progress){ .total = total, .label = label };
	p->on = !cli->quiet && isatty(STDERR_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0;
	/* Work that is over at once shows nothing. */
	p->started_at_ms = p->drawn_at_ms = now_ms();
}

static void
time_left(struct buf *b, const struct progress *p, int64_t now)
{
	int64_t spent = now - p->started_at_ms, seconds;

	if (spent < 1000 || p->done <= 0)
		return; /* too early to tell */
	seconds = (int64_t)((double)spent * (double)(p->total - p->done) / (double)p->done / 1000.0) + 1;
	buf_add(b, S("  "));
	if (seconds < 60)
		buf_format(b, tr("%d s left"), (int)seconds);
	else
		buf_format(b, tr("%d min left"), (int)((seconds + 59) / 60));
}

static void
draw(struct progress *p, int64_t now)
{
	struct winsize size = { 0 };
	struct buf b = { 0 };
	size_t columns = 80, width, i = 0;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		columns = size.ws_col;
	buf_add(&b, str_of(p->label));
	if (p->total > 0) {
		int64_t done = p->done < p->total ? p->done : p->total;
		int full = (int)((double)done / (double)p->total * BAR);

		buf_add(&b, S("  ["));
		buf_pad(&b, '#', (size_t)full);
		buf_pad(&b, '.', (size_t)(BAR - full));
		buf_add(&b, S("]  "));
		buf_format(&b, tr("%d%%"), (int)((double)done / (double)p->total * 100));
		time_left(&b, p, now);
	} else {
		buf_add(&b, S("  "));
		buf_int(&b, p->done);
	}
	/* A line that wraps could not be erased: cut it to the width, between two characters. */
	width = str_width(buf_str(&b));
	for (i = b.len; width >= columns && i > 0; width--) {
		while (--i > 0 && ((unsigned char)b.s[i] & 0xc0) == 0x80)
			;
	}
	/* One write, text first and the rest of the line after it: nothing blinks. */
	dprintf(STDERR_FILENO, "\r%.*s\033[K", (int)i, b.s);
	buf_release(&b);
	on_screen = true;
}

void
progress_set(struct progress *p, int64_t done)
{
	int64_t now;

	p->done = done;
	if (!p->on)
		return;
	now = now_ms();
	if (now - p->drawn_at_ms < EVERY_MS)
		return;
	p->drawn_at_ms = now;
	draw(p, now);
}

void
progress_erase(void)
{
	if (on_screen)
		dprintf(STDERR_FILENO, "\r\033[K");
	on_screen = false;
}

void
progress_end(struct progress *p)
{
	if (p->on)
		progress_erase();
	p->on = false;
}
