/* calendars for other programs: made, renewed, ended by their holder; read by whoever has the address, for as long as the holder may */
#include "access/code.h"
#include "access/trail.h"
#include "base/moment.h"
#include "base/text.h"
#include "daily/ical.h"
#include "model/key.h"
#include "sql.h"
#include "views.h"
#include "web/feeds_page.h"
#include "web/route.h"

enum { DAYS_BEFORE = 60, DAYS_AFTER = 400 };

static const struct err *
read_page(struct feeds_page *p, struct req *r)
{
	PLAN_LIST(struct feed_line) list = { 0 };
	PLAN_LIST(struct choice) actions = { 0 };
	struct feeds_of_row row;
	struct enrol_actions_row action;
	struct db_rows rows;
	const struct err *e = feeds_of(r->db, &rows, r->viewer.territory, r->viewer.account);

	*p = (struct feeds_page){ .req = r, .asked = asked_of(r) };
	if (e != NULL)
		return e;
	while (feeds_of_next(&rows, &row))
		*PLAN_ADD(r->arena, &list) =
		    (struct feed_line){ row.id, str_dup(r->arena, row.title), str_dup(r->arena, row.group_name), row.made_ms };
	if ((e = db_done(&rows)) != NULL)
		return e;
	e = enrol_actions(r->db, &rows, r->viewer.territory, viewer_limit(&r->viewer, RIGHT_AGENDA));
	while (e == NULL && enrol_actions_next(&rows, &action))
		*PLAN_ADD(r->arena, &actions) = (struct choice){ action.id,
			str_format(r->arena, "%.*s %.*s", STR_ARG(action.sheet_number), STR_ARG(action.title)) };
	p->v = list.v;
	p->n = list.n;
	p->actions = actions.v;
	p->n_actions = actions.n;
	return e != NULL ? e : db_done(&rows);
}

static const struct err *
show(struct feeds_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(tr("Calendars for other programs")), .menu = MENU_AGENDA };

	if (str_is(req_query(r, "fait"), "fin"))
		frame.done = tr("The calendar is ended: its address says nothing any more.");
	frame.fault = p->asked.n > 0;
	if (frame.fault)
		r->out->status = 422;
	page_crumb(&frame, str_of(tr("Agenda")), S("/agenda"));
	feeds_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
feeds_show(struct req *r)
{
	struct feeds_page p;
	const struct err *e = read_page(&p, r);

	return e != NULL ? e : show(&p);
}

/* --- changing --- */

static const struct err *
next_id(struct req *r, int64_t *id)
{
	struct keymaker keys = { .now_ms = r->in->now_ms };
	struct feed_last_row row;
	struct db_rows rows;
	const struct err *e = feed_last(r->db, &rows, r->viewer.territory);

	while (e == NULL && feed_last_next(&rows, &row))
		key_above(&keys, row.id);
	*id = key_next(&keys);
	return e != NULL ? e : db_done(&rows);
}

/* A new token for a new feed, or for one that is there: only its hash is kept. */
static const struct err *
write_feed(struct req *r, int64_t id, int64_t action, str group, str *token)
{
	const struct viewer *v = &r->viewer;
	unsigned char hash[TOKEN_HASH];
	bool added = id == 0;
	struct journal j;
	const struct err *e = db_begin_write(r->db);

	if (e != NULL)
		return e;
	*token = token_new(r->arena, hash);
	if (added && (e = next_id(r, &id)) == NULL)
		e = feed_add(
		    r->db, v->territory, id, v->account, action, group, (str){ (char *)hash, sizeof hash }, r->in->now_ms);
	else if (!added)
		e = feed_renew(r->db, v->territory, id, v->account, (str){ (char *)hash, sizeof hash }, r->in->now_ms);
	if (e == NULL)
		e = trail_open(r->db, r->arena, v->territory, v->account, "calendar made", r->in->now_ms, &j);
	if (e == NULL)
		e = trail_add(&j, "feeds", id, v->account, added ? JOURNAL_INSERT : JOURNAL_UPDATE, S("*"));
	return db_end(r->db, e);
}

static const struct err *
show_address(struct req *r, int64_t id, int64_t action, str group)
{
	struct feeds_page p;
	str token;
	const struct err *e = write_feed(r, id, action, group, &token);

	if (e != NULL || (e = read_page(&p, r)) != NULL)
		return e;
	p.address = str_format(
	    r->arena, "%s://%.*s/calendrier/%.*s", r->in->secure ? "https" : "http", STR_ARG(r->in->host), STR_ARG(token));
	return show(&p);
}

static bool
mine(const struct feeds_page *p, int64_t id)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].id == id)
			return true;
	}
	return false;
}

