/* planning sessions, one or many, and changing one */
#include "base/text.h"
#include "daily/enrol.h"
#include "exchange/understand.h"
#include "sql.h"
#include "views.h"
#include "web/agenda_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_sessions];
static const char fields[] = "held_on starts_at minutes kind theme audience group room trainer_account";

/* --- the form --- */

/* "9h", "9 h 30", "14:15": as the field wants it. */
static void
read_hour(struct req *r)
{
	for (size_t i = 0; i < r->form.n; i++) {
		int64_t at;

		if (!str_is(r->form.v[i].name, "starts_at") || r->form.v[i].value.len == 0)
			continue;
		at = hours_read(r->form.v[i].value);
		if (at >= 0 && at < 24 * 60)
			r->form.v[i].value = str_format(r->arena, "%02d:%02d", (int)(at / 60), (int)(at % 60));
	}
}

static const struct err *
read_staff(struct plan_page *p)
{
	struct action_page a = { .req = p->req, .place = p->place };

	p->choices[0].field = "trainer_account";
	return action_staff(&a, p->req->viewer.organisation, &p->choices[0].v, &p->choices[0].n);
}

static void
name_trainer(struct plan_page *p, int64_t before)
{
	struct session *s = &p->session;

	if (s->trainer_account == before)
		return;
	s->trainer = (str){ 0 };
	for (size_t i = 0; i < p->choices[0].n; i++) {
		if (p->choices[0].v[i].key == s->trainer_account)
			s->trainer = p->choices[0].v[i].label;
	}
	if (s->trainer_account == NUMBER_NONE || s->trainer.len > 0)
		return;
	s->trainer_account = before;
	problem_add(&p->faults.sink,
	    &(struct problem){
		.level = PROBLEM_FAULT, .column = S("trainer_account"), .expected = str_of(tr("one of the list")) });
}

static void
begin(struct req *r, struct plan_page *p)
{
	p->req = r;
	p->sight = person_sight(r, RIGHT_PLANNING);
	problems_init(&p->faults, r->arena);
	p->sheaf = (struct sheaf){ .req = r, .entity = kind, .names = fields, .record = &p->session };
	p->sheaf.choices = p->choices;
	p->sheaf.n_choices = 1;
}

static uint64_t
read_form(struct plan_page *p)
{
	int64_t before = p->session.trainer_account;
	uint64_t wrong;

	read_hour(p->req);
	wrong = form_read(p->req, kind, fields, &p->session, &p->faults);
	name_trainer(p, before);
	return wrong;
}

static const struct err *
show(struct plan_page *p)
{
	struct req *r = p->req;
	struct page frame = { .title = str_of(p->id != 0 ? tr("Change a session") : tr("Plan sessions")), .menu = MENU_AGENDA };

	frame.fault = p->faults.sink.faults > 0;
	if (p->stale)
		r->out->status = 409;
	else if (frame.fault)
		r->out->status = 422;
	if (frame.fault)
		p->sheaf.faults = &p->faults;
	page_crumb(&frame, str_of(tr("Agenda")), S("/agenda"));
	if (p->place.action.record.id != 0)
		page_crumb(&frame, p->place.action.title, action_url(r->arena, p->place.action.ref));
	plan_view(page_begin(r, &frame), p);
	return page_end(r);
}

/* --- which action --- */

static const struct err *
offer(struct plan_page *p)
{
	struct req *r = p->req;
	PLAN_LIST(struct action_choice) list = { 0 };
	struct enrol_actions_row row;
	struct db_rows rows;
	const struct err *e = enrol_actions(r->db, &rows, r->viewer.territory, p->sight.organisation);

	if (e != NULL)
		return e;
	while (enrol_actions_next(&rows, &row))
		*PLAN_ADD(r->arena, &list) = (struct action_choice){ str_dup(r->arena, row.ref), str_dup(r->arena, row.title),
			str_dup(r->arena, row.sheet_number), false };
	p->offered = list.v;
	p->n_offered = list.n;
	return db_done(&rows);
}

