/* somebody who came unannounced: found by name among the people whom the viewer follows, or by the code of a card */
#include "base/text.h"
#include "views.h"
#include "web/attendance_page.h"
#include "web/door.h"
#include "web/person_page.h"
#include "web/qr.h"
#include "web/route.h"

/* On a card the key of a person, as people copy it: in fours, in capitals or not, with letters that look like digits. */
static int64_t
code_typed(struct arena *a, str words)
{
	char *key = arena_alloc(a, words.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < words.len; i++) {
		char c = words.s[i];

		if (c == ' ' || c == '-')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		key[n++] = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
	}
	return key_long((str){ key, n });
}

static const struct err *
show(struct attendance_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Somebody who came unannounced")), .menu = MENU_HOME, .fault = p->asked.n > 0 };

	page_crumb(&frame, str_of(tr("Attendance sheets")), S("/emargements"));
	page_crumb(&frame, str_of(tr("Attendance sheet")), str_format(r->arena, "/seances/%.*s/emargement", STR_ARG(p->key)));
	if (p->asked.n > 0)
		r->out->status = 422;
	attendance_add_view(page_begin(r, &frame), p);
	return page_end(r);
}

/* A sheet that is closed is opened again first. */
static const struct err *
open_to_add(struct req *r, struct attendance_page *p, bool *go)
{
	const struct err *e = attendance_open(r, p);

	*go = e == NULL && (p->open || r->viewer.looking);
	if (e != NULL || *go)
		return e;
	return reply_see(r, "/seances/%.*s/emargement", STR_ARG(p->key));
}

const struct err *
attendance_unannounced(struct req *r)
{
	struct attendance_page p;
	bool go;
	const struct err *e = open_to_add(r, &p, &go);

	return e != NULL || !go ? e : show(&p);
}

/* Present for the whole session, unless something is already said of them. */
static const struct err *
add(struct attendance_page *p, int64_t person, struct sending_answer *out)
{
	struct req *r = p->req;
	struct sent_line line = { .person = person, .before = { .minutes = NUMBER_NONE } };
	struct sending in = { .session = p->sheet.session.record.id, .account = r->viewer.account, .lines = &line, .n = 1 };
	struct save s;
	const struct err *e;

	line.mark.minutes = p->sheet.session.minutes;
	for (size_t i = 0; i < p->sheet.n; i++) {
		if (p->sheet.lines[i].person == person && presence_answered(p->sheet.lines[i].mark)) {
			*out = (struct sending_answer){ 0 };
			return NULL;
		}
	}
	e = req_begin(r, &s, "attendance, somebody unannounced");
	return e != NULL ? e : req_end(r, &s, attendance_write(&s, &p->sight, &in, r->in->now_ms, out));
}

static const struct err *
add_and_go(struct attendance_page *p, int64_t person, const char *field)
{
	struct req *r = p->req;
	struct sending_answer out = { .result = SENDING_REFUSED, .reason = REASON_PERSON };
	const struct err *e = person > 0 ? add(p, person, &out) : NULL;
	str kept;

	if (e != NULL)
		return e;
	if (out.result == SENDING_REFUSED) {
		asked_fault(&p->asked, field, N_("Code of the card"),
		    str_of(out.reason == REASON_PERSON
			       ? tr("This is nobody whom your organisation follows. Check the code, or add the person first.")
			       : sending_reason_words(out.reason)));
		return show(p);
	}
	kept = key_short(r->arena, out.received_ms);
	return reply_see(r, "/seances/%.*s/emargement?fait=ajout&a=%.*s", STR_ARG(p->key), STR_ARG(kept));
}

const struct err *
attendance_unannounced_find(struct req *r)
{
	struct attendance_page p;
	bool go;
	const struct err *e = open_to_add(r, &p, &go);

	if (e != NULL || !go)
		return e;
	if (req_form(r, "personne").len > 0)
		return add_and_go(&p, key_long(req_form(r, "personne")), NULL);
	if (req_form(r, "code").s != NULL)
		return add_and_go(&p, code_typed(r->arena, req_form(r, "code")), "code");
	p.typed = str_trim(req_form(r, "q"));
	p.looked = true;
	if ((e = db_begin_read(r->db)) == NULL)
		e = db_end(r->db, people_search(&p.sight, p.typed, &p.hits));
	return e != NULL ? e : show(&p);
}

/* --- the card --- */

static str
in_fours(struct arena *a, str key)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < key.len; i++) {
		char c = key.s[i];

		buf_add(&b, i > 0 && i % 4 == 0 ? S(" ") : S(""));
		buf_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
	return buf_kept(&b, a);
}

/* It holds neither a name nor what signs in: a lost one says nothing. */
const struct err *
person_card(struct req *r)
{
	struct person_page p;
	struct card_page card = { .req = r };
	struct page frame;
	const struct err *e = person_open(r, RIGHT_PEOPLE_READ, &p);

	if (e != NULL)
		return e;
	card.key = p.key;
	card.code = in_fours(r->arena, p.key);
	card.city = r->viewer.city;
	frame = person_frame(&p, tr("Attendance card"));
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p.key, PERSON_COURSE));
	person_card_view(page_begin(r, &frame), &card);
	return page_end(r);
}
