/* db.h - one way to speak to the two engines: an embedded file (SQLite) and a PostgreSQL server.
 * A statement is named and known in advance: it comes from sql/, or is made once from a record's description.
 * Its text is in the common subset of both engines, parameters are $1..$n. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

struct db; /* a connection; used by one thread, of the process that opened it: a child opens its own */

/* Prepared once a connection and remembered by its address: lives as long as the connection, and its text never changes. */
struct sql {
	const char *name; /* for messages and the prepared statement */
	const char *text;
	const char *postgres; /* when that engine needs another text; else NULL */
};

enum db_mode {
	DB_READ,   /* must exist, with the program's schema; nothing can be written through it */
	DB_WRITE,  /* must exist; brought to the program's version when older */
	DB_CREATE, /* made and brought to the program's version when missing or older */
};
/* where: a path, ":memory:", or postgresql://... The errors of later calls live in arena a, which must outlive the connection.
 * Refuses: a database of a newer program, a file that is not Jalon's, a damaged one, one that is locked for over 10 s. */
const struct err *db_open(struct arena *a, const char *where, enum db_mode mode, struct db **out);
void db_close(struct db *db); /* NULL is fine; an open transaction is rolled back */
bool db_is_postgres(const struct db *db);
struct arena *db_arena(struct db *db);     /* for errors */
const char *db_place(const struct db *db); /* for messages: never shows a password */
int64_t db_schema(struct db *db);          /* number of the last migration applied */
/* What comes is read in one pass: little of it is kept in memory for a second one. Half a megabyte stays in the processor's
 * own cache, and a page that is used again costs no new memory. */
const struct err *db_one_pass(struct db *db);
/* How much of an embedded database's file a connection keeps in memory: one of several processes keeps less than one alone. */
const struct err *db_cache(struct db *db, int kib);

/* Parameters: bound in order. */
enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };
struct db_value {
	enum db_type type;
	int64_t i;
	str s; /* text and blob: must live until the call returns */
};
static inline struct db_value
db_i(int64_t i)
{
	if (i == INT64_MIN)
		return (struct db_value){ 0 };
	return (struct db_value){ .type = DB_INT, .i = i };
}
static inline struct db_value
db_s(str s)
{
	if (s.s == NULL || s.len == 0)
		return (struct db_value){ 0 };
	return (struct db_value){ .type = DB_TEXT, .s = s };
}
static inline struct db_value
db_b(str s)
{
	return (struct db_value){ .type = DB_BLOB, .s = s };
}
#define DB_PARAMS(...) \
	(const struct db_value[]){ __VA_ARGS__ }, sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value)

/* Only prepares it: what is wrong with its text shows here (ERR_DAMAGED: it does not fit the schema). */
const struct err *db_prepare(struct db *db, const struct sql *sql);

/* A write, inside db_begin_write and db_end. On PostgreSQL writes are sent in a pipeline: a refusal may show at a later
 * call, at the latest at db_end, and the transaction is lost then; so everything a user can get wrong is checked before. */
const struct err *db_write(struct db *db, const struct sql *sql, const struct db_value *params, size_t n);

/* A read. Rows come one by one; several reads may be open at once, and writes may happen between two rows
 * (but whether a row written into the table being read shows up in that read is not said).
 * All of them are done before the transaction begins or ends around them. */
struct db_rows {
	struct db *db;
	void *engine;          /* the engine's own */
	const struct err *err; /* what stopped it; db_done hands it on */
	int64_t row;
};
const struct err *db_read(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, struct db_rows *rows);
/* The same for results too large for memory: nothing else may be asked of the connection before db_done. */
const struct err *db_stream(struct db *db, const struct sql *sql, const struct db_value *params, size_t n, struct db_rows *rows);
bool db_next(struct db_rows *rows);               /* false: the end, or an error that db_done tells */
int64_t db_int(struct db_rows *rows, int column); /* NULL: INT64_MIN */
str db_text(struct db_rows *rows, int column);    /* NULL: absent; lives until the next db_next */
str db_blob(struct db_rows *rows, int column);
day db_day(struct db_rows *rows, int column);    /* ISO text; NULL: DAY_NONE */
const struct err *db_done(struct db_rows *rows); /* must follow every db_read, also after an error */

/* All rows of a read, each handed over as it is found, cell after cell; for the reads of very many rows: on SQLite a row costs
 * half of db_next's; on PostgreSQL the statement may be a COPY of a table, which asks no planner. sql/ makes NAME_gather of it.
 * kinds: a letter for each column, i: whole number, t: text, b: blob. The receiver asks nothing of the database; texts and blobs live until it
 * returns. NULL is a cell of type DB_NULL whose i is INT64_MIN and whose s is absent. */
enum { DB_CELLS = 16 };
typedef void db_receiver(void *to, const struct db_value *cells);
const struct err *db_gather(
    struct db *db, const struct sql *sql, const struct db_value *params, size_t n, const char *kinds, db_receiver *row, void *to);
_Noreturn void db_cell_wrong(void);
static inline const struct db_value *
db_cell(const struct db_value *cell, enum db_type type)
{
	if (cell->type != type && cell->type != DB_NULL)
		db_cell_wrong();
	return cell;
}
static inline int64_t
db_cell_int(const struct db_value *cell)
{
	return db_cell(cell, DB_INT)->i;
}
static inline str
db_cell_text(const struct db_value *cell)
{
	return db_cell(cell, DB_TEXT)->s;
}
static inline str
db_cell_blob(const struct db_value *cell)
{
	return db_cell(cell, DB_BLOB)->s;
}
static inline day
db_cell_day(const struct db_value *cell)
{
	str s = db_cell_text(cell);

	return s.len == 0 ? DAY_NONE : day_parse(s);
}

/* Transactions. A write transaction takes the writer's lock of the whole database first, whichever process asks
 * (lock.c says why): waits up to 10 s, then ERR_BUSY. A read transaction sees one moment. */
const struct err *db_begin_write(struct db *db);
const struct err *db_begin_read(struct db *db);
/* How long db_begin_write waits, in all connections of this process. A process that serves several people waits less, and comes back. */
void db_wait_at_most(int ms);
int64_t db_written(const struct db *db); /* how many write transactions were committed through it */
/* A write transaction, unless somebody else is writing just now: *begun false, and nothing was waited for. */
const struct err *db_begin_write_now(struct db *db, bool *begun);
bool db_is_reading(const struct db *db);                      /* inside db_begin_read */
const struct err *db_end(struct db *db, const struct err *e); /* commits on NULL, else rolls back and hands e on;
                                                               * an error met inside the transaction also rolls it back */
const struct err *db_rollback(struct db *db);                 /* on purpose: a dry run */

/* All of an embedded database as it is at this moment, into a file: empty so far, or not there. Not inside a transaction; writers
 * are not held up. A server's is refused: it has its own tools. */
const struct err *db_copy(struct db *db, const char *to);

/* The engine's own verdict on its files (SQLite integrity_check and foreign_key_check). One call per line found. */
const struct err *db_integrity(struct db *db, void (*line)(void *to, str text), void *to);
/* Names of a table's columns in order, with "not null"; type is integer, text or blob on both engines. For the drift test
 * and jalon check. A table that does not exist has no column. */
const struct err *db_columns(
    struct db *db, const char *table, void (*column)(void *to, str name, str type, bool not_null), void *to);
