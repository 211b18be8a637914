/* due_access.c - accounts that end, invitations that nobody used, contacts that nobody has checked */
#include "access/account.h"
#include "base/text.h"
#include "sql.h"
#include "web/due.h"

/* Read once: both sources of this file look at the same accounts. */
static const struct err *
accounts_of_viewer(const struct due_ask *ask, struct account_line **v, size_t *n)
{
	return accounts_list(ask->req->db, ask->req->arena, &ask->req->viewer, v, n);
}

enum { EXPIRES_AHEAD = 30 };

const struct err *
due_accounts(struct due_list *to, const struct due_ask *ask)
{
	struct account_line *v;
	size_t n, expiring = 0;
	day first = DAY_NONE;
	const struct err *e = accounts_of_viewer(ask, &v, &n);

	for (size_t i = 0; e == NULL && i < n; i++) {
		if (v[i].ended || v[i].expires_on == DAY_NONE)
			continue;
		if (v[i].expires_on > to->today + EXPIRES_AHEAD) {
			due_later(to, v[i].expires_on, str_of(tr("the end of an access")));
			continue;
		}
		expiring++;
		if (first == DAY_NONE || v[i].expires_on < first)
			first = v[i].expires_on;
	}
	if (expiring > 0)
		due_add(to, &(struct due){ .object = due_text(to,
					       tr_n("%zu access to prolong or to end", "%zu accesses to prolong or to end",
						   (unsigned long)expiring),
					       expiring),
				.on = first,
				.act = tr("See the accesses"),
				.url = S("/acces") });
	return e;
}

const struct err *
due_invitations(struct due_list *to, const struct due_ask *ask)
{
	struct account_line *v;
	size_t n, unused = 0;
	const struct err *e = accounts_of_viewer(ask, &v, &n);

	for (size_t i = 0; e == NULL && i < n; i++)
		unused += !v[i].ended && !v[i].password && v[i].invited_until_ms < ask->req->in->now_ms;
	if (unused > 0)
		due_add(to, &(struct due){ .object = due_text(to,
					       tr_n("%zu account that nobody can open yet",
						   "%zu accounts that nobody can open yet", (unsigned long)unused),
					       unused),
				.detail = str_of(tr("No invitation is running: give a new code.")),
				.on = DAY_NONE,
				.state = tr("waiting"),
				.act = tr("See the accesses"),
				.url = S("/acces?etat=sans-code") });
	return e;
}

enum { CHECK_MONTHS = -12 };

const struct err *
due_contacts(struct due_list *to, const struct due_ask *ask)
{
	const struct viewer *v = &ask->req->viewer;
	int64_t limit = viewer_limit(v, RIGHT_PARTNERS_WRITE);
	char before[DAY_TEXT];
	struct due_contacts_old_row row = { 0 };
	struct db_rows rows;
	const struct err *e;

	(void)due_contacts_old(ask->req->db, &rows, v->territory, limit == 0 ? NUMBER_NONE : limit,
	    day_text(day_add_months(to->today, CHECK_MONTHS), before));
	while (due_contacts_old_next(&rows, &row))
		;
	if ((e = db_done(&rows)) != NULL || row.count == 0)
		return e;
	due_add(to, &(struct due){ .object = due_text(to,
				       tr_n("%lld contact not checked for a year", "%lld contacts not checked for a year",
					   (unsigned long)row.count),
				       (long long)row.count),
			.detail = str_of(tr("Does this person still answer there?")),
			.on = row.checked < row.count ? DAY_NONE : day_add_months(row.first, 12),
			.state = row.checked < row.count ? tr("never checked") : NULL,
			.act = tr("Check the directory"),
			.url = S("/partenaires") });
	return NULL;
}
