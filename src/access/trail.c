#include "access/trail.h"

#include <inttypes.h>

#include "base/moment.h"

str
trail_actor(struct arena *a, int64_t account)
{
	return str_format(a, "account %" PRId64, account);
}

int64_t
trail_account(str actor)
{
	const str before = S("account ");
	number n;

	if (!str_starts(actor, before))
		return 0;
	n = str_number((str){ actor.s + before.len, actor.len - before.len });
	return n.ok && n.value > 0 ? n.value : 0;
}

const struct err *
trail_open(
    struct db *db, struct arena *a, int64_t territory, int64_t account, const char *cause, int64_t now_ms, struct journal *j)
{
	const struct change change = { .territory = territory,
		.at = moment_text(a, now_ms),
		.actor = account == 0 ? S("nobody") : trail_actor(a, account),
		.cause = str_of(cause) };

	return journal_open(db, &change, j);
}

const struct err *
trail_add(struct journal *j, const char *what, int64_t record, int64_t part, enum journal_action action, str fields)
{
	return journal_add(j, &(struct journal_row){ .entity = what,
				  .record = record,
				  .part = part,
				  .action = action,
				  .version = 0,
				  .fields = fields,
				  .content = S("") });
}
