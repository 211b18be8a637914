/* the agenda: days, weeks and months of sessions */
#include "base/moment.h"
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/agenda_page.h"
#include "web/route.h"

const char *const agenda_view_words[AGENDA_VIEWS] = { "jour", "semaine", "mois" };
static const char *const parameters[] = { "vue", "jour", "action", "groupe", "anime" };

str
agenda_url(const struct agenda_page *p, const char *name, str value)
{
	struct buf b = { 0 };

	buf_add(&b, S("/agenda?"));
	for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
		str given = req_query(p->req, parameters[i]);

		if (given.len > 0 && (name == NULL || !str_is(str_of(name), parameters[i])))
			query_add(&b, str_of(parameters[i]), given);
	}
	if (name != NULL && value.len > 0)
		query_add(&b, str_of(name), value);
	return buf_kept(&b, p->req->arena);
}

str
agenda_day_url(const struct agenda_page *p, enum agenda_view view, day on)
{
	struct buf b = { 0 };
	char text[DAY_TEXT];

	buf_add(&b, S("/agenda?"));
	query_add(&b, S("vue"), str_of(agenda_view_words[view]));
	query_add(&b, S("jour"), day_text(on, text));
	for (size_t i = 2; i < sizeof parameters / sizeof *parameters; i++) {
		str given = req_query(p->req, parameters[i]);

		if (given.len > 0)
			query_add(&b, str_of(parameters[i]), given);
	}
	return buf_kept(&b, p->req->arena);
}

const char *
holiday_words(struct arena *a, enum school_zone zone, day d)
{
	const char *name = public_holiday_name(d);

	if (name != NULL)
		return str_format(a, tr("public holiday: %s"), tr(name)).s;
	name = school_holiday_name(zone, d);
	return name == NULL ? NULL : str_format(a, tr("%s, zone %s"), tr(name), zone_names[zone]).s;
}

static void
read_view(struct agenda_page *p)
{
	int y, m, dom;

	p->view = AGENDA_WEEK;
	for (int i = 0; i < AGENDA_VIEWS; i++) {
		if (str_is(req_query(p->req, "vue"), agenda_view_words[i]))
			p->view = (enum agenda_view)i;
	}
	p->on = day_parse(req_query(p->req, "jour"));
	if (p->on == DAY_NONE)
		p->on = p->req->today;
	p->from = p->until = p->on;
	if (p->view == AGENDA_WEEK) {
		p->from = monday_of(p->on);
		p->until = p->from + 6;
	} else if (p->view == AGENDA_MONTH) {
		day_split(p->on, &y, &m, &dom);
		p->from = day_of(y, m, 1);
		p->until = day_add_months(p->from, 1) - 1;
	}
}

static const struct err *
offer(struct agenda_page *p)
{
	struct req *r = p->req;
	PLAN_LIST(struct choice) actions = { 0 }, trainers = { 0 };
	str asked = req_query(r, "action"); /* its ref (from its page), or the key of the list */
	struct enrol_actions_row row;
	struct agenda_trainers_row trainer;
	struct db_rows rows;
	const struct err *e = enrol_actions(r->db, &rows, r->viewer.territory, p->sight.organisation);

	if (e != NULL)
		return e;
	while (enrol_actions_next(&rows, &row)) {
		*PLAN_ADD(r->arena, &actions) =
		    (struct choice){ row.id, str_format(r->arena, "%.*s %.*s", STR_ARG(row.sheet_number), STR_ARG(row.title)) };
		if (str_eq(row.ref, asked) || row.id == key_long(asked)) {
			p->action = row.id;
			p->action_ref = str_dup(r->arena, row.ref);
		}
	}
	if ((e = db_done(&rows)) != NULL ||
	    (e = agenda_trainers(r->db, &rows, r->viewer.territory, p->sight.organisation)) != NULL)
		return e;
	while (agenda_trainers_next(&rows, &trainer))
		*PLAN_ADD(r->arena, &trainers) = (struct choice){ trainer.id, str_dup(r->arena, trainer.name) };
	p->actions = actions.v;
	p->n_actions = actions.n;
	p->trainers = trainers.v;
	p->n_trainers = trainers.n;
	return db_done(&rows);
}

const struct err *
agenda_page(struct req *r)
{
	struct agenda_page p = { .req = r, .sight = person_sight(r, RIGHT_AGENDA) };
	struct page frame = { .title = str_of(tr("Agenda")), .menu = MENU_AGENDA, .own_heading = true };
	struct agenda_ask ask;
	const struct err *e;

	read_view(&p);
	p.trainer = key_long(req_query(r, "anime"));
	p.group = req_query(r, "groupe");
	if ((e = offer(&p)) != NULL || (e = agenda_zone(&p.sight, &p.zone)) != NULL)
		return e;
	ask = (struct agenda_ask){ .from = p.from,
		.until = p.until,
		.action = p.action,
		.account = r->viewer.account,
		.only = p.trainer,
		.group = p.group };
	if ((e = agenda_read(&p.sight, &ask, &p.v, &p.n)) == NULL)
		e = agenda_beside(&p.sight, p.on, &p.before, &p.after);
	if (e != NULL)
		return e;
	p.plans = viewer_may(&r->viewer, RIGHT_PLANNING) && !r->viewer.looking;
	agenda_view(page_begin(r, &frame), &p);
	return page_end(r);
}
