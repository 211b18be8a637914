#include "model/statements.h"

#include <stdlib.h>

/* Made at first use and kept for the life of the process; the texts hold nothing but names from the descriptions. */
static struct sql made[ENTITY_COUNT][ST_COUNT];
static struct arena memory;

static void
columns(const struct entity *e, struct buf *b, const char *prefix)
{
	for (size_t i = 0; i < e->n; i++)
		buf_format(b, "%s%s%s", i == 0 ? "" : ", ", prefix, e->fields[i].column);
}

/* The column by which a row is known: its own number, or the owner of a roll. */
static const char *
id_of(const struct entity *e)
{
	return e->linked ? e->fields[0].column : "id";
}

static void
full_select(const struct entity *e, struct buf *b)
{
	buf_format(b, "select t.%s, t.version, ", id_of(e));
	if (e->linked)
		buf_add(b, S("t.lines"));
	else
		columns(e, b, "t.");
}

/* $1 territory, $2 id, $3 version, then every field, or the lines of a roll */
static void
insert(const struct entity *e, struct buf *b)
{
	int n = e->linked ? 4 : (int)e->n + 3;

	buf_format(b, "insert into %s (territory_id, %s, version, ", e->name, id_of(e));
	if (e->linked)
		buf_add(b, S("lines"));
	else
		columns(e, b, "");
	buf_add(b, S(") values ("));
	for (int i = 1; i <= n; i++)
		buf_format(b, "%s$%d", i == 1 ? "" : ", ", i);
	buf_char(b, ')');
}

/* The same parameters as the insert; the version it replaces is version - 1. */
static void
update(const struct entity *e, struct buf *b)
{
	buf_format(b, "update %s set version = $3", e->name);
	for (size_t i = 0; i < e->n && !e->linked; i++)
		buf_format(b, ", %s = $%zu", e->fields[i].column, i + 4);
	if (e->linked)
		buf_add(b, S(", lines = $4"));
	buf_format(b, " where territory_id = $1 and %s = $2", id_of(e));
}

static void
by_key(const struct entity *e, struct buf *b)
{
	int n = 1;

	full_select(e, b);
	buf_format(b, " from %s t where t.territory_id = $1", e->name);
	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];

		if (!f->key)
			continue;
		n++;
		if (f->required)
			buf_format(b, " and t.%s = $%d", f->column, n);
		else
			buf_format(b, " and coalesce(t.%s, 0) = $%d", f->column, n);
	}
}

/* Joins every link to the ref of what it points to: l0, l1... in field order; what has no ref gives none. */
static void
joins(const struct entity *e, struct buf *select, struct buf *from)
{
	int n = 0;

	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];

		if (f->kind != KIND_LINK)
			continue;
		if (entity_named(str_of(f->to))->inner) {
			buf_add(select, S(", null"));
			n++;
			continue;
		}
		buf_format(select, ", l%d.ref", n);
		buf_format(from, " %s %s l%d on l%d.territory_id = t.territory_id and l%d.id = t.%s",
		    f->required ? "join" : "left join", f->to, n, n, n, f->column);
		n++;
	}
}

static void export(const struct entity *e, struct buf *b)
{
	struct buf from = { 0 };
	int link = 0, keys = 0;

	full_select(e, b);
	joins(e, b, &from);
	buf_format(b, " from %s t", e->name);
	buf_add(b, buf_str(&from));
	buf_release(&from);
	buf_add(b, S(" where t.territory_id = $1 order by "));
	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];

		if (f->key || f->kind == KIND_REF) {
			buf_add(b, keys++ > 0 ? S(", ") : S(""));
			if (f->kind == KIND_LINK)
				buf_format(b, f->required ? "l%d.ref" : "coalesce(l%d.ref, '')", link);
			else
				buf_format(b, "t.%s", f->column);
		}
		link += f->kind == KIND_LINK;
	}
	if (e->inner)
		buf_add(b, S("t.id"));
}

