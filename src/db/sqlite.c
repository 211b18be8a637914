/* The embedded engine: one file in WAL mode, durable at each commit. Every write and every checkpoint happens under the
 * writer's lock (lock.c), SQLite's own checkpoints being switched off. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/lite.h"

enum { WAL_PAGES = 1000 }; /* a checkpoint when the WAL is longer */

/* ---- statements ---- */

/* 12 for "$12" */
static int
number_of(const char *parameter)
{
	return (int)strtol(parameter + 1, NULL, 10);
}

static const struct err *
prepared_anew(struct db *db, const struct sql *sql, struct lite_statement **bucket, struct lite_statement **to)
{
	struct lite *own = db->own;
	struct lite_statement *s;
	sqlite3_stmt *stmt;
	int highest = 0, code = sqlite3_prepare_v3(own->c, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

	if (code != SQLITE_OK)
		return lite_failure(db, code, sql->name);
	for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
		const char *name = sqlite3_bind_parameter_name(stmt, i);
		int n = name == NULL || *name != '$' ? 0 : number_of(name);

		if (n <= 0)
			bug("%s: parameters are $1, $2...", sql->name);
		highest = n > highest ? n : highest;
	}
	s = calloc(1, sizeof *s + ((size_t)highest + 1) * sizeof s->place[0]);
	if (s == NULL)
		bug_oom(sizeof *s);
	for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++)
		s->place[number_of(sqlite3_bind_parameter_name(stmt, i))] = i;
	s->sql = sql;
	s->stmt = stmt;
	s->params = highest;
	s->next = *bucket;
	*bucket = *to = s;
	return NULL;
}

/* Found by the statement's address; a free one, made when there is none. */
static const struct err *
prepared(struct db *db, const struct sql *sql, struct lite_statement **to)
{
	struct lite *own = db->own;
	struct lite_statement **bucket = &own->bucket[((uintptr_t)sql >> 4) * 0x9e3779b97f4a7c15u >> 56];

	for (*to = *bucket; *to != NULL; *to = (*to)->next) {
		if ((*to)->sql != sql || (*to)->busy)
			continue;
		if (!str_starts(str_of(sql->text), str_of(sqlite3_sql((*to)->stmt))))
			bug("%s: its text changed", sql->name);
		return NULL;
	}
	return prepared_anew(db, sql, bucket, to);
}

static const struct err *
lite_prepare(struct db *db, const struct sql *sql)
{
	struct lite_statement *s;

	return prepared(db, sql, &s);
}

/* keep: what SQLite does with the bytes; a read goes on after the caller's are gone. */
static void
bind(struct lite_statement *s, const struct db_value *params, size_t n, sqlite3_destructor_type keep)
{
	if ((size_t)s->params != n)
		bug("%s: %zu parameters for %d", s->sql->name, n, s->params);
	for (size_t i = 0; i < n; i++) {
		const struct db_value *v = &params[i];
		const int place = s->place[i + 1];
		const char *bytes = v->s.len == 0 ? "" : v->s.s;
		int code = SQLITE_OK;

		if (place == 0)
			continue;
		switch (v->type) {
		case DB_NULL:
			code = sqlite3_bind_null(s->stmt, place);
			break;
		case DB_INT:
			code = sqlite3_bind_int64(s->stmt, place, v->i);
			break;
		case DB_TEXT:
			code = sqlite3_bind_text64(s->stmt, place, bytes, v->s.len, keep, SQLITE_UTF8);
			break;
		case DB_BLOB:
			code = sqlite3_bind_blob64(s->stmt, place, bytes, v->s.len, keep);
			break;
		}
		if (code != SQLITE_OK)
			bug("%s: parameter %zu: %s", s->sql->name, i + 1, sqlite3_errstr(code));
	}
}

static const struct err *
lite_write(struct db *db, const struct sql *sql, const struct db_value *params, size_t n)
{
	struct lite_statement *s;
	const struct err *e = prepared(db, sql, &s);
	int code;

	if (e != NULL)
		return e;
	bind(s, params, n, SQLITE_STATIC);
	while ((code = sqlite3_step(s->stmt)) == SQLITE_ROW)
		;
	if (code != SQLITE_DONE)
		e = lite_failure(db, code, sql->name);
	sqlite3_reset(s->stmt);
	return e;
}