/* The action of the address or of the form. found false: none was named, or none that is within reach; then e is the answer, or NULL. */
static const struct err *
open_action(struct plan_page *p, str ref, bool *found)
{
	const struct err *e;

	*found = false;
	if (ref.len == 0)
		return NULL;
	if ((e = action_place(&p->sight, ref, &p->place, found)) != NULL || !*found)
		return e;
	if ((e = agenda_zone(&p->sight, &p->zone)) != NULL)
		return e;
	return read_staff(p);
}

const struct err *
session_new(struct req *r)
{
	struct plan_page *p = ARENA_NEW(r->arena, struct plan_page);
	day on = day_parse(req_query(r, "jour"));
	str ref = req_query(r, "action");
	bool found;
	const struct err *e;

	begin(r, p);
	entity_clear(kind, &p->session);
	if ((e = open_action(p, ref, &found)) != NULL)
		return e;
	if (!found && ref.len > 0)
		return reply_missing(r);
	if (!found && (e = offer(p)) != NULL)
		return e;
	p->session.held_on = on == DAY_NONE ? r->today : on;
	p->session.audience = str_is(p->place.action.audience, "actors") ? S("actors") : S("newcomers");
	return show(p);
}

/* --- on which days --- */

static bool
ticked(const struct req *r, day on)
{
	char text[DAY_TEXT];
	str wanted = day_text(on, text);

	for (size_t i = 0; i < r->form.n; i++) {
		if (str_is(r->form.v[i].name, "le") && str_eq(r->form.v[i].value, wanted))
			return true;
	}
	return false;
}

static void
fault(struct plan_page *p, const char *column, const char *expected)
{
	problem_add(
	    &p->faults.sink, &(struct problem){ .level = PROBLEM_FAULT, .column = str_of(column), .expected = str_of(expected) });
}

/* The rule as it was typed, and the days that follow from it; those ticked, once the list was shown. */
static void
read_repeat(struct plan_page *p)
{
	struct req *r = p->req;
	struct reading reading = { .a = r->arena, .today = r->today, .order = DAY_FIRST };
	number every = str_number(req_form(r, "semaines"));
	bool shown = str_is(req_form(r, "liste"), "vue");
	struct understood u;

	p->until = str_trim(req_form(r, "jusque"));
	p->repeat = (struct repeat){ .first = p->session.held_on, .until = p->session.held_on, .zone = p->zone };
	p->repeat.every = every.ok && every.value >= 1 && every.value <= 8 ? (int)every.value : 1;
	for (size_t i = 0; i < r->form.n; i++) {
		number d = str_number(r->form.v[i].value);

		if (str_is(r->form.v[i].name, "jours") && d.ok && d.value >= 0 && d.value < 7)
			p->repeat.days |= 1u << d.value;
	}
	if (p->session.held_on == DAY_NONE)
		return;
	if (p->until.len > 0) {
		u = understand_date(&reading, p->until);
		p->repeat.until = u.sense == SENSE_CERTAIN ? day_parse(u.value) : DAY_NONE;
		if (p->repeat.until == DAY_NONE || p->repeat.until < p->session.held_on) {
			fault(p, "repeat", tr("a day after the first one, such as 30/6/2024"));
			p->repeat.until = p->session.held_on;
		}
	} else {
		p->repeat.days = 0;
	}
	p->n_days = repeat_days(&p->repeat, p->days, &p->more);
	for (size_t i = 0; i < p->n_days; i++) {
		p->ticked[i] = shown ? ticked(r, p->days[i].on) : !p->days[i].out;
		p->unknown |= !school_known(p->zone, p->days[i].on);
	}
}

