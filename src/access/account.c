#include "access/account.h"

#include <string.h>

#include "access/trail.h"
#include "base/moment.h"
#include "base/text.h"
#include "sql.h"

str
email_folded(struct arena *a, str typed)
{
	str s = str_dup(a, str_trim(typed));
	char *p = (char *)(uintptr_t)s.s;

	for (size_t i = 0; i < s.len; i++) {
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	}
	return s;
}

bool
account_active(str state, day expires_on, int64_t now_ms)
{
	return str_is(state, "active") && (expires_on == DAY_NONE || moment_day(now_ms) <= expires_on);
}

static int64_t
or_none(int64_t link)
{
	return link == NUMBER_NONE ? 0 : link;
}

static void
holder_fill(struct arena *a, const struct holder_of_email_row *row, int64_t now_ms, struct holder *to)
{
	int role = role_named(row->role);

	to->territory = row->territory;
	to->account = row->id;
	to->email = str_dup(a, row->email);
	to->name = str_dup(a, row->name);
	to->language = str_dup(a, row->language);
	to->hash = str_dup(a, row->hash);
	to->role = (enum role)role;
	to->organisation = or_none(row->organisation);
	to->person = or_none(row->person);
	to->active = role >= 0 && account_active(row->state, row->expires_on, now_ms);
	to->second = row->factor != NUMBER_NONE;
}

const struct err *
holder_by_email(struct db *db, struct arena *a, str email, int64_t now_ms, struct holder *to)
{
	struct holder_of_email_row row;
	struct db_rows rows;

	*to = (struct holder){ 0 };
	(void)holder_of_email(db, &rows, email);
	while (holder_of_email_next(&rows, &row))
		holder_fill(a, &row, now_ms, to);
	return db_done(&rows);
}

const struct err *
holder_by_id(struct db *db, struct arena *a, int64_t territory, int64_t account, int64_t now_ms, struct holder *to)
{
	struct email_of_account_row row;
	struct db_rows rows;
	str email = { 0 };
	const struct err *e;

	*to = (struct holder){ 0 };
	(void)email_of_account(db, &rows, territory, account);
	while (email_of_account_next(&rows, &row))
		email = str_dup(a, row.email);
	e = db_done(&rows);
	return e != NULL || email.s == NULL ? e : holder_by_email(db, a, email, now_ms, to);
}

/* ---- writing ---- */

static void
fault(struct problem_sink *sink, const char *column, const char *expected)
{
	problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT, .column = str_of(column), .expected = str_of(expected) });
}

static const struct err *
check_email(struct save *s, const struct account *account, int64_t own, struct problem_sink *sink)
{
	struct email_taken_row row;
	struct db_rows rows;
	bool taken = false;

	(void)email_taken(s->db, &rows, account->email);
	while (email_taken_next(&rows, &row))
		taken |= row.territory != s->territory || row.id != own;
	if (taken)
		fault(sink, "email", tr("an e-mail that no other account has"));
	return db_done(&rows);
}

static bool
runs_accounts(const struct account *account)
{
	return account != NULL && str_is(account->role, "administrator") && str_is(account->state, "active");
}

/* Somebody must be able to let the others in again. */
static const struct err *
check_last(struct save *s, const struct account *account, const struct account *old, struct problem_sink *sink)
{
	struct administrators_left_row row = { 0 };
	struct db_rows rows;

	if (!runs_accounts(old) || runs_accounts(account))
		return NULL;
	(void)administrators_left(s->db, &rows, s->territory, old->record.id);
	while (administrators_left_next(&rows, &row))
		;
	if (row.count == 0)
		fault(sink, str_is(account->state, "active") ? "role" : "state",
		    tr("another administrator first: this account is the last one"));
	return db_done(&rows);
}

static const struct err *
end_logins(struct save *s, const struct account *account)
{
	const struct err *e = logins_drop_others(s->db, s->territory, account->record.id, 0);

	if (e == NULL)
		e = invitations_drop(s->db, s->territory, account->record.id);
	return e == NULL ? trail_add(&s->journal, "logins", 0, account->record.id, JOURNAL_DELETE, S("*")) : e;
}

const struct err *
account_save(
    struct save *s, struct arena *a, struct account *account, const struct account *old, struct problem_sink *sink, bool *written)
{
	const struct entity *e = &entities[ENTITY_accounts];
	const struct err *err;
	size_t before = sink->faults;

	*written = false;
	account->email = email_folded(a, account->email);
	entity_check(e, account, 0, 0, sink, (str){ 0 }, 0);
	err = check_email(s, account, old == NULL ? 0 : old->record.id, sink);
	if (err == NULL)
		err = check_last(s, account, old, sink);
	if (err != NULL || sink->faults > before)
		return err;
	if ((err = entity_save(s, e, account, old)) != NULL)
		return err;
	*written = true;
	if (old == NULL || (str_is(account->state, "active") && str_eq(account->email, old->email)))
		return NULL;
	return end_logins(s, account);
}

bool
account_may_give(const struct viewer *v, enum role role, int64_t organisation)
{
	switch (viewer_reach(v, RIGHT_ACCOUNTS)) {
	case REACH_ALL:
		return true;
	case REACH_OWN:
		return (role == ROLE_manager || role == ROLE_worker) && organisation == v->organisation && organisation != 0;
	case REACH_NO:
		break;
	}
	return false;
}

/* ---- the list ---- */

static struct account_line
line_of(struct arena *a, const struct accounts_of_row *row, bool people)
{
	int role = role_named(row->role);
	bool named = role != ROLE_beneficiary || people;

	return (struct account_line){ .id = row->id,
		.email = named ? str_dup(a, row->email) : (str){ 0 },
		.name = named ? str_dup(a, row->name) : (str){ 0 },
		.role = (enum role)role,
		.organisation = or_none(row->organisation),
		.organisation_name = str_dup(a, row->organisation_name),
		.person = or_none(row->person),
		.ended = !str_is(row->state, "active"),
		.expires_on = row->expires_on,
		.password = row->has_password == 1,
		.factor = row->has_factor == 1,
		.invited_until_ms = or_none(row->invited_ms),
		.seen_ms = or_none(row->seen_ms) };
}

const struct err *
accounts_list(struct db *db, struct arena *a, const struct viewer *v, struct account_line **list, size_t *n)
{
	int64_t limit = viewer_limit(v, RIGHT_ACCOUNTS);
	bool people = viewer_reads(v, SENS_IDENTIFYING);
	struct accounts_of_row row;
	struct db_rows rows;
	size_t cap = 0;

	*list = NULL;
	*n = 0;
	(void)accounts_of(db, &rows, v->territory, limit == 0 ? NUMBER_NONE : limit);
	while (accounts_of_next(&rows, &row)) {
		if (role_named(row.role) < 0) /* of a later program: jalon check tells it */
			continue;
		if (*n == cap) {
			struct account_line *more = ARENA_ARRAY(a, cap = cap == 0 ? 16 : cap * 2, struct account_line);

			if (*n > 0)
				memcpy(more, *list, *n * sizeof *more);
			*list = more;
		}
		(*list)[(*n)++] = line_of(a, &row, people);
	}
	return db_done(&rows);
}
