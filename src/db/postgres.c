/* The server engine. The connection stays in pipeline mode: writes are queued and sent together, and answered when
 * something is read, when the transaction ends, or when the queue is long. Reads are kept whole in memory, so that several
 * can be open and writes can happen in between; a stream leaves the pipeline and takes row after row. */
#include <stdlib.h>

#include "db/server.h"

enum { OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_NUMERIC = 1700, OID_BYTEA = 17 };

struct reading {
	const struct sql *sql;
	PGresult *result;
	int row;
	bool stream;
};

/* ---- reading ---- */

static struct reading *
reading_new(const struct sql *sql, PGresult *result, bool stream)
{
	struct reading *r = calloc(1, sizeof *r);

	if (r == NULL)
		bug_oom(sizeof *r);
	*r = (struct reading){ .sql = sql, .result = result, .row = -1, .stream = stream };
	return r;
}

/* Out of the pipeline, row by row. The statement is prepared first, with whatever is queued. */
static const struct err *
stream_start(struct db *db, const struct sql *sql, const struct db_value *params, size_t n)
{
	struct server *own = db->own;
	const struct err *e = server_prepare(db, sql);

	if (e != NULL)
		return e;
	PQexitPipelineMode(own->c);
	if ((e = server_queue(db, sql, params, n)) != NULL)
		return e;
	own->n = own->bytes = 0; /* not queued, but on its way */
	PQsetSingleRowMode(own->c);
	return NULL;
}

static const struct err *
server_read(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, bool stream, struct db_rows *rows)
{
	PGresult *result = NULL;
	const struct err *e;

	if (stream)
		e = stream_start(db, sql, params, n);
	else if ((e = server_queue(db, sql, params, n)) == NULL)
		e = server_settle(db, &result);
	if (e != NULL) {
		PQclear(result);
		return e;
	}
	if (!stream && result == NULL)
		bug("%s: gives no rows", sql->name);
	rows->engine = reading_new(sql, result, stream);
	return NULL;
}

static bool
stream_next(struct db_rows *rows, struct reading *r)
{
	struct server *own = rows->db->own;

	PQclear(r->result);
	r->result = PQgetResult(own->c);
	r->row = 0;
	if (r->result == NULL || PQresultStatus(r->result) == PGRES_TUPLES_OK)
		return false;
	if (PQresultStatus(r->result) == PGRES_SINGLE_TUPLE)
		return true;
	rows->err = server_failure(rows->db, r->result, r->sql->name);
	return false;
}

static bool
server_next(struct db_rows *rows)
{
	struct reading *r = rows->engine;

	if (r->stream)
		return stream_next(rows, r);
	return ++r->row < PQntuples(r->result);
}

