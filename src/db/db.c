#include "db/db.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/engine.h"
#include "db/migrate.h"

const struct err *
db_err(struct db *db, enum err_kind kind, const char *format, const char *detail, const char *hint)
{
	return err_new(db->arena, kind, str_format(db->arena, format, db->place).s, detail, hint);
}

const struct err *
db_err_statement(struct db *db, const struct sql *sql, const char *detail)
{
	str words = str_format(db->arena, "%s: %s", sql->name, detail);

	return db_err(db, ERR_DAMAGED, tr("The tables of %s are not those that this program made."), words.s,
	    tr("Restore the last backup, or report this with the detail above."));
}

/* What the number of the schema allows in this mode. */
static const struct err *
fit(struct db *db)
{
	const int64_t newest = migration_last;

	if (db->schema > newest)
		return db_err(db, ERR_INPUT, tr("%s was made by a newer version of Jalon."), NULL,
		    tr("Install that version, or a later one, on this machine too."));
	if (db->schema == 0 && db->mode != DB_CREATE)
		return db_err(db, ERR_NOTFOUND, tr("%s holds no data of Jalon yet."), NULL,
		    tr("Put some into it with “jalon import” or “jalon demo”."));
	if (db->schema == newest)
		return NULL;
	if (db->mode == DB_READ)
		return db_err(db, ERR_INPUT, tr("%s was made by an older version of Jalon, or its making was interrupted."), NULL,
		    tr("Make a copy of it, then run any command that writes, “jalon import” for one: it brings it up to date."));
	return migrate(db);
}

