/* ical.h - a calendar as other programs read it (RFC 5545): what, when, where, and nothing about anybody. Pure. */
#pragma once
#include "base/buf.h"
#include "base/date.h"

struct ical_event {
	int64_t id;      /* stays the same whatever changes */
	int64_t version; /* grows with each change; from 1 */
	day on;
	str starts_at;   /* HH:MM on the clocks of Paris; absent: the whole day */
	int64_t minutes; /* 0: not said */
	str what, where;
	bool cancelled;
};
/* name: of the calendar. Lines end with CR LF, none is longer than 75 bytes, no letter is cut in two. */
void ical_write(struct buf *to, str name, const struct ical_event *v, size_t n, int64_t now_ms);
/* One line of it, folded: "SUMMARY" and its text, escaped. */
void ical_text(struct buf *to, const char *name, str text);
