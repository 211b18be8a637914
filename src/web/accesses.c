#include "web/accesses.h"

#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "sql.h"

enum { SOON = 30 };

const char *const access_words[ACCESS_STATES] = { "actif", "invite", "sans-code", "bientot", "expire", "ferme" };

enum access_state
access_state_of(const struct account_line *l, int64_t now_ms)
{
	const day today = moment_day(now_ms);

	if (l->ended)
		return ACCESS_ENDED;
	if (l->expires_on != DAY_NONE && l->expires_on < today)
		return ACCESS_EXPIRED;
	if (!l->password)
		return l->invited_until_ms > now_ms ? ACCESS_INVITED : ACCESS_WAITING;
	return l->expires_on != DAY_NONE && l->expires_on <= today + SOON ? ACCESS_ENDING : ACCESS_ACTIVE;
}

const char *
access_label(enum access_state s)
{
	switch (s) {
	case ACCESS_ACTIVE:
		return tr("active");
	case ACCESS_INVITED:
		return tr("invited");
	case ACCESS_WAITING:
		return tr("no code is running");
	case ACCESS_ENDING:
		return tr("ends soon");
	case ACCESS_EXPIRED:
		return tr("expired");
	case ACCESS_ENDED:
	case ACCESS_STATES:
		break;
	}
	return tr("ended");
}

enum flag
access_flag(enum access_state s)
{
	static const enum flag flags[ACCESS_STATES] = { FLAG_GOOD, FLAG_INFO, FLAG_WARN, FLAG_WARN, FLAG_BAD, FLAG_PLAIN };

	return flags[s];
}

str
access_name(struct arena *a, const struct account_line *l)
{
	str key;

	if (l->name.len > 0)
		return l->name;
	key = key_short(a, l->id);
	return str_format(a, tr("Beneficiary, access %.*s"), STR_ARG(key));
}

str
access_url(struct arena *a, int64_t account, const char *rest)
{
	str key = key_short(a, account);

	return str_format(a, "/acces/%.*s%s", STR_ARG(key), rest);
}

/* One part of the query, unless it asks for nothing. */
static void
part(struct buf *to, const char *name, str value, const char *other, str instead)
{
	if (other != NULL && strcmp(name, other) == 0)
		value = instead;
	if (value.len > 0)
		query_add(to, str_of(name), value);
}

str
accesses_url(const struct accesses_page *p, const char *name, str value)
{
	struct arena *a = p->req->arena;
	struct buf to = { 0 };
	str url;

	buf_add(&to, S("/acces?"));
	part(&to, "q", p->q, name, value);
	part(&to, "role", p->role < 0 ? (str){ 0 } : str_of(role_names[p->role]), name, value);
	part(&to, "organisme", p->organisation == 0 ? (str){ 0 } : key_short(a, p->organisation), name, value);
	part(&to, "etat", p->state < 0 ? (str){ 0 } : str_of(access_words[p->state]), name, value);
	part(&to, "page", (str){ 0 }, name, value);
	url = str_dup(a, buf_str(&to));
	buf_release(&to);
	return url.s[url.len - 1] == '?' ? S("/acces") : url;
}

const struct err *
access_organisations(struct req *r, const struct choice **v, size_t *n)
{
	const int64_t limit = viewer_limit(&r->viewer, RIGHT_ACCOUNTS);
	struct organisations_named_row row;
	struct db_rows rows;
	size_t cap = 0;
	struct choice *list = NULL;

	*n = 0;
	(void)organisations_named(r->db, &rows, r->viewer.territory);
	while (organisations_named_next(&rows, &row)) {
		if (limit != 0 && row.id != limit)
			continue;
		if (*n == cap) {
			struct choice *more = ARENA_ARRAY(r->arena, cap = cap == 0 ? 32 : cap * 2, struct choice);

			if (*n > 0)
				memcpy(more, list, *n * sizeof *more);
			list = more;
		}
		list[(*n)++] = (struct choice){ row.id, str_dup(r->arena, row.name) };
	}
	*v = list;
	return db_done(&rows);
}

str
access_roles(struct req *r, bool beneficiaries)
{
	struct buf b = { 0 };

	for (int i = 0; i < ROLES; i++) {
		if (!account_may_give(&r->viewer, (enum role)i, r->viewer.organisation) ||
		    (i == ROLE_beneficiary && !beneficiaries))
			continue;
		if (b.len > 0)
			buf_char(&b, ' ');
		buf_add(&b, str_of(role_names[i]));
	}
	return buf_kept(&b, r->arena);
}