static uint64_t
big_endian(const unsigned char *p, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* The sum of a column of bigint is a numeric: digits in base 10000, the first of weight w. */
static bool
whole_numeric(const unsigned char *p, int64_t *to)
{
	int digits = (int)big_endian(p, 2), weight = (int16_t)big_endian(p + 2, 2);
	bool minus = big_endian(p + 4, 2) == 0x4000;
	int64_t v = 0;

	if (big_endian(p + 4, 2) & 0x8000) /* not a number, infinity */
		return false;
	for (int i = 0; i <= weight || i < digits; i++) {
		int64_t digit = i < digits ? (int64_t)big_endian(p + 8 + i * 2, 2) : 0;

		if (i > weight && digit != 0)
			return false;
		if (i <= weight && (__builtin_mul_overflow(v, 10000, &v) || __builtin_add_overflow(v, digit, &v)))
			return false;
	}
	*to = minus ? -v : v;
	return true;
}

static int64_t
server_int(struct db_rows *rows, int column)
{
	struct reading *r = rows->engine;
	const unsigned char *p = (const unsigned char *)PQgetvalue(r->result, r->row, column);
	int64_t v;

	if (PQgetisnull(r->result, r->row, column))
		return INT64_MIN;
	switch (PQftype(r->result, column)) {
	case OID_INT8:
		return (int64_t)big_endian(p, 8);
	case OID_INT4:
		return (int32_t)big_endian(p, 4);
	case OID_INT2:
		return (int16_t)big_endian(p, 2);
	case OID_NUMERIC:
		if (whole_numeric(p, &v))
			return v;
		break;
	}
	bug("%s: column %d is not a whole number", r->sql->name, column);
}

static str
bytes(struct db_rows *rows, int column, bool blob)
{
	struct reading *r = rows->engine;

	if (PQgetisnull(r->result, r->row, column))
		return (str){ 0 };
	switch (PQftype(r->result, column)) {
	case OID_INT8:
	case OID_INT4:
	case OID_INT2:
	case OID_NUMERIC:
		bug("%s: column %d is a number", r->sql->name, column);
	default:
		if ((PQftype(r->result, column) == OID_BYTEA) != blob)
			bug("%s: column %d: a text is not a blob", r->sql->name, column);
		return (str){ PQgetvalue(r->result, r->row, column), (size_t)PQgetlength(r->result, r->row, column) };
	}
}

static str
server_text(struct db_rows *rows, int column)
{
	return bytes(rows, column, false);
}

static str
server_blob(struct db_rows *rows, int column)
{
	return bytes(rows, column, true);
}

static struct db_value
server_cell(struct db_rows *rows, int column)
{
	struct reading *r = rows->engine;

	if (PQgetisnull(r->result, r->row, column))
		return (struct db_value){ .type = DB_NULL, .i = INT64_MIN };
	switch (PQftype(r->result, column)) {
	case OID_INT8:
	case OID_INT4:
	case OID_INT2:
	case OID_NUMERIC:
		return (struct db_value){ .type = DB_INT, .i = server_int(rows, column) };
	case OID_BYTEA:
		return (struct db_value){ .type = DB_BLOB, .s = server_blob(rows, column) };
	default:
		return (struct db_value){ .type = DB_TEXT, .s = server_text(rows, column) };
	}
}

static void
server_done(struct db_rows *rows)
{
	struct reading *r = rows->engine;
	struct server *own = rows->db->own;
	PGresult *rest;

	PQclear(r->result);
	if (r->stream) {
		/* What was not read must still be received: cancelling would lose the transaction. */
		while (PQstatus(own->c) == CONNECTION_OK && (rest = PQgetResult(own->c)) != NULL)
			PQclear(rest);
		PQclear(PQexec(own->c, "")); /* else libpq 15 takes the next answer row by row too */
		PQenterPipelineMode(own->c);
	}
	free(r);
}

/* ---- transactions ---- */

static void
server_rollback(struct db *db)
{
	struct server *own = db->own;

	(void)server_settle(db, NULL);
	if (PQtransactionStatus(own->c) != PQTRANS_IDLE && server_command(db, "rollback") == NULL)
		(void)server_settle(db, NULL);
}

/* The lock is of this schema, so that two databases of Jalon on one server do not wait for each other. In a write, the
 * moment that each statement sees is chosen after the lock was got. */
static const struct err *
server_begin(struct db *db, bool write)
{
	enum { SERVER_PATIENCE_MS = 10 * 1000 }; /* of a connection that was told nothing else */
	const struct err *e;
	char patience[48];

	if (write) {
		e = server_command(db, "begin isolation level read committed");
		if (e == NULL && db_patience_ms < SERVER_PATIENCE_MS) { /* 0 would be for ever */
			snprintf(
			    patience, sizeof patience, "set local lock_timeout = %d", db_patience_ms > 0 ? db_patience_ms : 1);
			e = server_command(db, patience);
		}
		if (e == NULL)
			e = server_command(db, "select pg_advisory_xact_lock(1247898735, hashtext(current_schema()))");
	} else {
		if ((e = server_command(db, "begin isolation level repeatable read read only")) == NULL)
			e = server_command(db, "select 1");
	}
	if (e == NULL)
		e = server_settle(db, NULL);
	if (e != NULL)
		server_rollback(db);
	return e;
}

static const struct err *
server_commit(struct db *db)
{
	const struct err *e = server_command(db, "commit");

	if (e == NULL)
		e = server_settle(db, NULL);
	if (e != NULL)
		server_rollback(db);
	return e;
}

static const struct err *
server_claim(struct db *db)
{
	(void)db; /* the table of migrations says it */
	return NULL;
}

/* ---- its own verdict ---- */

static const struct sql doubts = { "integrity",
	"select 'checksum failures: ' || checksum_failures from pg_stat_database"
	" where datname = current_database() and checksum_failures > 0 "
	"union all select 'invalid index: ' || c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
	" where not i.indisvalid "
	"union all select 'constraint not checked: ' || conname from pg_constraint where not convalidated",
	NULL };

static const struct err *
server_integrity(struct db *db, void (*line)(void *to, str text), void *to)
{
	struct db_rows rows;

	(void)db_read(db, &doubts, NULL, 0, &rows);
	while (db_next(&rows))
		line(to, db_text(&rows, 0));
	return db_done(&rows);
}

const struct engine postgres_engine = {
	.open = server_open,
	.close = server_close,
	.prepare = server_prepare,
	.write = server_queue,
	.read = server_read,
	.next = server_next,
	.get_int = server_int,
	.get_text = server_text,
	.get_blob = server_blob,
	.get_cell = server_cell,
	.done = server_done,
	.copying = server_copying,
	.begin = server_begin,
	.commit = server_commit,
	.rollback = server_rollback,
	.script = server_script,
	.claim = server_claim,
	.integrity = server_integrity,
	.columns = { "columns",
	    "select cast(column_name as text), case data_type when 'bigint' then 'integer' when 'bytea' then 'blob'"
	    " else cast(data_type as text) end, case is_nullable when 'NO' then 1 else 0 end"
	    " from information_schema.columns where table_schema = current_schema() and table_name = $1"
	    " order by ordinal_position",
	    NULL },
	.word_int = "bigint",
	.word_blob = "bytea",
	.word_ctext = "text collate \"C\"",
	.word_end = ")",
};
