/* the attendance sheet of a session: shown, filled in, closed, opened again */
#include <stdlib.h>

#include "base/moment.h"
#include "base/shown.h"
#include "base/text.h"
#include "model/choices.h"
#include "views.h"
#include "web/attendance_page.h"
#include "web/door.h"
#include "web/person_page.h"
#include "web/route.h"

str
session_words(struct arena *a, str at, str kind, str group)
{
	str word = choice_label(entity_field(&entities[ENTITY_sessions], "kind"), kind);

	if (at.len == 5)
		word = str_format(a, tr("%.2s:%.2s · %.*s"), at.s, at.s + 3, STR_ARG(word));
	return group.len == 0 ? word : str_format(a, "%.*s · %.*s", STR_ARG(word), STR_ARG(group));
}

str
attendance_words(struct arena *a, struct presence m, int64_t length)
{
	if (!presence_answered(m))
		return str_of(tr("no answer"));
	if (m.minutes == 0)
		return str_of(m.excused ? tr("excused") : tr("absent"));
	if (m.minutes == length)
		return str_of(tr("present throughout"));
	return str_format(a, tr("present, %s"), minutes_words(a, m.minutes));
}

str
moment_words(struct arena *a, str at)
{
	struct buf b = { 0 };
	int64_t ms = moment_parse(at);

	if (ms < 0)
		return (str){ 0 };
	shown_moment(&b, ms);
	return buf_kept(&b, a);
}

str
wrong_minutes(struct arena *a, int64_t length)
{
	return str_format(a, tr("a whole number of minutes from 1 to %d"), (int)length);
}

const struct err *
attendance_open(struct req *r, struct attendance_page *p)
{
	int64_t session = key_long(r->parts[0]);
	bool found = false;
	const struct err *e = NULL;

	*p = (struct attendance_page){ .req = r, .sight = person_sight(r, RIGHT_ATTENDANCE), .asked = asked_of(r) };
	if (session > 0)
		e = attendance_sheet(&p->sight, r->viewer.account, session, &p->sheet, &found);
	if (e != NULL)
		return e;
	if (!found)
		return reply_missing(r);
	p->key = key_short(r->arena, session);
	p->open = p->sheet.session.closed_at.len == 0 && !str_is(p->sheet.session.state, "cancelled") && !r->viewer.looking;
	return attendance_differing(&p->sight, &p->sheet, &p->differing, &p->differing_n);
}

/* --- the lines of the form --- */

static char
choice_of(struct presence m)
{
	if (!presence_answered(m))
		return 0;
	return m.minutes > 0 ? 'P' : m.excused ? 'E' : 'A';
}

static str
named(struct arena *a, const char *what, str key)
{
	return str_format(a, "%s.%.*s", what, STR_ARG(key));
}

static str
typed(const struct attendance_page *p, const char *what, str key)
{
	return req_form(p->req, named(p->req->arena, what, key).s);
}

void
attendance_marks(struct attendance_page *p, bool again)
{
	struct arena *a = p->req->arena;

	p->marks = ARENA_ARRAY(a, p->sheet.n, struct mark_view);
	p->n = p->sheet.n;
	for (size_t i = 0; i < p->n; i++) {
		struct mark_view *v = &p->marks[i];
		const struct sheet_line *l = &p->sheet.lines[i];
		int64_t minutes = l->mark.minutes > 0 ? l->mark.minutes : p->sheet.session.minutes;

		*v = (struct mark_view){ .line = l, .key = key_short(a, l->person), .before = presence_written(a, l->mark) };
		v->choice = choice_of(l->mark);
		v->minutes = str_format(a, "%lld", (long long)minutes);
		if (!again || typed(p, "b", v->key).s == NULL)
			continue;
		v->before = typed(p, "b", v->key);
		v->choice = typed(p, "p", v->key).len == 1 ? typed(p, "p", v->key).s[0] : 0;
		v->minutes = typed(p, "m", v->key);
		v->why = asked_why(&p->asked, named(a, "m", v->key).s);
	}
}

/* --- what a form says --- */

static int64_t
minutes_typed(struct attendance_page *p, str key, int64_t length)
{
	str words = str_trim(typed(p, "m", key));
	number n = str_number(words);
	const char *id = named(p->req->arena, "m", key).s;

	if (words.len == 0)
		return length;
	if (n.ok && n.value > 0 && n.value <= length)
		return n.value;
	asked_fault(&p->asked, id, N_("Minutes"), wrong_minutes(p->req->arena, length));
	return length;
}

/* all: whoever has no answer yet is present. */
static bool
mark_typed(struct attendance_page *p, str key, bool all, struct presence *to)
{
	const int64_t length = p->sheet.session.minutes;
	str choice = typed(p, "p", key);

	*to = (struct presence){ .minutes = NUMBER_NONE };
	if (choice.len == 0) {
		if (all)
			*to = (struct presence){ .minutes = length };
	} else if (str_is(choice, "P")) {
		to->minutes = minutes_typed(p, key, length);
	} else if (str_is(choice, "A") || str_is(choice, "E")) {
		*to = (struct presence){ 0, str_is(choice, "E") };
	} else if (!str_is(choice, "R")) {
		return false;
	}
	return true;
}

static const struct err *
unreadable(struct req *r)
{
	return err_new(
	    r->arena, ERR_INPUT, tr("This form cannot be read."), NULL, tr("Go back, and send it again from its page."));
}

