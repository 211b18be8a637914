/* engine.h - what db.c asks of an engine. Only the files of src/db include this. */
#pragma once
#include "db/db.h"

enum db_state { DB_IDLE, DB_READING, DB_WRITING };

struct db {
	const struct engine *engine;
	struct arena *arena; /* of the errors and of the place; the caller's */
	const char *place;   /* for messages: never shows a password */
	enum db_mode mode;
	enum db_state state;      /* the transaction that is open */
	const struct err *failed; /* the first error of the transaction: it can only be rolled back */
	const struct err *broken; /* the disk lied, or the server is gone: nothing more is written through here */
	int64_t written;          /* transactions committed */
	int reads;                /* open ones */
	bool streaming;           /* one of them is a stream: the connection does nothing else */
	bool empty;               /* holds nothing at all yet */
	int64_t schema;
	bool has_key;
	unsigned char key[32]; /* of the journal's digests, kept: a confined process cannot read the key file */
	void *own;             /* the engine's */
};

struct engine {
	/* Connects, refuses what is not Jalon's, sets db->empty. Leaves db->own for close() also when it fails. */
	const struct err *(*open)(struct db *db, const char *where);
	void (*close)(struct db *db);
	const struct err *(*prepare)(struct db *db, const struct sql *sql);
	const struct err *(*write)(struct db *db, const struct sql *sql, const struct db_value *params, size_t n);
	const struct err *(*read)(
	    struct db *db, const struct sql *sql, const struct db_value *params, size_t n, bool stream, struct db_rows *rows);
	bool (*next)(struct db_rows *rows);
	int64_t (*get_int)(struct db_rows *rows, int column);
	str (*get_text)(struct db_rows *rows, int column);
	str (*get_blob)(struct db_rows *rows, int column);
	struct db_value (*get_cell)(struct db_rows *rows, int column); /* whatever it is; NULL where gathering is not */
	void (*done)(struct db_rows *rows);
	/* The statement that hands its rows over by itself instead of giving them one by one; NULL: there is no such thing. */
	const struct sql *(*gathering)(struct db *db, const struct sql *sql, size_t columns, db_receiver *row, void *to);
	/* All rows of a statement that copies a table; NULL: it has none such. */
	const struct err *(*copying)(struct db *db, const struct sql *sql, const char *kinds, db_receiver *row, void *to);
	const struct err *(*begin)(struct db *db, bool write);
	const struct err *(*commit)(struct db *db); /* the transaction is over, also when it fails */
	void (*rollback)(struct db *db);
	const struct err *(*script)(struct db *db, const char *text); /* several statements, for migrations */
	const struct err *(*cache)(struct db *db, int kib);           /* NULL: makes no difference */
	const struct err *(*claim)(struct db *db);                    /* marks an empty database as Jalon's */
	const struct err *(*copy)(struct db *db, const char *to);     /* NULL: it has its own tools */
	const struct err *(*integrity)(struct db *db, void (*line)(void *to, str text), void *to);
	struct sql columns; /* $1: table -> name text, type text, not_null integer */
	/* how it spells the words of the migrations */
	const char *word_int, *word_blob, *word_ctext, *word_end;
};
extern const struct engine sqlite_engine, postgres_engine;

/* An error about this database: format has one %s, its place. */
const struct err *db_err(struct db *db, enum err_kind kind, const char *format, const char *detail, const char *hint)
    __attribute__((format(printf, 3, 0)));
/* An error about a statement. */
const struct err *db_err_statement(struct db *db, const struct sql *sql, const char *detail);

/* How long a connection waits for another one's lock, from its opening on; tests make it short. */
extern int db_patience_ms;

/* lock.c: the writer's lock beside an embedded database. */
const struct err *lock_open(struct db *db, const char *database, int *fd);
const struct err *lock_take(struct db *db, int fd); /* waits as long as db_patience_ms says */
bool lock_try(int fd);
void lock_drop(int fd);

/* migrate.c: whether there is a schema of ours; reads db->schema, 0 when there is none. */
const struct err *schema_found(struct db *db, bool *found);
const struct err *schema_read(struct db *db);
