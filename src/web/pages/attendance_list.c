/* the sheets of today, and those that are missing; a blank sheet for paper */
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/attendance_page.h"
#include "web/route.h"

enum { LATE_PAGE = 50, LATE_DAYS = 5 * 366, TODAY_MOST = 200 };

static const struct err *
read_today(struct attendance_list *l, int64_t organisation)
{
	struct req *r = l->req;
	struct attendance_on_row row;
	struct db_rows rows;
	const struct err *e = attendance_on(r->db, &rows, r->viewer.territory, r->today, organisation);

	l->today = ARENA_ARRAY(r->arena, TODAY_MOST, struct late_sheet);
	if (e != NULL)
		return e;
	while (attendance_on_next(&rows, &row)) {
		if (l->today_n == TODAY_MOST)
			continue;
		l->today[l->today_n++] = (struct late_sheet){ .key = key_short(r->arena, row.id),
			.title = str_dup(r->arena, row.title),
			.operator_name = str_dup(r->arena, row.operator_name),
			.words = str_dup(r->arena, session_words(r->arena, row.starts_at, row.kind, row.group_name)),
			.on = r->today,
			.minutes = row.minutes,
			.filled = row.filled == 1,
			.closed = row.closed_at.len > 0 };
	}
	return db_done(&rows);
}

static const struct err *
read_late(struct attendance_list *l, int64_t organisation)
{
	struct req *r = l->req;
	struct attendance_late_row row;
	struct db_rows rows;
	day from = day_parse(req_query(r, "avant"));
	int64_t before = key_long(req_query(r, "seance"));
	const struct err *e;
	char text[DAY_TEXT];

	if (from == DAY_NONE || before <= 0) {
		from = r->today;
		before = 0;
	}
	l->late = ARENA_ARRAY(r->arena, LATE_PAGE, struct late_sheet);
	e = attendance_late(r->db, &rows, r->viewer.territory, r->today - LATE_DAYS, r->today, organisation, l->action, from,
	    before, LATE_PAGE + 1);
	if (e != NULL)
		return e;
	while (attendance_late_next(&rows, &row)) {
		if (l->late_n == LATE_PAGE) {
			const struct late_sheet *last = &l->late[LATE_PAGE - 1];

			l->more = str_format(r->arena, "/emargements?avant=%s&seance=%.*s%s%.*s",
			    str_z(r->arena, day_text(last->on, text)), STR_ARG(last->key), l->action.len > 0 ? "&action=" : "",
			    STR_ARG(l->action));
			continue;
		}
		l->late[l->late_n++] = (struct late_sheet){ .key = key_short(r->arena, row.id),
			.title = str_dup(r->arena, row.title),
			.operator_name = str_dup(r->arena, row.operator_name),
			.words = str_dup(r->arena, session_words(r->arena, row.starts_at, row.kind, row.group_name)),
			.on = row.held_on,
			.minutes = row.minutes,
			.filled = row.filled == 1 };
	}
	return db_done(&rows);
}

const struct err *
attendance_list_page(struct req *r)
{
	struct attendance_list l = { .req = r, .action = req_query(r, "action") };
	struct page frame = { .title = str_of(tr("Attendance sheets")), .menu = MENU_HOME };
	int64_t organisation = viewer_limit(&r->viewer, RIGHT_ATTENDANCE);
	struct action action;
	bool found = true;
	const struct err *e = NULL;

	l.all = organisation == 0;
	if (l.action.len > 0)
		e = entity_by_ref(r->db, r->viewer.territory, &entities[ENTITY_actions], l.action, r->arena, &action, &found);
	if (e == NULL && !found)
		return reply_missing(r);
	if (e == NULL)
		e = read_today(&l, organisation);
	if (e == NULL)
		e = read_late(&l, organisation);
	if (e != NULL)
		return e;
	attendance_list_view(page_begin(r, &frame), &l);
	return page_end(r);
}

/* --- on paper --- */

/* Whole names leave the screen: the journal says who printed which sheet. */
static const struct err *
note_print(struct req *r)
{
	struct save s;
	const struct err *e = req_begin(r, &s, "sheet printed");

	if (e != NULL)
		return e;
	e = journal_add(&s.journal,
	    &(struct journal_row){
		.entity = "sessions", .record = r->after_key, .action = JOURNAL_READ, .fields = S("print"), .content = S("") });
	return req_end(r, &s, e);
}

const struct err *
attendance_print(struct req *r)
{
	struct attendance_page p;
	struct page frame = { .title = str_of(tr("Sheet to print")), .menu = MENU_HOME };
	const struct err *e = attendance_open(r, &p);

	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("Attendance sheets")), S("/emargements"));
	page_crumb(&frame, str_of(tr("Attendance sheet")), str_format(r->arena, "/seances/%.*s/emargement", STR_ARG(p.key)));
	p.printed_ms = r->in->now_ms;
	if (!r->viewer.looking) {
		r->after = note_print;
		r->after_key = p.sheet.session.record.id;
	}
	attendance_print_view(page_begin(r, &frame), &p);
	return page_end(r);
}
