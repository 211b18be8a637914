/* journal.h - who changed what, when: a chain of rows that proves tampering, in the transaction of the change itself.
 * A row never holds a value: the names of the fields and a keyed digest of the record's new content.
 * Each territory has its own chain: hash = SHA-256 over the previous row's hash and this row's content. */
#pragma once
#include "db/db.h"

enum { DIGEST_SIZE = 16, HASH_SIZE = 32 };

struct change { /* one row of the table changes: everything written in one transaction, for one reason */
	int64_t territory;
	str at;    /* UTC, 2026-01-31T12:00:00.000Z */
	str actor; /* who: an account, or the command line's user */
	str cause; /* why: "import", "demo"... */
};

struct journal { /* an open change */
	struct db *db;
	struct change cause; /* its texts are needed until the first row is written */
	int64_t territory, change, seq;
	unsigned char head[HASH_SIZE];
	unsigned char key[32];
	int64_t written;
};

enum journal_action { JOURNAL_INSERT, JOURNAL_UPDATE, JOURNAL_DELETE, JOURNAL_READ };
struct journal_row {
	const char *entity;
	int64_t record, part; /* part: of what is journaled piece by piece; 0 for every kind of record so far */
	enum journal_action action;
	int64_t version;
	str fields;  /* names separated by ','; '*' for all of a new record */
	str content; /* the canonical text; only its digest is kept */
};

/* Inside a write transaction. The change's own row is written with the first journal row: no change, no trace. */
const struct err *journal_open(struct db *db, const struct change *change, struct journal *j);
const struct err *journal_add(struct journal *j, const struct journal_row *row);
void journal_digest(const struct journal *j, str content, unsigned char digest[DIGEST_SIZE]);
/* The digest key of this database: derived from the installation's key file, which is made at first use
 * ($JALON_KEY, else $XDG_CONFIG_HOME/jalon/key, else ~/.config/jalon/key), never inside the data folder. */
const struct err *journal_key(struct db *db, unsigned char key[32]);

/* The same for a database that is not open, by its name (64 hexadecimal digits, no secret): a backup carries it. */
enum { DATABASE_NAME = 64 };
const struct err *journal_name(struct db *db, char name[DATABASE_NAME + 1]); /* empty: it holds no journal yet */
const struct err *journal_key_of(struct arena *a, const char name[DATABASE_NAME + 1], unsigned char key[32]);

/* Walks every chain; calls broken() for each place where it does not hold (seq 0: a change without rows). It may not use
 * the database. Rows cut off at the end of a chain only show against a last hash that was kept elsewhere. */
struct journal_report {
	int64_t rows, territories;
};
const struct err *journal_verify(struct db *db, void (*broken)(void *to, int64_t territory, int64_t seq, const char *what),
    void *to, struct journal_report *report);