static const struct err *
write_all(struct plan_page *p)
{
	struct req *r = p->req;
	day chosen[REPEAT_MOST];
	char first[DAY_TEXT];
	size_t n = 0;
	struct save s;
	const struct err *e;

	for (size_t i = 0; i < p->n_days; i++) {
		if (p->ticked[i])
			chosen[n++] = p->days[i].on;
	}
	if ((e = req_begin(r, &s, "session planned")) == NULL)
		e = req_end(r, &s, sessions_plan(&s, &p->sight, &p->session, chosen, n));
	if (e != NULL)
		return e;
	if (n == 1) {
		str key = key_short(r->arena, p->session.record.id);

		return reply_see(r, "/seances/%.*s?fait=prevue", STR_ARG(key));
	}
	return reply_see(r, "/agenda?vue=mois&jour=%s&action=%.*s", day_text(chosen[0], first).s, STR_ARG(p->place.action.ref));
}

/* One ordinary day is planned at once; several, or a day that is a holiday, are shown before. */
const struct err *
session_plan(struct req *r)
{
	struct plan_page *p = ARENA_NEW(r->arena, struct plan_page);
	size_t chosen = 0;
	uint64_t wrong;
	bool found, shown = str_is(req_form(r, "liste"), "vue");
	const struct err *e;

	begin(r, p);
	entity_clear(kind, &p->session);
	if ((e = open_action(p, req_form(r, "action"), &found)) != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	wrong = read_form(p);
	p->session.action = p->place.action.record.id;
	p->session.state = S("planned");
	read_repeat(p);
	p->session.ref = S("s-new"); /* made when it is written */
	entity_check(kind, &p->session, wrong, 0, &p->faults.sink, (str){ 0 }, 0);
	for (size_t i = 0; i < p->n_days; i++)
		chosen += p->ticked[i];
	if (p->faults.sink.faults == 0 && shown && chosen == 0)
		fault(p, "repeat", tr("one day at least, ticked"));
	p->listed = shown || p->n_days > 1 || (p->n_days == 1 && p->days[0].holiday != NULL);
	if (p->n_days == 0 && p->faults.sink.faults == 0)
		fault(p, "repeat", tr("days of the week on which the action meets before that day"));
	if (p->faults.sink.faults > 0 || (p->listed && !str_is(req_form(r, "etape"), "prevoir")) || !(shown || !p->listed))
		return show(p);
	return write_all(p);
}

/* --- one that is there --- */

static const struct err *
open_session(struct req *r, struct plan_page *p, bool *found)
{
	int64_t key = key_long(r->parts[0]);
	const struct err *e;

	begin(r, p);
	*found = false;
	if (key <= 0)
		return NULL;
	if ((e = session_open(&p->sight, key, &p->session, &p->place, found)) != NULL || !*found)
		return e;
	*found = !r->viewer.looking;
	p->id = key;
	p->version = p->session.record.version;
	p->stored = p->session;
	return read_staff(p);
}

const struct err *
session_edit(struct req *r)
{
	struct plan_page *p = ARENA_NEW(r->arena, struct plan_page);
	bool found;
	const struct err *e = open_session(r, p, &found);

	return e != NULL ? e : found ? show(p) : reply_missing(r);
}

const struct err *
session_change(struct req *r)
{
	struct plan_page *p = ARENA_NEW(r->arena, struct plan_page);
	uint64_t wrong;
	bool found;
	struct save s;
	const struct err *e = open_session(r, p, &found);

	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	wrong = read_form(p);
	entity_check(kind, &p->session, wrong, 0, &p->faults.sink, (str){ 0 }, 0);
	p->session.record.version = person_version_typed(r);
	p->stale = p->session.record.version != p->version;
	if (p->stale || p->faults.sink.faults > 0)
		return show(p);
	if ((e = req_begin(r, &s, "session changed")) == NULL)
		e = req_end(r, &s, entity_save(&s, kind, &p->session, &p->stored));
	return e != NULL ? e : reply_see(r, "/seances/%.*s?fait=modifiee", STR_ARG(r->parts[0]));
}
