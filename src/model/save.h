/* save.h - the one door for changes: form, import, API and phone queue all write a record through entity_save.
 * Record, version and journal row are written in the caller's transaction, or nothing is. */
#pragma once
#include "db/journal.h"
#include "model/entity.h"
#include "model/key.h"
#include "model/sorted.h"

struct save {
	struct db *db;
	int64_t territory;
	struct journal journal;
	struct keymaker keys;
	bool above[ENTITY_COUNT]; /* the keys to come are above those of the table */
	enum { ROLLS_GONE_UNKNOWN, ROLLS_GONE_NONE, ROLLS_GONE_SOME } rolls_gone; /* whole registers were taken out before */
	struct arena scratch;                                                     /* cleared at each save */
	struct buf canonical;
	struct db_value *params;      /* room for the largest record */
	struct sorted_batch found_by; /* what people are found by, written at the end */
	int64_t inserted, updated, unchanged, removed;
};

/* Inside db_begin_write. now_ms: the clock; change: who and why (its territory is the one that is written to). */
const struct err *save_open(struct save *s, struct db *db, const struct change *change, int64_t now_ms);
/* Still inside the transaction: writes what follows from the records (person_keys.h). What is refused shows at db_end. */
void save_close(struct save *s);

/* Writes a record that entity_check has passed. old: the stored record it replaces (its record.id and version are taken),
 * NULL for a new one. A record equal to the old one is not written. record->record is set.
 * Refuses ERR_CONFLICT when record->record.version is not 0 and not old's: somebody else changed it meanwhile. The version of a
 * linked record is its roll's: to write several lines of a session, or to take one out, see roll_save (roll.h). */
const struct err *entity_save(struct save *s, const struct entity *e, void *record, const void *old);
/* Takes a record out; its content stays as a version, and can be put back (undo.h). old: as it is stored. Not of a linked kind, whose
 * lines are taken out by roll_save.
 * Refuses ERR_INPUT, in words, while other records point at it, and ERR_CONFLICT when version is not 0 and not old's. */
const struct err *entity_remove(struct save *s, const struct entity *e, const void *old, int64_t version);

/* A key for a record that will be written soon: pointed to before it comes. */
const struct err *save_reserve(struct save *s, const struct entity *e, int64_t *key);
/* A ref for it: what it begins with ("p-") and the key in digits and letters: short, and nobody else's. */
str record_ref(struct arena *a, const char *begins, int64_t key);

/* Reading back. found is false when there is none; texts live in arena a. */
const struct err *entity_by_ref(
    struct db *db, int64_t territory, const struct entity *e, str ref, struct arena *a, void *record, bool *found);
const struct err *entity_by_id(
    struct db *db, int64_t territory, const struct entity *e, int64_t id, struct arena *a, void *record, bool *found);
/* By the natural key that stands in the record's key fields. */
const struct err *entity_by_key(
    struct db *db, int64_t territory, const struct entity *e, struct arena *a, void *record, bool *found);
/* The key alone; 0: none. */
const struct err *entity_key_of_ref(struct db *db, int64_t territory, const struct entity *e, str ref, int64_t *key);
const struct err *entity_any(struct db *db, int64_t territory, const struct entity *e, bool *any);

/* Every record of a territory for an export, in code-point order of its key; the refs of its links come along, in the order
 * of the link fields. Rows are read by entity_row. Not for linked records: rolls_open gives those. */
const struct err *entity_stream(struct db *db, int64_t territory, const struct entity *e, struct db_rows *rows);
void entity_row(const struct entity *e, struct db_rows *rows, void *record, str *link_refs);
