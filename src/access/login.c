/* login.c - who is asking, and the list of one's own sign-ins; getting in is login_try.c */
#include "access/login.h"

#include <string.h>

#include "access/account.h"
#include "access/code.h"
#include "access/form_token.h"
#include "access/limits.h"
#include "access/trail.h"
#include "sql.h"

static int64_t
or_none(int64_t link)
{
	return link == NUMBER_NONE ? 0 : link;
}

static void
viewer_fill(struct arena *a, const struct login_of_token_row *row, str token, int64_t now_ms, struct viewer *v)
{
	*v = (struct viewer){ .territory = row->territory,
		.account = row->account,
		.login = row->id,
		.organisation = or_none(row->organisation),
		.person = or_none(row->person),
		.role = (enum role)role_named(row->role),
		.name = str_dup(a, row->name),
		.organisation_name = str_dup(a, row->organisation_name),
		.city = str_dup(a, row->city),
		.language = str_dup(a, row->language),
		.form_token = form_token_of(a, token),
		.second_step = row->step == 1,
		.note_due = now_ms - row->seen_ms >= NOTED_EVERY_MS };
}

static bool
lasts(const struct login_of_token_row *row, int64_t now_ms)
{
	int role = role_named(row->role);
	struct limits limits = limits_of((enum role)role, row->step == 1);

	return role >= 0 && row->ended_ms == NUMBER_NONE && account_active(row->state, row->expires_on, now_ms) &&
	       limits_hold(&limits, row->made_ms, row->seen_ms, now_ms);
}

/* Written down, so that a clock set back does not revive it. Another writer may keep us from it: then it is for the next time. */
static void
expire(struct db *db, int64_t territory, int64_t login, int64_t now_ms)
{
	bool begun;

	if (db_begin_write_now(db, &begun) == NULL && begun)
		(void)db_end(db, login_expired(db, territory, login, now_ms));
}

const struct err *
login_find(struct db *db, struct arena *a, str token, int64_t now_ms, struct viewer *v, bool *found)
{
	unsigned char hash[TOKEN_HASH];
	struct login_of_token_row row;
	struct db_rows rows;
	int64_t territory = 0, over = 0;
	const struct err *e;

	*found = false;
	*v = (struct viewer){ 0 };
	if (!token_hash(token, hash))
		return NULL;
	(void)login_of_token(db, &rows, (str){ (char *)hash, sizeof hash });
	while (login_of_token_next(&rows, &row)) {
		*found = lasts(&row, now_ms);
		if (*found)
			viewer_fill(a, &row, token, now_ms, v);
		else if (row.ended_ms == NUMBER_NONE)
			territory = row.territory, over = row.id;
	}
	if ((e = db_done(&rows)) == NULL && over != 0)
		expire(db, territory, over, now_ms);
	return e;
}

const struct err *
login_note(struct db *db, const struct viewer *v, int64_t now_ms)
{
	const struct err *e;
	bool begun;

	if (!v->note_due)
		return NULL;
	e = db_begin_write_now(db, &begun);
	return e == NULL && begun ? db_end(db, login_seen_at(db, v->territory, v->login, now_ms)) : e;
}

const struct err *
login_list(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms, struct login_line **list, size_t *n)
{
	struct limits limits = limits_of(v->looking ? v->really : v->role, false);
	struct logins_of_row row;
	struct db_rows rows;
	size_t cap = 0;

	*list = NULL;
	*n = 0;
	(void)logins_of(db, &rows, v->territory, v->account);
	while (logins_of_next(&rows, &row)) {
		if (!limits_hold(&limits, row.made_ms, row.seen_ms, now_ms))
			continue;
		if (*n == cap) {
			struct login_line *more = ARENA_ARRAY(a, cap = cap == 0 ? 8 : cap * 2, struct login_line);

			if (*n > 0)
				memcpy(more, *list, *n * sizeof *more);
			*list = more;
		}
		(*list)[(*n)++] =
		    (struct login_line){ row.id, row.made_ms, row.seen_ms, str_dup(a, row.agent), row.id == v->login };
	}
	return db_done(&rows);
}

/* One of them, or all but one (login negative: the one that stays). */
static const struct err *
end(struct db *db, struct arena *a, const struct viewer *v, int64_t login, const char *cause, int64_t now_ms)
{
	struct journal j;
	const struct err *e = db_begin_write(db);

	if (e != NULL)
		return e;
	e = login < 0 ? logins_drop_others(db, v->territory, v->account, -login)
		      : login_drop(db, v->territory, v->account, login);
	if (e == NULL)
		e = trail_open(db, a, v->territory, v->account, cause, now_ms, &j);
	if (e == NULL)
		e = trail_add(&j, "logins", login < 0 ? 0 : login, v->account, JOURNAL_DELETE, S("*"));
	return db_end(db, e);
}

const struct err *
login_end(struct db *db, struct arena *a, const struct viewer *v, int64_t login, int64_t now_ms)
{
	return end(db, a, v, login < 0 ? 0 : login, "end of a sign-in", now_ms);
}

const struct err *
login_end_others(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms)
{
	return end(db, a, v, -v->login, "end of the other sign-ins", now_ms);
}

const struct err *
login_sign_out(struct db *db, struct arena *a, const struct viewer *v, int64_t now_ms)
{
	return end(db, a, v, v->login, "sign-out", now_ms);
}