static bool
is_server(const char *where)
{
	return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

const struct err *
db_open(struct arena *a, const char *where, enum db_mode mode, struct db **out)
{
	struct db *db = calloc(1, sizeof *db);
	const struct err *e;

	*out = NULL;
	if (db == NULL)
		bug_oom(sizeof *db);
	if (sodium_init() < 0)
		bug("libsodium does not start");
	db->arena = a;
	db->mode = mode;
	db->engine = is_server(where) ? &postgres_engine : &sqlite_engine;
	if ((e = db->engine->open(db, where)) == NULL)
		e = schema_read(db);
	if (e == NULL)
		e = fit(db);
	if (e != NULL) {
		db_close(db);
		return e;
	}
	*out = db;
	return NULL;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db->reads = 0; /* somebody who gives up may leave them open */
	if (db->state != DB_IDLE)
		(void)db_rollback(db);
	db->engine->close(db);
	sodium_memzero(db->key, sizeof db->key);
	free(db);
}

bool
db_is_postgres(const struct db *db)
{
	return db->engine == &postgres_engine;
}

bool
db_is_reading(const struct db *db)
{
	return db->state == DB_READING;
}

struct arena *
db_arena(struct db *db)
{
	return db->arena;
}

const char *
db_place(const struct db *db)
{
	return db->place;
}

int64_t
db_schema(struct db *db)
{
	return db->schema;
}

const struct err *
db_cache(struct db *db, int kib)
{
	return db->engine->cache == NULL ? NULL : db->engine->cache(db, kib);
}

const struct err *
db_one_pass(struct db *db)
{
	return db_cache(db, 256);
}

/* Keeps the first error of a transaction: PostgreSQL accepts nothing after it, so neither do we on SQLite. */
static const struct err *
noted(struct db *db, const struct err *e)
{
	if (e != NULL && db->state == DB_WRITING && db->failed == NULL)
		db->failed = e;
	return e;
}

static void
free_to_ask(const struct db *db, const char *name)
{
	if (db->streaming)
		bug("%s: asked while a stream is open", name);
}

const struct err *
db_prepare(struct db *db, const struct sql *sql)
{
	free_to_ask(db, sql->name);
	return noted(db, db->engine->prepare(db, sql));
}

const struct err *
db_write(struct db *db, const struct sql *sql, const struct db_value *params, size_t n)
{
	free_to_ask(db, sql->name);
	if (db->state != DB_WRITING)
		bug("%s: written outside a write transaction", sql->name);
	if (db->failed != NULL)
		return db->failed;
	return noted(db, db->engine->write(db, sql, params, n));
}

static const struct err *
start_reading(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, bool stream, struct db_rows *rows)
{
	const struct err *e;

	free_to_ask(db, sql->name);
	*rows = (struct db_rows){ .db = db };
	e = db->failed != NULL ? db->failed : db->engine->read(db, sql, params, n, stream, rows);
	if (e != NULL) {
		rows->err = noted(db, e);
		return e;
	}
	db->reads++;
	db->streaming = stream;
	return NULL;
}

const struct err *
db_read(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, struct db_rows *rows)
{
	return start_reading(db, sql, params, n, false, rows);
}

const struct err *
db_stream(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, struct db_rows *rows)
{
	return start_reading(db, sql, params, n, true, rows);
}

static bool
is_copy(const struct sql *sql)
{
	return sql->postgres != NULL && strncmp(sql->postgres, "copy ", 5) == 0;
}

const struct err *
db_gather(
    struct db *db, const struct sql *sql, const struct db_value *params, size_t n, const char *kinds, db_receiver *row, void *to)
{
	const size_t columns = strlen(kinds);
	const struct sql *by_itself = NULL;
	struct db_value cells[DB_CELLS];
	struct db_rows rows;

	if (columns > DB_CELLS)
		bug("%s: more than %d columns", sql->name, DB_CELLS);
	if (db->engine->copying != NULL && is_copy(sql)) {
		free_to_ask(db, sql->name);
		return db->failed != NULL ? db->failed : noted(db, db->engine->copying(db, sql, kinds, row, to));
	}
	if (db->engine->gathering != NULL)
		by_itself = db->engine->gathering(db, sql, columns, row, to);
	(void)db_read(db, by_itself != NULL ? by_itself : sql, params, n, &rows);
	while (db_next(&rows)) {
		if (by_itself != NULL)
			continue;
		for (size_t i = 0; i < columns; i++)
			cells[i] = db->engine->get_cell(&rows, (int)i);
		row(to, cells);
	}
	return db_done(&rows);
}

void
db_cell_wrong(void)
{
	bug("a column is not of the type that its statement says");
}

bool
db_next(struct db_rows *rows)
{
	if (rows->err != NULL || rows->engine == NULL)
		return false;
	if (rows->db->engine->next(rows)) {
		rows->row++;
		return true;
	}
	noted(rows->db, rows->err);
	return false;
}

int64_t
db_int(struct db_rows *rows, int column)
{
	return rows->db->engine->get_int(rows, column);
}

str
db_text(struct db_rows *rows, int column)
{
	return rows->db->engine->get_text(rows, column);
}

str
db_blob(struct db_rows *rows, int column)
{
	return rows->db->engine->get_blob(rows, column);
}

day
db_day(struct db_rows *rows, int column)
{
	str s = db_text(rows, column);

	return s.len == 0 ? DAY_NONE : day_parse(s);
}

const struct err *
db_done(struct db_rows *rows)
{
	if (rows->engine != NULL) {
		rows->db->engine->done(rows);
		rows->engine = NULL;
		rows->db->reads--;
		rows->db->streaming = false;
	}
	return rows->err;
}

static const struct err *
begin(struct db *db, enum db_state state)
{
	const struct err *e;

	free_to_ask(db, "db_begin");
	if (db->state != DB_IDLE || db->reads > 0)
		bug("db_begin: a transaction or a read is open");
	if (state == DB_WRITING && db->mode == DB_READ)
		bug("db_begin_write: opened for reading");
	if (state == DB_WRITING && db->broken != NULL)
		return db->broken;
	db->failed = NULL;
	if ((e = db->engine->begin(db, state == DB_WRITING)) == NULL)
		db->state = state;
	return e;
}

void
db_wait_at_most(int ms)
{
	db_patience_ms = ms;
}

int64_t
db_written(const struct db *db)
{
	return db->written;
}

const struct err *
db_begin_write(struct db *db)
{
	return begin(db, DB_WRITING);
}

const struct err *
db_begin_write_now(struct db *db, bool *begun)
{
	const int patience = db_patience_ms;
	const struct err *e;

	db_patience_ms = 0;
	e = begin(db, DB_WRITING);
	db_patience_ms = patience;
	*begun = e == NULL;
	return e != NULL && e->kind == ERR_BUSY ? NULL : e;
}

const struct err *
db_begin_read(struct db *db)
{
	return begin(db, DB_READING);
}

const struct err *
db_end(struct db *db, const struct err *e)
{
	if (db->state == DB_IDLE || db->reads > 0)
		bug("db_end: no transaction, or %d reads are open", db->reads);
	if (e == NULL)
		e = db->failed;
	if (e == NULL)
		e = db->engine->commit(db);
	else
		db->engine->rollback(db);
	db->written += e == NULL && db->state == DB_WRITING;
	db->state = DB_IDLE;
	db->failed = NULL;
	return e;
}

const struct err *
db_rollback(struct db *db)
{
	const struct err *e = db->failed;

	if (db->state == DB_IDLE || db->reads > 0)
		bug("db_rollback: no transaction, or %d reads are open", db->reads);
	db->engine->rollback(db);
	db->state = DB_IDLE;
	db->failed = NULL;
	return e;
}

const struct err *
db_integrity(struct db *db, void (*line)(void *to, str text), void *to)
{
	free_to_ask(db, "db_integrity");
	return db->engine->integrity(db, line, to);
}

const struct err *
db_columns(struct db *db, const char *table, void (*column)(void *to, str name, str type, bool not_null), void *to)
{
	struct db_rows rows;

	(void)db_read(db, &db->engine->columns, DB_PARAMS(db_s(str_of(table))), &rows);
	while (db_next(&rows))
		column(to, db_text(&rows, 0), db_text(&rows, 1), db_int(&rows, 2) != 0);
	return db_done(&rows);
}

const struct err *
db_copy(struct db *db, const char *to)
{
	if (db->state != DB_IDLE || db->reads > 0)
		bug("db_copy: inside a transaction");
	if (db->engine->copy != NULL)
		return db->engine->copy(db, to);
	return db_err(db, ERR_INPUT, tr("%s is on a database server, which copies it by itself."), NULL,
	    tr("Use pg_dump, with the server's own schedule: see the administrator's guide."));
}
