#include "daily/ical.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum { LINE = 75 }; /* bytes, without its end */

/* A line that is longer goes on in the next ones, which begin with a blank; never inside of a letter. */
static void
line(struct buf *to, str s)
{
	size_t room = LINE;

	while (s.len > room) {
		size_t n = room;

		while (n > 0 && ((unsigned char)s.s[n] & 0xC0) == 0x80)
			n--;
		if (n == 0)
			n = room; /* what is no UTF-8 is cut anywhere */
		buf_add(to, (str){ s.s, n });
		buf_add(to, S("\r\n "));
		s = (str){ s.s + n, s.len - n };
		room = LINE - 1;
	}
	buf_add(to, s);
	buf_add(to, S("\r\n"));
}

void
ical_text(struct buf *to, const char *name, str text)
{
	struct buf b = { 0 };

	buf_format(&b, "%s:", name);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.s[i];

		if (c == '\n')
			buf_add(&b, S("\\n"));
		else if (c == '\\' || c == ';' || c == ',') {
			buf_char(&b, '\\');
			buf_char(&b, (char)c);
		} else if ((c >= ' ' || c == '\t') && c != 127)
			buf_char(&b, (char)c);
	}
	line(to, buf_str(&b));
	buf_release(&b);
}

/* The clocks of Paris: the rule of the European Union since 1996 (last Sundays of March and October, at 1:00 UTC). */
static void
zone(struct buf *to)
{
	buf_add(to, S("BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n"
		      "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
		      "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
		      "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
		      "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"));
}

static void
stamp(struct buf *to, int64_t now_ms)
{
	time_t seconds = (time_t)(now_ms / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	buf_format(to, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ\r\n", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec);
}

static void
event(struct buf *to, const struct ical_event *e, int64_t now_ms)
{
	int y, m, d;

	day_split(e->on, &y, &m, &d);
	buf_format(to, "BEGIN:VEVENT\r\nUID:seance-%" PRId64 "@jalon\r\n", e->id);
	stamp(to, now_ms);
	buf_format(to, "SEQUENCE:%" PRId64 "\r\n", e->version < 1 ? 0 : e->version - 1);
	if (e->starts_at.len == 5) {
		buf_format(
		    to, "DTSTART;TZID=Europe/Paris:%04d%02d%02dT%.2s%.2s00\r\n", y, m, d, e->starts_at.s, e->starts_at.s + 3);
		if (e->minutes > 0)
			buf_format(to, "DURATION:PT%" PRId64 "M\r\n", e->minutes);
	} else {
		buf_format(to, "DTSTART;VALUE=DATE:%04d%02d%02d\r\n", y, m, d);
	}
	ical_text(to, "SUMMARY", e->what);
	if (e->where.len > 0)
		ical_text(to, "LOCATION", e->where);
	buf_format(to, "STATUS:%s\r\nEND:VEVENT\r\n", e->cancelled ? "CANCELLED" : "CONFIRMED");
}

void
ical_write(struct buf *to, str name, const struct ical_event *v, size_t n, int64_t now_ms)
{
	buf_add(
	    to, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Jalon//Agenda//FR\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"));
	ical_text(to, "X-WR-CALNAME", name);
	zone(to);
	for (size_t i = 0; i < n; i++)
		event(to, &v[i], now_ms);
	buf_add(to, S("END:VCALENDAR\r\n"));
}