const struct err *
feeds_change(struct req *r)
{
	int64_t renewed = key_long(req_form(r, "renouveler")), ended = key_long(req_form(r, "finir"));
	int64_t action = key_long(req_form(r, "action"));
	str group = str_trim(req_form(r, "groupe"));
	struct feeds_page p;
	bool known = action == 0;
	const struct err *e = read_page(&p, r);

	if (e != NULL)
		return e;
	if ((renewed != 0 && !mine(&p, renewed)) || (ended != 0 && !mine(&p, ended)))
		return reply_missing(r);
	if (ended != 0) {
		struct journal j;

		if ((e = db_begin_write(r->db)) != NULL)
			return e;
		if ((e = feed_end(r->db, r->viewer.territory, ended, r->viewer.account)) == NULL &&
		    (e = trail_open(
			 r->db, r->arena, r->viewer.territory, r->viewer.account, "calendar ended", r->in->now_ms, &j)) == NULL)
			e = trail_add(&j, "feeds", ended, r->viewer.account, JOURNAL_DELETE, S("*"));
		e = db_end(r->db, e);
		return e != NULL ? e : reply_see(r, "/agenda/calendriers?fait=fin");
	}
	for (size_t i = 0; i < p.n_actions; i++)
		known |= p.actions[i].key == action;
	if (!known || group.len > 120 || (group.len > 0 && action == 0))
		asked_fault(&p.asked, "action", N_("Which sessions?"), str_of(tr("one of the list")));
	if (p.asked.n > 0)
		return show(&p);
	return show_address(r, renewed, action == 0 ? NUMBER_NONE : action, group.len == 0 ? (str){ 0 } : group);
}

/* --- reading, without signing in --- */

/* What its holder may see today: an account that ended, or another role, closes the calendar. */
static bool
holder_of(const struct feed_of_token_row *row, day today, struct viewer *v)
{
	int role = role_named(row->role);

	if (role < 0 || !str_is(row->state, "active") || (row->expires_on != DAY_NONE && row->expires_on < today))
		return false;
	*v = (struct viewer){ .territory = row->territory_id,
		.account = row->account_id,
		.role = (enum role)role,
		.organisation = row->organisation_id == NUMBER_NONE ? 0 : row->organisation_id };
	return viewer_may(v, RIGHT_AGENDA);
}

static const struct err *
write_calendar(struct req *r, const struct viewer *v, const struct agenda_ask *ask, str name)
{
	struct sight s = { .db = r->db, .arena = r->arena, .territory = v->territory, .today = r->today };
	struct agenda_line *lines;
	struct ical_event *events;
	size_t n;
	const struct err *e;

	s.organisation = viewer_limit(v, RIGHT_AGENDA);
	if ((e = agenda_read(&s, ask, &lines, &n)) != NULL)
		return e;
	events = ARENA_ARRAY(r->arena, n + 1, struct ical_event);
	for (size_t i = 0; i < n; i++) {
		const struct session *x = &lines[i].session;

		events[i] = (struct ical_event){ .id = x->record.id,
			.version = x->record.version,
			.on = x->held_on,
			.starts_at = x->starts_at,
			.minutes = x->minutes,
			.what = x->group.len == 0
				    ? lines[i].title
				    : str_format(r->arena, "%.*s – %.*s", STR_ARG(lines[i].title), STR_ARG(x->group)),
			.where = x->room,
			.cancelled = str_is(x->state, "cancelled") };
	}
	ical_write(&r->out->body, name, events, n, r->in->now_ms);
	return reply_file(r, "text/calendar; charset=utf-8", "agenda.ics");
}

const struct err *
feed_read(struct req *r)
{
	unsigned char hash[TOKEN_HASH];
	struct agenda_ask ask = { .from = r->today - DAYS_BEFORE, .until = r->today + DAYS_AFTER };
	struct feed_of_token_row row;
	struct db_rows rows;
	struct viewer v;
	bool open = false;
	str name = S("Jalon");
	const struct err *e;

	if (!token_hash(r->parts[0], hash))
		return reply_missing(r);
	if ((e = feed_of_token(r->db, &rows, (str){ (char *)hash, sizeof hash })) != NULL)
		return e;
	while (feed_of_token_next(&rows, &row)) {
		open = holder_of(&row, r->today, &v);
		ask.account = row.account_id;
		ask.action = row.action_id == NUMBER_NONE ? 0 : row.action_id;
		ask.only = ask.action == 0 ? row.account_id : 0;
		ask.group = str_dup(r->arena, row.group_name);
		if (row.title.len > 0)
			name = str_dup(r->arena, row.title);
	}
	if ((e = db_done(&rows)) != NULL)
		return e;
	return open ? write_calendar(r, &v, &ask, name) : reply_missing(r);
}
