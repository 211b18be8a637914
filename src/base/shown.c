#include "base/shown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/decimal.h"
#include "base/moment.h"
#include "base/text.h"

static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
	N_("Saturday"), N_("Sunday") };
static const char *const months[] = { N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
	N_("August"), N_("September"), N_("October"), N_("November"), N_("December") };

static bool
french(void)
{
	return strcmp(text_language(), "fr") == 0;
}

static void
grouped(struct buf *b, int64_t n)
{
	if (n >= 1000) {
		grouped(b, n / 1000);
		buf_format(b, ",%03d", (int)(n % 1000));
	} else {
		buf_int(b, n);
	}
}

static void
minus(struct buf *b, int64_t n)
{
	if (n < 0)
		buf_char(b, '-');
}

static void
english(struct buf *b, int64_t hundredths, bool all)
{
	int f = (int)(llabs(hundredths) % 100);

	grouped(b, llabs(hundredths) / 100);
	if (all || f % 10 != 0)
		buf_format(b, ".%02d", f);
	else if (f != 0)
		buf_format(b, ".%d", f / 10);
}

void
shown_number(struct buf *b, int64_t n)
{
	if (n > INT64_MAX / 100 || n < INT64_MIN / 100)
		buf_int(b, n);
	else if (french())
		decimal_french(b, n * 100, 0);
	else
		minus(b, n), english(b, n * 100, false);
}

void
shown_decimal(struct buf *b, int64_t hundredths)
{
	if (french())
		decimal_french_short(b, hundredths);
	else
		minus(b, hundredths), english(b, hundredths, false);
}

void
shown_money(struct buf *b, int64_t cents)
{
	if (french()) {
		decimal_french(b, cents, 2);
		buf_add(b, S("\u00a0€"));
	} else {
		minus(b, cents);
		buf_add(b, S("€"));
		english(b, cents, true);
	}
}

str
day_shown(day d, char to[DAY_TEXT])
{
	int y, m, n;

	if (d == DAY_NONE || d == DAY_FOREVER || !french())
		return day_text(d, to);
	day_split(d, &y, &m, &n);
	return (str){ to,
		(size_t)snprintf(to, DAY_TEXT, "%02u/%02u/%04u", (unsigned)n % 100, (unsigned)m % 100, (unsigned)y % 10000) };
}

void
shown_day_long(struct buf *b, day d)
{
	int y, m, n;

	if (d == DAY_NONE || d == DAY_FOREVER)
		return;
	day_split(d, &y, &m, &n);
	/* 1 January 1970 was a Thursday. */
	buf_format(
	    b, "%s %d%s %s %d", tr(weekdays[((d % 7) + 7 + 3) % 7]), n, n == 1 && french() ? "er" : "", tr(months[m - 1]), y);
}

void
shown_moment(struct buf *b, int64_t ms)
{
	const time_t seconds = (time_t)(ms / 1000);
	char text[DAY_TEXT];
	struct tm local;

	localtime_r(&seconds, &local);
	buf_add(b, day_shown(moment_day(ms), text));
	if (french())
		buf_format(b, " à %d\u00a0h\u00a0%02d", local.tm_hour, local.tm_min);
	else
		buf_format(b, " at %02d:%02d", local.tm_hour, local.tm_min);
}
