/* postgres_copy.c - whole tables, as COPY hands them over: nothing is planned, no index is looked at, and no result is made of
 * the rows. In the transaction that is open; between two such reads the connection is in pipeline mode, as everywhere. */
#include <string.h>

#include "db/server.h"

/* What stands before the first row: eleven bytes that say what it is, flags, and the length of what else there is. */
enum { SIGNATURE = 11, HEADER = SIGNATURE + 4 + 4 };
static const char signature[SIGNATURE] = "PGCOPY\n\377\r\n";

struct copy {
	const struct sql *sql;
	const char *kinds; /* of the columns */
	db_receiver *row;
	void *to;
	bool begun;
};

/* What is left of a message. */
struct part {
	const char *at, *end;
};

static _Noreturn void
not_understood(const struct copy *c)
{
	bug("%s: what the server copies is not what its statement says", c->sql->name);
}

static const char *
take(const struct copy *c, struct part *p, size_t n)
{
	const char *at = p->at;

	if ((size_t)(p->end - at) < n)
		not_understood(c);
	p->at += n;
	return at;
}

static int64_t
whole_number(const struct copy *c, struct part *p, int bytes)
{
	const char *at = take(c, p, (size_t)bytes);
	uint64_t v = *at < 0 ? UINT64_MAX : 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)at[i];
	return (int64_t)v;
}

static struct db_value
cell(const struct copy *c, struct part *p, char kind)
{
	const int64_t length = whole_number(c, p, 4);
	struct db_value v = { .type = DB_NULL, .i = INT64_MIN };

	if (length < 0)
		return v;
	if (kind == 'i') {
		if (length > 8)
			not_understood(c);
		v.type = DB_INT;
		v.i = whole_number(c, p, (int)length);
	} else {
		v.type = kind == 'b' ? DB_BLOB : DB_TEXT;
		v.s.len = (size_t)length;
		v.s.s = take(c, p, v.s.len);
	}
	return v;
}

/* The rows of a message; the last one has no columns, but -1 of them. */
static void
hand_over(struct copy *c, struct part p)
{
	const int columns = (int)strlen(c->kinds);
	struct db_value cells[DB_CELLS];

	if (!c->begun) {
		if (memcmp(take(c, &p, HEADER - 4), signature, sizeof signature) != 0)
			not_understood(c);
		(void)take(c, &p, (size_t)whole_number(c, &p, 4));
		c->begun = true;
	}
	while (p.at < p.end) {
		const int64_t n = whole_number(c, &p, 2);

		if (n == -1)
			return;
		if (n != columns)
			not_understood(c);
		for (int i = 0; i < columns; i++)
			cells[i] = cell(c, &p, c->kinds[i]);
		c->row(c->to, cells);
	}
}

static const struct err *
receive(struct db *db, struct copy *c)
{
	struct server *own = db->own;
	const struct err *e = NULL;
	char *message = NULL;
	PGresult *r;
	int n;

	while ((n = PQgetCopyData(own->c, &message, 0)) > 0) {
		hand_over(c, (struct part){ message, message + n });
		PQfreemem(message);
	}
	while ((r = PQgetResult(own->c)) != NULL) {
		if (e == NULL && PQresultStatus(r) != PGRES_COMMAND_OK)
			e = server_failure(db, r, c->sql->name);
		PQclear(r);
	}
	return e == NULL && PQstatus(own->c) != CONNECTION_OK ? server_lost(db) : e;
}

const struct err *
server_copying(struct db *db, const struct sql *sql, const char *kinds, db_receiver *row, void *to)
{
	struct copy c = { .sql = sql, .kinds = kinds, .row = row, .to = to };
	struct server *own = db->own;
	const struct err *e = server_settle(db, NULL);
	PGresult *r;

	if (e != NULL)
		return e;
	PQexitPipelineMode(own->c);
	r = PQexec(own->c, sql->postgres);
	e = PQresultStatus(r) == PGRES_COPY_OUT ? receive(db, &c) : server_failure(db, r, sql->name);
	PQclear(r);
	PQenterPipelineMode(own->c);
	return e;
}
