/* verify.h - every record and every kept version against the digest that the journal holds of it */
#pragma once
#include "db/db.h"

struct verify_report {
	int64_t records, versions; /* compared */
};

/* Inside a read transaction. broken() is called for each content that is not what was written, each journaled record that is
 * gone, each table that holds records the journal does not know, and each line of a roll whose person does not exist (part:
 * their key). key: only opaque keys are told, never a value. */
const struct err *verify_records(struct db *db,
    void (*broken)(void *to, const char *entity, int64_t record, int64_t part, const char *what), void *to,
    struct verify_report *report);
