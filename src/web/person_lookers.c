/* person_lookers.c - who looked at a file and who changed it, as people are told: an organisation and a role, never a name */
#include <string.h>

#include "access/trail.h"
#include "base/moment.h"
#include "base/text.h"
#include "web/person_page.h"

enum { MOST = 200 };

static const char *
words_of(const struct person_page *p, const struct account *x, const struct organisation *o)
{
	struct arena *a = p->req->arena;
	int role = role_named(x->role);
	const char *label = role < 0 ? "" : tr(role_labels[role]);

	if (x->record.id == p->req->viewer.account)
		return p->own ? tr("Yourself") : tr("You");
	if (x->organisation == NUMBER_NONE || o == NULL)
		return label;
	if (p->sight.organisation != 0 && p->sight.organisation != x->organisation)
		return tr("Another organisation");
	return str_format(a, "%.*s (%s)", STR_ARG(o->name), label).s;
}

static const struct err *
who_is(const struct person_page *p, int64_t account, const char **words)
{
	struct req *r = p->req;
	struct organisation o;
	struct account x;
	bool found, there = false;
	const struct err *e;

	*words = tr("Somebody who works on the server");
	if (account == 0)
		return NULL;
	e = entity_by_id(r->db, r->viewer.territory, &entities[ENTITY_accounts], account, r->arena, &x, &found);
	if (e != NULL || !found)
		return e;
	if (x.organisation != NUMBER_NONE)
		e = entity_by_id(
		    r->db, r->viewer.territory, &entities[ENTITY_organisations], x.organisation, r->arena, &o, &there);
	*words = words_of(p, &x, there ? &o : NULL);
	return e;
}

/* The fields that changed, by their labels. */
static const char *
fields_words(struct req *r, str entity, str fields)
{
	const struct entity *e = entity_named(entity);
	struct buf to = { 0 };
	const char *out;
	str name;

	while (e != NULL && (name = str_cut(fields, ',', &fields)).len > 0) {
		for (size_t i = 0; i < e->n; i++) {
			if (!str_is(name, e->fields[i].csv) && !str_is(name, e->fields[i].name))
				continue;
			buf_add(&to, to.len > 0 ? S(", ") : S(""));
			buf_add(&to, str_of(tr(e->fields[i].label)));
		}
	}
	out = str_z(r->arena, buf_str(&to));
	buf_release(&to);
	return out;
}

static const char *
what_words(struct req *r, const struct opening *x)
{
	const char *fields;

	if (str_is(x->action, "read")) {
		if (str_is(x->fields, "agdref"))
			return tr("Opened the AGDREF number");
		if (str_is(x->fields, "document"))
			return tr("Opened a document");
		return str_is(x->fields, "print") ? tr("Printed the file") : tr("Read the file");
	}
	if (str_is(x->entity, "statuses"))
		return str_is(x->action, "insert")   ? tr("Recorded a status")
		       : str_is(x->action, "update") ? tr("Changed a status")
						     : tr("Removed a status");
	if (str_is(x->action, "insert"))
		return tr("Opened the file");
	fields = fields_words(r, x->entity, x->fields);
	return *fields == '\0' ? tr("Changed the file") : str_format(r->arena, tr("Changed: %s"), fields).s;
}

static const char *
why_words(struct req *r, const struct opening *x)
{
	if (str_is(x->fields, "agdref"))
		return tr(str_z(r->arena, x->cause));
	if (str_is(x->cause, "undo"))
		return tr("taking back a change");
	return str_is(x->cause, "import") ? tr("by an import") : NULL;
}

const struct err *
person_who(const struct person_page *p, struct person_known *known, str actor, const char **words)
{
	int64_t account = trail_account(actor);
	const struct err *e = NULL;
	size_t k = 0;

	while (k < known->n && known->v[k].account != account)
		k++;
	if (k == KNOWN_MOST)
		return who_is(p, account, words);
	if (k == known->n) {
		known->v[k].account = account;
		e = who_is(p, account, &known->v[known->n++].words);
	}
	*words = known->v[k].words;
	return e;
}

const struct err *
lookers_read(struct person_page *p, struct person_lookers *to)
{
	struct req *r = p->req;
	struct person_known known = { 0 };
	struct opening *v;
	size_t n;
	const struct err *e = person_readings(&p->sight, p->file.person.record.id, MOST, &v, &n);

	*to = (struct person_lookers){ .person = p };
	if (e != NULL)
		return e;
	to->v = ARENA_ARRAY(r->arena, n, struct person_looker);
	for (size_t i = 0; i < n && e == NULL; i++) {
		struct person_looker *x = &to->v[to->n++];

		*x = (struct person_looker){ .at_text = v[i].at,
			.at_ms = moment_parse(v[i].at),
			.what = what_words(r, &v[i]),
			.why = why_words(r, &v[i]) };
		e = person_who(p, &known, v[i].actor, &x->who);
	}
	return e;
}
