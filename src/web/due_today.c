/* due_today.c - the sessions of today: each line opens its sheet */
#include "base/text.h"
#include "sql.h"
#include "web/due.h"

enum { MOST = 100 };

/* "Attendance at 8:45": the earliest stands first. */
static str
what(const struct due_list *to, const struct attendance_on_row *row)
{
	if (row->starts_at.len != 5)
		return str_of(tr("Attendance of today"));
	return due_text(to, tr("Attendance at %.2s:%.2s"), row->starts_at.s, row->starts_at.s + 3);
}

/* The action and the group, and whose it is where the viewer sees several operators'. */
static str
where(const struct due_list *to, const struct attendance_on_row *row, bool all)
{
	const bool named = all && row->operator_name.len > 0;

	return due_text(to, "%.*s%s%.*s%s%.*s", STR_ARG(row->title), row->group_name.len > 0 ? " · " : "",
	    STR_ARG(row->group_name), named ? " · " : "", named ? (int)row->operator_name.len : 0,
	    named ? row->operator_name.s : "");
}

const struct err *
due_today(struct due_list *to, const struct due_ask *ask)
{
	const struct viewer *v = &ask->req->viewer;
	int64_t organisation = viewer_limit(v, RIGHT_ATTENDANCE);
	struct attendance_on_row row;
	struct db_rows rows;
	size_t n = 0;
	const struct err *e = attendance_on(ask->req->db, &rows, v->territory, to->today, organisation);

	if (e != NULL)
		return e;
	while (attendance_on_next(&rows, &row)) {
		str key = key_short(to->arena, row.id);

		if (row.closed_at.len > 0 || (row.filled == 1 && str_is(row.state, "held")) || n++ >= MOST)
			continue;
		due_add(to, &(struct due){ .object = what(to, &row),
				.detail = where(to, &row, organisation == 0),
				.on = to->today,
				.first = true,
				.act = row.filled == 1 ? tr("Close the sheet") : tr("Take attendance"),
				.url = due_text(to, "/seances/%.*s/emargement", STR_ARG(key)) });
	}
	return db_done(&rows);
}
