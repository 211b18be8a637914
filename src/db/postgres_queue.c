/* The server engine: its errors, and the pipeline through which everything is asked. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/server.h"

enum { QUEUE_BYTES = 1 << 20, PARAMS = 256 };

const struct err *
server_lost(struct db *db)
{
	struct server *own = db->own;
	str words = str_dup(db->arena, str_trim(str_of(PQerrorMessage(own->c))));

	db->broken = db_err(db, ERR_WORLD, tr("The connection to %s was lost."), str_z(db->arena, words),
	    tr("Whether the last change was kept is not known: look before doing it again."));
	return db->broken;
}

/* From the five letters of SQLSTATE. The server's own sentence is shown, except where it could quote a value. */
const struct err *
server_failure(struct db *db, const PGresult *r, const char *name)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *words = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	struct server *own = db->own;

	if (state == NULL || words == NULL || strncmp(state, "08", 2) == 0 || strncmp(state, "57P0", 4) == 0 ||
	    PQstatus(own->c) == CONNECTION_BAD)
		return server_lost(db);
	if (strncmp(state, "23", 2) == 0)
		bug("%s: %s", name, words);
	if (strcmp(state, "53100") == 0)
		return db_err(db, ERR_FULL, tr("There is no space left for %s."), words,
		    tr("Free some space on the disk, then try again; nothing was changed."));
	if (strcmp(state, "55P03") == 0)
		return db_err(db, ERR_BUSY, tr("Another command has been writing to %s for too long."), NULL,
		    tr("Wait until it has finished, then try again."));
	if (strncmp(state, "40", 2) == 0 || strncmp(state, "53", 2) == 0 || strcmp(state, "57014") == 0)
		return db_err(
		    db, ERR_BUSY, tr("%s is too busy."), words, tr("Wait a moment, then try again; nothing was changed."));
	if (strcmp(state, "42501") == 0 || strcmp(state, "25006") == 0)
		return db_err(db, ERR_WORLD, tr("%s cannot be written."), words,
		    tr("Ask for the rights of this user to the tables, and for the address of the server that accepts writes."));
	if (strncmp(state, "22", 2) == 0)
		return db_err_statement(db, &(struct sql){ .name = name }, state);
	if (strncmp(state, "42", 2) == 0 || strncmp(state, "3F", 2) == 0)
		return db_err_statement(db, &(struct sql){ .name = name }, words);
	if (strncmp(state, "XX00", 4) == 0)
		return db_err(
		    db, ERR_DAMAGED, tr("%s is damaged."), words, tr("Call who keeps the server: a backup may be needed."));
	return db_err(db, ERR_WORLD, tr("The server of %s refused."), words, NULL);
}

/* ---- the queue ---- */

static const char *
queued_name(const struct server_queued *q)
{
	return q->statement == NULL ? "transaction" : q->statement->sql->name;
}

/* The answer to one command, up to the end mark after it. */
static const struct err *
answer(struct db *db, const struct server_queued *q, PGresult **rows)
{
	struct server *own = db->own;
	const struct err *e = NULL;
	PGresult *r = PQgetResult(own->c), *more;
	ExecStatusType status = r == NULL ? PGRES_FATAL_ERROR : PQresultStatus(r);

	if (q->prepares)
		q->statement->ready = status == PGRES_COMMAND_OK;
	if (r == NULL)
		return server_lost(db);
	if (status == PGRES_FATAL_ERROR)
		e = server_failure(db, r, queued_name(q));
	if (rows != NULL && status == PGRES_TUPLES_OK)
		*rows = r;
	else
		PQclear(r);
	while (PQstatus(own->c) == CONNECTION_OK && (more = PQgetResult(own->c)) != NULL)
		PQclear(more);
	return e;
}

const struct err *
server_settle(struct db *db, PGresult **rows)
{
	struct server *own = db->own;
	const struct err *e = NULL, *other;
	const size_t n = own->n;

	own->n = own->bytes = 0;
	if (PQpipelineSync(own->c) != 1)
		return server_lost(db);
	for (size_t i = 0; i < n; i++) {
		other = answer(db, &own->queue[i], i + 1 == n ? rows : NULL);
		if (e == NULL)
			e = other;
		if (PQstatus(own->c) != CONNECTION_OK)
			return e == NULL ? server_lost(db) : e;
	}
	PQclear(PQgetResult(own->c)); /* of the sync itself */
	return e;
}

