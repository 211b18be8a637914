/* attendance_page.h - what the pages of attendance are given (views/attendance.tmpl) */
#pragma once
#include "daily/attendance.h"
#include "people/search.h"
#include "web/asked.h"
#include "web/page.h"

struct mark_view { /* a line of the form */
	const struct sheet_line *line;
	str key, before; /* of the person; the mark as the page was made with */
	char choice;     /* P, A, E; 0: none */
	str minutes;     /* as they stand in the field */
	str why;         /* what is wrong with them; absent: nothing */
};

struct attendance_page {
	struct req *req;
	struct sight sight;
	struct attendance_sheet sheet;
	struct asked asked; /* its faults, and the token */
	str key;            /* of the address */
	struct mark_view *marks;
	size_t n;
	struct differing *differing;
	size_t differing_n;
	bool open;       /* may be written */
	int64_t kept_ms; /* when the server has just written it; 0: not just now */
	str typed;       /* on the page of somebody unannounced */
	struct person_hits hits;
	bool looked; /* hits are the answer to what was typed */
	int64_t printed_ms;
};
/* Fills sight, sheet and key; ERR_NOTFOUND where there is no such session for this viewer. */
const struct err *attendance_open(struct req *r, struct attendance_page *p);
/* The lines of the form: as they stand, or as they were typed in a form that came back. */
void attendance_marks(struct attendance_page *p, bool typed);

/* "2:30 pm · Workshop · Group 2", where the action stands beside. at: HH:MM, absent when not known. */
str session_words(struct arena *a, str at, str kind, str group);
str attendance_words(struct arena *a, struct presence m, int64_t length); /* "present, 90 min" */
str wrong_minutes(struct arena *a, int64_t length);                       /* what the minutes must be */
str moment_words(struct arena *a, str at); /* of a stored moment, as people read it; absent: none */

struct late_sheet {
	str key, title, operator_name, words;
	day on;
	int64_t minutes;
	bool filled, closed;
};
struct attendance_list {
	struct req *req;
	struct late_sheet *today, *late;
	size_t today_n, late_n;
	str more; /* the sheets before these; absent: there are none */
	bool all; /* of the whole city: whose each is stands beside */
	str action;
};

struct card_page {
	struct req *req;
	str key, code; /* as it is read by a machine; code: in fours, for people */
	str city;
};
