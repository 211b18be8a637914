/* person_keys.h - by what a person is found: the keys (sorted.h) that follow from their record. The first byte says of what:
 *
 *     n  the place in a list by name: family name and given name, folded, then the sex (- when it is not known) and the
 *        digits of the birth date, with tabs between: lists are filtered by these without reading the record
 *     t  the folded name again, beginning with each of its other words; a tab, the year of birth
 *     s  how the name sounds, beginning with each of its words; a tab, the year of birth
 *     d  the birth date: digits of the year, month, day as far as they are known
 *     p  a phone number in its national form, the last digit first and without the leading 0
 *     e  the e-mail address in small letters
 *     h  the household: in small letters, a tab, as it is written
 *     a  a keyed digest of the AGDREF number: found by whoever has the whole number, read by nobody
 *
 * They are kept by entity_save in the transaction of the record itself; `jalon check` makes them again and compares. */
#pragma once
#include "db/journal.h"
#include "model/fold.h"
#include "model/model.h"
#include "model/sorted.h"

enum { PERSON_KEYS_MAX = 64 };
struct person_keys {
	str v[PERSON_KEYS_MAX]; /* each once */
	size_t n;
	struct buf texts;
};
/* keyed: for its key alone. The views live until the next call with the same struct; release frees. */
void person_keys(struct person_keys *to, const struct person *p, const struct journal *keyed);
void person_keys_release(struct person_keys *k);

/* The same for what somebody types. Digits of a phone number, last first; 0: too few or too many to be one. */
enum { PHONE_DIGITS = 15, NUMBER_DIGEST = 32 };
size_t phone_key(str s, char to[PHONE_DIGITS]);
void number_key(str s, const struct journal *keyed, char to[NUMBER_DIGEST + 1]); /* hexadecimal */
void household_key(str s, struct buf *to);                                       /* whole key */
void name_key(const struct person *p, struct buf *to);                           /* the n key */
struct listed {                                                                  /* what an n key says: views of it */
	str family, given, birth; /* family: also of somebody who has one name only */
	char sex;
};
struct listed name_listed(str key);

/* --- kept with the records --- */

/* Inside a write transaction: what a saved person changes. old: as stored before, NULL for a new one. */
void person_keys_change(
    struct sorted_batch *batch, const struct person *p, const struct person *old, const struct journal *keyed);
/* What they were, once the person is taken out. */
void person_keys_drop(struct sorted_batch *batch, const struct person *old, const struct journal *keyed);
/* Makes all keys of the database again where they are missing or were made by another edition; nothing otherwise. In a write
 * transaction of its own; db must be open for writing. To be called by whoever opens a database for long. */
const struct err *person_keys_ready(struct db *db);
const struct err *person_keys_rebuild(struct db *db); /* in any case */
/* Inside a read transaction: whether they are what the records say. n: keys compared. */
const struct err *person_keys_verify(struct db *db, bool *right, int64_t *n);