/* Of those that are there and of those that were: a key is never given again. */
static void
last_key(const struct entity *e, struct buf *b)
{
	buf_format(b,
	    "select max(k) from (select max(%s) as k from %s where territory_id = $1"
	    " union all select max(record_id) as k from versions where territory_id = $1 and entity = '%s') l",
	    id_of(e), e->name, e->name);
}

/* The rolls of the owners whose refs come after $2, $3 of them at most. */
static void
rolls_after(const struct entity *e, struct buf *b)
{
	buf_format(b,
	    "select o.ref, t.%s, t.version, t.lines from %s o join %s t on t.territory_id = o.territory_id and t.%s = o.id"
	    " where o.territory_id = $1 and o.ref > coalesce(cast($2 as text), '') order by o.ref limit $3",
	    id_of(e), e->fields[0].to, e->name, id_of(e));
}

/* Who is on rolls: the refs of those whose keys lie in the stretches $2, a JSON list of [first, last]. */
static void
refs_of_who(const struct entity *e, struct buf *b, bool postgres)
{
	if (postgres)
		buf_format(b,
		    "select w.id, w.ref from json_array_elements(cast($2 as json)) k cross join %s w"
		    " where w.territory_id = $1 and w.id between cast(k ->> 0 as bigint) and cast(k ->> 1 as bigint)",
		    e->fields[1].to);
	else
		buf_format(b,
		    "select w.id, w.ref from json_each($2) k cross join %s w"
		    " where w.territory_id = $1 and w.id between k.value ->> 0 and k.value ->> 1",
		    e->fields[1].to);
}

static void
compose(const struct entity *e, enum statement which, struct buf *b)
{
	switch (which) {
	case ST_INSERT:
		insert(e, b);
		break;
	case ST_UPDATE:
		update(e, b);
		break;
	case ST_BY_ID:
		full_select(e, b);
		buf_format(b, " from %s t where t.territory_id = $1 and t.%s = $2", e->name, id_of(e));
		break;
	case ST_BY_REF:
		full_select(e, b);
		buf_format(b, " from %s t where t.territory_id = $1 and t.ref = $2", e->name);
		break;
	case ST_BY_KEY:
		by_key(e, b);
		break;
	case ST_KEY_OF_REF:
		buf_format(b, "select id from %s where territory_id = $1 and ref = $2", e->name);
		break;
	case ST_LAST_KEY:
		last_key(e, b);
		break;
	case ST_ANY:
		buf_format(b, "select 1 from %s where territory_id = $1 limit 1", e->name);
		break;
	case ST_COUNT_ALL:
		buf_format(b, "select count(*) from %s", e->name);
		break;
	case ST_EXPORT:
		export(e, b);
		break;
	case ST_ROLLS_AFTER:
		rolls_after(e, b);
		break;
	case ST_REFS_OF_WHO:
		refs_of_who(e, b, false);
		break;
	case ST_KEEP_VERSION:
		buf_format(b,
		    "insert into versions (territory_id, entity, record_id, part_id, version, content) values ($1, '%s', $2, $3, $4, $5)",
		    e->name);
		break;
	case ST_REMOVE:
		buf_format(b, "delete from %s where territory_id = $1 and %s = $2", e->name, id_of(e));
		break;
	case ST_COUNT:
		bug("no such statement");
	}
}

const struct sql *
statement_of(const struct entity *e, enum statement which)
{
	static const char *const names[] = { "insert", "update", "by_id", "by_ref", "by_key", "key_of_ref", "last_key", "any",
		"count", "export", "rolls_after", "refs_of_who", "keep_version", "remove" };
	struct sql *s = &made[entity_number_of(e)][which];

	if (s->text == NULL) {
		struct buf b = { 0 };

		compose(e, which, &b);
		s->name = str_format(&memory, "%s_%s", e->name, names[which]).s;
		s->text = str_z(&memory, buf_str(&b));
		if (which == ST_REFS_OF_WHO) {
			buf_clear(&b);
			refs_of_who(e, &b, true);
			s->postgres = str_z(&memory, buf_str(&b));
		}
		buf_release(&b);
	}
	return s;
}