static const struct err *
lite_read(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, bool stream, struct db_rows *rows)
{
	struct lite_statement *s;
	const struct err *e = prepared(db, sql, &s);

	(void)stream; /* every read is one */
	if (e != NULL)
		return e;
	bind(s, params, n, SQLITE_TRANSIENT);
	s->busy = true;
	s->ended = false;
	rows->engine = s;
	return NULL;
}

static bool
lite_next(struct db_rows *rows)
{
	struct lite_statement *s = rows->engine;
	int code;

	if (s->ended) /* another step would begin again */
		return false;
	if ((code = sqlite3_step(s->stmt)) == SQLITE_ROW)
		return true;
	s->ended = true;
	if (code != SQLITE_DONE)
		rows->err = lite_failure(rows->db, code, s->sql->name);
	sqlite3_reset(s->stmt); /* now, and not at db_done: an ended read holds nothing */
	return false;
}

/* The value is fetched once, then looked at without asking the statement again: half the cost of a column. It is only used
 * here and now, by the one thread of the connection. */
static int64_t
lite_int(struct db_rows *rows, int column)
{
	struct lite_statement *s = rows->engine;
	sqlite3_value *v = sqlite3_column_value(s->stmt, column);

	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL:
		return INT64_MIN;
	case SQLITE_INTEGER:
		return sqlite3_value_int64(v);
	default:
		bug("%s: column %d is not a whole number", s->sql->name, column);
	}
}

static str
lite_text(struct db_rows *rows, int column)
{
	struct lite_statement *s = rows->engine;
	sqlite3_value *v = sqlite3_column_value(s->stmt, column);
	int type = sqlite3_value_type(v);
	const char *text;

	if (type == SQLITE_NULL)
		return (str){ 0 };
	if (type != SQLITE_TEXT)
		bug("%s: column %d is not a text", s->sql->name, column);
	text = (const char *)sqlite3_value_text(v);
	return (str){ text, (size_t)sqlite3_value_bytes(v) };
}

static str
lite_blob(struct db_rows *rows, int column)
{
	struct lite_statement *s = rows->engine;
	int type = sqlite3_column_type(s->stmt, column);
	const char *bytes;

	if (type == SQLITE_NULL)
		return (str){ 0 };
	if (type != SQLITE_BLOB)
		bug("%s: column %d is not a blob", s->sql->name, column);
	bytes = sqlite3_column_blob(s->stmt, column);
	return (str){ bytes == NULL ? "" : bytes, (size_t)sqlite3_column_bytes(s->stmt, column) };
}

static void
lite_done(struct db_rows *rows)
{
	struct lite_statement *s = rows->engine;

	sqlite3_reset(s->stmt);
	s->busy = false;
}

/* ---- transactions ---- */