static const struct err *
read_form(struct attendance_page *p, struct sending *in)
{
	struct req *r = p->req;
	str act = req_form(r, "acte");
	const bool all = str_is(act, "tous");

	*in = (struct sending){
		.session = p->sheet.session.record.id, .account = r->viewer.account, .close = str_is(act, "clore")
	};
	in->all = all || str_is(req_form(r, "tous"), "1");
	in->lines = ARENA_ARRAY(r->arena, SENDING_LINES, struct sent_line);
	for (size_t i = 0; i < r->form.n; i++) {
		const struct form_field *f = &r->form.v[i];
		struct sent_line *l = &in->lines[in->n];
		str key;

		if (!str_starts(f->name, S("b.")))
			continue;
		key = (str){ f->name.s + 2, f->name.len - 2 };
		if (in->n == SENDING_LINES || (l->person = key_long(key)) <= 0 || !presence_read(f->value, &l->before) ||
		    !mark_typed(p, key, all, &l->mark))
			return unreadable(r);
		in->n++;
	}
	return NULL;
}

/* --- pages --- */

static const char *
done_words(const struct attendance_page *p)
{
	str word = req_query(p->req, "fait");

	if (str_is(word, "tous"))
		return tr("All are marked present. Now correct the exceptions, then save.");
	if (str_is(word, "enregistre"))
		return p->sheet.answered == p->sheet.n ? tr("The sheet is saved. Everybody is answered: it can be closed.")
						       : tr("The sheet is saved. Some have no answer yet.");
	if (str_is(word, "clos"))
		return tr("The sheet is saved and closed.");
	if (str_is(word, "incomplet"))
		return p->sheet.session.held_on > p->req->today
			   ? tr("The sheet is saved. It can be closed once the session is held.")
			   : tr("The sheet is saved, but not closed: somebody has no answer yet.");
	if (str_is(word, "ajout"))
		return tr("The person is on the sheet, marked present.");
	if (str_is(word, "rouvert"))
		return tr("The sheet is open again. This is noted in the journal.");
	if (str_is(word, "ecart"))
		return tr("The answer is settled.");
	return NULL;
}

/* The time that the answer before this page was written at: only when it was just now. */
static int64_t
kept_ms(const struct req *r)
{
	int64_t ms = key_long(req_query(r, "a"));

	return ms <= r->in->now_ms && ms > r->in->now_ms - 24 * 3600 * INT64_C(1000) ? ms : 0;
}

static const struct err *
show(struct attendance_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Attendance sheet")), .menu = MENU_HOME, .own_heading = true };

	page_crumb(&frame, str_of(tr("Attendance sheets")), S("/emargements"));
	frame.fault = p->asked.n > 0;
	frame.done = p->asked.n > 0 ? NULL : done_words(p);
	p->kept_ms = kept_ms(r);
	attendance_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
attendance_show(struct req *r)
{
	struct attendance_page p;
	const struct err *e = attendance_open(r, &p);

	if (e != NULL)
		return e;
	attendance_marks(&p, false);
	return show(&p);
}

/* Nothing was written: what was typed, with the reason. */
static const struct err *
show_again(struct attendance_page *p, int status)
{
	p->req->out->status = status;
	attendance_marks(p, true);
	return show(p);
}

static const char *
word_of(const struct sending *in, const struct sending_answer *out, bool all)
{
	if (out->unclosed)
		return "incomplet";
	return in->close ? "clos" : all ? "tous" : "enregistre";
}

static const struct err *
write_form(struct attendance_page *p, const struct sending *in, struct sending_answer *out)
{
	struct req *r = p->req;
	struct save s;
	const struct err *e = req_begin(r, &s, sending_cause(in));

	return e != NULL ? e : req_end(r, &s, attendance_write(&s, &p->sight, in, r->in->now_ms, out));
}

const struct err *
attendance_save(struct req *r)
{
	struct attendance_page p;
	struct sending in;
	struct sending_answer out;
	str kept;
	const struct err *e = attendance_open(r, &p);

	if (e == NULL)
		e = read_form(&p, &in);
	if (e != NULL)
		return e;
	if (p.asked.n > 0)
		return show_again(&p, 422);
	if ((e = write_form(&p, &in, &out)) != NULL)
		return e;
	if (out.result == SENDING_REFUSED) {
		asked_fault(&p.asked, NULL, NULL, str_of(sending_reason_words(out.reason)));
		return show_again(&p, 409);
	}
	if (str_is(req_form(r, "acte"), "ajouter"))
		return reply_see(r, "/seances/%.*s/emargement/ajout", STR_ARG(p.key));
	kept = key_short(r->arena, out.received_ms);
	return reply_see(r, "/seances/%.*s/emargement?fait=%s&a=%.*s", STR_ARG(p.key),
	    word_of(&in, &out, str_is(req_form(r, "acte"), "tous")), STR_ARG(kept));
}

const struct err *
attendance_reopen_page(struct req *r)
{
	struct attendance_page p;
	struct save s;
	bool done = false;
	const struct err *e = attendance_open(r, &p);

	if (e == NULL && (e = req_begin(r, &s, "sheet reopened")) == NULL)
		e = req_end(r, &s, attendance_reopen(&s, &p.sight, p.sheet.session.record.id, &done));
	return e != NULL ? e : reply_see(r, "/seances/%.*s/emargement%s", STR_ARG(p.key), done ? "?fait=rouvert" : "");
}

const struct err *
attendance_settle_page(struct req *r)
{
	struct attendance_page p;
	struct save s;
	bool found = false;
	const struct err *e = attendance_open(r, &p);

	if (e == NULL && (e = req_begin(r, &s, "attendance answers settled")) == NULL)
		e = req_end(r, &s,
		    attendance_settle(&s, &p.sight, p.sheet.session.record.id, key_long(req_form(r, "ecart")),
			str_is(req_form(r, "choix"), "autre"), &found));
	return e != NULL ? e : reply_see(r, "/seances/%.*s/emargement%s", STR_ARG(p.key), found ? "?fait=ecart" : "");
}