static const struct err *
room(struct db *db)
{
	struct server *own = db->own;

	return own->n + 2 > SERVER_QUEUE || own->bytes > QUEUE_BYTES ? server_settle(db, NULL) : NULL;
}

const struct err *
server_command(struct db *db, const char *text)
{
	struct server *own = db->own;
	const struct err *e = room(db);

	if (e != NULL)
		return e;
	if (PQsendQueryParams(own->c, text, 0, NULL, NULL, NULL, NULL, 1) != 1)
		return server_lost(db);
	own->queue[own->n++] = (struct server_queued){ 0 };
	return NULL;
}

static struct server_statement *
known(struct server *own, const struct sql *sql, const char *text)
{
	struct server_statement **bucket = &own->bucket[((uintptr_t)sql >> 4) * 0x9e3779b97f4a7c15u >> 56], *s;

	for (s = *bucket; s != NULL; s = s->next) {
		if (s->sql == sql && s->text == text)
			return s;
	}
	if ((s = calloc(1, sizeof *s)) == NULL)
		bug_oom(sizeof *s);
	s->sql = sql;
	s->text = text;
	snprintf(s->name, sizeof s->name, "s%u", ++own->names);
	s->next = *bucket;
	return *bucket = s;
}

/* The preparation goes into the queue like the rest: it costs no round trip. */
static const struct err *
prepared(struct db *db, const struct sql *sql, struct server_statement **to)
{
	struct server *own = db->own;
	struct server_statement *s = *to = known(own, sql, sql->postgres != NULL ? sql->postgres : sql->text);
	const struct err *e = room(db);

	if (e != NULL || s->ready)
		return e;
	if (PQsendPrepare(own->c, s->name, s->text, 0, NULL) != 1)
		return server_lost(db);
	own->queue[own->n++] = (struct server_queued){ .statement = s, .prepares = true };
	s->ready = true;
	return NULL;
}

/* Whole numbers go as text, which suits whatever type the server gave the parameter; texts and blobs as they are. */
const struct err *
server_queue(struct db *db, const struct sql *sql, const struct db_value *params, size_t n)
{
	const char *values[PARAMS];
	int lengths[PARAMS], formats[PARAMS];
	char digits[PARAMS][24];
	struct server *own = db->own;
	struct server_statement *s;
	const struct err *e = prepared(db, sql, &s);

	if (e != NULL)
		return e;
	if (n > PARAMS)
		bug("%s: %zu parameters", sql->name, n);
	for (size_t i = 0; i < n; i++) {
		values[i] = NULL;
		lengths[i] = formats[i] = 0;
		if (params[i].type == DB_INT) {
			snprintf(digits[i], sizeof digits[i], "%lld", (long long)params[i].i);
			values[i] = digits[i];
		} else if (params[i].type != DB_NULL) {
			values[i] = params[i].s.len == 0 ? "" : params[i].s.s;
			lengths[i] = (int)params[i].s.len;
			formats[i] = 1;
		}
		own->bytes += params[i].s.len;
	}
	own->bytes += 16 * n;
	if (PQsendQueryPrepared(own->c, s->name, (int)n, values, lengths, formats, 1) != 1)
		return server_lost(db);
	own->queue[own->n++] = (struct server_queued){ .statement = s };
	return NULL;
}

const struct err *
server_prepare(struct db *db, const struct sql *sql)
{
	struct server_statement *s;
	const struct err *e = prepared(db, sql, &s);

	return e == NULL ? server_settle(db, NULL) : e;
}

const struct err *
server_script(struct db *db, const char *text)
{
	struct server *own = db->own;
	const struct err *e = server_settle(db, NULL);
	PGresult *r;

	if (e != NULL)
		return e;
	PQexitPipelineMode(own->c);
	r = PQexec(own->c, text);
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
		e = server_failure(db, r, "script");
	PQclear(r);
	PQenterPipelineMode(own->c);
	return e;
}