/* A statement of the connection's own, without parameters, of which no row is looked at. */
static const struct err *
step(struct db *db, sqlite3_stmt **stmt, const char *text)
{
	struct lite *own = db->own;
	int code = SQLITE_OK;

	if (*stmt == NULL)
		code = sqlite3_prepare_v3(own->c, text, -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
	if (code == SQLITE_OK) {
		code = sqlite3_step(*stmt);
		sqlite3_reset(*stmt);
	}
	return code == SQLITE_ROW || code == SQLITE_DONE ? NULL : lite_failure(db, code, text);
}

static const struct err *
lite_begin(struct db *db, bool write)
{
	struct lite *own = db->own;
	const struct err *e;

	if (!write) {
		/* "begin" alone chooses no moment: the first read does. */
		if ((e = step(db, &own->begin, "begin")) != NULL)
			return e;
		if ((e = step(db, &own->moment, "select 1 from sqlite_schema limit 1")) != NULL)
			(void)lite_run(db, "rollback");
		return e;
	}
	if (own->lock >= 0 && (e = lock_take(db, own->lock)) != NULL)
		return e;
	if ((e = lite_run(db, "begin immediate")) != NULL && own->lock >= 0)
		lock_drop(own->lock);
	return e;
}

static void
lite_rollback(struct db *db)
{
	struct lite *own = db->own;

	/* A full disk, for one, has already rolled it back. */
	if (sqlite3_get_autocommit(own->c) == 0 && sqlite3_exec(own->c, "rollback", NULL, NULL, NULL) != SQLITE_OK)
		bug("rollback: %s", sqlite3_errmsg(own->c));
	if (db->state == DB_WRITING && own->lock >= 0)
		lock_drop(own->lock);
}

static const struct err *
lite_commit(struct db *db)
{
	struct lite *own = db->own;
	const struct err *e = step(db, &own->commit, "commit");

	if (e != NULL) {
		lite_rollback(db);
		return e;
	}
	if (db->state != DB_WRITING || own->lock < 0)
		return NULL;
	/* What a checkpoint cannot do, a later one will: the commit itself is safe in the WAL. */
	if (own->wal_pages >= WAL_PAGES)
		(void)sqlite3_wal_checkpoint_v2(own->c, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	lock_drop(own->lock);
	return NULL;
}

static const struct err *
lite_cache(struct db *db, int kib)
{
	char text[64];

	snprintf(text, sizeof text, "pragma cache_size = -%d", kib);
	return lite_run(db, text);
}

/* ---- its own verdict ---- */

static const struct sql integrity_check = { "integrity", "select integrity_check from pragma_integrity_check(1000)", NULL };
static const struct sql foreign_key_check = { "foreign_keys",
	"select \"table\", parent, count(*) from pragma_foreign_key_check() group by \"table\", parent order by 1, 2", NULL };

static const struct err *
lite_integrity(struct db *db, void (*line)(void *to, str text), void *to)
{
	struct db_rows rows;
	const struct err *e;
	bool sound = true;

	(void)db_read(db, &integrity_check, NULL, 0, &rows);
	while (db_next(&rows)) {
		if (str_is(db_text(&rows, 0), "ok"))
			continue;
		sound = false;
		line(to, db_text(&rows, 0));
	}
	if ((e = db_done(&rows)) != NULL || !sound)
		return e;
	(void)db_read(db, &foreign_key_check, NULL, 0, &rows);
	while (db_next(&rows))
		line(to, str_format(db->arena, tr("%.*s: %lld rows refer to a record of %.*s that does not exist"),
			     STR_ARG(db_text(&rows, 0)), (long long)db_int(&rows, 2), STR_ARG(db_text(&rows, 1))));
	return db_done(&rows);
}

/* SQLite's own copy, in one pass: one made page by page might never come to its end while somebody writes. */
static const struct err *
lite_copy(struct db *db, const char *to)
{
	struct lite *own = db->own;
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(own->c, "vacuum into ?", -1, &stmt, NULL);

	if (code == SQLITE_OK && (code = sqlite3_bind_text(stmt, 1, to, -1, SQLITE_STATIC)) == SQLITE_OK &&
	    (code = sqlite3_step(stmt)) == SQLITE_DONE)
		code = SQLITE_OK;
	sqlite3_finalize(stmt);
	return code == SQLITE_OK ? NULL : lite_failure(db, code, "copy");
}

const struct engine sqlite_engine = {
	.open = lite_open,
	.close = lite_close,
	.prepare = lite_prepare,
	.write = lite_write,
	.read = lite_read,
	.next = lite_next,
	.get_int = lite_int,
	.get_text = lite_text,
	.get_blob = lite_blob,
	.done = lite_done,
	.gathering = lite_gathering,
	.begin = lite_begin,
	.commit = lite_commit,
	.rollback = lite_rollback,
	.script = lite_run,
	.cache = lite_cache,
	.claim = lite_claim,
	.copy = lite_copy,
	.integrity = lite_integrity,
	.columns = { "columns", "select name, lower(type), \"notnull\" from pragma_table_info($1) order by cid", NULL },
	.word_int = "integer",
	.word_blob = "blob",
	.word_ctext = "text",
	.word_end = ") strict, without rowid",
};
