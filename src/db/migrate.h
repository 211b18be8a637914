/* migrate.h - numbered changes of the schema (sql/migrations/NNNN-*.sql), applied in order, each in its transaction.
 * The text uses a few words that each engine spells in its own way:
 *   INT (whole number), BLOB, CTEXT (text compared by code points), END (closes a table: rows are stored by primary key).
 * A migration is never edited after a release. */
#pragma once
#include "db/db.h"

struct migration {
	int64_t number;
	const char *name;
	const char *text;
};
extern const struct migration migrations[]; /* made from sql/migrations at build time */
extern const size_t migration_count;
extern const int64_t migration_last; /* the number of the last one */

const struct err *migrate(struct db *db); /* brings an older or empty database to the program's schema */
