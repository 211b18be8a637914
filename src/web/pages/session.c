/* one session: what, when, where, who is expected; somebody marked absent in one tap; cancelled, planned again */
#include "base/moment.h"
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/agenda_page.h"
#include "web/route.h"

static const struct entity *const sessions = &entities[ENTITY_sessions];

str
session_url(struct arena *a, int64_t session, const char *rest)
{
	str key = key_short(a, session);

	return str_format(a, "/seances/%.*s%s", STR_ARG(key), rest);
}

str
session_hours(struct arena *a, const struct session *s)
{
	str end = ends_at(a, s->starts_at, s->minutes);

	if (end.len == 0)
		return str_of(minutes_words(a, s->minutes));
	return str_format(a, tr("%.2s:%.2s to %.2s:%.2s"), s->starts_at.s, s->starts_at.s + 3, end.s, end.s + 3);
}

static const struct err *
count_series(struct session_page *p)
{
	struct agenda_series_row row;
	struct db_rows rows;
	const struct err *e;

	if (p->session.series.len == 0)
		return NULL;
	e = agenda_series(p->req->db, &rows, p->req->viewer.territory, p->session.action, p->session.series, p->session.held_on);
	while (e == NULL && agenda_series_next(&rows, &row))
		p->after += row.id != p->session.record.id;
	return e != NULL ? e : db_done(&rows);
}

static const struct err *
open_page(struct req *r, enum right right, struct session_page *p, bool *found)
{
	int64_t key = key_long(r->parts[0]);
	const struct err *e;

	*p = (struct session_page){ .req = r, .sight = person_sight(r, right), .asked = asked_of(r) };
	*found = false;
	if (key <= 0)
		return NULL;
	if ((e = session_open(&p->sight, key, &p->session, &p->place, found)) != NULL || !*found)
		return e;
	if ((e = attendance_sheet(&p->sight, r->viewer.account, key, &p->sheet, found)) != NULL || !*found)
		return e;
	for (size_t i = 0; i < p->sheet.n; i++) {
		p->present += presence_answered(p->sheet.lines[i].mark) && p->sheet.lines[i].mark.minutes > 0;
		p->absent += presence_answered(p->sheet.lines[i].mark) && p->sheet.lines[i].mark.minutes == 0;
	}
	p->key = key_short(r->arena, key);
	p->plans = viewer_may(&r->viewer, RIGHT_PLANNING) && !r->viewer.looking;
	p->attends = viewer_may(&r->viewer, RIGHT_ATTENDANCE) && !r->viewer.looking;
	return count_series(p);
}

static const char *
done_words(str word)
{
	if (str_is(word, "prevue"))
		return tr("The session is planned.");
	if (str_is(word, "modifiee"))
		return tr("The session is changed.");
	if (str_is(word, "annulee"))
		return tr("The session is cancelled.");
	if (str_is(word, "retablie"))
		return tr("The session is planned again.");
	if (str_is(word, "absence"))
		return tr("The absence is noted.");
	return NULL;
}

static struct page
frame_of(const struct session_page *p, const char *title)
{
	struct page frame = { .title = str_of(title), .menu = MENU_AGENDA };
	char on[DAY_TEXT];

	page_crumb(
	    &frame, str_of(tr("Agenda")), str_format(p->req->arena, "/agenda?jour=%s", day_text(p->session.held_on, on).s));
	page_crumb(&frame, p->place.action.title, action_url(p->req->arena, p->place.action.ref));
	return frame;
}

const struct err *
session_show(struct req *r)
{
	struct session_page p;
	struct page frame;
	bool found;
	const struct err *e = open_page(r, RIGHT_AGENDA, &p, &found);

	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	frame = frame_of(&p, tr("Session"));
	frame.own_heading = true;
	frame.done = done_words(req_query(r, "fait"));
	session_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* Nobody came of whom was expected: one tap. The others stay without an answer. */
const struct err *
session_absence(struct req *r)
{
	struct session_page p;
	struct sending_answer answer;
	struct sent_line line = { .mark = { .minutes = 0 } };
	struct sending sending = { .account = r->viewer.account, .typed_ms = r->in->now_ms, .lines = &line, .n = 1 };
	struct save s;
	bool found, there = false;
	const struct err *e = open_page(r, RIGHT_ATTENDANCE, &p, &found);

	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	sending.session = p.session.record.id;
	line.person = key_long(req_form(r, "personne"));
	for (size_t i = 0; i < p.sheet.n; i++) {
		if (p.sheet.lines[i].person != line.person)
			continue;
		line.before = p.sheet.lines[i].mark;
		there = true;
	}
	if (!there)
		return reply_missing(r);
	if ((e = req_begin(r, &s, sending_cause(&sending))) == NULL)
		e = req_end(r, &s, attendance_write(&s, &p.sight, &sending, r->in->now_ms, &answer));
	if (e != NULL)
		return e;
	if (answer.result == SENDING_REFUSED)
		return reply_see(r, "/seances/%.*s/emargement", STR_ARG(p.key)); /* the sheet says why */
	return reply_see(r, "/seances/%.*s?fait=absence", STR_ARG(p.key));
}

/* --- cancelling --- */

static const struct err *
show_cancel(struct session_page *p)
{
	struct page frame = frame_of(p, tr("Cancel a session"));

	frame.fault = p->asked.n > 0;
	if (frame.fault)
		p->req->out->status = 422;
	page_crumb(&frame, str_of(tr("Session")), session_url(p->req->arena, p->session.record.id, ""));
	session_cancel_view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

const struct err *
session_cancel_form(struct req *r)
{
	struct session_page p;
	bool found;
	const struct err *e = open_page(r, RIGHT_PLANNING, &p, &found);

	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	if (str_is(p.session.state, "held"))
		return reply_see(r, "/seances/%.*s", STR_ARG(p.key)); /* it took place: nothing to cancel */
	return show_cancel(&p);
}

static const struct err *
restore(struct session_page *p)
{
	struct req *r = p->req;
	struct session x = p->session;
	struct save s;
	const struct err *e;

	x.state = S("planned");
	x.cancel_reason = (str){ 0 };
	if ((e = req_begin(r, &s, "session restored")) == NULL)
		e = req_end(r, &s, entity_save(&s, sessions, &x, &p->session));
	return e != NULL ? e : reply_see(r, "/seances/%.*s?fait=retablie", STR_ARG(p->key));
}

const struct err *
session_cancel(struct req *r)
{
	struct session_page p;
	struct save s;
	size_t n;
	bool found;
	const struct err *e = open_page(r, RIGHT_PLANNING, &p, &found);

	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	if (str_is(p.session.state, "cancelled"))
		return restore(&p);
	if (!str_is(p.session.state, "planned"))
		return reply_see(r, "/seances/%.*s", STR_ARG(p.key));
	p.reason = str_trim(req_form(r, "motif"));
	p.series = str_is(req_form(r, "combien"), "suivantes");
	if (p.reason.len == 0 || p.reason.len > 500)
		asked_fault(&p.asked, "motif", N_("Why it is cancelled"), str_of(tr("the reason, in a few words")));
	if (p.asked.n > 0)
		return show_cancel(&p);
	if ((e = req_begin(r, &s, "session cancelled")) == NULL)
		e = req_end(r, &s, sessions_cancel(&s, &p.sight, &p.session, p.reason, p.series, &n));
	return e != NULL ? e : reply_see(r, "/seances/%.*s?fait=annulee", STR_ARG(p.key));
}
