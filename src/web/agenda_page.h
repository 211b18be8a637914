/* agenda_page.h - what is planned, one session, planning, changing and cancelling them (views/agenda.tmpl, views/session.tmpl) */
#pragma once
#include "daily/agenda.h"
#include "daily/attendance.h"
#include "web/action_page.h"

enum agenda_view { AGENDA_DAY, AGENDA_WEEK, AGENDA_MONTH, AGENDA_VIEWS };
extern const char *const agenda_view_words[AGENDA_VIEWS]; /* of the address: ?vue=semaine */

struct agenda_page {
	struct req *req;
	struct sight sight;
	enum agenda_view view;
	day on, from, until; /* the day asked for; the days shown */
	struct agenda_line *v;
	size_t n;
	enum school_zone zone;
	day before, after; /* the nearest sessions outside, when there is none */
	const struct choice *actions, *trainers;
	size_t n_actions, n_trainers;
	int64_t action, trainer; /* chosen; 0: all */
	str action_ref, group;
	bool plans;
};
/* The same page with one thing asked for differently; name NULL: none. */
str agenda_url(const struct agenda_page *p, const char *name, str value);
str agenda_day_url(const struct agenda_page *p, enum agenda_view view, day on);
/* The holidays of a day: "public holiday: All Saints' Day"; NULL: none. */
const char *holiday_words(struct arena *a, enum school_zone zone, day d);

struct session_page {
	struct req *req;
	struct sight sight;
	struct session session;
	struct action_place place;
	struct attendance_sheet sheet;
	str key;
	size_t present, absent; /* of those answered */
	bool plans, attends;
	size_t after; /* sessions of its series that are planned after it */
	/* cancelling */
	struct asked asked;
	str reason;
	bool series;
};
str session_url(struct arena *a, int64_t session, const char *rest);
/* "9 h 30 – 11 h", "90 min" when the beginning is not known */
str session_hours(struct arena *a, const struct session *s);

struct plan_page {
	struct req *req;
	struct sight sight;
	struct action_place place;
	const struct action_choice *offered; /* no action chosen yet */
	size_t n_offered;
	struct session session;
	int64_t id, version; /* the session being changed; 0: new ones */
	bool stale;
	struct session stored;
	struct sheaf sheaf;
	struct choices choices[1];
	struct problems faults;
	enum school_zone zone;
	/* repeated */
	struct repeat repeat;
	str until; /* as typed */
	struct repeat_day days[REPEAT_MOST];
	bool ticked[REPEAT_MOST];
	size_t n_days;
	bool more, listed;
	bool unknown; /* some of the days are beyond the school calendar that is known */
};
