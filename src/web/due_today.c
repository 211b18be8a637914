/* due_today.c - the sessions of today: each line opens its sheet */
#include "base/text.h"
#include "sql.h"
#include "web/attendance_page.h"
#include "web/due.h"

enum { MOST = 100 };

/* The action, and whose it is where the viewer sees several operators'. */
static str
where(const struct due_list *to, const struct attendance_on_row *row, bool all)
{
	str words = session_words(to->arena, row->starts_at, row->kind, row->group_name);

	if (!all || row->operator_name.len == 0)
		return str_dup(to->arena, words);
	return due_text(to, "%.*s · %.*s", STR_ARG(words), STR_ARG(row->operator_name));
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
		due_add(to, &(struct due){ .object = str_dup(to->arena, row.title),
				.detail = where(to, &row, organisation == 0),
				.on = to->today,
				.first = true,
				.act = row.filled == 1 ? tr("Close the sheet") : tr("Take attendance"),
				.url = due_text(to, "/seances/%.*s/emargement", STR_ARG(key)) });
	}
	return db_done(&rows);
}
