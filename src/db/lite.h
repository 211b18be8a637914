/* lite.h - what the files of the embedded engine share: sqlite.c, sqlite_open.c */
#pragma once
#include <sqlite3.h>

#include "db/engine.h"

enum { LITE_BUCKETS = 256 };

/* A prepared statement. One that is being read stays busy: the same text asked inside gets a second one. */
struct lite_statement {
	const struct sql *sql;
	sqlite3_stmt *stmt;
	struct lite_statement *next;
	bool busy, ended;
	int params;  /* the highest $n */
	int place[]; /* SQLite's index of $1..$params; 0: not in the text */
};

struct lite {
	sqlite3 *c;
	const char *path; /* absolute: a link and what it points to have the same lock */
	int lock;         /* of the writer; -1: none is needed */
	int wal_pages;
	sqlite3_stmt *begin, *moment, *commit; /* of every page that is asked for; NULL: not prepared yet */
	struct lite_statement *bucket[LITE_BUCKETS];

	/* lite_gather.c: the reads that hand their rows over by themselves, and who receives them now */
	struct lite_gathering *gatherings;
	db_receiver *row;
	void *to;
};

const struct err *lite_open(struct db *db, const char *where);
void lite_close(struct db *db);
const struct err *lite_claim(struct db *db);

const struct sql *lite_gathering(struct db *db, const struct sql *sql, size_t columns, db_receiver *row, void *to);
int lite_gather_register(struct lite *own); /* SQLite's code */
void lite_gather_release(struct lite *own);

/* An error from SQLite's code; name: what was being done. */
const struct err *lite_failure(struct db *db, int code, const char *name);
const struct err *lite_run(struct db *db, const char *text); /* several statements, no rows */
const struct err *lite_one_int(struct db *db, const char *text, int64_t *to);
