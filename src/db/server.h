/* server.h - what the files of the server engine share: postgres.c, postgres_copy.c, postgres_open.c, postgres_queue.c */
#pragma once
#include "db/libpq.h"

#include "db/engine.h"

enum {
	SERVER_QUEUE = 512, /* commands before their answers are read: bounds the memory of both sides */
	SERVER_BUCKETS = 256,
};

struct server_statement {
	const struct sql *sql;
	const char *text;
	char name[16];
	bool ready; /* the server knows it, or will when the queue is answered */
	struct server_statement *next;
};

struct server_queued {
	struct server_statement *statement; /* NULL: a command of the engine itself */
	bool prepares;
};

struct server {
	PGconn *c;
	struct server_statement *bucket[SERVER_BUCKETS];
	unsigned names;
	struct server_queued queue[SERVER_QUEUE];
	size_t n, bytes; /* queued */
};

const struct err *server_open(struct db *db, const char *where);
void server_close(struct db *db);

const struct err *server_lost(struct db *db);
const struct err *server_failure(struct db *db, const PGresult *r, const char *name); /* from SQLSTATE; name: of the statement */

/* Into the queue: a command, a preparation, a statement with its parameters. */
const struct err *server_command(struct db *db, const char *text);
const struct err *server_prepare(struct db *db, const struct sql *sql); /* and sent at once */
const struct err *server_queue(struct db *db, const struct sql *sql, const struct db_value *params, size_t n);
/* Sends what is queued and reads all the answers; rows receives the last one. The first error is returned: the commands
 * after it were skipped by the server. */
const struct err *server_settle(struct db *db, PGresult **rows);
/* postgres_copy.c: all rows of a statement whose text is "copy TABLE (...) to stdout (format binary)". */
const struct err *server_copying(struct db *db, const struct sql *sql, const char *kinds, db_receiver *row, void *to);
const struct err *server_script(struct db *db, const char *text); /* several statements, no rows */
